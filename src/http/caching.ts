// Validators and 304 (RFC 9110, 8.8.3 and 13.1.2). The ETag is known before the answer is made: it covers the catalogue's revision
// and everything else that an answer of the same address depends on.
import { createHash } from 'node:crypto';
import { scopeOf, type Viewer } from '../model/viewer.ts';
import { setVary } from './headers.ts';
import type { AppContext } from './protocol.ts';

export interface CachingOptions {
  readonly baseUrl: string;
  /** Version of the product. */
  readonly version: string;
  readonly mappingsHash: string;
  /** Milliseconds since 1970; the day counts, because embargoes end with it. */
  readonly clock: () => number;
}

export interface Caching {
  /**
   * Sets ETag, Cache-Control and Vary; true when the caller has the same answer already and 304 is set (the handler then returns).
   * `revision`: of the catalogue, read before the records. `format`: which of the address's representations.
   */
  readonly notModified: (ctx: AppContext, revision: string, format: string) => boolean;
}

const VARY = 'Accept, Accept-Language, Accept-Encoding, Authorization';

/** Coding that the compression will choose; the empty text for none. */
function codingOf(accepted: string | undefined): string {
  if (accepted === undefined) return '';
  if (/\bbr\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(accepted)) return 'br';
  return /\bgzip\b(?!\s*;\s*q=0(?:\.0*)?(?:,|$))/.test(accepted) ? 'gzip' : '';
}

/** Weak comparison with each entity tag of the header; `*` matches whatever exists. */
function matches(header: string, etag: string): boolean {
  if (header === etag || header === '*') return true;
  const opaque = etag.slice(2);
  return header.split(',').some((tag) => {
    const trimmed = tag.trim();
    return (trimmed.startsWith('W/') ? trimmed.slice(2) : trimmed) === opaque;
  });
}

export function createCaching(options: CachingOptions): Caching {
  const variants = new Map<string, string>();
  const scopes = new WeakMap<Viewer, string>();
  const fixed = `${options.version}\n${options.baseUrl}\n${options.mappingsHash}`;

  function scope(viewer: Viewer): string {
    let text = scopes.get(viewer);
    if (text === undefined) {
      text = scopeOf(viewer);
      scopes.set(viewer, text);
    }
    return text;
  }

  /** Short hash of everything but the revision. */
  function variantOf(key: string): string {
    const known = variants.get(key);
    if (known !== undefined) return known;
    const hash = createHash('sha256').update(`${fixed}\n${key}`).digest('base64url').slice(0, 12);
    // Many days, accounts and formats must not fill the memory.
    if (variants.size >= 5000) variants.clear();
    variants.set(key, hash);
    return hash;
  }

  return {
    notModified(ctx, revision, format) {
      const { headers } = ctx.req;
      const day = Math.floor(options.clock() / 86_400_000);
      const { viewer, language } = ctx.state;
      const key = `${day}\n${scope(viewer)}\n${language}\n${format}\n${codingOf(headers['accept-encoding'])}`;
      const etag = `W/"${revision}-${variantOf(key)}"`;
      const { res } = ctx;
      res.setHeader('ETag', etag);
      res.setHeader('Cache-Control', viewer.account === null ? 'public, no-cache' : 'private, no-cache');
      setVary(res, VARY);
      const condition = headers['if-none-match'];
      if (condition === undefined || !matches(condition, etag)) return false;
      if (ctx.method !== 'GET' && ctx.method !== 'HEAD') return false;
      ctx.status = 304;
      return true;
    },
  };
}
