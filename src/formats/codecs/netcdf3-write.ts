// Writes NetCDF classic, or the 64-bit offset format where the file is large, by the byte layout of the classic format specification.
// Constant memory: the header first, then the fixed variables, then the records chunk by chunk.
import { FormatFault } from '../../model/format-fault.ts';
import type { Attribute, Storage, Table } from '../../model/table.ts';
import type { WriteOptions } from './codec.ts';
import { attributeNumbers, attributeType } from './netcdf-attributes.ts';
import type { Encoded } from './netcdf-column-shape.ts';
import { type NetCdfType, TYPE_SIZES } from './netcdf-dataset.ts';
import { type NetCdfPlan, netCdfPlan, type PlannedVariable } from './netcdf-plan.ts';
import { profileTable } from './table-profile.ts';

const CLASSIC_TYPES: ReadonlySet<NetCdfType> = new Set(['int8', 'char', 'int16', 'int32', 'float32', 'float64']);
const CODES: Readonly<Partial<Record<NetCdfType, number>>> = {
  int8: 1,
  char: 2,
  int16: 3,
  int32: 4,
  float32: 5,
  float64: 6,
};
const [DIMENSIONS, VARIABLES, ATTRIBUTES] = [10, 11, 12];
/** Offsets are signed 32-bit numbers in version 1, and no variable but the last may be larger. */
const MOST_CLASSIC = 2 ** 31 - 4;

const sizeOf = (type: NetCdfType): number => (type === 'char' ? 1 : TYPE_SIZES[type as Storage]);
const padded = (bytes: number): number => Math.ceil(bytes / 4) * 4;

/** Bytes of a header, big-endian. */
class HeaderBytes {
  private readonly parts: Uint8Array[] = [];
  length = 0;
  add(bytes: Uint8Array): void {
    this.parts.push(bytes);
    this.length += bytes.length;
  }
  int(value: number): void {
    const bytes = new Uint8Array(4);
    new DataView(bytes.buffer).setUint32(0, value);
    this.add(bytes);
  }
  offset(value: number, wide: boolean): void {
    if (wide) this.int(Math.floor(value / 2 ** 32));
    this.int(value % 2 ** 32);
  }
  name(text: string): void {
    const bytes = new TextEncoder().encode(text);
    this.int(bytes.length);
    this.add(bytes);
    this.pad();
  }
  pad(): void {
    this.add(new Uint8Array(padded(this.length) - this.length));
  }
  bytes(): Uint8Array {
    return Buffer.concat(this.parts);
  }
}

function store(view: DataView, type: NetCdfType, at: number, value: number): void {
  if (type === 'float64') view.setFloat64(at, value);
  else if (type === 'float32') view.setFloat32(at, value);
  else if (type === 'int32') view.setInt32(at, value);
  else if (type === 'int16') view.setInt16(at, value);
  else view.setInt8(at, value);
}

function addAttributes(
  header: HeaderBytes,
  attributes: { readonly [name: string]: Attribute },
  type: NetCdfType | null,
): void {
  const entries = Object.entries(attributes);
  header.int(entries.length === 0 ? 0 : ATTRIBUTES);
  header.int(entries.length);
  for (const [name, value] of entries) {
    header.name(name);
    if (typeof value === 'string') {
      const bytes = new TextEncoder().encode(value);
      header.int(CODES.char ?? 0);
      header.int(bytes.length);
      header.add(bytes);
    } else {
      const values = attributeNumbers(value) ?? [];
      const own = attributeType(name, values, type);
      const bytes = new Uint8Array(values.length * sizeOf(own));
      const view = new DataView(bytes.buffer);
      values.forEach((number, n) => {
        store(view, own, n * sizeOf(own), number);
      });
      header.int(CODES[own] ?? 0);
      header.int(values.length);
      header.add(bytes);
    }
    header.pad();
  }
}

interface Placed {
  readonly variable: PlannedVariable;
  /** Values of one record, or of the whole fixed variable. */
  readonly count: number;
  /** The same in bytes, with padding. */
  readonly bytes: number;
}

interface Layout {
  readonly placed: readonly Placed[];
  readonly fixed: readonly Placed[];
  readonly records: readonly Placed[];
  /** Bytes of one record. */
  readonly stride: number;
}

function layoutOf(plan: NetCdfPlan): Layout {
  const lengths = new Map(plan.dimensions.map(({ name, size }) => [name, size]));
  const records = plan.variables.filter((variable) => variable.record);
  const only = records.length === 1 ? records[0] : undefined;
  const placed = plan.variables.map((variable): Placed => {
    const inner = variable.record ? variable.dimensions.slice(1) : variable.dimensions;
    const count = inner.reduce((product, name) => product * (lengths.get(name) ?? 0), 1);
    const bytes = count * sizeOf(variable.type);
    // A single record variable of small type is not padded between its records.
    return { variable, count, bytes: variable === only ? bytes : padded(bytes) };
  });
  const recorded = placed.filter(({ variable }) => variable.record);
  return {
    placed,
    fixed: placed.filter(({ variable }) => !variable.record),
    records: recorded,
    stride: recorded.reduce((sum, { bytes }) => sum + bytes, 0),
  };
}

