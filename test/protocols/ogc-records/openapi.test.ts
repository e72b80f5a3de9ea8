// The API description: a valid OpenAPI 3.0 document without outside references, made of what is mounted; every path in it answers.
import { Validator } from '@seriousme/openapi-schema-validator';
import supertest from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { openApiDocument, pathTemplates } from '../../../src/http/openapi.ts';
import type { Protocol, Route } from '../../../src/http/protocol.ts';
import { appOver, testApp } from '../../fixtures/app.ts';
import { BASE, document, get } from './client.ts';

interface Parameter {
  readonly name: string;
  readonly in: string;
  readonly required?: boolean;
  readonly style?: string;
  readonly explode?: boolean;
  readonly schema: {
    readonly type?: string;
    readonly enum?: readonly string[];
    readonly minimum?: number;
    readonly default?: unknown;
    readonly minItems?: number;
    readonly maxItems?: number;
    readonly items?: { readonly type: string };
  };
}
interface Operation {
  readonly operationId: string;
  readonly parameters?: readonly (Parameter | { readonly $ref: string })[];
  readonly responses: { readonly [status: string]: { readonly description: string } };
}
interface OpenApi {
  readonly openapi: string;
  readonly servers: readonly { readonly url: string }[];
  readonly paths: { readonly [path: string]: { readonly [method: string]: Operation } };
  readonly components: { readonly parameters: { readonly [name: string]: Parameter }; readonly schemas: object };
}

const test = suite('OpenAPI');
const api = () => document<OpenApi>('/api');

function parametersOf(description: OpenApi, operation: Operation): readonly Parameter[] {
  return (operation.parameters ?? []).map((parameter) =>
    '$ref' in parameter
      ? (description.components.parameters[parameter.$ref.split('/').at(-1) ?? ''] as Parameter)
      : parameter,
  );
}

test('valid, one document, its references lead to what is in it', async () => {
  const answer = await get('/api');
  assert.is(answer.headers['content-type'], 'application/vnd.oai.openapi+json;version=3.0');
  const description = await api();
  const validator = new Validator();
  const result = await validator.validate(
    structuredClone(description) as unknown as Parameters<Validator['validate']>[0],
  );
  assert.is(JSON.stringify(result.errors ?? '').slice(0, 500), '""');
  assert.is(result.valid, true);
  assert.is(description.openapi, '3.0.3');
  assert.is(description.servers[0]?.url, BASE);
  const text = JSON.stringify(description);
  for (const [, reference = ''] of text.matchAll(/"\$ref":"([^"]+)"/g)) {
    const [hash, ...steps] = reference.split('/');
    assert.is(hash, '#', reference);
    let place: unknown = description;
    for (const step of steps) place = (place as { [name: string]: unknown })[step];
    assert.type(place, 'object', reference);
  }
  for (const later of ['"const":', '"examples":[', '"type":[', '"$schema":']) assert.not.match(text, later);
});

test('operations have names of their own, paths their parameters, and no two paths are the same', async () => {
  const description = await api();
  const names = new Set<string>();
  const shapes = new Set<string>();
  for (const [path, item] of Object.entries(description.paths)) {
    const shape = path.replace(/\{\w+\}/g, '{}');
    assert.not.ok(shapes.has(shape), `${path} twice`);
    shapes.add(shape);
    for (const operation of Object.values(item)) {
      assert.not.ok(names.has(operation.operationId), operation.operationId);
      names.add(operation.operationId);
      const parameters = parametersOf(description, operation);
      const inPath = parameters.filter((parameter) => parameter.in === 'path').map(({ name }) => name);
      assert.equal(
        inPath,
        [...path.matchAll(/\{(\w+)\}/g)].map(([, name]) => name),
        path,
      );
      const keys = parameters.map((parameter) => `${parameter.in} ${parameter.name}`);
      assert.is(new Set(keys).size, keys.length, `${path}: a parameter twice`);
      for (const response of Object.values(operation.responses)) assert.ok(response.description, path);
    }
  }
});

test('items of each collection: limit, bbox and datetime as the suite of Features wants them', async () => {
  const description = await api();
  const { mappings } = await testApp();
  for (const name of ['records', ...mappings.services.map((service) => service.name)]) {
    const operation = description.paths[`/collections/${name}/items`]?.get;
    assert.ok(operation, name);
    const parameters = new Map(parametersOf(description, operation).map((parameter) => [parameter.name, parameter]));
    const limit = parameters.get('limit');
    assert.equal(
      [limit?.schema.type, limit?.schema.minimum, limit?.schema.default, limit?.required, limit?.style, limit?.explode],
      ['integer', 1, 10, false, 'form', false],
    );
    const bbox = parameters.get('bbox');
    assert.equal(
      [
        bbox?.style,
        bbox?.explode,
        bbox?.schema.type,
        bbox?.schema.minItems,
        bbox?.schema.maxItems,
        bbox?.schema.items?.type,
      ],
      ['form', false, 'array', 4, 6, 'number'],
    );
    assert.equal([parameters.get('datetime')?.schema.type, parameters.get('datetime')?.required], ['string', false]);
    for (const wanted of [
      'q',
      'ids',
      'externalIds',
      'type',
      'sortby',
      'filter',
      'filter-lang',
      'filter-crs',
      'offset',
      'cursor',
      'f',
      'lang',
    ]) {
      assert.ok(parameters.has(wanted), `${name} ${wanted}`);
    }
    const { properties } = await document<{ properties: object }>(`/collections/${name}/queryables`);
    const own = Object.keys(properties).filter((property) => !['anytext', 'id', 'time', 'geometry'].includes(property));
    for (const property of own) assert.ok(parameters.has(property), `${name} ${property}`);
  }
  assert.is(
    (description.components.parameters.limit as Parameter).schema.minimum,
    1,
    'where a desktop client looks for it',
  );
});

