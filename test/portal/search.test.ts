// The search page: its conditions against the other doors, all faults at once, facets that keep their word, pages that reach every record.
import supertest from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { testMappings } from '../fixtures/database.ts';
import { type HtmlElement, readHtml } from './html.ts';
import { portalApp } from './portal-app.ts';

const search = suite('search page');

async function get(query: string, headers: { readonly [name: string]: string } = {}) {
  const { server } = await portalApp();
  const answer = await supertest(server)
    .get(`/search${query}`)
    .set('Accept', 'text/html')
    .set('Accept-Language', 'en')
    .set(headers);
  return { status: answer.status, ...readHtml(answer.text) };
}

const metaOf = (elements: readonly HtmlElement[], name: string) =>
  elements
    .find((element) => element.name === 'meta' && element.attributes.get('name') === name)
    ?.attributes.get('content');

async function totalOf(query: string, headers: { readonly [name: string]: string } = {}): Promise<number> {
  const { status, elements } = await get(query, headers);
  assert.is(status, 200, query);
  return Number(metaOf(elements, 'totalResults'));
}

/** Identifiers of the records of a page. */
const found = (elements: readonly HtmlElement[]): readonly string[] =>
  elements.flatMap((element, i) => {
    const href = element.attributes.get('href');
    return element.name === 'a' && elements[i - 1]?.name === 'h2' && href?.includes('/records/')
      ? [href.split(/\/records\/|\?/)[1] ?? '']
      : [];
  });

const own = (href: string): string => href.replace(/^\/vobs\/search/, '');

search('the totals are those of OpenSearch for the same conditions, for each viewer', async () => {
  const { server, as } = await portalApp();
  const same: readonly (readonly [portal: string, scope: string, opensearch: string])[] = [
    ['', '', ''],
    ['?q=lava', '', '?q=lava'],
    ['?q=%22Piton+de+la+Fournaise%22', '', '?q=%22Piton+de+la+Fournaise%22'],
    ['?service=oi2&level=dataset', 'oi2/', ''],
    ['?service=oi2&level=dataset&west=55.7&south=-21.3&east=55.8&north=-21.2', 'oi2/', '?box=55.7,-21.3,55.8,-21.2'],
    ['?start=2015-01-01&end=2015-12-31', '', '?start=2015-01-01&end=2015-12-31'],
    ['?start=2015-01-01&end=2015-12-31&timerel=during', '', '?start=2015-01-01&end=2015-12-31&timerel=during'],
    ['?place=Etna', '', '?name=Etna'],
  ];
  let told = 0;
  for (const viewer of ['anonymous', 'registered', 'internal'] as const) {
    for (const [portal, scope, opensearch] of same) {
      const other = await supertest(server).get(`/opensearch/${scope}search.json${opensearch}`).set(as[viewer]);
      const total = await totalOf(portal, as[viewer]);
      assert.is(
        total,
        JSON.parse(other.text).totalResults ?? JSON.parse(other.text).properties.totalResults,
        `${portal} ${viewer}`,
      );
      told += total;
    }
  }
  assert.ok(told > 1000);
});

search('internal records are counted for internal accounts alone', async () => {
  const { as } = await portalApp();
  const everybody = await totalOf('?service=presse');
  assert.is(await totalOf('?service=presse', as.registered), everybody);
  const internal = await totalOf('?service=presse&access=3', as.internal);
  assert.ok(internal > 0);
  assert.is(await totalOf('?service=presse', as.internal), everybody + internal);
  assert.is(await totalOf('?service=presse&access=3'), 0);
  assert.is(await totalOf('?q=hidden+run'), 0);
});

search('each condition changes the result, and each wrong value is told at its control', async () => {
  const all = await totalOf('');
  const narrower = [
    'q=lava',
    'service=oi2',
    'start=2015-01-01',
    'end=2014-01-01',
    'place=Etna',
    'level=series',
    'product=raw',
    'format=6',
    'acquisition=4',
    'access=1',
    'instrument=EPMA',
    'west=3&east=4&south=45&north=46',
  ];
  for (const condition of narrower) {
    const total = await totalOf(`?${condition}`);
    assert.ok(total > 0 && total < all, `${condition}: ${total} of ${all}`);
  }
  const wrong = {
    q: '...',
    service: 'nosuch',
    start: '2024-02-30',
    end: 'tomorrow',
    place: 'Atlantis',
    level: 'x',
    product: 'x',
    format: 'x',
    acquisition: '-1',
    access: '9',
    west: '181',
    south: '91',
    east: 'NaN',
    north: '1e999',
    sort: 'x',
    count: '101',
  };
  const { status, elements } = await get(`?${new URLSearchParams(wrong)}`);
  assert.is(status, 400);
  for (const name of Object.keys(wrong)) {
    const control = elements.find(
      (element) => ['input', 'select'].includes(element.name) && element.attributes.get('name') === name,
    );
    assert.is(control?.attributes.get('aria-invalid'), 'true', name);
    const fault = control?.attributes.get('aria-describedby')?.split(' ').at(-1) ?? '';
    assert.ok(
      elements.some((element) => element.attributes.get('id') === fault && element.text.trim() !== ''),
      name,
    );
  }
});

