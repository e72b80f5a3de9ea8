// One request in every encoding gives one answer; pages walk the whole list; the totals are those of OpenSearch; each viewer sees his own;
// domains hold what the records hold.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { appOver, type TestApp, testApp } from '../../fixtures/app.ts';
import { haveSchemas, validateXml } from '../../validity/xsd.ts';
import {
  type Answer,
  type Client,
  clientOf,
  getRecords2,
  type Headers,
  PREFIXES,
  ROOT_2,
  ROOT_3,
  V2,
  V3,
} from './client.ts';

const test = suite('CSW requests');
let app: TestApp;
let csw: Client;
test.before(async () => {
  app = await testApp();
  csw = clientOf(app.server);
});

const total = (answer: Answer): number => Number(answer.one('//@numberOfRecordsMatched'));
const withoutTime = (text: string): string => text.replace(/timestamp="[^"]*"/, '');
const FILTER_2 =
  `<ogc:Filter xmlns:ogc="${PREFIXES.ogc}" xmlns:gml="http://www.opengis.net/gml"><ogc:And><ogc:BBOX><ogc:PropertyName>ows:BoundingBox</ogc:PropertyName>` +
  '<gml:Envelope><gml:lowerCorner>-180 -60</gml:lowerCorner><gml:upperCorner>180 60</gml:upperCorner></gml:Envelope></ogc:BBOX>' +
  '<ogc:PropertyIsLike wildCard="*" singleChar="?" escapeChar="\\" matchCase="false"><ogc:PropertyName>csw:AnyText</ogc:PropertyName>' +
  '<ogc:Literal>*volcan*</ogc:Literal></ogc:PropertyIsLike></ogc:And></ogc:Filter>';

test('pairs, a form, XML and both envelopes give the same records', async () => {
  const pairs = {
    ...V2,
    request: 'GetRecords',
    typeNames: 'csw:Record',
    resultType: 'results',
    ElementSetName: 'brief',
    startPosition: 3,
    maxRecords: 7,
    constraintLanguage: 'FILTER',
    constraint_language_version: '1.1.0',
    constraint: FILTER_2,
    SortBy: 'dc:title:A',
  };
  const byPairs = await csw.get(pairs);
  assert.is(byPairs.status, 200, byPairs.text);
  assert.is(byPairs.count('//csw:BriefRecord'), 7);
  const xml = getRecords2({
    attributes: 'resultType="results" startPosition="3" maxRecords="7"',
    set: 'brief',
    filter: '',
    sort: 'dc:title ASC',
  }).replace('<ogc:Filter></ogc:Filter>', FILTER_2);
  const form = new URLSearchParams(Object.entries(pairs).map(([name, value]) => [name, String(value)])).toString();
  const byForm = await csw.post(form, { 'Content-Type': 'application/x-www-form-urlencoded' });
  const byXml = await csw.post(`<?xml version="1.0" encoding="UTF-8"?>\n${xml}`);
  const asForm = await csw.post(xml, { 'Content-Type': 'application/x-www-form-urlencoded' });
  for (const answer of [byForm, byXml, asForm]) assert.is(withoutTime(answer.text), withoutTime(byPairs.text));
  for (const [version, type] of [
    ['11', 'text/xml'],
    ['12', 'application/soap+xml'],
  ] as const) {
    const soap = version === '11' ? PREFIXES.soap11 : PREFIXES.soap12;
    const answer = await csw.post(`<e:Envelope xmlns:e="${soap}"><e:Header/><e:Body>${xml}</e:Body></e:Envelope>`, {
      'Content-Type': type,
    });
    assert.is(answer.type, type);
    const inside = /<soap:Body>(.*)<\/soap:Body>/s.exec(answer.text)?.[1] ?? '';
    assert.ok(withoutTime(byPairs.text).includes(withoutTime(inside)));
    assert.is(answer.count(`/soap${version}:Envelope/soap${version}:Body/csw:GetRecordsResponse`), 1);
  }
});

