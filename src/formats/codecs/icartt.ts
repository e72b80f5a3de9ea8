// Codec of ICARTT: reads v1 and v2 (file format index 1001), writes v2. Comma separated NASA Ames of aircraft campaigns.
import type { ByteSource } from '../../model/byte-source.ts';
import type { Attributes, Column, FlagSet, Table } from '../../model/table.ts';
import type { Codec } from './codec.ts';
import { attributesOfComments, icarttValue, limitFlags } from './icartt-keywords.ts';
import { icarttLosses, writeIcartt } from './icartt-write.ts';
import { type NasaAmesHeader, readNasaAmesHeader } from './nasa-ames-header.ts';
import { type BodyLayout, type CellKind, nasaAmesChunks } from './nasa-ames-rows.ts';
import { bareColumn, headerMetadata, startOfDay, tableOf } from './nasa-ames-table.ts';
import { referenceText } from './nasa-ames-time.ts';
import { udunits } from './units.ts';
import { uniqueNames } from './variable-names.ts';

/** What stands in the flag column of a variable of which values lie beyond the limits of detection. */
export const LIMIT_MEANINGS = 'above_upper_limit_of_detection below_lower_limit_of_detection';

interface Named {
  readonly name: string;
  readonly unit: string;
  readonly standard: string;
  readonly long: string;
}

/** `short_name, unit[, standard_name[, long_name]]` */
function parseName(text: string): Named {
  const [name = '', unit = '', standard = '', ...long] = text.split(',').map((part) => part.trim());
  return { name, unit, standard, long: long.join(', ') };
}

const POSITIONS: readonly (readonly [pattern: RegExp, standardName: string])[] = [
  [/^(?:gps_?|g_)?lat(?:itude)?(?:_deg)?$|^platform_latitude/i, 'latitude'],
  [/^(?:gps_?|g_)?(?:lon|long|longitude)(?:_deg)?$|^platform_longitude/i, 'longitude'],
  [/^(?:gps_?alt(?:itude)?|g_alt|alt(?:itude)?)(?:_m)?$|^platform_altitude/i, 'altitude'],
];

function positionName({ name, standard }: Named): string | null {
  return POSITIONS.find(([pattern]) => pattern.test(name) || pattern.test(standard))?.[1] ?? null;
}

const UNITS_OF: Readonly<Record<string, string>> = { latitude: 'degrees_north', longitude: 'degrees_east' };
const isEnd = (name: string, unit: string): boolean =>
  /^(?:time_?)?(?:stop|end)(?:_?time)?(?:_?utc)?$/i.test(name) && /^s(?:ec|econds?)?\b/i.test(unit);

function variableColumn(
  header: NasaAmesHeader,
  n: number,
  unique: (name: string) => string,
  taken: Set<string>,
): Column {
  const text = header.names[n] ?? '';
  const named = parseName(text);
  const position = positionName(named);
  // The first of several latitudes is the one of the track.
  const standardName = position !== null && !taken.has(position) ? position : null;
  if (standardName !== null) taken.add(standardName);
  const scale = header.scales[n] ?? 1;
  const name = unique(named.name === '' ? `variable_${n + 1}` : named.name);
  const label = named.long || named.standard;
  return {
    ...bareColumn(name, 'number', {
      icartt_vname: text,
      nasa_ames_vmiss: header.missingTexts[n] ?? '',
      ...(scale === 1 ? {} : { nasa_ames_vscal: scale }),
    }),
    unit: (standardName === null ? undefined : UNITS_OF[standardName]) ?? udunits(named.unit),
    standardName,
    label: label === '' || label === name ? {} : { en: label },
    missing: header.missing[n] ?? null,
  };
}

interface Limits {
  readonly upper: readonly number[];
  readonly lower: readonly number[];
}

const nth = (list: readonly number[], n: number): number => list[n] ?? list[0] ?? Number.NaN;

