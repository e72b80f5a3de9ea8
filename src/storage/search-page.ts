// The statements that give one page: the fenced one, which visits every hit once for count and page alike, and the walk along the
// newest-first index, which stops at the end of the page. `hits AS MATERIALIZED` is the fence: without it the planner may walk the
// index to satisfy ORDER BY … LIMIT and read the words of every row on its way.
import type { Cursor, SearchQuery } from '../model/query.ts';
import type { Statement } from './database.ts';
import { ROW_COLUMNS } from './read-row.ts';
import type { SearchConditions } from './search-conditions.ts';
import { afterCursor, keyColumns, type Order, orderBy } from './search-order.ts';
import type { createNamer, Parameters } from './search-statement.ts';

export interface PageRequest {
  readonly query: SearchQuery;
  readonly order: Order;
  readonly found: SearchConditions;
  readonly parameters: Parameters;
  readonly named: ReturnType<typeof createNamer>;
  /** Rows to read: one more than the page where only that tells whether another page follows. */
  readonly rows: number;
}

/** Where a walk begins: at the row `(updated, n)` itself or after it, and how many rows it passes over. */
export interface WalkStart {
  readonly at: { readonly updated: string; readonly n: number } | null;
  readonly inclusive: boolean;
  readonly skip: number;
}

const fromHits = (needsRecord: boolean): string =>
  `FROM metadata_search s${needsRecord ? ' JOIN metadata m ON m.n = s.n' : ''}`;

const keysAsText = (order: Order): string => order.keys.map((_, i) => `page.k${i + 1}::text AS k${i + 1}, `).join('');

const JOINED_LATE = 'JOIN metadata m ON m.n = page.n LEFT JOIN metadata_search s ON s.n = page.n';

/**
 * Sizes that are written into the text: with a number that it knows, PostgreSQL keeps the plan of a prepared statement; with a parameter
 * it plans a LIMIT anew each time, which costs more than a short walk. Other sizes are parameters, so that the texts stay few.
 */
const USUAL_SIZES: ReadonlySet<number> = new Set([10, 20, 50, 100, 200, 500, 1000].flatMap((size) => [size, size + 1]));
const limitOf = (rows: number, parameters: Parameters): string =>
  USUAL_SIZES.has(rows) ? String(rows) : parameters.add(rows, 'int');

/** Number of all hits. */
export function countStatement({ found, parameters, named }: PageRequest): Statement {
  return named(
    `SELECT count(*)::int AS total ${fromHits(found.needsRecord)} WHERE ${found.conditions.join(' AND ')}`,
    parameters.values,
  );
}

/** The page and, when it is asked, the exact total; one line with `n` null says a total without page. */
export function fencedStatement({ query, order, found, parameters, named, rows }: PageRequest): Statement {
  const hits = `SELECT s.n${keyColumns(order)} ${fromHits(found.needsRecord || order.needsRecord)} WHERE ${found.conditions.join(' AND ')}`;
  const { start } = query;
  const place = start.kind === 'after' ? ` WHERE ${afterCursor(order, start.cursor, parameters)}` : '';
  const limit = limitOf(rows, parameters);
  const offset = start.kind === 'offset' && start.offset > 0 ? ` OFFSET ${parameters.add(start.offset, 'int')}` : '';
  const page = `SELECT h.* FROM hits h${place} ORDER BY ${orderBy(order, 'h')} LIMIT ${limit}${offset}`;
  const rest = query.count
    ? `SELECT total.total, ${keysAsText(order)}${ROW_COLUMNS} FROM (SELECT count(*)::int AS total FROM hits) total
  LEFT JOIN (page ${JOINED_LATE}) ON true`
    : `SELECT ${keysAsText(order)}${ROW_COLUMNS} FROM page ${JOINED_LATE}`;
  return named(
    `WITH hits AS MATERIALIZED (${hits}),\npage AS (${page})\n${rest} ORDER BY ${orderBy(order, 'page')}`,
    parameters.values,
  );
}

/**
 * The page along the index of (updated, n), with the catalogue's revision in each row, and the total when `count` is set. A place in
 * the order is two ranges of the index, however many records share one `updated`; one line with `n` null says an empty page.
 */
export function walkStatement(request: PageRequest, start: WalkStart, count: boolean): Statement {
  const { order, found, parameters, named } = request;
  const down = order.byUpdated === 'descending';
  const select = `SELECT s.n, s.updated AS k1 ${fromHits(found.needsRecord)} WHERE ${found.conditions.join(' AND ')}`;
  const limit = limitOf(request.rows, parameters);
  const offset = start.skip > 0 ? ` OFFSET ${parameters.add(start.skip, 'int')}` : '';
  const forward = `ORDER BY s.updated${down ? ' DESC' : ''}, s.n${down ? '' : ' DESC'}`;
  let page = `${select} ${forward} LIMIT ${limit}${offset}`;
  if (start.at !== null) {
    const updated = parameters.add(start.at.updated, 'timestamptz');
    const n = parameters.add(start.at.n, 'int');
    const reach = start.skip > 0 ? parameters.add(request.rows + start.skip, 'int') : limit;
    const [later, earlier] = down ? ['>', '<'] : ['<', '>'];
    page = `SELECT h.* FROM (
  (${select} AND s.updated = ${updated} AND s.n ${later}${start.inclusive ? '=' : ''} ${n} ORDER BY s.n${down ? '' : ' DESC'} LIMIT ${reach})
  UNION ALL (${select} AND s.updated ${earlier} ${updated} ${forward} LIMIT ${reach})) h ORDER BY ${orderBy(order, 'h')} LIMIT ${limit}${offset}`;
  }
  const total = count
    ? `(SELECT count(*)::int ${fromHits(found.needsRecord)} WHERE ${found.conditions.join(' AND ')})`
    : 'NULL::int';
  return named(
    `WITH page AS (${page})
SELECT revision.revision::text AS catalogue_revision, ${total} AS total, ${keysAsText(order)}${ROW_COLUMNS} FROM catalogue_revision revision
  LEFT JOIN (page ${JOINED_LATE}) ON true ORDER BY ${orderBy(order, 'page')}`,
    parameters.values,
  );
}

/** A cursor as the start of a walk. */
export const walkAfter = (cursor: Cursor): WalkStart => ({
  at: { updated: cursor.values[0]!, n: cursor.n },
  inclusive: false,
  skip: 0,
});
