// The one builder of statements that read rows. The viewer's condition stands in each of them; period, box, columns and number are cut by
// the database; a page follows the last row of the one before it (keyset), along an index.
import type { Viewer } from '../model/viewer.ts';
import { type DataShape, orderOf, quoted, type ShapeColumn } from './data-shape.ts';
import { dayLiteral, instantLiteral, integerLiteral, numberLiteral, textLiteral } from './sql-literals.ts';
import { takenBy } from './taken-by.ts';

/** Milliseconds since 1970 of a day. */
const DAY = 86_400_000;

export interface RowsWanted {
  /** null: all that the viewer may take. */
  readonly record: number | null;
  /** Columns of the table, in the order in which they are given. */
  readonly columns: readonly string[];
  /** Milliseconds since 1970, ends included unless `endExcluded`. */
  readonly time: { readonly start: number | null; readonly end: number | null; readonly endExcluded?: boolean } | null;
  /** Degrees, edges included; west > east crosses the antimeridian. Over the rows' own position where they have one, else their records'. */
  readonly box: readonly [west: number, south: number, east: number, north: number] | null;
  readonly viewer: Viewer;
  /** `YYYY-MM-DD`, for embargoes. */
  readonly today: string;
  /** Rows that were written later than this revision of the service are not there yet; null: all. */
  readonly revision: string | null;
}

/** A value of a row's place: microseconds or days since 1970 (infinite without time), numbers and texts as they are. */
export type PlaceValue = number | string;
/** Where a page ended: the values of the order's expressions, in their order. */
export type RowPlace = readonly PlaceValue[];

export interface RowsStatement {
  readonly text: (after: RowPlace | null, limit: number) => string;
  /** What the statement gives: the wanted columns, then those of the order that are not among them. */
  readonly columns: readonly ShapeColumn[];
  /** Places in `columns` of the order's columns. */
  readonly order: readonly number[];
}

function placeLiteral({ kind }: ShapeColumn, value: PlaceValue): string {
  if (typeof value === 'string') return textLiteral(value);
  if (kind === 'instant') return instantLiteral(value);
  if (kind === 'day') return dayLiteral(value);
  if (kind === 'boolean') return value === 0 ? 'false' : 'true';
  return kind === 'integer' ? integerLiteral(value) : numberLiteral(value);
}

/** First instant (or day) that is not before, or not after, these milliseconds. */
function bound({ kind }: ShapeColumn, milliseconds: number, side: 'start' | 'end'): string {
  if (kind === 'instant') return instantLiteral(milliseconds * 1000);
  return dayLiteral(side === 'start' ? Math.ceil(milliseconds / DAY) : Math.floor(milliseconds / DAY));
}

function timeConditions({ time: column }: DataShape, time: RowsWanted['time']): readonly string[] {
  if (column === null || time === null) return [];
  const name = `d.${quoted(column.name)}`;
  const { start, end, endExcluded } = time;
  // A day begins before an excluded end that lies within it.
  const last =
    end === null
      ? null
      : endExcluded === true
        ? column.kind === 'day'
          ? `${name} < ${bound(column, end, 'start')}`
          : `${name} < ${bound(column, end, 'end')}`
        : `${name} <= ${bound(column, end, 'end')}`;
  return [...(start === null ? [] : [`${name} >= ${bound(column, start, 'start')}`]), ...(last === null ? [] : [last])];
}

/** Longitudes are compared around the circle: flights may count from 0 to 360. */
function inBox({ position }: DataShape, [west, south, east, north]: NonNullable<RowsWanted['box']>): string | null {
  if (position === null) return null;
  const longitude = `d.${quoted(position.longitude)}`;
  const width = west <= east ? east - west : 360 - west + east;
  const turned = `(${longitude} - ${numberLiteral(west)}) - 360 * floor((${longitude} - ${numberLiteral(west)}) / 360)`;
  const eastward = width >= 360 ? `${longitude} IS NOT NULL` : `${turned} <= ${numberLiteral(width)}`;
  return `d.${quoted(position.latitude)} BETWEEN ${numberLiteral(south)} AND ${numberLiteral(north)} AND ${eastward}`;
}

/** Records whose extent touches the box. */
function recordInBox([west, south, east, north]: NonNullable<RowsWanted['box']>): string {
  const parts =
    west <= east
      ? [[west, east]]
      : [
          [west, 180],
          [-180, east],
        ];
  const across = parts.map(
    ([w, e]) => `s.west <= ${numberLiteral(e as number)} AND s.east >= ${numberLiteral(w as number)}`,
  );
  return `EXISTS (SELECT FROM metadata_search s WHERE s.n = m.n AND s.south <= ${numberLiteral(north)} AND s.north >= ${numberLiteral(south)} AND (${across.join(' OR ')}))`;
}

/**
 * The records that may be read: looked up once for each statement. As a plain membership the planner would join, and lose the order of the
 * index; `IS TRUE` keeps it a look-up in a hash table.
 */
function allowed(shape: DataShape, wanted: RowsWanted): string {
  const { record, viewer, today, box } = wanted;
  const conditions = [
    `m.service = ${textLiteral(shape.service)}`,
    'm.has_rows',
    takenBy(viewer, today),
    ...(box === null || shape.position !== null ? [] : [recordInBox(box)]),
  ].join(' AND ');
  if (record === null) return `(d.record IN (SELECT m.id FROM metadata m WHERE ${conditions})) IS TRUE`;
  const id = integerLiteral(record);
  return `d.record = ${id} AND EXISTS (SELECT FROM metadata m WHERE m.id = ${id} AND ${conditions})`;
}

/** `read`: the expression by which a column is read. */
export function rowsStatement(
  shape: DataShape,
  wanted: RowsWanted,
  read: (column: ShapeColumn, name: string) => string,
): RowsStatement {
  // Within one record its number orders nothing.
  const order = orderOf(shape).filter(({ column }) => wanted.record === null || column.name !== 'record');
  const names = [...new Set([...wanted.columns, ...order.map(({ column }) => column.name)])];
  const columns = names.map((name) => shape.columns.find((column) => column.name === name) as ShapeColumn);
  const box = wanted.box === null ? null : inBox(shape, wanted.box);
  const fixed = [
    allowed(shape, wanted),
    ...timeConditions(shape, wanted.time),
    ...(box === null ? [] : [box]),
    ...(wanted.revision === null ? [] : [`d.vobs_since <= ${integerLiteral(Number(wanted.revision))}`]),
  ];
  const list = columns.map((column) => read(column, `d.${quoted(column.name)}`)).join(', ');
  const expressions = order.map(({ expression }) => expression).join(', ');
  const by = expressions === '' ? '' : ` ORDER BY ${expressions}`;
  return {
    columns,
    order: order.map(({ column }) => names.indexOf(column.name)),
    text: (after, limit) => {
      const values = after?.map((value, at) => placeLiteral((order[at] as (typeof order)[number]).column, value));
      const first = order[0];
      const following =
        values === undefined || first === undefined
          ? []
          : [
              `(${expressions}) > (${values.join(', ')})`,
              // Said again for the first column alone: partitions are left out by it.
              `${first.expression} >= ${values[0]}`,
            ];
      return `SELECT ${list} FROM ${shape.table} d WHERE ${[...fixed, ...following].join(' AND ')}${by} LIMIT ${integerLiteral(limit)}`;
    },
  };
}
