// Writes EBAS NASA Ames 1.1 so that NILU's reader takes it: mandatory keys, canonical order, the rule of DX, flags behind their variables.
import { FormatFault } from '../../model/format-fault.ts';
import { type Attributes, type Chunk, type Column, columnIndex, type Table } from '../../model/table.ts';
import type { Localised } from '../../model/text.ts';
import type { WriteOptions } from './codec.ts';
import { flagText } from './ebas-flags.ts';
import { ebasHeader } from './ebas-header.ts';
import {
  ebasLayout,
  type FlagGroup,
  flagMissing,
  flagPlaces,
  flagsIn,
  groupFlags,
  isVariable,
  missingIn,
} from './ebas-layout.ts';
import { cannotHold, startOfDay } from './nasa-ames-table.ts';
import { keptHeader, nines, textAttribute } from './nasa-ames-write.ts';
import { type ColumnProfile, profileTable, type TableProfile } from './table-profile.ts';

const DAY = 86_400_000;
/** Times have six decimals of a day: 0.0864 s. */
const TIME_DECIMALS = 6;
const SMALLEST_STEP = DAY / 10 ** TIME_DECIMALS;

export function ebasLosses(table: Table): readonly Localised[] {
  const times = [table.axis?.column, table.axis?.end];
  const lost = table.columns.filter(
    (column) => !isVariable(table, column) && column.type !== 'flags' && !times.includes(column.name),
  );
  const names = [...lost, ...table.fixed.map(({ column }) => column)].map((column) => column.name);
  if (names.length === 0) return [];
  return [
    {
      en: `times, texts, variables without rows or with inner dimensions are left out: ${names.join(', ')}`,
      fr: `les temps, les textes, les variables sans lignes ou à dimensions internes sont omis : ${names.join(', ')}`,
    },
  ];
}

export interface EbasColumn {
  /** Text in the header. */
  readonly name: string;
  readonly missing: string;
  readonly title: string;
  readonly cell: (chunk: Chunk, row: number) => string;
}

function componentLine(column: Column): string {
  const kept = textAttribute(column, 'nasa_ames_vname');
  if (kept?.includes(',')) return kept;
  const component = textAttribute(column, 'ebas_component') ?? column.name;
  const unit = textAttribute(column, 'ebas_unit') ?? column.unit ?? 'no unit';
  const tag = (key: string, name: string) => {
    const value = textAttribute(column, name);
    return value === null ? '' : `, ${key}=${value.includes(',') ? `"${value}"` : value}`;
  };
  return `${component}, ${unit}${tag('Matrix', 'ebas_matrix')}${tag('Statistics', 'ebas_statistics')}`;
}

function variableColumn(column: Column, index: number, profile: ColumnProfile): EbasColumn {
  const kept = textAttribute(column, 'nasa_ames_vmiss');
  const keptDecimals = kept?.split('.')[1]?.length ?? 0;
  const decimals = Math.min(Math.max(profile.decimals, keptDecimals), 15);
  // The source's own missing value is kept if every good value is smaller and has no more decimals.
  const fits =
    kept !== null && !(profile.max >= Number(kept)) && keptDecimals >= profile.decimals && /^9+(\.9*)?$/.test(kept);
  const missing = fits ? kept : nines(profile, decimals);
  return {
    name: componentLine(column),
    missing,
    title: column.name,
    cell: (chunk, row) => {
      const value = (chunk.values[index] as Float64Array)[row] as number;
      return Number.isNaN(value) ? missing : value.toFixed(decimals);
    },
  };
}

function flagColumn(table: Table, group: FlagGroup, profile: TableProfile): EbasColumn {
  const places = flagPlaces(table, group);
  const first = table.columns[group.variables[0] ?? -1];
  return {
    name: group.text,
    missing: flagMissing(places),
    title: profile.columns.length === 0 ? 'flag' : `flag_${first?.name ?? ''}`,
    cell: (chunk, row) =>
      flagText(groupFlags(flagsIn(chunk, group, row), missingIn(chunk, group, row), group.variables.length), places),
  };
}

/** End of each sample: the table's own, else one step after its start where the steps are all the same. */
function endOfSample(table: Table, profile: TableProfile): { index: number; after: number } {
  const index = table.axis?.end == null ? -1 : columnIndex(table, table.axis.end);
  if (index >= 0) return { index, after: 0 };
  if (profile.step.max - profile.step.min <= 2 * SMALLEST_STEP) return { index: -1, after: profile.step.min };
  throw cannotHold(
    'EBAS NASA Ames',
    'it does not say when each sample ends, and the steps differ',
    'elle ne dit pas quand finit chaque échantillon, et les pas diffèrent',
  );
}

