// Every old address and every one of its parameters, taken from the service files themselves: none can be forgotten.
import request from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { seedRows } from '../../../src/ingest/seed/rows.ts';
import type { OldParameter, Service } from '../../../src/model/service.ts';
import { testMappings } from '../../fixtures/database.ts';
import { type DemoApp, demoApp } from '../../fixtures/demo-app.ts';

type Row = { readonly id: number; readonly [key: string]: unknown };

interface Address {
  readonly service: Service;
  readonly path: string;
  readonly parameters: readonly OldParameter[];
  readonly paged: boolean;
}

const ADDRESSES: readonly Address[] = testMappings().services.flatMap((service) => [
  { service, path: `/rest2/req.php/${service.name}`, parameters: service.old.parameters, paged: false },
  ...service.old.templates.map(({ path, parameters, pageSize }) => ({
    service,
    path,
    parameters,
    paged: pageSize !== undefined,
  })),
]);

let demo!: DemoApp;
const templates = suite('old templates');
templates.before(async () => {
  demo = await demoApp();
});

type Values = { readonly [name: string]: string };

/** Path parameters that are not given become the whole of time. */
function urlOf(address: Address, values: Values): string {
  const inPath = new Set<string>();
  const path = address.path.replace(/\{([^}]*)\}/g, (_, name: string) => {
    inPath.add(name);
    const target = address.parameters.find((parameter) => parameter.name === name)?.target;
    return encodeURIComponent(values[name] ?? (target === 'end' ? '2099-12-31T23:59:59Z' : '1900-01-01T00:00:00Z'));
  });
  const query = Object.entries(values).filter(([name]) => !inPath.has(name));
  return `${path}?${query.map(([name, value]) => `${encodeURIComponent(name)}=${encodeURIComponent(value)}`).join('&')}`;
}

/** All rows; a paged address is turned over page by page unless the values say a count themselves. */
async function ask(address: Address, values: Values): Promise<readonly Row[]> {
  const named = (target: string) => address.parameters.find((parameter) => parameter.target === target)?.name ?? '';
  if (!address.paged || values[named('count')] !== undefined) return askOnce(address, values);
  const rows: Row[] = [];
  for (;;) {
    const more = await askOnce(address, { ...values, [named('count')]: '1000', [named('index')]: String(rows.length) });
    rows.push(...more);
    if (more.length < 1000) return rows;
  }
}

async function askOnce(address: Address, values: Values): Promise<readonly Row[]> {
  const answer = await request(demo.server).get(urlOf(address, values));
  assert.ok(
    answer.status === 200 || answer.status === 204,
    `${urlOf(address, values)}: ${answer.status} ${answer.text}`,
  );
  return answer.status === 204 ? [] : (answer.body as Row[]);
}

const wholes = new Map<string, Promise<readonly Row[]>>();

/** Everything that an address lists, asked once. */
function wholeOf(address: Address): Promise<readonly Row[]> {
  const known = wholes.get(address.path) ?? ask(address, {});
  wholes.set(address.path, known);
  return known;
}

const ids = (rows: readonly Row[]) => rows.map(({ id }) => id).sort((a, b) => a - b);

function isStrictSubset(part: readonly Row[], whole: readonly Row[]): boolean {
  const known = new Set(ids(whole));
  return part.length < whole.length && part.every(({ id }) => known.has(id));
}

/** Middle value of a property among the service's demo rows: about half of the rows lie on each side. */
function middleOf(service: Service, target: string): number {
  const values = [...seedRows('demo')]
    .filter(({ input }) => input.service === service.name && input.authorization_ !== 3)
    .map(({ input, wgs84 }) => {
      if (target === 'elevation') return input.elevation;
      if (target === 'longitude') return wgs84?.[0];
      if (target === 'latitude') return wgs84?.[1];
      return input.fields?.[target.replace(/^field:/, '')];
    })
    .filter((value) => typeof value === 'number')
    .sort((a, b) => a - b);
  return values[Math.floor(values.length / 2)] ?? Number.NaN;
}

function middleTime(rows: readonly Row[]): string {
  const times = rows
    .flatMap(({ date_b, time_b }) => (date_b === null ? [] : [`${date_b}T${time_b ?? '00:00:00'}Z`]))
    .sort();
  return times[Math.floor(times.length / 2)] ?? '';
}

async function checkValues(address: Address, parameter: OldParameter, whole: readonly Row[]): Promise<void> {
  const field = parameter.target.replace(/^field:/, '');
  const values = parameter.values ?? (parameter.default === undefined ? [] : [parameter.default]);
  assert.ok(values.length > 0, 'a value to ask for');
  const present = new Set(whole.map((row) => String(row[field])));
  let found = 0;
  for (const value of values) {
    const rows = await ask(address, { [parameter.name]: value });
    assert.ok(isStrictSubset(rows, whole), `${value}: ${rows.length} of ${whole.length}`);
    assert.is(rows.length > 0, present.has(value), `${value}: ${rows.length} rows`);
    for (const row of rows) assert.is(String(row[field]), value);
    if (rows.length > 0) found += 1;
  }
  assert.ok(found > 0, 'a proposed value that finds something');
}

