// What the old addresses answer: keys, order, faults, data, viewers, and what becomes of a record that is written and withdrawn.
import request from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { seedRows } from '../../../src/ingest/seed/rows.ts';
import { type DemoApp, demoApp } from '../../fixtures/demo-app.ts';
import { as } from '../../fixtures/viewers.ts';

type Row = { readonly id: number; readonly [key: string]: unknown };

let demo!: DemoApp;
const answers = suite('old answers');
answers.before(async () => {
  demo = await demoApp();
});

const get = (url: string) => request(demo.server).get(url);

async function rowsOf(url: string, account?: string): Promise<readonly Row[]> {
  const answer = await (account === undefined ? get(url) : get(url).set(as(account)));
  assert.ok(answer.status === 200 || answer.status === 204, `${url}: ${answer.status} ${answer.text}`);
  return answer.status === 204 ? [] : (answer.body as Row[]);
}

answers('the radar window of the gateway holds paroxysms and quiet hours', async () => {
  const window = `/vobs/rest2/req.php/voldorad?timestart=2015-12-01T00:00:00Z&timeend=2015-12-06T23:59:59Z`;
  const all = await rowsOf(window);
  const erupting = await rowsOf(`${window}&eruption=true`);
  assert.ok(erupting.length >= 10 && erupting.length < all.length);
  assert.is((await rowsOf(`${window}&eruption=false`)).length, all.length);
  assert.ok(all.every(({ date_b }) => `${date_b}` >= '2015-11-30' && `${date_b}` <= '2015-12-06'));
});

answers('rows have the old keys, the stored numbers, and the fields of the service', async () => {
  const [row] = await rowsOf('/rest2/req.php/voldorad/spectra/2010-05-08T10:00/2010-05-12T10:00');
  assert.equal(Object.keys(row ?? {}).slice(0, 14), [
    'id',
    'name',
    'descr',
    'authorization_',
    'date_b',
    'time_b',
    'date_e',
    'time_e',
    'localization',
    'lat',
    'lng',
    'elevation',
    'epsg',
    'uri',
  ]);
  assert.is(row?.localization, 'Etna');
  assert.is(row?.uri, row?.id);
  assert.is(row?.product, 'spectra');
  for (const { name } of demo.mappings.services.find((service) => service.name === 'voldorad')?.fields ?? []) {
    assert.ok(name in (row ?? {}), name);
  }
  const stored = [...seedRows('demo')].find(({ input }) => input.service === 'oi2' && input.id === 1)?.input;
  const shown = (await rowsOf('/rest2/req.php/oi2')).find(({ id }) => id === 1);
  assert.equal(
    [shown?.lng, shown?.lat, shown?.epsg, shown?.name, shown?.descr],
    [stored?.longitude, stored?.latitude, 2975, stored?.name, stored?.description],
  );
});

answers('rows come oldest first: an unknown begin before all others, no time at all behind them', async () => {
  const rows = await rowsOf('/rest2/req.php/copdd');
  assert.is(rows[0]?.name, 'Edge row: an end without begin');
  assert.is(rows.at(-1)?.name, 'Edge row: begin after end');
  const begins = rows.slice(1, -1).map(({ date_b, time_b }) => `${date_b}T${time_b ?? '00:00:00'}`);
  assert.ok(begins.length > 700);
  assert.equal(begins, [...begins].sort());
});

answers('one end of the period alone leaves the other open, and a record that overlaps it is listed', async () => {
  const all = (await rowsOf('/rest2/req.php/oi2/lavamap')).length;
  const later = await rowsOf('/rest2/req.php/oi2/lavamap?start_date=2010-01-01');
  const earlier = await rowsOf('/rest2/req.php/oi2/lavamap?stop_date=2009-12-31T23:59:59Z');
  const overlap = later.filter(({ id }) => earlier.some((row) => row.id === id));
  assert.is(later.length + earlier.length - overlap.length, all);
  for (const { date_b, date_e } of later) assert.ok(`${date_e}` >= '2010-01-01', `${date_b}`);
  for (const { date_b } of earlier) assert.ok(`${date_b}` <= '2009-12-31');
  // Begun in August, ended in October: found by a day in September.
  const [inside] = await rowsOf(
    '/rest2/req.php/oi2/lavamap?start_date=2015-09-10T00:00:00Z&stop_date=2015-09-10T12:00:00Z',
  );
  assert.is(inside?.eruption, 'Aug-Oct_2015');
});

