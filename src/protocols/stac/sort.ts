// The sort extension: `sortby` as a list of names with signs (GET), or of fields with directions (POST).
import { excerpt } from '../../formats/syntax/excerpt.ts';
import { SyntaxFault } from '../../model/errors.ts';
import type { Sort } from '../../model/query.ts';
import type { Queryables } from '../../model/queryable.ts';

const MOST = 4;

function sortOf(name: string, descending: boolean, queryables: Queryables): Sort {
  const bare = name.trim().replace(/^properties\./, '');
  // A period is ordered by its begin.
  const key = bare === 'datetime' ? 'begin' : (queryables.resolve(bare)?.sort ?? null);
  if (key === null) {
    const allowed = ['id', 'datetime', 'start_datetime', 'end_datetime', 'updated', 'title', 'elevation'].join(', ');
    throw new SyntaxFault(
      `${excerpt(name)} cannot be sorted by; allowed: ${allowed}`,
      `${excerpt(name)} ne permet pas de trier ; autorisés : ${allowed}`,
    );
  }
  return { key, descending };
}

function checked(order: readonly Sort[]): readonly Sort[] {
  const once = order.filter(({ key }, index) => order.findIndex((other) => other.key === key) === index);
  if (once.length > MOST)
    throw new SyntaxFault(`at most ${MOST} names are taken`, `au plus ${MOST} noms sont acceptés`);
  return once;
}

/** `+title,-properties.datetime`; a literal `+` arrives as a blank. @throws SyntaxFault */
export function parseSort(text: string, queryables: Queryables): readonly Sort[] {
  return checked(
    text.split(',').map((part) => {
      const [, sign = '', name = ''] = /^\s*([+-]?)(.*)$/s.exec(part) ?? [];
      return sortOf(name, sign === '-', queryables);
    }),
  );
}

/** `[{"field": "properties.datetime", "direction": "desc"}]`. @throws SyntaxFault */
export function readSort(value: unknown, queryables: Queryables): readonly Sort[] {
  const wrong = (): SyntaxFault =>
    new SyntaxFault(
      'a list of {"field": name, "direction": "asc" or "desc"} is wanted',
      'une liste de {"field": nom, "direction": "asc" ou "desc"} est attendue',
    );
  if (!Array.isArray(value)) throw wrong();
  return checked(
    (value as readonly unknown[]).map((entry) => {
      const { field, direction = 'asc' } = (entry ?? {}) as { readonly field?: unknown; readonly direction?: unknown };
      if (typeof field !== 'string' || (direction !== 'asc' && direction !== 'desc')) throw wrong();
      return sortOf(field, direction === 'desc', queryables);
    }),
  );
}
