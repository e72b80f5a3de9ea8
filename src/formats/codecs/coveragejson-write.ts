// Writes CoverageJSON (OGC 21-069r2): one coverage, null for missing values. Ranges go column by column, so the rows are held.
import { FormatFault } from '../../model/format-fault.ts';
import type { Column, FlagSet, Table, Values } from '../../model/table.ts';
import { type CoverageDomain, domainOf, otherAxes, referencing } from './coveragejson-domain.ts';
import { headJson, type Json, type JsonObject, jsonValue, shapesOf } from './table-json.ts';
import { profileTable } from './table-profile.ts';

/** More values than this are too many for a document that a browser reads whole. */
const MOST_VALUES = 16 * 1024 * 1024;
const PIECE = 4096;

/** Where standard names are described. */
const STANDARD_NAMES = 'http://vocab.nerc.ac.uk/standard_name/';

function parameterOf(column: Column): Json {
  const { label, unit, standardName, name } = column;
  const text = Object.keys(label).length === 0 ? { en: name } : { ...label };
  return {
    type: 'Parameter',
    description: text,
    ...(unit === null || column.type === 'time' ? {} : { unit: { label: { en: unit }, symbol: unit } }),
    observedProperty: { ...(standardName === null ? {} : { id: `${STANDARD_NAMES}${standardName}/` }), label: text },
  };
}

function dataType({ type }: Column): string {
  return type === 'number' ? 'float' : type === 'integer' ? 'integer' : 'string';
}

/** Flags become a text: CoverageJSON has no lists in ranges. */
function rangeValue(column: Column, value: number | string | null | FlagSet | undefined): Json {
  return column.type === 'flags' ? ((value as FlagSet | undefined) ?? []).join(' ') : jsonValue(column, value);
}

function* listText(column: Column, parts: readonly Values[]): Generator<string> {
  let separator = '';
  for (const values of parts) {
    for (let from = 0; from < values.length; from += PIECE) {
      const piece = values.slice(from, from + PIECE) as readonly (number | string | null | FlagSet)[];
      yield separator + Array.from(piece, (value) => JSON.stringify(rangeValue(column, value))).join(',');
      separator = ',';
    }
  }
}

function* tupleText(table: Table, domain: CoverageDomain, parts: readonly (readonly Values[])[]): Generator<string> {
  const columns = domain.columns.map((index) => table.columns[index] as Column);
  const lists = domain.columns.map((index) => parts[index] ?? []);
  let separator = '';
  for (let part = 0; part < (lists[0]?.length ?? 0); part++) {
    const length = lists[0]?.[part]?.length ?? 0;
    const tuples: string[] = [];
    for (let row = 0; row < length; row++) {
      tuples.push(JSON.stringify(columns.map((column, n) => jsonValue(column, lists[n]?.[part]?.[row]))));
    }
    if (tuples.length > 0) yield separator + tuples.join(',');
    separator = ',';
  }
}

function* domainText(
  table: Table,
  domain: CoverageDomain,
  parts: readonly (readonly Values[])[],
  rows: number,
): Generator<string> {
  const axes = otherAxes(table, domain);
  const head: JsonObject = { type: 'Domain', ...(domain.type === null ? {} : { domainType: domain.type }) };
  yield `${JSON.stringify(head).slice(0, -1)},"axes":${JSON.stringify(axes).slice(0, -1)}${Object.keys(axes).length > 0 ? ',' : ''}`;
  yield `${JSON.stringify(domain.rowAxis)}:{`;
  if (domain.components.length > 0) {
    yield `"dataType":"tuple","coordinates":${JSON.stringify(domain.components)},"values":[`;
    yield* tupleText(table, domain, parts);
  } else if (domain.columns.length > 0) {
    const [index = 0] = domain.columns;
    yield '"values":[';
    yield* listText(table.columns[index] as Column, parts[index] ?? []);
  } else {
    yield `"values":[${Array.from({ length: rows }, (_, n) => n + 1).join(',')}`;
  }
  yield `]}},"referencing":${JSON.stringify(referencing(table, domain, axes))}}`;
}

