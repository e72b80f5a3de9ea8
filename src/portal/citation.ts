// How a record is cited: DataCite's form (creator (year): title. version. publisher. identifier), and the same as metas of the head.
import { type Citation, citationOf } from '../formats/writers/citation-parts.ts';
import type { CatalogRecord } from '../model/record.ts';
import type { Page } from './page.ts';

/** The same that reference managers are given. */
function parts(page: Page, record: CatalogRecord): Citation {
  return citationOf(record, { language: page.language, site: page.mappings.site, uri: page.links.uri });
}

/** The citation as one line of text. */
export function citation(page: Page, record: CatalogRecord): string {
  const { title, creators, publisher, day, version, address } = parts(page, record);
  const edition = version === null ? '' : ` ${page.t.version} ${version}.`;
  const by = creators.length === 1 && publisher === creators[0] ? '' : ` ${publisher}.`;
  return `${creators.join('; ')} (${day.slice(0, 4)})${page.t.colon} ${title}.${edition}${by} ${address}`;
}

/** Metas that reference managers and search engines read (Highwire `citation_*`, Dublin Core in HTML, DCMI 2008). */
export function citationMetas(page: Page, record: CatalogRecord): readonly (readonly [string, string])[] {
  const { title, creators, language, publisher, day, address } = parts(page, record);
  const metas: [string, string][] = [
    ['citation_title', title],
    ...creators.map((creator): [string, string] => ['citation_author', creator]),
    ['citation_publisher', publisher],
    ['citation_publication_date', day.replaceAll('-', '/')],
    ['citation_language', language],
    ['DC.title', title],
    ...creators.map((creator): [string, string] => ['DC.creator', creator]),
    ['DC.publisher', publisher],
    ['DC.date', day],
    ['DC.identifier', address],
    ['DC.language', language],
    ['DC.rights', record.licence.url],
  ];
  if (record.doi !== null) metas.push(['citation_doi', record.doi]);
  return metas;
}
