// The demo catalogue's generator: the same rows for ever, every edge, and rows that fit their service's file.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { EDGE_ROWS } from '../../../src/ingest/seed/edges.ts';
import { ERUPTIONS, eruptionPeriod } from '../../../src/ingest/seed/oi2.ts';
import { rowRandom, SEED } from '../../../src/ingest/seed/random.ts';
import { COUNTS, type SeedRow, seedCount, seedRows } from '../../../src/ingest/seed/rows.ts';
import { VOLCANOES, ZONES } from '../../../src/ingest/seed/volcanoes.ts';
import { loadMappings } from '../../../src/mapping/load.ts';
import type { FieldValue } from '../../../src/model/record.ts';
import type { FieldDefinition } from '../../../src/model/service.ts';
import { checkInput } from '../../../src/storage/check-input.ts';
import { seedRecords } from '../../fixtures/seed-records.ts';

const mappings = loadMappings(new URL('../../../mappings', import.meta.url).pathname);
const demo: readonly SeedRow[] = [...seedRows('demo')];
const SYSTEMS = new Set([4326, 4258, 4171, 2154, 27572, 32631, 32633, 32740, 2975, 4627]);

const rows = suite('demo rows');

rows('are the same at every call', () => {
  const again = [...seedRows('demo')];
  assert.is(again.length, demo.length);
  assert.equal(again, demo);
});

rows('depend on the seed', () => {
  const names = (seed: number) => JSON.stringify([...seedRows('demo', seed)].map(({ input }) => input.name));
  assert.is.not(names(SEED), names(SEED + 1));
  const numbers = (seed: number, service: string, index: number) => {
    const random = rowRandom(seed, service, index);
    return [random.next(), random.next(), random.int(1, 6)];
  };
  assert.equal(numbers(1, 'oi2', 7), numbers(1, 'oi2', 7));
  assert.not.equal(numbers(1, 'oi2', 7), numbers(1, 'oi2', 8));
  assert.not.equal(numbers(1, 'oi2', 7), numbers(1, 'copdd', 7));
});

rows('of a small scale are the first ones of a large scale', () => {
  const known = new Map(demo.map((row) => [`${row.input.service} ${row.input.id}`, row]));
  let compared = 0;
  for (const row of seedRows('full')) {
    const small = known.get(`${row.input.service} ${row.input.id}`);
    if (!small) continue;
    compared += 1;
    assert.equal(row, small);
  }
  assert.is(compared, demo.length);
});

rows('are as many as each scale promises', () => {
  assert.is(demo.length, seedCount('demo'));
  assert.ok(demo.length >= 5500 && demo.length <= 6500);
  assert.ok(seedCount('full') >= 79_000);
  assert.is(seedCount('million'), 1_000_000);
  const { full } = COUNTS.voldorad as { full: number };
  assert.is(full, 20_000);
  for (const [service, count] of Object.entries(COUNTS)) {
    assert.is(demo.filter(({ input }) => input.service === service).length, count.demo, service);
  }
});

rows('belong to the services that have files, all sixteen', () => {
  assert.equal(
    [...new Set(demo.map(({ input }) => input.service))].sort(),
    mappings.services.map(({ name }) => name).sort(),
  );
  assert.is(mappings.services.length, 16);
});

rows('hold every edge row once', () => {
  assert.equal(demo.flatMap(({ edge }) => edge ?? []).sort(), EDGE_ROWS.map(({ edge }) => edge).sort());
});

rows('hold the edges that they promise', () => {
  const input = (edge: string) => {
    const found = demo.find((row) => row.edge === edge)?.input;
    assert.ok(found, edge);
    return found;
  };
  const longest = input('the longest name and description');
  assert.is([...(longest.name ?? '')].length, 150);
  assert.is([...(longest.description ?? '')].length, 200);
  for (const text of [longest.name ?? '', longest.description ?? '']) assert.match(text, /é.*&|&.*é/);
  for (const text of [longest.name ?? '', longest.description ?? '']) assert.match(text, /<.*"|".*</);
  const timeless = input('no time at all');
  assert.equal([timeless.date_b, timeless.time_b, timeless.date_e, timeless.time_e], [null, null, null, null]);
  assert.is(input('no end in a real-time service').date_e, null);
  assert.is(input('no elevation').elevation, null);
  assert.is(input('EPSG 2975').epsg, 2975);
  const same = input('begin equal to end');
  assert.equal([same.date_b, same.time_b], [same.date_e, same.time_e]);
  const wrong = input('begin after end');
  assert.ok(`${wrong.date_b}` > `${wrong.date_e}`);
  assert.is(input('no position').latitude, null);
});

rows('hold every code, coordinate system, geometry and product level', () => {
  const seen = (of: (row: SeedRow) => unknown) => new Set(demo.map(of));
  const codes = (list: readonly { readonly code: number }[]) => list.map(({ code }) => code);
  for (const code of codes(mappings.codes.authorization))
    assert.ok(seen((row) => row.input.authorization_).has(code), `access ${code}`);
  for (const code of codes(mappings.codes.acquisition))
    assert.ok(seen((row) => row.input.acquisition).has(code), `acquisition ${code}`);
  for (const code of codes(mappings.codes.format))
    assert.ok(seen((row) => row.input.format).has(code), `format ${code}`);
  for (const epsg of SYSTEMS) assert.ok(seen((row) => row.input.epsg).has(epsg), `EPSG ${epsg}`);
  for (const type of ['LineString', 'Polygon']) assert.ok(seen((row) => row.input.footprint?.type).has(type), type);
  for (const level of ['raw', 'validated', 'product'])
    assert.ok(seen((row) => row.input.product_level).has(level), level);
  for (const lang of ['en', 'fr']) assert.ok(seen((row) => row.input.lang).has(lang), lang);
  assert.ok(demo.some(({ input }) => input.doi?.startsWith('10.5072/')));
  assert.ok(demo.some(({ input }) => (input.embargo_until ?? '') > '2030'));
});