function* rangeText(
  column: Column,
  axes: readonly string[],
  shape: readonly number[],
  parts: readonly Values[],
): Generator<string> {
  const head: JsonObject = { type: 'NdArray', dataType: dataType(column), axisNames: axes, shape };
  yield `${JSON.stringify(head.axisNames === undefined || axes.length === 0 ? { type: 'NdArray', dataType: dataType(column) } : head).slice(0, -1)},"values":[`;
  yield* listText(column, parts);
  yield ']}';
}

async function partsOf(table: Table): Promise<readonly (readonly Values[])[]> {
  const parts: Values[][] = table.columns.map(() => []);
  let values = 0;
  for await (const chunk of table.chunks()) {
    chunk.values.forEach((own, n) => {
      values += own.length;
      parts[n]?.push(own);
    });
    if (values > MOST_VALUES) {
      throw new FormatFault(
        null,
        `the table has more than ${MOST_VALUES} values, too many for one CoverageJSON document: ask for a shorter time or fewer variables`,
        `la table a plus de ${MOST_VALUES} valeurs, trop pour un document CoverageJSON : demandez une période plus courte ou moins de variables`,
      );
    }
  }
  return parts;
}

function* coverageText(
  table: Table,
  domain: CoverageDomain,
  parts: readonly (readonly Values[])[],
  rows: number,
  members: JsonObject | null,
): Generator<string> {
  const shapes = shapesOf(table);
  const inner = (column: Column) => column.dimensions.map((name) => domain.inner.get(name) ?? name);
  const sizes = new Map(table.dimensions.map(({ name, size }) => [name, size]));
  const ranged = table.columns
    .map((column, index) => ({ column, index }))
    .filter(({ index }) => !domain.columns.includes(index));
  const parameters = [...ranged.map(({ column }) => column), ...table.fixed.map(({ column }) => column)];
  const own = members ?? { '@context': COVERAGE_CONTEXT, 'vobs:table': headJson(table) };
  yield `${JSON.stringify({ type: 'Coverage', ...own }).slice(0, -1)},"domain":`;
  yield* domainText(table, domain, parts, rows);
  yield `,"parameters":${JSON.stringify(Object.fromEntries(parameters.map((column) => [column.name, parameterOf(column)])))},"ranges":{`;
  let separator = '';
  for (const { column, index } of ranged) {
    yield `${separator}${JSON.stringify(column.name)}:`;
    yield* rangeText(column, [domain.rowAxis, ...inner(column)], [rows, ...(shapes[index] ?? [])], parts[index] ?? []);
    separator = ',';
  }
  for (const { column, values } of table.fixed) {
    const shape = column.dimensions.map((name) => sizes.get(name) ?? 0);
    yield `${separator}${JSON.stringify(column.name)}:`;
    yield* rangeText(column, inner(column), shape, [values]);
    separator = ',';
  }
  yield '}}\n';
}

/** What our own members beside those of the standard mean. */
export const COVERAGE_CONTEXT = ['https://covjson.org/context.jsonld', { vobs: 'urn:vobs:' }];

/**
 * The document's bytes. `members` stand beside type, domain, parameters and ranges; null: the whole head of the table, from which our own
 * reader makes the same table again. Throws FormatFault when the table has more than 16 million values.
 */
export async function* writeCoverageJson(once: Table, members: JsonObject | null = null): AsyncGenerator<Uint8Array> {
  const { table, profile } = await profileTable(once, { decimals: false });
  const domain = domainOf(table, profile);
  const parts = await partsOf(table);
  const encoder = new TextEncoder();
  let text = '';
  for (const piece of coverageText(table, domain, parts, profile.rows, members)) {
    text += piece;
    if (text.length < 65_536) continue;
    yield encoder.encode(text);
    text = '';
  }
  if (text !== '') yield encoder.encode(text);
}
