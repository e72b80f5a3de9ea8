// Temporal conditions: the five relations between an asked window and a record's time, with open ends (OGC 10-032r8 and its suite).
// Compared at the precision of the table, whole seconds. A record without time matches nothing, disjoint included; an unknown begin
// is stored as -infinity, an open end as infinity.
import type { TimeCondition } from '../model/query.ts';
import type { TimeWindow } from '../model/time.ts';
import { queryMonths } from './search-cells.ts';
import { integerArray, type Parameters } from './search-statement.ts';

export interface TimeConditions {
  readonly conditions: readonly string[];
  readonly indexed: boolean;
  /** No record can match. */
  readonly impossible: boolean;
}

const FIRST_SECOND = -62_135_596_800_000; // 0001-01-01
const LAST_SECOND = 253_402_300_799_000; // 9999-12-31T23:59:59

/** The second that holds the instant (`from`), and the one after it (`next`), as PostgreSQL reads them. */
function secondOf(ms: number): { from: string; next: string } {
  const second = Math.max(FIRST_SECOND, Math.min(LAST_SECOND, Math.floor(ms / 1000) * 1000));
  const write = (value: number): string => new Date(value).toISOString().replace(/^\+0?/, '');
  return { from: write(second), next: write(second + 1000) };
}

/** What is asked of a column that holds instants: not before `start`, not after `end`. */
export function withinWindow(column: string, window: TimeWindow, parameters: Parameters): readonly string[] {
  const found: string[] = [];
  if (window.start !== null) found.push(`${column} >= ${parameters.add(secondOf(window.start).from, 'timestamptz')}`);
  if (window.end !== null) found.push(`${column} < ${parameters.add(secondOf(window.end).next, 'timestamptz')}`);
  return found;
}

type Edge = { readonly from: () => string; readonly next: () => string };

function edgeOf(ms: number | null, parameters: Parameters): Edge | null {
  if (ms === null) return null;
  const { from, next } = secondOf(ms);
  return { from: () => parameters.add(from, 'timestamptz'), next: () => parameters.add(next, 'timestamptz') };
}

/** Gives the conditions over `metadata_search s`, to be joined by AND. */
export function timeConditions({ window, relation }: TimeCondition, parameters: Parameters): TimeConditions {
  const start = edgeOf(window.start, parameters);
  const end = edgeOf(window.end, parameters);
  const months = monthsOf({ window, relation });
  const conditions = months === null ? [] : [`s.months && ${parameters.add(integerArray(months), 'int[]')}`];
  switch (relation) {
    case 'intersects':
      if (start) conditions.push(`s.ends >= ${start.from()}`);
      if (end) conditions.push(`s.begins < ${end.next()}`);
      if (!start && !end) conditions.push('s.begins IS NOT NULL');
      break;
    case 'during':
      if (start) conditions.push(`s.begins >= ${start.from()}`);
      if (end) conditions.push(`s.ends < ${end.next()}`);
      if (!start && !end) conditions.push('s.begins IS NOT NULL');
      break;
    case 'contains':
      conditions.push(start ? `s.begins < ${start.next()}` : `s.begins = '-infinity'`);
      conditions.push(end ? `s.ends >= ${end.from()}` : `s.ends = 'infinity'`);
      break;
    case 'disjoint': {
      const apart: string[] = [];
      if (end) apart.push(`s.begins >= ${end.next()}`);
      if (start) apart.push(`s.ends < ${start.from()}`);
      if (apart.length === 0) return { conditions: [], indexed: false, impossible: true };
      conditions.push(`(${apart.join(' OR ')})`);
      break;
    }
    case 'equals':
      if (start) conditions.push(`s.begins >= ${start.from()} AND s.begins < ${start.next()}`);
      if (end) conditions.push(`s.ends >= ${end.from()} AND s.ends < ${end.next()}`);
      if (!start && !end) conditions.push(`s.begins = '-infinity' AND s.ends = 'infinity'`);
      break;
  }
  return { conditions, indexed: months !== null, impossible: false };
}

/** The months that every matching record touches. */
function monthsOf({ window: { start, end }, relation }: TimeCondition): readonly number[] | null {
  if (relation === 'disjoint' || (start === null && end === null)) return null;
  if (relation === 'intersects' || relation === 'during') return queryMonths(start, end);
  const moment = start ?? end!;
  return queryMonths(moment, moment);
}
