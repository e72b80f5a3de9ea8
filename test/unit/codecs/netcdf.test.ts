// NetCDF: what we write is read by netcdfjs value by value, packs and types are kept, broken files are named by byte.
import { NetCDFReader } from 'netcdfjs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { duration } from '../../../src/formats/codecs/acdd-write.ts';
import { cfTime } from '../../../src/formats/codecs/cf-time.ts';
import { netcdf3 } from '../../../src/formats/codecs/netcdf3.ts';
import { netcdf4 } from '../../../src/formats/codecs/netcdf4.ts';
import { bytesInMemory } from '../../../src/model/byte-source.ts';
import { NO_METADATA, type Table } from '../../../src/model/table.ts';
import { bytesOf, differences, gathered, metadataDifferences, there } from '../../fixtures/table-differences.ts';
import { radarTable, START, series } from '../../fixtures/test-table.ts';

const test = suite('NetCDF');
const options = { now: Date.parse('2024-06-01T00:00:00Z'), fileName: 'a.nc', language: 'en' as const };
const write3 = (table: Table) => bytesOf(there(netcdf3.write?.(table, options)));
const read3 = (bytes: Uint8Array) =>
  netcdf3.read?.(bytesInMemory(bytes, 'a.nc')) ?? Promise.reject(new Error('no reader'));
const faultOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no fault',
    (error: Error) => error.message,
  );

test('netcdfjs reads what we write', async () => {
  const reader = new NetCDFReader(new Uint8Array(await write3(radarTable())));
  assert.is(reader.version, 'classic format');
  assert.is(reader.recordDimension.length, 10);
  assert.is(reader.getAttribute('Conventions'), 'CF-1.8, ACDD-1.3');
  assert.equal(
    reader.getDataVariable('time'),
    Array.from({ length: 10 }, (_, n) => 10 * n),
  );
  // It takes the padding of two bytes for a value.
  assert.equal(
    reader
      .getDataVariable('pulses')
      .slice(0, 3)
      .map((pair) => (pair as unknown as number[])[0]),
    [100, -1, 102],
  );
  const fill = 9.969209968386869e36;
  assert.equal(reader.getDataVariable('power').slice(0, 2), [
    [0, fill, 0],
    [1, 1.5, -1],
  ]);
  assert.equal(reader.getDataVariable('gate'), [150, 300, 450]);
  const types = Object.fromEntries(reader.variables.map(({ name, type }) => [name, type]));
  assert.is(types.pulses, 'short');
  assert.is(types.power, 'float');
  assert.is(types.temperature, 'double');
  const temperature = reader.variables.find(({ name }) => name === 'temperature');
  const attributes = Object.fromEntries(
    (temperature?.attributes ?? []).map(({ name, value }: { name: string; value: unknown }) => [name, value]),
  );
  assert.is(attributes.coordinates, 'lat lon alt station_name');
  assert.is(attributes.ancillary_variables, 'quality');
  assert.is(attributes._FillValue, 999.9);
});

test('both formats give back every value and every word', async () => {
  const table = radarTable(50, 7);
  const again = await read3(await write3(table));
  assert.equal([...(await differences(table, again)), ...metadataDifferences(table, again)], []);
  const source = bytesInMemory(await bytesOf(there(netcdf4.write?.(table, options))), 'a.nc4');
  const fourth = there(await netcdf4.read?.(source));
  assert.equal([...(await differences(table, fourth)), ...metadataDifferences(table, fourth)], []);
  await fourth.close?.();
});

test('a single record variable of two bytes is not padded', async () => {
  const { columns, chunks } = radarTable(5, 5);
  const one: Table = {
    ...radarTable(5, 5),
    columns: columns.filter(({ name }) => name === 'pulses'),
    dimensions: [],
    fixed: [],
    axis: null,
    metadata: NO_METADATA,
    async *chunks() {
      for await (const chunk of chunks()) yield { rows: chunk.rows, values: [chunk.values[2] ?? []] };
    },
  };
  const bytes = await write3(one);
  const tail = Buffer.from(bytes).subarray(-10);
  assert.equal(
    [0, 2, 4, 6, 8].map((at) => tail.readInt16BE(at)),
    [100, -1, 102, 103, 104],
  );
  assert.equal(await differences(one, await read3(bytes)), []);
});