const FAULTS: readonly (readonly [string, readonly string[]])[] = [
  ['/rest2/req.php/voldorad?timestart=yesterday', ['timestart']],
  ['/rest2/req.php/voldorad?timestart=2015-13-01&timeend=2015-02-30', ['timestart', 'timeend']],
  ['/rest2/req.php/voldorad?timestart=2016-01-01&timeend=2015-01-01', ['timeend']],
  ['/rest2/req.php/voldorad?eruption=perhaps', ['eruption']],
  ['/rest2/req.php/voldorad/spectra/2010-05-08/never', ['endDate']],
  ['/rest2/req.php/dynvolc?eruptive_style=calm', ['eruptive_style']],
  ['/rest2/req.php/dynvolc?elevation_min=1e9999&elevation_max=high', ['elevation_min', 'elevation_max']],
  ['/rest2/req.php/dynvolc?elevation_min=99999', ['elevation_min']],
  ['/rest2/req.php/dynvolc?elevation_min=20&elevation_max=10', ['elevation_max']],
  ['/rest2/req.php/dynvolc/rocks/2015-07-30/2015-08-03?lat-min=95', ['lat-min']],
  ['/rest2/req.php/dynvolc/rocks/2015-07-30/2015-08-03?lat-min=-20&lat-max=-21', ['lat-max']],
  ['/rest2/req.php/oi2?mas_orb_min=-1&ah_max=low&mode=Up', ['mas_orb_min', 'mode', 'ah_max']],
  ['/rest2/req.php/oi2/lavamap?eruption=Jan_1066', ['eruption']],
  ['/www/php/data_catalog.php?bbox=(1,2,3)', ['bbox']],
  ['/www/php/data_catalog.php?bbox=(1,60,3,50)', ['bbox']],
  ['/www/php/data_catalog.php?count=0&start_page=0&start_index=-1', ['count', 'start_page', 'start_index']],
  ['/www/php/data_catalog.php?count=1001', ['count']],
  ['/www/php/data_catalog.php?start_page=2000000000', ['start_page']],
  ['/rest2/req.php/voldorad?radar=%ff', ['radar']],
  ['/rest2/req.php/voldorad?radar=%00', ['radar']],
  ['/rest2/req.php/voldorad?radar=a&radar=b', ['radar']],
  [`/rest2/req.php/voldorad?radar=${'x'.repeat(300)}`, ['radar']],
  ['/rest2/req.php/dynvolc/data/id/twelve', ['id']],
  ['/rest2/req.php/dynvolc/data/id/12/netcdf', ['format']],
];
for (const [url, names] of FAULTS) {
  answers(`400 names what is wrong: ${url.slice(0, 90)}`, async () => {
    const answer = await get(url);
    assert.is(answer.status, 400, answer.text);
    assert.match(answer.headers['content-type'] ?? '', /json/);
    assert.equal(
      answer.body.errors.map(({ parameter }: { parameter: string }) => parameter),
      names,
    );
    for (const { detail } of answer.body.errors) assert.ok(detail.length > 5);
  });
}

answers('other methods and unknown services are refused', async () => {
  assert.is((await request(demo.server).post('/rest2/req.php/oi2')).status, 405);
  assert.is((await get('/rest2/req.php/nowhere')).status, 404);
  assert.is((await get('/rest2/req.php/nowhere/data/id/1')).status, 404);
  assert.is((await get('/rest2/req.php/application/nowhere')).status, 404);
});

answers('a data address gives the record’s fields as JSON and as CSV', async () => {
  const stored = [...seedRows('demo')].find(({ input }) => input.service === 'dynvolc' && input.id === 12)?.input;
  for (const url of ['/rest2/req.php/dynvolc/data/id/12', '/vobs/rest2/req.php/dynvolc/data/id/12/json']) {
    const answer = await get(url);
    assert.is(answer.status, 200);
    assert.match(answer.headers['content-type'] ?? '', /^application\/json/);
    const [row] = answer.body;
    assert.is(row.id, 12);
    for (const [name, value] of Object.entries(stored?.fields ?? {})) assert.equal(row[name], value, name);
  }
  const csv = await get('/rest2/req.php/dynvolc/data/id/12/csv');
  assert.match(csv.headers['content-type'] ?? '', /^text\/csv/);
  assert.match(csv.headers['content-disposition'] ?? '', /filename="dynvolc-12\.csv"/);
  const [header = '', line = '', rest] = csv.text.split('\r\n');
  assert.is(rest, '');
  const names = header.split(',');
  assert.equal(names[0], 'id');
  assert.is(line.split(',')[names.indexOf('eruptive_style')], stored?.fields?.eruptive_style);
  assert.match(
    (await get('/rest2/req.php/dynvolc/data/id/12').set('Accept', 'text/csv')).headers['content-type'] ?? '',
    /^text\/csv/,
  );
  assert.match(
    (await get('/rest2/req.php/dynvolc/data/id/12').set('Accept', 'text/html')).headers['content-type'] ?? '',
    /^application\/json/,
  );
});

