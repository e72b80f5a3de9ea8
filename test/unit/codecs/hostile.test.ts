// 500 broken files: cut, with turned bits, with absurd numbers. Each is read or refused with its place; none crashes, hangs or eats memory.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { codecNamed, readTable } from '../../../src/formats/codecs/codecs.ts';
import { bytesInMemory } from '../../../src/model/byte-source.ts';
import { FormatFault } from '../../../src/model/format-fault.ts';
import { CSV, EBAS, ICARTT, PLAIN } from '../../fixtures/data-files.ts';
import { bytesOf, there } from '../../fixtures/table-differences.ts';
import { radarTable } from '../../fixtures/test-table.ts';

const test = suite('broken files');
const options = { now: 0, fileName: 'a', language: 'en' as const };
const SLOWEST_MS = 5000;
const MOST_MEMORY = 400 * 1024 * 1024;

/** The same files in every run (Numerical Recipes' generator). */
function generator(seed: number): () => number {
  let state = seed;
  return () => {
    state = (Math.imul(state, 1664525) + 1013904223) >>> 0;
    return state / 2 ** 32;
  };
}

type Break = (bytes: Buffer, random: () => number) => Buffer;
const place = (bytes: Buffer, random: () => number, within = bytes.length) =>
  Math.floor(random() * Math.min(bytes.length, within));
const BREAKS: readonly Break[] = [
  (bytes, random) => bytes.subarray(0, place(bytes, random)),
  (bytes, random) => {
    for (let n = 0; n < 6; n++) {
      const at = place(bytes, random, 4000);
      bytes[at] = (bytes[at] ?? 0) ^ (1 << Math.floor(random() * 8));
    }
    return bytes;
  },
  (bytes, random) => {
    bytes.writeUInt32BE(
      random() < 0.5 ? 0x7fffffff : 0xfffffffe,
      Math.max(0, Math.min(place(bytes, random, 1500), bytes.length - 4)),
    );
    return bytes;
  },
  (bytes, random) => {
    const at = place(bytes, random);
    return Buffer.concat([bytes.subarray(0, at), Buffer.from('999999999'), bytes.subarray(at)]);
  },
  (bytes, random) => {
    const at = place(bytes, random);
    return Buffer.concat([bytes.subarray(0, at), bytes.subarray(place(bytes, random))]);
  },
];

async function readAll(bytes: Buffer, name: string): Promise<'read' | 'refused'> {
  const { table } = await readTable(bytesInMemory(bytes, name));
  try {
    for await (const chunk of table.chunks()) assert.ok(chunk.rows > 0);
    return 'read';
  } finally {
    await table.close?.();
  }
}

async function run(
  name: string,
  whole: Uint8Array,
  count: number,
  seed: number,
): Promise<{ read: number; refused: number }> {
  const random = generator(seed);
  const counts = { read: 0, refused: 0 };
  for (let n = 0; n < count; n++) {
    const broken = (BREAKS[n % BREAKS.length] as Break)(Buffer.from(whole), random);
    const started = Date.now();
    try {
      counts[await readAll(broken, name)]++;
    } catch (error) {
      assert.instance(error, FormatFault, `${name} ${n}: ${(error as Error).stack}`);
      assert.match(
        (error as Error).message,
        /^(?:line|byte) \d+: |^[\w .,:()[\]-]+: |^the format of this file/,
        `${name} ${n}`,
      );
      counts.refused++;
    }
    assert.ok(Date.now() - started < SLOWEST_MS, `${name} ${n} took ${Date.now() - started} ms`);
  }
  return counts;
}

const written = async (format: string) => bytesOf(there(codecNamed(format)?.write?.(radarTable(40, 9), options)));
const FILES: readonly (readonly [name: string, bytes: () => Promise<Uint8Array>, count: number])[] = [
  ['a.na', async () => Buffer.from(PLAIN), 70],
  ['a.nas', async () => Buffer.from(EBAS), 70],
  ['a.ict', async () => Buffer.from(ICARTT), 70],
  ['a.csv', async () => Buffer.from(CSV), 40],
  ['a.json', () => written('json'), 40],
  ['a.ndjson', () => written('ndjson'), 30],
  ['a.covjson', () => written('covjson'), 40],
  ['a.nc', () => written('netcdf3'), 80],
  ['a.nc4', () => written('netcdf4'), 60],
];

for (const [index, [name, bytes, count]] of FILES.entries()) {
  test(`${count} files made of ${name}`, async () => {
    const { read, refused } = await run(name, await bytes(), count, 1000 + index);
    assert.is(read + refused, count);
    assert.ok(refused > count / 10, `${refused} of ${count} refused`);
  });
}

test('headers that promise too much are refused before memory is taken', async () => {
  const before = process.memoryUsage().rss;
  const claims = [
    '200001 1001\na\n',
    `30 1001\n${'a\n'.repeat(4)}1 1\n2024 1 1 2024 1 1\n0\ntime (seconds)\n999999999\n`,
    `${'1'.repeat(9_000_000)}`,
    `{"axis":null,"dimensions":[{"name":"d","size":1e15}],"columns":[{"name":"a","type":"number","dimensions":["d"]}],"rows":[[[1]]]}`,
    '{"type":"Coverage","domain":{"axes":{"t":{"start":0,"stop":1,"num":9999999999}}},"parameters":{},"ranges":{}}',
  ];
  for (const claim of claims) {
    const fault = await readAll(Buffer.from(claim), 'a.na').then(
      () => null,
      (error: Error) => error,
    );
    assert.instance(fault, FormatFault, claim.slice(0, 40));
  }
  assert.ok(process.memoryUsage().rss - before < MOST_MEMORY);
});

test.run();
