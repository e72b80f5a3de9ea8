// Well-known text (OGC 06-103r4 section 7), two dimensions, longitude latitude in degrees, as geo:geometry of OGC 10-032r8 takes it.
// Strict, with the freedoms of the OGC suite: blanks anywhere between tokens, rings in either direction, both forms of MULTIPOINT.
import { SyntaxFault } from '../../model/errors.ts';
import type { Geometry, Position } from '../../model/geometry.ts';
import { excerpt } from './excerpt.ts';

/** Most positions of one geometry; a coastline belongs into a file, not into an address. */
export const MOST_POSITIONS = 10_000;
const LONGEST = 500_000;
const KINDS = ['POINT', 'LINESTRING', 'POLYGON', 'MULTIPOINT', 'MULTILINESTRING', 'MULTIPOLYGON'] as const;
type Kind = (typeof KINDS)[number];
const TOKEN = /[A-Za-z]+|[+-]?(?:\d+(?:\.\d*)?|\.\d+)(?:[eE][+-]?\d{1,3})?|[(),]/y;
const BLANK = /[ \t\r\n]*/y;

interface Reader {
  readonly text: string;
  /** Where the token starts. */
  at: number;
  /** The token under the reader; an empty text at the end. */
  token: string;
  /** Where the next one is looked for. */
  next: number;
  positions: number;
}

function faultAt(reader: Reader, en: string, fr: string): SyntaxFault {
  const found = reader.token === '' ? { en: 'the end', fr: 'la fin' } : undefined;
  const shown = found === undefined ? excerpt(reader.token) : '';
  return new SyntaxFault(
    `WKT, character ${reader.at + 1}: ${en}, found ${found?.en ?? shown}`,
    `WKT, caractère ${reader.at + 1} : ${fr}, trouvé ${found?.fr ?? shown}`,
  );
}

function advance(reader: Reader): void {
  BLANK.lastIndex = reader.next;
  BLANK.exec(reader.text);
  reader.at = BLANK.lastIndex;
  TOKEN.lastIndex = reader.at;
  const token = reader.at < reader.text.length ? TOKEN.exec(reader.text) : null;
  if (token === null && reader.at < reader.text.length) {
    reader.token = reader.text.slice(reader.at, reader.at + 1);
    throw faultAt(reader, 'a bracket, a comma or a number is wanted', 'parenthèse, virgule ou nombre attendu');
  }
  reader.token = token?.[0] ?? '';
  reader.next = reader.at + reader.token.length;
}

function take(reader: Reader, wanted: '(' | ')' | ','): void {
  if (reader.token !== wanted) throw faultAt(reader, `"${wanted}" is wanted`, `« ${wanted} » attendu`);
  advance(reader);
}

function degrees(reader: Reader, limit: 180 | 90): number {
  const value = /^[+\-.\d]/.test(reader.token) ? Number(reader.token) + 0 : Number.NaN;
  if (!Number.isFinite(value)) throw faultAt(reader, 'a number is wanted', 'nombre attendu');
  if (Math.abs(value) > limit) {
    const [en, fr] =
      limit === 180
        ? ['longitudes go from -180 to 180 degrees', 'les longitudes vont de -180 à 180 degrés']
        : ['latitudes go from -90 to 90 degrees', 'les latitudes vont de -90 à 90 degrés'];
    throw faultAt(reader, en, fr);
  }
  const end = reader.next;
  advance(reader);
  if (reader.at === end && /^[+\-.\dA-Za-z]/.test(reader.token)) {
    throw faultAt(
      reader,
      'a blank, a comma or a bracket ends a number',
      'un blanc, une virgule ou une parenthèse termine un nombre',
    );
  }
  return value;
}

function position(reader: Reader): Position {
  reader.positions += 1;
  if (reader.positions > MOST_POSITIONS) {
    throw faultAt(reader, `at most ${MOST_POSITIONS} positions are taken`, `au plus ${MOST_POSITIONS} positions`);
  }
  const longitude = degrees(reader, 180);
  const latitude = degrees(reader, 90);
  if (/^[+\-.\d]/.test(reader.token)) {
    throw faultAt(reader, 'only two dimensions are taken', 'seules deux dimensions sont acceptées');
  }
  return [longitude, latitude];
}

/** `( item , item … )` */
function list<T>(reader: Reader, item: (reader: Reader) => T): T[] {
  take(reader, '(');
  const items = [item(reader)];
  while (reader.token === ',') {
    advance(reader);
    items.push(item(reader));
  }
  take(reader, ')');
  return items;
}

