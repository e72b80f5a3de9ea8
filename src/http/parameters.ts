// Parameters declared once: the same table checks a request, types its values, and describes itself (OSDD, OpenAPI, documentation).
// All wrong parameters are told at once, in one AppError (design, section 6).
import { AppError, type ErrorCode, type ParameterFault, SyntaxFault } from '../model/errors.ts';
import { inLanguage, type Localised } from '../model/text.ts';
import type { ParameterDoc, Schema } from './protocol.ts';
import { type DecodedQuery, decodeQuery } from './query-string.ts';

export interface Parameter<T> {
  readonly name: string;
  /** Other names that older clients use for the same thing. */
  readonly aliases?: readonly string[];
  /** Throws SyntaxFault when the text is not what the parameter wants. */
  readonly parse: (text: string) => T;
  readonly doc: Localised;
  /** Absent (or empty, where empty is absent) is then a fault. */
  readonly required?: boolean;
  /** May stand several times; the value is then a list (empty when absent). */
  readonly repeatable?: boolean;
  /** Closed list of allowed texts, checked before `parse`. */
  readonly options?: readonly string[];
  readonly default?: T;
  /** For descriptions alone: bounds of a number and form of a text. */
  readonly minimum?: number;
  readonly maximum?: number;
  readonly pattern?: string;
  /** The same as a JSON Schema, where the above does not say it all; lists are written with commas. */
  readonly schema?: Schema;
}

/** Property of the typed result → its parameter. */
export interface ParameterTable {
  readonly [property: string]: Parameter<unknown>;
}

type ValueOf<P> = P extends { readonly parse: (text: string) => infer T }
  ? P extends { readonly repeatable: true }
    ? readonly T[]
    : P extends { readonly required: true }
      ? T
      : P extends { readonly default: infer D }
        ? T | D
        : T | null
  : never;
/** What `readParameters` gives for a table: a list where repeatable, T where required or with a default, else T or null. */
export type ParameterValues<Table extends ParameterTable> = { readonly [K in keyof Table]: ValueOf<Table[K]> };

export interface ReadOptions {
  readonly unknown: 'ignore' | 'refuse';
  readonly emptyIsAbsent: boolean;
  /** `+` of a raw query string: a blank (default) or itself. */
  readonly plus?: 'blank' | 'plus';
  /** Names in any case, as key-value pairs of OWS are. */
  readonly anyCase?: boolean;
}

/** Keeps the exact types of a table (which is required, which repeatable), and checks its form. */
export function parameterTable<const Table extends ParameterTable>(table: Table): Table {
  return table;
}

const REPEATED: Localised = { en: 'must not stand more than once', fr: 'ne doit pas figurer plusieurs fois' };
const MISSING: Localised = { en: 'is required', fr: 'est obligatoire' };

/** Property by name, made once for a table: some have more than a hundred parameters. */
const exactNames = new WeakMap<ParameterTable, ReadonlyMap<string, string>>();
const foldedNames = new WeakMap<ParameterTable, ReadonlyMap<string, string>>();

function propertiesByName(table: ParameterTable, anyCase: boolean): ReadonlyMap<string, string> {
  const known = anyCase ? foldedNames : exactNames;
  const before = known.get(table);
  if (before !== undefined) return before;
  const names = new Map<string, string>();
  for (const [property, parameter] of Object.entries(table)) {
    for (const name of [parameter.name, ...(parameter.aliases ?? [])]) {
      names.set(anyCase ? name.toLowerCase() : name, property);
    }
  }
  known.set(table, names);
  return names;
}

/** The given texts of each parameter of the table, and the names that it lacks. */
function sortOut(table: ParameterTable, pairs: DecodedQuery['pairs'], options: ReadOptions) {
  const fold = (name: string) => (options.anyCase ? name.toLowerCase() : name);
  const propertyOf = propertiesByName(table, options.anyCase === true);
  const given = new Map<string, { name: string; texts: string[] }>();
  const unknown = new Set<string>();
  for (const [name, text] of pairs) {
    const property = propertyOf.get(fold(name));
    if (property === undefined) unknown.add(name);
    else if (options.emptyIsAbsent && text.trim() === '') continue;
    else {
      const entry = given.get(property);
      if (entry) entry.texts.push(text);
      else given.set(property, { name, texts: [text] });
    }
  }
  return { given, unknown };
}

