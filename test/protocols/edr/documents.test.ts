// Landing page, conformance, collections and API description, as the suite for EDR asks them (ets-ogcapi-edr10), and what each link leads to.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { DATA_BASE, dataApp } from '../../fixtures/data-app.ts';
import { ask } from './client.ts';

const test = suite('EDR documents');
const { server } = dataApp();
const json = async (address: string) => {
  const { status, text } = await ask(server, address);
  assert.is(status, 200, `${address} ${text.slice(0, 300)}`);
  return JSON.parse(text);
};

interface Link {
  readonly rel: string;
  readonly href: string;
  readonly type?: string;
}
interface CollectionDocument {
  readonly id: string;
  readonly links: readonly Link[];
  readonly extent: {
    readonly spatial: { readonly bbox: readonly number[][] };
    readonly temporal: { readonly interval: readonly (string | null)[][] };
    readonly vertical?: { readonly interval: readonly string[][] };
  };
  readonly crs: readonly string[];
  readonly output_formats: readonly string[];
  readonly data_queries: {
    readonly [query: string]: {
      readonly link: {
        readonly href: string;
        readonly rel: string;
        readonly variables: {
          readonly query_type: string;
          readonly output_formats: readonly string[];
          readonly crs_details: readonly { readonly wkt: string }[];
        };
      };
    };
  };
  readonly parameter_names: {
    readonly [name: string]: {
      readonly type: string;
      readonly observedProperty: { readonly label: unknown };
      readonly unit?: unknown;
    };
  };
}

test('every link of the landing page answers with its type', async () => {
  const { links } = (await json('/edr')) as { links: readonly Link[] };
  assert.equal(
    links.map(({ rel }) => rel),
    ['self', 'service-desc', 'service-doc', 'conformance', 'data'],
  );
  for (const { href, type = '' } of links) {
    const answer = await ask(server, href.slice(DATA_BASE.length));
    assert.is(answer.status, 200, href);
    assert.is(answer.type, type.split(';')[0]);
  }
});

test('each collection says what can be asked of it, and the list says the same', async () => {
  const { collections } = (await json('/edr/collections')) as { collections: readonly CollectionDocument[] };
  assert.equal(
    collections.map(({ id }) => id),
    ['airborne', 'auverwatch', 'copdd', 'gazvolc', 'lidar', 'rayonnement', 'voldorad'],
  );
  for (const collection of collections) {
    const own = (await json(`/edr/collections/${collection.id}`)) as CollectionDocument;
    assert.equal({ ...own, links: [] }, { ...collection, links: [] });
    assert.ok(collection.links.some(({ rel }) => rel === 'self') && collection.links.some(({ rel }) => rel === 'data'));
    assert.is(collection.extent.spatial.bbox[0]?.length, 4);
    assert.match(collection.extent.temporal.interval[0]?.[0] ?? '', /^2024-05-01T/);
    assert.match(collection.crs[0] ?? '', 'CRS84');
    for (const [query, { link }] of Object.entries(collection.data_queries)) {
      assert.is(link.href, `${DATA_BASE}/edr/collections/${collection.id}/${query}`);
      assert.is(link.variables.query_type, query);
      assert.ok(link.variables.output_formats.includes('CoverageJSON'));
      assert.match(link.variables.crs_details[0]?.wkt ?? '', /Longitude.*Latitude/);
    }
    for (const parameter of Object.values(collection.parameter_names)) {
      assert.is(parameter.type, 'Parameter');
      assert.is(typeof parameter.observedProperty.label, 'string');
    }
  }
  const named = (id: string) => collections.find((collection) => collection.id === id);
  assert.equal(Object.keys(named('airborne')?.data_queries ?? {}), ['area', 'locations'], 'a flight has no station');
  assert.equal(Object.keys(named('voldorad')?.parameter_names ?? {}), ['power_pos', 'vmax_pos']);
  assert.equal(named('lidar')?.extent.vertical?.interval, [['100', '400']]);
  assert.is(named('copdd')?.extent.vertical, undefined);
});

test('the API description has a path for each query, with all its parameters', async () => {
  const api = await json('/edr/api');
  assert.is(api.openapi, '3.0.3');
  const wanted = ['coords', 'datetime', 'parameter-name', 'z', 'crs', 'f'];
  for (const [query, own] of [
    ['position', wanted],
    ['area', wanted],
    ['locations', ['datetime', 'bbox', 'crs', 'f']],
  ] as const) {
    const { parameters } = api.paths[`/edr/collections/{collectionId}/${query}`].get;
    const names = parameters.map(
      (parameter: { name?: string; $ref?: string }) =>
        parameter.name ?? api.components.parameters[(parameter.$ref ?? '').split('/').at(-1) ?? ''].name,
    );
    for (const name of own) assert.ok(names.includes(name), `${query} ${name}`);
  }
  assert.is(Object.keys(api.paths).length, 10);
  const page = await ask(server, '/edr/api.html?lang=fr');
  assert.match(page.text, 'parameter-name');
});

test('a class is claimed only where it is honoured, and the root of the site does not claim them', async () => {
  const { conformsTo } = await json('/edr/conformance');
  for (const name of ['core', 'collections', 'json', 'geojson', 'edr-geojson', 'covjson', 'oas30']) {
    assert.ok(conformsTo.includes(`http://www.opengis.net/spec/ogcapi-edr-1/1.1/conf/${name}`), name);
  }
  assert.not(conformsTo.some((uri: string) => /html|cube|trajectory|instances|items/.test(uri)));
  const root = await json('/conformance');
  assert.not(root.conformsTo.some((uri: string) => uri.includes('ogcapi-edr')));
});

test('304 to who has the document already', async () => {
  for (const address of [
    '/edr',
    '/edr/collections',
    '/edr/collections/copdd',
    '/edr/api',
    '/edr/collections/copdd/locations',
  ]) {
    const { headers } = await ask(server, address);
    assert.is((await ask(server, address, { 'If-None-Match': headers.etag ?? '' })).status, 304, address);
  }
});

test('what is not there and what is not known', async () => {
  const table = [
    [404, '/edr/collections/dynvolc'],
    [404, '/edr/collections/nothing'],
    [404, '/edr/collections/nothing/position?coords=POINT(0%200)'],
    [404, '/edr/collections/copdd/cube?bbox=0,0,1,1'],
    [404, '/edr/nothing'],
    [400, '/edr?limit=1'],
    [400, '/edr/collections?bbox=1'],
    [406, '/edr/collections?f=xml'],
  ] as const;
  for (const [status, address] of table) {
    const answer = await ask(server, address);
    assert.is(answer.status, status, address);
    assert.is(answer.type, 'application/problem+json');
  }
});

test.run();