test('time with bounds: the middle of each sample, and both ends again', async () => {
  const ends = { ...series([0, 60, 120], { co2: [1, 2, 3] }), axis: { column: 'time', end: 'end' } };
  const [time, co2] = ends.columns;
  assert.ok(time && co2);
  const table: Table = {
    ...ends,
    columns: [
      { ...time, unit: 'seconds since 1970-01-01 00:00:00 UTC' },
      { ...time, name: 'end', standardName: null, unit: 'seconds since 1970-01-01 00:00:00 UTC' },
      co2,
    ],
    async *chunks() {
      for await (const { rows, values } of ends.chunks()) {
        yield {
          rows,
          values: [values[0] ?? [], (values[0] as Float64Array).map((at) => at + 60_000), values[1] ?? []],
        };
      }
    },
  };
  const bytes = await write3(table);
  assert.equal(new NetCDFReader(new Uint8Array(bytes)).getDataVariable('time').slice(0, 2), [
    START / 1000 + 30,
    START / 1000 + 90,
  ]);
  assert.equal(await differences(table, await read3(bytes)), []);
});

test('packed values are unpacked, bytes have signs, a stream of unknown length is read to its end', async () => {
  const bytes = Buffer.from(await write3(series([0, 1, 2, 3], { a: [1, 2, 3, 4] })));
  const streamed = Buffer.from(bytes);
  streamed.writeUInt32BE(0xffffffff, 4);
  assert.is((await gathered(await read3(streamed))).rows, 4);
});

test('types grow where values need it', async () => {
  const table = radarTable(4, 4);
  const wide: Table = {
    ...table,
    async *chunks() {
      for await (const { rows, values } of table.chunks())
        yield {
          rows,
          values: values.map((v, n) => (n === 2 ? Float64Array.of(1, 40_000, Number.NaN, 3_000_000_000) : v)),
        };
    },
  };
  const again = await read3(await write3(wide));
  assert.equal(Array.from((await gathered(again)).values[2] as Float64Array, String), [
    '1',
    '40000',
    'NaN',
    '3000000000',
  ]);
});

test('an empty table is a file without rows', async () => {
  const again = await read3(await write3(series([], { a: [] })));
  assert.is(again.rows, 0);
  assert.equal(
    again.columns.map(({ name }) => name),
    ['time', 'a'],
  );
});

test('broken files are named by byte or part', async () => {
  const bytes = await write3(radarTable());
  assert.match(await faultOf(read3(bytes.subarray(0, 100))), /^byte 100: the file ends within its header/);
  assert.match(
    await faultOf(read3(bytes.subarray(0, bytes.length - 50))),
    /^byte \d+: the file ends before the values of/,
  );
  const tag = Buffer.from(bytes);
  tag.writeUInt32BE(99, 8);
  assert.match(await faultOf(read3(tag)), /^header: not a NetCDF classic file: wrong tag/);
  assert.match(await faultOf(read3(Buffer.from('CDF\u0005aaaaaaa'))), /^byte 3: NetCDF classic version 5 is not read/);
  const hdf5 = netcdf4.read?.(bytesInMemory(Buffer.from('\x89HDF\r\n\x1a\nnothing', 'latin1'), 'a.nc4'));
  assert.match(await faultOf(there(hdf5)), /^file: the HDF5 library cannot handle it/);
});

test('time units of CF', () => {
  const day = 86_400_000;
  assert.equal(cfTime('days since 1900-01-01 00:00:00 UTC', 'gregorian'), {
    origin: Date.parse('1900-01-01T00:00:00Z'),
    unit: day,
  });
  assert.equal(cfTime('seconds since 1904-01-01 00:00:00.000 00:00', undefined), {
    origin: Date.parse('1904-01-01T00:00:00Z'),
    unit: 1000,
  });
  assert.equal(cfTime('hours since 2000-1-1T12:30:00.5Z', 'standard'), {
    origin: Date.parse('2000-01-01T12:30:00.500Z'),
    unit: 3_600_000,
  });
  assert.equal(cfTime('minutes since 2000-01-01 00:00 +02:00', ''), {
    origin: Date.parse('1999-12-31T22:00:00Z'),
    unit: 60_000,
  });
  for (const other of ['months since 2000-01-01', 'seconds since 1-1-1970', 'days', 'furlongs since 2000-01-01'])
    assert.is(cfTime(other, undefined), null, other);
  assert.is(cfTime('days since 2000-01-01', '360_day'), null);
  assert.is(duration(day + 2 * 3_600_000), 'P1DT2H');
  assert.is(duration(0), 'PT0S');
});

test.run();
