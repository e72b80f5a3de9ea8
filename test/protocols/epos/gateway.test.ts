// The European gateway, simulated: it reads the published descriptions, fills the forms, expands the templates in its own way, and takes what
// comes. 500 calls with the values of records that are there; each answer is well formed and holds the record that the values came from.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type ExpanderValues, expand } from '../../../conformance/epos/expander.ts';
import { type Random, rowRandom } from '../../../src/ingest/seed/random.ts';
import type { CatalogRecord } from '../../../src/model/record.ts';
import type { EposService, OldParameter, Service } from '../../../src/model/service.ts';
import { onEmbedded } from '../../fixtures/database.ts';
import { type DemoApp, demoApp } from '../../fixtures/demo-app.ts';
import { type PublishedService, publishedService } from '../../fixtures/epos-services.ts';
import { rawRequest } from '../../fixtures/raw-request.ts';

type Row = { readonly [key: string]: string | number | boolean | null } & { readonly id: number };
interface Feature {
  readonly id: string;
  readonly geometry: object | null;
  readonly properties: { readonly [name: string]: unknown };
  readonly '@epos_image_overlay'?: { readonly href: string; readonly bbox: readonly number[] };
}

const CALLS = onEmbedded() ? 100 : 500;
/** `format` of the last one is not asked, as OkHttp does not ask for a type either. */
const PAYLOADS = [
  'application/epos.geo+json',
  'application/epos.table.geo+json',
  'application/epos.map.geo+json',
  'application/geo+json',
  null,
] as const;
type Payload = (typeof PAYLOADS)[number];

let demo!: DemoApp;
let port = 0;
const gateway = suite('gateway of EPOS');
gateway.before(async () => {
  demo = await demoApp();
  port = (demo.server.address() as { port: number }).port;
});

interface Known {
  readonly service: Service;
  readonly epos: EposService;
  readonly parameters: readonly OldParameter[];
  readonly published: PublishedService;
}

let read: Promise<readonly Known[]> | undefined;
const known = (): Promise<readonly Known[]> => {
  read ??= readAll();
  return read;
};

async function readAll(): Promise<readonly Known[]> {
  const every = demo.mappings.services.flatMap((service) => service.epos.map((epos) => ({ service, epos })));
  return Promise.all(
    every.map(async ({ service, epos }) => {
      const { body } = await rawRequest(port, `/vobs/epos/${epos.ddss}-${epos.file}.ttl`);
      const parameters =
        service.old.templates.find(({ path }) => path === epos.address)?.parameters ?? service.old.parameters;
      return { service, epos, parameters, published: publishedService(body) };
    }),
  );
}

/** Calls as the gateway does; gives the type and the parsed body. */
async function call(
  template: string,
  values: ExpanderValues,
): Promise<{
  readonly type: string;
  readonly status: number;
  readonly rows: readonly Row[];
  readonly features: readonly Feature[];
  readonly target: string;
}> {
  const target = expand(template, values).replace(/^https?:\/\/[^/]+/, '');
  const { head, body } = await rawRequest(port, target);
  const status = Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]);
  const type = /\r\ncontent-type: ([^;\r]+)/i.exec(head)?.[1] ?? '';
  assert.ok(status === 200 || status === 204, `${target}: ${head.split('\r\n')[0]} ${body.slice(0, 300)}`);
  assert.ok(type !== '', `${target} has a type`);
  // Chunks of the transfer coding are put together.
  const text = /\r\ntransfer-encoding: chunked/i.test(head) ? unchunked(body) : body;
  const document: unknown = status === 204 ? [] : JSON.parse(text);
  if (Array.isArray(document)) return { type, status, rows: document as Row[], features: [], target };
  const { type: kind, features } = document as { type: string; features: Feature[] };
  assert.is(kind, 'FeatureCollection', target);
  return { type, status, rows: [], features, target };
}

