// Each encoding that loses nothing is shown to lose nothing, on our own files and, where they are there, on real ones of the field.
import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { codecNamed, readTable } from '../../../src/formats/codecs/codecs.ts';
import { type ByteSource, bytesInMemory } from '../../../src/model/byte-source.ts';
import type { Table } from '../../../src/model/table.ts';
import { EBAS, ICARTT, PLAIN, textSource } from '../../fixtures/data-files.ts';
import { bytesOf, differences, metadataDifferences } from '../../fixtures/table-differences.ts';
import { radarTable } from '../../fixtures/test-table.ts';

const test = suite('round trips');
const LOSSLESS = ['netcdf3', 'netcdf4', 'csv', 'json', 'covjson'];

/** What the table lacks or has otherwise after it was written and read again. */
async function trip(table: Table, format: string): Promise<readonly string[]> {
  const codec = codecNamed(format);
  const { read, write, companion, loses } = codec ?? {};
  if (!codec || !read || !write || !loses) throw new Error(`${format} is not read and written`);
  const options = { now: 0, fileName: `a.${codec.extension}`, language: 'en' as const };
  const bytes = await bytesOf(write(table, options));
  const beside = companion?.(table, options);
  const source: ByteSource = {
    ...bytesInMemory(bytes, options.fileName),
    beside: async (name) => (beside?.name === name ? bytesInMemory(Buffer.from(beside.text), name) : null),
  };
  const again = await read(source);
  const found = [
    ...(await differences(table, again)),
    ...metadataDifferences(table, again),
    ...loses(table).map(({ en }) => en ?? ''),
  ];
  await again.close?.();
  return found;
}

const ours: readonly (readonly [name: string, table: () => Promise<Table>])[] = [
  ['everything', async () => radarTable(23, 5)],
  ['NASA Ames', async () => (await readTable(textSource(PLAIN, 'a.na'))).table],
  ['EBAS', async () => (await readTable(textSource(EBAS, 'a.nas'))).table],
  ['ICARTT', async () => (await readTable(textSource(ICARTT, 'a.ict'))).table],
];
for (const [name, table] of ours) {
  for (const format of LOSSLESS) {
    test(`${name} through ${format}`, async () => {
      assert.equal(await trip(await table(), format), []);
    });
  }
}

const samples = fileURLToPath(new URL('../../../../shared/samples', import.meta.url));
const FOLDERS = ['nasa-ames', 'ebas-nasa-ames', 'icartt', 'netcdf-classic', 'netcdf4'];
/** File format indices other than 1001. */
const REFUSED = /nasa-ames\/(?:1010|2010|2110|2160|3010)\.na$/;
const files = existsSync(samples)
  ? FOLDERS.flatMap((folder) => readdirSync(`${samples}/${folder}`).map((file) => `${folder}/${file}`))
  : [];
if (files.length === 0) test.skip('real files of the field (their folder is not there)', () => {});
for (const file of files) {
  const source = () => bytesInMemory(readFileSync(`${samples}/${file}`), file.split('/').at(-1) ?? file);
  if (REFUSED.test(file)) {
    test(`${file} is refused by name and line`, async () => {
      const fault = await readTable(source()).then(
        () => null,
        (error: Error) => error.message,
      );
      assert.match(fault ?? '', /^line 1: NASA Ames file format index \d{4} \(\w.*\) is not read, only 1001$/);
    });
    continue;
  }
  test(`${file} through every format that loses nothing`, async () => {
    const { table } = await readTable(source());
    for (const format of LOSSLESS) assert.equal(await trip(table, format), [], format);
    await table.close?.();
  });
}

test.run();
