// The search keys of CSW 3.0 (OGC 12-176r7 table 6): q, recordIds, bbox, geometry, lat/lon/radius, time, each with its relation. All hold
// together with each other and with the constraint.
import { axisOrder } from '../../formats/syntax/crs.ts';
import { parseInterval, printDateTime } from '../../formats/syntax/datetime.ts';
import { excerpt } from '../../formats/syntax/excerpt.ts';
import { DECIMAL, parseDecimal } from '../../formats/syntax/number.ts';
import { parseWkt } from '../../formats/syntax/wkt.ts';
import { parseWords, printWords } from '../../formats/syntax/words.ts';
import { SyntaxFault } from '../../model/errors.ts';
import type { Filter, SpatialOperator, TemporalOperator, Term } from '../../model/filter.ts';
import type { Box, Geometry, Position } from '../../model/geometry.ts';
import type { SearchQuery, SpatialCondition, TimeCondition } from '../../model/query.ts';
import type { TimeWindow } from '../../model/time.ts';
import type { ParameterReader } from './call.ts';

export type Keys = Pick<SearchQuery, 'words' | 'ids' | 'areas' | 'time'> & {
  /** Relations that only the filter tree has. */
  readonly filters: readonly Filter[];
  /** The reference system that the box names. */
  readonly crs: string | null;
};

const DEGREES = 'degrees of WGS 84';
const RELATIONS: { readonly [name: string]: SpatialOperator } = {
  Intersects: 'intersects',
  Disjoint: 'disjoint',
  Equals: 'equals',
  Touches: 'touches',
  Within: 'within',
  Contains: 'contains',
  Overlaps: 'overlaps',
  Crosses: 'crosses',
};
/** Names of FES 2.0; the record's time stands on the left. AnyInteracts is the relation where none is asked. */
const TIME_RELATIONS: { readonly [name: string]: TemporalOperator } = {
  AnyInteracts: 'intersects',
  After: 'after',
  Before: 'before',
  Begins: 'starts',
  BegunBy: 'startedBy',
  TContains: 'contains',
  During: 'during',
  TEquals: 'equals',
  TOverlaps: 'overlaps',
  Meets: 'meets',
  OverlappedBy: 'overlappedBy',
  MetBy: 'metBy',
  Ends: 'finishes',
  EndedBy: 'finishedBy',
};

function oneOf<T>(table: { readonly [name: string]: T }): (text: string) => T {
  return (text) => {
    const found = Object.hasOwn(table, text) ? table[text] : undefined;
    if (found !== undefined) return found;
    const names = Object.keys(table).join(', ');
    throw new SyntaxFault(`${excerpt(text)} is not one of ${names}`, `${excerpt(text)} n’est pas parmi ${names}`);
  };
}

/** Reads the order of a reference system's axes. Throws SyntaxFault for one that is not known. */
function positionsIn(crs: string): (first: number, second: number) => Position {
  const read = axisOrder(crs);
  if (read !== undefined) return read;
  throw new SyntaxFault(
    `the reference system ${excerpt(crs)} is not known: CRS84, EPSG 4326, 4258 and 3857 are`,
    `le système de référence ${excerpt(crs)} est inconnu : CRS84, EPSG 4326, 4258 et 3857 sont connus`,
  );
}

/**
 * `minx,miny,maxx,maxy[,crs]`, the order that of the system; CRS84 when none is named (OGC 06-121r9 10.2.3). Four, or six numbers with
 * heights, which do not count.
 */
export function parseBbox(text: string): { readonly box: Box; readonly crs: string | null } {
  const parts = text.split(',').map((part) => part.trim());
  const numbers = parts.filter((part) => DECIMAL.test(part)).map(Number);
  const crs = parts.length % 2 === 1 ? (parts.at(-1) ?? '') : null;
  const count = parts.length - (crs === null ? 0 : 1);
  if (numbers.length !== count || (count !== 4 && count !== 6) || text.length > 400) {
    throw new SyntaxFault(`minx,miny,maxx,maxy[,crs] is wanted`, `minx,miny,maxx,maxy[,crs] est attendu`);
  }
  const read = positionsIn(crs ?? '');
  const [a = 0, b = 0] = numbers;
  const [c = 0, d = 0] = numbers.slice(count / 2);
  const [west, south] = read(a, b);
  const [east, north] = read(c, d);
  if (!(Math.abs(west) <= 180 && Math.abs(east) <= 180 && Math.abs(south) <= 90 && Math.abs(north) <= 90)) {
    throw new SyntaxFault(`the box lies outside the ${DEGREES}`, 'le rectangle sort des degrés de WGS 84');
  }
  if (south > north) throw new SyntaxFault('south is greater than north', 'le sud dépasse le nord');
  return { box: [west, south, east, north], crs };
}

