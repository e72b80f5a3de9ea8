// Small parts of HTTP: negotiation, languages, addresses of callers, the log's text, the table of routes.
import type { IncomingMessage } from 'node:http';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { addressList, clientAddress } from '../../../src/http/client-address.ts';
import { languageOf } from '../../../src/http/language.ts';
import { loggedQuery } from '../../../src/http/log.ts';
import { acceptable, negotiate } from '../../../src/http/negotiate.ts';
import type { Protocol } from '../../../src/http/protocol.ts';
import { createRouteTable, literalSegment } from '../../../src/http/routes.ts';
import type { AppError } from '../../../src/model/errors.ts';

const negotiation = suite('negotiation');
const OFFERS = [
  { id: 'html', mediaType: 'text/html' },
  { id: 'json', mediaType: 'application/json', otherTypes: ['application/geo+json'] },
  { id: 'xml', mediaType: 'application/xml; charset=utf-8', extension: 'iso.xml' },
];

negotiation('weights, then the closest range, then the header’s order', () => {
  const cases: [string | undefined, string | undefined][] = [
    [undefined, 'html'],
    ['*/*', 'html'],
    ['application/json', 'json'],
    ['application/*', 'json'],
    ['application/xml, application/json', 'xml'],
    ['application/json;q=0.5, application/xml;q=0.6', 'xml'],
    ['text/html,application/xhtml+xml,application/xml;q=0.9,*/*;q=0.8', 'html'],
    ['*/*;q=0.1, application/json', 'json'],
    ['text/html;q=0, */*', 'json'],
    ['application/geo+json', 'json'],
    ['APPLICATION/XML; version=2', 'xml'],
    ['image/png', undefined],
    ['text/html;q=nonsense', undefined],
  ];
  for (const [accept, id] of cases) assert.is(acceptable(accept, OFFERS)?.id, id, accept);
});

negotiation('names of a format: id, ending, media type with its + turned into a blank', () => {
  for (const f of ['json', 'JSON', 'application/json', 'application/geo json']) {
    assert.is(negotiate({ f }, OFFERS).id, 'json', f);
  }
  assert.is(negotiate({ suffix: 'iso.xml', f: 'json' }, OFFERS).id, 'xml');
  assert.is(negotiate({ suffix: '', f: '', accept: 'application/json' }, OFFERS).id, 'json');
  assert.throws(
    () => negotiate({ f: 'pdf' }, OFFERS),
    (error: AppError) => error.code === 'not-acceptable' && error.faults[0]?.parameter === 'f',
  );
});

const languages = suite('languages');

languages('?lang=, then Accept-Language, then English', () => {
  const cases: [string, string | undefined, string][] = [
    ['', undefined, 'en'],
    ['lang=fr', 'en', 'fr'],
    ['q=1&lang=fr&x', undefined, 'fr'],
    ['lang=de', 'fr', 'fr'],
    ['slang=fr', undefined, 'en'],
    ['', 'fr-CA, en;q=0.9', 'fr'],
    ['', 'de, fr;q=0.5, en;q=0.4', 'fr'],
    ['', 'fr;q=0, en', 'en'],
    ['', 'de', 'en'],
  ];
  for (const [query, header, language] of cases) assert.is(languageOf(query, header), language, `${query} ${header}`);
});

const addresses = suite('addresses of callers');

function requestFrom(peer: string, forwarded?: string): IncomingMessage {
  const headers = forwarded === undefined ? {} : { 'x-forwarded-for': forwarded };
  return { socket: { remoteAddress: peer }, headers } as unknown as IncomingMessage;
}

addresses('a list of addresses and networks, IPv4 inside IPv6 too', () => {
  const listed = addressList(['10.0.0.0/8', '::1', '192.0.2.7']);
  for (const yes of ['10.1.2.3', '::ffff:10.1.2.3', '::1', '192.0.2.7', '::ffff:192.0.2.7'])
    assert.ok(listed(yes), yes);
  for (const no of ['11.0.0.1', '192.0.2.8', '::2', '', 'nonsense']) assert.not.ok(listed(no), no);
});

addresses('only a trusted peer’s X-Forwarded-For is believed, from the right', () => {
  const address = clientAddress(['10.0.0.0/8']);
  assert.is(address(requestFrom('198.51.100.1', '127.0.0.1')), '198.51.100.1');
  assert.is(address(requestFrom('10.0.0.1', '198.51.100.1')), '198.51.100.1');
  assert.is(address(requestFrom('10.0.0.1', '127.0.0.1, 198.51.100.1, 10.0.0.2')), '198.51.100.1');
  assert.is(address(requestFrom('10.0.0.1', 'junk')), '10.0.0.1');
  assert.is(address(requestFrom('10.0.0.1')), '10.0.0.1');
  assert.is(clientAddress([])(requestFrom('10.0.0.1', '127.0.0.1')), '10.0.0.1');
});

const logging = suite('the log');

logging('secrets in a query are blotted out', () => {
  assert.is(loggedQuery('q=1&api_key=abc&password=x%20y&Token=&n=2'), 'q=1&api_key=…&password=…&Token=…&n=2');
  assert.is(loggedQuery('a'.repeat(1000)).length, 300);
});

const table = suite('table of routes');

function routes(name: string, ...paths: string[]): Protocol {
  const doc = { summary: 'A route of the tests' };
  return { name, routes: paths.map((path) => ({ method: 'GET', path, doc, handle: () => {} })) };
}

table('first segments that are plain text', () => {
  const cases: [string, string | null][] = [
    ['/', null],
    ['/csw', 'csw'],
    ['/Csw/x', 'csw'],
    ['/records{/:id}', 'records'],
    ['/records{.:suffix}', null],
    ['/:os/data', null],
    ['/*rest', null],
  ];
  for (const [path, segment] of cases) assert.is(literalSegment(path), segment, path);
});

table('finds in the order of mounting, decodes parameters, tells allowed methods', () => {
  const found = createRouteTable([
    routes('a', '/x/one', '/x/:id', '/records{.:suffix}'),
    routes('b', '/:os/data/id/:id', '/x/*rest'),
  ]);
  const path = (address: string) => found.find(address, 'GET').match;
  assert.is(path('/x/one')?.route.path, '/x/one');
  assert.equal({ ...path('/x/a%2Fb%20c')?.params }, { id: 'a/b c' });
  assert.is(path('/x/a/b')?.route.path, '/x/*rest');
  assert.equal({ ...path('/records.xml')?.params }, { suffix: 'xml' });
  assert.equal({ ...path('/records')?.params }, {});
  assert.is(path('/snow/data/id/1')?.protocol.name, 'b');
  assert.is(path('/x/data/id/1')?.route.path, '/:os/data/id/:id');
  assert.is(path('/none'), null);
  assert.is(found.find('/x/one', 'HEAD').match?.route.path, '/x/one');
  assert.equal(found.find('/x/one', 'PUT').methods, ['GET', 'HEAD', 'OPTIONS']);
  assert.equal(found.find('/none', 'PUT').methods, []);
});

table('two owners of one path stop the start', () => {
  assert.throws(() => createRouteTable([routes('a', '/x/:id'), routes('b', '/x/:name')]), /belongs to a and to b/);
});

for (const tests of [negotiation, languages, addresses, logging, table]) tests.run();
