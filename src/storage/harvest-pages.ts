// The statements of harvests: one page along the index of (datestamp, n), tombstones among the records, closed by the revision of the first
// page. Records that the viewer never could see do not exist here; those that became invisible are told as deleted (was_public).
import type { MetadataRow } from '../mapping/row.ts';
import type { HarvestPlace, HarvestQuery, HarvestSet } from '../model/harvest.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Queries } from './database.ts';
import { ROW_COLUMNS } from './read-row.ts';
import { createMemory } from './search-memory.ts';
import { createNamer, createParameters, integerArray, type Parameters } from './search-statement.ts';
import { type SeenCondition, seenBy } from './seen-by.ts';

export type HeaderRow = Pick<
  MetadataRow,
  | 'n'
  | 'identifier'
  | 'datestamp'
  | 'service'
  | 'level'
  | 'acquisition'
  | 'format'
  | 'product_level'
  | 'authorization_'
  | 'embargo_until'
>;
export type Harvested<Row> = Row & { readonly gone: boolean };

export interface HarvestedRows<Row> {
  readonly rows: readonly Harvested<Row>[];
  readonly revision: string;
  readonly following: { readonly count: number; readonly revision: string };
}

export interface HarvestReader {
  rows(query: HarvestQuery, viewer: Viewer): Promise<HarvestedRows<MetadataRow>>;
  headers(query: HarvestQuery, viewer: Viewer): Promise<HarvestedRows<HeaderRow>>;
  /** null: there is none, or the viewer never could see it. */
  byIdentifier(identifier: string, viewer: Viewer): Promise<Harvested<MetadataRow> | null>;
  /** No record has an earlier datestamp; null: there is none. */
  earliest(): Promise<string | null>;
}

const DATESTAMP = `to_char(m.datestamp AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"')`;
const HEADER_COLUMNS = `m.n, m.identifier, ${DATESTAMP} AS datestamp, m.service, m.level, m.acquisition, m.format, m.product_level, m.authorization_, m.embargo_until::text AS embargo_until`;
const FIRST_NUMBER = -2_147_483_648;
const ALL_REVISIONS = '9223372036854775807';
/** Counts of first pages that are kept, each for one revision. */
const MOST_COUNTS = 200;

const listed = (seen: string): string => `(m.was_public OR ${seen})`;
const gone = (seen: string): string => `(m.deleted_at IS NOT NULL OR NOT ${seen})`;

function setCondition(set: HarvestSet, seen: string, today: string, parameters: Parameters): string {
  switch (set.kind) {
    case 'services':
      return `m.service = ANY (${parameters.add(set.services, 'text[]')})`;
    case 'levels':
      return `m.level = ANY (${parameters.add(set.levels, 'text[]')})`;
    case 'productLevels':
      return `m.product_level = ANY (${parameters.add(set.productLevels, 'text[]')})`;
    case 'acquisitions':
      return `m.acquisition = ANY (${parameters.add(integerArray(set.codes), 'smallint[]')})`;
    case 'formats':
      return `m.format = ANY (${parameters.add(integerArray(set.codes), 'smallint[]')})`;
    case 'open':
      return `(${gone(seen)} OR (m.authorization_ = 0 AND (m.embargo_until IS NULL OR m.embargo_until <= ${parameters.add(today, 'date')})))`;
  }
}

interface List {
  /** FROM and WHERE of everything that follows a place. */
  readonly text: string;
  readonly seen: string;
  readonly parameters: Parameters;
}

/** What of the list follows a place; `upto` null: whatever revision it has. */
function listAfter(query: HarvestQuery, viewer: Viewer, after: HarvestPlace | null, upto: string | null): List {
  const parameters = createParameters();
  const { text, value }: SeenCondition = seenBy(viewer);
  const seen = text(parameters.values.length + 1);
  parameters.add(value, 'any');
  const datestamp = parameters.add(after?.datestamp ?? query.from ?? '-infinity', 'timestamptz');
  const n = parameters.add(after?.n ?? FIRST_NUMBER, 'int');
  const conditions = [
    `(m.datestamp, m.n) > (${datestamp}, ${n})`,
    `m.datestamp <= ${parameters.add(query.until ?? 'infinity', 'timestamptz')}`,
    `m.change <= ${parameters.add(upto ?? ALL_REVISIONS, 'bigint')}`,
    listed(seen),
    ...(query.set === null ? [] : [setCondition(query.set, seen, query.today, parameters)]),
  ];
  return { text: `FROM metadata m WHERE ${conditions.join(' AND ')}`, seen, parameters };
}

