// Which columns of a file are which columns of the service's rows: by CF standard name, else by name. Values whose unit cannot be brought to the
// service's are not taken: a wrong number is worse than none.
import type { DataColumn, Service } from '../../model/service.ts';
import { type Chunk, type Column, cellSize, type Table, type Values } from '../../model/table.ts';
import { type UnitChange, unitChange } from './unit-change.ts';

export interface MatchedColumn {
  readonly target: DataColumn;
  /** Place in the table's columns. */
  readonly source: number;
  readonly change: UnitChange;
}

export interface ColumnMatch {
  readonly columns: readonly MatchedColumn[];
  /** Columns of the file that stay in the file alone. */
  readonly left: readonly string[];
}

function typesFit({ type }: DataColumn, column: Column): boolean {
  if (type === 'datetime' || type === 'date') return column.type === 'time';
  if (type === 'number') return column.type === 'number' || column.type === 'integer';
  if (type === 'integer') return column.type === 'integer' || column.type === 'number';
  return type === 'text' && column.type === 'text';
}

function fits(target: DataColumn, column: Column, table: Table): boolean {
  const size = column.dimensions.length === 0 ? 1 : cellSize(table.dimensions, column);
  const wanted = target.dimension?.size ?? 1;
  const alike = target.dimension === undefined ? column.dimensions.length === 0 : size === wanted;
  return alike && typesFit(target, column) && (column.type === 'time' || unitChange(column.unit, target.unit) !== null);
}

function sourceOf(target: DataColumn, table: Table): number {
  const { columns, axis } = table;
  const usable = (test: (column: Column) => boolean) =>
    columns.findIndex((column) => test(column) && fits(target, column, table));
  if (target.standardName === 'time' || target.name === 'time') {
    const byAxis = usable(({ name }) => name === axis?.column);
    if (byAxis >= 0) return byAxis;
  }
  if (target.name === 'time_end') {
    const byAxis = usable(({ name }) => name === axis?.end);
    if (byAxis >= 0) return byAxis;
  }
  const byStandard =
    target.standardName === undefined ? -1 : usable(({ standardName }) => standardName === target.standardName);
  return byStandard >= 0 ? byStandard : usable(({ name }) => name.toLowerCase() === target.name.toLowerCase());
}

/** null: the service has no rows, the file lacks a part of their natural key, or nothing but coordinates would be taken. */
export function matchColumns(service: Pick<Service, 'data'>, table: Table): ColumnMatch | null {
  const { data } = service;
  if (data === null) return null;
  const columns: MatchedColumn[] = [];
  for (const target of data.columns) {
    if (target.name === 'record') continue;
    const source = sourceOf(target, table);
    if (source < 0 || columns.some((known) => known.source === source)) continue;
    const change = unitChange((table.columns[source] as Column).unit, target.unit);
    columns.push({ target, source, change: change ?? { factor: 1, offset: 0 } });
  }
  const has = (name: string) => name === 'record' || columns.some(({ target }) => target.name === name);
  const coordinates = new Set([...data.key, 'time_end']);
  const measured = columns.some(
    ({ target }) => !coordinates.has(target.name) && !['longitude', 'latitude'].includes(target.standardName ?? ''),
  );
  if (!data.key.every(has) || !measured) return null;
  const left = table.columns.filter((_, n) => !columns.some(({ source }) => source === n)).map(({ name }) => name);
  return { columns, left };
}

function changed(values: Values, { factor, offset }: UnitChange): Values {
  if (!(values instanceof Float64Array) || (factor === 1 && offset === 0)) return values;
  return values.map((value) => value * factor + offset);
}

/** The file's rows as rows of the record: `record` first, then the matched columns. */
export async function* rowsOfRecord(table: Table, { columns }: ColumnMatch, record: number): AsyncGenerator<Chunk> {
  for await (const { rows, values } of table.chunks()) {
    const taken = columns.map(({ source, target, change }) => {
      const given = values[source] as Values;
      return target.type === 'datetime' || target.type === 'date' ? given : changed(given, change);
    });
    yield { rows, values: [new Float64Array(rows).fill(record), ...taken] };
  }
}
