// Formats of metadata: every document that the pages of some records offer. What is claimed are the media types that they offer.
import type { Answer } from '../kit/http.ts';
import type { Target } from '../kit/requirement.ts';
import { runnable } from '../kit/run-standard.ts';
import { type Facts, page, pageOf, type RecordPage } from './client.ts';
import { requirements } from './requirements.ts';

const BY_TYPE: { readonly [key: string]: readonly string[] } = {
  iso19139: ['application/vnd.iso.19139+xml'],
  gmi: ['application/vnd.iso.19115-2+xml'],
  'iso19115-3': ['application/vnd.iso.19115-3+xml'],
  datacite: ['application/vnd.datacite.datacite+xml', 'application/vnd.datacite.datacite+json'],
  'dublin-core': ['application/xml'],
  atom: ['application/atom+xml'],
  geojson: ['application/geo+json'],
  'schema.org': ['application/ld+json'],
  dcat: ['text/turtle'],
  citations: ['application/x-bibtex', 'application/x-research-info-systems'],
};
/** Pages of one sitemap, pages in all. */
const EACH = 2;
const MOST = 24;

/** Addresses that have a date of change: those of records. */
const recordsOf = (sitemap: Answer): readonly string[] =>
  sitemap.xml().all("//*[local-name()='url'][*[local-name()='lastmod']]/*[local-name()='loc']");

async function discover({ http, door }: Target) {
  const robots = await http.get(door('metadata-formats', '/robots.txt'));
  const named = /^Sitemap:\s*(\S+)/im.exec(robots.text)?.[1];
  if (robots.status === 404 || named === undefined) return { absent: 'robots.txt names no sitemap' };
  const first = await http.get(named);
  const places = (answer: Answer): readonly string[] => answer.xml().all("//*[local-name()='loc']");
  const sitemaps: Answer[] = first.xml().name === 'sitemapindex' ? [] : [first];
  for (const address of first.xml().name === 'sitemapindex' ? places(first) : [])
    sitemaps.push(await http.get(address));
  const pages: RecordPage[] = [];
  for (const sitemap of sitemaps) {
    let taken = 0;
    for (const address of recordsOf(sitemap).slice(0, 6)) {
      if (taken >= EACH || pages.length >= MOST) break;
      const found = pageOf(await page(http, address));
      if (found.offers.length === 0) continue;
      pages.push(found);
      taken++;
    }
  }
  if (pages.length === 0) return { absent: 'no page of the sitemap offers another format' };
  const types = new Set(pages.flatMap(({ offers }) => offers.map(({ type }) => type)));
  const claims = new Set([
    'web',
    'agreement',
    ...Object.keys(BY_TYPE).filter((key) => BY_TYPE[key]?.some((type) => types.has(type))),
  ]);
  return { claims, facts: { robots, sitemaps, pages } satisfies Facts };
}

export const metadataFormats = runnable<Facts>({
  name: 'metadata-formats',
  title:
    'Metadata formats: ISO 19139, 19115-2, 19115-3, DataCite 4, Dublin Core, Atom, GeoJSON, schema.org, DCAT, citations',
  classes: {
    web: 'Pages and sitemap',
    iso19139: 'ISO 19139',
    gmi: 'ISO 19115-2',
    'iso19115-3': 'ISO 19115-3',
    datacite: 'DataCite 4',
    'dublin-core': 'Dublin Core',
    atom: 'Atom',
    geojson: 'GeoJSON',
    'schema.org': 'schema.org',
    dcat: 'DCAT of a record',
    citations: 'Citations',
    agreement: 'Agreement of the formats',
  },
  discover,
  requirements,
});
