// The payloads that the map and the table of EPOS show: their members, the same records as the old JSON has, and what becomes of a record
// that is written and withdrawn.
import request from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import type { OldParameter, Service } from '../../../src/model/service.ts';
import { testMappings } from '../../fixtures/database.ts';
import { type DemoApp, demoApp } from '../../fixtures/demo-app.ts';

interface Feature {
  readonly id: string;
  readonly geometry: { readonly type: string; readonly coordinates: readonly number[] } | null;
  readonly properties: { readonly [name: string]: unknown };
  readonly '@epos_image_overlay'?: { readonly href: string; readonly bbox: readonly number[] };
}
interface Collection {
  readonly type: string;
  readonly features: readonly Feature[];
  readonly '@epos_style'?: { readonly [type: string]: { readonly label: string; readonly marker?: object } };
}

const EPOS = 'application/epos.geo+json';
const TABLE = 'application/epos.table.geo+json';
const MAP = 'application/epos.map.geo+json';
const GEOJSON = 'application/geo+json';
const PAYLOADS = [EPOS, TABLE, MAP, GEOJSON];

let demo!: DemoApp;
const payloads = suite('payloads of EPOS');
payloads.before(async () => {
  demo = await demoApp();
});

const get = (url: string) => request(demo.server).get(url);
const withQuery = (url: string, query: string) => `${url}${url.includes('?') ? '&' : '?'}${query}`;

async function collection(url: string, payload: string): Promise<Collection> {
  // As the gateway sends it: the plus sign as it is.
  const answer = await get(withQuery(url, `format=${payload}`)).buffer(true);
  assert.is(answer.status, 200, answer.text);
  assert.is(answer.headers['content-type'], `${payload}; charset=utf-8`);
  return JSON.parse(answer.text || (answer.body as Buffer).toString()) as Collection;
}

async function jsonIds(url: string): Promise<readonly number[]> {
  const answer = await get(url);
  return answer.status === 204 ? [] : (answer.body as { id: number }[]).map(({ id }) => id);
}

const OI2 = '/rest2/req.php/oi2?sat=SENTINEL&start_date=2015-01-01T00:00:00Z&stop_date=2015-12-31T23:59:59Z';
const VOLDORAD = '/rest2/req.php/voldorad?timestart=2015-12-03T00:00:00Z&timeend=2015-12-03T06:00:00Z';

payloads('both map and table', async () => {
  const { type, features, '@epos_style': styles } = await collection(VOLDORAD, EPOS);
  assert.is(type, 'FeatureCollection');
  assert.ok(features.length > 0);
  for (const { id, geometry, properties } of features) {
    assert.match(id, /^opgc:voldorad:\d+$/);
    assert.is(geometry?.type, 'Point');
    assert.ok((geometry?.coordinates[0] ?? 0) < (geometry?.coordinates[1] ?? 0), 'longitude first');
    assert.is(geometry?.coordinates.length, 3);
    assert.is(properties['@epos_label_key'], 'name');
    assert.ok(styles?.[String(properties['@epos_type'])]?.marker, 'a style with a marker');
    assert.ok((properties['@epos_map_keys'] as string[]).includes('name'));
    assert.ok((properties['@epos_data_keys'] as string[]).includes('gate'));
    const links = properties['@epos_links'] as { href: string; type: string; authenticatedDownload: boolean }[];
    assert.ok(links.length >= 3);
    assert.is(links[0]?.authenticatedDownload, properties.authorization_ !== 0);
  }
});

payloads('the table has no style, the map has no columns, GeoJSON has neither', async () => {
  const [table, map, plain] = [
    await collection(OI2, TABLE),
    await collection(OI2, MAP),
    await collection(OI2, GEOJSON),
  ];
  assert.is('@epos_style' in table, false);
  assert.ok(
    '@epos_data_keys' in (table.features[0]?.properties ?? {}) &&
      !('@epos_map_keys' in (table.features[0]?.properties ?? {})),
  );
  assert.ok('@epos_style' in map);
  assert.ok(
    !('@epos_data_keys' in (map.features[0]?.properties ?? {})) && !('ah' in (map.features[0]?.properties ?? {})),
  );
  assert.equal(
    Object.keys(plain.features[0]?.properties ?? {}).filter((name) => name.startsWith('@')),
    [],
  );
  assert.ok('ah' in (plain.features[0]?.properties ?? {}));
  assert.equal(Object.keys(plain), ['type', 'features']);
});

payloads('Accept chooses too, the parameter wins, and nobody who asks for nothing gets anything but JSON', async () => {
  const types = async (accept: string | null, query = ''): Promise<string> => {
    const asked = get(VOLDORAD + query);
    const { headers, status } = await (accept === null ? asked.unset('Accept') : asked.set('Accept', accept));
    assert.is(status, 200);
    return String(headers['content-type']).split(';')[0] ?? '';
  };
  assert.is(await types(null), 'application/json');
  assert.is(await types('*/*'), 'application/json');
  assert.is(await types('text/html,application/xhtml+xml,*/*;q=0.8'), 'application/json');
  assert.is(await types('image/png'), 'application/json');
  assert.is(await types('application/json'), 'application/json');
  for (const payload of PAYLOADS) assert.is(await types(payload), payload);
  assert.is(await types('application/vnd.geo+json'), GEOJSON);
  assert.is(await types(GEOJSON, '&format=application/json'), 'application/json');
  assert.is(await types(null, `&format=${encodeURIComponent(MAP)}`), MAP);
  assert.is(await types(null, '&format='), 'application/json');
  const wrong = await get(`${VOLDORAD}&format=text/csv`);
  assert.is(wrong.status, 400);
  assert.equal(
    wrong.body.errors.map(({ parameter }: { parameter: string }) => parameter),
    ['format'],
  );
});

