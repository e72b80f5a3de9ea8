// What must be known of a table's rows before the first byte is written: their number, the extent of each column, the widths of text.
import { FormatFault } from '../../model/format-fault.ts';
import type { Chunk, Column, FlagSet, Table, Values } from '../../model/table.ts';
import { columnIndex } from '../../model/table.ts';

export interface ColumnProfile {
  /** Values that are there, and those that are missing. */
  present: number;
  missing: number;
  /** Of the finite numbers; NaN when there are none. Times in milliseconds since 1970. */
  min: number;
  max: number;
  /** All numbers are whole. */
  whole: boolean;
  /** A value that is there is the number that the column has for missing. */
  clash: boolean;
  /** Longest text, in bytes of UTF-8. */
  textBytes: number;
  /** Most flags in one cell. */
  flags: number;
  /** Every flag that stands somewhere. */
  readonly flagsSeen: Set<number>;
  /** Most digits after the point that a number needs; 0 unless asked for. */
  decimals: number;
}

export interface TableProfile {
  readonly rows: number;
  readonly columns: readonly ColumnProfile[];
  /** Smallest and greatest step of the axis; NaN with fewer than two rows. */
  readonly step: { readonly min: number; readonly max: number };
}

/** A table whose rows had to be read to their end, and can be read again. */
export interface ProfiledTable {
  readonly table: Table;
  readonly profile: TableProfile;
}

/** So many values of a table that can be read once only are held in memory. */
const MOST_HELD = 64 * 1024 * 1024;

/** Digits after the point in the shortest text that gives the number again. */
export function decimalsOf(value: number): number {
  if (!Number.isFinite(value) || Number.isInteger(value)) return 0;
  const text = String(value);
  const e = text.indexOf('e');
  const mantissa = e < 0 ? text : text.slice(0, e);
  const point = mantissa.indexOf('.');
  const digits = point < 0 ? 0 : mantissa.length - point - 1;
  return Math.max(0, digits - (e < 0 ? 0 : Number(text.slice(e + 1))));
}

function scanNumbers(profile: ColumnProfile, column: Column, values: Float64Array, decimals: boolean): void {
  let { min, max, whole, missing, clash } = profile;
  for (let n = 0; n < values.length; n++) {
    const value = values[n] as number;
    if (Number.isNaN(value)) {
      missing++;
      continue;
    }
    // Written so that NaN, the bound of none, is replaced by the first value.
    if (!(value >= min)) min = value;
    if (!(value <= max)) max = value;
    if (whole && !Number.isInteger(value)) whole = false;
    if (value === column.missing) clash = true;
    if (decimals) profile.decimals = Math.max(profile.decimals, decimalsOf(value));
  }
  profile.present += values.length - (missing - profile.missing);
  Object.assign(profile, { min, max, whole, missing, clash });
}

function scanTexts(profile: ColumnProfile, values: readonly (string | null)[]): void {
  for (const value of values) {
    if (value === null) profile.missing++;
    else {
      profile.present++;
      // Three bytes a code unit is the most: short texts need no count.
      if (value.length * 3 > profile.textBytes)
        profile.textBytes = Math.max(profile.textBytes, Buffer.byteLength(value));
    }
  }
}

function scanFlags(profile: ColumnProfile, values: readonly FlagSet[]): void {
  for (const set of values) {
    if (set.length > profile.flags) profile.flags = set.length;
    for (const flag of set) profile.flagsSeen.add(flag);
  }
  profile.present += values.length;
}

function scan(profile: ColumnProfile, column: Column, values: Values, decimals: boolean): void {
  if (values instanceof Float64Array) scanNumbers(profile, column, values, decimals);
  else if (column.type === 'flags') scanFlags(profile, values as readonly FlagSet[]);
  else scanTexts(profile, values as readonly (string | null)[]);
}

function emptyProfile(): ColumnProfile {
  const none = Number.NaN;
  return {
    present: 0,
    missing: 0,
    min: none,
    max: none,
    whole: true,
    clash: false,
    textBytes: 0,
    flags: 0,
    flagsSeen: new Set(),
    decimals: 0,
  };
}

/** Gives the same table, made repeatable by holding its rows where it is not. Throws FormatFault when they are too many to hold. */
export async function repeatable(table: Table): Promise<Table> {
  if (table.repeatable) return table;
  const chunks: Chunk[] = [];
  let rows = 0;
  let held = 0;
  for await (const chunk of table.chunks()) {
    chunks.push(chunk);
    rows += chunk.rows;
    held += chunk.values.reduce((sum, values) => sum + values.length, 0);
    if (held > MOST_HELD) {
      throw new FormatFault(
        null,
        `the table is too large for this format: more than ${MOST_HELD} values would have to be held`,
        `la table est trop grande pour ce format : plus de ${MOST_HELD} valeurs devraient être gardées en mémoire`,
      );
    }
  }
  return {
    ...table,
    rows,
    repeatable: true,
    chunks: async function* () {
      yield* chunks;
    },
  };
}

/** Reads all rows once. `decimals`: the digits after the point are counted too, which takes as long as writing the numbers. */
export async function profileTable(once: Table, options: { readonly decimals: boolean }): Promise<ProfiledTable> {
  const table = await repeatable(once);
  const columns = table.columns.map(emptyProfile);
  const axis = table.axis === null ? -1 : columnIndex(table, table.axis.column);
  let rows = 0;
  let last = Number.NaN;
  let [min, max] = [Number.NaN, Number.NaN];
  for await (const chunk of table.chunks()) {
    rows += chunk.rows;
    chunk.values.forEach((values, n) => {
      scan(columns[n] as ColumnProfile, table.columns[n] as Column, values, options.decimals);
    });
    const xs = chunk.values[axis];
    if (!(xs instanceof Float64Array)) continue;
    for (const x of xs) {
      const step = x - last;
      if (!(step >= min)) min = Number.isNaN(step) ? min : step;
      if (!(step <= max)) max = Number.isNaN(step) ? max : step;
      last = x;
    }
  }
  return { table, profile: { rows, columns, step: { min, max } } };
}

/** The profile of values that are all there: those of a fixed column. */
export function profileValues(column: Column, values: Values): ColumnProfile {
  const profile = emptyProfile();
  scan(profile, column, values, false);
  return profile;
}
