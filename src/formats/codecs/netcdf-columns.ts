// One NetCDF variable as a column: unpacked by scale_factor and add_offset, fill values missing, texts of characters, sets of flags.
import {
  type Attribute,
  type Attributes,
  type Column,
  cellSize,
  type FlagSet,
  type Storage,
  type Values,
} from '../../model/table.ts';
import { contentTypeOf } from './acdd-write.ts';
import { decodeText } from './byte-lines.ts';
import { type CfTime, cfTime } from './cf-time.ts';
import { toMicrosecond } from './nasa-ames-rows.ts';
import { DEFAULT_FILLS, type NetCdfDataset, type NetCdfVariable, type Slab } from './netcdf-dataset.ts';

/** Attributes that say what the table says in its own words. */
const SAID_OTHERWISE = [
  '_FillValue',
  'missing_value',
  'scale_factor',
  'add_offset',
  'units',
  'calendar',
  'standard_name',
  'long_name',
  'long_name_fr',
  'original_name',
  'original_missing_value',
  'axis',
  'bounds',
  'coordinates',
  '_Encoding',
];

export interface DecodedVariable {
  readonly variable: NetCdfVariable;
  readonly column: Column;
  /** Stored numbers or characters behind one place of the first dimension. */
  readonly size: number;
  /** Values of the column in one row, before flags are collected. */
  readonly cell: number;
  readonly decode: (slab: Slab) => Values;
  /** For variables that were turned after decoding: makes sets of flags of numbers. */
  readonly collect: (values: Values) => Values;
}

export function textOf(attributes: Attributes, name: string): string | null {
  const value = attributes[name];
  return typeof value === 'string' && value !== '' ? value : null;
}

function numbersOf(attribute: Attribute | undefined): readonly number[] {
  if (attribute === undefined || typeof attribute === 'string') return [];
  return typeof attribute === 'number' ? [attribute] : attribute;
}

/** The last dimension of characters is the length of the text, unless it is the one of the rows. */
export function isTextLength(variable: NetCdfVariable, place: number): boolean {
  return variable.type === 'char' && place === variable.dimensions.length - 1;
}

/** EBAS writes flags as `X_qc(X_qc_flags, time)`, we as `X(time, X_flags)`: unused places are 0. */
function flagDimension(variable: NetCdfVariable, row: string | null): string | null {
  if (row === null || variable.attributes.standard_name !== 'status_flag' || variable.dimensions.length !== 2)
    return null;
  const other = variable.dimensions.find((name) => name !== row);
  return other === `${variable.name}_flags` ? other : null;
}

function textValues(slab: Slab, length: number): readonly string[] {
  if (!(slab instanceof Uint8Array)) return slab as readonly string[];
  const texts: string[] = [];
  for (let at = 0; at < slab.length; at += length) {
    let end = at + length;
    while (end > at && slab[end - 1] === 0) end--;
    texts.push(decodeText(slab.subarray(at, end)));
  }
  return texts;
}

function missingTest(variable: NetCdfVariable): (value: number) => boolean {
  const { _FillValue: fill, missing_value: missing } = variable.attributes;
  const said = [...numbersOf(fill), ...numbersOf(missing)].filter((value) => !Number.isNaN(value));
  const usual = numbersOf(fill).length === 0 ? DEFAULT_FILLS[variable.type] : undefined;
  const all = usual === undefined ? said : [...said, usual];
  const rounded = variable.type === 'float32' ? all.map(Math.fround) : all;
  const [a = Number.NaN, b = a, c = b] = [...new Set(rounded)];
  return (value) => value === a || value === b || value === c;
}

function numberValues(variable: NetCdfVariable, time: CfTime | null): (slab: Slab) => Float64Array {
  const isMissing = missingTest(variable);
  const [scale = 1] = numbersOf(variable.attributes.scale_factor);
  const [offset = 0] = numbersOf(variable.attributes.add_offset);
  const plain = scale === 1 && offset === 0 && time === null;
  return (slab) => {
    const values = slab as Float64Array;
    for (let n = 0; n < values.length; n++) {
      const stored = values[n] as number;
      if (isMissing(stored)) values[n] = Number.NaN;
      else if (!plain) {
        const value = stored * scale + offset;
        values[n] = time === null ? value : toMicrosecond(time.origin + value * time.unit);
      }
    }
    return values;
  };
}

function flagSets(values: Values, places: number): readonly FlagSet[] {
  const numbers = values as Float64Array;
  return Array.from({ length: numbers.length / places }, (_, row) =>
    Array.from(numbers.subarray(row * places, (row + 1) * places)).filter((flag) => flag > 0),
  );
}

