// Answers come from the store: at each template of each of the nine services a row that is written appears, a row that is withdrawn is gone, and each
// parameter alone decides over a row. Addresses are made as the gateway makes them, of the published descriptions.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type ExpanderValues, expand } from '../../../conformance/epos/expander.ts';
import type { MetadataInput } from '../../../src/mapping/row.ts';
import type { EposService, OldParameter, Service } from '../../../src/model/service.ts';
import { type DemoApp, demoApp } from '../../fixtures/demo-app.ts';
import { type PublishedService, publishedService } from '../../fixtures/epos-services.ts';
import { rawRequest } from '../../fixtures/raw-request.ts';

/** A day of which the demo has no records. */
const DAY = '1993-05-10';
const ID = 880_001;
const POSITION = { longitude: 14.5, latitude: 37.25, elevation: 500, epsg: 4326 } as const;
const NUMBER = 50;

let demo!: DemoApp;
let port = 0;
const store = suite('EPOS answers from the store');
store.before(async () => {
  demo = await demoApp();
  port = (demo.server.address() as { port: number }).port;
});

interface Known {
  readonly service: Service;
  readonly epos: EposService;
  readonly parameters: readonly OldParameter[];
  readonly published: PublishedService;
  readonly where: { readonly [field: string]: string | number | boolean };
}

async function knownServices(): Promise<readonly Known[]> {
  const every = demo.mappings.services.flatMap((service) => service.epos.map((epos) => ({ service, epos })));
  return Promise.all(
    every.map(async ({ service, epos }) => {
      const { body } = await rawRequest(port, `/vobs/epos/${epos.ddss}-${epos.file}.ttl`);
      const template = service.old.templates.find(({ path }) => path === epos.address);
      const published = publishedService(body);
      const parameters = template?.parameters ?? service.old.parameters;
      return { service, epos, parameters, published, where: { ...template?.where, ...epos.datasets[0]?.where } };
    }),
  );
}

const fieldOf = ({ target }: OldParameter): string | null => (target.startsWith('field:') ? target.slice(6) : null);

/** A variable of the form: which parameter of the address it fills, and which place of a box. */
interface Variable {
  readonly name: string;
  readonly old: OldParameter;
  readonly side: 0 | 1 | 2 | 3 | null;
}

function variablesOf({ epos, parameters, published }: Known): readonly Variable[] {
  return published.variables.flatMap(({ name }) => {
    const part = epos.parameters.find((own) => own.name === name)?.part;
    const old = parameters.find((one) => one.name === (part?.of ?? name));
    return old === undefined ? [] : [{ name, old, side: part?.index ?? null }];
  });
}

/** What the row has in the field of a parameter: what the template wants, else a value that the form offers. */
function valueIn({ where, epos }: Known, old: OldParameter): string | number | boolean {
  const field = fieldOf(old) ?? '';
  const wanted = where[field];
  if (wanted !== undefined) return wanted;
  if (field === 'ddss') return epos.ddss;
  if (old.operator === 'flag') return true;
  if (old.operator === 'min' || old.operator === 'max') return NUMBER;
  const text = old.values?.[0] ?? old.default ?? 'one';
  return old.type === 'integer' || old.type === 'number' ? Number(text) : text;
}

/** A row that fulfils every parameter of the template. */
function rowFor(known: Known): MetadataInput {
  const fields: { [field: string]: string | number | boolean } = { ...known.where };
  for (const old of known.parameters) {
    const field = fieldOf(old);
    if (field !== null) fields[field] = valueIn(known, old);
  }
  const period = { date_b: DAY, time_b: '10:00:00', date_e: DAY, time_e: '12:00:00' };
  return {
    service: known.service.name,
    id: ID,
    name: 'One of the store',
    authorization_: 0,
    ...period,
    ...POSITION,
    fields,
  };
}

/** Values of a variable: one that the row fulfils, and one that it does not. null: it decides over no row (paging, format). */
function valuesFor(
  known: Known,
  { name, old, side }: Variable,
): { readonly fits: string; readonly misses: string } | null {
  const { longitude, latitude, elevation } = POSITION;
  const around = (value: number, lower: boolean, by: number) =>
    lower
      ? { fits: String(value - by), misses: String(value + by) }
      : { fits: String(value + by), misses: String(value - by) };
  const isMin = old.operator === 'min';
  switch (old.target) {
    case 'begin':
      return { fits: `${DAY}T00:00:00Z`, misses: `${DAY}T13:00:00Z` };
    case 'end':
      return { fits: `${DAY}T23:00:00Z`, misses: `${DAY}T09:00:00Z` };
    case 'elevation':
      return around(elevation, isMin, 10);
    case 'longitude':
      return around(longitude, isMin, 0.5);
    case 'latitude':
      return around(latitude, isMin, 0.5);
    case 'box':
      return around(side === 0 || side === 2 ? longitude : latitude, side === 0 || side === 1, 0.5);
    default:
      break;
  }
  if (fieldOf(old) === null) return null;
  const value = valueIn(known, old);
  if (old.operator === 'flag') return { fits: 'true', misses: 'true' };
  if (isMin || old.operator === 'max') return around(Number(value), isMin, 10);
  const declared = known.service.fields.find((field) => field.name === fieldOf(old))?.values;
  const published = known.published.variables.find((one) => one.name === name)?.values;
  const offered = [...(old.values ?? []), ...(published ?? []), ...(declared ?? [])];
  const other = offered.find((text) => text !== String(value)) ?? (old.type === 'integer' ? '7' : 'another');
  return { fits: String(value), misses: other };
}

