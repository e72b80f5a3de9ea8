// ICARTT: v1 and v2 are read, v2 is written; limits of detection become flags and numbers again.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { icartt } from '../../../src/formats/codecs/icartt.ts';
import { commentLines, ICARTT_KEYWORDS } from '../../../src/formats/codecs/icartt-keywords.ts';
import { ICARTT, textSource } from '../../fixtures/data-files.ts';
import { bytesOf, differences, gathered, there } from '../../fixtures/table-differences.ts';
import { series } from '../../fixtures/test-table.ts';

const test = suite('ICARTT');
const options = { now: 0, fileName: null, language: 'en' as const };
const read = (text: string) =>
  icartt.read?.(textSource(text, 'EX-CN_ATR42_20200625_R0.ict')) ?? Promise.reject(new Error('no reader'));
const faultOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no fault',
    (error: Error) => error.message,
  );

test('time goes on beyond midnight, position is found, limits become flags', async () => {
  const table = await read(ICARTT);
  assert.equal(
    table.columns.map(({ name, type, standardName }) => [name, type, standardName]),
    [
      ['Time_Start', 'time', 'time'],
      ['Latitude', 'number', 'latitude'],
      ['Longitude', 'number', 'longitude'],
      ['CN_conc', 'number', null],
      ['CN_conc_lod', 'flags', 'status_flag'],
    ],
  );
  assert.is(table.metadata.featureType, 'trajectory');
  assert.is(table.metadata.identifier, 'EX-CN_ATR42_20200625_R0');
  const { rows, values } = await gathered(table);
  assert.is(rows, 4);
  assert.is((values[0] as Float64Array)[2], Date.parse('2020-06-26T00:00:00Z'));
  assert.equal(Array.from(values[3] as Float64Array, String), ['5210.3', 'NaN', 'NaN', 'NaN']);
  assert.equal(values[4], [[], [], [2], [1]]);
});

test('written as v2 nothing is lost: keywords in their order, the values of the limits', async () => {
  const table = await read(ICARTT);
  const text = Buffer.from(await bytesOf(there(icartt.write?.(table, options)))).toString();
  assert.equal(await differences(table, await read(text)), []);
  const lines = text.trimEnd().split('\n');
  assert.is(lines[0], '35, 1001, V02_2016');
  assert.equal(
    lines.slice(17, 33).map((line) => line.split(':')[0]),
    [...ICARTT_KEYWORDS],
  );
  assert.equal(lines.slice(-4), [
    '86398, 45.7861, 3.1692, 5210.3',
    '86399, 45.7865, 3.1688, -9999',
    '86400, 45.7869, 3.1684, -8888',
    '86401, 45.7873, 3.168, -7777',
  ]);
});

test('version 1 is read: no version, names without blank', async () => {
  const old = ICARTT.replace('35, 1001, V02_2016', '35, 1001')
    .replace('Latitude, degrees_north, Platform_Latitude_InSitu_None', 'LATITUDE,degs')
    .replace('Longitude, degrees_east, Platform_Longitude_InSitu_None', 'LONGITUDE, degs');
  const table = await read(old);
  assert.equal(
    table.columns.slice(1, 3).map(({ name, unit, standardName }) => [name, unit, standardName]),
    [
      ['LATITUDE', 'degrees_north', 'latitude'],
      ['LONGITUDE', 'degrees_east', 'longitude'],
    ],
  );
});

test('faults name the line; what ICARTT must have is asked for', async () => {
  assert.match(
    await faultOf(read(ICARTT.replace('3.1688, -9999', '3.1688 -9999'))),
    /^line 37: a comma is missing before '-9999/,
  );
  assert.match(
    await faultOf(read(ICARTT.replace('86399, 45.7865,', '86399,,'))),
    /^line 37: a number is missing between two commas/,
  );
  assert.match(
    await faultOf(read(ICARTT.replace('35, 1001, V02', '35, 2110, V02'))),
    /^line 1: NASA Ames file format index 2110/,
  );
  const bare = series([0, 1], { a: [1, 2] });
  assert.match(
    await faultOf(bytesOf(there(icartt.write?.(bare, options)))),
    /keywords that the table lacks: UNCERTAINTY/,
  );
});

test('a missing value is smaller than every good one', async () => {
  const table = { ...series([0, 1, 2], { a: [-20_000, Number.NaN, 5] }) };
  const said = { ...table, metadata: { ...table.metadata, attributes: { icartt_uncertainty: '5 %' } } };
  const text = Buffer.from(await bytesOf(there(icartt.write?.(said, options)))).toString();
  assert.is(text.split('\n')[11], '-99999');
  assert.match(text, /^1, -99999$/m);
  assert.equal(commentLines({}).slice(0, 1), ['PI_CONTACT_INFO: N/A']);
});

test.run();
