// `externalIds` (20-004r1, clause 7.6.7): value, scheme:value, or scheme: for any value. The one scheme here is the DOI's.
import { anyOf, type Filter, type Term } from '../../model/filter.ts';

export const DOI_SCHEME = 'https://doi.org';
const SPELLINGS = [DOI_SCHEME, 'http://doi.org', 'https://dx.doi.org', 'http://dx.doi.org', 'doi', 'info:doi'];
const doi: Term = { kind: 'property', name: 'doi' };

/** The value of an asked identifier; null: any value of the scheme; undefined: of another scheme. */
function doiOf(asked: string): string | null | undefined {
  const folded = asked.toLowerCase();
  for (const scheme of SPELLINGS) {
    if (folded === `${scheme}:`) return null;
    if (folded.startsWith(`${scheme}:`) || folded.startsWith(`${scheme}/`)) return asked.slice(scheme.length + 1);
  }
  return asked.startsWith('10.') ? asked : undefined;
}

/** Records that have one of them. */
export function externalIdFilter(asked: readonly string[]): Filter {
  const wanted = asked.map(doiOf);
  const values = wanted.filter((value) => typeof value === 'string');
  const filters: Filter[] = [];
  if (wanted.includes(null)) filters.push({ kind: 'not', of: { kind: 'null', term: doi } });
  if (values.length > 0) {
    filters.push({ kind: 'in', term: doi, values: values.map((value) => ({ kind: 'text', value })) });
  }
  return anyOf(filters);
}
