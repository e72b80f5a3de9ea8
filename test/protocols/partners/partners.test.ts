// What partners read in forms of their own: every document is as its schema or its reader wants it, every file that is listed answers, and all of it
// follows the records and rows of the moment and the rights of who asks.
import request from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { partnerDocumentFaults } from '../../../conformance/metadata-formats/partner-documents.ts';
import type { Chunk } from '../../../src/model/table.ts';
import { createDataWriter } from '../../../src/storage/data-rows-write.ts';
import { dataShapes } from '../../../src/storage/data-shape.ts';
import { openTestApp, TEST_BASE, type TestApp } from '../../fixtures/app.ts';
import { ebasFaults } from '../../fixtures/ebas-rules.ts';

const HOUR = 3_600_000;
const BEGIN = Date.UTC(2024, 0, 1);
const PUY = { longitude: 2.964886, latitude: 45.772223, elevation: 1465, epsg: 4326 };
const COUNTER = {
  parameter: 'particle_number_concentration',
  unit: '1/cm3',
  matrix: 'aerosol',
  resolution: '1h',
  site: 'puy-de-dome',
};
const OPEN = 90_001;
const REGISTERED = 90_002;
const INTERNAL = 90_003;
const OPME = 90_004;
const WEATHER = 90_005;

let app!: TestApp;
const partners = suite('documents and files for partners');

const path = (address: string) => address.replace(/^https:\/\/data\.example\.org/, '');
const get = (address: string, headers: { readonly Authorization?: string } = {}) =>
  request(app.server).get(path(address)).set(headers);
const column = (values: readonly number[]) => Float64Array.from(values);

/** 48 hours of one record: the tenth is missing, the twelfth has a flag. */
function hours(record: number): Chunk {
  const at = Array.from({ length: 48 }, (_, n) => n);
  const missing = (n: number, value: number) => (n === 9 ? Number.NaN : value);
  return {
    rows: at.length,
    values: [
      column(at.map(() => record)),
      column(at.map((n) => BEGIN + n * HOUR)),
      column(at.map((n) => BEGIN + (n + 1) * HOUR)),
      column(at.map((n) => missing(n, 1000.5 + n))),
      column(at.map((n) => missing(n, 900.25 + n))),
      column(at.map((n) => missing(n, 1100.75 + n))),
      column(at.map((n) => (n === 9 ? 999 : n === 11 ? 640 : 0))),
    ],
  };
}
const HOUR_COLUMNS = ['record', 'time', 'time_end', 'value', 'percentile_15_87', 'percentile_84_13', 'flag'];

partners.before(async () => {
  app = await openTestApp();
  const row = {
    service: 'copdd',
    date_b: '2024-01-01',
    date_e: '2024-01-02',
    product_level: 'validated',
    instrument: ['cpc'],
    platform: 'puy-de-dome',
    fields: COUNTER,
    ...PUY,
  } as const;
  await app.writer.write([
    { ...row, id: OPEN, name: 'Particles: open', authorization_: 0 },
    { ...row, id: REGISTERED, name: 'Particles, registered', authorization_: 1 },
    { ...row, id: INTERNAL, name: 'Particles, internal', authorization_: 3 },
    {
      ...row,
      id: OPME,
      name: 'Particles at Opme',
      authorization_: 0,
      longitude: 3.09,
      latitude: 45.71,
      elevation: 660,
      platform: 'opme',
    },
    {
      ...row,
      id: WEATHER,
      name: 'Weather',
      authorization_: 0,
      instrument: ['weather-station', 'rain-gauge'],
      fields: { ...COUNTER, parameter: 'meteorology', matrix: 'met' },
    },
  ]);
  const writer = createDataWriter(app.database, { shapes: dataShapes(app.mappings.services), clock: () => BEGIN });
  for (const record of [OPEN, REGISTERED, INTERNAL, OPME]) await writer.write('copdd', HOUR_COLUMNS, [hours(record)]);
  const { rows, values } = hours(WEATHER);
  await writer.write(
    'copdd',
    ['record', 'time', 'time_end', 'temperature', 'relative_humidity'],
    [{ rows, values: values.slice(0, 5) }],
  );
});
partners.after(() => app.close());

