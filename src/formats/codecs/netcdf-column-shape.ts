// One column as a NetCDF variable: its type, the value that stands for missing, its attributes, and how its values are stored.
import type { Attribute, Column, FlagSet, Values } from '../../model/table.ts';
import { contentTypeOf } from './acdd-write.ts';
import { type CfTime, cfTime } from './cf-time.ts';
import { flagValidity } from './ebas-flags.ts';
import { DEFAULT_FILLS, type NetCdfType, RANGES } from './netcdf-dataset.ts';
import type { TypesOf } from './netcdf-plan.ts';
import type { ColumnProfile } from './table-profile.ts';

/** Numbers, in which NaN stands for what is missing; or the bytes of texts, padded with zeros. */
export type Encoded = Float64Array | Uint8Array;

export interface ColumnShape {
  readonly column: Column;
  readonly type: NetCdfType;
  readonly fill: number;
  readonly attributes: { readonly [name: string]: Attribute };
  /** Size of the dimension that only this column has: bytes of a text, places of flags. */
  readonly ownSize: number | null;
  readonly encode: (values: Values) => Encoded;
}

const EPOCH = 'seconds since 1970-01-01 00:00:00 UTC';
const WHOLE_TYPES: readonly NetCdfType[] = ['int8', 'uint8', 'int16', 'uint16', 'int32', 'uint32', 'int64', 'uint64'];

/** The smallest type that the target has, is at least as large as the source's, and holds all values besides one for missing. */
function wholeType(column: Column, profile: ColumnProfile, types: TypesOf): { type: NetCdfType; fill: number } {
  const needsFill = profile.missing > 0;
  const from = WHOLE_TYPES.indexOf(column.storage ?? 'int32');
  for (const type of WHOLE_TYPES.slice(Math.max(0, from))) {
    const [low, high] = RANGES[type] ?? [0, 0];
    if (!types.has(type) || profile.min < low || profile.max > high) continue;
    const inType = (value: number | null | undefined): value is number =>
      typeof value === 'number' && value >= low && value <= high;
    const kept = inType(column.missing) && !profile.clash ? column.missing : undefined;
    const fill =
      kept ??
      [DEFAULT_FILLS[type], low, high].filter(inType).find((value) => !(value >= profile.min && value <= profile.max));
    if (fill !== undefined || !needsFill) return { type, fill: fill ?? low };
  }
  return { type: 'float64', fill: DEFAULT_FILLS.float64 ?? 0 };
}

function numberFill(column: Column, profile: ColumnProfile): number {
  const { missing } = column;
  return missing !== null && Number.isFinite(missing) && !profile.clash ? missing : (DEFAULT_FILLS.float64 ?? 0);
}

function encodeTexts(values: readonly (string | null)[], width: number): Uint8Array {
  const bytes = new Uint8Array(values.length * width);
  values.forEach((value, n) => {
    if (value !== null) new TextEncoder().encodeInto(value, bytes.subarray(n * width, (n + 1) * width));
  });
  return bytes;
}

function encodeFlags(values: readonly FlagSet[], places: number): Float64Array {
  const numbers = new Float64Array(values.length * places);
  values.forEach((set, row) => {
    for (let place = 0; place < set.length && place < places; place++)
      numbers[row * places + place] = set[place] as number;
  });
  return numbers;
}

/** What the table says of the column, in the words of CF. */
function commonAttributes(column: Column): { [name: string]: Attribute } {
  const { label, unit, standardName, ancillary } = column;
  const english = label.en ?? label.fr ?? column.name;
  return {
    ...(unit === null ? {} : { units: unit }),
    ...(standardName === null ? {} : { standard_name: standardName }),
    long_name: english,
    ...(label.fr === undefined || label.fr === english ? {} : { long_name_fr: label.fr }),
    ...(ancillary === undefined || ancillary.length === 0 ? {} : { ancillary_variables: ancillary.join(' ') }),
    coverage_content_type: contentTypeOf(column),
    ...(standardName === 'altitude' || standardName === 'height' ? { positive: 'up' } : {}),
    ...column.attributes,
  };
}

/** What CF wants to be told of flags (CF-1.8, section 3.5): those that stand in the column, by number and by what EBAS makes of them. */
function flagTable(seen: ReadonlySet<number>, column: Column): { [name: string]: Attribute } {
  const flags = [...seen].sort((a, b) => a - b);
  if (flags.length === 0) return { flag_values: [0], flag_meanings: 'no_flag' };
  const isEbas = /^numflag/.test(String(column.attributes.nasa_ames_vname ?? ''));
  const meaning = (flag: number) => (isEbas ? `ebas_${flag}_${flagValidity(flag) ?? 'unknown'}` : `flag_${flag}`);
  return { flag_values: flags, flag_meanings: flags.map(meaning).join(' ') };
}

function timeShape(column: Column): ColumnShape {
  const kept = column.unit === null ? null : cfTime(column.unit, undefined);
  const time: CfTime = kept ?? { origin: 0, unit: 1000 };
  const fill = DEFAULT_FILLS.float64 ?? 0;
  return {
    column,
    type: 'float64',
    fill,
    attributes: {
      ...commonAttributes(column),
      units: kept === null ? EPOCH : (column.unit ?? EPOCH),
      calendar: 'standard',
    },
    ownSize: null,
    encode: (values) => (values as Float64Array).map((at) => (at - time.origin) / time.unit),
  };
}

/** The variable that the column becomes in a target that has the given types. */
export function columnShape(column: Column, profile: ColumnProfile, types: TypesOf): ColumnShape {
  const attributes = commonAttributes(column);
  if (column.type === 'time') return timeShape(column);
  if (column.type === 'text') {
    const width = Math.max(1, profile.textBytes);
    const encode = (values: Values) => encodeTexts(values as readonly (string | null)[], width);
    return { column, type: 'char', fill: 0, attributes: { ...attributes, _Encoding: 'utf-8' }, ownSize: width, encode };
  }
  if (column.type === 'flags') {
    const places = Math.max(1, profile.flags);
    const own = {
      ...flagTable(profile.flagsSeen, column),
      ...attributes,
      standard_name: 'status_flag',
      units: '1',
      _FillValue: 0,
    };
    return {
      column,
      type: 'int32',
      fill: 0,
      attributes: own,
      ownSize: places,
      encode: (v) => encodeFlags(v as readonly FlagSet[], places),
    };
  }
  const { type, fill } =
    column.type === 'integer'
      ? wholeType(column, profile, types)
      : {
          type: column.storage === 'float32' ? ('float32' as const) : ('float64' as const),
          fill: numberFill(column, profile),
        };
  return {
    column,
    type,
    fill,
    attributes: profile.missing > 0 || column.missing !== null ? { ...attributes, _FillValue: fill } : attributes,
    ownSize: null,
    encode: (values) => values as Float64Array,
  };
}
