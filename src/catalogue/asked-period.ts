// Two dates as a condition on a record's time (time:start, time:end, time:relation of OGC 10-032r8; the periods of the old addresses).
import type { DateTime } from '../formats/syntax/datetime.ts';
import { SyntaxFault } from '../model/errors.ts';
import type { TimeCondition, TimeRelation } from '../model/query.ts';

/**
 * The period from the begin of `start` to the end of `end` (a date is a whole day); either may be missing. null: no condition.
 * @throws SyntaxFault when the start is after the end.
 */
export function periodCondition(
  start: DateTime | null,
  end: DateTime | null,
  relation: TimeRelation = 'intersects',
): TimeCondition | null {
  if (start === null && end === null) return null;
  if (start !== null && end !== null && start.start > end.end) {
    throw new SyntaxFault(
      `the start ${start.text} is after the end ${end.text}`,
      `le début ${start.text} est après la fin ${end.text}`,
    );
  }
  return { window: { start: start?.start ?? null, end: end?.end ?? null }, relation };
}
