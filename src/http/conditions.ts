// Conditional requests for something with a strong validator (RFC 9110, 13): what a file answers before its bytes are looked at.
import type { IncomingHttpHeaders } from 'node:http';

export interface Validators {
  /** Strong, with its quotation marks. */
  readonly etag: string;
  /** Milliseconds since 1970, whole seconds; null: not known. */
  readonly modified: number | null;
}

const opaque = (tag: string): string => tag.trim().replace(/^W\//, '');

function anyOf(header: string, etag: string, strong: boolean): boolean {
  if (header.trim() === '*') return true;
  return header.split(',').some((tag) => (strong ? tag.trim() : opaque(tag)) === etag);
}

/** A date of HTTP in milliseconds; NaN: none, the condition is then not counted. */
const dateOf = (header: string | undefined): number => (header === undefined ? Number.NaN : Date.parse(header));

/** In the order of 13.2.2: `failed` is 412, `not modified` 304. */
export function conditionOf(
  headers: IncomingHttpHeaders,
  { etag, modified }: Validators,
): 'go' | 'failed' | 'not modified' {
  const { 'if-match': match, 'if-none-match': noneMatch } = headers;
  if (match !== undefined) {
    if (!anyOf(match, etag, true)) return 'failed';
  } else if (modified !== null && modified > dateOf(headers['if-unmodified-since'])) return 'failed';
  if (noneMatch !== undefined) return anyOf(noneMatch, etag, false) ? 'not modified' : 'go';
  return modified !== null && modified <= dateOf(headers['if-modified-since']) ? 'not modified' : 'go';
}

/** Is the part that the caller has of the same bytes (13.1.5)? Only then is Range counted. */
export function rangeCounts(condition: string | string[] | undefined, { etag, modified }: Validators): boolean {
  if (condition === undefined) return true;
  if (typeof condition !== 'string') return false;
  return condition.startsWith('"') || condition.startsWith('W/') ? condition === etag : modified === dateOf(condition);
}