function unchunked(body: string): string {
  const bytes = Buffer.from(body, 'utf8');
  const parts: Buffer[] = [];
  for (let at = 0; at < bytes.length; ) {
    const end = bytes.indexOf('\r\n', at);
    const size = Number.parseInt(bytes.subarray(at, end).toString('latin1'), 16);
    if (!(size > 0)) break;
    parts.push(bytes.subarray(end + 2, end + 2 + size));
    at = end + 2 + size + 2;
  }
  return Buffer.concat(parts).toString('utf8');
}

function checkFeatures(features: readonly Feature[], payload: Payload, target: string): void {
  for (const { id, geometry, properties, ...more } of features) {
    assert.match(id, /^opgc:/, target);
    const overlay = more['@epos_image_overlay'];
    if (overlay !== undefined) {
      const [south = 0, west = 0, north = 0, east = 0] = overlay.bbox;
      assert.is(geometry, null);
      assert.ok(Math.abs(south) <= 90 && Math.abs(north) <= 90 && south < north && west < east, target);
    }
    for (const [name, value] of Object.entries(properties)) {
      const plain = (one: unknown) => one === null || ['string', 'number', 'boolean'].includes(typeof one);
      if (name !== '@epos_links')
        assert.ok(plain(value) || (Array.isArray(value) && value.every(plain)), `${target}: ${name}`);
    }
    assert.is(
      '@epos_type' in properties,
      payload === 'application/epos.geo+json' || payload === 'application/epos.map.geo+json',
    );
    assert.is(
      '@epos_data_keys' in properties,
      payload === 'application/epos.geo+json' || payload === 'application/epos.table.geo+json',
    );
    const keys = [
      ...((properties['@epos_map_keys'] as string[]) ?? []),
      ...((properties['@epos_data_keys'] as string[]) ?? []),
    ];
    for (const key of keys) assert.ok(key in properties, `${target}: ${key}`);
  }
}

/** What the gateway fills when the user fills nothing: defaults of required variables; all defaults when it shows the form as it is. */
function defaults({ published }: Known, all: boolean): ExpanderValues {
  return Object.fromEntries(
    published.variables.flatMap(({ name, required, value }) =>
      value !== null && (all || required) ? [[name, value]] : [],
    ),
  );
}

gateway('each template answers with its defaults, in every payload, with rows', async () => {
  const every = await known();
  assert.is(every.length, 9);
  for (const one of every) {
    for (const all of [true, false]) {
      for (const payload of PAYLOADS) {
        const values = { ...defaults(one, all), ...(payload === null ? {} : { format: payload }) };
        const { type, rows, features, target } = await call(one.published.template, values);
        assert.is(type, payload ?? 'application/json', target);
        assert.ok(rows.length + features.length > 0, `${target}: nothing`);
        checkFeatures(features, payload, target);
      }
    }
  }
});

/** Values of one variable that a record fulfils; undefined: the record says nothing of it. */
function fitting(
  random: Random,
  old: OldParameter | undefined,
  record: CatalogRecord,
  index: number | undefined,
): string | undefined {
  const { time, bbox } = record;
  const begin = time.kind === 'instant' ? time.at : time.kind === 'period' ? time.begin : null;
  if (old === undefined) return undefined;
  const earlier = (days: number): string | undefined => {
    if (begin === null) return undefined;
    const day = begin.includes('T') ? begin : `${begin}T00:00:00Z`;
    return `${new Date(Date.parse(day) + days * 86_400_000).toISOString().slice(0, 19)}Z`;
  };
  const field = old.target.startsWith('field:') ? record.fields[old.target.slice(6)] : undefined;
  switch (old.target) {
    case 'begin':
      return earlier(-random.int(1, 20));
    case 'end':
      return earlier(random.int(1, 20));
    case 'box':
    case 'latitude':
    case 'longitude': {
      if (bbox === null) return undefined;
      const [west, south, east, north] = bbox;
      const side =
        index ?? (old.target === 'longitude' ? (old.operator === 'min' ? 0 : 2) : old.operator === 'min' ? 1 : 3);
      const edge = [west - 0.5, south - 0.5, east + 0.5, north + 0.5][side] ?? 0;
      return String(Math.round(edge * 1e4) / 1e4);
    }
    case 'elevation':
      if (record.elevation === null) return undefined;
      return String(
        old.operator === 'min' ? record.elevation - random.int(0, 50) : record.elevation + random.int(0, 50),
      );
    case 'count':
      return '1000';
    default:
      break;
  }
  if (field === undefined || field === null || Array.isArray(field)) return undefined;
  if (old.operator === 'flag') return field === true ? 'true' : 'false';
  if (typeof field !== 'number') return String(field);
  if (old.operator === 'equals') return String(field);
  return String(old.operator === 'min' ? Math.floor(field) - 1 : Math.ceil(field) + 1);
}

