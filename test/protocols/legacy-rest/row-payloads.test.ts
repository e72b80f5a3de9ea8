// Rows at the old data address in the payloads that EPOS shows natively: by name in the path and by Accept, for its table, its map, and both.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { dataApp, HOURS, valueAt } from '../../fixtures/data-app.ts';
import { ask } from '../hapi/client.ts';

const test = suite('EPOS payloads of rows');
const { server } = dataApp();
const address = '/rest2/req.php/copdd/data/id/11';
const TYPES = {
  epos: 'application/epos.geo+json',
  'epos-table': 'application/epos.table.geo+json',
  'epos-map': 'application/epos.map.geo+json',
};

for (const [id, type] of Object.entries(TYPES)) {
  test(`${id}: as it is named and as it is accepted`, async () => {
    const named = await ask(server, `${address}/${id}`);
    assert.is(named.status, 200);
    assert.match(named.headers['content-type'] ?? '', type);
    const accepted = await ask(server, address, { Accept: type });
    assert.match(accepted.headers['content-type'] ?? '', type);
    assert.is(accepted.text, named.text);
    const { features } = JSON.parse(named.text);
    assert.is(features.length, id === 'epos-map' ? 1 : HOURS);
    const [first] = features;
    assert.equal(first.geometry, { type: 'Point', coordinates: [2.964886, 45.772223, 1465] });
    assert.is(first.properties.name, 'CO2 at Puy de Dôme');
    const values = Array.from({ length: HOURS }, (_, n) => valueAt(n));
    const there = values.filter((value) => value !== null);
    if (id === 'epos-map') {
      assert.equal([first.properties.rows, first.properties.value_max], [HOURS, Math.max(...there)]);
    } else
      assert.equal(
        features.map((own: { properties: { value: number | null } }) => own.properties.value),
        values,
      );
  });
}

test('each link of a row answers', async () => {
  const { text } = await ask(server, '/rest2/req.php/voldorad/data/id/21/epos-map');
  const links = JSON.parse(text).features[0].properties['@epos_links'] as readonly { href: string; type: string }[];
  assert.ok(
    links.some(({ type }) => type === 'application/prs.coverage+json'),
    'the series by EDR',
  );
  for (const { href } of links) {
    const { status } = await ask(server, href.replace('https://data.example.org/vobs', ''));
    assert.ok(status === 200 || status === 303, `${status} ${href}`);
  }
});

test('a format that nobody knows names those that there are', async () => {
  const { status, text } = await ask(server, `${address}/epos-graph`);
  assert.is(status, 400);
  assert.match(text, 'epos-table');
});

test.run();