const PAIR = /(-?[\d.]+(?:[eE][-+]?\d+)?)(\s+)(-?[\d.]+(?:[eE][-+]?\d+)?)/g;

/** Well-known text in the axis order of the geographic system that `crs` names; longitude first when none is named. */
function geometryIn(text: string, crs: string | null): Geometry {
  const [first] = crs === null ? [1] : positionsIn(crs)(1, 2);
  if (first === 1) return parseWkt(text);
  if (first === 2) return parseWkt(text.replace(PAIR, '$3$2$1'));
  throw new SyntaxFault('the geometry must be in degrees', 'la géométrie doit être en degrés');
}

const property = (name: string): Term => ({ kind: 'property', name });

/** `q`: words separated by blanks or commas, all of which must be found. */
function wordsIn(text: string): string {
  return printWords(parseWords(text.replace(/,(?=[^"]*(?:"[^"]*"[^"]*)*$)/g, ' ')));
}

function areasOf(reader: ParameterReader): Pick<Keys, 'areas' | 'filters' | 'crs'> {
  const areas: SpatialCondition[] = [];
  const filters: Filter[] = [];
  const bbox = reader.optional('bbox', parseBbox);
  if (bbox !== null) areas.push({ area: { kind: 'box', box: bbox.box }, relation: 'intersects' });
  const crs = reader.text('geometry_crs');
  const geometry = reader.optional('geometry', (text) => geometryIn(text, crs));
  const relation = reader.optional('relation', oneOf(RELATIONS)) ?? 'intersects';
  if (geometry !== null && relation === 'intersects') {
    areas.push({ area: { kind: 'geometry', geometry }, relation: 'intersects' });
  } else if (geometry !== null) {
    filters.push({
      kind: 'spatial',
      operator: relation,
      left: property('geometry'),
      right: { kind: 'geometry', geometry },
    });
  }
  const lat = reader.optional('lat', (text) => parseDecimal(text, { min: -90, max: 90 }));
  const lon = reader.optional('lon', (text) => parseDecimal(text, { min: -180, max: 180 }));
  const metres = reader.optional('radius', (text) => parseDecimal(text, { above: 0, max: 20_037_509 }));
  const [hasLat, hasLon] = [reader.text('lat') !== null, reader.text('lon') !== null];
  if (hasLat !== hasLon) reader.missing(hasLat ? 'lon' : 'lat');
  if ((hasLat || hasLon) && reader.text('radius') === null) reader.missing('radius');
  if (lat !== null && lon !== null && metres !== null) {
    areas.push({ area: { kind: 'circle', centre: [lon, lat], metres }, relation: 'intersects' });
  }
  return { areas, filters, crs: bbox?.crs ?? null };
}

function timeFilter(window: TimeWindow, operator: TemporalOperator): Filter {
  const moment = (at: number | null) => (at === null ? null : ({ kind: 'moment', value: printDateTime(at) } as const));
  return {
    kind: 'temporal',
    operator,
    left: property('time'),
    right: { kind: 'interval', start: moment(window.start), end: moment(window.end) },
  };
}

/** Reads the keys; what is wrong stays with the reader. */
export function searchKeys(reader: ParameterReader): Keys {
  const { areas, filters, crs } = areasOf(reader);
  const window = reader.optional('time', parseInterval);
  const relation = reader.optional('trelation', oneOf(TIME_RELATIONS)) ?? 'intersects';
  const time: TimeCondition | null =
    window !== null && relation === 'intersects' ? { window, relation: 'intersects' } : null;
  return {
    words: reader.optional('q', wordsIn),
    ids:
      reader
        .text('recordIds')
        ?.split(',')
        .map((id) => id.trim())
        .filter((id) => id !== '') ?? null,
    areas,
    time,
    filters: window !== null && time === null ? [...filters, timeFilter(window, relation)] : filters,
    crs,
  };
}
