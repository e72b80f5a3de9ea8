// The Turtle files for EPOS: strict, complete, with the identifiers of 2019, and without a violation of the shapes of both profile versions.
// The shapes and the files of 2019 are read where they are found; without them those tests are skipped.
import { existsSync, readFileSync } from 'node:fs';
import type { Store } from 'n3';
import request from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { checkShapes, readShapes } from '../../../conformance/kit/shacl.ts';
import { DEMO_BASE, type DemoApp, demoApp } from '../../fixtures/demo-app.ts';
import { publishedService, strictTurtle } from '../../fixtures/epos-services.ts';

const SAMPLES = new URL('../../../../shared/samples/epos-dcat-ap/', import.meta.url);
const SHAPES = { v3: 'epos-dcat-ap_v3.0.0_shacl.ttl', v1: 'epos-dcat-ap_v1_shapes.ttl' } as const;
const PROFILES = ['v3', 'v1'] as const;
const RDF_TYPE = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#type';
const DCT = 'http://purl.org/dc/terms/';
const DCAT = 'http://www.w3.org/ns/dcat#';
const SCHEMA = 'http://schema.org/';

let demo!: DemoApp;
const descriptions = suite('descriptions for EPOS');
descriptions.before(async () => {
  demo = await demoApp();
});

const sample = (name: string): string | null => {
  const file = new URL(name, SAMPLES);
  return existsSync(file) ? readFileSync(file, 'utf8') : null;
};

async function fetchText(address: string, type: string): Promise<string> {
  const answer = await request(demo.server).get(address.replace('http://catalogue.example.org', ''));
  assert.is(answer.status, 200, `${address}: ${answer.text}`);
  assert.is(answer.headers['content-type'], `${type}; charset=utf-8`);
  return answer.text;
}

async function files(profile: string): Promise<ReadonlyMap<string, string>> {
  const index = await fetchText(`/epos/index.txt?profile=${profile}`, 'text/plain');
  const addresses = index.split('\n').filter((line) => line !== '');
  const found = new Map<string, string>();
  for (const address of addresses) found.set(address, await fetchText(address, 'text/turtle'));
  return found;
}

const values = (store: Store, property: string): readonly string[] =>
  store.getObjects(null, property, null).map(({ value }) => value);

descriptions('the index names nine files, and version 1 by its own addresses', async () => {
  const three = await files('v3');
  assert.is(three.size, 9);
  for (const address of three.keys())
    assert.match(address, /^http:\/\/catalogue\.example\.org\/vobs\/epos\/WP11-DDSS-\d{3}-[a-z0-9-]+\.ttl$/);
  const one = await files('v1');
  assert.equal(
    [...one.keys()],
    [...three.keys()].map((address) => `${address}?profile=v1`),
  );
});

for (const profile of PROFILES) {
  descriptions(
    `${profile}: every file is strict Turtle with one service, its data sets and a template that answers`,
    async () => {
      const service = profile === 'v3' ? `${DCAT}DataService` : 'https://www.epos-eu.org/epos-dcat-ap#WebService';
      for (const [address, text] of await files(profile)) {
        const store = strictTurtle(text);
        assert.is(store.getSubjects(RDF_TYPE, service, null).length, 1, address);
        assert.ok(store.getSubjects(RDF_TYPE, `${DCAT}Dataset`, null).length > 0, address);
        for (const { object } of store.getQuads(null, null, null, null)) {
          if (object.termType === 'Literal') assert.is(object.language, '', `${address}: ${object.value}`);
        }
        const { template, variables, returns, ddss } = publishedService(text);
        assert.ok(template.startsWith(`${DEMO_BASE}/`), template);
        assert.ok(address.includes(ddss), `${address} ${ddss}`);
        assert.equal(variables.at(-1)?.property, 'schema:encodingFormat');
        assert.equal(variables.at(-1)?.values, returns);
        const written = [...template.matchAll(/\{[?&]?([^}]*)\}/g)].flatMap(([, names = '']) =>
          names.split(',').map((name) => name.trim()),
        );
        assert.equal([...written].sort(), variables.map(({ name }) => name).sort());
        const meanings = variables.map(({ property }) => property);
        assert.ok(meanings.includes('schema:startDate') && meanings.includes('schema:endDate'), address);
      }
    },
  );

  descriptions(`${profile}: no violation of the published shapes, in each file and in the catalogue`, async () => {
    const text = sample(SHAPES[profile]);
    if (text === null) return;
    const shapes = readShapes(text);
    const catalogue = await fetchText(`/epos/catalog.ttl?profile=${profile}`, 'text/turtle');
    for (const [address, file] of [...(await files(profile)), ['catalog.ttl', catalogue] as const]) {
      const results = checkShapes(shapes, strictTurtle(file));
      assert.equal(
        results.filter(({ severity }) => severity === 'Violation'),
        [],
        address,
      );
      assert.ok(results.length > 0, `${address}: the shapes were looked at`);
    }
  });

  descriptions(`${profile}: the checker finds planted faults`, async () => {
    const text = sample(SHAPES[profile]);
    if (text === null) return;
    const shapes = readShapes(text);
    const file = await fetchText(`/epos/WP11-DDSS-024-voldorad.ttl?profile=${profile}`, 'text/turtle');
    const faults: readonly (readonly [RegExp, string, RegExp])[] = [
      [/dct:title "([^"]*)"/, 'dct:title "$1"@en', /datatype/],
      [/ {2}skos:definition "[^"]*" ;\n/, '', /minCount 1/],
      [/"false"\^\^xsd:boolean/, '"no"^^xsd:boolean', /datatype/],
      [/hydra:variable "radar"/, 'hydra:variable "radar", "radar2"', /maxCount 1/],
      [/dcat:theme <[^>]*>/, 'dcat:theme <urn:x:none>', /class|or of/],
      [/\^\^geo:wktLiteral/, '', /datatype/],
    ];
    for (const [pattern, replacement, message] of faults) {
      assert.match(file, pattern);
      const results = checkShapes(shapes, strictTurtle(file.replace(pattern, replacement)));
      assert.ok(
        results.some((result) => message.test(result.message)),
        `${pattern}: ${JSON.stringify(results)}`,
      );
    }
  });
}

