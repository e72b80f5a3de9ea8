// Which bytes a Range header asks for (RFC 9110, 14), of a body whose length is known.

/** First and last byte, ends included. */
export interface ByteRange {
  readonly first: number;
  readonly last: number;
}

/** More ranges in one request are a burden and no use (RFC 9110, 14.2). */
const MOST_RANGES = 50;

/** One range over so many bytes; `none`: no byte of it is there; null: it is not well formed. */
function rangeOf(text: string, length: number): ByteRange | 'none' | null {
  const [, from = '', to = ''] = /^(\d{0,15})-(\d{0,15})$/.exec(text.trim()) ?? [];
  if (from === '' && to === '') return null;
  if (from === '') {
    const count = Math.min(Number(to), length);
    return count === 0 ? 'none' : { first: length - count, last: length - 1 };
  }
  const first = Number(from);
  if (to !== '' && Number(to) < first) return null;
  if (first >= length) return 'none';
  return { first, last: to === '' ? length - 1 : Math.min(Number(to), length - 1) };
}

/**
 * The ranges of a Range header over so many bytes, in its order. `whole`: none was asked, or in another unit or form, which is then not
 * counted; `none`: no byte of them is there, or they are too many or overlap so that more than the whole would be sent twice (416).
 */
export function byteRanges(header: string | undefined, length: number): readonly ByteRange[] | 'whole' | 'none' {
  const [, list] = /^bytes\s*=(.*)$/is.exec(header?.trim() ?? '') ?? [];
  if (list === undefined) return 'whole';
  // Empty elements of a list are allowed (RFC 9110, 5.6.1).
  const texts = list.split(',').filter((text) => text.trim() !== '');
  const asked = texts.slice(0, MOST_RANGES + 1).map((text) => rangeOf(text, length));
  if (asked.length === 0 || asked.includes(null)) return 'whole';
  const found = asked.filter((range): range is ByteRange => range !== 'none' && range !== null);
  const bytes = found.reduce((sum, { first, last }) => sum + last - first + 1, 0);
  return found.length === 0 || texts.length > MOST_RANGES || bytes > 2 * length ? 'none' : found;
}
