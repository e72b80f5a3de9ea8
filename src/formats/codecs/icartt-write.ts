// Writes ICARTT v2 (file format index 1001): commas, negative missing values, seconds of the day, the sixteen keywords.
import { FormatFault } from '../../model/format-fault.ts';
import { type Attributes, type Chunk, type Column, columnIndex, type FlagSet, type Table } from '../../model/table.ts';
import type { Localised } from '../../model/text.ts';
import type { WriteOptions } from './codec.ts';
import { commentLines, icarttValue, limitFlags, NEVER_ABSENT } from './icartt-keywords.ts';
import { cannotHold, startOfDay } from './nasa-ames-table.ts';
import { keptHeader, rawOf, textAttribute, timeText } from './nasa-ames-write.ts';
import { type ColumnProfile, type ProfiledTable, profileTable } from './table-profile.ts';
import { plainName, uniqueNames } from './variable-names.ts';

const LONGEST_NAME = 31;
const MEANINGS = /above_upper_limit_of_detection/;

const isLimits = (column: Column): boolean =>
  column.type === 'flags' && MEANINGS.test(String(column.attributes.flag_meanings ?? ''));
const isHeld = (column: Column): boolean =>
  column.dimensions.length === 0 && (column.type === 'number' || column.type === 'integer' || column.type === 'time');

export function icarttLosses(table: Table): readonly Localised[] {
  const lost = table.columns.filter((column) => !isHeld(column) && !isLimits(column));
  const names = [...lost, ...table.fixed.map(({ column }) => column)].map(({ name }) => name);
  if (names.length === 0) return [];
  return [
    {
      en: `texts, flags, variables without rows or with inner dimensions are left out: ${names.join(', ')}`,
      fr: `les textes, les drapeaux, les variables sans lignes ou à dimensions internes sont omis : ${names.join(', ')}`,
    },
  ];
}

/** -9999, with as many nines as it takes to be smaller than every good value. */
function missingText(column: Column, profile: ColumnProfile, scale: number): string {
  const least = Number.isNaN(profile.min) ? 0 : profile.min / scale;
  const kept = textAttribute(column, 'nasa_ames_vmiss');
  if (kept !== null && Number(kept) < 0 && Number(kept) < least) return kept;
  let text = '-9999';
  while (!(Number(text) < least)) text += '9';
  return text;
}

interface Written {
  readonly index: number;
  readonly column: Column;
  readonly name: string;
  readonly scale: number;
  readonly missing: string;
  readonly line: string;
  /** Place of the column that says which values lie beyond the limits of detection; -1: none. */
  readonly limits: number;
  readonly upper: string;
  readonly lower: string;
}

function writtenColumns({ table, profile }: ProfiledTable, axis: number, attributes: Attributes): readonly Written[] {
  const unique = uniqueNames();
  const short = (text: string) => unique(plainName(text).slice(0, LONGEST_NAME - 3));
  const limit = (keyword: 'ULOD_FLAG' | 'LLOD_FLAG', n: number, otherwise: string) => {
    const numbers = limitFlags(attributes, keyword);
    return String(numbers[n] ?? numbers[0] ?? otherwise);
  };
  const held = table.columns.flatMap((column, index) => (index !== axis && isHeld(column) ? [index] : []));
  return held.map((index, n): Written => {
    const column = table.columns[index] as Column;
    const said = column.attributes.nasa_ames_vscal;
    const scale = typeof said === 'number' && said !== 0 ? said : 1;
    const name = short(column.name);
    const unit = column.type === 'time' ? 's' : (column.unit ?? 'none');
    const long = (column.label.en ?? '').replace(/[,\r\n]+/g, ' ');
    const standard = column.standardName ?? (long === '' ? '' : 'none');
    const built = [name, unit === '1' ? 'none' : unit, standard, long]
      .filter((part, k) => k < 2 || part !== '')
      .join(', ');
    const ancillary = column.ancillary?.find((other) => {
      const flags = table.columns[columnIndex(table, other)];
      return flags !== undefined && isLimits(flags);
    });
    return {
      index,
      column,
      name,
      scale,
      missing: column.type === 'time' ? '-9999' : missingText(column, profile.columns[index] as ColumnProfile, scale),
      line: textAttribute(column, 'icartt_vname') ?? built,
      limits: ancillary === undefined ? -1 : columnIndex(table, ancillary),
      upper: limit('ULOD_FLAG', n, '-7777'),
      lower: limit('LLOD_FLAG', n, '-8888'),
    };
  });
}

