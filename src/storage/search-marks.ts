// Marks along the list of all records in its usual order (newest first), so that one jump far into it costs about what a first page
// costs. They hold for one revision of the catalogue and one viewer's scope, and are made on the first jump.
import type { Viewer } from '../model/viewer.ts';
import type { Queries } from './database.ts';
import { viewerCondition } from './search-conditions.ts';
import { createMemory } from './search-memory.ts';
import type { WalkStart } from './search-page.ts';
import { ask, type createNamer, createParameters } from './search-statement.ts';

export interface Marks {
  readonly revision: string;
  readonly total: number;
  readonly spacing: number;
  readonly updated: readonly string[];
  readonly n: Int32Array;
}

/** Scopes whose marks are kept; each takes some hundred kilobytes at most. */
const MOST_SCOPES = 16;
/** Rows from one mark to the next: a walk passes over half of them on average. */
const NEAREST = 200;
/** For a catalogue of millions the marks stand further apart. */
const MOST_MARKS = 5000;

export interface MarkStore {
  /** The marks of the viewer's scope, of any revision: the page says whether they still hold. Made where there are none. */
  readonly of: (viewer: Viewer, tags: ReadonlyMap<string, number>) => Promise<Marks>;
  readonly forget: (viewer: Viewer) => void;
}

/** Equal for viewers who see the same records. */
export const visibleScope = (viewer: Viewer): string =>
  viewer.metadataLevel < 3 ? 'public' : viewer.services === null ? 'all' : [...viewer.services].sort().join(',');

export function createMarks(queries: Queries, named: ReturnType<typeof createNamer>): MarkStore {
  const known = createMemory<Promise<Marks>>(MOST_SCOPES);
  return {
    of(viewer, tags) {
      const scope = visibleScope(viewer);
      const remembered = known.get(scope);
      if (remembered !== undefined) return remembered;
      const making = makeMarks(queries, named, viewer, tags);
      known.set(scope, making);
      making.catch(() => known.delete(scope));
      return making;
    },
    forget: (viewer) => known.delete(visibleScope(viewer)),
  };
}

async function makeMarks(
  queries: Queries,
  named: ReturnType<typeof createNamer>,
  viewer: Viewer,
  tags: ReadonlyMap<string, number>,
): Promise<Marks> {
  const parameters = createParameters();
  const seen = viewerCondition(viewer, tags, parameters);
  const text = `WITH total AS MATERIALIZED (SELECT count(*)::int AS total FROM metadata_search s WHERE ${seen}),
spacing AS MATERIALIZED (SELECT greatest(${NEAREST}, ceil(total / ${MOST_MARKS}.0)::int) AS spacing FROM total)
SELECT r.revision::text AS revision, total.total, spacing.spacing, marks.updated, marks.n FROM catalogue_revision r CROSS JOIN total CROSS JOIN spacing
LEFT JOIN LATERAL (SELECT array_agg(updated::text ORDER BY place) AS updated, array_agg(n ORDER BY place) AS n
  FROM (SELECT s.updated, s.n, row_number() OVER (ORDER BY s.updated DESC, s.n) AS place FROM metadata_search s WHERE ${seen}) list
  WHERE (place - 1) % spacing.spacing = 0) marks ON true`;
  const [row] = await ask<{
    revision: string;
    total: number;
    spacing: number;
    updated: string[] | null;
    n: number[] | null;
  }>(queries, named(text, parameters.values));
  if (row === undefined) throw new Error('the catalogue has no revision');
  return {
    revision: row.revision,
    total: row.total,
    spacing: row.spacing,
    updated: row.updated ?? [],
    n: Int32Array.from(row.n ?? []),
  };
}

/** Where the walk to an offset begins. */
export function walkFromMark(marks: Marks, offset: number): WalkStart {
  const i = Math.min(Math.floor(offset / marks.spacing), marks.n.length - 1);
  if (i < 0) return { at: null, inclusive: false, skip: offset };
  return { at: { updated: marks.updated[i]!, n: marks.n[i]! }, inclusive: true, skip: offset - i * marks.spacing };
}