test('the other operations are asked in XML too', async () => {
  const [id = ''] = (
    await csw.get({ ...V2, request: 'GetRecords', typeNames: 'csw:Record', resultType: 'results' })
  ).all('//dc:identifier');
  const pairs = await csw.get({ ...V2, request: 'GetRecordById', id, ElementSetName: 'full' });
  const xml = await csw.post(
    `<csw:GetRecordById ${ROOT_2}><csw:Id>${id}</csw:Id><csw:ElementSetName>full</csw:ElementSetName></csw:GetRecordById>`,
  );
  assert.is(xml.text, pairs.text);
  const third = await csw.post(`<csw:GetRecordById ${ROOT_3}><csw:Id>${id}</csw:Id></csw:GetRecordById>`);
  assert.is(third.count('/csw3:SummaryRecord'), 1);
  const first = await csw.post(`<csw:GetCapabilities xmlns:csw="${PREFIXES.csw}" service="CSW"/>`);
  assert.is(first.one('/csw:Capabilities/@version'), '2.0.2');
  const sections = await csw.post(
    `<csw:GetCapabilities xmlns:csw="${PREFIXES.csw3}" xmlns:ows="${PREFIXES.ows2}"><ows:AcceptVersions><ows:Version>3.0.0</ows:Version></ows:AcceptVersions>` +
      '<ows:Sections><ows:Section>ServiceProvider</ows:Section></ows:Sections></csw:GetCapabilities>',
  );
  assert.is(sections.count('/csw3:Capabilities/*'), 1);
});

test('a fault of SOAP holds the report', async () => {
  const request = getRecords2({ attributes: 'outputSchema="urn:nothing"' });
  const first = await csw.post(`<e:Envelope xmlns:e="${PREFIXES.soap11}"><e:Body>${request}</e:Body></e:Envelope>`);
  assert.is(first.status, 500);
  assert.is(first.one('//soap11:Fault/detail/ows:ExceptionReport/ows:Exception/@locator'), 'outputSchema');
  const second = await csw.post(`<e:Envelope xmlns:e="${PREFIXES.soap12}"><e:Body>${request}</e:Body></e:Envelope>`);
  assert.is(second.status, 400);
  assert.is(
    second.one('//soap12:Fault/soap12:Detail/ows:ExceptionReport/ows:Exception/@exceptionCode'),
    'InvalidParameterValue',
  );
});

test('CQL, FES and the search keys find the same', async () => {
  const get = { request: 'GetRecords', maxRecords: 0 };
  const keys = await csw.get({ ...V3, ...get, typeNames: 'Record', bbox: '2,44,4,47' });
  const cql = { ConstraintLanguage: 'CQL_TEXT', Constraint: 'BBOX(ows:BoundingBox, 2, 44, 4, 47)' };
  assert.is(total(await csw.get({ ...V3, ...get, ...cql, typeNames: 'Record' })), total(keys));
  assert.is(total(await csw.get({ ...V2, ...get, ...cql, typeNames: 'csw:Record', resultType: 'hits' })), total(keys));
  const fes =
    `<fes:Filter><fes:BBOX><fes:ValueReference>ows:BoundingBox</fes:ValueReference><gml:Envelope srsName="urn:ogc:def:crs:EPSG::4326">` +
    '<gml:lowerCorner>44 2</gml:lowerCorner><gml:upperCorner>47 4</gml:upperCorner></gml:Envelope></fes:BBOX></fes:Filter>';
  const body = `<csw:GetRecords ${ROOT_3} maxRecords="0"><csw:Query typeNames="csw:Record"><csw:ElementSetName>brief</csw:ElementSetName><csw:Constraint version="2.0.0">${fes}</csw:Constraint></csw:Query></csw:GetRecords>`;
  assert.is(total(await csw.post(body)), total(keys));
  // Prefixes that are not declared, as many clients send them.
  assert.is(
    total(await csw.get({ ...V3, ...get, typeNames: 'Record', Constraint: fes, ConstraintLanguage: 'FILTER' })),
    total(keys),
  );
  assert.ok(total(keys) > 10);
});