interface Actris {
  readonly identification: { readonly title: string; readonly identifier: { readonly pid: string } };
  readonly facility: { readonly identifier: string; readonly actris_national_facility: boolean };
  readonly distribution_information: readonly {
    readonly dataset_url: string;
    readonly access_restriction: { readonly restricted: boolean };
  }[];
  readonly variables: readonly { readonly temporal_resolution: string }[];
}

async function actrisPage(n: number): Promise<readonly Actris[]> {
  const { status, body, headers } = await get(`/vobs/actris/metadata/page/${n}`);
  assert.is(status, 200);
  assert.is(headers['content-type'], 'application/json; charset=utf-8');
  return body as Actris[];
}

partners('ACTRIS: every data set of its facilities, each as the schema wants it', async () => {
  const { body } = await get('/vobs/opensearch/copdd/search.json?count=0');
  const page = await actrisPage(0);
  assert.is(page.length, Math.min(100, body.totalResults as number));
  assert.is(new Set(page.map(({ identification }) => identification.identifier.pid)).size, page.length);
  for (const document of page) assert.equal(partnerDocumentFaults('actris-dataset', document), []);
  assert.equal(await actrisPage(7), []);
  for (const wrong of ['x', '-1', '99999999'])
    assert.is((await get(`/vobs/actris/metadata/page/${wrong}`)).status, 404);
});

partners('ACTRIS: what was made elsewhere is not of the facility, what is refused says so', async () => {
  const document = async (id: number) => {
    const { status, text } = await get(`/vobs/records/opgc:copdd:${id}?f=actris`).buffer(true);
    assert.is(status, 200);
    return JSON.parse(text) as Actris;
  };
  const [open, registered, opme] = [await document(OPEN), await document(REGISTERED), await document(OPME)];
  assert.equal([open.facility.identifier, open.facility.actris_national_facility], ['FR0030R', true]);
  assert.equal([opme.facility.identifier, opme.facility.actris_national_facility], ['opme', false]);
  assert.equal(
    open.variables.map(({ temporal_resolution }) => temporal_resolution),
    ['PT1H'],
  );
  assert.ok(
    open.distribution_information.length > 0 &&
      open.distribution_information.every((one) => !one.access_restriction.restricted),
  );
  assert.ok(registered.distribution_information.every((one) => one.access_restriction.restricted));
  for (const { dataset_url } of open.distribution_information)
    assert.is((await get(dataset_url)).status, 200, dataset_url);
  assert.is((await get(`/vobs/records/opgc:copdd:${INTERNAL}?f=actris`)).status, 404);
});

partners('AERIS: a dump of each service, as the schema wants it, with the same records as elsewhere', async () => {
  for (const { name } of app.mappings.services) {
    const { status, body, headers } = await get(`/vobs/aeris/${name}.json`);
    assert.is(status, 200);
    assert.is(headers['content-type'], 'application/json; charset=utf-8');
    assert.equal(partnerDocumentFaults('aeris-dump', body), [], name);
    const { body: counted } = await get(`/vobs/opensearch/${name}/search.json?count=0`);
    assert.equal([body.count, body.records.length], [counted.totalResults, counted.totalResults]);
  }
  assert.is((await get('/vobs/aeris/nothing.json')).status, 404);
  const tag = (await get('/vobs/aeris/lidar.json')).headers.etag ?? '';
  assert.is((await get('/vobs/aeris/lidar.json').set('If-None-Match', tag)).status, 304);
});

partners(
  'AERIS: a record is there once it is written and gone once it is withdrawn; its ISO 19139 answers',
  async () => {
    const identifiers = async () =>
      ((await get('/vobs/aeris/lidar.json')).body.records as { identifier: string }[]).map(
        ({ identifier }) => identifier,
      );
    assert.not.ok((await identifiers()).includes('opgc:lidar:90009'));
    await app.writer.write([
      { service: 'lidar', id: 90_009, name: 'A profile', date_b: '2024-02-03', authorization_: 0 },
    ]);
    try {
      assert.ok((await identifiers()).includes('opgc:lidar:90009'));
      const { body } = await get('/vobs/aeris/lidar.json');
      const record = (body.records as { identifier: string; metadata: { url: string; format: string }[] }[]).find(
        ({ identifier }) => identifier === 'opgc:lidar:90009',
      );
      const iso = record?.metadata.find(({ format }) => format === 'iso19139');
      const answer = await get(iso?.url ?? '/').buffer(true);
      assert.is(answer.status, 200);
      assert.match(String(answer.text || answer.body), /<gmd:MD_Metadata/);
    } finally {
      await app.writer.withdraw([{ service: 'lidar', id: 90_009 }]);
    }
    assert.not.ok((await identifiers()).includes('opgc:lidar:90009'));
  },
);

