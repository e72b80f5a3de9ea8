// The one place where a SearchQuery and its viewer become SQL conditions. Only conditions that are asked are written; the viewer's
// own is always there, for every statement of every door.
import type { RecordConstants } from '../mapping/record-constants.ts';
import type { Filter } from '../model/filter.ts';
import type { FieldCondition, SearchQuery } from '../model/query.ts';
import type { Queryables } from '../model/queryable.ts';
import type { Viewer } from '../model/viewer.ts';
import { filterConditions } from './filter-conditions.ts';
import type { PartQuery } from './filter-words.ts';
import { type FieldTypes, fieldCondition, servicesOfField } from './search-fields.ts';
import { spaceConditions } from './search-space.ts';
import { integerArray, type Parameters } from './search-statement.ts';
import { timeConditions, withinWindow } from './search-time.ts';

/** What the caller keeps at hand, so that a search needs no further question. */
export interface SearchContext {
  /** Service name → its tag in the index. */
  readonly tags: ReadonlyMap<string, number>;
  readonly fieldTypes: FieldTypes;
  /** The query's words as the text of a tsquery; null where there is no word to look for in them. */
  readonly words: string | null;
  /** Where the query has a filter. */
  readonly filter: FilterContext | null;
}

/** What the translation of a filter needs. */
export interface FilterContext {
  readonly queryables: Queryables;
  readonly constants: RecordConstants;
  /** Words and phrases of the filter as texts of tsqueries; null: nothing to look for. */
  readonly words: ReadonlyMap<string, string | null>;
  /** Runs of letters of its patterns, with the words that hold them; null: too many. */
  readonly parts: ReadonlyMap<string, PartQuery | null>;
}

export interface SearchConditions {
  /** Over `metadata_search s` (and `metadata m` where `needsRecord`), to be joined by AND; never empty. */
  readonly conditions: readonly string[];
  readonly needsRecord: boolean;
  /** The GIN index preselects. */
  readonly indexed: boolean;
  /** Nothing can match: no statement is needed. */
  readonly impossible: boolean;
  /** What is asked beside the viewer's condition and services: nothing. */
  readonly onlyServices: boolean;
  /** Tags of the services asked; null = all. */
  readonly services: readonly number[] | null;
}

/** What the viewer may see: authorization_ 0 to 2 for everybody, 3 for internal accounts, of their services if they have some. */
export function viewerCondition(
  viewer: Viewer,
  tags: ReadonlyMap<string, number>,
  parameters: Parameters,
  columns = { access: 's.access', service: 's.service' },
): string {
  if (viewer.metadataLevel < 3 || viewer.services === null)
    return `${columns.access} <= ${parameters.add(viewer.metadataLevel, 'smallint')}`;
  const own = viewer.services.flatMap((name) => tags.get(name) ?? []);
  return `(${columns.access} <= 2 OR ${columns.service} = ANY (${parameters.add(integerArray(own), 'smallint[]')}))`;
}

/** What one part of a query asks. */
interface Asked {
  readonly conditions: readonly string[];
  /** The GIN index preselects. */
  readonly indexed?: boolean;
  /** Nothing can match. */
  readonly impossible?: boolean;
  readonly needsRecord?: boolean;
}

/** Gives the conditions and adds their values to `parameters`. */
export function searchConditions(
  query: SearchQuery,
  viewer: Viewer,
  context: SearchContext,
  parameters: Parameters,
): SearchConditions {
  const seen = viewerCondition(viewer, context.tags, parameters);
  const services = servicesAsked(query, context);
  const byService = services === null ? [] : [serviceCondition(services, parameters)];
  const asked: readonly Asked[] = [
    ...(query.words === null ? [] : [wordsAsked(context.words, parameters)]),
    ...query.areas.map((area) => spaceConditions(area, parameters)),
    ...(query.time === null ? [] : [timeConditions(query.time, parameters)]),
    ...codesAsked(query, parameters),
    ...namesAsked(query, parameters),
    ...(query.elevation === null ? [] : [{ conditions: elevationConditions(query.elevation, parameters) }]),
    ...(query.updated === null ? [] : [{ conditions: withinWindow('s.updated', query.updated, parameters) }]),
    ...query.fields.map((field) => fieldAsked(field, query.services, context, parameters)),
    ...(query.filter === null ? [] : [filterAsked(query.filter, context, parameters)]),
  ];
  const onlyServices = asked.length === 0;
  if (services !== null && !onlyServices) {
    // Beside other conditions the service's tag in the index preselects better than a filter.
    byService.push(`s.cells && ${parameters.add(integerArray(services.map((tag) => -tag)), 'int[]')}`);
  }
  return {
    conditions: [seen, ...byService, ...asked.flatMap((part) => part.conditions)],
    needsRecord: asked.some((part) => part.needsRecord),
    indexed: asked.some((part) => part.indexed),
    impossible: services?.length === 0 || asked.some((part) => part.impossible),
    onlyServices,
    services,
  };
}