function columnType(variable: NetCdfVariable, time: CfTime | null, flags: boolean): Column['type'] {
  if (variable.type === 'char' || variable.type === 'string') return 'text';
  if (flags) return 'flags';
  if (time !== null) return 'time';
  const packed = variable.attributes.scale_factor !== undefined || variable.attributes.add_offset !== undefined;
  return variable.type.startsWith('float') || packed ? 'number' : 'integer';
}

function columnOf(variable: NetCdfVariable, type: Column['type'], dimensions: readonly string[]): Column {
  const { attributes } = variable;
  const [fill] = [
    ...numbersOf(attributes.original_missing_value),
    ...numbersOf(attributes._FillValue),
    ...numbersOf(attributes.missing_value),
  ];
  const usual = contentTypeOf({ type, standardName: textOf(attributes, 'standard_name') });
  const isListed = type === 'flags' && isMadeUp(attributes);
  const own = Object.entries(attributes).filter(
    ([name, value]) =>
      !SAID_OTHERWISE.includes(name) &&
      name !== 'ancillary_variables' &&
      !(isListed && name.startsWith('flag_')) &&
      !(name === 'coverage_content_type' && value === usual),
  );
  const ancillary = textOf(attributes, 'ancillary_variables');
  const french = textOf(attributes, 'long_name_fr');
  const name = textOf(attributes, 'original_name') ?? variable.name;
  // A column without label was given its name for one.
  const said = textOf(attributes, 'long_name');
  const english = said === name ? null : said;
  const packed = type === 'number' && !variable.type.startsWith('float');
  const isUsual = fill === undefined || Number.isNaN(fill) || fill === DEFAULT_FILLS[variable.type];
  return {
    name,
    type,
    unit: type === 'flags' ? null : textOf(attributes, 'units'),
    standardName: textOf(attributes, 'standard_name'),
    label: { ...(english === null ? {} : { en: english }), ...(french === null ? {} : { fr: french }) },
    missing: type === 'number' || type === 'integer' ? (isUsual || packed ? null : fill) : null,
    dimensions,
    ...(type === 'text' || type === 'flags' || packed ? {} : { storage: variable.type as Storage }),
    ...(ancillary === null ? {} : { ancillary: ancillary.split(/\s+/) }),
    attributes: Object.fromEntries(own),
  };
}

/** Flags that were listed by number when the file was written are listed anew when it is written again. */
function isMadeUp(attributes: Attributes): boolean {
  return /^(?:no_flag$|(?:ebas|flag)_\d)/.test(String(attributes.flag_meanings ?? ''));
}

/** How a variable becomes a column. `row`: the dimension of the rows; null: the variable has none. */
export function decodedVariable(dataset: NetCdfDataset, variable: NetCdfVariable, row: string | null): DecodedVariable {
  const lengthOf = (name: string) => dataset.dimensions.find((d) => d.name === name)?.size ?? 0;
  const product = (names: readonly string[]) => names.reduce((size, name) => size * lengthOf(name), 1);
  const units = textOf(variable.attributes, 'units');
  const isNumber = variable.type !== 'char' && variable.type !== 'string';
  const time = units === null || !isNumber ? null : cfTime(units, textOf(variable.attributes, 'calendar') ?? undefined);
  const flags = flagDimension(variable, row);
  const type = columnType(variable, time, flags !== null);
  const last = variable.dimensions.at(-1);
  const textLength = variable.type === 'char' && last !== undefined && last !== row ? last : null;
  const dimensions = variable.dimensions.filter((name) => name !== row && name !== textLength && name !== flags);
  const column = columnOf(variable, type, dimensions);
  const inner = variable.dimensions.slice(1);
  const numbers = numberValues(variable, time);
  const places = flags === null ? 1 : Math.max(1, lengthOf(flags));
  const rowFirst = variable.dimensions[0] === row;
  return {
    variable,
    column,
    size: product(inner),
    cell: cellSize(
      dataset.dimensions.map(({ name, size }) => ({ name, size, coordinate: null })),
      column,
    ),
    decode: (slab) => {
      if (type === 'text') return textValues(slab, textLength === null ? 1 : Math.max(1, lengthOf(textLength)));
      const values = numbers(slab);
      return flags !== null && rowFirst ? flagSets(values, places) : values;
    },
    collect: (values) => (flags === null ? values : flagSets(values, places)),
  };
}
