// The landing page of a DOI: open where the data are not, telling programs where to go, and still there when the record has been withdrawn. And what
// partners hold of our records, by relation, in every document that has a word for it.
import supertest from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { MetadataInput } from '../../src/mapping/row.ts';
import { portalApp } from './portal-app.ts';

const BASE = 'https://data.example.org/vobs';
const BROWSER = { Accept: 'text/html,application/xhtml+xml,*/*;q=0.8' };
const landing = suite('landing pages');

async function get(path: string, headers: { readonly [name: string]: string } = BROWSER) {
  const { server } = await portalApp();
  return supertest(server).get(path).set(headers).buffer(true);
}
const textOf = (answer: supertest.Response): string =>
  answer.text ?? (Buffer.isBuffer(answer.body) ? answer.body.toString('utf8') : JSON.stringify(answer.body));

async function write(...rows: readonly MetadataInput[]): Promise<void> {
  const { writer } = await portalApp();
  const report = await writer.write(rows);
  assert.equal(report.refused, []);
}

const RESTRICTED: MetadataInput = {
  service: 'presse',
  id: 9_201,
  name: 'Melting of a basalt',
  description: 'Experiment at 3 GPa.',
  date_b: '2021-03-04',
  authorization_: 2,
  doi: '10.25519/PRESSE-9201',
  data_published: '2022-01-02',
  links: [
    {
      role: 'related',
      href: 'https://doi.org/10.25519/PRESSE-9200',
      title: 'First version',
      relation: 'IsNewVersionOf',
    },
    { role: 'related', href: 'https://repository.example.org/9201', title: 'Repository', relation: 'IsIdenticalTo' },
    { role: 'related', href: 'https://archive.example.org/report.pdf', title: 'Report' },
  ],
};

landing('public though the data are refused: citation, DOI as an address, conditions, versions', async () => {
  await write(RESTRICTED);
  const page = await get('/records/opgc:presse:9201');
  assert.is(page.status, 200);
  const html = textOf(page);
  assert.match(html, 'href="https://doi.org/10.25519/PRESSE-9201"');
  assert.match(html, /\(2022\): Melting of a basalt\..* https:\/\/doi\.org\/10\.25519\/PRESSE-9201/);
  assert.match(html, 'New version of: First version');
  assert.match(html, 'The same is at: Repository');
  assert.match(html, 'The data need an account with access');
  assert.match(textOf(await get('/records/opgc:presse:9201?lang=fr')), 'Nouvelle version de\u00a0: First version');
});

landing('the header of the page leads programs on, and each address of ours in it answers', async () => {
  const { headers } = await get('/records/opgc:presse:9201');
  const links = [...String(headers.link).matchAll(/<([^>]+)>; rel="([^"]+)"/g)].map(([, href = '', rel = '']) => ({
    href,
    rel,
  }));
  const of = (rel: string) => links.filter((link) => link.rel === rel).map(({ href }) => href);
  assert.equal(of('canonical'), [`${BASE}/id/presse/9201`]);
  assert.equal(of('cite-as'), ['https://doi.org/10.25519/PRESSE-9201']);
  assert.equal(of('type'), ['https://schema.org/Dataset']);
  assert.is(of('license').length, 1);
  assert.ok(of('describedby').length >= 4);
  for (const href of of('describedby')) {
    const answer = await get(href.replace(BASE, ''));
    assert.is(answer.status, 200, href);
    assert.match(textOf(answer), '9201');
  }
  // Its data are refused to nobody in particular: the address is right, and asks for a login.
  assert.ok(of('item').length > 0);
  for (const href of of('item')) assert.is((await get(href.replace(BASE, ''))).status, 401, href);
  assert.is((await get('/records/opgc:presse:1')).headers.link?.includes('cite-as'), false);
});

landing('relations of what is elsewhere, in the words of each standard', async () => {
  const xml = textOf(await get('/records/opgc:presse:9201?f=datacite'));
  assert.match(
    xml,
    '<relatedIdentifier relatedIdentifierType="DOI" relationType="IsNewVersionOf">10.25519/PRESSE-9200<',
  );
  assert.match(
    xml,
    '<relatedIdentifier relatedIdentifierType="URL" relationType="IsIdenticalTo">https://repository.example.org/9201<',
  );
  assert.match(
    xml,
    '<relatedIdentifier relatedIdentifierType="URL" relationType="IsDocumentedBy">https://archive.example.org/report.pdf<',
  );
  const schemaOrg = JSON.parse(textOf(await get('/records/opgc:presse:9201?f=schema-org')));
  assert.equal(schemaOrg.sameAs, ['https://doi.org/10.25519/PRESSE-9201', 'https://repository.example.org/9201']);
  const dcat = textOf(await get('/records/opgc:presse:9201?f=dcat-ttl'));
  assert.match(
    dcat,
    /dct:relation <https:\/\/doi\.org\/10\.25519\/PRESSE-9200>, <https:\/\/repository\.example\.org\/9201>/,
  );
  assert.match(dcat, 'foaf:page <https://archive.example.org/report.pdf>');
  assert.match(textOf(await get('/records/opgc:presse:9201?f=iso19139')), 'https://repository.example.org/9201');
});

