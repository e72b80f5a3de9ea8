// Queries that nobody means well with: every one is answered with rows or with an error of the caller, soon, and the server goes on.
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { AppError } from '../../../src/model/errors.ts';
import { parseQuery } from '../../../src/protocols/tabledap/query.ts';
import { dataApp } from '../../fixtures/data-app.ts';
import { ask } from './client.ts';

const test = suite('tabledap, hostile queries');
const { server } = dataApp();

const variable = fc.constantFrom(
  'time',
  'value',
  'record',
  'samples',
  'latitude',
  's.time',
  's',
  'nope',
  '__proto__',
  'constructor',
  '',
);
const value = fc.oneof(
  fc.constantFrom(
    'now-7days',
    'max(time)-1day',
    'min(record)',
    'max(nope)',
    'now+999999999999years',
    'NaN',
    '1e999',
    '-0',
    '2024-02-30',
    '"\\u0000"',
    '"(a+)+$"',
    '"[',
    'now-1e9months',
    '%',
    '%00',
    '+',
    '9999999999999999999',
    '"Be-7"',
    '0x10',
  ),
  fc.string({ maxLength: 12 }),
);
const operator = fc.constantFrom('=', '!=', '=~', '<', '<=', '>', '>=', '==', '=>');
const call = fc
  .tuple(
    fc.constantFrom(
      'orderBy',
      'orderByMean',
      'orderByLimit',
      'orderByClosest',
      'orderByMax',
      'orderByMinMax',
      'distinct',
      'units',
      'toString',
      'orderByCount',
    ),
    fc.constantFrom(
      '',
      '"time"',
      '"time/1day"',
      '"record,time/0"',
      '"time/1month:3"',
      '"record,5"',
      '"time/1e5"',
      '"value/0.1:0.05"',
      '",,"',
      '"record,99999999999"',
      'time',
    ),
  )
  .map(([name, argument]) => `${name}(${argument})`);
const graphic = fc.constantFrom(
  '.draw=lines',
  '.size=100|100',
  '.size=-1|x',
  '.yRange=1|0',
  '.yRange=0|10||Log',
  '.color=0xFFFFFF',
  '.',
  '.x=|',
);
const part = fc.oneof(
  fc.tuple(variable, operator, value).map((parts) => parts.join('')),
  call,
  graphic,
  fc.string({ maxLength: 10 }),
);
const query = fc
  .tuple(
    fc.array(variable, { maxLength: 4 }).map((names) => names.join(',')),
    fc.array(part, { maxLength: 4 }),
  )
  .map(([names, parts]) => [names, ...parts].join('&'));

test('the parser gives a query or an error with the parts that are wrong', () => {
  fc.assert(
    fc.property(query, (text) => {
      try {
        parseQuery(encodeURIComponent(text));
      } catch (error) {
        assert.instance(error, AppError);
        assert.ok((error as AppError).faults.length > 0);
      }
    }),
    { numRuns: 2000 },
  );
});

test('the server answers each of them, and none with a fault of its own', async () => {
  const types = fc.constantFrom(
    'csv',
    'json',
    'nc',
    'ncCF',
    'htmlTable',
    'das',
    'dods',
    'geoJson',
    'svg',
    'tsv',
    'html',
  );
  const sets = fc.constantFrom('copdd', 'lidar', 'rayonnement', 'airborne', 'dynvolc', 'voldorad');
  await fc.assert(
    fc.asyncProperty(sets, types, query, async (set, type, text) => {
      const { status, text: body } = await ask(server, `tabledap/${set}.${type}?${encodeURIComponent(text)}`);
      assert.ok([200, 400, 404, 413].includes(status), `${status} ${set}.${type}?${text}\n${body.slice(0, 500)}`);
    }),
    { numRuns: 250, interruptAfterTimeLimit: 20_000 },
  );
});

test('searches and lists too', async () => {
  const addresses = [
    'search/index.json?page=0',
    'search/advanced.csv?minLon=east',
    'search/advanced.csv?minTime=x',
    'search/index.csv?page=9999999',
    'info/%2e%2e/index.csv',
    'categorize/__proto__/index.csv',
    'categorize/institution/%E9/index.csv',
    'tabledap/index.nc',
    'tabledap/copdd.',
    'tabledap/.csv',
    'info/copdd/index.toString',
    'tabledap/copdd.constructor?time',
  ];
  for (const address of addresses) {
    const { status } = await ask(server, address);
    assert.ok(status >= 400 && status < 500, `${status} ${address}`);
  }
});

test.run();