test('keys of 3.0: geometry, point, time, each with its relation', async () => {
  const hits = async (pairs: object): Promise<number> =>
    total(await csw.get({ ...V3, request: 'GetRecords', typeNames: 'Record', maxRecords: 0, ...pairs }));
  const box = await hits({ bbox: '2,44,4,47' });
  const wkt = 'POLYGON((2 44,4 44,4 47,2 47,2 44))';
  assert.is(await hits({ geometry: wkt }), box);
  assert.is(
    await hits({ geometry: 'POLYGON((44 2,44 4,47 4,47 2,44 2))', geometry_crs: 'urn:ogc:def:crs:EPSG::4326' }),
    box,
  );
  const withPlace = await hits({ bbox: '-180,-90,180,90' });
  assert.is(await hits({ geometry: wkt, relation: 'Disjoint' }), withPlace - box);
  assert.ok((await hits({ lat: 45.77, lon: 2.96, radius: 5000 })) > 0);
  const all = await hits({});
  const early = await hits({ time: '1900-01-01/2010-12-31' });
  assert.ok(early > 0 && early < all);
  assert.ok((await hits({ time: '1900-01-01/2010-12-31', trelation: 'During' })) <= early);
  for (const [pairs, locator] of [
    [{ lat: 45 }, 'lon'],
    [{ lat: 45, lon: 2 }, 'radius'],
    [{ geometry: 'POLYGON((0 0))' }, 'geometry'],
    [{ geometry: wkt, relation: 'intersects' }, 'relation'],
    [{ time: 'yesterday' }, 'time'],
    [{ maxRecords: -1 }, 'maxRecords'],
    [{ startPosition: 0 }, 'startPosition'],
    [{ SortBy: 'dct:abstract:A' }, 'SortBy'],
    [{ q: '"' }, 'q'],
  ] as const) {
    const answer = await csw.get({ ...V3, request: 'GetRecords', typeNames: 'Record', ...pairs });
    assert.is(answer.status, 400, JSON.stringify(pairs));
    assert.ok(answer.all('//ows2:Exception/@locator').includes(locator), `${JSON.stringify(pairs)} ${answer.text}`);
  }
});

test('everything that is wrong is told at once', async () => {
  const answer = await csw.get({
    ...V3,
    request: 'GetRecords',
    typeNames: 'Nothing',
    outputSchema: 'x',
    bbox: '1,2',
    startPosition: 'a',
  });
  assert.equal([...answer.all('//ows2:Exception/@locator')].sort(), [
    'bbox',
    'outputSchema',
    'startPosition',
    'typeNames',
  ]);
});

test('following nextRecord gives the whole list once, in both versions and in any order', async () => {
  const walk = async (version: typeof V2 | typeof V3, sort: string): Promise<readonly string[]> => {
    const seen: string[] = [];
    let startPosition = 1;
    for (let pages = 0; startPosition !== 0 && pages < 100; pages++) {
      const typeNames = version === V2 ? 'csw:Record' : 'Record';
      const pairs = {
        ...version,
        request: 'GetRecords',
        typeNames,
        resultType: 'results',
        elementSetName: 'brief',
        maxRecords: 160,
        startPosition,
      };
      const page = await csw.get(sort === '' ? pairs : { ...pairs, SortBy: sort });
      seen.push(...page.all('//csw:BriefRecord/dc:identifier[1] | //csw3:BriefRecord/dc:identifier'));
      startPosition = Number(page.one('//@nextRecord'));
    }
    return seen;
  };
  const plain = await walk(V3, '');
  assert.is(new Set(plain).size, plain.length);
  assert.is(plain.length, total(await csw.get({ ...V2, request: 'GetRecords', typeNames: 'csw:Record' })));
  assert.equal(await walk(V2, ''), plain);
  const whole = [...plain].sort();
  for (const sort of ['dc:date:D', 'dc:format:A', 'apiso:title:A', 'apiso:TempExtent_begin:D'])
    assert.equal([...(await walk(V2, sort))].sort(), whole, sort);
  assert.equal(await walk(V3, 'dc:identifier:A'), whole);
});

/** Numbers of a fixed start, from 0 to 1. */
function random(seed: number): () => number {
  let state = seed;
  return () => {
    state = (state * 1_103_515_245 + 12_345) % 2_147_483_648;
    return state / 2_147_483_648;
  };
}

