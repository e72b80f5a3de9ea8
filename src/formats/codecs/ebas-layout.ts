// How a table's columns stand in an EBAS file: variables in the order of the table, each group before the flag column that serves it,
// the flags completed so that NILU's reader takes them.
import { FormatFault } from '../../model/format-fault.ts';
import { type Column, columnIndex, type FlagSet, type Table } from '../../model/table.ts';
import { flagValidity, MISSING_FLAG } from './ebas-flags.ts';
import { parseVariable } from './ebas-variables.ts';
import { textAttribute } from './nasa-ames-write.ts';

export interface FlagGroup {
  /** Places of the variables in the table. */
  readonly variables: readonly number[];
  /** Place of the flag column; -1: the table has none, flags are made from what is missing. */
  readonly flags: number;
  /** The text of the flag column in the header. */
  readonly text: string;
  /** Most flags in one cell. */
  places: number;
}

const NO_FLAGS: FlagSet = [];

/** Columns of numbers that EBAS holds beside its times. */
export function isVariable(table: Table, column: Column): boolean {
  const times = [table.axis?.column, table.axis?.end];
  const numeric = column.type === 'number' || column.type === 'integer';
  return numeric && column.dimensions.length === 0 && !times.includes(column.name);
}

function groupsOf(table: Table): FlagGroup[] {
  const groups = new Map<string, { variables: number[]; flags: number }>();
  table.columns.forEach((column, n) => {
    if (!isVariable(table, column)) return;
    const name = column.ancillary?.find((other) => table.columns[columnIndex(table, other)]?.type === 'flags');
    const flags = name === undefined ? -1 : columnIndex(table, name);
    // Variables without flags have a column each: what is missing differs between them.
    const key = flags < 0 ? `none ${n}` : String(flags);
    const group = groups.get(key) ?? { variables: [], flags };
    group.variables.push(n);
    groups.set(key, group);
  });
  return [...groups.values()].map((group) => {
    const kept = group.flags < 0 ? null : textAttribute(table.columns[group.flags] as Column, 'nasa_ames_vname');
    const text = kept !== null && /^numflag/.test(kept) ? kept : 'numflag, no unit';
    return { ...group, text, places: 1 };
  });
}

/** The flags of one row of a group, with 999 added where a value is missing and no flag says why. */
export function groupFlags(flags: FlagSet, missing: number, variables: number): FlagSet {
  const excused = flags.some((flag) => ['missing', 'invalid', 'hidden'].includes(flagValidity(flag) ?? ''));
  return missing === variables && !excused && variables > 0 ? [...flags, MISSING_FLAG] : flags;
}

function refuse(row: number, en: string, fr: string): FormatFault {
  return new FormatFault({ part: `row ${row}` }, en, fr);
}

interface RowState {
  /** Variables of the group that are missing in this row. */
  readonly missing: number;
  readonly flags: FlagSet;
}

/** EBAS refuses unknown flags, and a good value beside a flag that says it is missing. */
function checkRow(group: FlagGroup, state: RowState, row: number): void {
  for (const flag of state.flags) {
    const validity = flagValidity(flag);
    if (validity === null) throw refuse(row, `EBAS has no flag ${flag}`, `EBAS n'a pas de drapeau ${flag}`);
    if (validity === 'missing' && state.missing < group.variables.length) {
      throw refuse(
        row,
        `the flag ${flag} says that the value is missing, but it is there`,
        `le drapeau ${flag} dit que la valeur manque, mais elle est là`,
      );
    }
  }
}

/** A shared flag column cannot say which of its variables is missing: each gets its own. */
function split(table: Table, group: FlagGroup): FlagGroup[] {
  return group.variables.map((n) => {
    const column = table.columns[n] as Column;
    const variable = parseVariable(textAttribute(column, 'nasa_ames_vname') ?? column.name);
    const tags = Object.entries(variable.tags).map(
      ([tag, value]) => `, ${tag}=${value.includes(',') ? `"${value}"` : value}`,
    );
    return {
      variables: [n],
      flags: group.flags,
      text: `numflag ${variable.component}, no unit${tags.join('')}`,
      places: 1,
    };
  });
}

export const missingIn = (chunk: { readonly values: readonly unknown[] }, group: FlagGroup, row: number): number => {
  let missing = 0;
  for (const n of group.variables) if (Number.isNaN((chunk.values[n] as Float64Array)[row])) missing++;
  return missing;
};

export const flagsIn = (chunk: { readonly values: readonly unknown[] }, group: FlagGroup, row: number): FlagSet =>
  group.flags < 0 ? NO_FLAGS : ((chunk.values[group.flags] as readonly FlagSet[])[row] ?? NO_FLAGS);

/** Reads the rows once and gives the groups with the width of their flags. Throws FormatFault for flags that EBAS refuses. */
export async function ebasLayout(table: Table): Promise<readonly FlagGroup[]> {
  const wanted = groupsOf(table);
  const mixed = new Set<FlagGroup>();
  const needsOwn = (state: RowState, group: FlagGroup) =>
    state.missing > 0 &&
    state.missing < group.variables.length &&
    groupFlags(state.flags, 1, 1).length > state.flags.length;
  for await (const chunk of table.chunks()) {
    for (const group of wanted) {
      for (let row = 0; row < chunk.rows; row++) {
        const state = { missing: missingIn(chunk, group, row), flags: flagsIn(chunk, group, row) };
        if (needsOwn(state, group)) mixed.add(group);
      }
    }
  }
  const groups = wanted.flatMap((group) => (mixed.has(group) ? split(table, group) : [group]));
  let before = 0;
  for await (const chunk of table.chunks()) {
    for (const group of groups) {
      for (let row = 0; row < chunk.rows; row++) {
        const missing = missingIn(chunk, group, row);
        const flags = groupFlags(flagsIn(chunk, group, row), missing, group.variables.length);
        checkRow(group, { missing, flags }, before + row + 1);
        group.places = Math.max(group.places, flags.length);
      }
    }
    before += chunk.rows;
  }
  return groups;
}

/** As wide as the source's column was, if its flags fit. */
export function flagPlaces(table: Table, group: FlagGroup): number {
  const kept = group.flags < 0 ? null : textAttribute(table.columns[group.flags] as Column, 'nasa_ames_vmiss');
  const decimals = kept?.split('.')[1]?.length ?? 0;
  return Math.max(group.places, Math.floor(decimals / 3));
}

/** `9.999999` */
export const flagMissing = (places: number): string => `9.${'9'.repeat(3 * places)}`;
