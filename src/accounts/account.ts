// What an account may see: its row in the table becomes a Viewer.
import type { Viewer } from '../model/viewer.ts';
import type { AccountRow } from '../storage/accounts.ts';

/** Levels by name; the number is the highest authorization_ whose data the account may take. */
export const LEVELS = { registered: 1, partner: 2, internal: 3 } as const;
export type LevelName = keyof typeof LEVELS;

/** A name of 1 to 64 letters, digits and `. _ @ -`; never a colon, which ends the name in HTTP Basic (RFC 7617, 2). */
export const ACCOUNT_NAME = /^[A-Za-z0-9][A-Za-z0-9._@-]{0,63}$/;

export function viewerOf(account: Omit<AccountRow, 'password_hash' | 'created_at' | 'disabled_at'>): Viewer {
  const level = Math.max(0, Math.min(3, account.level)) as Viewer['dataLevel'];
  return {
    account: account.name,
    metadataLevel: level === 3 ? 3 : 2,
    dataLevel: level,
    services: account.services,
    groups: account.groups,
    administrator: account.administrator,
  };
}