test('thirty random searches have the totals and the first page of OpenSearch', async () => {
  const open = clientOf(app.server);
  const draw = random(20_250_601);
  const words = ['lava', 'volcano', 'radar', 'cloud', 'sample', 'Etna', 'météo', 'ash', 'réunion', 'water'];
  let found = 0;
  for (let i = 0; i < 30; i++) {
    const west = Math.round(draw() * 300 - 170);
    const south = Math.round(draw() * 120 - 80);
    const box = `${west},${south},${Math.min(180, west + Math.round(draw() * 120))},${Math.min(90, south + Math.round(draw() * 80))}`;
    const word = draw() < 0.7 ? (words[Math.floor(draw() * words.length)] ?? '') : '';
    const from = draw() < 0.4 ? `${1990 + Math.floor(draw() * 25)}-01-01` : '';
    const withBox = draw() < 0.6 || (word === '' && from === '');
    const feed = await open.get(
      {
        count: 10,
        ...(word ? { q: word } : {}),
        ...(withBox ? { box } : {}),
        ...(from ? { start: from, end: '2016-12-31' } : {}),
      },
      {},
      '/opensearch/search.atom',
    );
    const answer = await csw.get({
      ...V3,
      request: 'GetRecords',
      typeNames: 'Record',
      ...(word ? { q: word } : {}),
      ...(withBox ? { bbox: box } : {}),
      ...(from ? { time: `${from}/2016-12-31` } : {}),
    });
    assert.is(total(answer), Number(feed.one('//os:totalResults')), `${word} ${box} ${from}`);
    assert.equal(answer.all('//csw3:SummaryRecord/dc:identifier'), feed.all('//atom:entry/dc:identifier'));
    found += total(answer);
  }
  assert.ok(found > 300, `${found} found in all`);
});

test('a hidden record is seen by internal accounts alone: lists, totals, by identifier, domains', async () => {
  const id = 'opgc:oi2:999001';
  await app.writer.write([
    { service: 'oi2', id: 999001, name: 'Zyxwvut unseen', authorization_: 3, format: 10, fields: {} },
  ]);
  try {
    const ask = async (headers: Headers) => {
      const list = await csw.get({ ...V3, request: 'GetRecords', typeNames: 'Record', q: 'zyxwvut' }, headers);
      const byId = await csw.get({ ...V2, request: 'GetRecordById', id }, headers);
      const third = await csw.get({ ...V3, request: 'GetRecordById', id }, headers);
      const item = await csw.get({ ...V2, request: 'GetRepositoryItem', id }, headers);
      const domain = await csw.get({ ...V3, request: 'GetDomain', ValueReference: 'dc:format' }, headers);
      const sheets = domain.all("//csw3:Value[contains(., 'spreadsheetml')]/@count")[0] ?? '0';
      return [total(list), byId.count('/*/*'), third.status, item.status, Number(sheets)] as const;
    };
    const [anonymous, internal] = [await ask(app.as.anonymous), await ask(app.as.internal)];
    assert.equal(anonymous.slice(0, 4), [0, 0, 404, 404]);
    assert.equal(internal.slice(0, 4), [1, 1, 200, 200]);
    assert.is(internal[4] - anonymous[4] >= 1, true);
    for (const headers of [app.as.registered, app.as.partner])
      assert.equal((await ask(headers)).slice(0, 4), anonymous.slice(0, 4));
    const wrong = await csw.get({ ...V2, request: 'GetCapabilities' }, { Authorization: 'Basic eDp5' });
    assert.is(wrong.status, 401);
    assert.is(wrong.count('/ows:ExceptionReport'), 1);
  } finally {
    await app.writer.withdraw([{ service: 'oi2', id: 999001 }]);
  }
});

