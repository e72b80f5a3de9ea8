// Values that OpenSearch parameters share: {a,b} lists, ranges of numbers and dates (OGC 13-026r9), sort keys (SRU extension).
import { parseInterval } from '../../formats/syntax/datetime.ts';
import { excerpt } from '../../formats/syntax/excerpt.ts';
import {
  closedRange,
  parseDateCondition,
  parseNumberCondition,
  parseValueCondition,
} from '../../formats/syntax/intervals.ts';
import { SyntaxFault } from '../../model/errors.ts';
import type { SearchQuery, Sort, SortKey } from '../../model/query.ts';
import type { TimeWindow } from '../../model/time.ts';

/** One value, or any of `{a,b}`. */
export function valueList<T>(parse: (text: string) => T): (text: string) => readonly T[] {
  return (text) => {
    const trimmed = text.trim();
    if (!trimmed.startsWith('{')) return [parse(trimmed)];
    const condition = parseValueCondition(trimmed, parse);
    if (condition.kind === 'range') {
      throw new SyntaxFault(
        `${excerpt(text)}: one value or {a,b} is wanted`,
        `${excerpt(text)} : une valeur ou {a,b} est attendu`,
      );
    }
    return condition.values;
  };
}

/** Entries of a code table by name or number, one or any of `{a,b}`; their numbers. */
export function codeList(
  codes: readonly { readonly code: number; readonly name: string }[],
): (text: string) => readonly number[] {
  return valueList((text) => {
    const wanted = text.toLowerCase();
    const found = codes.find((entry) => entry.name.toLowerCase() === wanted || String(entry.code) === wanted);
    if (found === undefined) {
      const names = codes.map((entry) => entry.name).join(', ');
      throw new SyntaxFault(`${excerpt(text)} is not one of ${names}`, `${excerpt(text)} n'est pas parmi ${names}`);
    }
    return found.code;
  });
}

/** Metres: one value, `[a,b]`, `[a` or `b]`. */
export function elevationRange(text: string): SearchQuery['elevation'] {
  const condition = parseNumberCondition(text, { min: -20_000, max: 100_000 });
  if (condition.kind === 'range') return closedRange(condition);
  const [only] = condition.values;
  if (only === undefined || condition.values.length > 1) {
    throw new SyntaxFault('one number or a range [a,b] is wanted', 'un nombre ou un intervalle [a,b] est attendu');
  }
  return { min: only, max: only };
}

/** A moment, `[a,b]` and its half-open forms, or an ISO 8601 interval `a/b`. */
export function updatedWindow(text: string): TimeWindow {
  return text.includes('/') ? parseInterval(text) : parseDateCondition(text);
}

const SORT_NAMES: { readonly [name: string]: SortKey } = {
  updated: 'updated',
  modified: 'updated',
  start: 'begin',
  begin: 'begin',
  end: 'end',
  title: 'title',
  identifier: 'identifier',
  elevation: 'elevation',
};

function sortKey(text: string): Sort {
  const [index = '', , ascending = '1'] = text.split(',').map((part) => part.trim());
  const name = index.startsWith('time:') ? index.slice(5) : index;
  const key = Object.hasOwn(SORT_NAMES, name) ? SORT_NAMES[name] : undefined;
  if (key === undefined || (ascending !== '0' && ascending !== '1' && ascending !== '')) {
    throw new SyntaxFault(
      `${excerpt(text)} is not a sort key: key,schema,1 or 0 with a key of ${Object.keys(SORT_NAMES).join(', ')}`,
      `${excerpt(text)} n'est pas une clé de tri : clé,schéma,1 ou 0 avec une clé parmi ${Object.keys(SORT_NAMES).join(', ')}`,
    );
  }
  return { key, descending: ascending === '0' };
}

/** `key,schema,ascending` (1 or 0), several of them separated by blanks; `title,,1`, `start,time,0`. */
export function sortOrder(text: string): readonly Sort[] {
  const keys = text.trim().split(/\s+/);
  if (keys.length > 4) throw new SyntaxFault('at most 4 sort keys are taken', 'au plus 4 clés de tri sont acceptées');
  const order = keys.map(sortKey);
  if (new Set(order.map(({ key }) => key)).size < order.length) {
    throw new SyntaxFault('a sort key stands twice', 'une clé de tri figure deux fois');
  }
  return order;
}
