// Writes plain NASA Ames 1001 (Gaines and Hipskind 1998): header, then one line a row, numbers with the digits that give them again.
import { type Column, columnIndex, type FlagSet, type Table } from '../../model/table.ts';
import type { Localised } from '../../model/text.ts';
import type { WriteOptions } from './codec.ts';
import { type NasaAmesHeader, parseNasaAmesHeader } from './nasa-ames-header.ts';
import { cannotHold } from './nasa-ames-table.ts';
import { type TimeScale, timeScaleOf } from './nasa-ames-time.ts';
import { type ColumnProfile, decimalsOf, type ProfiledTable, profileTable } from './table-profile.ts';
import { plainName } from './variable-names.ts';

/** The header that the table was read from, where it was such a file. */
export function keptHeader(table: Table): NasaAmesHeader | null {
  const text = table.metadata.attributes.nasa_ames_header;
  if (typeof text !== 'string') return null;
  try {
    return parseNasaAmesHeader(text.split('\n'), 0);
  } catch {
    return null;
  }
}

export const textAttribute = (column: Column, name: string): string | null => {
  const value = column.attributes[name];
  return typeof value === 'string' && value !== '' ? value : null;
};

/** `9999.99`: all nines, one digit more than the greatest value has, with so many decimals. */
export function nines(profile: ColumnProfile, decimals: number): string {
  const most = Math.max(Math.abs(profile.min) || 0, Math.abs(profile.max) || 0);
  const digits = Math.max(3, Math.floor(Math.log10(Math.max(1, most))) + 2);
  return '9'.repeat(digits) + (decimals > 0 ? `.${'9'.repeat(decimals)}` : '');
}

/** The missing value that the source had, if no good value reaches it; else one of nines. */
export function missingText(column: Column, profile: ColumnProfile, scale: number): string {
  const kept = textAttribute(column, 'nasa_ames_vmiss');
  const most = (Number.isNaN(profile.max) ? Number.NEGATIVE_INFINITY : profile.max) / scale;
  if (kept !== null && (Number(kept) > most || (Number(kept) < 0 && !(Number(kept) >= profile.min / scale))))
    return kept;
  const scaled = { ...profile, min: profile.min / scale, max: profile.max / scale };
  return nines(scaled, Math.min(decimalsOf(column.missing ?? 0), 9));
}

/** Number of the raw column: 15 digits, so that a scale factor leaves no crumbs. */
export const rawOf = (value: number, scale: number): string =>
  scale === 1 ? String(value) : String(Number((value / scale).toPrecision(15)));

/** Lines of at most 132 signs, as the specification wants, except where one word is longer. */
function oneLine(text: string): string {
  return text.replace(/\s+/g, ' ').trim();
}

/** Columns that plain NASA Ames holds: one number a row. Times beside the axis become numbers in the axis' unit. */
const held = (column: Column): boolean =>
  column.dimensions.length === 0 && column.type !== 'text' && column.type !== 'flags';

/** What plain NASA Ames cannot say of the table. */
export function nasaAmesLosses(table: Table): readonly Localised[] {
  const lost = table.columns.filter((column) => !held(column)).map((column) => column.name);
  const fixed = table.fixed.map(({ column }) => column.name);
  const { station, licence, doi } = table.metadata;
  const isSaid = station !== null || licence !== null || doi !== null;
  return [
    ...(isSaid
      ? [{ en: 'station, licence and DOI are left out', fr: 'la station, la licence et le DOI sont omis' }]
      : []),
    ...(lost.length > 0
      ? [
          {
            en: `columns of text, of flags and with inner dimensions are left out: ${lost.join(', ')}`,
            fr: `les colonnes de texte, de drapeaux et à dimensions internes sont omises : ${lost.join(', ')}`,
          },
        ]
      : []),
    ...(fixed.length > 0
      ? [
          {
            en: `variables without rows are left out: ${fixed.join(', ')}`,
            fr: `les variables sans lignes sont omises : ${fixed.join(', ')}`,
          },
        ]
      : []),
  ];
}

function axisScale(axis: Column, header: NasaAmesHeader | null, first: number): TimeScale | null {
  if (axis.type !== 'time') return null;
  const kept = header === null ? null : timeScaleOf(header.xName, header.date);
  if (kept !== null) return kept;
  const date = new Date(Number.isNaN(first) ? 0 : first).toISOString().slice(0, 10);
  return timeScaleOf('seconds', date);
}

interface Written {
  readonly column: Column;
  readonly index: number;
  readonly scale: number;
  readonly missing: string;
}

