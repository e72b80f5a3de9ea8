import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ACCOUNT_NAME, viewerOf } from '../../../src/accounts/account.ts';
import { createAuthenticate } from '../../../src/accounts/authenticate.ts';
import { checkNewPassword, hashPassword, verifyPassword } from '../../../src/accounts/password.ts';
import { createThrottle } from '../../../src/accounts/throttle.ts';
import { AppError, SyntaxFault } from '../../../src/model/errors.ts';
import type { AccountRow } from '../../../src/storage/accounts.ts';

const PASSWORD = 'été à la montagne';

const passwords = suite('passwords');

passwords('argon2id with 19 MiB, and scrypt, each named in its hash', async () => {
  const argon2 = await hashPassword(PASSWORD);
  const scrypt = await hashPassword(PASSWORD, 'scrypt');
  assert.match(argon2, /^\$argon2id\$v=19\$m=19456,t=2,p=1\$/);
  assert.match(scrypt, /^\$scrypt\$ln=17,r=8,p=1\$/);
  for (const hash of [argon2, scrypt]) {
    assert.is(await verifyPassword(hash, PASSWORD), true);
    assert.is(await verifyPassword(hash, `${PASSWORD} `), false);
    assert.is(await verifyPassword(hash, ''), false);
  }
  assert.is.not(await hashPassword(PASSWORD, 'scrypt'), scrypt, 'each hash has its own salt');
  assert.is(await verifyPassword('$scrypt$nonsense', PASSWORD), false);
});

passwords('15 to 128 characters, of any kind', () => {
  for (const good of [PASSWORD, `${'a'.repeat(11)}bcde`, 'abcde'.repeat(25), '🌋🌊🌧️ᚠᛟ et les autres']) {
    assert.not.throws(() => checkNewPassword(good, 'reader'), good);
  }
  for (const bad of ['short', 'a'.repeat(20), 'abcde'.repeat(26), 'readerreaderreader', '']) {
    assert.throws(
      () => checkNewPassword(bad, 'reader'),
      (error: unknown) => error instanceof SyntaxFault,
      bad,
    );
  }
});

const throttling = suite('throttle');

throttling('free tries, then waits that double up to the longest, forgotten after a quiet time', () => {
  let now = 0;
  const throttle = createThrottle({ free: 2, longest: 60, clock: () => now });
  throttle.failed('a');
  throttle.failed('a');
  assert.is(throttle.wait('a'), 0);
  throttle.failed('a');
  assert.is(throttle.wait('a'), 2);
  assert.is(throttle.wait('b'), 0);
  throttle.failed('a');
  assert.is(throttle.wait('a'), 4);
  for (let i = 0; i < 40; i++) throttle.failed('a');
  assert.is(throttle.wait('a'), 60);
  now += 60_000 + 60_000;
  throttle.failed('a');
  assert.is(throttle.wait('a'), 0);
});

const login = suite('login');

function account(change: Partial<AccountRow> = {}): AccountRow {
  return {
    name: 'reader',
    password_hash: '',
    level: 1,
    services: null,
    groups: ['g'],
    administrator: false,
    created_at: '2025-01-01T00:00:00Z',
    disabled_at: null,
    ...change,
  };
}

const header = (name: string, password: string) => `Basic ${Buffer.from(`${name}:${password}`).toString('base64')}`;

async function setUp() {
  const hash = await hashPassword(PASSWORD);
  const state = { now: 0, row: account({ password_hash: hash }), reasons: [] as string[] };
  const authenticate = createAuthenticate({
    accounts: { find: async (name) => (name === state.row.name ? state.row : null) },
    clock: () => state.now,
    refused: (reason) => state.reasons.push(reason),
  });
  const codeOf = (authorization: string, address = 'x') =>
    authenticate(authorization, address).then(
      () => 'ok',
      (error: unknown) => (error instanceof AppError ? error.code : String(error)),
    );
  return { state, authenticate, codeOf };
}

login('the account’s level, services and groups become the viewer’s', async () => {
  const { authenticate } = await setUp();
  assert.equal(await authenticate(header('reader', PASSWORD), 'x'), {
    account: 'reader',
    metadataLevel: 2,
    dataLevel: 1,
    services: null,
    groups: ['g'],
    administrator: false,
  });
  const internal = viewerOf(account({ level: 3, services: ['oi2'] }));
  assert.equal([internal.metadataLevel, internal.dataLevel, internal.services], [3, 3, ['oi2']]);
});

login('a verified password is not hashed again for a minute, but the account is looked at each time', async () => {
  const { state, codeOf } = await setUp();
  assert.is(await codeOf(header('reader', PASSWORD)), 'ok');
  const started = performance.now();
  for (let i = 0; i < 50; i++) assert.is(await codeOf(header('reader', PASSWORD)), 'ok');
  assert.ok(performance.now() - started < 250, 'fifty logins took as long as hashes');
  state.row = account({ ...state.row, disabled_at: '2025-01-02T00:00:00Z' });
  assert.is(await codeOf(header('reader', PASSWORD)), 'unauthorized');
  state.row = account({ password_hash: await hashPassword('another long password') });
  assert.is(await codeOf(header('reader', PASSWORD)), 'unauthorized');
});

login('malformed headers are refused without a look at the table', async () => {
  const { state, codeOf } = await setUp();
  for (const bad of [
    '',
    'Basic',
    'Basic !!!',
    'Bearer x',
    header('', 'x'),
    `Basic ${'A'.repeat(5000)}`,
    'Basic AGE6Yg==',
  ]) {
    assert.is(await codeOf(bad), 'unauthorized', bad);
  }
  assert.is(state.reasons.filter((reason) => reason !== 'malformed').length, 0);
});

login('guessing is slowed down by address and by account, many tries at once too', async () => {
  const { state, codeOf } = await setUp();
  const tries = Array.from({ length: 30 }, () => codeOf(header('reader', 'wrong'), 'a'));
  const codes = await Promise.all(tries);
  assert.ok(codes.filter((code) => code === 'unauthorized').length <= 12, codes.join());
  assert.ok(codes.includes('too-many-requests'));
  assert.is(await codeOf(header('reader', PASSWORD), 'b'), 'too-many-requests');
  assert.is(await codeOf(header('other', 'wrong'), 'a'), 'too-many-requests');
  state.now += 1_000_000;
  assert.is(await codeOf(header('reader', PASSWORD), 'a'), 'ok');
});

login('names of accounts', () => {
  for (const good of ['reader', 'a.b_c-1@example.org']) assert.ok(ACCOUNT_NAME.test(good), good);
  for (const bad of ['', 'a:b', 'a b', '-a', 'é', 'a'.repeat(65), 'a\n']) assert.not.ok(ACCOUNT_NAME.test(bad), bad);
});

for (const tests of [passwords, throttling, login]) tests.run();