search('faults of parameters together are told beside those of single ones', async () => {
  const { status, elements } = await get('?west=1&south=5&north=4&start=2020-01-01&end=2019-01-01&format=x');
  assert.is(status, 400);
  const wrong = elements
    .filter((element) => element.attributes.get('aria-invalid') === 'true')
    .map((element) => element.attributes.get('name'));
  assert.equal(wrong.sort(), ['east', 'end', 'format', 'south']);
});

search('the own fields of a service narrow its records', async () => {
  let asked = 0;
  for (const service of testMappings().services) {
    const { elements } = await get(`?service=${service.name}`);
    const controls = elements.filter((element) => element.attributes.get('name')?.startsWith('f.'));
    const queryable = service.fields.filter((field) => field.queryable);
    assert.ok(controls.length >= queryable.length, service.name);
    asked += controls.length;
  }
  assert.ok(asked > 20);
  const all = await totalOf('?service=dynvolc');
  const some = await totalOf('?service=dynvolc&f.sio2.min=50');
  const rest = await totalOf('?service=dynvolc&f.sio2.max=49.9999');
  assert.ok(some > 0 && rest > 0 && some + rest <= all);
  assert.is((await get('?service=dynvolc&f.sio2.min=much')).status, 400);
  // Without its service a field is nothing that can be asked.
  assert.is(await totalOf('?f.sio2.min=50'), await totalOf(''));
});

search('each facet leads to as many records as it says', async () => {
  const { elements } = await get('?place=Piton+de+la+Fournaise');
  let followed = 0;
  for (const [i, element] of elements.entries()) {
    const href = element.attributes.get('href') ?? '';
    const count = elements[i + 1];
    if (element.name !== 'a' || count?.attributes.get('class') !== 'quiet' || !href.startsWith('/vobs/search?'))
      continue;
    if (href.includes('start=')) continue;
    assert.is(await totalOf(own(href)), Number(count.text.replace(/\D/g, '')), href);
    followed += 1;
  }
  assert.ok(followed > 10, `only ${followed} facets`);
});

search('a condition in force is a link that drops it alone', async () => {
  const { elements } = await get('?q=lava&service=dynvolc&start=2015-01-01');
  const drop = elements.filter((element) => element.attributes.get('aria-label')?.startsWith('Drop the condition'));
  assert.equal(
    drop.map((element) => own(element.attributes.get('href') ?? '')),
    ['?service=dynvolc&start=2015-01-01', '?q=lava&start=2015-01-01', '?q=lava&service=dynvolc'],
  );
});

for (const sort of ['newest', 'latest', 'earliest', 'title', 'highest']) {
  search(`next pages in the order ${sort} give every record once`, async () => {
    const total = await totalOf(`?service=voldorad&sort=${sort}`);
    const seen: string[] = [];
    let query: string | undefined = `?service=voldorad&sort=${sort}&count=10`;
    for (let page = 1; query !== undefined; page += 1) {
      const { elements, status } = await get(query);
      assert.is(status, 200);
      assert.is(metaOf(elements, 'startIndex'), String((page - 1) * 10 + 1));
      seen.push(...found(elements));
      query = elements
        .find((element) => element.attributes.get('rel') === 'next')
        ?.attributes.get('href')
        ?.replace(/^\/vobs\/search/, '');
      if (page > 1) {
        const previous =
          elements.find((element) => element.attributes.get('rel') === 'prev')?.attributes.get('href') ?? '';
        assert.equal(found((await get(own(previous))).elements), seen.slice((page - 2) * 10, (page - 1) * 10));
      }
    }
    assert.is(seen.length, total);
    assert.is(new Set(seen).size, total);
  });
}

search('nothing found and past the end are said, with the way back', async () => {
  const nothing = await get('?q=xyzzyplugh');
  assert.is(nothing.status, 200);
  assert.ok(nothing.texts.some(({ text }) => text.startsWith('No record answers')));
  const past = await get('?page=5000');
  assert.ok(past.texts.some(({ text }) => text.startsWith('There are fewer pages')));
  assert.ok(past.elements.some((element) => element.attributes.get('rel') === 'first'));
});

search.run();