descriptions('the checker finds in the files of 2019 the violations that they are known for', () => {
  const shapes = sample(SHAPES.v1);
  const old = sample('OPGC_WP11-DDSS-024_VOLDORAD.ttl');
  if (shapes === null || old === null) return;
  const absolute = old.replace(/<(?![a-z]+:)([^>]+)>/g, '<https://$1>');
  const violations = checkShapes(readShapes(shapes), strictTurtle(absolute)).filter(
    ({ severity }) => severity === 'Violation',
  );
  assert.ok(violations.length >= 4 && violations.length <= 6, JSON.stringify(violations, null, 1));
});

descriptions('identifiers, templates and entry points are those of 2019', async () => {
  const names = [
    '024_VOLDORAD',
    '026_collection_rocks',
    '036_DYNVOLC',
    '047_HOTVOLC',
    '050_OI2',
    '053_doppler_spectra',
  ];
  const catalogue = strictTurtle(await fetchText('/epos/catalog.ttl?profile=v1', 'text/turtle'));
  const identifiers = new Set([...values(catalogue, `${DCT}identifier`), ...values(catalogue, `${SCHEMA}identifier`)]);
  for (const name of names) {
    const text = sample(`OPGC_WP11-DDSS-${name}.ttl`);
    if (text === null) return;
    const old = strictTurtle(text.replace(/<(?![a-z]+:)([^>]+)>/g, '<https://$1>'));
    const wanted = [...values(old, `${DCT}identifier`), ...values(old, `${SCHEMA}identifier`)].filter((id) =>
      /DDSS/.test(id),
    );
    assert.ok(wanted.length >= 3, name);
    for (const identifier of wanted) {
      assert.ok(identifiers.has(identifier), `${name}: ${identifier}`);
    }
    for (const subject of old.getSubjects(RDF_TYPE, 'http://www.w3.org/ns/hydra/core#Operation', null)) {
      assert.is(catalogue.countQuads(subject, RDF_TYPE, null, null), 1, subject.value);
    }
    for (const template of values(old, 'http://www.w3.org/ns/hydra/core#template')) {
      const path = template.replace(/^https?:\/\/[^/]+(\/vobs)?/, '').replaceAll(' ', '');
      const ours = values(catalogue, 'http://www.w3.org/ns/hydra/core#template').map((own) =>
        own
          .replace(DEMO_BASE, '')
          .replaceAll(' ', '')
          .replace(/,format\}/, '}')
          .replace('{?format}', ''),
      );
      assert.ok(ours.includes(path), `${name}: ${path}\n${ours.join('\n')}`);
    }
  }
});

descriptions('an unknown profile is told, HEAD and 304 answer', async () => {
  const wrong = await request(demo.server).get('/epos/index.txt?profile=v2');
  assert.is(wrong.status, 400);
  assert.equal(
    wrong.body.errors.map(({ parameter }: { parameter: string }) => parameter),
    ['profile'],
  );
  const head = await request(demo.server).head('/epos/WP11-DDSS-050-oi2.ttl');
  assert.is(head.status, 200);
  assert.is(head.headers['content-type'], 'text/turtle; charset=utf-8');
  const first = await request(demo.server).get('/epos/WP11-DDSS-050-oi2.ttl');
  const again = await request(demo.server)
    .get('/epos/WP11-DDSS-050-oi2.ttl')
    .set('If-None-Match', first.headers.etag ?? '');
  assert.is(again.status, 304);
});

descriptions.run();
