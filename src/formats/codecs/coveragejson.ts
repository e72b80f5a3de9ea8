// Codec of CoverageJSON (OGC 21-069r2): PointSeries, Trajectory, and other domains with one axis of rows.
import type { ByteSource } from '../../model/byte-source.ts';
import { FormatFault } from '../../model/format-fault.ts';
import {
  CHUNK_ROWS,
  type Chunk,
  type Column,
  type Dimension,
  type FlagSet,
  NO_METADATA,
  type Table,
  type Values,
} from '../../model/table.ts';
import type { Codec } from './codec.ts';
import { writeCoverageJson } from './coveragejson-write.ts';
import { parseTime } from './iso-time.ts';
import { readJson } from './json.ts';
import { bareColumn } from './nasa-ames-table.ts';
import { headOfJson, type Json, type JsonObject, type TableHead, valuesOfJson } from './table-json.ts';

function wanted(part: string, en: string, fr: string): FormatFault {
  return new FormatFault({ part }, en, fr);
}

const isObject = (json: Json | undefined): json is JsonObject =>
  typeof json === 'object' && json !== null && !Array.isArray(json);

function objectAt(parent: JsonObject, key: string, part: string): JsonObject {
  const value = parent[key];
  if (isObject(value)) return value;
  throw wanted(`${part}.${key}`, 'an object is wanted', 'un objet est attendu');
}

function listAt(parent: JsonObject, key: string, part: string): readonly Json[] {
  const value = parent[key];
  if (Array.isArray(value)) return value as readonly Json[];
  throw wanted(`${part}.${key}`, 'a list is wanted', 'une liste est attendue');
}

/** Values of an axis: listed, or from start, stop and num. */
function axisValues(axis: JsonObject, name: string): readonly Json[] {
  if (axis.values !== undefined) return listAt(axis, 'values', `axes.${name}`);
  const { start, stop, num } = axis;
  const isRegular =
    typeof start === 'number' && typeof stop === 'number' && Number.isInteger(num) && (num as number) > 0;
  if (!isRegular || (num as number) > 10_000_000) {
    throw wanted(
      `axes.${name}`,
      'values, or start, stop and num are wanted',
      'values, ou start, stop et num sont attendus',
    );
  }
  const count = num as number;
  return Array.from({ length: count }, (_, n) => (count === 1 ? start : start + (n * (stop - start)) / (count - 1)));
}

/** The lists that axes and ranges hold, by name of axis component and of parameter. */
interface Parts {
  readonly rowAxis: string;
  readonly rows: number;
  readonly axisLists: ReadonlyMap<string, readonly Json[]>;
  readonly ranges: JsonObject;
}

function partsOf(coverage: JsonObject): Parts {
  const domain = objectAt(coverage, 'domain', 'coverage');
  const axes = objectAt(domain, 'axes', 'domain');
  const ranges = objectAt(coverage, 'ranges', 'coverage');
  const named = Object.keys(axes);
  const length = (name: string) => {
    const axis = axes[name];
    return isObject(axis) ? axisValues(axis, name).length : 0;
  };
  // The first axis of most ranges, and of those the longest.
  const users = (name: string) =>
    Object.values(ranges).filter(
      (range) => isObject(range) && Array.isArray(range.axisNames) && range.axisNames[0] === name,
    ).length;
  const [likely = ''] = named.toSorted((a, b) => users(b) - users(a) || length(b) - length(a));
  const rowAxis = ['composite', 't', 'row'].find((name) => name in axes) ?? likely;
  const axisLists = new Map<string, readonly Json[]>();
  for (const name of named) {
    const axis = objectAt(axes, name, 'axes');
    const values = axisValues(axis, name);
    if (axis.dataType !== 'tuple') axisLists.set(name, values);
    else {
      const components = listAt(axis, 'coordinates', `axes.${name}`);
      components.forEach((component, n) => {
        const list = values.map((tuple) => (Array.isArray(tuple) ? (tuple as readonly Json[])[n] : undefined) ?? null);
        axisLists.set(String(component), list);
      });
    }
  }
  const rows = rowAxis === '' ? 0 : length(rowAxis);
  return { rowAxis, rows, axisLists, ranges };
}