partners('ForM@Ter: the download of a record with rows leads to them', async () => {
  const { body } = await get(`/vobs/resto/collections/copdd/opgc:copdd:${OPEN}.json`);
  const { download } = body.properties.services;
  assert.equal([download.mimeType, download.size, download.checksum], ['text/csv', null, null]);
  const answer = await get(download.url).redirects(0);
  assert.is(answer.status, 302);
  const rows = await get(String(answer.headers.location));
  assert.is(rows.status, 200);
  assert.match(String(rows.headers['content-type']), /^text\/csv/);
  assert.match(rows.text, /1000\.5/);
  const refused = await get(`/vobs/resto/collections/copdd/opgc:copdd:${REGISTERED}/download`).redirects(0);
  assert.is(refused.status, 401);
});

const listed = async (headers = {}) => {
  const { status, text } = await get('/vobs/ebas/copdd.txt', headers);
  assert.is(status, 200);
  return text.split('\n').filter((line) => line !== '');
};
/** Files of the records of this test; the demo's own are beside them. */
const ours = (files: readonly string[]) => files.filter((address) => /\/9000\d\.nas$/.test(address));
const file = (id: number) => `${TEST_BASE}/ebas/copdd/${id}.nas`;

partners('EBAS: each file of the list answers, and NILU would read it', async () => {
  const files = await listed();
  assert.equal(ours(files), [file(OPEN), file(WEATHER)]);
  assert.ok(files.length > 2);
  for (const address of files) {
    const { status, text, headers } = await get(address);
    assert.is(status, 200, text);
    assert.is(headers['content-type'], 'text/plain; charset=utf-8');
    assert.equal(ebasFaults(text), [], address);
  }
});

partners('EBAS: the values of the rows under the words of EBAS', async () => {
  const { text } = await get(file(OPEN));
  const lines = text.trimEnd().split('\n');
  assert.match(text, /\nparticle_number_concentration, 1\/cm3, Matrix=aerosol, Statistics=percentile:15\.87\n/);
  assert.match(text, /\nStation code: +FR0030R\n/);
  assert.match(text, /\nInstrument type: +cpc\n/);
  assert.match(
    text,
    /\nFile name: +FR0030R\.20240101000000\.\d{14}\.cpc\.particle_number_concentration\.aerosol\.\w+\.1h\.FR29L_cpc_01\.FR29L_cpc_method\.lev1\.nas\n/,
  );
  const rows = lines.slice(-48).map((line) => line.split(' '));
  assert.equal(rows[0]?.slice(0, 3), ['0.000000', '0.041667', '1000.5']);
  assert.match(rows[9]?.at(-1) ?? '', /^0\.999/);
  assert.match(rows[11]?.at(-1) ?? '', /^0\.640/);
  const weather = await get(file(WEATHER));
  assert.match(weather.text, /\ntemperature, deg C, Matrix=met, Statistics=arithmetic mean\n/);
  assert.not.match(weather.text, /\nwind_speed, /);
});

partners('EBAS: who may take more is given more; others are refused', async () => {
  assert.equal(ours(await listed(app.as.registered)), [file(OPEN), file(REGISTERED), file(WEATHER)]);
  assert.is((await get(file(REGISTERED))).status, 401);
  assert.is((await get(file(REGISTERED), app.as.registered)).status, 200);
  assert.is((await get(file(INTERNAL))).status, 404);
  assert.is((await get(file(OPME))).status, 404);
  assert.is((await get(`${TEST_BASE}/ebas/copdd/1e3.nas`)).status, 404);
  assert.is((await get('/vobs/ebas/lidar.txt')).status, 404);
});

partners('EBAS: a harvest of its set has the addresses of the same files', async () => {
  const { status, text } = await get('/vobs/oai?verb=ListRecords&metadataPrefix=iso19139&set=partner:ebas');
  assert.is(status, 200);
  const found: string[] = [];
  let page = text;
  for (;;) {
    found.push(...[...page.matchAll(/<gmd:URL>([^<]*\/ebas\/[^<]*)<\/gmd:URL>/g)].map(([, address = '']) => address));
    const token = /<resumptionToken[^>]*>([^<]+)<\/resumptionToken>/.exec(page)?.[1];
    if (token === undefined) break;
    page = (await get(`/vobs/oai?verb=ListRecords&resumptionToken=${encodeURIComponent(token)}`)).text;
  }
  assert.equal(ours([...new Set(found)].sort()), [file(OPEN), file(REGISTERED), file(WEATHER)]);
  assert.ok(new Set(found).size > 3);
});

