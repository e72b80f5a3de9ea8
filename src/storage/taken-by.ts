// Whose data a viewer may take, as a condition over `metadata m`: the same rule as `mayTakeData` (model/viewer.ts), for the statements of rows.
import type { Viewer } from '../model/viewer.ts';
import { integerLiteral, textArrayLiteral } from './sql-literals.ts';

const DAY = /^\d{4}-\d\d-\d\d$/;

/** `today`: `YYYY-MM-DD`. Data sets alone have rows; those that are withdrawn or hidden give none. */
export function takenBy(viewer: Viewer, today: string): string {
  if (!DAY.test(today)) throw new RangeError(`'${today}' is no day`);
  const level = integerLiteral(viewer.dataLevel);
  const own = viewer.services === null ? '' : ` AND m.service = ANY (${textArrayLiteral(viewer.services)})`;
  const internal = viewer.dataLevel >= 3 && viewer.metadataLevel >= 3 ? `(m.authorization_ >= 3${own})` : 'false';
  const embargo = `CASE WHEN m.embargo_until > '${today}'::date THEN greatest(2, m.authorization_) ELSE m.authorization_ END`;
  const group = viewer.groups.length === 0 ? '' : `m.access_groups && ${textArrayLiteral(viewer.groups)} OR `;
  return `(m.deleted_at IS NULL AND m.level = 'dataset' AND (${internal} OR m.authorization_ <= 2 AND (${group}${embargo} <= ${level})))`;
}