/** Line 8: seconds between the rows where that is a whole number of them everywhere, else 0. */
function interval({ profile }: ProfiledTable): string {
  const { min, max } = profile.step;
  return min === max && min % 1000 === 0 && min > 0 ? String(min / 1000) : '0';
}

function headerLines(
  profiled: ProfiledTable,
  axis: Column,
  written: readonly Written[],
  date: string,
  options: WriteOptions,
): readonly string[] {
  const { metadata } = profiled.table;
  const { attributes } = metadata;
  const kept = keptHeader(profiled.table);
  const missing = NEVER_ABSENT.filter((keyword) => keyword !== 'REVISION' && icarttValue(attributes, keyword) === null);
  if (missing.length > 0) {
    throw new FormatFault(
      null,
      `ICARTT wants keywords that the table lacks: ${missing.join(', ')}`,
      `ICARTT veut des mots-clés que la table n'a pas : ${missing.join(', ')}`,
    );
  }
  const own = kept?.commas === true ? kept : null;
  const day = (text: string) => text.split('-').join(', ');
  const revised = metadata.modified?.slice(0, 10) ?? new Date(options.now).toISOString().slice(0, 10);
  const line = (text: string | null | undefined) => (text ?? '').replace(/\s*\n\s*/g, ' ') || 'N/A';
  const xLine = textAttribute(axis, 'icartt_xname') ?? `${plainName(axis.name)}, seconds, Time_Start`;
  const special = own?.special ?? [];
  const normal = [...commentLines(attributes), [plainName(axis.name), ...written.map(({ name }) => name)].join(', ')];
  const lines = [
    own?.originators ?? line(metadata.creators.map(({ name }) => name).join('; ')),
    own?.organisation ?? line(metadata.institution),
    own?.source ?? line(metadata.source ?? metadata.title),
    own?.mission ?? line(metadata.project),
    '1, 1',
    `${day(date)}, ${day(own?.revisionDate ?? revised)}`,
    interval(profiled),
    xLine,
    String(written.length),
    written.map(({ scale }) => String(scale)).join(', '),
    written.map((w) => w.missing).join(', '),
    ...written.map((w) => w.line),
    String(special.length),
    ...special,
    String(normal.length),
    ...normal,
  ];
  return [`${lines.length + 1}, 1001, V02_2016`, ...lines];
}

function cellText(chunk: Chunk, row: number, w: Written, origin: number): string {
  const value = (chunk.values[w.index] as Float64Array)[row] as number;
  if (!Number.isNaN(value))
    return w.column.type === 'time' ? timeText(value, { origin, unit: 1000 }) : rawOf(value, w.scale);
  const [limit] = w.limits < 0 ? [] : ((chunk.values[w.limits] as readonly FlagSet[])[row] ?? []);
  return limit === 1 ? w.upper : limit === 2 ? w.lower : w.missing;
}

/** The file's bytes. The rows are read twice. Throws FormatFault when rows are not ordered by time or UNCERTAINTY is not said. */
export async function* writeIcartt(once: Table, options: WriteOptions): AsyncGenerator<Uint8Array> {
  const index = once.axis === null ? -1 : columnIndex(once, once.axis.column);
  const axis = once.columns[index];
  if (axis?.type !== 'time')
    throw cannotHold('ICARTT', 'its rows are not ordered by time', 'ses lignes ne sont pas ordonnées par le temps');
  const profiled = await profileTable(once, { decimals: false });
  const { table, profile } = profiled;
  const times = profile.columns[index] as ColumnProfile;
  if (profile.rows === 0 || times.missing > 0)
    throw cannotHold('ICARTT', 'a row without time, or no row', 'une ligne sans temps, ou aucune ligne');
  const written = writtenColumns(profiled, index, table.metadata.attributes);
  if (written.length === 0)
    throw cannotHold('ICARTT', 'it has no column of numbers', "elle n'a pas de colonne de nombres");
  // The first row's day; seconds go on beyond midnight.
  const date = new Date(times.min).toISOString().slice(0, 10);
  const origin = startOfDay(date);
  const encoder = new TextEncoder();
  yield encoder.encode(`${headerLines(profiled, axis, written, date, options).join('\n')}\n`);
  for await (const chunk of table.chunks()) {
    const lines: string[] = [];
    for (let row = 0; row < chunk.rows; row++) {
      const start = timeText((chunk.values[index] as Float64Array)[row] as number, { origin, unit: 1000 });
      lines.push([start, ...written.map((w) => cellText(chunk, row, w, origin))].join(', '));
    }
    yield encoder.encode(`${lines.join('\n')}\n`);
  }
}