function parseOne(parameter: Parameter<unknown>, text: string): unknown {
  if (parameter.options && !parameter.options.includes(text)) {
    const list = parameter.options.join(', ');
    throw new SyntaxFault(`must be one of: ${list}`, `doit être l’une des valeurs : ${list}`);
  }
  return parameter.parse(text);
}

/** Which error the faults make together: a closer one when they are all of a kind. */
function errorCode(faults: readonly ParameterFault[], missing: number, unknown: number): ErrorCode {
  if (faults.length === missing) return 'missing-parameter';
  if (faults.length === unknown) return 'unknown-parameter';
  return 'invalid-parameter';
}

function read(table: ParameterTable, query: DecodedQuery, options: ReadOptions): Record<string, unknown> {
  const { given, unknown } = sortOut(table, query.pairs, options);
  const faults: ParameterFault[] = [...query.faults];
  const values: Record<string, unknown> = {};
  let missing = 0;
  for (const property in table) {
    const parameter = table[property] as Parameter<unknown>;
    const entry = given.get(property);
    values[property] = parameter.default ?? (parameter.repeatable ? [] : null);
    if (!entry) {
      // A value that could not be decoded is told already.
      if (!parameter.required || query.faults.some((fault) => fault.parameter === parameter.name)) continue;
      missing += 1;
      faults.push({ parameter: parameter.name, detail: MISSING });
    } else if (!parameter.repeatable && entry.texts.length > 1) {
      faults.push({ parameter: entry.name, detail: REPEATED });
    } else {
      try {
        const parsed = entry.texts.map((text) => parseOne(parameter, text));
        values[property] = parameter.repeatable ? parsed : parsed[0];
      } catch (error) {
        if (!(error instanceof SyntaxFault)) throw error;
        faults.push({ parameter: entry.name, detail: error.detail });
      }
    }
  }
  const refused = options.unknown === 'refuse' ? [...unknown] : [];
  const allowed =
    refused.length === 0
      ? ''
      : Object.values(table)
          .map((parameter) => parameter.name)
          .join(', ');
  for (const name of refused) {
    const detail = { en: `is unknown; allowed: ${allowed}`, fr: `est inconnu ; autorisés : ${allowed}` };
    faults.push({ parameter: name.slice(0, 64), detail });
  }
  if (faults.length > 0) throw new AppError(errorCode(faults, missing, refused.length), { faults });
  return values;
}

const decodedPairs = (query: URLSearchParams | DecodedQuery): DecodedQuery =>
  'pairs' in query ? query : { pairs: [...query], faults: [] };

/**
 * Reads a raw query string (or one decoded already, or the pairs of a form) by a table. Throws one AppError with a fault for every wrong parameter:
 * `missing-parameter` or `unknown-parameter` when all faults are of that kind, else `invalid-parameter`.
 */
export function readParameters<const Table extends ParameterTable>(
  table: Table,
  query: string | URLSearchParams | DecodedQuery,
  options: ReadOptions,
): ParameterValues<Table> {
  const decoded = typeof query === 'string' ? decodeQuery(query, options.plus) : decodedPairs(query);
  return read(table, decoded, options) as ParameterValues<Table>;
}

/** JSON Schema of a parameter's value. */
function schemaOf({ schema, options, minimum, maximum, pattern, repeatable }: Parameter<unknown>): Schema {
  if (schema !== undefined) return schema;
  const isNumber = minimum !== undefined || maximum !== undefined;
  const one: Schema = {
    type: isNumber ? 'number' : 'string',
    ...(options === undefined ? {} : { enum: options }),
    ...(minimum === undefined ? {} : { minimum }),
    ...(maximum === undefined ? {} : { maximum }),
    ...(pattern === undefined ? {} : { pattern }),
  };
  return repeatable ? { type: 'array', items: one } : one;
}

/** The table as rows of the documentation and of OpenAPI. */
export function describeParameters(table: ParameterTable): readonly ParameterDoc[] {
  return Object.values(table).map((parameter) => ({
    name: parameter.name,
    in: 'query' as const,
    required: parameter.required === true,
    description: inLanguage(parameter.doc, 'en'),
    schema: schemaOf(parameter),
    ...(parameter.repeatable ? { explode: true } : {}),
  }));
}
