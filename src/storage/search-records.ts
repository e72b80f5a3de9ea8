// Runs searches: chooses the cheapest of the statements that give the same page, and keeps what is the same from one search to the next.
import type { RecordConstants } from '../mapping/record-constants.ts';
import type { MetadataRow } from '../mapping/row.ts';
import type { Filter } from '../model/filter.ts';
import type { Cursor, SearchQuery } from '../model/query.ts';
import type { Queryables } from '../model/queryable.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Queries } from './database.ts';
import { type PartQuery, wordsOfFilter } from './filter-words.ts';
import {
  type FilterContext,
  type SearchConditions,
  type SearchContext,
  searchConditions,
} from './search-conditions.ts';
import type { FieldTypes } from './search-fields.ts';
import { createMarks, type MarkStore, type Marks, visibleScope, walkFromMark } from './search-marks.ts';
import { createMemory, type Memory } from './search-memory.ts';
import { fitsOrder, type Order, orderOf } from './search-order.ts';
import {
  countStatement,
  fencedStatement,
  type PageRequest,
  type WalkStart,
  walkAfter,
  walkStatement,
} from './search-page.ts';
import type { ServiceTags } from './search-services.ts';
import { ask, createNamer, createParameters } from './search-statement.ts';

export interface FoundRows {
  readonly rows: readonly MetadataRow[];
  readonly total: number | null;
  readonly next: Cursor | null;
}

export interface RecordSearch {
  /** One page of rows with the exact total where it is asked. `null`: the cursor is none of this order. */
  page(query: SearchQuery, viewer: Viewer): Promise<FoundRows | null>;
}

export interface SearchParts {
  readonly queries: Queries;
  readonly tags: ServiceTags;
  readonly fieldTypes: FieldTypes;
  readonly wordQuery: (words: string) => Promise<string | null>;
  /** What filters are written with. */
  readonly filters: {
    readonly queryables: Queryables;
    readonly constants: RecordConstants;
    readonly partQuery: (part: string) => Promise<PartQuery | null>;
  };
}

/** A row with the keys of its place; `n` null in the only line of an answer without rows. */
type PageLine = Omit<MetadataRow, 'n'> & {
  readonly n: number | null;
  readonly total?: number | null;
  readonly catalogue_revision?: string;
} & { readonly [key in `k${number}`]?: string | null };
type RowLine = PageLine & MetadataRow;

interface KnownTotal {
  readonly revision: string;
  readonly total: number;
}

const NOTHING: FoundRows = { rows: [], total: 0, next: null };
/** From here on an offset is reached by a mark; before it the index is walked from its beginning. */
const DEEP = 1000;
const MOST_TOTALS = 1000;

/** The query's conditions with what they need to know. */
export async function contextOf(query: SearchQuery, parts: SearchParts): Promise<SearchContext> {
  const tags = await parts.tags.get(query.services);
  const words = query.words === null ? null : await parts.wordQuery(query.words);
  const filter = query.filter === null ? null : await filterContextOf(query.filter, parts);
  return { tags, fieldTypes: parts.fieldTypes, words, filter };
}

async function filterContextOf(filter: Filter, { wordQuery, filters }: SearchParts): Promise<FilterContext> {
  const asked = wordsOfFilter(filter);
  const { queryables, constants, partQuery } = filters;
  return {
    queryables,
    constants,
    words: await answers(asked.words, wordQuery),
    parts: await answers(asked.parts, partQuery),
  };
}

async function answers<T>(
  questions: readonly string[],
  ask: (question: string) => Promise<T>,
): Promise<Map<string, T>> {
  const found = new Map<string, T>();
  for (const question of questions) found.set(question, await ask(question));
  return found;
}