function serviceCondition(services: readonly number[], parameters: Parameters): string {
  return services.length === 1
    ? `s.service = ${parameters.add(services[0]!, 'smallint')}`
    : `s.service = ANY (${parameters.add(integerArray(services), 'smallint[]')})`;
}

function wordsAsked(words: string | null, parameters: Parameters): Asked {
  if (words === null) return { conditions: [], impossible: true };
  return { conditions: [`s.words @@ ${parameters.add(words, 'tsquery')}`], indexed: true };
}

/** Lists of code numbers, any of which may be the record's. */
function codesAsked(query: SearchQuery, parameters: Parameters): readonly Asked[] {
  const lists = { format: query.formats, acquisition: query.acquisitions, access: query.authorizations };
  return Object.entries(lists).flatMap(([column, asked]) => {
    if (asked === null) return [];
    // A number that the column cannot hold would fail the statement; no record has it.
    const codes = asked.filter((code) => Number.isInteger(code) && code >= -32_768 && code <= 32_767);
    const condition = `s.${column} = ANY (${parameters.add(integerArray(codes), 'smallint[]')})`;
    return [{ conditions: [condition], impossible: codes.length === 0 }];
  });
}

/** Lists of names, any of which may be the record's. */
function namesAsked(query: SearchQuery, parameters: Parameters): readonly Asked[] {
  const tests = {
    's.n IN (SELECT n FROM metadata WHERE identifier = ANY (?))': query.ids,
    's.level = ANY (?)': query.levels,
    's.product_level = ANY (?)': query.productLevels,
    's.platform = ANY (?)': query.platforms,
    's.instrument && ?': query.instruments,
  };
  return Object.entries(tests).flatMap(([test, asked]) => {
    if (asked === null) return [];
    const condition = test.replace('?', parameters.add(asked, 'text[]'));
    return [{ conditions: [condition], indexed: asked === query.ids, impossible: asked.length === 0 }];
  });
}

function fieldAsked(
  condition: FieldCondition,
  services: SearchQuery['services'],
  context: SearchContext,
  parameters: Parameters,
): Asked {
  const definitions = [...servicesOfField(context.fieldTypes, condition.field)];
  const types = new Set(definitions.filter(([name]) => services?.includes(name) ?? true).map(([, type]) => type));
  const test = types.size === 0 ? null : fieldCondition(condition, types, parameters);
  return test === null ? { conditions: [], impossible: true } : { conditions: [test], needsRecord: true };
}

function filterAsked(filter: Filter, { filter: context, tags }: SearchContext, parameters: Parameters): Asked {
  if (context === null) throw new Error('the search has no context for its filter');
  const uses = { record: false, names: 0 };
  const { conditions, indexed } = filterConditions(filter, { ...context, tags, parameters, uses });
  return { conditions, indexed, needsRecord: uses.record };
}

/** A condition on a field also asks for the services that have it. */
function servicesAsked(query: SearchQuery, context: SearchContext): readonly number[] | null {
  if (query.services === null && query.fields.length === 0) return null;
  let names = query.services ?? [...context.tags.keys()];
  for (const { field } of query.fields) {
    const having = servicesOfField(context.fieldTypes, field);
    names = names.filter((name) => having.has(name));
  }
  return [...new Set(names)].flatMap((name) => context.tags.get(name) ?? []);
}

/** A record from `elevation` to `elevation_max` matches when it shares a height with the asked range. */
function elevationConditions(
  { min, max }: NonNullable<SearchQuery['elevation']>,
  parameters: Parameters,
): readonly string[] {
  const found = min === null && max === null ? ['s.elevation IS NOT NULL'] : [];
  if (min !== null) found.push(`greatest(s.elevation, s.elevation_max) >= ${parameters.add(min, 'float8')}`);
  if (max !== null) found.push(`coalesce(s.elevation, s.elevation_max) <= ${parameters.add(max, 'float8')}`);
  return found;
}
