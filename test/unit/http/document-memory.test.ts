// Documents are made once for each key and forgotten from the oldest on.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createDocumentMemory } from '../../../src/http/document-memory.ts';

const memory = suite('document memory');

memory('makes a document once, in UTF-8', () => {
  const documents = createDocumentMemory(10_000);
  let made = 0;
  const make = () => `é${++made}`;
  assert.is(documents.of('a', make).toString(), 'é1');
  assert.is(documents.of('a', make).toString(), 'é1');
  assert.is(documents.of('b', make).toString(), 'é2');
});

memory('forgets what was asked longest ago, and never keeps a large one', () => {
  const documents = createDocumentMemory(1000);
  const made: string[] = [];
  const ask = (key: string, size = 10) =>
    documents.of(key, () => {
      made.push(key);
      return 'x'.repeat(size);
    });
  for (let i = 0; i < 100; i++) ask(`k${i}`);
  ask('k0');
  ask('new');
  ask('k0');
  ask('k1');
  assert.equal(made.slice(100), ['new', 'k1']);
  ask('large', 11);
  ask('large', 11);
  assert.equal(made.slice(102), ['large', 'large']);
});

memory.run();