test('domains: values with their counts, ranges, parameters, unknown names', async () => {
  const levels = await csw.get({ ...V3, request: 'GetDomain', ValueReference: 'dc:type' });
  assert.is(levels.status, 200, levels.text);
  const counted = levels
    .nodes('//csw3:Value')
    .map((node) => Number(node.attrs.find(({ name }) => name === 'count')?.value));
  assert.is(
    counted.reduce((sum, count) => sum + count, 0),
    total(await csw.get({ ...V2, request: 'GetRecords', typeNames: 'csw:Record' })),
  );
  assert.equal([...levels.all('//csw3:Value')].sort(), ['dataset', 'series']);
  const range = await csw.get({ ...V2, request: 'GetDomain', PropertyName: 'dct:modified,apiso:TempExtent_begin' });
  assert.is(range.count('//csw:DomainValues[csw:RangeOfValues]'), 2);
  for (const { text } of [levels, range])
    if (haveSchemas()) assert.equal(validateXml(text, text === levels.text ? 'csw3' : 'csw'), []);
  const parameter = await csw.post(
    `<csw:GetDomain ${ROOT_2}><csw:ParameterName>GetRecords.resultType</csw:ParameterName></csw:GetDomain>`,
  );
  assert.equal(parameter.all('//csw:ListOfValues/csw:Value'), ['hits', 'results', 'validate']);
  const open = await csw.get({ ...V2, request: 'GetDomain', PropertyName: 'dc:title' });
  assert.is(open.count('//csw:DomainValues/*'), 1);
  const field = app.mappings.services
    .flatMap(({ fields }) => fields)
    .find(({ queryable, type }) => queryable && type === 'text');
  const own = await csw.get({ ...V2, request: 'GetDomain', PropertyName: field?.name ?? '' });
  assert.ok(own.count('//csw:ListOfValues/csw:Value') > 0, field?.name);
  for (const pairs of [{ PropertyName: 'dc:nothing' }, { ParameterName: 'GetRecords.nothing' }]) {
    const answer = await csw.get({ ...V2, request: 'GetDomain', ...pairs });
    assert.is(answer.one('//ows:Exception/@locator'), Object.keys(pairs)[0]);
  }
  assert.is(
    (await csw.get({ ...V2, request: 'GetDomain' })).one('//ows:Exception/@exceptionCode'),
    'MissingParameterValue',
  );
});

test('every output schema, in every set, in both versions, embeds valid records', async () => {
  const doc = await csw.get({ ...V2, request: 'GetCapabilities' });
  const schemas = doc.all("//ows:Operation[@name='GetRecords']/ows:Parameter[@name='outputSchema']/ows:Value");
  assert.ok(schemas.includes('http://www.isotc211.org/2005/gmd') && schemas.length >= 4, schemas.join());
  for (const version of [V2, V3])
    for (const outputSchema of schemas)
      for (const elementSetName of outputSchema.includes('/cat/csw/') ? ['brief', 'full'] : ['full']) {
        const typeNames = version === V2 ? 'csw:Record' : 'Record';
        const pairs = {
          ...version,
          request: 'GetRecords',
          typeNames,
          resultType: 'results',
          outputSchema,
          elementSetName,
          maxRecords: 6,
        };
        const answer = await csw.get(pairs);
        assert.is(answer.status, 200, outputSchema);
        assert.is(answer.count('//*[local-name()="SearchResults"]/*'), 6, outputSchema);
        assert.ok(answer.all('//*[local-name()="SearchResults"]/*').every((text) => text.trim() !== ''));
        // The others' schemas are not among those of CSW and ISO 19139; their documents are validated where they are written.
        const isKnown = /csw|2005\/gmd$/.test(outputSchema);
        const own = outputSchema.includes('csw/3.0') ? V3 : outputSchema.includes('csw/2.0.2') ? V2 : version;
        if (haveSchemas() && isKnown && own === version)
          assert.equal(validateXml(answer.text, version === V2 ? 'csw' : 'csw3'), [], outputSchema);
      }
  const iso = await csw.get({
    ...V2,
    request: 'GetRecordById',
    id: 'opgc:dynvolc:1',
    outputSchema: 'http://www.isotc211.org/2005/gmd',
  });
  assert.is(iso.count('/csw:GetRecordByIdResponse/gmd:MD_Metadata'), 1);
  if (haveSchemas()) assert.equal(validateXml(iso.text, 'csw'), []);
});

