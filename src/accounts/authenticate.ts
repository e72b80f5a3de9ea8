// HTTP Basic (RFC 7617) → Viewer. The answer tells neither whether an account exists nor which part was wrong, in words or in time.
import { createHmac, randomBytes } from 'node:crypto';
import { AppError } from '../model/errors.ts';
import type { Viewer } from '../model/viewer.ts';
import type { AccountStore } from '../storage/accounts.ts';
import { viewerOf } from './account.ts';
import { hashPassword, verifyPassword } from './password.ts';
import { createThrottle } from './throttle.ts';

export interface AuthenticateOptions {
  readonly accounts: Pick<AccountStore, 'find'>;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Told of each refused login, for the log and the measurements; `reason` is one of a few words. */
  readonly refused?: (reason: 'malformed' | 'credentials' | 'throttled', address: string) => void;
}

interface Credentials {
  readonly name: string;
  readonly password: string;
}

/** How long a verified password need not be verified again. The account's row is read at every request all the same. */
const VERIFIED_FOR = 60_000;
const MOST_VERIFIED = 1000;

function readBasic(authorization: string): Credentials | null {
  const [, encoded] = /^basic +([A-Za-z0-9+/=_-]{1,1000})$/i.exec(authorization.trim()) ?? [];
  if (encoded === undefined) return null;
  const text = Buffer.from(encoded, 'base64').toString('utf8');
  const colon = text.indexOf(':');
  if (colon < 1 || text.includes('\0')) return null;
  return { name: text.slice(0, colon), password: text.slice(colon + 1) };
}

/** Remembers which password was verified against which stored hash, by a keyed digest; a changed hash is another key. */
function createVerified(clock: () => number) {
  const secret = randomBytes(32);
  const until = new Map<string, number>();
  const keyOf = (hash: string, { name, password }: Credentials) =>
    createHmac('sha256', secret)
      .update(JSON.stringify([hash, name, password]))
      .digest('base64');
  return {
    has: (hash: string, credentials: Credentials) => (until.get(keyOf(hash, credentials)) ?? 0) > clock(),
    add(hash: string, credentials: Credentials) {
      if (until.size >= MOST_VERIFIED) until.clear();
      until.set(keyOf(hash, credentials), clock() + VERIFIED_FOR);
    },
  };
}

/**
 * Gives a function of the Authorization header and the caller's address. It throws AppError `unauthorized` for wrong, unknown, disabled
 * or malformed credentials, and `too-many-requests` after repeated failures of the address or for the account.
 */
export function createAuthenticate(
  options: AuthenticateOptions,
): (authorization: string, address: string) => Promise<Viewer> {
  const { accounts, clock } = options;
  const verified = createVerified(clock);
  const throttle = createThrottle({ free: 10, longest: 900, clock });
  // Somebody who is unknown takes as long as somebody who is known.
  let decoy: Promise<string> | undefined;

  function refuse(reason: 'malformed' | 'credentials', address: string): never {
    options.refused?.(reason, address);
    throw new AppError('unauthorized');
  }

  function checkThrottle(keys: readonly string[], address: string): void {
    const seconds = Math.max(...keys.map((key) => throttle.wait(key)));
    if (seconds === 0) return;
    options.refused?.('throttled', address);
    throw new AppError('too-many-requests', {
      detail: { en: `try again in ${seconds} s`, fr: `réessayez dans ${seconds} s` },
    });
  }

  return async (authorization, address) => {
    const credentials = readBasic(authorization);
    if (credentials === null) return refuse('malformed', address);
    const account = await accounts.find(credentials.name);
    const usable = account !== null && account.disabled_at === null ? account : null;
    if (usable && verified.has(usable.password_hash, credentials)) return viewerOf(usable);

    const keys = [`address ${address}`, `account ${credentials.name}`];
    checkThrottle(keys, address);
    for (const key of keys) throttle.failed(key);
    decoy ??= hashPassword(randomBytes(16).toString('hex'));
    const matches = await verifyPassword(usable?.password_hash ?? (await decoy), credentials.password);
    if (!usable || !matches) return refuse('credentials', address);
    verified.add(usable.password_hash, credentials);
    for (const key of keys) throttle.forgive(key);
    return viewerOf(usable);
  };
}