/** Layout in which the variables of `limited` have a flag column each, behind all others. */
function layoutOf(
  header: NasaAmesHeader,
  columns: readonly Column[],
  limits: Limits,
  limited: readonly number[],
): BodyLayout {
  const origin = startOfDay(header.date);
  const time = (missing: number): CellKind => ({ kind: 'time', origin, unit: 1000, missing });
  const cells = columns.map((column, n): CellKind => {
    const missing = header.missing[n] ?? Number.NaN;
    if (column.type === 'time') return time(missing);
    const scale = header.scales[n] ?? 1;
    const flagged = limited.indexOf(n);
    if (flagged < 0) return { kind: 'number', scale, missing };
    return {
      kind: 'limited',
      scale,
      missing,
      upper: nth(limits.upper, n),
      lower: nth(limits.lower, n),
      limits: columns.length + 1 + flagged,
    };
  });
  return {
    cells: [time(Number.NaN), ...cells],
    extra: limited.length,
    dataStart: header.dataStart,
    firstLine: header.lines.length + 1,
    commas: true,
    wraps: false,
    decreasing: false,
  };
}

/** Variables in which a value beyond the limits of detection stands: the rows are read once for it, where such values are declared. */
async function limitedVariables(
  source: ByteSource,
  header: NasaAmesHeader,
  columns: readonly Column[],
  limits: Limits,
): Promise<readonly number[]> {
  if (limits.upper.length === 0 && limits.lower.length === 0) return [];
  const all = columns.flatMap((column, n) => (column.type === 'number' ? [n] : []));
  const seen = new Set<number>();
  for await (const chunk of nasaAmesChunks(source, layoutOf(header, columns, limits, all))) {
    all.forEach((n, place) => {
      const flags = chunk.values[columns.length + 1 + place] as readonly FlagSet[];
      if (flags.some((set) => set.length > 0)) seen.add(n);
    });
  }
  return all.filter((n) => seen.has(n));
}

function flagColumn(of: Column, unique: (name: string) => string): Column {
  return {
    ...bareColumn(unique(`${of.name}_lod`), 'flags', { flag_values: [1, 2], flag_meanings: LIMIT_MEANINGS }),
    standardName: 'status_flag',
    label: { en: `limits of detection of ${of.name}` },
  };
}

async function read(source: ByteSource): Promise<Table> {
  const header = await readNasaAmesHeader(source);
  const keys: Attributes = attributesOfComments(header.normal.slice(0, -1));
  const unit = `seconds since ${referenceText(startOfDay(header.date))}`;
  const x = parseName(header.xName);
  const unique = uniqueNames();
  const axisColumn: Column = {
    ...bareColumn(unique(x.name || 'time'), 'time', { icartt_xname: header.xName }),
    unit,
    standardName: 'time',
  };
  const taken = new Set<string>();
  const variables = header.names.map((text, n): Column => {
    const column = variableColumn(header, n, unique, taken);
    const isStop = isEnd(column.name, parseName(text).unit);
    return isStop ? { ...column, type: 'time', unit, missing: null } : column;
  });
  const limits = { upper: limitFlags(keys, 'ULOD_FLAG'), lower: limitFlags(keys, 'LLOD_FLAG') };
  const limited = await limitedVariables(source, header, variables, limits);
  const flags = limited.map((n) => flagColumn(variables[n] as Column, unique));
  const columns = variables.map((column, n) => {
    const flag = flags[limited.indexOf(n)];
    return flag === undefined ? column : { ...column, ancillary: [flag.name] };
  });
  const plain = headerMetadata(header);
  const isTrack = taken.has('latitude') && taken.has('longitude');
  const end = columns.find(({ type }) => type === 'time')?.name ?? null;
  const metadata = {
    ...plain,
    identifier: source.name?.replace(/\.ict$/i, '') ?? null,
    featureType: isTrack ? ('trajectory' as const) : null,
    comment: icarttValue(keys, 'OTHER_COMMENTS'),
    acknowledgement: icarttValue(keys, 'STIPULATIONS_ON_USE'),
    attributes: { ...plain.attributes, ...keys },
  };
  const layout = layoutOf(header, variables, limits, limited);
  return tableOf(
    source,
    { columns: [axisColumn, ...columns, ...flags], axis: { column: axisColumn.name, end }, metadata },
    layout,
  );
}

export const icartt: Codec = {
  id: 'icartt',
  title: { en: 'ICARTT v2', fr: 'ICARTT v2' },
  mediaType: 'text/plain',
  extension: 'ict',
  sniff: (head, name) => {
    if (/^\uFEFF?\s*\d{2,6}\s*,\s*[12]\d{3}\s*(?:,|\r?\n)/.test(new TextDecoder().decode(head.subarray(0, 80))))
      return 3;
    return name !== null && /\.ict$/i.test(name) ? 1 : 0;
  },
  read,
  write: writeIcartt,
  loses: icarttLosses,
};
