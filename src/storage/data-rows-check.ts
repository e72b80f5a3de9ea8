// Which rows of a chunk can be written: the record is there, the natural key is complete, times are believable. Rows of one key twice in a chunk
// are parted, so that the later one replaces the earlier one.
import type { ParameterFault } from '../model/errors.ts';
import type { Values } from '../model/table.ts';
import type { DataShape, ShapeColumn } from './data-shape.ts';

/** Times outside are slips of a keyboard; partitions are made for what is inside. */
const EARLIEST = Date.UTC(1800, 0, 1);
const LATEST = Date.UTC(2200, 0, 1);
const LARGEST_INTEGER = 2_147_483_647;

/** A row that was not written; `row` counts from 0 over all chunks of the call. */
export interface RefusedDataRow {
  readonly row: number;
  readonly faults: readonly ParameterFault[];
}

export interface CheckedColumn {
  readonly column: ShapeColumn;
  readonly values: Values;
}

function missing(parameter: string): ParameterFault {
  return {
    parameter,
    detail: {
      en: 'is missing, and it is part of the natural key',
      fr: 'est absent et fait partie de la clé naturelle',
    },
  };
}

function faultOf({ column, values }: CheckedColumn, row: number): ParameterFault | null {
  const { name, kind, inKey } = column;
  if (kind === 'numbers') return null;
  const value = values[row] as number | string | null | undefined;
  if (value === null || value === undefined || (typeof value === 'number' && Number.isNaN(value))) {
    return inKey ? missing(name) : null;
  }
  if ((kind === 'instant' || kind === 'day') && !((value as number) >= EARLIEST && (value as number) < LATEST)) {
    const detail = { en: 'must lie between 1800 and 2199', fr: 'doit se situer entre 1800 et 2199' };
    return { parameter: name, detail };
  }
  if (kind === 'integer' && !(Number.isInteger(value) && Math.abs(value as number) <= LARGEST_INTEGER)) {
    const detail = { en: 'must be a whole number of 32 bits', fr: 'doit être un entier de 32 bits' };
    return { parameter: name, detail };
  }
  return null;
}

/** Faults of the rows; none for most. */
export function checkRows(
  columns: readonly CheckedColumn[],
  rows: number,
  first: number,
  isRecord: (record: number) => boolean,
): readonly RefusedDataRow[] {
  const record = columns.find(({ column }) => column.name === 'record');
  const refused: RefusedDataRow[] = [];
  for (let row = 0; row < rows; row++) {
    let faults: ParameterFault[] | null = null;
    for (const column of columns) {
      const fault = faultOf(column, row);
      if (fault !== null) faults = [...(faults ?? []), fault];
    }
    const number = record?.values[row] as number;
    if (faults === null && !isRecord(number)) {
      const detail = {
        en: `there is no record ${number} in this service`,
        fr: `il n'y a pas d'enregistrement ${number} dans ce service`,
      };
      faults = [{ parameter: 'record', detail }];
    }
    if (faults !== null) refused.push({ row: first + row, faults });
  }
  return refused;
}

/** Runs of the given rows in which no natural key stands twice. */
export function withoutRepeatedKeys(
  shape: DataShape,
  columns: readonly CheckedColumn[],
  rows: readonly number[],
): readonly (readonly number[])[] {
  const key = columns.filter(({ column }) => shape.key.includes(column.name));
  const runs: number[][] = [];
  let seen = new Set<string>();
  let run: number[] = [];
  for (const row of rows) {
    let text = '';
    for (const { values } of key) text += `${values[row]}\u0001`;
    if (seen.has(text)) {
      runs.push(run);
      run = [];
      seen = new Set();
    }
    seen.add(text);
    run.push(row);
  }
  if (run.length > 0) runs.push(run);
  return runs;
}