export function createHarvestReader(queries: Queries): HarvestReader {
  const named = createNamer();
  const counts = createMemory<HarvestedRows<never>['following']>(MOST_COUNTS);

  /** One statement: the page and the revision of its snapshot, which an empty page does without. */
  async function page<Row extends HeaderRow>(
    { text, seen, parameters }: List,
    columns: string,
    limit: number,
  ): Promise<{ readonly rows: readonly Harvested<Row>[]; readonly revision: string }> {
    const search = columns === ROW_COLUMNS ? ' LEFT JOIN metadata_search s ON s.n = m.n' : '';
    const statement = named(
      `WITH page AS (SELECT m.n ${text} ORDER BY m.datestamp, m.n LIMIT ${limit})
SELECT (SELECT revision::text FROM catalogue_revision) AS catalogue_revision, ${gone(seen)} AS gone, ${columns}
FROM page JOIN metadata m ON m.n = page.n${search} ORDER BY m.datestamp, m.n`,
      parameters.values,
    );
    const rows = await queries.query<Harvested<Row> & { readonly catalogue_revision: string }>(
      statement.name,
      statement.text,
      statement.values,
    );
    return { rows, revision: rows[0]?.catalogue_revision ?? '0' };
  }

  async function countAfter(query: HarvestQuery, viewer: Viewer, last: HarvestPlace, upto: string, revision: string) {
    const { text, parameters } = listAfter(query, viewer, last, upto);
    const key = (of: string): string => JSON.stringify([of, text, parameters.values]);
    const known = counts.get(key(revision));
    if (known !== undefined) return known;
    const statement = named(
      `SELECT count(*)::int AS count, (SELECT revision::text FROM catalogue_revision) AS revision ${text}`,
      parameters.values,
    );
    const [counted] = await queries.query<HarvestedRows<never>['following']>(
      statement.name,
      statement.text,
      statement.values,
    );
    const following = counted ?? { count: 0, revision };
    counts.set(key(following.revision), following);
    return following;
  }

  async function read<Row extends HeaderRow>(
    query: HarvestQuery,
    viewer: Viewer,
    columns: string,
  ): Promise<HarvestedRows<Row>> {
    const { rows, revision } = await page<Row>(listAfter(query, viewer, query.after, query.upto), columns, query.limit);
    const last = rows.at(-1);
    if (last === undefined && query.after !== null) return readMoved(query, viewer, columns);
    if (last === undefined || rows.length < query.limit) return { rows, revision, following: { count: 0, revision } };
    const before = query.following;
    const following =
      before?.revision === revision
        ? { count: before.count - rows.length, revision }
        : await countAfter(query, viewer, last, query.upto ?? revision, revision);
    return { rows, revision, following };
  }

  /** Everything that was still to come has changed meanwhile and left the closed list; its first record stands for the end of the list. */
  async function readMoved<Row extends HeaderRow>(
    query: HarvestQuery,
    viewer: Viewer,
    columns: string,
  ): Promise<HarvestedRows<Row>> {
    const { rows, revision } = await page<Row>(listAfter(query, viewer, query.after, null), columns, 1);
    return { rows, revision, following: { count: 0, revision } };
  }

  return {
    rows: (query, viewer) => read<MetadataRow>(query, viewer, ROW_COLUMNS),
    headers: (query, viewer) => read<HeaderRow>(query, viewer, HEADER_COLUMNS),
    async byIdentifier(identifier, viewer) {
      if (identifier.includes('\0')) return null;
      const { suffix, text, value } = seenBy(viewer);
      const rows = await queries.query<Harvested<MetadataRow>>(
        `vobs_harvest_record${suffix}`,
        `SELECT ${gone(text(2))} AS gone, ${ROW_COLUMNS} FROM metadata m LEFT JOIN metadata_search s ON s.n = m.n
WHERE m.identifier = $1::text AND ${listed(text(2))}`,
        [identifier, value],
      );
      return rows[0] ?? null;
    },
    async earliest() {
      const rows = await queries.query<{ datestamp: string | null }>(
        'vobs_earliest',
        `SELECT ${DATESTAMP} AS datestamp FROM (SELECT min(datestamp) AS datestamp FROM metadata) m`,
      );
      return rows[0]?.datestamp ?? null;
    },
  };
}
