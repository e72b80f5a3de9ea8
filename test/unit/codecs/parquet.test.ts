// Parquet: another program's reader finds every value, over several row groups; rows with positions are GeoParquet.
import { parquetMetadata, parquetReadObjects } from 'hyparquet';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { icartt } from '../../../src/formats/codecs/icartt.ts';
import { parquet } from '../../../src/formats/codecs/parquet.ts';
import type { Table } from '../../../src/model/table.ts';
import { ICARTT, textSource } from '../../fixtures/data-files.ts';
import { bytesOf, there } from '../../fixtures/table-differences.ts';
import { radarTable, START, series } from '../../fixtures/test-table.ts';

const test = suite('Parquet');
const options = { now: 0, fileName: null, language: 'en' as const };
const write = async (table: Table): Promise<ArrayBuffer> =>
  new Uint8Array(await bytesOf(there(parquet.write?.(table, options)))).buffer;

test('every type of column, lists for inner dimensions and flags, null for what is missing', async () => {
  const rows = await parquetReadObjects({ file: await write(radarTable(6, 4)) });
  assert.is(rows.length, 6);
  assert.equal(rows[1], {
    time: new Date(START + 10_000),
    power: [1, 1.5, -1],
    pulses: null,
    mode: 'calm',
    quality: [640],
    temperature: 8.4,
  });
  assert.equal(rows[3]?.power, [3, null, -3]);
});

test('several row groups, and what the table says of itself in the footer', async () => {
  const count = 150_000;
  const values = Array.from({ length: count }, (_, n) => n / 8);
  const file = await write(
    series(
      values.map((_, n) => n),
      { a: values },
      4096,
    ),
  );
  const metadata = parquetMetadata(file);
  assert.is(Number(metadata.num_rows), count);
  assert.ok(metadata.row_groups.length >= 2, String(metadata.row_groups.length));
  const said = JSON.parse(metadata.key_value_metadata?.find(({ key }) => key === 'vobs')?.value ?? '{}');
  assert.equal(
    said.columns.map(({ name, unit }: { name: string; unit: string | null }) => [name, unit]),
    [
      ['time', null],
      ['a', 'm'],
    ],
  );
  const last = await parquetReadObjects({ file, rowStart: count - 1, rowEnd: count });
  assert.is(last[0]?.a, (count - 1) / 8);
});

test('a track is GeoParquet 1.1: points, longitude first', async () => {
  const table = there(await icartt.read?.(textSource(ICARTT, 'a.ict')));
  const file = await write(table);
  const geo = parquetMetadata(file).key_value_metadata?.find(({ key }) => key === 'geo')?.value ?? '';
  assert.equal(JSON.parse(geo), {
    version: '1.1.0',
    primary_column: 'geometry',
    columns: { geometry: { encoding: 'WKB', geometry_types: ['Point'] } },
  });
  const rows = await parquetReadObjects({ file });
  assert.equal(rows[0]?.geometry, { type: 'Point', coordinates: [3.1692, 45.7861] });
});

test('a whole number that the type cannot hold is refused', async () => {
  const table = radarTable(1, 1);
  const large: Table = {
    ...table,
    chunks: async function* () {
      for await (const { rows, values } of table.chunks())
        yield { rows, values: values.map((v, n) => (n === 2 ? Float64Array.of(3e9) : v)) };
    },
  };
  const fault = await write(large).then(
    () => 'no fault',
    (error: Error) => error.message,
  );
  assert.match(fault, /^pulses: 3000000000 does not fit in 32 bits/);
});

test.run();