landing('records that partners hold say so by what their service file has: EBAS, ICOS, ISDeform', async () => {
  const place = { longitude: 2.964886, latitude: 45.772223, epsg: 4326, date_b: '2020-01-01', authorization_: 0 };
  await write(
    {
      service: 'copdd',
      id: 9_301,
      name: 'Aerosol',
      ...place,
      fields: { site: 'puy-de-dome', matrix: 'aerosol', parameter: 'x' },
    },
    {
      service: 'copdd',
      id: 9_302,
      name: 'Carbon dioxide',
      ...place,
      fields: { site: 'puy-de-dome', matrix: 'gas', parameter: 'carbon_dioxide' },
    },
    {
      service: 'copdd',
      id: 9_303,
      name: 'Elsewhere',
      ...place,
      fields: { site: 'opme', matrix: 'met', parameter: 'temperature' },
    },
    {
      service: 'oi2',
      id: 9_304,
      name: 'Pair',
      date_b: '2020-01-01',
      authorization_: 0,
      fields: { product: 'INTERFEROGRAM', sat: 'SENTINEL' },
    },
    {
      service: 'oi2',
      id: 9_305,
      name: 'Lava',
      date_b: '2020-01-01',
      authorization_: 0,
      fields: { product: 'LAVAMAP', sat: 'SENTINEL' },
    },
  );
  const relations = async (identifier: string) =>
    [...textOf(await get(`/records/${identifier}?f=datacite`)).matchAll(/relationType="(\w+)">([^<]*)</g)]
      .filter(([, relation]) => !['IsPartOf', 'HasMetadata'].includes(relation ?? ''))
      .map(([, relation, address]) => `${relation} ${address}`);
  assert.equal(await relations('opgc:copdd:9301'), ['IsVariantFormOf https://ebas.nilu.no/']);
  assert.equal(await relations('opgc:copdd:9302'), ['IsSourceOf https://data.icos-cp.eu/portal/']);
  assert.equal(await relations('opgc:copdd:9303'), []);
  assert.equal(await relations('opgc:oi2:9304'), [
    'IsContinuedBy http://isdeform.opgc.fr/static/GDMSARIn/collection.json',
  ]);
  assert.equal(await relations('opgc:oi2:9305'), []);
  assert.equal(await relations('opgc:copdd'), [
    'IsVariantFormOf https://ebas.nilu.no/',
    'IsSourceOf https://data.icos-cp.eu/portal/',
  ]);
  const { writer } = await portalApp();
  await writer.withdraw([9_301, 9_302, 9_303].map((id) => ({ service: 'copdd', id })));
  await writer.withdraw([9_304, 9_305].map((id) => ({ service: 'oi2', id })));
});

landing('a withdrawn record with a DOI keeps a page that says so, by its stable address too', async () => {
  const { writer } = await portalApp();
  const row: MetadataInput = {
    service: 'presse',
    id: 9_202,
    name: 'Withdrawn run',
    date_b: '2021-03-04',
    authorization_: 0,
    data_published: '2022-01-02',
  };
  await write(
    { ...row, doi: '10.25519/PRESSE-9202' },
    { ...row, id: 9_203, name: 'Without DOI' },
    { ...row, id: 9_204, name: 'Never public', doi: '10.25519/PRESSE-9204', authorization_: 3 },
  );
  await writer.withdraw([9_202, 9_203, 9_204].map((id) => ({ service: 'presse', id })));
  const page = await get('/records/opgc:presse:9202');
  assert.is(page.status, 410);
  const html = textOf(page);
  assert.match(html, 'This record has been withdrawn');
  assert.match(html, /\(2022\): Withdrawn run\..* https:\/\/doi\.org\/10\.25519\/PRESSE-9202/);
  assert.match(html, '1 June 2025');
  assert.match(html, 'data@example.org');
  assert.match(html, 'content="noindex"');
  assert.match(textOf(await get('/records/opgc:presse:9202?lang=fr')), 'Cette notice a été retirée');
  const stable = await get('/id/presse/9202');
  assert.equal([stable.status, stable.headers.location], [303, `${BASE}/records/opgc:presse:9202`]);
  const program = await get('/records/opgc:presse:9202?f=datacite', { Accept: 'application/json' });
  assert.is(program.status, 410);
  assert.match(textOf(program), 'withdrawn on 2025-06-01');
  for (const id of [9_203, 9_204]) {
    assert.is((await get(`/records/opgc:presse:${id}`)).status, 404);
    assert.is((await get(`/id/presse/${id}`)).status, 404);
  }
  // It comes back.
  await write({ ...row, doi: '10.25519/PRESSE-9202' });
  assert.is((await get('/records/opgc:presse:9202')).status, 200);
  await writer.withdraw([{ service: 'presse', id: 9_202 }]);
});

landing.run();
