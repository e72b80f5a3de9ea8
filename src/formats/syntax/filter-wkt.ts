// Geometries within the text of a filter: the WKT of `wkt.ts`, and beside it collections and a third dimension, which is dropped
// (OGC 21-065r2, 7.6; SRID=n; before it is the EWKT of classic CQL, longitude first).
import { SyntaxFault } from '../../model/errors.ts';
import type { FilterGeometry } from '../../model/filter.ts';
import { filterFault, type Place, placed } from './filter-faults.ts';
import { MOST_POSITIONS, parseWkt, printWkt } from './wkt.ts';

export const GEOMETRY_NAMES: ReadonlySet<string> = new Set([
  'POINT',
  'LINESTRING',
  'POLYGON',
  'MULTIPOINT',
  'MULTILINESTRING',
  'MULTIPOLYGON',
  'GEOMETRYCOLLECTION',
]);
const NUMBER = '[+-]?(?:\\d{1,30}(?:\\.\\d{0,30})?|\\.\\d{1,30})(?:[eE][+-]?\\d{1,3})?';
const TRIPLE = new RegExp(`(${NUMBER})[ \\t\\r\\n]{1,100}(${NUMBER})[ \\t\\r\\n]{1,100}${NUMBER}`, 'g');
const HEAD = /^[ \t\r\n]*([A-Za-z]+)[ \t\r\n]*/;

/** Where the geometry that starts at `from` ends: after the bracket that closes its first one. -1: it does not end. */
export function endOfGeometry(text: string, from: number): number {
  let depth = 0;
  for (let i = text.indexOf('(', from); i !== -1 && i < text.length; i++) {
    const character = text[i];
    if (character === '(') depth++;
    else if (character === ')' && --depth === 0) return i + 1;
  }
  return -1;
}

/** @throws SyntaxFault with the place of the fault. */
export function parseFilterWkt(text: string, place: Place): FilterGeometry {
  return placed(place, () => {
    const flat = withoutHeight(text);
    const head = HEAD.exec(flat);
    if (head?.[1]?.toUpperCase() !== 'GEOMETRYCOLLECTION') return parseWkt(flat);
    const parts = partsOf(flat.slice(head[0].length)).map(parseWkt);
    return { type: 'GeometryCollection', geometries: parts };
  });
}

/** `POINT Z (1 2 3)` → `POINT (1 2)`. */
function withoutHeight(text: string): string {
  if (!/^[ \t\r\n]*[A-Za-z]+?[ \t\r\n]*z[ \t\r\n]*\(/i.test(text)) return text;
  return text.replace(/^([ \t\r\n]*[A-Za-z]+?)[ \t\r\n]*z[ \t\r\n]*\(/i, '$1 (').replace(TRIPLE, '$1 $2');
}

function partsOf(bracketed: string): readonly string[] {
  const text = bracketed.trim();
  const inner = text.startsWith('(') && text.endsWith(')') ? text.slice(1, -1) : '';
  const parts: string[] = [];
  let [from, depth] = [0, 0];
  for (let i = 0; i < inner.length; i++) {
    if (inner[i] === '(') depth++;
    else if (inner[i] === ')') depth--;
    else if (inner[i] === ',' && depth === 0) {
      parts.push(inner.slice(from, i));
      from = i + 1;
    }
  }
  parts.push(inner.slice(from));
  if (parts.length > MOST_POSITIONS)
    throw new SyntaxFault(`at most ${MOST_POSITIONS} positions are taken`, `au plus ${MOST_POSITIONS} positions`);
  return parts;
}

/** The geometry as WKT, longitude latitude, readable by `parseFilterWkt`. */
export function printFilterWkt(geometry: FilterGeometry): string {
  return geometry.type === 'GeometryCollection'
    ? `GEOMETRYCOLLECTION (${geometry.geometries.map(printWkt).join(', ')})`
    : printWkt(geometry);
}

/** @throws SyntaxFault: the brackets of a geometry do not close. */
export function unclosedGeometry(place: Place): Error {
  return filterFault(
    place,
    'the brackets of the geometry do not close',
    'les parenthèses de la géométrie ne se ferment pas',
  );
}