function headerBytes(
  plan: NetCdfPlan,
  layout: Layout,
  begins: ReadonlyMap<PlannedVariable, number>,
  wide: boolean,
): Uint8Array {
  const header = new HeaderBytes();
  header.add(Uint8Array.of(67, 68, 70, wide ? 2 : 1));
  const hasRows = layout.records.length > 0;
  const dimensions = [...(hasRows ? [{ name: plan.row, size: 0 }] : []), ...plan.dimensions];
  header.int(hasRows ? plan.rows : 0);
  header.int(dimensions.length === 0 ? 0 : DIMENSIONS);
  header.int(dimensions.length);
  for (const { name, size } of dimensions) {
    header.name(name);
    header.int(size);
  }
  addAttributes(header, plan.attributes, null);
  header.int(VARIABLES);
  header.int(layout.placed.length);
  for (const { variable, bytes } of layout.placed) {
    header.name(variable.name);
    header.int(variable.dimensions.length);
    for (const name of variable.dimensions) header.int(dimensions.findIndex((dimension) => dimension.name === name));
    addAttributes(header, variable.attributes, variable.type);
    header.int(CODES[variable.type] ?? 0);
    header.int(Math.min(padded(bytes), 2 ** 32 - 1));
    header.offset(begins.get(variable) ?? 0, wide);
  }
  return header.bytes();
}

/** The header, and offsets that stand in it: its length does not depend on them. */
function placedHeader(plan: NetCdfPlan, layout: Layout): Uint8Array {
  const begin = (wide: boolean): Map<PlannedVariable, number> => {
    const begins = new Map<PlannedVariable, number>();
    let at = headerBytes(plan, layout, begins, wide).length;
    for (const { variable, bytes } of layout.fixed) {
      begins.set(variable, at);
      at += bytes;
    }
    for (const { variable, bytes } of layout.records) {
      begins.set(variable, at);
      at += bytes;
    }
    return begins;
  };
  const narrow = begin(false);
  const largest = Math.max(...narrow.values(), ...layout.placed.map(({ bytes }) => bytes), 0);
  const wide = largest > MOST_CLASSIC;
  return headerBytes(plan, layout, wide ? begin(true) : narrow, wide);
}

function storeValues(
  view: DataView,
  bytes: Uint8Array,
  variable: PlannedVariable,
  values: Encoded,
  from: number,
  count: number,
  at: number,
) {
  if (values instanceof Uint8Array) {
    bytes.set(values.subarray(from, from + count), at);
    return;
  }
  const { type, fill } = variable;
  const size = sizeOf(type);
  for (let n = 0; n < count; n++) {
    const value = values[from + n] as number;
    store(view, type, at + n * size, Number.isNaN(value) ? fill : value);
  }
}

function fixedBytes({ variable, count, bytes }: Placed): Uint8Array {
  const out = new Uint8Array(bytes);
  storeValues(new DataView(out.buffer), out, variable, variable.fixed ?? new Float64Array(count), 0, count, 0);
  return out;
}

/** One number a row is the usual case: a loop of its own for each type. */
function storeColumn(
  view: DataView,
  variable: PlannedVariable,
  values: Float64Array,
  at: number,
  stride: number,
): void {
  const { type, fill } = variable;
  if (type === 'float64') {
    for (let row = 0, to = at; row < values.length; row++, to += stride) {
      const value = values[row] as number;
      view.setFloat64(to, Number.isNaN(value) ? fill : value);
    }
    return;
  }
  for (let row = 0, to = at; row < values.length; row++, to += stride) {
    const value = values[row] as number;
    store(view, type, to, Number.isNaN(value) ? fill : value);
  }
}

function recordBytes(layout: Layout, values: readonly Encoded[], rows: number): Uint8Array {
  const out = new Uint8Array(rows * layout.stride);
  const view = new DataView(out.buffer);
  let at = 0;
  layout.records.forEach((placed, n) => {
    const own = values[n] as Encoded;
    if (placed.count === 1 && own instanceof Float64Array) storeColumn(view, placed.variable, own, at, layout.stride);
    else {
      for (let row = 0; row < rows; row++) {
        storeValues(view, out, placed.variable, own, row * placed.count, placed.count, at + row * layout.stride);
      }
    }
    at += placed.bytes;
  });
  return out;
}

function changed(): FormatFault {
  return new FormatFault(null, 'the rows changed while they were read', 'les lignes ont changé pendant leur lecture');
}

/** The file's bytes. The rows are read twice: for their number and extents, and for their values. */
export async function* writeNetCdf3(once: Table, options: WriteOptions): AsyncGenerator<Uint8Array> {
  const profiled = await profileTable(once, { decimals: false });
  const plan = netCdfPlan(profiled, CLASSIC_TYPES, options);
  if (plan.rows >= 2 ** 32 - 1) {
    throw new FormatFault(
      null,
      'NetCDF classic holds 4294967294 rows at most',
      'NetCDF classique contient au plus 4294967294 lignes',
    );
  }
  const layout = layoutOf(plan);
  yield placedHeader(plan, layout);
  for (const placed of layout.fixed) yield fixedBytes(placed);
  let rows = 0;
  for await (const chunk of profiled.table.chunks()) {
    rows += chunk.rows;
    if (rows > plan.rows) throw changed();
    yield recordBytes(
      layout,
      layout.records.map(({ variable }) => variable.rows?.(chunk) ?? new Float64Array(0)),
      chunk.rows,
    );
  }
  if (rows !== plan.rows) throw changed();
}
