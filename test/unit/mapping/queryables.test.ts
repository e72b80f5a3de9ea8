// The table of queryables: names of every dialect, fields of services, schemas.
import assert from 'node:assert/strict';
import { suite } from 'uvu';
import { COMMON_QUERYABLES } from '../../../src/mapping/queryable-table.ts';
import { createQueryables } from '../../../src/mapping/queryables.ts';
import { SORT_KEYS } from '../../../src/model/query.ts';
import { testMappings } from '../../fixtures/mappings.ts';

const test = suite('queryables');
const mappings = testMappings();
const queryables = createQueryables(mappings);

test('each alias leads to its property, in any case', () => {
  for (const { name, aliases } of COMMON_QUERYABLES)
    for (const alias of [name, ...aliases])
      for (const written of [alias, alias.toUpperCase(), alias.toLowerCase()])
        assert.equal(queryables.resolve(written)?.name, name, written);
});

test('what the suites and clients of CSW ask by name is there', () => {
  const core =
    'dc:title dc:subject dct:abstract csw:AnyText dc:format dc:identifier dct:modified dc:date dc:type ows:BoundingBox dct:alternative dc:creator dc:publisher dc:contributor dc:source dc:language dc:relation dc:rights dct:spatial';
  const iso =
    'Subject Title Abstract AnyText Format Identifier Modified Type BoundingBox CRS RevisionDate CreationDate PublicationDate AlternateTitle OrganisationName HasSecurityConstraints Language ParentIdentifier TopicCategory ResourceLanguage DistanceValue TempExtent_begin TempExtent_end Lineage Platform Instrument';
  for (const name of [...core.split(' '), ...iso.split(' ').map((each) => `apiso:${each}`)])
    assert.ok(queryables.resolve(name), name);
  assert.equal(queryables.resolve('dct:spatial')?.type, 'text');
  assert.equal(queryables.resolve('the_geom')?.type, 'geometry');
});

test('names of STAC and Records', () => {
  const names = {
    collection: 'service',
    datetime: 'time',
    start_datetime: 'begin',
    end_datetime: 'end',
    'properties.datetime': 'time',
    id: 'id',
    gsd: 'spatialResolution',
    instruments: 'instrument',
  };
  for (const [name, canonical] of Object.entries(names)) assert.equal(queryables.resolve(name)?.name, canonical);
});

test('a field stands for all services that have it, or for one', () => {
  const shared = queryables.resolve('localization');
  assert.deepEqual(
    shared?.field?.services,
    mappings.services
      .filter(({ fields }) => fields.some(({ name, queryable }) => queryable && name === 'localization'))
      .map(({ name }) => name),
  );
  const own = queryables.resolve('voldorad:localization');
  assert.deepEqual(own?.field, { name: 'localization', services: ['voldorad'] });
  // A truth value in one service and a text in another: only the qualified names.
  assert.equal(queryables.resolve('eruption'), undefined);
  assert.equal(queryables.resolve('voldorad:eruption')?.type, 'boolean');
  assert.equal(queryables.resolve('hotvolc:type')?.type, 'text');
  assert.equal(queryables.resolve('type')?.field, null);
  assert.equal(queryables.resolve('copdd:unit'), undefined, 'a field that cannot be asked');
});

test('of one service: the common ones and its own, each found by its name', () => {
  for (const service of mappings.services) {
    const list = queryables.of(service.name);
    assert.equal(list.length, COMMON_QUERYABLES.length + service.fields.filter(({ queryable }) => queryable).length);
    assert.equal(new Set(list.map(({ name }) => name)).size, list.length);
    for (const { name, type } of list) {
      const found = queryables.resolve(name);
      assert.ok(found?.type === type || (type === 'integer' && found?.type === 'number'), `${service.name} ${name}`);
    }
  }
});

test('schemas have a type, or the format of a geometry; sort keys are those of searches', () => {
  for (const { name, schema, sort } of queryables.all) {
    assert.ok(typeof schema.type === 'string' || schema.format === 'geometry-any', name);
    if (sort !== null) assert.ok(SORT_KEYS.includes(sort));
  }
  assert.deepEqual(queryables.resolve('type')?.schema, { type: 'string' }, 'levels, and types of resources too');
  assert.deepEqual(queryables.resolve('productLevel')?.schema, {
    type: 'string',
    enum: ['raw', 'validated', 'product'],
  });
});

test('names that mean nothing are none', () => {
  for (const name of [
    '',
    ' ',
    '/',
    '[',
    ']',
    "['",
    'x:',
    ':x',
    '{',
    '{}',
    '{a}',
    '*',
    '@id',
    'text()',
    'x'.repeat(2000),
    '__proto__',
    'constructor',
    'gco:CharacterString',
    'a:b:c',
  ])
    assert.equal(queryables.resolve(name), undefined, name);
});

test.run();
