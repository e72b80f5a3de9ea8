// The old addresses as their clients ask them: the gateway that expands the published templates, odd query strings, HEAD, empty answers.
import request from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { expand } from '../../../conformance/epos/expander.ts';
import { type DemoApp, demoApp } from '../../fixtures/demo-app.ts';
import { rawRequest } from '../../fixtures/raw-request.ts';

let demo!: DemoApp;
let port = 0;
const clients = suite('clients of the old addresses');
clients.before(async () => {
  demo = await demoApp();
  port = (demo.server.address() as { port: number }).port;
});

const get = (url: string) => request(demo.server).get(url);
const raw = (target: string, method = 'GET') => rawRequest(port, target, method);

const B = '/vobs/rest2/req.php';
const HOTVOLC =
  '/www/php/data_catalog.php{?date_begin, date_end, volcano, zone, type, ddss, count, start_page, start_index}&bbox=({lonmin, latmin, lonmax, latmax})';
const VOLDORAD = `${B}/voldorad{?timestart, timeend, radar, localization, eruption}`;
const BOX = { lonmin: '-28', latmin: '57', lonmax: '-1.5', latmax: '68.5' };

const GOLDEN: readonly (readonly [string, string, { readonly [name: string]: string }, string])[] = [
  [
    'voldorad filled',
    VOLDORAD,
    { timestart: '2015-12-01T00:00:00Z', timeend: '2015-12-06T23:59:59Z', radar: 'VOLDORAD2B' },
    `${B}/voldorad?timestart=2015-12-01T00:00:00Z&timeend=2015-12-06T23:59:59Z&radar=VOLDORAD2B`,
  ],
  ['voldorad, nothing filled', VOLDORAD, {}, `${B}/voldorad`],
  [
    'spectra',
    `${B}/voldorad/spectra/{startDate}/{endDate}`,
    { startDate: '2010-05-08T10:00:00Z', endDate: '2010-05-12T10:00:00Z' },
    `${B}/voldorad/spectra/2010-05-08T10:00:00Z/2010-05-12T10:00:00Z`,
  ],
  [
    'rocks with latitudes',
    `${B}/dynvolc/rocks/{startDate}/{endDate}{?lat-min, lat-max, lng-min, lng-max}`,
    { startDate: '2015-07-30T00:00:00Z', endDate: '2015-08-03T23:45:45Z', 'lat-min': '-22', 'lat-max': '-21' },
    `${B}/dynvolc/rocks/2015-07-30T00:00:00Z/2015-08-03T23:45:45Z?lat-min=-22&lat-max=-21`,
  ],
  [
    'HOTVOLC full',
    HOTVOLC,
    {
      date_begin: '2010-05-06T00:00:00Z',
      date_end: '2010-06-06T00:00:00Z',
      ddss: 'WP11-DDSS-047',
      count: '50',
      ...BOX,
    },
    '/www/php/data_catalog.php?date_begin=2010-05-06T00:00:00Z&date_end=2010-06-06T00:00:00Z&ddss=WP11-DDSS-047&count=50&bbox=(-28,57,-1.5,68.5)',
  ],
  ['HOTVOLC, only the box', HOTVOLC, BOX, '/www/php/data_catalog.php?&bbox=(-28,57,-1.5,68.5)'],
  ['HOTVOLC, nothing', HOTVOLC, {}, '/www/php/data_catalog.php?&bbox=(?)'],
  [
    'HOTVOLC thermal',
    HOTVOLC,
    {
      date_begin: '2019-07-19T04:00:00Z',
      date_end: '2019-07-19T08:00:00Z',
      volcano: 'Etna',
      ddss: 'WP11-DDSS-049',
      lonmin: '10.5',
      latmin: '33.15',
      lonmax: '27',
      latmax: '41.2',
    },
    '/www/php/data_catalog.php?date_begin=2019-07-19T04:00:00Z&date_end=2019-07-19T08:00:00Z&volcano=Etna&ddss=WP11-DDSS-049&bbox=(10.5,33.15,27,41.2)',
  ],
  [
    'OI2',
    `${B}/oi2{?sat, start_date, stop_date, mas_orb_min, mas_orb_max, sla_orb_min, sla_orb_max, mas_pol, sla_pol, mode, ah_min, ah_max, swath, track, beam}`,
    { sat: 'SENTINEL', start_date: '2015-01-01T00:00:00Z', stop_date: '2015-12-31T23:59:59Z', mode: 'Asc.' },
    `${B}/oi2?sat=SENTINEL&start_date=2015-01-01T00:00:00Z&stop_date=2015-12-31T23:59:59Z&mode=Asc.`,
  ],
];

