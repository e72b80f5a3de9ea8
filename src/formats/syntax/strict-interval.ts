// `datetime` as STAC API and OGC API Features have it: RFC 3339 date-times (section 5.6) with nothing left out, and intervals of them.
import { SyntaxFault } from '../../model/errors.ts';
import type { TimeWindow } from '../../model/time.ts';
import { parseDateTime } from './datetime.ts';
import { excerpt } from './excerpt.ts';

// A `+` of a zone arrives as a blank when a client did not percent-encode it.
const DATE_TIME = /^\d{4}-\d{2}-\d{2}[Tt]\d{2}:\d{2}:\d{2}(?:\.\d+)?(?:[Zz]|[+\- ]\d{2}:\d{2})$/;
const LONGEST = 130;

function fault(text: string): SyntaxFault {
  return new SyntaxFault(
    `${excerpt(text)} is no RFC 3339 date-time (2020-01-31T00:00:00Z) nor an interval of them: a/b, a/.., ../b`,
    `${excerpt(text)} n'est ni une date-heure RFC 3339 (2020-01-31T00:00:00Z) ni un intervalle de telles dates : a/b, a/.., ../b`,
  );
}

function moment(text: string, whole: string): number {
  if (!DATE_TIME.test(text)) throw fault(whole);
  // More digits than a database keeps say nothing more.
  return parseDateTime(text.replace(/(\.\d{9})\d+/, '$1')).start;
}

/**
 * One date-time, or `a/b`, `a/..`, `../b`, `a/`, `/b`; milliseconds since 1970, both ends included.
 * @throws SyntaxFault when an end is a mere date, has no zone, or does not exist; both are open; or the start is after the end.
 */
export function parseStrictInterval(text: string): TimeWindow {
  const sides = text.length > LONGEST ? [] : text.split('/');
  const [first, second] = sides;
  if (first === undefined || sides.length > 2) throw fault(text);
  if (second === undefined) {
    const at = moment(first, text);
    return { start: at, end: at };
  }
  const isOpen = (side: string): boolean => side === '' || side === '..';
  if (isOpen(first) && isOpen(second)) throw fault(text);
  const start = isOpen(first) ? null : moment(first, text);
  const end = isOpen(second) ? null : moment(second, text);
  if (start !== null && end !== null && start > end) {
    throw new SyntaxFault(
      `${excerpt(text)}: the start is after the end`,
      `${excerpt(text)} : le début est après la fin`,
    );
  }
  return { start, end };
}
