import { readdirSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { goldenDocuments } from './documents.ts';

const test = suite('golden capabilities of CSW');
const blessed = new URL('./blessed/', import.meta.url);

for (const [name, text] of goldenDocuments()) {
  test(`${name} is as blessed (npm run bless rewrites it)`, () => {
    assert.fixture(text, readFileSync(new URL(name, blessed), 'utf8'));
  });
}

test('nothing is blessed that is not written', () => {
  assert.equal(readdirSync(blessed).sort(), [...goldenDocuments().keys()].sort());
});

test.run();