function writtenColumns(table: Table, axis: number, profile: ProfiledTable['profile']): readonly Written[] {
  return table.columns.flatMap((column, index): Written[] => {
    if (index === axis || !held(column)) return [];
    const said = column.attributes.nasa_ames_vscal;
    const scale = typeof said === 'number' && said !== 0 ? said : 1;
    const columnProfile = profile.columns[index] as ColumnProfile;
    const missing = column.type === 'time' ? '9999999999' : missingText(column, columnProfile, scale);
    return [{ column, index, scale, missing }];
  });
}

function headerLines(
  table: Table,
  written: readonly Written[],
  axis: Column,
  scale: TimeScale | null,
  header: NasaAmesHeader | null,
  now: number,
): readonly string[] {
  const { metadata } = table;
  const spaced = (date: string) => date.replaceAll('-', ' ');
  const today = new Date(now).toISOString().slice(0, 10);
  const day = header?.date ?? (scale === null ? today : new Date(scale.origin).toISOString().slice(0, 10));
  const revised = header?.revisionDate ?? metadata.modified?.slice(0, 10) ?? today;
  const describe = (column: Column): string =>
    textAttribute(column, 'nasa_ames_vname') ?? oneLine(`${column.label.en ?? column.name} (${column.unit ?? '1'})`);
  const special = header?.special ?? [];
  const free = (metadata.comment ?? metadata.summary ?? '')
    .split('\n')
    .map(oneLine)
    .filter((line) => line !== '');
  const title = [plainName(axis.name), ...written.map(({ column }) => plainName(column.name))].join(' ');
  const normal = header?.normal ?? [...free, title];
  const creators = metadata.creators.map(({ name }) => name).join('; ');
  const lines = [
    header?.originators ?? oneLine(creators || metadata.institution || 'unknown'),
    header?.organisation ?? oneLine(metadata.institution ?? 'unknown'),
    header?.source ?? oneLine(metadata.source ?? metadata.title ?? 'unknown'),
    header?.mission ?? oneLine(metadata.project ?? 'unknown'),
    `${header?.volume[0] ?? 1} ${header?.volume[1] ?? 1}`,
    `${spaced(day)} ${spaced(revised)}`,
    header?.stepText ?? '0',
    header?.xName ?? (scale === null ? describe(axis) : `Time (${scale.text})`),
    String(written.length),
    written.map((w) => String(w.scale)).join(' '),
    written.map((w) => w.missing).join(' '),
    ...written.map((w) => describe(w.column)),
    String(special.length),
    ...special,
    String(normal.length),
    ...normal,
  ];
  return [`${lines.length + 1} 1001`, ...lines];
}

/** Fixed point where it is short: 0.0000001 and 1e+21 keep their exponents, which readers of NASA Ames know. */
export function timeText(milliseconds: number, scale: Pick<TimeScale, 'origin' | 'unit'>): string {
  return String(Number(((milliseconds - scale.origin) / scale.unit).toPrecision(15)));
}

function cellText(value: number | string | null | FlagSet | undefined, w: Written, scale: TimeScale | null): string {
  if (typeof value !== 'number' || Number.isNaN(value)) return w.missing;
  return w.column.type === 'time' && scale !== null ? timeText(value, scale) : rawOf(value, w.scale);
}

/** The file's bytes. The rows are read twice. Throws FormatFault when the table has no axis or no column that the format holds. */
export async function* writeNasaAmes(once: Table, options: WriteOptions): AsyncGenerator<Uint8Array> {
  const { table, profile } = await profileTable(once, { decimals: false });
  const axis = table.axis === null ? -1 : columnIndex(table, table.axis.column);
  const column = table.columns[axis];
  if (column === undefined || !held(column)) {
    throw cannotHold(
      'NASA Ames',
      'its rows have no independent variable',
      "ses lignes n'ont pas de variable indépendante",
    );
  }
  const header = keptHeader(table);
  const plain = header !== null && !header.commas && column.attributes.nasa_ames_xname !== undefined ? header : null;
  const scale = axisScale(column, plain, (profile.columns[axis] as ColumnProfile).min);
  const written = writtenColumns(table, axis, profile);
  if (written.length === 0) {
    throw cannotHold('NASA Ames', 'it has no column of numbers', "elle n'a pas de colonne de nombres");
  }
  const encoder = new TextEncoder();
  // The same columns as were read: else the comments' heading would name other ones.
  const same = plain !== null && plain.names.length === written.length ? plain : null;
  yield encoder.encode(`${headerLines(table, written, column, scale, same, options.now).join('\n')}\n`);
  const x: Written = { column, index: axis, scale: 1, missing: '0' };
  for await (const chunk of table.chunks()) {
    const lines: string[] = [];
    for (let row = 0; row < chunk.rows; row++) {
      lines.push([x, ...written].map((w) => cellText(chunk.values[w.index]?.[row], w, scale)).join(' '));
    }
    yield encoder.encode(`${lines.join('\n')}\n`);
  }
}