interface Pivot {
  readonly datasets: readonly {
    readonly datasetId: string;
    readonly observations: readonly {
      readonly observationId: string;
      readonly result: { readonly dataFile: { readonly name: string; readonly url: string } };
    }[];
  }[];
}

async function pivot(): Promise<Pivot> {
  const { status, body } = await get('/vobs/ozcar/AUVE.json');
  assert.is(status, 200);
  return body as Pivot;
}

partners('OZCAR: the pivot document is as its schema wants it, and every file of it answers', async () => {
  const document = await pivot();
  assert.equal(partnerDocumentFaults('ozcar-pivot', document), []);
  assert.ok(document.datasets.length > 5);
  const identifiers = document.datasets.flatMap(({ observations }) =>
    observations.map(({ observationId }) => observationId),
  );
  assert.is(new Set(identifiers).size, identifiers.length);
  for (const { datasetId, observations } of document.datasets) {
    const archive = await get(`/vobs/ozcar/AUVE/${datasetId}.zip`).buffer(true).parse(bytes);
    assert.is(archive.status, 200);
    const names = [...(archive.body as Buffer).toString('latin1').matchAll(/AUVE_OBS_\w+\.txt/g)].map(([name]) => name);
    assert.equal([...new Set(names)].sort(), observations.map(({ result }) => result.dataFile.name).sort());
    const [{ result }] = observations as [(typeof observations)[number]];
    const { status, text } = await get(result.dataFile.url);
    assert.is(status, 200);
    assert.match(text, /^dateBeg;\w+[^\n]*\n(\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ;-?[\d.]+\n)+$/);
  }
  assert.is((await get('/vobs/ozcar/NONE.json')).status, 404);
  assert.is((await get('/vobs/ozcar/AUVE/AUVE_OBS_NOTHING.txt')).status, 404);
  assert.is((await get('/vobs/ozcar/AUVE/AUVE_DAT_NOTHING.zip')).status, 404);
});

function bytes(response: request.Response, done: (error: Error | null, body: unknown) => void): void {
  const pieces: Buffer[] = [];
  response.on('data', (piece: Buffer) => pieces.push(piece));
  response.on('end', () => done(null, Buffer.concat(pieces)));
}

partners('OZCAR: a row that is written is in its file, what is refused is not', async () => {
  const values = async () => (await get('/vobs/ozcar/AUVE/AUVE_OBS_ARGNAT_SIO2.txt')).text;
  const site = {
    service: 'auverwatch',
    date_b: '2024-05-06',
    longitude: 3.05,
    latitude: 45.86,
    epsg: 4326,
    fields: { site: 'argnat', ph: 7.777 },
  } as const;
  await app.writer.write([
    { ...site, id: 90_011, name: 'Open', authorization_: 0 },
    { ...site, id: 90_012, name: 'Registered', authorization_: 1 },
  ]);
  const writer = createDataWriter(app.database, { shapes: dataShapes(app.mappings.services), clock: () => BEGIN });
  for (const [record, value] of [
    [90_011, 21.25],
    [90_012, 33.5],
  ] as const) {
    await writer.write(
      'auverwatch',
      ['record', 'time', 'sio2'],
      [{ rows: 1, values: [column([record]), column([Date.UTC(2024, 4, 6, 9)]), column([value])] }],
    );
  }
  assert.is(await values(), 'dateBeg;sio2 (mg L-1)\n2024-05-06T09:00:00Z;21.25\n');
  // A record with rows speaks by them alone.
  const ph = (await get('/vobs/ozcar/AUVE/AUVE_OBS_ARGNAT_PH.txt')).text;
  assert.not.match(ph, /7\.777/);
  await app.writer.withdraw([{ service: 'auverwatch', id: 90_011 }]);
  assert.is((await get('/vobs/ozcar/AUVE/AUVE_OBS_ARGNAT_SIO2.txt')).status, 404);
});

partners.run();