answers('data follow the access code, metadata of codes 1 and 2 stay public', async () => {
  const edges = new Map([...seedRows('demo')].map(({ edge, input }) => [edge, input.id]));
  const idOf = (edge: string) => edges.get(edge);
  const status = async (service: string, edge: string, account?: string) => {
    const url = `/rest2/req.php/${service}/data/id/${idOf(edge)}`;
    return (await (account === undefined ? get(url) : get(url).set(as(account)))).status;
  };
  const listed = async (service: string, edge: string, account?: string) =>
    (await rowsOf(`/rest2/req.php/${service}`, account)).some(({ id }) => id === idOf(edge));

  assert.is(await status('voldorad', 'registration required'), 401);
  assert.is(await status('voldorad', 'registration required', 'someone'), 200);
  assert.ok(await listed('voldorad', 'registration required'));

  const embargoed = 'partners until the end of an embargo';
  assert.is(await status('oi2', embargoed), 401);
  assert.is(await status('oi2', embargoed, 'someone'), 403);
  assert.is(await status('oi2', embargoed, 'partner'), 200);
  assert.is(await status('oi2', embargoed, 'internal'), 200);
  assert.ok(await listed('oi2', embargoed));
  assert.is(await status('gazvolc', 'open after an embargo still to end'), 401);

  assert.is(await status('hotvolc', 'internal'), 404);
  assert.is(await status('hotvolc', 'internal', 'someone'), 404);
  assert.is(await status('hotvolc', 'internal', 'internal'), 200);
  assert.not.ok(await listed('hotvolc', 'internal'));
  assert.not.ok(await listed('hotvolc', 'internal', 'someone'));
  assert.ok(await listed('hotvolc', 'internal', 'internal'));
});

answers('an invisible record answers as an absent one', async () => {
  const id = [...seedRows('demo')].find((row) => row.edge === 'internal')?.input.id;
  const bodies = await Promise.all(
    [id, 999_999, 2 ** 31, '9'.repeat(30), 0].map((number) => get(`/rest2/req.php/hotvolc/data/id/${number}`)),
  );
  const told = bodies.map(({ status, body }) => [status, { ...body, requestId: '' }]);
  for (const one of told) assert.equal(one, [404, told[0]?.[1]]);
});

answers('a record is found once it is written and gone once it is withdrawn', async () => {
  const window = '/rest2/req.php/oi2?sat=CSK&beam=H4-18&start_date=1999-03-01T00:00:00Z&stop_date=1999-03-02T00:00:00Z';
  assert.is((await get(window)).status, 204);
  const before = await get('/rest2/req.php/oi2?beam=H4-18');
  await demo.writer.write([
    {
      service: 'oi2',
      id: 77_777,
      name: 'Written by a test',
      authorization_: 0,
      date_b: '1999-03-01',
      time_b: '10:00:00',
      date_e: '1999-03-05',
      time_e: '10:00:00',
      longitude: 55.7,
      latitude: -21.2,
      epsg: 4326,
      fields: { sat: 'CSK', beam: 'H4-18', mode: 'Des.', track: 9 },
    },
  ]);
  const [row] = await rowsOf(window);
  assert.equal([row?.id, row?.name, row?.mode, row?.track, row?.swath], [77_777, 'Written by a test', 'Des.', 9, null]);
  assert.is((await get('/rest2/req.php/oi2/data/id/77777')).status, 200);
  const after = await get('/rest2/req.php/oi2?beam=H4-18').set('If-None-Match', before.headers.etag ?? '');
  assert.is(after.status, 200);
  assert.is(after.body.length, before.body.length + 1);
  assert.is(await demo.writer.withdraw([{ service: 'oi2', id: 77_777 }]), 1);
  assert.is((await get(window)).status, 204);
  assert.is((await get('/rest2/req.php/oi2/data/id/77777')).status, 404);
});

answers('an unchanged catalogue is told by 304', async () => {
  const first = await get('/rest2/req.php/gazvolc');
  assert.ok(first.headers.etag);
  const second = await get('/rest2/req.php/gazvolc').set('If-None-Match', first.headers.etag ?? '');
  assert.is(second.status, 304);
  assert.is(second.text ?? '', '');
});

answers('each data set has its data links, and they lead somewhere', async () => {
  const { recordLinks } = demo.app.protocols.find(({ name }) => name === 'legacy-rest') ?? {};
  const record = { service: 'dynvolc', id: 12, level: 'dataset' } as Parameters<NonNullable<typeof recordLinks>>[0];
  const links = recordLinks?.(record) ?? [];
  assert.equal(
    links.map(({ type }) => type),
    ['application/json', 'text/csv'],
  );
  for (const { href } of links) assert.is((await get(href)).status, 200);
  assert.equal(recordLinks?.({ ...record, level: 'series', id: 0 }), []);
});

answers.run();