/** `0.041667` where all steps are the same, else 0: NILU's reader refuses both mistakes. */
function stepText(profile: TableProfile, start: ColumnProfile): string {
  const { min, max } = profile.step;
  if (Number.isNaN(min) || max - min > 2 * SMALLEST_STEP) return '0';
  // Of the whole series: single steps carry the rounding of their ends.
  const mean = (start.max - start.min) / (profile.rows - 1);
  return String(Number((mean / DAY).toFixed(TIME_DECIMALS)));
}

function referenceDate(table: Table, first: number): string {
  const kept = keptHeader(table)?.date ?? null;
  const year = new Date(first).toISOString().slice(0, 4);
  return kept?.startsWith(year) ? kept : `${year}-01-01`;
}

function startIndex(table: Table): number {
  const index = table.axis === null ? -1 : columnIndex(table, table.axis.column);
  if (table.columns[index]?.type === 'time') return index;
  throw cannotHold(
    'EBAS NASA Ames',
    'its rows are not ordered by time',
    'ses lignes ne sont pas ordonnées par le temps',
  );
}

/** Starts must increase; a file needs a row, or it has no Startdate. */
function checkTimes(profile: TableProfile, start: ColumnProfile): void {
  if (profile.rows === 0 || start.missing > 0) {
    throw cannotHold('EBAS NASA Ames', 'a row without time, or no row', 'une ligne sans temps, ou aucune ligne');
  }
  if (profile.step.min < SMALLEST_STEP) {
    throw new FormatFault(
      null,
      'EBAS NASA Ames wants starts that increase by 0.000001 day at least',
      'EBAS NASA Ames veut des débuts qui croissent d’au moins 0,000001 jour',
    );
  }
}

/**
 * The file's bytes. The rows are read four times (their extent, the flags, the file). Throws FormatFault when the table is not one of EBAS:
 * rows that are not ordered by time, samples without end, flags that EBAS lacks, and mandatory keys that are missing, all of them named.
 */
export async function* writeEbas(once: Table, options: WriteOptions): AsyncGenerator<Uint8Array> {
  const index = startIndex(once);
  const { table, profile } = await profileTable(once, { decimals: true });
  const start = profile.columns[index] as ColumnProfile;
  checkTimes(profile, start);
  const end = endOfSample(table, profile);
  const groups = await ebasLayout(table);
  if (groups.length === 0)
    throw cannotHold('EBAS NASA Ames', 'it has no column of numbers', "elle n'a pas de colonne de nombres");
  const date = referenceDate(table, start.min);
  const origin = startOfDay(date);
  const days = (milliseconds: number) => ((milliseconds - origin) / DAY).toFixed(TIME_DECIMALS);
  const lastEnd = end.index < 0 ? start.max + end.after : (profile.columns[end.index] as ColumnProfile).max;
  const columns: EbasColumn[] = groups.flatMap((group) => [
    ...group.variables.map((n) => variableColumn(table.columns[n] as Column, n, profile.columns[n] as ColumnProfile)),
    flagColumn(table, group, profile),
  ]);
  const digits = String(Math.floor((lastEnd - origin) / DAY) + 1).length;
  const attributes: Attributes = table.metadata.attributes;
  const head = ebasHeader(table, columns, {
    attributes,
    date,
    step: stepText(profile, start),
    first: start.min,
    last: lastEnd,
    timeMissing: `${'9'.repeat(Math.max(3, digits))}.999999`,
    options,
  });
  const encoder = new TextEncoder();
  yield encoder.encode(`${head.join('\n')}\n`);
  for await (const chunk of table.chunks()) {
    const starts = chunk.values[index] as Float64Array;
    const ends = end.index < 0 ? null : (chunk.values[end.index] as Float64Array);
    const lines: string[] = [];
    for (let row = 0; row < chunk.rows; row++) {
      const from = starts[row] as number;
      const to = ends === null ? from + end.after : (ends[row] as number);
      lines.push(`${days(from)} ${days(to)} ${columns.map((column) => column.cell(chunk, row)).join(' ')}`);
    }
    yield encoder.encode(`${lines.join('\n')}\n`);
  }
}
