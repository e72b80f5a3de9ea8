// Request parameters of HAPI (3.5 to 3.7): the names of version 3 and the ones of version 2, each fault with its own code. The names and
// values allowed are enforced strictly: nothing unknown is ignored.
import { notBefore, parseHapiTime } from '../../formats/syntax/hapi-time.ts';
import type { ParameterDoc } from '../../http/protocol.ts';
import { decodeQuery } from '../../http/query-string.ts';
import { SyntaxFault } from '../../model/errors.ts';
import { hapiFault } from './errors.ts';
import { DEPTHS, type Depth, FORMATS, type Format, type StatusCode } from './vocabulary.ts';

/** Name in version 3 → the one of version 2. */
const OLD_NAMES: { readonly [name: string]: string } = { dataset: 'id', start: 'time.min', stop: 'time.max' };

const DOCS: { readonly [name: string]: Omit<ParameterDoc, 'name' | 'in'> } = {
  dataset: { required: true, description: 'Id of a data set; its name in HAPI 2 is id' },
  start: { required: true, description: 'First moment, included; its name in HAPI 2 is time.min' },
  stop: { required: true, description: 'Last moment, excluded; its name in HAPI 2 is time.max' },
  parameters: {
    required: false,
    description: 'Names separated by commas, in the order of the data set; empty: all of them',
  },
  include: {
    required: false,
    description: 'header: the description stands before the data',
    schema: { type: 'string', enum: ['header'] },
  },
  format: {
    required: false,
    description: 'csv is given when none is asked',
    schema: { type: 'string', enum: FORMATS },
  },
  resolve_references: {
    required: false,
    description: 'No answer has references',
    schema: { type: 'string', enum: ['true', 'false'] },
  },
  depth: {
    required: false,
    description: 'all: with the description of each data set',
    schema: { type: 'string', enum: DEPTHS },
  },
};

export function documented(names: readonly string[]): readonly ParameterDoc[] {
  return names.map((name) => ({ name, in: 'query', required: false, description: '', ...DOCS[name] }));
}

type Given = ReadonlyMap<string, string>;

/** The values by their names in version 3. Throws 1401 for a name that the address does not have, 1400 for one that stands twice. */
function read(querystring: string, allowed: readonly string[]): Given {
  const { pairs, faults } = decodeQuery(querystring);
  const given = new Map<string, string>();
  for (const [name, value] of pairs) {
    const known = allowed.find((own) => own === name || OLD_NAMES[own] === name);
    if (known === undefined) {
      const list = allowed.length === 0 ? 'none' : allowed.join(', ');
      throw hapiFault(1401, { en: `allowed: ${list}`, fr: `autorisés : ${list}` });
    }
    if (given.has(known)) throw hapiFault(1400, { en: `${known} stands twice`, fr: `${known} figure deux fois` });
    given.set(known, value);
  }
  if (faults.length > 0) throw hapiFault(1400, faults[0]?.detail);
  for (const name of allowed) {
    if (DOCS[name]?.required === true && (given.get(name) ?? '') === '') {
      throw hapiFault(1400, { en: `${name} is required`, fr: `${name} est obligatoire` });
    }
  }
  return given;
}

function oneOf<V extends string>(given: Given, name: string, values: readonly V[], code: StatusCode): V | null {
  const text = given.get(name);
  if (text === undefined) return null;
  const found = values.find((value) => value === text);
  const list = values.join(', ');
  if (found === undefined) throw hapiFault(code, { en: `allowed: ${list}`, fr: `autorisés : ${list}` });
  return found;
}

function timeOf(given: Given, name: string, code: StatusCode): bigint {
  try {
    return parseHapiTime(given.get(name) ?? '');
  } catch (fault) {
    if (!(fault instanceof SyntaxFault)) throw fault;
    throw hapiFault(code, fault.detail);
  }
}

/** Names in the order asked; null: all. */
function namesOf(given: Given): readonly string[] | null {
  const text = (given.get('parameters') ?? '').trim();
  return text === '' ? null : text.split(',').map((name) => name.trim());
}

export function readNothing(querystring: string): void {
  read(querystring, []);
}

export const CATALOG_PARAMETERS = ['depth', 'resolve_references'] as const;
export function readCatalogRequest(querystring: string): { readonly depth: Depth } {
  const given = read(querystring, CATALOG_PARAMETERS);
  oneOf(given, 'resolve_references', ['true', 'false'], 1412);
  return { depth: oneOf(given, 'depth', DEPTHS, 1413) ?? 'dataset' };
}

export const INFO_PARAMETERS = ['dataset', 'parameters', 'resolve_references'] as const;
export interface InfoRequest {
  readonly dataset: string;
  readonly parameters: readonly string[] | null;
}
export function readInfoRequest(querystring: string): InfoRequest {
  const given = read(querystring, INFO_PARAMETERS);
  oneOf(given, 'resolve_references', ['true', 'false'], 1412);
  return { dataset: given.get('dataset') ?? '', parameters: namesOf(given) };
}

export const DATA_PARAMETERS = ['dataset', 'start', 'stop', 'parameters', 'include', 'format'] as const;
export interface DataRequest extends InfoRequest {
  /** Nanoseconds since 1970; the stop does not belong to the window. */
  readonly start: bigint;
  readonly stop: bigint;
  /** The same for a table's time: milliseconds since 1970. */
  readonly window: { readonly start: number; readonly end: number; readonly endExcluded: true };
  readonly format: Format;
  readonly header: boolean;
}
export function readDataRequest(querystring: string): DataRequest {
  const given = read(querystring, DATA_PARAMETERS);
  const start = timeOf(given, 'start', 1402);
  const stop = timeOf(given, 'stop', 1403);
  if (start >= stop) throw hapiFault(1404);
  const format = oneOf(given, 'format', FORMATS, 1409) ?? 'csv';
  const header = oneOf(given, 'include', ['header'], 1410) !== null;
  const window = { start: notBefore(start), end: notBefore(stop), endExcluded: true } as const;
  return { dataset: given.get('dataset') ?? '', parameters: namesOf(given), start, stop, window, format, header };
}
