// Texts of a caller as conditions of a search: fields by their type, periods, places.
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { fieldConditions } from '../../../src/catalogue/asked-field.ts';
import { periodCondition } from '../../../src/catalogue/asked-period.ts';
import { createPlaceArea } from '../../../src/catalogue/asked-place.ts';
import { parseDateTime } from '../../../src/formats/syntax/datetime.ts';
import { closedRange } from '../../../src/formats/syntax/intervals.ts';
import { FIELD_TYPES } from '../../../src/model/service.ts';
import type { Place } from '../../../src/model/site.ts';
import { testMappings } from '../../fixtures/mappings.ts';
import { neverFailsOtherwise, refuses } from '../syntax/faults.ts';

const test = suite('asked conditions');
const number = { name: 'weight', type: 'number' } as const;
const date = { name: 'analysed', type: 'date' } as const;
const datetime = { name: 'measured', type: 'datetime' } as const;
const flag = { name: 'sieved', type: 'boolean' } as const;
const words = { name: 'rock', type: 'text' } as const;

test('numbers: a value, a list, a range whose open end is the next number inside', () => {
  assert.equal(fieldConditions(number, '1.5'), [{ field: 'weight', operator: 'equals', value: 1.5 }]);
  assert.equal(fieldConditions(number, '{1,2}'), [{ field: 'weight', operator: 'in', value: [1, 2] }]);
  assert.equal(fieldConditions(number, '[1,2]'), [
    { field: 'weight', operator: 'min', value: 1 },
    { field: 'weight', operator: 'max', value: 2 },
  ]);
  const [min, max] = fieldConditions(number, ']1,2[');
  assert.is(min?.value, 1 + Number.EPSILON);
  assert.ok(Number(max?.value) < 2 && Number(max?.value) > 2 - 1e-15);
  refuses((text) => fieldConditions(number, text), '[2,1]', /lower bound/);
  refuses((text) => fieldConditions(number, text), 'heavy', /not a number/);
});

test('an excluded bound is the closest number inside, whatever the bound', () => {
  fc.assert(
    fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }), (value) => {
      const { min } = closedRange({ min: { value, open: true }, max: null });
      const { max } = closedRange({ min: null, max: { value, open: true } });
      assert.ok(min !== null && min > value && max !== null && max < value);
      // Nothing lies between.
      const middle = value / 2 + min / 2;
      assert.ok(middle === value || middle === min || value === 0);
    }),
  );
});

test('dates: a day is the range of what it holds', () => {
  assert.equal(fieldConditions(date, '2024-05-01'), [
    { field: 'analysed', operator: 'min', value: '2024-05-01' },
    { field: 'analysed', operator: 'max', value: '2024-05-01' },
  ]);
  assert.equal(fieldConditions(datetime, '[2024-05-01,2024-05-02['), [
    { field: 'measured', operator: 'min', value: '2024-05-01T00:00:00Z' },
    { field: 'measured', operator: 'max', value: '2024-05-01T23:59:59.999Z' },
  ]);
  refuses((text) => fieldConditions(date, text), '{2024-05-01,2024-05-02}', /one date/);
  refuses((text) => fieldConditions(date, text), '[2024-05-02,2024-05-01]', /lower bound/);
});

test('flags and texts', () => {
  assert.equal(fieldConditions(flag, 'TRUE'), [{ field: 'sieved', operator: 'equals', value: true }]);
  refuses((text) => fieldConditions(flag, text), 'perhaps', /true or false/);
  assert.equal(fieldConditions(words, ' a,b '), [{ field: 'rock', operator: 'equals', value: 'a,b' }]);
  assert.equal(fieldConditions(words, '{a, b}'), [{ field: 'rock', operator: 'in', value: ['a', 'b'] }]);
  refuses((text) => fieldConditions(words, text), '{a,b', /value condition/);
  refuses((text) => fieldConditions(words, text), 'a'.repeat(201), /200 characters/);
});

test('any text gives conditions or a fault, for every type', () => {
  for (const type of FIELD_TYPES) {
    neverFailsOtherwise((text) => fieldConditions({ name: 'x', type }, text), ['[', ']', '{', '}', ',', '1', '2024-05-01', 'true', '\0']); // biome-ignore format: one line
  }
});

test('periods: whole days, open ends, the start before the end', () => {
  const [first, last] = [parseDateTime('2024-05-01'), parseDateTime('2024-05-02')];
  assert.is(periodCondition(null, null), null);
  assert.equal(periodCondition(first, last, 'during'), {
    window: { start: Date.parse('2024-05-01'), end: Date.parse('2024-05-03') - 1 },
    relation: 'during',
  });
  assert.equal(periodCondition(null, first)?.window, { start: null, end: Date.parse('2024-05-02') - 1 });
  assert.ok(periodCondition(first, first));
  refuses(() => periodCondition(last, first), '', /is after the end/);
});

test('places: the box, or a circle around the position; unknown names find nothing', () => {
  const { places } = testMappings();
  const area = createPlaceArea(places);
  const etna = places.find((place) => place.name.en === 'Etna');
  assert.equal(area('ETNA', null), { kind: 'box', box: etna?.bbox });
  assert.equal(area('etna', 500), { kind: 'circle', centre: etna?.position, metres: 500 });
  assert.is(area('Xyzzyplugh', null), null);
  assert.ok(etna);
  const fiji: Place = {
    ...etna,
    id: 'fiji',
    name: { en: 'Fiji' },
    otherNames: [],
    position: null,
    bbox: [176, -20, -178, -12],
  };
  const crossing = createPlaceArea([fiji]);
  assert.equal(crossing('Fiji', 1000), { kind: 'circle', centre: [179, -16], metres: 1000 });
});

test.run();
