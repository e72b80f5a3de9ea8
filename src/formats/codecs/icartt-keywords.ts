// Normal comments of ICARTT v2 files: sixteen keywords in a fixed order, one line a revision, the short names.
import type { Attributes } from '../../model/table.ts';

export const ICARTT_KEYWORDS = [
  'PI_CONTACT_INFO',
  'PLATFORM',
  'LOCATION',
  'ASSOCIATED_DATA',
  'INSTRUMENT_INFO',
  'DATA_INFO',
  'UNCERTAINTY',
  'ULOD_FLAG',
  'ULOD_VALUE',
  'LLOD_FLAG',
  'LLOD_VALUE',
  'DM_CONTACT_INFO',
  'PROJECT_INFO',
  'STIPULATIONS_ON_USE',
  'OTHER_COMMENTS',
  'REVISION',
] as const;
export type IcarttKeyword = (typeof ICARTT_KEYWORDS)[number];

/** `N/A` is not allowed for these. */
export const NEVER_ABSENT: readonly IcarttKeyword[] = ['UNCERTAINTY', 'REVISION'];

export const icarttAttribute = (keyword: IcarttKeyword): string => `icartt_${keyword.toLowerCase()}`;
/** Lines `R0: text`, newest first. */
const REVISIONS = 'icartt_revisions';
/** Free text before the keywords. */
const FREE = 'icartt_free_comments';

/** Attributes from the comment lines but the last one; a keyword's text may go on over following lines. */
export function attributesOfComments(lines: readonly string[]): Attributes {
  const attributes: Record<string, string> = {};
  let current = FREE;
  for (const line of lines) {
    const match = /^\s*([A-Z_]+)\s*:\s*(.*)$/.exec(line);
    const keyword = ICARTT_KEYWORDS.find((known) => known === match?.[1]);
    const revision = /^\s*R[A-Z]?\d*\s*:/.test(line);
    const added = keyword === undefined ? line : (match?.[2] ?? '');
    if (keyword !== undefined) current = icarttAttribute(keyword);
    else if (revision && (current === icarttAttribute('REVISION') || current === REVISIONS)) current = REVISIONS;
    attributes[current] = current in attributes ? `${attributes[current]}\n${added}` : added;
  }
  return attributes;
}

/** The value of a keyword; null: absent or `N/A`. */
export function icarttValue(attributes: Attributes, keyword: IcarttKeyword): string | null {
  const value = attributes[icarttAttribute(keyword)];
  return typeof value === 'string' && value.trim() !== '' && value.trim() !== 'N/A' ? value : null;
}

/** The comment lines of the attributes, but the last one. */
export function commentLines(attributes: Attributes): readonly string[] {
  const free = attributes[FREE];
  const revisions = attributes[REVISIONS];
  const revision = icarttValue(attributes, 'REVISION') ?? 'R0';
  return [
    ...(typeof free === 'string' ? free.split('\n') : []),
    ...ICARTT_KEYWORDS.flatMap((keyword) => {
      const value = keyword === 'REVISION' ? revision : (attributes[icarttAttribute(keyword)] ?? 'N/A');
      return `${keyword}: ${String(value) || 'N/A'}`.split('\n');
    }),
    ...(typeof revisions === 'string' ? revisions.split('\n') : [`${revision.trim()}: converted`]),
  ];
}

/** The numbers of ULOD_FLAG or LLOD_FLAG: one for all variables, or one for each; empty: none. */
export function limitFlags(attributes: Attributes, keyword: 'ULOD_FLAG' | 'LLOD_FLAG'): readonly number[] {
  const words = (icarttValue(attributes, keyword) ?? '').split(/[\s,;]+/).filter((word) => word !== '');
  const numbers = words.map(Number);
  return numbers.every(Number.isFinite) ? numbers : [];
}
