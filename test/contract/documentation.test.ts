// The README's tables are true: every setting, every mounted address and every command stands there, and nothing else does.
// `npm run bless` rewrites the tables.
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { COMMANDS } from '../../src/cli/command.ts';
import { testApp } from '../fixtures/app.ts';
import { documentedAddresses, documentedSettings, README, tableOf } from '../fixtures/documentation.ts';

const documentation = suite('documentation');
const readme = readFileSync(README, 'utf8');

documentation('every setting has its line', () => {
  assert.equal(tableOf(readme, 'settings'), documentedSettings());
});

documentation('every mounted address has its line', async () => {
  const { app } = await testApp();
  assert.equal(tableOf(readme, 'addresses'), documentedAddresses(app.routes));
});

documentation('every command is described, by the README and by itself', async () => {
  for (const [name, load] of Object.entries(COMMANDS)) {
    assert.match(readme, new RegExp(`^\\| \`${name}\` \\| `, 'm'), name);
    const command = await load();
    assert.is(command.name, name);
    assert.ok(command.summary.length > 10, name);
  }
});

documentation.run();
