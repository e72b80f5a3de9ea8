// The one place where a SearchQuery and its viewer become SQL conditions. Only conditions that are asked are written; the viewer's
// own is always there, for every statement of every door.
import type { SearchQuery } from '../model/query.ts';
import type { Viewer } from '../model/viewer.ts';
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

const smallints = (numbers: readonly number[]): number[] =>
  numbers.filter((number) => Number.isInteger(number) && number >= -32768 && number <= 32767);

/** Gives the conditions and adds their values to `parameters`. */
export function searchConditions(
  query: SearchQuery,
  viewer: Viewer,
  context: SearchContext,
  parameters: Parameters,
): SearchConditions {
  const conditions = [viewerCondition(viewer, context.tags, parameters)];
  let [needsRecord, indexed, impossible] = [false, false, false];
  const services = servicesAsked(query, context);
  if (services !== null) {
    if (services.length === 0) impossible = true;
    conditions.push(
      services.length === 1
        ? `s.service = ${parameters.add(services[0]!, 'smallint')}`
        : `s.service = ANY (${parameters.add(integerArray(services), 'smallint[]')})`,
    );
  }
  const before = conditions.length;

  if (query.words !== null) {
    if (context.words === null) impossible = true;
    else conditions.push(`s.words @@ ${parameters.add(context.words, 'tsquery')}`);
    indexed = true;
  }
  for (const area of query.areas) {
    const space = spaceConditions(area, parameters);
    conditions.push(...space.conditions);
    indexed ||= space.indexed;
  }
  if (query.time !== null) {
    const time = timeConditions(query.time, parameters);
    conditions.push(...time.conditions);
    indexed ||= time.indexed;
    impossible ||= time.impossible;
  }
  if (query.ids !== null) {
    conditions.push(`s.n IN (SELECT n FROM metadata WHERE identifier = ANY (${parameters.add(query.ids, 'text[]')}))`);
    indexed = true;
    impossible ||= query.ids.length === 0;
  }
  for (const [column, asked] of [
    ['format', query.formats],
    ['acquisition', query.acquisitions],
    ['access', query.authorizations],
  ] as const) {
    if (asked === null) continue;
    const codes = smallints(asked);
    impossible ||= codes.length === 0;
    conditions.push(`s.${column} = ANY (${parameters.add(integerArray(codes), 'smallint[]')})`);
  }
  for (const [column, asked] of [
    ['level', query.levels],
    ['product_level', query.productLevels],
    ['platform', query.platforms],
  ] as const) {
    if (asked === null) continue;
    impossible ||= asked.length === 0;
    conditions.push(`s.${column} = ANY (${parameters.add(asked, 'text[]')})`);
  }
  if (query.instruments !== null) {
    impossible ||= query.instruments.length === 0;
    conditions.push(`s.instrument && ${parameters.add(query.instruments, 'text[]')}`);
  }
  if (query.elevation !== null) conditions.push(...elevationConditions(query.elevation, parameters));
  if (query.updated !== null) conditions.push(...withinWindow('s.updated', query.updated, parameters));
  for (const condition of query.fields) {
    const definitions = servicesOfField(context.fieldTypes, condition.field);
    const types = new Set(
      [...definitions].filter(([name]) => query.services?.includes(name) ?? true).map(([, t]) => t),
    );
    const test = types.size === 0 ? null : fieldCondition(condition, types, parameters);
    if (test === null) impossible = true;
    else conditions.push(test);
    needsRecord = true;
  }
  const onlyServices = conditions.length === before;
  if (services !== null && !onlyServices) {
    // Beside other conditions the service's tag in the index preselects better than a filter.
    conditions.push(`s.cells && ${parameters.add(integerArray(services.map((tag) => -tag)), 'int[]')}`);
  }
  return { conditions, needsRecord, indexed, impossible, onlyServices, services };
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
