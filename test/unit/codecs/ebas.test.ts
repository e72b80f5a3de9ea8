// EBAS NASA Ames 1.1: flags, names, header keys; what we write keeps every rule that NILU's reader enforces.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { subset } from '../../../src/data/tables/subset.ts';
import { ebas } from '../../../src/formats/codecs/ebas.ts';
import { flagText, flagValidity, validityOf } from '../../../src/formats/codecs/ebas-flags.ts';
import { csvCells } from '../../../src/formats/codecs/ebas-variables.ts';
import type { Table } from '../../../src/model/table.ts';
import { EBAS, textSource } from '../../fixtures/data-files.ts';
import { ebasFaults } from '../../fixtures/ebas-rules.ts';
import { bytesOf, gathered, there } from '../../fixtures/table-differences.ts';
import { series } from '../../fixtures/test-table.ts';

const test = suite('EBAS NASA Ames');
const options = { now: Date.parse('2024-03-15T08:00:00Z'), fileName: null, language: 'en' as const };
const read = (text: string) => ebas.read?.(textSource(text, 'a.nas')) ?? Promise.reject(new Error('no reader'));
const written = async (table: Table) => Buffer.from(await bytesOf(there(ebas.write?.(table, options)))).toString();
const faultOf = (work: Promise<unknown>) =>
  work.then(
    () => 'no fault',
    (error: Error) => error.message,
  );

test('columns, flags and metadata of the example', async () => {
  const table = await read(EBAS);
  assert.equal(
    table.columns.map(({ name, type }) => `${name} ${type}`),
    [
      'start_time time',
      'end_time time',
      'pressure number',
      'pressure_qc flags',
      'particle_number_concentration_amean number',
      'particle_number_concentration_perc8413 number',
      'numflag_2 flags',
    ],
  );
  assert.equal(table.columns[4]?.ancillary, ['numflag_2']);
  assert.equal(table.columns[5]?.ancillary, ['numflag_2']);
  assert.equal(table.metadata.station, {
    name: 'Puy de Dôme',
    latitude: 45.772223,
    longitude: 2.964886,
    elevation: 1465,
  });
  assert.is(table.metadata.licence, 'https://creativecommons.org/licenses/by/4.0/');
  assert.equal(
    table.metadata.creators.map(({ email }) => email),
    ['jane@example.org', 'john@example.org'],
  );
  const { values } = await gathered(table);
  assert.equal(values[6], [[], [999], [676], [110, 640]]);
  assert.is((values[0] as Float64Array)[1], Date.parse('2023-01-01T01:00:00Z'), 'six decimals of a day are the hour');
  assert.ok(Number.isNaN((values[4] as Float64Array)[1]));
});

test('the example is written letter by letter as it was', async () => {
  assert.equal((await written(await read(EBAS))).split('\n'), EBAS.split('\n'));
});

test('the rules find what they must find, and nothing in the example', () => {
  const broken = (from: string, to: string) => ebasFaults(EBAS.replace(from, to)).join('; ');
  assert.equal(ebasFaults(EBAS), []);
  assert.match(broken('0.041667\ndays', '0\ndays'), /DX 0 does not fit/);
  assert.match(broken('0.999000000', '0.000000000'), /missing value without flag/);
  assert.match(broken('0.676000000', '0.999000000'), /good value with missing flag/);
  assert.match(broken('0.676000000', '0.123000000'), /unknown flag 123/);
  assert.match(
    broken('"https://creativecommons.org/licenses/by/4.0/"', 'https://creativecommons.org'),
    /colon without quotes/,
  );
  assert.match(broken('Method ref:                   FR29L_cpc_method', 'Method ref:'), /Method ref is missing/);
  assert.match(broken('2023 01 01 2024 03 15', '2023 01 01 2024 03 16'), /RDATE/);
});

test('a part of a file keeps every rule: Startdate, Period code, DX, flags', async () => {
  const table = await read(EBAS);
  const time = { start: Date.parse('2023-01-01T01:00:00Z'), end: null };
  for (const variables of [null, ['particle_number_concentration_amean'], ['pressure']]) {
    const text = await written(subset(table, { time, box: null, variables }));
    assert.equal(ebasFaults(text), [], text);
    assert.match(text, /^Startdate: {20}20230101010000$/m);
    assert.match(text, /^Period code: {18}3h$/m);
  }
});

test('a gap makes DX 0', async () => {
  const lines = EBAS.split('\n');
  const text = await written(await read([...lines.slice(0, 70), ...lines.slice(71)].join('\n')));
  assert.is(text.split('\n')[7], '0');
  assert.equal(ebasFaults(text), []);
});

test('missing values get the flag 999, one by one where a shared flag column cannot say which', async () => {
  const text = EBAS.replace('1520.4 1833.0 0.000000000', '99999.9 1833.0 0.000000000').replace(
    '0.999000000',
    '0.000000000',
  );
  const out = await written(await read(text));
  assert.equal(ebasFaults(out), []);
  const lines = out.split('\n');
  assert.is(lines[9], '7');
  assert.match(out, /^numflag particle_number_concentration, no unit, Statistics=arithmetic mean$/m);
  assert.match(out, /^0\.000000 .* 99999\.9 0\.999000000 1833\.0 0\.000000000$/m);
});

test('what EBAS refuses is refused with the reason', async () => {
  assert.match(await faultOf(read(EBAS.replace('1 1 1 1 1 1', '1 1 1 0.1 1 1'))), /^line 11: scale factors are all 1/);
  assert.match(await faultOf(read(EBAS.replace('end_time of measurement', 'ozone'))), /^line 13: the first variable/);
  const two = EBAS.replace(
    '0.000000 0.041667 845.20 0.000 1520.4 1833.0 0.000000000',
    '0.000000 0.041667 845.20 0.000 1520.4',
  );
  assert.match(await faultOf(read(two).then(gathered)), /^line 70: 5 numbers instead of 7/);
  const wrong = EBAS.replace('0.676000000', '0.999000000');
  assert.match(
    await faultOf(read(wrong).then(written)),
    /row 3: the flag 999 says that the value is missing, but it is there/,
  );
  const bare = series([0, 3600, 7200], { ozone: [1, 2, 3] });
  assert.match(
    await faultOf(written(bare)),
    /keys that the table lacks: Station code, Matrix, Laboratory code, Instrument type, Instrument name, Method ref/,
  );
});

test('flags by validity', () => {
  assert.is(flagValidity(110), 'valid');
  assert.is(flagValidity(456), 'invalid');
  assert.is(flagValidity(980), 'missing');
  assert.is(flagValidity(900), 'hidden');
  assert.is(flagValidity(1), null);
  assert.is(validityOf([459]), 'invalid');
  assert.is(validityOf([459, 100]), 'valid', '100 overrides any invalid flag');
  assert.is(validityOf([100, 999]), 'missing');
  assert.is(flagText([459, 110], 3), '0.459110000');
  assert.is(flagText([], 1), '0.000');
});

test('cells of a header line with quotes', () => {
  assert.equal(csvCells('DE03L, Umwelt, , "Street 29, D-63225", '), ['DE03L', 'Umwelt', '', 'Street 29, D-63225', '']);
  assert.equal(csvCells(''), ['']);
});

test.run();