/** A form filled at random with values that a record fulfils. Required variables are always filled. */
function fill(random: Random, one: Known, record: CatalogRecord): ExpanderValues | null {
  const values: { [name: string]: string } = {};
  for (const variable of one.published.variables) {
    const own = one.epos.parameters.find(({ name }) => name === variable.name);
    const old = one.parameters.find(({ name }) => name === (own?.part?.of ?? variable.name));
    const period = old?.target === 'begin' || old?.target === 'end';
    // Most users narrow the period.
    if (!variable.required && !random.chance(period ? 0.9 : old?.target === 'count' ? 1 : 0.3)) continue;
    const value = fitting(random, old, record, own?.part?.index);
    if (value !== undefined) values[variable.name] = value;
    else if (variable.required) return null;
  }
  return values;
}

gateway(`${CALLS} of ${CALLS} calls with random values that fit a record find it`, async () => {
  const random = rowRandom(20_260_101, 'epos', 0);
  const every = await known();
  const records = new Map<Known, readonly CatalogRecord[]>();
  for (const one of every) records.set(one, await listed(one));
  let calls = 0;
  for (let round = 0; calls < CALLS; round += 1) {
    const one = every[round % every.length] as Known;
    const record = random.pick(records.get(one) ?? []);
    const values = fill(random, one, record);
    if (values === null) continue;
    const payload = random.pick(PAYLOADS);
    const answer = await call(one.published.template, { ...values, ...(payload === null ? {} : { format: payload }) });
    assert.is(answer.type, payload ?? 'application/json', answer.target);
    checkFeatures(answer.features, payload, answer.target);
    const found =
      payload === null
        ? answer.rows.some(({ id }) => id === record.id)
        : answer.features.some(({ id }) => id === record.identifier);
    assert.ok(
      found,
      `${answer.target}: ${record.identifier} is not among ${answer.rows.length + answer.features.length}`,
    );
    calls += 1;
  }
  assert.is(calls, CALLS);
});

/** The records that an address can list and that have a time. */
async function listed({ service, epos }: Known): Promise<readonly CatalogRecord[]> {
  const where = service.old.templates.find(({ path }) => path === epos.address)?.where ?? {};
  const product = epos.datasets.map((dataset) => dataset.where);
  const records: CatalogRecord[] = [];
  for await (const chunk of demo.stream(service.name)) records.push(...chunk);
  return records.filter(
    (record) =>
      record.time.kind !== 'none' &&
      Object.entries(where).every(([field, value]) => record.fields[field] === value) &&
      product.some((one) => Object.entries(one).every(([field, value]) => record.fields[field] === value)),
  );
}

gateway('whatever part of a form is filled, the answer is well formed', async () => {
  const random = rowRandom(7, 'epos', 1);
  for (const one of await known()) {
    for (let turn = 0; turn < 6; turn += 1) {
      const values = Object.fromEntries(
        one.published.variables.flatMap(({ name, value, values: offered, required }) => {
          const pick = offered.length > 0 ? random.pick(offered) : value;
          return pick !== null && (required || random.chance(0.5)) ? [[name, pick]] : [];
        }),
      );
      const { features, target } = await call(one.published.template, values);
      const format = values.format ?? null;
      checkFeatures(features, (format === 'application/json' ? null : format) as Payload, target);
    }
  }
});

gateway.run();