/** A value for each parameter of a path, in the demo catalogue. */
const VALUES: { readonly [name: string]: string } = {
  identifier: 'opgc:dynvolc:1',
  recordId: 'opgc:dynvolc:1',
  os: 'dynvolc',
  service: 'dynvolc',
  id: '1',
  format: 'json',
  code: 'not-found',
  p0: '2015-01-01',
  p1: '2016-01-01',
};

test('every documented GET answers: never 404 for its path, 405 or 5xx', async () => {
  const description = await api();
  const wrong: string[] = [];
  let asked = 0;
  for (const [path, item] of Object.entries(description.paths)) {
    const operation = item.get;
    if (operation === undefined) continue;
    const known = parametersOf(description, operation);
    const names = [...path.matchAll(/\{(\w+)\}/g)].map(([, name = '']) => name);
    const filledWith = (name: string) =>
      VALUES[name] ?? known.find((parameter) => parameter.name === name)?.schema.enum?.[0];
    // Files of a site are found by links alone.
    if (names.some((name) => filledWith(name) === undefined)) continue;
    const answer = await get(
      path.replace(/\{(\w+)\}/g, (_, name: string) => encodeURIComponent(filledWith(name) ?? '')),
    );
    asked += 1;
    const isAbsent = answer.status === 404 && names.length === 0;
    if (isAbsent || answer.status === 405 || answer.status >= 500) wrong.push(`${answer.status} ${path}`);
  }
  assert.equal(wrong, []);
  assert.ok(asked > 100, `${asked} paths`);
});

test('what is not mounted is in neither the description nor the conformance, what is mounted is in both', async () => {
  const { database, mappings } = await testApp();
  const paths = ['/colour', '/colour/{name}', '/colour/{name}/{shade}'];
  const before = await api();
  for (const path of paths) assert.not.ok(path in before.paths);
  const door: Protocol = {
    name: 'colours',
    routes: [
      { method: 'GET', path: '/colour', doc: { summary: 'All colours' }, handle: () => undefined },
      { method: 'GET', path: '/colour/:name{/:shade}', doc: { summary: 'A colour' }, handle: () => undefined },
    ],
    conformance: ['http://example.org/conf/colour'],
  };
  const elsewhere: Protocol = {
    name: 'apart',
    routes: [],
    apiRoot: '/apart',
    conformance: ['http://example.org/conf/apart'],
  };
  const { server } = appOver(database, mappings, { further: () => [door, elsewhere] });
  const description = JSON.parse((await supertest(server).get('/api')).text) as OpenApi;
  for (const path of paths) assert.ok(path in description.paths, path);
  const { conformsTo } = (await supertest(server).get('/conformance')).body as { conformsTo: string[] };
  assert.ok(conformsTo.includes('http://example.org/conf/colour'));
  assert.not.ok(
    conformsTo.includes('http://example.org/conf/apart'),
    'a door with a root of its own speaks for itself',
  );
  server.close();
});

test('templates of paths; parameters that several operations share stand once, the most used one by its plain name', () => {
  assert.equal(pathTemplates('/a/:b{/:c}/d{.:e}'), ['/a/{b}/d', '/a/{b}/d.{e}', '/a/{b}/{c}/d', '/a/{b}/{c}/d.{e}']);
  assert.equal(pathTemplates('/a/*rest'), ['/a/{rest}']);
  const limit = (maximum: number) => ({
    name: 'limit',
    in: 'query' as const,
    required: false,
    description: 'x',
    schema: { type: 'integer', maximum },
  });
  const route = (path: string, maximum: number): Route => ({
    method: 'GET',
    path,
    doc: { summary: path, parameters: [limit(maximum)] },
    handle: () => undefined,
  });
  const about = {
    title: 't',
    description: 'd',
    version: '1',
    server: 'http://x.example.org',
    contact: { name: 'c' },
    licence: { name: 'l', url: 'http://l.example.org' },
  };
  const routes = [route('/a', 1), route('/b', 1), route('/c', 2), route('/d', 2), route('/e', 2), route('/f', 3)];
  const { components, paths } = openApiDocument([{ name: 'n', routes }], about) as unknown as OpenApi;
  assert.equal(
    Object.entries(components.parameters).map(([name, { schema }]) => [name, (schema as { maximum: number }).maximum]),
    [
      ['limit', 2],
      ['limit-2', 1],
    ],
  );
  assert.equal(paths['/a']?.get?.parameters, [{ $ref: '#/components/parameters/limit-2' }]);
});

test.run();
