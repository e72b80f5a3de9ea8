import { readdirSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { goldenDocuments } from './documents.ts';

const test = suite('golden answers of WPS');
const blessed = new URL('./blessed/', import.meta.url);

test('every answer is as blessed (npm run bless rewrites them)', async () => {
  const documents = await goldenDocuments();
  for (const [name, text] of documents) assert.fixture(text, readFileSync(new URL(name, blessed), 'utf8'), name);
  assert.equal(readdirSync(blessed).sort(), [...documents.keys()].sort());
});

test.run();
