// `sortby` (20-004r1, clause 10): names of /sortables with `+` or `-` in front.
import { SyntaxFault } from '../../model/errors.ts';
import type { Sort } from '../../model/query.ts';
import type { Queryable, Queryables } from '../../model/queryable.ts';

/** The queryables that give an order. */
export function sortablesOf(queryables: Queryables): readonly Queryable[] {
  return queryables.all.filter(({ sort }) => sort !== null);
}

/** Gives the reader of `sortby`. A literal `+` arrives as a blank. */
export function sortOrder(queryables: Queryables): (text: string) => readonly Sort[] {
  const names = sortablesOf(queryables)
    .map(({ name }) => name)
    .join(', ');
  return (text) =>
    text.split(',').map((part) => {
      const [, sign = '', name = ''] = /^\s*([+-]?)\s*(.*?)\s*$/s.exec(part) ?? [];
      const key = queryables.resolve(name)?.sort;
      if (key === undefined || key === null) {
        throw new SyntaxFault(
          `${name.slice(0, 40) || 'nothing'} is no sortable; allowed: ${names}`,
          `${name.slice(0, 40) || 'rien'} ne se trie pas ; autorisés : ${names}`,
        );
      }
      return { key, descending: sign === '-' };
    });
}
