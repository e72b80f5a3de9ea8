// 500 broken files of every format that is read, more of real files where they are there, and files that promise too much. Each is read or
// refused with its place; none crashes, hangs or eats memory.
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { CODECS, codecNamed } from '../../../src/formats/codecs/codecs.ts';
import { breakAndRead, refusalOf } from '../../fixtures/broken-files.ts';
import { CSV, EBAS, ICARTT, PLAIN } from '../../fixtures/data-files.ts';
import { bytesOf, there } from '../../fixtures/table-differences.ts';
import { radarTable } from '../../fixtures/test-table.ts';

const test = suite('broken files');
const options = { now: 0, fileName: 'a', language: 'en' as const };
const MOST_MEMORY = 400 * 1024 * 1024;

const written = async (format: string) => bytesOf(there(codecNamed(format)?.write?.(radarTable(40, 9), options)));
const FILES: readonly (readonly [format: string, name: string, bytes: () => Promise<Uint8Array>, count: number])[] = [
  ['nasa-ames', 'a.na', async () => Buffer.from(PLAIN), 70],
  ['ebas', 'a.nas', async () => Buffer.from(EBAS), 70],
  ['icartt', 'a.ict', async () => Buffer.from(ICARTT), 70],
  ['csv', 'a.csv', async () => Buffer.from(CSV), 40],
  ['json', 'a.json', () => written('json'), 40],
  ['ndjson', 'a.ndjson', () => written('ndjson'), 30],
  ['covjson', 'a.covjson', () => written('covjson'), 40],
  ['netcdf3', 'a.nc', () => written('netcdf3'), 80],
  ['netcdf4', 'a.nc4', () => written('netcdf4'), 60],
];

test('every format that is read is among them, 500 files in all', () => {
  assert.equal(
    FILES.map(([format]) => format).sort(),
    CODECS.filter(({ read }) => read !== undefined)
      .map(({ id }) => id)
      .sort(),
  );
  assert.is(
    FILES.reduce((sum, [, , , count]) => sum + count, 0),
    500,
  );
});

for (const [index, [, name, bytes, count]] of FILES.entries()) {
  test(`${count} files made of ${name}`, async () => {
    const { read, refused } = await breakAndRead(name, await bytes(), count, 1000 + index);
    assert.is(read + refused, count);
    assert.ok(refused > count / 10, `${refused} of ${count} refused`);
  });
}

const samples = fileURLToPath(new URL('../../../../shared/samples', import.meta.url));
const FOLDERS = ['nasa-ames', 'ebas-nasa-ames', 'icartt', 'netcdf-classic', 'netcdf4'];
/** Larger ones take too long to be broken often. */
const LARGEST = 400_000;
const real = existsSync(samples)
  ? FOLDERS.flatMap((folder) => readdirSync(`${samples}/${folder}`).map((file) => join(samples, folder, file))).filter(
      (path) => readFileSync(path).length <= LARGEST,
    )
  : [];
if (real.length === 0) test.skip('real files of the field (their folder is not there)', () => {});
for (const [index, path] of real.entries()) {
  const name = path.split('/').at(-1) ?? path;
  test(`10 files made of ${name}`, async () => {
    const { read, refused } = await breakAndRead(name, readFileSync(path), 10, 5000 + index);
    assert.is(read + refused, 10);
  });
}

/** A file of 2 kB with a thousand million numbers, none of which was ever written. */
async function hollowFile(): Promise<Buffer> {
  const library = await import('h5wasm/node');
  await library.ready;
  const folder = mkdtempSync(join(tmpdir(), 'vobs-hollow-'));
  const path = join(folder, 'hollow.nc');
  const file = new library.File(path, 'w');
  file
    .create_dataset({
      name: 'value',
      data: new Float64Array(10),
      shape: [10],
      maxshape: [null],
      chunks: [1000],
      compression: 'gzip',
    })
    .resize([1_000_000_000]);
  file.close();
  const bytes = readFileSync(path);
  rmSync(folder, { recursive: true });
  return bytes;
}

test('files that promise too much are refused before memory is taken', async () => {
  const classic = (...words: readonly number[]) => {
    const bytes = Buffer.alloc(4 + words.length * 4);
    bytes.write('CDF\u0001', 'latin1');
    for (const [n, word] of words.entries()) bytes.writeUInt32BE(word, 4 + n * 4);
    return bytes;
  };
  const claims: readonly (readonly [string, string | Buffer])[] = [
    ['a.na', '200001 1001\na\n'],
    ['a.na', `30 1001\n${'a\n'.repeat(4)}1 1\n2024 1 1 2024 1 1\n0\ntime (seconds)\n999999999\n`],
    ['a.na', '1'.repeat(9_000_000)],
    ['a.ict', ICARTT.replace('35, 1001', '999999999, 1001')],
    ['a.ict', ICARTT.replace('\n3\n', '\n99999999\n')],
    ['a.nas', EBAS.replace('\n49\n', '\n2000000000\n')],
    ['a.csv', `time,a\n2024-05-01,"${'x'.repeat(10_000_000)}`],
    ['a.csv', `time${',a'.repeat(2_000_000)}\n`],
    ['a.ndjson', `{"time":"${'1'.repeat(20_000_000)}`],
    ['a.json', '['.repeat(1_000_000)],
    ['a.json', `{"a":${'{"a":'.repeat(200_000)}`],
    ['a.covjson', `{"type":"Coverage","domain":${'['.repeat(500_000)}`],
    [
      'a.json',
      `{"axis":null,"dimensions":[{"name":"d","size":1e15}],"columns":[{"name":"a","type":"number","dimensions":["d"]}],"rows":[[[1]]]}`,
    ],
    [
      'a.covjson',
      '{"type":"Coverage","domain":{"axes":{"t":{"start":0,"stop":1,"num":9999999999}}},"parameters":{},"ranges":{}}',
    ],
    // Dimensions, attributes and variables without end, a record dimension of four thousand million records.
    ['a.nc', classic(0, 10, 0x7fffffff)],
    ['a.nc', classic(0, 0, 0, 12, 0xffffffff)],
    ['a.nc', classic(0, 0, 0, 0, 0, 11, 0x7fffffff)],
    ['a.nc', classic(0xfffffffe, 10, 1, 1, 0x78000000, 0, 0, 0, 11, 1, 1, 0x61000000, 1, 0, 0, 0, 6, 8, 80)],
    ['a.nc', classic(0, 10, 1, 1, 0x78000000, 0x7fffffff, 0, 0, 11, 1, 1, 0x61000000, 1, 0, 0, 0, 6, 0xfffffff8, 80)],
    ['a.nc', await hollowFile()],
  ];
  const before = process.memoryUsage().rss;
  for (const [n, [name, claim]] of claims.entries()) {
    const fault = await refusalOf(Buffer.from(claim as string), name, `claim ${n} (${name})`);
    assert.ok(fault !== null, `claim ${n} (${name}) was read`);
  }
  assert.ok(process.memoryUsage().rss - before < MOST_MEMORY, `${(process.memoryUsage().rss - before) / 1e6} MB`);
});

test.run();
