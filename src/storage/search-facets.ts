// Counts of the hits by property (facets), exact, for all properties in one pass over the hits (GROUPING SETS). A property's own condition
// does not narrow its own facet, so that the other choices beside the chosen one keep their counts; every other condition holds.
import type { FacetName, Facets, FacetValue, SearchQuery } from '../model/query.ts';
import type { Viewer } from '../model/viewer.ts';
import { searchConditions } from './search-conditions.ts';
import { createAnswerMemory } from './search-memory.ts';
import { contextOf, type SearchParts } from './search-records.ts';
import { createNamer, createParameters } from './search-statement.ts';

interface FacetLine {
  readonly facet: FacetName;
  readonly value: string;
  readonly count: number;
}

/** Facets of the whole catalogue are asked by every visitor of a search page, and cost as much as reading all of it. */
const MOST_REMEMBERED = 500;

/** Column of the search row behind each facet; `instrument` is a list. */
const COLUMNS: { readonly [F in FacetName]: string } = {
  service: 'service',
  level: 'level',
  format: 'format',
  acquisition: 'acquisition',
  authorization: 'access',
  productLevel: 'product_level',
  year: 'year',
  instrument: 'instrument',
};

/** The query without the condition on the facet's own property; null where it has none. */
function withoutOwn(query: SearchQuery, facet: FacetName): SearchQuery | null {
  const own = {
    service: 'services',
    level: 'levels',
    format: 'formats',
    acquisition: 'acquisitions',
    authorization: 'authorizations',
    productLevel: 'productLevels',
    instrument: 'instruments',
  } as const;
  if (facet === 'year' || query[own[facet]] === null) return null;
  return { ...query, [own[facet]]: null };
}

export function createFacets(
  parts: SearchParts,
): (query: SearchQuery, names: readonly FacetName[], viewer: Viewer) => Promise<Facets> {
  const named = createNamer();
  const remembered = createAnswerMemory<readonly FacetLine[]>(parts.queries, MOST_REMEMBERED);

  const count = async (
    query: SearchQuery,
    names: readonly FacetName[],
    viewer: Viewer,
  ): Promise<[FacetName, FacetValue[]][]> => {
    const context = await contextOf(query, parts);
    const parameters = createParameters();
    const found = searchConditions(query, viewer, context, parameters);
    if (found.impossible) return names.map((name) => [name, []]);
    const { name, text, values } = named(facetsText(names, found), parameters.values);
    const rows = await remembered([text, values], () => parts.queries.query<FacetLine>(name, text, values));
    const services = await parts.tags.names(
      rows.filter((row) => row.facet === 'service').map((row) => Number(row.value)),
    );
    return names.map((name) => [
      name,
      rows
        .filter((row) => row.facet === name)
        .map((row) => ({
          value: name === 'service' ? (services.get(Number(row.value)) ?? row.value) : row.value,
          count: row.count,
        }))
        .sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)),
    ]);
  };

  return async (query, names, viewer) => {
    const groups = new Map<SearchQuery, FacetName[]>();
    for (const name of new Set(names)) {
      const own = withoutOwn(query, name);
      if (own !== null) groups.set(own, [name]);
      else groups.set(query, [...(groups.get(query) ?? []), name]);
    }
    const found: [FacetName, FacetValue[]][] = [];
    for (const [asked, group] of groups) found.push(...(await count(asked, group, viewer)));
    return Object.fromEntries(found);
  };
}

function facetsText(
  names: readonly FacetName[],
  { conditions, needsRecord }: { readonly conditions: readonly string[]; readonly needsRecord: boolean },
): string {
  const plain = names.filter((name) => name !== 'instrument');
  const columns = names.map((name) => `s.${COLUMNS[name]}`).join(', ');
  const hits = `WITH hits AS MATERIALIZED (SELECT ${columns} FROM metadata_search s${needsRecord ? ' JOIN metadata m ON m.n = s.n' : ''} WHERE ${conditions.join(' AND ')})`;
  const selects: string[] = [];
  if (plain.length > 0) {
    const sets = plain.map((name) => `(${COLUMNS[name]})`).join(', ');
    const facet = plain.map((name) => `WHEN GROUPING(${COLUMNS[name]}) = 0 THEN '${name}'`).join(' ');
    const value = plain.map((name) => `WHEN GROUPING(${COLUMNS[name]}) = 0 THEN ${COLUMNS[name]}::text`).join(' ');
    selects.push(
      `SELECT facet, value, count FROM (SELECT CASE ${facet} END AS facet, CASE ${value} END AS value, count(*)::int AS count FROM hits GROUP BY GROUPING SETS (${sets})) grouped WHERE value IS NOT NULL`,
    );
  }
  if (plain.length < names.length)
    selects.push(
      `SELECT 'instrument' AS facet, i AS value, count(*)::int AS count FROM hits CROSS JOIN LATERAL (SELECT DISTINCT unnest(hits.instrument) AS i) each GROUP BY i`,
    );
  return `${hits}\n${selects.join('\nUNION ALL ')}`;
}