test('several type names, a distributed search and a handler that are not ours, unknown parameters', async () => {
  const pairs = {
    ...V2,
    request: 'GetRecords',
    resultType: 'results',
    typeNames: 'csw:Record,gmd:MD_Metadata',
    DistributedSearch: 'TRUE',
    hopCount: 2,
    ResponseHandler: 'ftp://nobody.example.org/',
    nonsense: 1,
  };
  assert.is((await csw.get(pairs)).count('//csw:SummaryRecord'), 10);
  const body = getRecords2({}).replace(
    '<csw:Query typeNames="csw:Record"',
    '<csw:DistributedSearch hopCount="2"/><csw:ResponseHandler>http://nobody.example.org/</csw:ResponseHandler><csw:Query typeNames="csw:Record gmd:MD_Metadata"',
  );
  assert.is((await csw.post(body)).count('//csw:SummaryRecord'), 10);
});

test('several identifiers, one of which is unknown; the stable address is an identifier too', async () => {
  const answer = await csw.get({ ...V2, request: 'GetRecordById', id: 'opgc:dynvolc:2,opgc:nobody,opgc:dynvolc:1' });
  assert.equal(answer.all('//csw:SummaryRecord/dc:identifier[1]'), ['opgc:dynvolc:2', 'opgc:dynvolc:1']);
  for (const id of ['id/dynvolc/1', 'id/dynvolc']) {
    const record = await csw.get({ ...V3, request: 'GetRecordById', id: `${app.baseUrl}/${id}` });
    assert.is(record.one('/csw3:SummaryRecord/dc:identifier'), id === 'id/dynvolc' ? 'opgc:dynvolc' : 'opgc:dynvolc:1');
  }
});

test('operations that there are not', async () => {
  for (const request of ['Transaction', 'Harvest']) {
    const answer = await csw.get({ ...V3, request });
    assert.is(answer.status, 501);
    assert.is(answer.one('//ows2:Exception/@exceptionCode'), 'OperationNotSupported');
  }
  assert.is(
    (await csw.get({ ...V3, request: 'DescribeRecord' })).one('//ows2:Exception/@exceptionCode'),
    'OperationNotSupported',
  );
  assert.is(
    (await csw.get({ service: 'CSW', request: 'GetRecords', typeNames: 'Record' })).one('//ows2:Exception/@locator'),
    'version',
  );
  const insert = `<csw:Transaction ${ROOT_2}><csw:Insert/></csw:Transaction>`;
  assert.is((await csw.post(insert)).one('//ows:Exception/@exceptionCode'), 'OperationNotSupported');
});

test('old harvesters may be told errors of 2.0.2 under 200, and only those', async () => {
  const lenient = appOver(app.database, app.mappings, { settings: { VOBS_CSW_ERROR_STATUS: '200' } });
  const client = clientOf(lenient.server);
  assert.is((await csw.get({ ...V2, request: 'GetRecordById' })).status, 400);
  const old = await client.get({ ...V2, request: 'GetRecordById' });
  assert.is(old.status, 200);
  assert.is(old.one('//ows:Exception/@exceptionCode'), 'MissingParameterValue');
  assert.is((await client.get({ ...V3, request: 'GetRecordById' })).status, 400);
});

test('an answer that has not changed is not sent again', async () => {
  for (const pairs of [
    { ...V2, request: 'GetCapabilities' },
    { ...V3, request: 'GetRecords', typeNames: 'Record' },
    { ...V2, request: 'GetRecordById', id: 'opgc:dynvolc:1' },
  ]) {
    const first = await csw.get(pairs);
    const again = await csw.get(pairs, { 'If-None-Match': first.headers.etag ?? '' });
    assert.is(again.status, 304);
  }
});

test('the capabilities speak the asked language', async () => {
  const french = await csw.get({ ...V2, request: 'GetCapabilities', LANGUAGE: 'fre' });
  assert.match(french.one('//ows:ServiceIdentification/ows:Title'), /Catalogue de données/);
  assert.match(french.text, /<inspire_common:ResponseLanguage><inspire_common:Language>fre</);
  assert.match(
    (await csw.get({ ...V3, request: 'GetCapabilities', AcceptLanguages: 'eng' })).one('//ows2:Title'),
    /data catalogue/,
  );
});

test.run();
