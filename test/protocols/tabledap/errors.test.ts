// What is wrong is told as ERDDAP tells it, all of it at once; what may not be seen is not there; conditional and HEAD requests.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { dataApp } from '../../fixtures/data-app.ts';
import { ask } from './client.ts';

const test = suite('tabledap errors');
const { server, asked, change } = dataApp();
const login = { Authorization: `Basic ${Buffer.from('registered:x').toString('base64')}` };

async function messageOf(query: string, status: number): Promise<string> {
  const { status: given, text, headers } = await ask(server, query);
  assert.is(given, status, text);
  assert.is(headers['content-type'], 'text/plain;charset=UTF-8');
  assert.is(headers['access-control-allow-origin'], '*');
  const match = /^Error \{\n {4}code=(\d+);\n {4}message="(.*)";\n\}\n$/s.exec(text);
  assert.is(match?.[1], String(status), text);
  return match?.[2] ?? '';
}

test('no row is 404 with the words that clients look for', async () => {
  assert.match(
    await messageOf('tabledap/copdd.csv?time&time>2030-01-01', 404),
    /^Not Found: Your query produced no matching results\. \(nRows = 0\)/,
  );
  for (const type of ['json', 'nc', 'png', 'dods', 'htmlTable', 'geoJson?longitude,latitude'])
    await messageOf(`tabledap/copdd.${type}${type.includes('?') ? '' : '?time'}&time>2030-01-01`, 404);
});

test('everything that is wrong is told at once', async () => {
  const message = await messageOf(
    'tabledap/copdd.csv?nope,time&valu>3&value>abc&time>yesterday&time>now-3parsecs&orderByFoo("time")&record=~"(a"',
    400,
  );
  for (const part of [
    'there is no variable nope',
    'there is no variable valu',
    'value is a number',
    'time>yesterday: is no time',
    'time>now-3parsecs',
    'there is no function orderByFoo',
    'regular expression',
  ])
    assert.match(message, part);
  assert.match(message, 'Bad Request: Query error: ');
  assert.match(message, 'there are: record, time, time_end, value, samples, latitude, longitude, altitude');
});

test('parts that are no constraint, bad quotes, bad encoding, too long', async () => {
  assert.match(await messageOf('tabledap/copdd.csv?time&gibberish', 400), 'gibberish: is not understood');
  assert.match(await messageOf('tabledap/rayonnement.csv?isotope&isotope=%22x', 400), 'is not well quoted');
  assert.match(await messageOf('tabledap/copdd.csv?time%26value%zz', 400), 'malformed percent-encoding');
  assert.match(await messageOf(`tabledap/copdd.csv?time&value>${'1'.repeat(9000)}`, 414), '8192');
  assert.match(
    await messageOf('tabledap/copdd.csv?time&orderBy("value")', 400),
    'value is not among the requested variables: time',
  );
  assert.match(await messageOf('tabledap/copdd.csv?time&orderByClosest("time")', 400), 'needs an interval');
  assert.match(await messageOf('tabledap/copdd.csv?value&value>max(value)-1', 400), 'the range of value is not known');
  assert.match(await messageOf('tabledap/copdd.geoJson?value', 400), 'longitude and latitude');
  assert.match(await messageOf('tabledap/copdd.png?time,value&.size=9999|1', 400), '.size');
});

test('types and data sets that there are not', async () => {
  assert.match(await messageOf('tabledap/copdd.xlsx?time', 400), '.xlsx: is no type of answer');
  assert.match(
    await messageOf('tabledap/nothing.csv?time', 404),
    'Currently unknown datasetID=nothing; there are: airborne',
  );
  await messageOf('info/nothing/index.csv', 404);
  await messageOf('info/copdd/index.nc', 400);
});

test('refused data are not among the rows, and asked alone are refused', async () => {
  const count = async (query: string, headers = {}) =>
    (await ask(server, `tabledap/${query}`, headers)).text.trimEnd().split('\n').length;
  const everybody = await count('copdd.csv0?record');
  const refused = await count('copdd.csv0?record&record=13', login);
  assert.ok(refused > 0);
  assert.is(await count('copdd.csv0?record', login), everybody + refused);
  assert.is((await ask(server, 'tabledap/copdd.csv0?record&record=13')).status, 401);
  const records = async (headers: { readonly [name: string]: string }) =>
    /actual_range,int,"([^"]*)"/.exec((await ask(server, 'info/copdd/index.csv', headers)).text)?.[1];
  assert.equal([await records({}), await records(login)], ['11, 12', '11, 13']);
});

test('HEAD says what GET would; the same answer is not sent twice; the present is never the same', async () => {
  const head = await ask(server, 'tabledap/copdd.csv?time,value', {}, 'head');
  assert.equal([head.status, head.bytes.length, head.headers['content-type']], [200, 0, 'text/csv;charset=UTF-8']);
  const { headers } = await ask(server, 'tabledap/copdd.csv?time,value&record=11');
  const condition = { 'If-None-Match': headers.etag ?? '' };
  const before = asked.length;
  assert.is((await ask(server, 'tabledap/copdd.csv?time,value&record=11', condition)).status, 304);
  assert.is(asked.length, before);
  change();
  assert.is((await ask(server, 'tabledap/copdd.csv?time,value&record=11', condition)).status, 200);
  assert.is((await ask(server, 'tabledap/copdd.csv?time,value&time<now-1day')).headers.etag, undefined);
});

test.run();
