// From the query string of a search to a SearchQuery: every wrong parameter is told at once; empty ones are absent, unknown ones are
// ignored unless the setting refuses them (OGC 10-032r8; CEOS-BP-005F, 009B).
import { periodCondition } from '../../catalogue/asked-period.ts';
import { parseDateTime } from '../../formats/syntax/datetime.ts';
import { parsePageToken } from '../../formats/syntax/page-token.ts';
import { type ParameterValues, readParameters } from '../../http/parameters.ts';
import { decodeQuery } from '../../http/query-string.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import { AppError, type ErrorCode, type ParameterFault, SyntaxFault } from '../../model/errors.ts';
import { NEWEST_FIRST, type Sort } from '../../model/query.ts';
import type { Localised } from '../../model/text.ts';
import { type FieldParameters, fieldParameters } from './field-parameters.ts';
import { createParameters, type Parameters } from './parameters.ts';
import type { Scope } from './scope.ts';
import type { SearchParameter } from './search-parameter.ts';

export type Table = Parameters & FieldParameters;
export type Values = ParameterValues<Table>;
type Pair = readonly [name: string, value: string];

/** What was asked, checked. */
export interface Asked {
  readonly values: Values;
  readonly sort: readonly Sort[];
  /** The used parameters as sent, in the order of the templates, those of paging left out: query key and text. */
  readonly given: readonly Pair[];
  /** The used parameters by their names in the template, for os:Query. */
  readonly echo: readonly Pair[];
}

// A client that fills templates by a pattern may leave a placeholder it does not know.
const PLACEHOLDER = /^\{[A-Za-z]+(?::[A-Za-z0-9_]+)?\?\}$/;

function attempt<T>(read: () => T): T | SyntaxFault {
  try {
    return read();
  } catch (error) {
    if (error instanceof SyntaxFault) return error;
    throw error;
  }
}

/** Checks that look at several parameters together, on the texts, so that they are told along with the others. */
function faultsTogether(texts: ReadonlyMap<string, string>): readonly ParameterFault[] {
  const faults: ParameterFault[] = [];
  const add = (parameter: string, detail: Localised): void => void faults.push({ parameter, detail });
  const [lat, lon] = [texts.has('lat'), texts.has('lon')];
  if (lat !== lon) add(lat ? 'lon' : 'lat', { en: 'lat and lon belong together', fr: 'lat et lon vont ensemble' });
  if (texts.has('radius') && !lat && !lon && !texts.has('name')) {
    add('radius', { en: 'needs lat and lon, or name', fr: 'demande lat et lon, ou name' });
  }
  const [start, end] = [texts.get('start'), texts.get('end')];
  if (start !== undefined && end !== undefined) {
    const dates = [attempt(() => parseDateTime(start)), attempt(() => parseDateTime(end))] as const;
    if (!(dates[0] instanceof SyntaxFault) && !(dates[1] instanceof SyntaxFault)) {
      const [from, to] = [dates[0], dates[1]];
      const order = attempt(() => periodCondition(from, to));
      if (order instanceof SyntaxFault) add('start', order.detail);
    }
  }
  return faults;
}

/** The last text of each given parameter, by its first name. */
function textsOf(pairs: readonly Pair[], keys: ReadonlyMap<string, SearchParameter<unknown>>): Map<string, string> {
  const texts = new Map<string, string>();
  for (const [name, value] of pairs) {
    const parameter = keys.get(name);
    if (parameter !== undefined && value.trim() !== '') texts.set(parameter.name, value);
  }
  return texts;
}

function keysOf(table: Table): ReadonlyMap<string, SearchParameter<unknown>> {
  const keys = new Map<string, SearchParameter<unknown>>();
  for (const parameter of Object.values<SearchParameter<unknown>>(table)) {
    for (const name of [parameter.name, ...(parameter.aliases ?? [])]) keys.set(name, parameter);
  }
  return keys;
}

export interface ReadRequest {
  /** The parameters that a scope offers. */
  readonly table: (scope: Scope) => Table;
  /** Reads a raw query string. `extra` are the keys besides the table's that mean something here, such as `f`. */
  readonly read: (scope: Scope, raw: string) => Asked;
}

/** @throws AppError from `read`, with a fault for each wrong parameter. */
export function createReadRequest(mappings: Mappings, unknown: 'ignore' | 'refuse'): ReadRequest {
  const common: Table = createParameters(mappings.codes);
  const parameters = Object.values<SearchParameter<unknown>>(common);
  const taken = {
    names: new Set(['f', ...parameters.flatMap(({ name, aliases }) => [name, ...(aliases ?? [])])]),
    templates: new Set(parameters.flatMap(({ template }) => template ?? [])),
  };
  const ofService = new Map<string, Table>();
  for (const service of mappings.services) {
    ofService.set(service.name, { ...common, ...fieldParameters(service, taken) });
  }
  const table = (scope: Scope): Table =>
    scope.kind === 'service' ? (ofService.get(scope.service.name) ?? common) : common;
  const keys = new Map<Table, ReadonlyMap<string, SearchParameter<unknown>>>();
  for (const known of [common, ...ofService.values()]) keys.set(known, keysOf(known));

  return {
    table,
    read: (scope, raw) => {
      const parameters = table(scope);
      const decoded = decodeQuery(raw);
      const pairs = decoded.pairs.filter(([name, value]) => name !== 'f' && !PLACEHOLDER.test(value.trim()));
      const texts = textsOf(pairs, keys.get(parameters) ?? new Map());
      const faults: ParameterFault[] = [...decoded.faults];
      let code: ErrorCode = 'invalid-parameter';
      let values: Values | null = null;
      try {
        const query = new URLSearchParams(pairs.map(([name, value]) => [name, value]));
        values = readParameters(parameters, query, { unknown, emptyIsAbsent: true });
      } catch (error) {
        if (!(error instanceof AppError)) throw error;
        faults.push(...error.faults);
        code = error.code;
      }
      const apart = faults.length;
      faults.push(...faultsTogether(texts));
      const sort = values?.sort ?? NEWEST_FIRST;
      const after = values?.after ?? null;
      const place = after === null ? null : attempt(() => parsePageToken(after, sort));
      if (place instanceof SyntaxFault) faults.push({ parameter: 'after', detail: place.detail });
      if (values === null || faults.length > 0) {
        throw new AppError(apart === faults.length ? code : 'invalid-parameter', { faults });
      }
      return { values, sort, ...used(parameters, texts) };
    },
  };
}

/** What to repeat: in links (as sent) and in os:Query (strict form). startIndex wins over startPage. */
function used(table: Table, texts: ReadonlyMap<string, string>): Pick<Asked, 'given' | 'echo'> {
  const given: Pair[] = [];
  const echo: Pair[] = [];
  for (const parameter of Object.values<SearchParameter<unknown>>(table)) {
    const text = texts.get(parameter.name);
    if (text === undefined) continue;
    if (!parameter.paging) given.push([parameter.name, text]);
    if (parameter.template === null || (parameter.name === 'startPage' && texts.has('startIndex'))) continue;
    echo.push([parameter.template, parameter.echo ? parameter.echo(text) : text.trim()]);
  }
  return { given, echo };
}
