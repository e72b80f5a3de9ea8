import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createLinks, queryText } from '../../../src/http/links.ts';
import type { Protocol } from '../../../src/http/protocol.ts';
import type { CatalogRecord } from '../../../src/model/record.ts';

const links = suite('links');
const record = { service: 'dynvolc', id: 12, level: 'dataset' } as CatalogRecord;

links('the base URL may hold a path', () => {
  const built = createLinks('https://data.example.org/vobs/', []);
  assert.is(built.base, 'https://data.example.org/vobs');
  assert.is(built.basePath, '/vobs');
  assert.is(
    built.url('/search', { q: 'a b&c', page: 2, none: null, empty: '' }),
    'https://data.example.org/vobs/search?q=a%20b%26c&page=2',
  );
  assert.is(built.uri(record), 'https://data.example.org/vobs/id/dynvolc/12');
  assert.is(built.uri({ ...record, id: 0, level: 'series' }), 'https://data.example.org/vobs/id/dynvolc');
});

links('a record has the links of the mounted doors alone, in their order, absolute', () => {
  const doors: Pick<Protocol, 'recordLinks'>[] = [];
  const built = createLinks('http://localhost:8080', doors);
  assert.equal(built.recordLinks(record), []);
  doors.push({ recordLinks: (r) => [{ role: 'landing', href: `/records/${r.id}` }] }, {});
  doors.push({ recordLinks: () => [{ role: 'doi', href: 'https://doi.org/10.1/x' }] });
  assert.equal(
    built.recordLinks(record).map((link) => link.href),
    ['http://localhost:8080/records/12', 'https://doi.org/10.1/x'],
  );
});

links('a query of nothing is no query', () => {
  assert.is(queryText({ a: '', b: undefined }), '');
});

links.run();