export function createRecordSearch(parts: SearchParts): RecordSearch {
  const { queries } = parts;
  const named = createNamer();
  // Texts of filters are endless; they must not take the names of the usual searches.
  const namedFilters = createNamer();
  const marks = createMarks(queries, named);
  const totals = createMemory<KnownTotal>(MOST_TOTALS);

  return {
    async page(query, viewer) {
      const context = await contextOf(query, parts);
      const order = orderOf(query.sort);
      if (query.start.kind === 'after' && !fitsOrder(query.start.cursor, order)) return null;
      const request = (): PageRequest => {
        const parameters = createParameters();
        const found = searchConditions(query, viewer, context, parameters);
        const rows = query.limit + (query.count && query.start.kind === 'offset' ? 0 : 1);
        return { query, order, found, parameters, named: query.filter === null ? named : namedFilters, rows };
      };
      const first = request();
      if (first.found.impossible) return { ...NOTHING, total: query.count ? 0 : null };
      if (query.limit === 0) {
        if (!query.count) return { ...NOTHING, total: null };
        const [row] = await ask<{ total: number }>(queries, countStatement(first));
        return { ...NOTHING, total: row?.total ?? 0 };
      }
      if (!mayWalk(query, order, first.found))
        return answer(await ask<PageLine>(queries, fencedStatement(first)), first);
      if (!query.count) return answer(await ask<PageLine>(queries, walkStatement(first, startOf(query), false)), first);
      if (query.start.kind === 'offset' && query.start.offset >= DEEP && first.found.services === null) {
        const jumped = await jump(request, query.start.offset, viewer, context, marks, queries);
        if (jumped !== null) return jumped;
      }
      return walkWithTotal(request, viewer, totals, queries);
    },
  };
}

/** Only the newest-first list of all, or of one service, has its exact total at hand; without a total any list without index may walk. */
function mayWalk(query: SearchQuery, order: Order, found: SearchConditions): boolean {
  if (order.byUpdated === null) return false;
  if (!query.count) return !found.indexed && (found.services === null || found.services.length === 1);
  return found.onlyServices && (found.services === null || found.services.length === 1);
}

function startOf({ start }: SearchQuery): WalkStart {
  return start.kind === 'after' ? walkAfter(start.cursor) : { at: null, inclusive: false, skip: start.offset };
}

/** The total belongs to a revision, which the page brings along: only when another one has come is it counted again, with the page. */
async function walkWithTotal(
  request: () => PageRequest,
  viewer: Viewer,
  totals: Memory<KnownTotal>,
  queries: Queries,
): Promise<FoundRows> {
  const first = request();
  const key = `${visibleScope(viewer)}|${first.found.services ?? ''}`;
  const known = totals.get(key);
  if (known !== undefined) {
    const rows = await ask<PageLine>(queries, walkStatement(first, startOf(first.query), false));
    if (rows[0]?.catalogue_revision === known.revision) return answer(rows, first, known.total);
  }
  const second = request();
  const rows = await ask<PageLine>(queries, walkStatement(second, startOf(second.query), true));
  const total = rows[0]?.total ?? 0;
  totals.set(key, { revision: rows[0]?.catalogue_revision ?? '', total });
  return answer(rows, second, total);
}

/** A page reached by a mark; null when the catalogue changed twice meanwhile. */
async function jump(
  request: () => PageRequest,
  offset: number,
  viewer: Viewer,
  context: SearchContext,
  marks: MarkStore,
  queries: Queries,
): Promise<FoundRows | null> {
  if (request().order.byUpdated !== 'descending') return null;
  for (let attempt = 0; attempt < 2; attempt++) {
    const known: Marks = await marks.of(viewer, context.tags);
    const page = request();
    const rows = await ask<PageLine>(queries, walkStatement(page, walkFromMark(known, offset), false));
    if (rows[0]?.catalogue_revision === known.revision) return answer(rows, page, known.total);
    marks.forget(viewer);
  }
  return null;
}

function answer(found: readonly PageLine[], { query, order, rows: asked }: PageRequest, known?: number): FoundRows {
  const total = query.count ? (known ?? found[0]?.total ?? 0) : null;
  const rows = found.filter((line): line is RowLine => line.n !== null).slice(0, query.limit);
  const more =
    asked > query.limit
      ? found.length > query.limit
      : query.start.kind === 'offset' && total !== null && query.start.offset + rows.length < total;
  const last = rows.at(-1);
  const next =
    more && last !== undefined ? { values: order.keys.map((_, i) => last[`k${i + 1}`] ?? null), n: last.n } : null;
  return { rows, total, next };
}
