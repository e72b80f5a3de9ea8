// Statements of the table `account`.
import type { Queries } from './database.ts';

export interface AccountRow {
  readonly name: string;
  readonly password_hash: string;
  /** Highest authorization_ whose data the account may take: 0 to 3. */
  readonly level: number;
  /** Services whose internal records the account sees; null: all that its level allows. */
  readonly services: readonly string[] | null;
  readonly groups: readonly string[];
  readonly administrator: boolean;
  readonly created_at: string;
  readonly disabled_at: string | null;
}

export type NewAccount = Omit<AccountRow, 'created_at' | 'disabled_at'>;

export interface AccountStore {
  /** Disabled accounts too; null: none of this name. */
  find(name: string): Promise<AccountRow | null>;
  /** In order of name. */
  list(): Promise<readonly AccountRow[]>;
  /** false: the name is taken. */
  add(account: NewAccount): Promise<boolean>;
  /** false: there is no such account. */
  setPassword(name: string, passwordHash: string): Promise<boolean>;
  /** From now on its logins are refused, or accepted again; false: there is no such account. */
  setDisabled(name: string, disabled: boolean): Promise<boolean>;
}

const COLUMNS = 'name, password_hash, level, services, groups, administrator, created_at, disabled_at';
const FIND = `SELECT ${COLUMNS} FROM account WHERE name = $1`;
const LIST = `SELECT ${COLUMNS} FROM account ORDER BY name`;
const ADD = `INSERT INTO account (name, password_hash, level, services, groups, administrator)
VALUES ($1, $2, $3, $4, $5, $6) ON CONFLICT DO NOTHING RETURNING name`;
const SET_PASSWORD = 'UPDATE account SET password_hash = $2 WHERE name = $1 RETURNING name';
const SET_DISABLED = `UPDATE account SET disabled_at = CASE WHEN $2 THEN coalesce(disabled_at, now()) END
WHERE name = $1 RETURNING name`;

export function createAccountStore(queries: Queries): AccountStore {
  const touched = async (text: string, values: readonly unknown[]) =>
    (await queries.query(null, text, values)).length > 0;
  return {
    find: async (name) => (await queries.query<AccountRow>('account-find', FIND, [name]))[0] ?? null,
    list: () => queries.query<AccountRow>(null, LIST),
    add: ({ name, password_hash, level, services, groups, administrator }) =>
      touched(ADD, [name, password_hash, level, services, groups, administrator]),
    setPassword: (name, passwordHash) => touched(SET_PASSWORD, [name, passwordHash]),
    setDisabled: (name, disabled) => touched(SET_DISABLED, [name, disabled]),
  };
}
