// Completions of what is being typed (OpenSearch Suggestions 1.1), and the values that a service's field takes. Both are counted among the
// records that the viewer sees: what occurs only in hidden records is never offered.
import type { Viewer } from '../model/viewer.ts';
import { viewerCondition } from './search-conditions.ts';
import { visibleScope } from './search-marks.ts';
import { createAnswerMemory } from './search-memory.ts';
import type { SearchParts } from './search-records.ts';
import { ask, createNamer, createParameters, integerArray } from './search-statement.ts';

/** A value with the number of records that a search for it finds. */
export interface CountedText {
  readonly text: string;
  readonly count: number;
}

export interface Suggestions {
  /** Completes the last word; the words before it must be found too. At most ten, most frequent first. */
  words(typed: string, viewer: Viewer, service: string | null): Promise<readonly CountedText[]>;
  /** Values of a field of a service, most frequent first. */
  fieldValues(service: string, field: string, viewer: Viewer, limit: number): Promise<readonly CountedText[]>;
}

const MOST_OFFERED = 10;
/** Words of the vocabulary that are counted for one prefix, the shortest first. */
const MOST_COUNTED = 60;
/** Visible records that are read to see whether a word itself, and not only its stem, stands in one of them. */
const MOST_READ = 200;
const MOST_REMEMBERED = 2000;

interface Means {
  readonly parts: SearchParts;
  readonly named: ReturnType<typeof createNamer>;
}

export function createSuggestions(parts: SearchParts): Suggestions {
  const means = { parts, named: createNamer() };
  const remembered = createAnswerMemory<readonly CountedText[]>(parts.queries, MOST_REMEMBERED);
  return {
    words: (typed, viewer, service) =>
      remembered(['word', visibleScope(viewer), service, typed], () => complete(means, typed, viewer, service)),
    async fieldValues(service, field, viewer, limit) {
      const values = await remembered(['field', visibleScope(viewer), service, field], () =>
        valuesOf(means, service, field, viewer),
      );
      return values.slice(0, limit);
    },
  };
}

/** At most ten completions of the last word that was typed. */
async function complete(
  { parts, named }: Means,
  typed: string,
  viewer: Viewer,
  service: string | null,
): Promise<readonly CountedText[]> {
  const { kept, last } = splitTyped(typed);
  if (last.length < 2) return [];
  const tags = await parts.tags.get(service === null ? null : [service]);
  const parameters = createParameters();
  const others: string[] = [];
  if (kept !== '') {
    const words = await parts.wordQuery(kept);
    if (words !== null) others.push(`s.words @@ ${parameters.add(words, 'tsquery')}`);
  }
  if (service !== null) {
    const tag = tags.get(service);
    if (tag === undefined) return [];
    others.push(`s.cells && ${parameters.add(integerArray([-tag]), 'int[]')}`);
  }
  const seen = viewerCondition(viewer, tags, parameters);
  const more = others.map((condition) => ` AND ${condition}`).join('');
  const prefix = parameters.add(last, 'text');
  const text = `WITH word AS MATERIALIZED (
SELECT v.word, search_query(v.word) AS query FROM (SELECT lower(unaccent(${prefix})) AS folded) p
JOIN vocabulary v ON v.folded ~>=~ p.folded AND v.folded ~<~ (p.folded || chr(1114111)) ORDER BY length(v.word), v.word LIMIT ${MOST_COUNTED}
), counted AS MATERIALIZED (
SELECT w.word, w.query, c.seen, c.every FROM word w CROSS JOIN LATERAL (
  SELECT count(*) FILTER (WHERE ${seen})::int AS seen, count(*)::int AS every FROM metadata_search s WHERE s.words @@ w.query${more}) c
WHERE c.seen > 0 ORDER BY c.seen DESC, length(w.word), w.word LIMIT ${MOST_OFFERED * 2}
)
SELECT c.word AS text, c.seen AS count FROM counted c WHERE c.seen = c.every OR EXISTS (
SELECT FROM (SELECT s.n FROM metadata_search s WHERE s.words @@ c.query AND ${seen}${more} ORDER BY s.updated DESC, s.n LIMIT ${MOST_READ}) h
JOIN metadata m ON m.n = h.n
WHERE c.word = ANY (tsvector_to_array(to_tsvector('pg_catalog.simple'::regconfig, search_text(record_text(m))))))
ORDER BY c.seen DESC, length(c.word), c.word LIMIT ${MOST_OFFERED}`;
  const rows = await ask<CountedText>(parts.queries, named(text, parameters.values));
  return rows.map((row) => ({ text: `${kept}${row.text}`, count: row.count }));
}

async function valuesOf(
  { parts, named }: Means,
  service: string,
  field: string,
  viewer: Viewer,
): Promise<readonly CountedText[]> {
  const tags = await parts.tags.get([service]);
  const tag = tags.get(service);
  if (tag === undefined || !parts.fieldTypes.get(service)?.has(field)) return [];
  const parameters = createParameters();
  const seen = viewerCondition(viewer, tags, parameters);
  const text = `SELECT e.value #>> '{}' AS text, count(DISTINCT m.n)::int AS count FROM metadata_search s JOIN metadata m ON m.n = s.n
CROSS JOIN LATERAL jsonb_path_query(m.fields -> ${parameters.add(field, 'text')}, '$[*]') e(value)
WHERE ${seen} AND s.service = ${parameters.add(tag, 'smallint')} AND jsonb_typeof(e.value) <> 'null'
GROUP BY 1 ORDER BY 2 DESC, 1 LIMIT 1000`;
  return ask<CountedText>(parts.queries, named(text, parameters.values));
}

/** What stays as it was typed, and the word that is being typed; none after a blank, and none that is excluded by a minus. */
function splitTyped(typed: string): { kept: string; last: string } {
  const text = typed.replace(/\p{Cc}/gu, ' ').trimStart();
  const last = /[\p{L}\p{N}]+$/u.exec(text)?.[0] ?? '';
  const kept = text.slice(0, text.length - last.length);
  return { kept, last: /(^|\s)-$/.test(kept) ? '' : last };
}