payloads('nothing found is an empty collection', async () => {
  for (const payload of PAYLOADS) {
    const { features } = await collection('/rest2/req.php/voldorad?timestart=1960-01-01&timeend=1960-01-02', payload);
    assert.equal(features, []);
  }
});

payloads('another payload has another ETag', async () => {
  const tags = new Set<string>();
  for (const payload of [...PAYLOADS, 'application/json'])
    tags.add((await get(withQuery(OI2, `format=${payload}`))).headers.etag ?? '');
  assert.is(tags.size, 5);
});

payloads(
  'a record is there once it is written and gone once it is withdrawn; a picture of an area lies latitude first',
  async () => {
    const window = '/rest2/req.php/oi2?start_date=1991-03-01T00:00:00Z&stop_date=1991-03-02T00:00:00Z';
    const ids = async (payload: string) => (await collection(window, payload)).features.map(({ id }) => id);
    for (const payload of PAYLOADS) assert.equal(await ids(payload), []);
    const row = {
      service: 'oi2',
      authorization_: 0,
      date_b: '1991-03-01',
      date_e: '1991-03-01',
      longitude: 55.7,
      latitude: -21.2,
      epsg: 4326,
      fields: { sat: 'CSK', product: 'INTERFEROGRAM' },
    } as const;
    const ring = [
      [55.6, -21.3],
      [55.8, -21.3],
      [55.8, -21.1],
      [55.6, -21.1],
      [55.6, -21.3],
    ] as const;
    await demo.writer.write([
      { ...row, id: 88_881, name: 'A point' },
      {
        ...row,
        id: 88_882,
        name: 'A picture',
        footprint: { type: 'Polygon', coordinates: [ring] },
        links: [{ role: 'quicklook', href: 'https://archive.example.org/88882.png', type: 'image/png' }],
      },
    ]);
    try {
      for (const payload of PAYLOADS)
        assert.equal([...(await ids(payload))].sort(), ['opgc:oi2:88881', 'opgc:oi2:88882'], payload);
      for (const payload of [EPOS, MAP]) {
        const { features, '@epos_style': styles } = await collection(window, payload);
        const picture = features.find(({ id }) => id === 'opgc:oi2:88882');
        assert.is(picture?.geometry, null);
        assert.equal(picture?.['@epos_image_overlay'], {
          href: 'https://archive.example.org/88882.png',
          bbox: [-21.3, 55.6, -21.1, 55.8],
        });
        assert.is(styles?.[String(picture?.properties['@epos_type'])]?.marker, undefined);
        assert.is(features.find(({ id }) => id === 'opgc:oi2:88881')?.geometry?.type, 'Point');
      }
      for (const payload of [TABLE, GEOJSON]) {
        const picture = (await collection(window, payload)).features.find(({ id }) => id === 'opgc:oi2:88882');
        assert.is(picture?.geometry?.type, 'Polygon');
      }
    } finally {
      await demo.writer.withdraw([
        { service: 'oi2', id: 88_881 },
        { service: 'oi2', id: 88_882 },
      ]);
    }
    for (const payload of PAYLOADS) assert.equal(await ids(payload), []);
  },
);

/** One value that a parameter can have, for a narrowed answer; null: of the paging ones, which the old JSON's own test covers. */
function valueFor(parameter: OldParameter, service: Service): string | null {
  const { target, operator, type } = parameter;
  if (['count', 'page', 'index', 'format'].includes(target)) return null;
  if (target === 'begin') return '2016-06-01T00:00:00Z';
  if (target === 'end') return '2016-06-01T00:00:00Z';
  if (target === 'box') return '(10.5,33.15,27,41.2)';
  if (target === 'latitude') return '-21.25';
  if (target === 'longitude') return '55.71';
  if (target === 'elevation') return '2300';
  if (operator === 'flag') return 'true';
  if (type === 'integer' || type === 'number') return parameter.values?.[0] ?? (target === 'field:ah' ? '0' : '20000');
  return parameter.default ?? parameter.values?.[0] ?? service.name;
}

payloads('each parameter of each template chooses the same records in every payload', async () => {
  let narrowed = 0;
  for (const service of testMappings().services) {
    for (const epos of service.epos) {
      const template = service.old.templates.find(({ path }) => path === epos.address);
      const address = epos.address.replace(/\{[^}]*nd[^}]*\}/i, '2099-01-01').replace(/\{[^}]*\}/, '1900-01-01');
      const whole = new Set(await jsonIds(`${address}?count=1000`));
      for (const [at, parameter] of (template?.parameters ?? service.old.parameters).entries()) {
        const value = valueFor(parameter, service);
        if (value === null || epos.address.includes(`{${parameter.name}}`)) continue;
        const url = `${address}?count=1000&${encodeURIComponent(parameter.name)}=${encodeURIComponent(value)}`;
        const wanted = [...(await jsonIds(url))].sort((a, b) => a - b);
        if (wanted.length < whole.size) narrowed += 1;
        const payload = PAYLOADS[at % PAYLOADS.length] ?? EPOS;
        const { features } = await collection(url, payload);
        const found = features.map(({ id }) => Number(id.split(':').at(-1))).sort((a, b) => a - b);
        assert.equal(found, wanted, `${payload} ${url}`);
      }
    }
  }
  assert.ok(narrowed > 40, `${narrowed} parameters narrowed the answer`);
});

payloads.run();
