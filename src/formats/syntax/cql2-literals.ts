// Literals that CQL2 text and CQL2 JSON share: days, timestamps, ends of intervals, boxes (OGC 21-065r2, 7.2, 7.6, 7.9).

import type { MomentTerm, Term } from '../../model/filter.ts';
import type { Box } from '../../model/geometry.ts';
import { excerpt } from './excerpt.ts';
import { filterFault, type Place } from './filter-faults.ts';
import { momentOf } from './filter-terms.ts';

const DAY = /^\d{4}-\d\d-\d\d$/;
const TIMESTAMP = /^\d{4}-\d\d-\d\d[Tt]\d\d:\d\d:\d\d(?:\.\d{1,9})?[Zz]$/;

/** DATE('YYYY-MM-DD'): the whole day in UTC. @throws SyntaxFault */
export function dayTerm(text: string, place: Place): MomentTerm {
  if (DAY.test(text)) return momentOf(text, place);
  throw filterFault(place, `${excerpt(text)} is not YYYY-MM-DD`, `${excerpt(text)} n'est pas AAAA-MM-JJ`);
}

/** TIMESTAMP('YYYY-MM-DDThh:mm:ss[.f]Z'). @throws SyntaxFault, without Z too. */
export function timestampTerm(text: string, place: Place): MomentTerm {
  if (TIMESTAMP.test(text)) return momentOf(text, place);
  throw filterFault(
    place,
    `${excerpt(text)} is not YYYY-MM-DDThh:mm:ssZ (UTC)`,
    `${excerpt(text)} n'est pas AAAA-MM-JJThh:mm:ssZ (UTC)`,
  );
}

/** An end of an interval: a day, a timestamp, or `..`, which is open (null). @throws SyntaxFault */
export function momentTerm(text: string, place: Place): MomentTerm | null {
  if (text === '..' || text === '') return null;
  return DAY.test(text) ? dayTerm(text, place) : timestampTerm(text, place);
}

/** Four numbers, or six whose heights do not count: west, south, east, north in degrees. @throws SyntaxFault */
export function boxTerm(numbers: readonly number[], place: Place): Term {
  const [west = Number.NaN, south = Number.NaN, east = Number.NaN, north = Number.NaN] =
    numbers.length === 6 ? [numbers[0]!, numbers[1]!, numbers[3]!, numbers[4]!] : numbers;
  const ranges = Math.abs(west) <= 180 && Math.abs(east) <= 180 && Math.abs(south) <= 90 && Math.abs(north) <= 90;
  if ((numbers.length !== 4 && numbers.length !== 6) || !ranges || south > north)
    throw filterFault(
      place,
      'a box is west, south, east, north in degrees, south not above north',
      'un rectangle est ouest, sud, est, nord en degrés, le sud sous le nord',
    );
  const box: Box = [west + 0, south + 0, east + 0, north + 0];
  return { kind: 'box', box };
}
