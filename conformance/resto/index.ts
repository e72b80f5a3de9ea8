// The API of resto 2.x that PEPS had: description, search, collections, records. There is no declaration; what the description document offers is claimed.
import type { Target } from '../kit/requirement.ts';
import { runnable } from '../kit/run-standard.ts';
import type { Collections, Facts, Page } from './client.ts';
import { requirements } from './requirements.ts';

async function discover({ http, door }: Target) {
  const base = door('resto', '/resto');
  const description = await http.get(`${base}/api/collections/describe.xml`);
  if (description.status === 404) return { absent: `no description document below ${base}` };
  const page = await http.get(`${base}/api/collections/search.json?maxRecords=20`);
  page.json<Page>();
  const list = await http.get(`${base}/collections.json`);
  const collections = list.json<Collections>().collections?.map(({ name }) => name ?? '') ?? [];
  return {
    claims: new Set(['search', 'records']),
    facts: { base, description, page, list, collections } satisfies Facts,
  };
}

export const resto = runnable<Facts>({
  name: 'resto',
  title: 'resto 2.x / PEPS search API',
  classes: { search: 'Search', records: 'Collections and records' },
  discover,
  requirements,
});