function line(reader: Reader): Position[] {
  const positions = list(reader, position);
  if (positions.length < 2) {
    throw faultAt(reader, 'a line has at least two positions', 'une ligne a au moins deux positions');
  }
  return positions;
}

function ring(reader: Reader): Position[] {
  const positions = list(reader, position);
  const [first, last] = [positions[0], positions[positions.length - 1]];
  if (positions.length < 4) {
    throw faultAt(reader, 'a ring has at least four positions', 'un anneau a au moins quatre positions');
  }
  if (first?.[0] !== last?.[0] || first?.[1] !== last?.[1]) {
    throw faultAt(
      reader,
      'the ring is not closed: the last position repeats the first',
      "l'anneau n'est pas fermé : la dernière position répète la première",
    );
  }
  return positions;
}

/** `x y` or `(x y)`: both forms of MULTIPOINT are in use. */
function bracketedPosition(reader: Reader): Position {
  if (reader.token !== '(') return position(reader);
  advance(reader);
  const inner = position(reader);
  take(reader, ')');
  return inner;
}

function body(reader: Reader, kind: Kind): Geometry {
  switch (kind) {
    case 'POINT': {
      take(reader, '(');
      const coordinates = position(reader);
      take(reader, ')');
      return { type: 'Point', coordinates };
    }
    case 'LINESTRING':
      return { type: 'LineString', coordinates: line(reader) };
    case 'POLYGON':
      return { type: 'Polygon', coordinates: list(reader, ring) };
    case 'MULTIPOINT':
      return { type: 'MultiPoint', coordinates: list(reader, bracketedPosition) };
    case 'MULTILINESTRING':
      return { type: 'MultiLineString', coordinates: list(reader, line) };
    case 'MULTIPOLYGON':
      return { type: 'MultiPolygon', coordinates: list(reader, (inner) => list(inner, ring)) };
  }
}

/**
 * One geometry of the six kinds, longitude latitude in degrees; outer rings may run in either direction.
 * @throws SyntaxFault with the place of the fault: EMPTY, a third dimension, an unclosed ring, a position out of range, too many
 * positions, anything after the geometry.
 */
export function parseWkt(text: string): Geometry {
  if (text.length > LONGEST) {
    throw new SyntaxFault(`WKT: at most ${LONGEST} characters are taken`, `WKT : au plus ${LONGEST} caractères`);
  }
  const reader: Reader = { text, at: 0, token: '', next: 0, positions: 0 };
  advance(reader);
  const name = reader.token.toUpperCase();
  const kind = KINDS.find((known) => known === name);
  if (kind === undefined)
    throw faultAt(reader, `one of ${KINDS.join(', ')} is wanted`, `un de ${KINDS.join(', ')} attendu`);
  advance(reader);
  if (reader.token.toUpperCase() === 'EMPTY') {
    throw faultAt(reader, 'an empty geometry finds nothing', 'une géométrie vide ne trouve rien');
  }
  if (/^(z|m|zm)$/i.test(reader.token)) {
    throw faultAt(reader, 'only two dimensions are taken', 'seules deux dimensions sont acceptées');
  }
  const geometry = body(reader, kind);
  if (reader.token !== '') throw faultAt(reader, 'the end is wanted', 'fin attendue');
  return geometry;
}

const pair = (p: Position): string => `${p[0]} ${p[1]}`;
const path = (positions: readonly Position[]): string => `(${positions.map(pair).join(', ')})`;
const paths = (lines: readonly (readonly Position[])[]): string => `(${lines.map(path).join(', ')})`;

/** The geometry as WKT, longitude latitude, readable by `parseWkt`. */
export function printWkt(geometry: Geometry): string {
  switch (geometry.type) {
    case 'Point':
      return `POINT (${pair(geometry.coordinates)})`;
    case 'MultiPoint':
      return `MULTIPOINT (${geometry.coordinates.map((p) => `(${pair(p)})`).join(', ')})`;
    case 'LineString':
      return `LINESTRING ${path(geometry.coordinates)}`;
    case 'MultiLineString':
      return `MULTILINESTRING ${paths(geometry.coordinates)}`;
    case 'Polygon':
      return `POLYGON ${paths(geometry.coordinates)}`;
    case 'MultiPolygon':
      return `MULTIPOLYGON (${geometry.coordinates.map(paths).join(', ')})`;
  }
}
