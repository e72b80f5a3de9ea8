import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { commaList, integer, oneOf, text } from '../../../src/http/parameter-kinds.ts';
import { describeParameters, parameterTable, type ReadOptions, readParameters } from '../../../src/http/parameters.ts';
import { AppError } from '../../../src/model/errors.ts';

const TABLE = parameterTable({
  words: { name: 'q', parse: text(20), doc: { en: 'Words', fr: 'Mots' } },
  count: { name: 'count', parse: integer(0, 100), default: 20, doc: { en: 'Entries', fr: 'Entrées' } },
  ids: { name: 'uid', parse: text(), repeatable: true, doc: { en: 'Identifiers' } },
  kind: { name: 'kind', aliases: ['type'], parse: oneOf(['a', 'b']), doc: { en: 'Kind' } },
  numbers: { name: 'numbers', parse: commaList(integer(1)), doc: { en: 'Numbers' } },
});
const LENIENT: ReadOptions = { unknown: 'ignore', emptyIsAbsent: true };

function faultsOf(query: string, options: ReadOptions = LENIENT, table = TABLE): { code: string; names: string[] } {
  try {
    readParameters(table, query, options);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    return { code: error.code, names: error.faults.map((fault) => fault.parameter) };
  }
  return { code: 'none', names: [] };
}

const reading = suite('parameters: values');

reading('gives each value by its property, typed, with defaults', () => {
  const values = readParameters(TABLE, 'q=a+b%20%C3%A9&uid=1&uid=2&numbers=3,,4&type=b', LENIENT);
  const count: number = values.count;
  const words: string | null = values.words;
  assert.equal([words, count, values.ids, values.kind, values.numbers], ['a b é', 20, ['1', '2'], 'b', [3, 4]]);
});

reading('an absent parameter is null, an empty list or its default', () => {
  const values = readParameters(TABLE, '', LENIENT);
  assert.equal(values, { words: null, count: 20, ids: [], kind: null, numbers: null });
});

reading('an empty value is an absent one only where asked', () => {
  assert.is(readParameters(TABLE, '?&&count=&q=%20'.slice(1), LENIENT).count, 20);
  assert.equal(faultsOf('count=', { unknown: 'ignore', emptyIsAbsent: false }).names, ['count']);
});

reading('+ is a blank or itself', () => {
  assert.is(readParameters(TABLE, 'q=a+b', { ...LENIENT, plus: 'plus' }).words, 'a+b');
});

reading('names in any case where asked', () => {
  assert.is(readParameters(TABLE, 'COUNT=3', { ...LENIENT, anyCase: true }).count, 3);
  assert.is(readParameters(TABLE, 'COUNT=3', LENIENT).count, 20);
});

reading('raw UTF-8 bytes of the request line are understood', () => {
  assert.is(readParameters(TABLE, `q=${Buffer.from('été').toString('latin1')}`, LENIENT).words, 'été');
});

reading('decoded pairs of a form are read by the same table', () => {
  assert.is(readParameters(TABLE, new URLSearchParams('q=a%26b'), LENIENT).words, 'a&b');
});

const faults = suite('parameters: faults');

faults('names every wrong parameter at once', () => {
  const { code, names } = faultsOf('count=-1&kind=c&q=%E0%A4%A&numbers=1,x&count%00=1&uid=%C0%AF');
  assert.is(code, 'invalid-parameter');
  assert.equal(names.sort(), ['count', 'count%00', 'kind', 'numbers', 'q', 'uid']);
});

faults('a parameter that stands twice where it may not', () => {
  assert.equal(faultsOf('count=1&count=2'), { code: 'invalid-parameter', names: ['count'] });
  assert.equal(faultsOf('kind=a&type=a').names, ['kind']);
});

faults('the name is told as the caller wrote it', () => {
  assert.equal(faultsOf('type=z').names, ['type']);
});

faults('unknown parameters are refused or ignored', () => {
  assert.is(faultsOf('colour=red').code, 'none');
  assert.equal(faultsOf('colour=red', { unknown: 'refuse', emptyIsAbsent: true }), {
    code: 'unknown-parameter',
    names: ['colour'],
  });
});

faults('a required parameter that is missing', () => {
  const table = parameterTable({ id: { name: 'id', parse: integer(1), required: true, doc: { en: 'Number' } } });
  assert.throws(
    () => readParameters(table, 'id=', LENIENT),
    (error: AppError) => error.code === 'missing-parameter' && error.faults[0]?.parameter === 'id',
  );
  assert.throws(
    () => readParameters(table, 'id=%zz', LENIENT),
    (error: AppError) => error.code === 'invalid-parameter' && error.faults.length === 1,
  );
});

faults('odd bytes are refused wherever they stand', () => {
  for (const query of ['q=%00', 'q=%ED%A0%80', 'q=%', 'q=%2', 'q=%zz', `q=${'\xe9'}`, 'other=%00']) {
    assert.is(faultsOf(query).code, 'invalid-parameter', query);
  }
});

faults('names of prototypes are names like others', () => {
  assert.is(faultsOf('__proto__=1&constructor=2').code, 'none');
  assert.equal(faultsOf('__proto__=1', { unknown: 'refuse', emptyIsAbsent: true }).names, ['__proto__']);
});

faults('integers in odd dress are refused', () => {
  for (const value of ['1e3', '0x10', '1.0', '9999999999999999999', '١٢', '--1', '1 2']) {
    assert.equal(faultsOf(`count=${encodeURIComponent(value)}`).names, ['count'], value);
  }
  assert.ok(Object.is(readParameters(TABLE, 'count=-0', LENIENT).count, 0));
});

const description = suite('parameters: description');

description('the table describes itself', () => {
  assert.equal(describeParameters(TABLE)[1], {
    name: 'count',
    in: 'query',
    required: false,
    description: 'Entries',
    schema: { type: 'string' },
  });
  const parse = (text: string) => text;
  const doc = { en: 'x' };
  const schemas = describeParameters({
    a: { name: 'a', parse, doc, minimum: 1, maximum: 5 },
    b: { name: 'b', parse, doc, options: ['x', 'y'], repeatable: true },
    c: { name: 'c', parse, doc, pattern: '^c$' },
    d: { name: 'd', parse, doc, minimum: 1, schema: { type: 'integer' } },
  }).map(({ schema, explode }) => [schema, explode]);
  assert.equal(schemas, [
    [{ type: 'number', minimum: 1, maximum: 5 }, undefined],
    [{ type: 'array', items: { type: 'string', enum: ['x', 'y'] } }, true],
    [{ type: 'string', pattern: '^c$' }, undefined],
    [{ type: 'integer' }, undefined],
  ]);
});

reading.run();
faults.run();
description.run();