async function checkBound(address: Address, parameter: OldParameter, whole: readonly Row[]): Promise<void> {
  const raw = middleOf(address.service, parameter.target);
  const middle = parameter.type === 'integer' ? Math.round(raw) : raw;
  const rows = await ask(address, { [parameter.name]: String(middle) });
  assert.ok(rows.length > 0, `rows for ${middle}`);
  assert.ok(isStrictSubset(rows, whole), `${middle}: ${rows.length} of ${whole.length}`);
  const property = parameter.target.startsWith('field:') ? parameter.target.slice(6) : parameter.target;
  if (property === 'latitude' || property === 'longitude') return;
  for (const row of rows) {
    const value = row[property] as number;
    assert.ok(parameter.operator === 'min' ? value >= middle : value <= middle, `${value} for ${middle}`);
  }
}

async function checkPage(address: Address, parameter: OldParameter): Promise<void> {
  const first = await ask(address, { count: '10' });
  assert.is(first.length, 10);
  const order = first.map(({ id }) => id);
  if (parameter.target === 'count') {
    const three = await ask(address, { [parameter.name]: '3' });
    assert.equal(
      three.map(({ id }) => id),
      order.slice(0, 3),
    );
  } else if (parameter.target === 'page') {
    const second = await ask(address, { count: '5', [parameter.name]: '2' });
    assert.equal(
      second.map(({ id }) => id),
      order.slice(5),
    );
  } else {
    const shifted = await ask(address, { count: '5', [parameter.name]: '3' });
    assert.equal(
      shifted.map(({ id }) => id),
      order.slice(3, 8),
    );
  }
}

async function check(address: Address, parameter: OldParameter): Promise<void> {
  const whole = await wholeOf(address);
  const { name, target } = parameter;
  if (['count', 'page', 'index'].includes(target)) return checkPage(address, parameter);
  if (target === 'begin' || target === 'end') {
    const rows = await ask(address, { [name]: middleTime(whole) });
    assert.ok(
      rows.length > 0 && isStrictSubset(rows, whole),
      `${middleTime(whole)}: ${rows.length} of ${whole.length}`,
    );
    return;
  }
  if (target === 'box') {
    const rows = await ask(address, { [name]: parameter.default ?? '' });
    assert.ok(rows.length > 0 && isStrictSubset(rows, whole));
    assert.is((await ask(address, { [name]: '(-150,-40,-149,-39)' })).length, 0);
    return;
  }
  if (parameter.operator === 'min' || parameter.operator === 'max') return checkBound(address, parameter, whole);
  if (parameter.operator === 'flag') {
    const rows = await ask(address, { [name]: 'true' });
    assert.ok(rows.length > 0 && isStrictSubset(rows, whole));
    for (const row of rows) assert.is(row[target.slice(6)], true);
    assert.equal(ids(await ask(address, { [name]: 'false' })), ids(whole));
    return;
  }
  return checkValues(address, parameter, whole);
}

for (const address of ADDRESSES) {
  templates(`${address.path} with its defaults returns rows`, async () => {
    const defaults = address.parameters.flatMap(({ name, default: value }) =>
      value === undefined ? [] : [[name, value]],
    );
    const rows = await ask(address, Object.fromEntries(defaults));
    assert.ok(rows.length > 0);
  });
  templates(`${address.path} without any parameter lists its records`, async () => {
    const rows = await wholeOf(address);
    const shown = [...seedRows('demo')].filter(
      ({ input }) => input.service === address.service.name && input.authorization_ !== 3,
    ).length;
    if (address.paged || address.path.endsWith(`/${address.service.name}`)) assert.is(rows.length, shown);
    else assert.ok(rows.length > 0 && rows.length < shown);
  });
  for (const parameter of address.parameters) {
    templates(`${address.path}: ${parameter.name} changes the result`, () => check(address, parameter));
  }
  templates(`${address.path} takes timestart and timeend`, async () => {
    if (address.path !== `/rest2/req.php/${address.service.name}`) return;
    const whole = await wholeOf(address);
    const middle = middleTime(whole);
    const later = await ask(address, { timestart: middle });
    const earlier = await ask(address, { timeend: middle });
    assert.ok(later.length > 0 && isStrictSubset(later, whole), `${later.length} later`);
    assert.ok(earlier.length > 0 && isStrictSubset(earlier, whole), `${earlier.length} earlier`);
    const timed = new Set([...ids(later), ...ids(earlier)]);
    for (const { id, date_b, date_e } of whole)
      if (!timed.has(id)) assert.ok(date_b === null || `${date_b}` > `${date_e}`, `${id}`);
  });
}

templates.run();
