// The catalogue of processes: what an addition costs, what each says of itself, and that its example can be executed as it is.
import { readdirSync, readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ECHO_PROCESSES, PROCESSES } from '../../../src/processing/registry.ts';
import { runHere } from '../../fixtures/run-process.ts';

const test = suite('process catalogue');
const folder = new URL('../../../src/processing/', import.meta.url);
const all = [...PROCESSES, ...ECHO_PROCESSES].map(({ description }) => description);

test('a process is one file and one line of the registry', () => {
  const files = readdirSync(new URL('processes/', folder)).filter((file) => file.endsWith('.ts'));
  const registry = readFileSync(new URL('registry.ts', folder), 'utf8');
  assert.is(files.length, all.length);
  for (const file of files) assert.is(registry.split(`./processes/${file}`).length, 2, file);
  // Nothing else of the product names a process file.
  const others = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts') && !file.startsWith('processes/') && file !== 'registry.ts')
    .filter((file) => /'[./]*processes\/\w/.test(readFileSync(new URL(file, folder), 'utf8')));
  assert.equal(others, []);
});

test('ids are unique, also for clients that make names of them', () => {
  const names = all.flatMap(({ id, aliases }) => [id, ...aliases]).map((id) => id.replace(/[-_]/g, '_'));
  assert.is(new Set(names).size, names.length);
  for (const { id, inputs, outputs } of all) {
    const ports = inputs.map((input) => input.id.replace(/[-_]/g, '_'));
    assert.is(new Set(ports).size, ports.length, id);
    assert.not(ports.includes('output_formats'), id);
    assert.ok(outputs.length > 0, id);
  }
});

test('everything has words in both languages', () => {
  for (const process of all) {
    for (const part of [process, ...process.inputs, ...process.outputs]) {
      for (const words of [part.title, part.abstract]) assert.ok(words.en && words.fr, `${process.id} ${part.id}`);
    }
  }
});

/** Keywords of a schema as OpenAPI 3.0 has them, and what the standard adds for content. */
const KEYWORDS = new Set(
  'type format enum default minimum maximum maxLength items oneOf allOf $ref contentMediaType contentEncoding contentSchema'.split(
    ' ',
  ),
);

test('schemas are those of OpenAPI 3.0', () => {
  const check = (schema: object, where: string): void => {
    for (const [keyword, value] of Object.entries(schema)) {
      assert.ok(KEYWORDS.has(keyword), `${where}: ${keyword}`);
      if (keyword === 'type') assert.type(value, 'string', where);
      if (keyword === 'items') check(value, where);
      if (keyword === 'oneOf' || keyword === 'allOf') for (const branch of value) check(branch, where);
    }
  };
  for (const { id, inputs, outputs } of all)
    for (const port of [...inputs, ...outputs]) check(port.schema, `${id} ${port.id}`);
});

for (const process of all) {
  test(`the example of ${process.id} gives what it says`, async () => {
    const made = await runHere(process.id, process.example);
    const outputs = Object.keys(made);
    assert.ok(outputs.length > 0);
    for (const output of outputs) assert.ok(process.outputs.some(({ id }) => id === output));
  });
}

test.run();
