// Fields by name: the same table for search and display, for every service of the project.
import { suite } from 'uvu';
import { equal, ok } from 'uvu/assert';
import { COMMON_FIELDS, fieldOf, isOfType, ownFields } from '../../../src/mapping/fields.ts';
import { createSchemas } from '../../../src/mapping/schemas.ts';
import { seriesInput } from '../../../src/mapping/series-input.ts';
import { testMappings } from '../../fixtures/mappings.ts';
import { fixtureRecordsByCase } from '../../fixtures/records.ts';

const test = suite('fields');
const { services, site } = testMappings();
const serviceOf = (name: string) => services.find((service) => service.name === name)!;

test('a service’s own field stands in jsonb, a common one in its column', () => {
  equal(fieldOf(serviceOf('oi2'), 'mas_orb')?.source, { json: 'mas_orb' });
  equal(fieldOf(serviceOf('oi2'), 'mas_orb')?.type, 'integer');
  equal(fieldOf(serviceOf('oi2'), 'elevation')?.source, { column: 'elevation' });
  equal(fieldOf(serviceOf('oi2'), 'radar'), undefined);
  equal(
    ownFields(serviceOf('oi2')).map(({ name }) => name),
    serviceOf('oi2').fields.map(({ name }) => name),
  );
});

test('reading a field gives what the record shows, of the field’s type', () => {
  for (const [name, record] of fixtureRecordsByCase()) {
    const service = services.find((entry) => entry.name === record.service);
    if (service === undefined) continue;
    for (const field of [...COMMON_FIELDS, ...ownFields(service)]) {
      ok(isOfType(field.read(record), field.type), `${name}: ${field.name} = ${String(field.read(record))}`);
    }
    for (const key of Object.keys(record.fields)) {
      equal(fieldOf(service, key)?.read(record), record.fields[key], `${name}: ${key}`);
    }
  }
});

test('every declared value is of its field’s type and every field has both labels', () => {
  for (const service of services) {
    for (const field of ownFields(service)) {
      ok(field.label.en && field.label.fr, `${service.name} ${field.name}`);
      if (field.type === 'text') continue;
      for (const value of field.values ?? []) ok(isOfType(Number(value), field.type), `${service.name} ${field.name}`);
    }
  }
});

test('types tell dates, numbers and lists apart', () => {
  equal(isOfType('2015-02-30', 'date'), false);
  equal(isOfType('2015-02-28', 'date'), true);
  equal(isOfType('2015-02-28T10:00:00Z', 'datetime'), true);
  equal(isOfType('2015-02-28 10:00', 'datetime'), false);
  equal(isOfType(1.5, 'integer'), false);
  equal(isOfType([1, 2], 'integer'), true);
  equal(isOfType('true', 'boolean'), false);
});

test('every service gives a series record that the input schema accepts', () => {
  const validate = createSchemas()('record');
  for (const service of services) {
    const input = seriesInput(service, site);
    equal(validate(input), [], service.name);
    equal([input.id, input.level, input.identifier], [0, 'series', `opgc:${service.name}`]);
    ok((input.translations?.en?.abstract?.length ?? 0) >= 50 && (input.translations?.fr?.abstract?.length ?? 0) >= 50);
  }
});

test.run();
