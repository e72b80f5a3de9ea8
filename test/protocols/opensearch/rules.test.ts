// The rules themselves: a document changed in one place must be found out.
import supertest from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { type ConformanceApp, conformanceApp } from '../../fixtures/conformance-app.ts';
import { descriptionFaults, feedFaults } from './rules.ts';

const test = suite('rules of descriptions and feeds');
let app: ConformanceApp;
let description: string;
let feed: string;
test.before(async () => {
  app = await conformanceApp();
  description = (await supertest(app.server).get('/opensearch/conformance/osdd.xml')).text;
  feed = (await supertest(app.server).get('/opensearch/conformance/search.atom?box=-180,-90,180,90&start=2001-01-01'))
    .text;
});

function broken(text: string, pattern: string | RegExp, put: string): string {
  const changed = text.replace(pattern, put);
  assert.is.not(changed, text, `${pattern} is in the document`);
  return changed;
}

test('a description changed in one place is refused', () => {
  assert.equal(descriptionFaults(description), []);
  const changes: readonly (readonly [string | RegExp, string, RegExp])[] = [
    [/<ShortName>.*<\/ShortName>/, '<ShortName>longer than sixteen</ShortName>', /ShortName/],
    [/<Tags>.*<\/Tags>/, '', /Tags stands 0/],
    ['<Language>', '<Language>fr</Language><Language>', /Language stands 2/],
    [/<Language>en/, '<Language>*', /Language: \*/],
    ['<AdultContent>false', '<AdultContent>no', /AdultContent/],
    ['param:method="GET"', 'method="GET"', /attribute method/],
    ['rel="results"', 'rel="service"', /rel service/],
    ['type="application/geo+json"', 'type="application/atom+xml"', /a type stands twice/],
    ['{geo:box?}', '{geo:bbox?}', /no Atom Url|Parameter box/],
    ['{vobs:rockType?}', '{vobs:rock_type?}', /rock_type/],
    [
      '<param:Parameter name="lat" value="{geo:lat}" minimum="0"',
      '<param:Parameter name="lat" value="{geo:lat}"',
      /lat is required/,
    ],
    [/<Query role="example"[^>]*>/, '', /no example/],
    [/<Contact>.*<\/Contact>/, '<Contact>nobody</Contact>', /Contact/],
  ];
  for (const [pattern, put, told] of changes) {
    assert.match(descriptionFaults(broken(description, pattern, put)).join('; '), told);
  }
});

test('a feed changed in one place is refused', () => {
  assert.equal(feedFaults(feed, true), []);
  const changes: readonly (readonly [string | RegExp, string, RegExp])[] = [
    [/<os:Query [^>]*\/>/, '', /os:Query/],
    ['<os:startIndex>', '<os:startPage>1</os:startPage><os:startIndex>', /startIndex or startPage/],
    [/<os:totalResults>\d+<\/os:totalResults>/, '', /totalResults/],
    ['geo:box="', 'geo:box="x', /geo:box/],
    ['time:start="2001-01-01"', 'time:start="2001"', /date 2001/],
    ['<georss:point>', '<georss:elev>1</georss:elev><georss:point>', /2 places/],
    [/<georss:point>[^<]*<\/georss:point>/, '', /0 places/],
    [/<content /, '<content type="text">a</content><content ', /2 atom:content/],
    [/<dc:identifier>[^<]*<\/dc:identifier>/, '', /0 dc:identifier/],
    [/<link rel="search"[^>]*>/, '', /no link search/],
  ];
  for (const [pattern, put, told] of changes)
    assert.match(feedFaults(broken(feed, pattern, put), true).join('; '), told);
});

test.run();
