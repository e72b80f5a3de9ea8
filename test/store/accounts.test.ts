import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createAccountStore } from '../../src/storage/accounts.ts';
import { testDatabase } from '../fixtures/database.ts';

const store = suite('table account');
const database = await testDatabase();
const accounts = createAccountStore(database);
const READER = {
  name: 'reader',
  password_hash: '$scrypt$x',
  level: 2,
  services: ['dynvolc', 'oi2'],
  groups: ['partners'],
  administrator: false,
};

store.after(async () => {
  await database.query(null, "DELETE FROM account WHERE name IN ('reader', 'other')");
});

store('what was added is found, once', async () => {
  assert.is(await accounts.add(READER), true);
  assert.is(await accounts.add({ ...READER, level: 3 }), false);
  const { created_at, ...found } = (await accounts.find('reader'))!;
  assert.equal(found, { ...READER, disabled_at: null });
  assert.match(created_at, /^\d{4}-\d\d-\d\d/);
  assert.is(await accounts.find('Reader'), null);
});

store('no services is not the same as all services', async () => {
  await accounts.add({ ...READER, name: 'other', services: null });
  assert.is((await accounts.find('other'))?.services, null);
  assert.equal(
    (await accounts.list()).map((account) => account.name).filter((name) => ['reader', 'other'].includes(name)),
    ['other', 'reader'],
  );
});

store('passwords are changed, accounts disabled and enabled; an unknown one is told', async () => {
  assert.is(await accounts.setPassword('reader', '$scrypt$y'), true);
  assert.is((await accounts.find('reader'))?.password_hash, '$scrypt$y');
  assert.is(await accounts.setDisabled('reader', true), true);
  const first = (await accounts.find('reader'))?.disabled_at;
  assert.type(first, 'string');
  await accounts.setDisabled('reader', true);
  assert.is((await accounts.find('reader'))?.disabled_at, first);
  await accounts.setDisabled('reader', false);
  assert.is((await accounts.find('reader'))?.disabled_at, null);
  assert.is(await accounts.setPassword('nobody', 'x'), false);
  assert.is(await accounts.setDisabled('nobody', true), false);
});

store('a level that there is not is refused by the table', async () => {
  let refused = '';
  await accounts.add({ ...READER, name: 'other-2', level: 4 }).catch((error: { code: string }) => {
    refused = error.code;
  });
  assert.is(refused, '23514');
});

store.run();