rows('store UTM numbers in oi2 and dynvolc beside the degrees that they stand for', () => {
  for (const service of ['oi2', 'dynvolc']) {
    const projected = demo.filter(({ input }) => input.service === service && input.epsg === 2975);
    assert.ok(projected.length >= 20, service);
    for (const { input, wgs84 } of projected) {
      assert.ok((input.longitude ?? 0) > 300_000 && (input.longitude ?? 0) < 400_000);
      assert.ok((input.latitude ?? 0) > 7_600_000 && (input.latitude ?? 0) < 7_700_000);
      assert.ok(wgs84 && wgs84[0] > 55 && wgs84[0] < 56 && wgs84[1] < -21 && wgs84[1] > -22);
    }
  }
});

rows('cover the volcanoes, zones and eruptions of the old addresses', () => {
  const values = (service: string, field: string) =>
    new Set(demo.filter(({ input }) => input.service === service).map(({ input }) => input.fields?.[field]));
  assert.is(VOLCANOES.length, 40);
  for (const { id, position, zone } of VOLCANOES) {
    assert.ok(values('hotvolc', 'volcano').has(id), id);
    const [west, south, east, north] = ZONES[zone] ?? [0, 0, 0, 0];
    assert.ok(
      position[0] >= west && position[0] <= east && position[1] >= south && position[1] <= north,
      `${id} in ${zone}`,
    );
  }
  assert.is(ERUPTIONS.length, 47);
  for (const id of ERUPTIONS) {
    assert.ok(values('oi2', 'eruption').has(id), id);
    const [begin, end] = eruptionPeriod(id);
    assert.ok(begin < end, id);
  }
});

rows('make Etna erupt in bursts of one to six hours', () => {
  const erupting = demo
    .filter(
      ({ input }) =>
        input.service === 'voldorad' && input.fields?.eruption === true && input.fields.localization === 'Etna',
    )
    .map(({ input }) => Date.parse(`${input.date_b}T${input.time_b}Z`))
    .filter((time) => time >= Date.UTC(2015, 11, 1) && time < Date.UTC(2015, 11, 7))
    .sort((a, b) => a - b);
  assert.ok(erupting.length >= 10);
  const bursts: number[][] = [];
  for (const time of erupting) {
    const last = bursts.at(-1);
    if (last && time - (last.at(-1) ?? 0) <= 3_600_000) last.push(time);
    else bursts.push([time]);
  }
  assert.is(bursts.length, 4);
  for (const burst of bursts) assert.ok((burst.at(-1) ?? 0) - (burst[0] ?? 0) < 6 * 3_600_000);
});

rows('are accepted by the checks of the storage', () => {
  for (const { input } of demo) {
    const faults = checkInput(input, SYSTEMS);
    assert.equal(faults, [], `${input.service} ${input.id}`);
  }
});

rows('name no person and no real address', () => {
  const addresses = new Set(JSON.stringify(demo).match(/[\w.+-]+@[\w.-]+/g) ?? []);
  assert.equal([...addresses], ['data@example.org']);
});

const fields = suite('fields of the demo rows');

function fits(definition: FieldDefinition, value: FieldValue): boolean {
  if (value === null) return true;
  switch (definition.type) {
    case 'integer':
      return Number.isInteger(value);
    case 'number':
      return typeof value === 'number' && Number.isFinite(value);
    case 'boolean':
      return typeof value === 'boolean';
    case 'date':
      return typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value);
    case 'datetime':
      return typeof value === 'string' && /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(value);
    case 'text':
      return typeof value === 'string' && (definition.values === undefined || definition.values.includes(value));
  }
}

fields('are those of the service file, with its types and values', () => {
  for (const { input } of demo) {
    const service = mappings.services.find(({ name }) => name === input.service);
    for (const [name, value] of Object.entries(input.fields ?? {})) {
      const definition = service?.fields.find((field) => field.name === name);
      assert.ok(definition, `${input.service} has no field ${name}`);
      assert.ok(fits(definition, value), `${input.service} ${input.id}: ${name} = ${JSON.stringify(value)}`);
    }
  }
});

fields('each stand in some row', () => {
  for (const service of mappings.services) {
    for (const { name } of service.fields) {
      const found = demo.some(({ input }) => input.service === service.name && (input.fields?.[name] ?? null) !== null);
      assert.ok(found, `${service.name}: ${name}`);
    }
  }
});

fields('name instruments and platforms that the service file describes', () => {
  for (const { input } of demo) {
    const service = mappings.services.find(({ name }) => name === input.service);
    for (const id of input.instrument ?? [])
      assert.ok(
        service?.instruments.some((one) => one.id === id),
        `${input.service}: ${id}`,
      );
    const { platform } = input;
    if (platform)
      assert.ok(
        service?.platforms.some((one) => one.id === platform),
        `${input.service}: ${platform}`,
      );
  }
});

const records = suite('demo records without a database');

records('are complete', () => {
  let count = 0;
  for (const record of seedRecords(mappings, 'demo')) {
    count += 1;
    assert.ok(record.title !== '' && record.abstract !== '', record.identifier);
    assert.match(record.identifier, new RegExp(`^${mappings.site.identifierPrefix}:${record.service}:${record.id}$`));
    assert.match(record.updated, /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);
  }
  assert.is(count, demo.length);
});

rows.run();
fields.run();
records.run();
