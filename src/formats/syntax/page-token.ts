// Token of a next page: a record's place in an order (keyset paging), bound to the order that it was made for.
import { createHash } from 'node:crypto';
import { SyntaxFault } from '../../model/errors.ts';
import type { Cursor, Sort } from '../../model/query.ts';

const LONGEST = 4000;

function orderMark(sort: readonly Sort[]): string {
  return createHash('sha256')
    .update(sort.map(({ key, descending }) => `${descending ? '-' : ''}${key}`).join(','))
    .digest('base64url')
    .slice(0, 6);
}

function fault(): SyntaxFault {
  return new SyntaxFault(
    'is not a token of a next page of this order; start again from the first page',
    "n'est pas un jeton de page suivante pour cet ordre ; reprenez à la première page",
  );
}

/** Writes a cursor as a token of letters, digits, `-` and `_`. */
export function printPageToken(cursor: Cursor, sort: readonly Sort[]): string {
  return Buffer.from(JSON.stringify([orderMark(sort), cursor.n, ...cursor.values])).toString('base64url');
}

/**
 * Reads a token.
 * @throws SyntaxFault when it is not one, or was made for another order.
 */
export function parsePageToken(text: string, sort: readonly Sort[]): Cursor {
  if (text.length > LONGEST || !/^[\w-]+$/.test(text)) throw fault();
  let read: unknown;
  try {
    read = JSON.parse(Buffer.from(text, 'base64url').toString('utf8'));
  } catch {
    throw fault();
  }
  if (!Array.isArray(read)) throw fault();
  const [mark, n, ...values] = read as unknown[];
  if (mark !== orderMark(sort) || typeof n !== 'number' || !Number.isSafeInteger(n) || Math.abs(n) > 2_147_483_647)
    throw fault();
  if (values.length !== sort.length) throw fault();
  const texts: (string | null)[] = [];
  for (const value of values) {
    if (value !== null && typeof value !== 'string') throw fault();
    if (value?.includes('\0')) throw fault();
    texts.push(value);
  }
  return { n, values: texts };
}
