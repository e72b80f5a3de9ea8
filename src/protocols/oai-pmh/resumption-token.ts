// resumptionToken (OAI-PMH 2.0, 3.5): the whole state of a list, signed, so that any server process can go on with it at any time. It holds
// the place behind the last record (keyset), not a number of records, so that nothing is lost or repeated when the catalogue changes.
import { createHmac, timingSafeEqual } from 'node:crypto';
import type { HarvestPlace } from '../../model/harvest.ts';

export interface ListState {
  readonly verb: 'ListRecords' | 'ListIdentifiers';
  readonly prefix: string;
  readonly set: string | null;
  /** Last second asked, RFC 3339 UTC. */
  readonly until: string | null;
  /** `YYYY-MM-DD`, of the first page. */
  readonly today: string;
  /** Revision of the catalogue at the first page. */
  readonly upto: string;
  readonly after: HarvestPlace;
  /** Records given so far. */
  readonly delivered: number;
  /** How many follow, and the revision at which they were counted. */
  readonly following: { readonly count: number; readonly revision: string };
}

const VERSION = 1;
const LONGEST = 2000;
const SIGNATURE_BYTES = 16;
const FORM = /^([\w-]+)\.([\w-]+)$/;

/** The viewer's scope is signed along and not written: what one viewer is given is none of another's business. */
function signatureOf(payload: string, scope: string, key: string): Buffer {
  return createHmac('sha256', key).update(`${scope}\n${payload}`).digest().subarray(0, SIGNATURE_BYTES);
}

/** Letters, digits, `-`, `_` and one `.`: nothing to encode in an address. */
export function printToken(state: ListState, scope: string, key: string): string {
  const { verb, prefix, set, until, today, upto, after, delivered, following } = state;
  const fields = [VERSION, verb, prefix, set, until, today, upto, after.datestamp, after.n];
  const payload = Buffer.from(JSON.stringify([...fields, delivered, following.count, following.revision]));
  const text = payload.toString('base64url');
  return `${text}.${signatureOf(text, scope, key).toString('base64url')}`;
}

/** null: not one of ours, altered, of another viewer, or of another version of the product. */
export function parseToken(text: string, scope: string, key: string): ListState | null {
  const [, payload = '', signature = ''] = text.length > LONGEST ? [] : (FORM.exec(text) ?? []);
  const given = Buffer.from(signature, 'base64url');
  if (given.length !== SIGNATURE_BYTES || given.toString('base64url') !== signature) return null;
  if (!timingSafeEqual(given, signatureOf(payload, scope, key))) return null;
  // Signed by us, so it has our form; only the version may be another.
  const [version, verb, prefix, set, until, today, upto, datestamp, n, delivered, count, revision] = JSON.parse(
    Buffer.from(payload, 'base64url').toString('utf8'),
  );
  if (version !== VERSION) return null;
  return { verb, prefix, set, until, today, upto, after: { datestamp, n }, delivered, following: { count, revision } };
}
