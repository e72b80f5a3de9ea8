// Plain NASA Ames 1001: what real files do with the format, what is refused with which line, and writing it again.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { nasaAmes } from '../../../src/formats/codecs/nasa-ames.ts';
import { timeScaleOf } from '../../../src/formats/codecs/nasa-ames-time.ts';
import { numberAt } from '../../../src/formats/codecs/number-bytes.ts';
import { udunits } from '../../../src/formats/codecs/units.ts';
import { PLAIN, textSource } from '../../fixtures/data-files.ts';
import { bytesOf, differences, gathered, there } from '../../fixtures/table-differences.ts';

const test = suite('NASA Ames 1001');
const options = { now: 0, fileName: null, language: 'en' as const };
const read = (text: string) => nasaAmes.read?.(textSource(text, 'a.na')) ?? Promise.reject(new Error('no reader'));

async function faultOf(text: string): Promise<string> {
  try {
    await gathered(await read(text));
    return 'no fault';
  } catch (error) {
    return (error as Error).message;
  }
}

test('scales, missing values, wrapped records, Fortran numbers, CRLF and Ctrl-Z', async () => {
  const table = await read(PLAIN);
  assert.equal(
    table.columns.map(({ name, unit, type }) => [name, unit, type]),
    [
      ['time', 'seconds since 2024-05-01 00:00:00 UTC', 'time'],
      ['Ascent rate', 'm s-1', 'number'],
      ['Height', 'm', 'number'],
      ['Pressure', 'hPa', 'number'],
    ],
  );
  const { rows, values } = await gathered(table);
  assert.is(rows, 3);
  const ten = Date.parse('2024-05-01T10:00:00Z');
  assert.equal(
    values.map((list) => Array.from(list as Float64Array, String)),
    [
      [ten, ten + 10_000, ten + 20_000].map(String),
      ['4.4', 'NaN', '0.05'],
      ['30', '74', '105'],
      ['1017.6', '1012.5', 'NaN'],
    ],
  );
  assert.is(table.metadata.institution, 'Observatory, 63000 Exampleville');
  assert.is(table.metadata.creators.length, 2);
});

test('written again nothing is lost, header and scales included', async () => {
  const table = await read(PLAIN);
  const text = Buffer.from(await bytesOf(there(nasaAmes.write?.(table, options)))).toString();
  const again = await read(text);
  assert.equal(await differences(table, again), []);
  assert.is(text.split('\n')[10], '0.1 1 0.1');
  assert.is(text.split('\n').at(-2), '36020 0.5 105 1.E+08');
});

test('what is wrong is named with its line', async () => {
  const changed = (from: string, to: string) => PLAIN.replace(from, to);
  assert.match(
    await faultOf(changed('19 1001', '19 2110')),
    /^line 1: NASA Ames file format index 2110 \(two independent/,
  );
  assert.match(await faultOf(changed('19 1001', '20 1001')), /^line 1: 20 header lines are declared, but 19 follow/);
  assert.match(await faultOf(changed('19 1001', 'once upon')), /^line 1: not a NASA Ames file/);
  assert.match(await faultOf(changed('2024 05 01 2024', '2024 13 01 2024')), /^line 7: 2024 13 1 is not a day/);
  assert.match(
    await faultOf(changed('36000  44     30  10176', '36000 44 30')),
    /^line 21: more than 4 numbers instead of 4 .*begins in line 20/,
  );
  assert.match(await faultOf(changed('36010 -99  74', '36010 -99  seventy')), /^line 21: 'seventy' is not a number/);
  assert.match(
    await faultOf(changed('36020 .5', '36010 .5')),
    /^line 23: the independent variable does not increase: 36010 follows 36010/,
  );
  assert.match(await faultOf(PLAIN.slice(0, 200)), /^line \d+: the file ends within its header: 19 lines/);
  assert.match(await faultOf(`${PLAIN.slice(0, PLAIN.indexOf('36020'))}36020 .5`), /^line 23: 2 numbers instead of 4/);
});

test('a decreasing independent variable that is no time', async () => {
  const profile = PLAIN.replace('Time in UT seconds from 0000 hours on the data date', 'Pressure (hPa)')
    .replace('  36000', '  1000')
    .replace('36010', '900')
    .replace('36020', '800');
  const table = await read(profile);
  assert.is(table.columns[0]?.type, 'number');
  assert.is(table.columns[0]?.name, 'Pressure');
  assert.is(table.columns[3]?.name, 'Pressure_2');
  const { values } = await gathered(table);
  assert.equal(Array.from(values[0] as Float64Array), [1000, 900, 800]);
});

test('numbers are as exact as Number makes them', () => {
  const texts = [
    '0',
    '-0',
    '7',
    '007',
    '-9999.',
    '.5',
    '1.E+08',
    '4.50E-03',
    '0.1',
    '123456789012345',
    '1234567890123456789',
    '1e-320',
    '1e400',
    '3.14159265358979312',
    '9.96920996838687E36',
    '0.041667',
    '+5',
    '1.7976931348623157e308',
    '2.2250738585072014e-308',
  ];
  for (const text of texts) {
    const bytes = new TextEncoder().encode(` ${text} `);
    assert.ok(Object.is(numberAt(bytes, 1, bytes.length - 1), Number(text)), text);
  }
  const one = (text: string) => numberAt(new TextEncoder().encode(text), 0, text.length);
  assert.is(one('1.0D+03'), 1000);
  assert.ok(Number.isNaN(one('NaN')));
  for (const text of ['', '-', '.', '1e', '1e+', 'abc', '1.2.3', '1,2', '0x10', '--1'])
    assert.is(one(text), null, text);
});

test('names of the independent variable that are time, and those that are not', () => {
  const text = (name: string) => timeScaleOf(name, '2024-05-01')?.text ?? null;
  assert.is(text('Time (hours UT)'), 'hours since 2024-05-01 00:00:00 UTC');
  assert.is(text('days from file reference point'), 'days since 2024-05-01 00:00:00 UTC');
  assert.is(text('seconds since 1970-01-01 12:00'), 'seconds since 1970-01-01 12:00:00 UTC');
  assert.is(text('Day of year'), 'days since 2023-12-31 00:00:00 UTC');
  assert.is(text('Pressure (hPa)'), null);
  assert.is(text('Latitude (degrees)'), null);
});

test('units in the form of UDUNITS', () => {
  const pairs = {
    'ug/m3': 'ug m-3',
    '1/cm3': 'cm-3',
    '1/Mm': 'Mm-1',
    'deg C': 'degC',
    'no unit': '1',
    'nmol/mol': 'nmol mol-1',
    'ug C/m3': 'ug m-3',
    'm/s': 'm s-1',
    hPa: 'hPa',
    '%': '%',
    'mg N/l': 'mg l-1',
  };
  for (const [from, to] of Object.entries(pairs)) assert.is(udunits(from), to, from);
});

test.run();