function rangeOf(
  parts: Parts,
  name: string,
): {
  readonly axes: readonly string[];
  readonly shape: readonly number[];
  readonly values: readonly Json[];
  readonly type: string;
} {
  const range = parts.ranges[name];
  if (!isObject(range) || range.type !== 'NdArray') {
    throw wanted(`ranges.${name}`, 'an NdArray is wanted', 'un NdArray est attendu');
  }
  const axes = Array.isArray(range.axisNames) ? (range.axisNames as readonly Json[]).map(String) : [];
  const shape = Array.isArray(range.shape) ? (range.shape as readonly Json[]).map(Number) : [];
  const values = listAt(range, 'values', `ranges.${name}`);
  const size = shape.reduce((product, length) => product * length, 1);
  if (size !== values.length) {
    throw wanted(
      `ranges.${name}`,
      `${values.length} values for a shape of ${size}`,
      `${values.length} valeurs pour une forme de ${size}`,
    );
  }
  return { axes, shape, values, type: String(range.dataType) };
}

function flagsOf(list: readonly Json[]): readonly FlagSet[] {
  return list.map((text) => (typeof text === 'string' && text !== '' ? text.split(' ').map(Number) : []));
}

const columnValues = (column: Column, list: readonly Json[]): Values =>
  column.type === 'flags' ? flagsOf(list) : valuesOfJson(column, list);

function slicedChunks(values: readonly Values[], rows: number): () => AsyncGenerator<Chunk> {
  return async function* () {
    for (let from = 0; from < rows; from += CHUNK_ROWS) {
      const count = Math.min(CHUNK_ROWS, rows - from);
      yield {
        rows: count,
        values: values.map((own) => {
          const size = rows === 0 ? 1 : own.length / rows;
          return own.slice(from * size, (from + count) * size) as Values;
        }),
      };
    }
  };
}

/** Our own document: the head says which columns there are, axes and ranges have their values. */
function describedTable(head: TableHead, parts: Parts): Table {
  const componentOf: Readonly<Record<string, string>> = { longitude: 'x', latitude: 'y', altitude: 'z' };
  const fromAxis = (column: Column): readonly Json[] | undefined => {
    const own = column.name === head.axis?.column && parts.rowAxis !== 'composite' ? parts.rowAxis : undefined;
    const component = column.type === 'time' ? 't' : componentOf[column.standardName ?? ''];
    return parts.axisLists.get(own ?? component ?? '');
  };
  const values = head.columns.map((column): Values => {
    const list = column.name in parts.ranges ? rangeOf(parts, column.name).values : fromAxis(column);
    if (list === undefined) throw wanted(`ranges.${column.name}`, 'it is missing', 'il manque');
    return columnValues(column, list);
  });
  const [first] = head.columns;
  const rows = first === undefined ? 0 : parts.rows;
  return { ...head, rows, repeatable: true, chunks: slicedChunks(values, rows) };
}

function textOf(json: Json | undefined): { readonly en?: string; readonly fr?: string } {
  if (!isObject(json)) return {};
  const { en, fr, und } = json;
  const english = typeof en === 'string' ? en : typeof und === 'string' ? und : undefined;
  return { ...(english === undefined ? {} : { en: english }), ...(typeof fr === 'string' ? { fr } : {}) };
}

function unitOf(parameter: JsonObject): string | null {
  const unit = isObject(parameter.unit) ? parameter.unit : {};
  if (typeof unit.symbol === 'string') return unit.symbol;
  if (isObject(unit.symbol) && typeof unit.symbol.value === 'string') return unit.symbol.value;
  return textOf(unit.label).en ?? null;
}

function axisColumn(name: string, list: readonly Json[]): Column {
  const isTime = list.every((value) => typeof value === 'string' && !Number.isNaN(parseTime(value)));
  const named: Readonly<Record<string, readonly [string, string, string]>> = {
    x: ['longitude', 'degrees_east', 'longitude'],
    y: ['latitude', 'degrees_north', 'latitude'],
    z: ['altitude', 'm', 'altitude'],
  };
  if (isTime && list.length > 0) return { ...bareColumn(name === 't' ? 'time' : name, 'time'), standardName: 'time' };
  const isNumber = list.every((value) => typeof value === 'number');
  const [own = name, unit = null, standardName = null] = named[name] ?? [];
  return { ...bareColumn(own, isNumber ? 'number' : 'text'), unit, standardName };
}