for (const [name, template, values, expected] of GOLDEN) {
  clients(`golden expansion: ${name}`, async () => {
    assert.is(expand(template, values), expected);
    for (const prefix of ['', '/vobs']) {
      const { head, body } = await raw(expected.replace(/^(\/vobs)?/, prefix));
      assert.match(head, /^HTTP\/1.1 200 /);
      assert.match(head, /\r\ncontent-type: application\/json/i);
      assert.ok(body.includes('"uri":'));
    }
  });
}

clients('nothing found is 204 with a Content-Type on the wire, for GET and HEAD', async () => {
  for (const method of ['GET', 'HEAD']) {
    const { head, body } = await raw(
      '/rest2/req.php/voldorad?timestart=1990-01-01T00:00:00Z&timeend=1990-01-02T00:00:00Z',
      method,
    );
    assert.match(head, /^HTTP\/1.1 204 No Content\r\n/);
    assert.match(head, /\r\ncontent-type: application\/json/i);
    assert.not.match(head, /\r\ncontent-length/i);
    assert.is(body, '');
  }
});

clients('HEAD has the status and the type of GET, and no body', async () => {
  for (const url of [
    '/rest2/req.php/oi2?sat=ALOS',
    '/www/php/data_catalog.php?count=3',
    '/rest2/req.php/dynvolc/data/id/12/csv',
    '/rest2/req.php/application/oi2',
  ]) {
    const full = await get(url);
    const { head, body } = await raw(url, 'HEAD');
    assert.match(head, new RegExp(`^HTTP/1.1 ${full.status} `));
    assert.ok(head.toLowerCase().includes(`content-type: ${full.headers['content-type']}`), head);
    assert.is(body, '');
  }
});

clients('habits of clients change nothing', async () => {
  const same = async (urls: readonly string[]) => {
    const texts = await Promise.all(urls.map(async (url) => (await raw(url)).body));
    for (const [at, text] of texts.entries()) assert.is(text, texts[0], urls[at]);
    assert.ok((texts[0] ?? '').length > 100);
  };
  await same([
    '/rest2/req.php/gazvolc',
    '/rest2/req.php/gazvolc?',
    '/rest2/req.php/gazvolc?&',
    '/rest2/req.php/gazvolc?timestart=&timeend=',
    '/rest2/req.php/gazvolc?&&timestart=%20',
    '/rest2/req.php/gazvolc/',
  ]);
  await same(
    ['()', '(?)', '(,,,)', '', '?', '%20', ',,,'].map((box) => `/www/php/data_catalog.php?count=20&bbox=${box}`),
  );
  await same(
    ['(-28,57,-1.5,68.5)', '-28,57,-1.5,68.5', '(-28,%2057,%20-1.5,%2068.5)', '%28-28%2C57%2C-1.5%2C68.5%29'].map(
      (box) => `/www/php/data_catalog.php?count=20&bbox=${box}`,
    ),
  );
  await same(
    [
      '2014-06-01T00:00:00Z',
      '2014-06-01T00:00:00.000Z',
      '2014-06-01T00:00Z',
      '2014-06-01T00:00',
      '2014-06-01',
      '2014-06-01T02:00:00+02:00',
      '2014-06-01T02:00:00%2B02:00',
      '2014-06-01T02:00:00%2002:00',
      '2014-06-01%2000:00:00',
      '%202014-06-01T00:00:00Z%20',
    ].map((start) => `/rest2/req.php/gazvolc?timestart=${start}`),
  );
  await same(
    ['oi2?mode=Asc.', 'oi2?mode=asc.', 'oi2?&mode=Asc.&sat=', 'oi2?mode=Asc.&unheard=of'].map(
      (rest) => `/rest2/req.php/${rest}`,
    ),
  );
});

clients('every entry point describes addresses that answer', async () => {
  const list = await get('/rest2/req.php/application');
  assert.is(list.body.length, 16);
  for (const name of ['voldorad', 'gazvolc', 'dynvolc', 'oi2', 'oi2/lavamap', 'hotvolc']) {
    const entry = await get(`/rest2/req.php/application/${name}`);
    assert.is(entry.status, 200);
    assert.match(entry.headers['content-type'] ?? '', /^application\/json/);
    for (const { template, parameters } of entry.body.addresses) {
      const values: { [name: string]: string } = {};
      for (const parameter of parameters)
        if (parameter.default !== undefined) values[parameter.name] = parameter.default;
      const url = expand(template.replace('=({lonmin, latmin, lonmax, latmax})', '={bbox}'), values);
      const { pathname, search } = new URL(url);
      assert.ok((await get(pathname + search)).body.length > 0, url);
    }
  }
  const french = await get('/rest2/req.php/application/hotvolc').set('Accept-Language', 'fr');
  assert.is(french.headers['content-language'], 'fr');
});

clients.run();