/** Numbers of the records that an address lists, as the form's payload or as the old list has them. */
async function idsAt(known: Known, values: ExpanderValues): Promise<readonly number[]> {
  const target = expand(known.published.template, values).replace(/^https?:\/\/[^/]+/, '');
  const { head, body } = await rawRequest(port, target);
  const status = Number(/^HTTP\/1\.1 (\d+)/.exec(head)?.[1]);
  assert.ok(status === 200 || status === 204, `${target}: ${head.split('\r\n')[0]} ${body.slice(0, 200)}`);
  if (status === 204) return [];
  // Chunks of the transfer coding: the numbers of their sizes stand in lines of their own.
  const text = /\r\ntransfer-encoding: chunked/i.test(head) ? body.replace(/(^|\r\n)[0-9a-f]+\r\n/gi, '') : body;
  if (values.format === undefined) return [...text.matchAll(/"id":\s*(\d+)/g)].map(([, id]) => Number(id));
  return [...text.matchAll(/"id":\s*"opgc:\w+:(\d+)"/g)].map(([, id]) => Number(id));
}

/** The same variables with values that the row fulfils, all of the period and of what is required among them. */
function fitting(known: Known, variables: readonly Variable[], all: boolean): ExpanderValues {
  const required = new Set(known.published.variables.filter((one) => one.required).map(({ name }) => name));
  return Object.fromEntries(
    variables.flatMap((variable) => {
      const values = valuesFor(known, variable);
      if (values === null) return variable.old.target === 'count' ? [[variable.name, '1000']] : [];
      const period = variable.old.target === 'begin' || variable.old.target === 'end';
      return all || period || required.has(variable.name) ? [[variable.name, values.fits]] : [];
    }),
  );
}

store('a written row appears at its template, in every payload; a withdrawn one is gone', async () => {
  const every = await knownServices();
  assert.is(every.length, 9);
  for (const known of every) {
    const variables = variablesOf(known);
    const forms = [fitting(known, variables, true), fitting(known, variables, false)];
    const formats = [undefined, ...known.published.returns.filter((type) => /geo\+json/.test(type))];
    const asked = forms.flatMap((form) => formats.map((format) => (format === undefined ? form : { ...form, format })));
    const label = known.epos.ddss + known.epos.file;
    for (const values of asked) assert.not.ok((await idsAt(known, values)).includes(ID), `${label} before`);
    await demo.writer.write([rowFor(known)]);
    try {
      for (const values of asked)
        assert.ok((await idsAt(known, values)).includes(ID), `${label} ${JSON.stringify(values)}`);
    } finally {
      await demo.writer.withdraw([{ service: known.service.name, id: ID }]);
    }
    for (const values of asked) assert.not.ok((await idsAt(known, values)).includes(ID), `${label} after`);
  }
});

store('each parameter of each template decides over a row, alone', async () => {
  let decided = 0;
  for (const known of await knownServices()) {
    const variables = variablesOf(known);
    const row = rowFor(known);
    const base = fitting(known, variables, false);
    await demo.writer.write([row]);
    try {
      for (const variable of variables) {
        const values = valuesFor(known, variable);
        if (values === null) continue;
        const label = `${known.epos.ddss} ${known.epos.file} ${variable.name}`;
        const { old } = variable;
        assert.ok((await idsAt(known, { ...base, [variable.name]: values.fits })).includes(ID), `${label} fits`);
        if (old.operator === 'flag') {
          // Asked for those that have it; a row that has it not is not among them.
          const field = fieldOf(old) ?? '';
          await demo.writer.write([{ ...row, fields: { ...row.fields, [field]: false } }]);
        }
        assert.not.ok(
          (await idsAt(known, { ...base, [variable.name]: values.misses })).includes(ID),
          `${label} misses`,
        );
        if (old.operator === 'flag') await demo.writer.write([row]);
        decided += 1;
      }
    } finally {
      await demo.writer.withdraw([{ service: known.service.name, id: ID }]);
    }
  }
  assert.is(decided, 5 + 2 + 5 + 2 + 6 + 15 + 4 + 10 + 10);
});

store('pages: count, start_page and start_index choose among the rows', async () => {
  for (const known of await knownServices()) {
    const variables = variablesOf(known);
    const named = (target: string) => variables.find(({ old }) => old.target === target)?.name;
    const [count, page, index] = [named('count'), named('page'), named('index')];
    if (count === undefined || page === undefined || index === undefined) continue;
    const rows = [0, 1, 2].map(
      (n): MetadataInput => ({ ...rowFor(known), id: ID + n, time_b: `1${n}:00:00`, time_e: `1${n}:30:00` }),
    );
    await demo.writer.write(rows);
    try {
      const base = fitting(known, variables, false);
      const whole = await idsAt(known, base);
      assert.equal([...whole].sort(), [ID, ID + 1, ID + 2]);
      assert.equal(await idsAt(known, { ...base, [count]: '2' }), whole.slice(0, 2));
      assert.equal(await idsAt(known, { ...base, [count]: '2', [page]: '2' }), whole.slice(2));
      assert.equal(await idsAt(known, { ...base, [count]: '2', [index]: '1' }), whole.slice(1));
    } finally {
      await demo.writer.withdraw(rows.map(({ service, id = 0 }) => ({ service, id })));
    }
  }
});

store.run();