/** A document of somebody else: columns from its axes and parameters. */
function foreignTable(coverage: JsonObject, parts: Parts): Table {
  const parameters = objectAt(coverage, 'parameters', 'coverage');
  const ofRows = [...parts.axisLists].filter(([, list]) => list.length === parts.rows && parts.rows > 1);
  const axisNames = parts.rowAxis === 'composite' ? ofRows.map(([name]) => name) : [parts.rowAxis];
  const columns: Column[] = [];
  const values: Values[] = [];
  const dimensions = new Map<string, Dimension>();
  for (const name of axisNames) {
    const list = parts.axisLists.get(name) ?? [];
    const column = axisColumn(name, list);
    columns.push(column);
    values.push(columnValues(column, list));
  }
  for (const name of Object.keys(parts.ranges)) {
    const { axes, shape, values: list, type } = rangeOf(parts, name);
    const inner = axes.slice(1).filter((_, n) => (shape[n + 1] ?? 1) > 1);
    if (axes[0] !== parts.rowAxis && list.length !== parts.rows) {
      throw wanted(
        `ranges.${name}`,
        `its first axis is not ${parts.rowAxis}`,
        `son premier axe n'est pas ${parts.rowAxis}`,
      );
    }
    for (const axis of inner) {
      const coordinates = parts.axisLists.get(axis) ?? [];
      const own = axisColumn(axis, coordinates);
      dimensions.set(axis, {
        name: axis,
        size: coordinates.length,
        coordinate: { column: { ...own, name: axis, dimensions: [axis] }, values: columnValues(own, coordinates) },
      });
    }
    const parameter = isObject(parameters[name]) ? parameters[name] : {};
    const observed = isObject(parameter.observedProperty) ? parameter.observedProperty : {};
    const standard = /standard_name\/([a-z_0-9]+)\/?$/.exec(String(observed.id ?? ''));
    const column: Column = {
      ...bareColumn(name, type === 'string' ? 'text' : type === 'integer' ? 'integer' : 'number'),
      unit: unitOf(parameter),
      standardName: standard?.[1] ?? null,
      label: textOf(parameter.description ?? observed.label),
      dimensions: inner,
    };
    columns.push(column);
    values.push(columnValues(column, list));
  }
  const single = (name: string) => {
    const list = parts.axisLists.get(name);
    return list?.length === 1 && typeof list[0] === 'number' ? list[0] : null;
  };
  const [longitude, latitude] = [single('x'), single('y')];
  const station =
    longitude === null || latitude === null ? null : { name: null, longitude, latitude, elevation: single('z') };
  const [axis] = columns;
  return {
    metadata: { ...NO_METADATA, station, featureType: station === null ? null : 'timeSeries' },
    columns,
    dimensions: [...dimensions.values()],
    fixed: [],
    axis: axis === undefined ? null : { column: axis.name, end: null },
    rows: parts.rows,
    repeatable: true,
    chunks: slicedChunks(values, parts.rows),
  };
}

async function read(source: ByteSource): Promise<Table> {
  const coverage = await readJson(source);
  if (!isObject(coverage) || coverage.type !== 'Coverage') {
    const type = isObject(coverage) ? String(coverage.type).slice(0, 40) : 'no object';
    throw wanted('document', `a Coverage is wanted, this is ${type}`, `un Coverage est attendu, ceci est ${type}`);
  }
  const parts = partsOf(coverage);
  const head = coverage['vobs:table'];
  return head === undefined ? foreignTable(coverage, parts) : describedTable(headOfJson(head), parts);
}

export const coverageJson: Codec = {
  id: 'covjson',
  title: { en: 'CoverageJSON', fr: 'CoverageJSON' },
  mediaType: 'application/prs.coverage+json',
  extension: 'covjson',
  sniff: (head, name) => {
    if (name !== null && /\.covjson$/i.test(name)) return 2;
    return /"type"\s*:\s*"(?:Coverage|CoverageCollection)"/.test(new TextDecoder().decode(head.subarray(0, 2000)))
      ? 2
      : 0;
  },
  read,
  write: (table) => writeCoverageJson(table),
  loses: () => [],
};
