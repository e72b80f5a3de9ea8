// How a record is cited: DataCite's form (creator (year): title. version. publisher. identifier), and the same as metas of the head.
import type { CatalogRecord } from '../model/record.ts';
import type { Page } from './page.ts';
import { recordPassage } from './pages/parts.tsx';

function organisationIn(record: CatalogRecord, roles: readonly string[], otherwise: string): string {
  for (const role of roles) {
    const found = record.contacts.find((contact) => contact.role === role);
    if (found) return found.organisation;
  }
  return otherwise;
}

function parts(page: Page, record: CatalogRecord) {
  const owner = page.mappings.site.organisation.organisation;
  return {
    title: recordPassage(record, 'title', page.language),
    creator: organisationIn(
      record,
      ['author', 'originator', 'principalInvestigator', 'resourceProvider', 'owner'],
      owner,
    ),
    publisher: organisationIn(record, ['publisher', 'distributor'], owner),
    day: record.published ?? record.created ?? record.updated.slice(0, 10),
    address: record.doi === null ? page.links.uri(record) : `https://doi.org/${record.doi}`,
  };
}

/** The citation as one line of text. */
export function citation(page: Page, record: CatalogRecord): string {
  const { title, creator, publisher, day, address } = parts(page, record);
  const version = record.version === null ? '' : ` ${page.t.version} ${record.version}.`;
  const by = publisher === creator ? '' : ` ${publisher}.`;
  return `${creator} (${day.slice(0, 4)})${page.t.colon} ${title.text}.${version}${by} ${address}`;
}

/** Metas that reference managers and search engines read (Highwire `citation_*`, Dublin Core in HTML, DCMI 2008). */
export function citationMetas(page: Page, record: CatalogRecord): readonly (readonly [string, string])[] {
  const { title, creator, publisher, day, address } = parts(page, record);
  const metas: [string, string][] = [
    ['citation_title', title.text],
    ['citation_author', creator],
    ['citation_publisher', publisher],
    ['citation_publication_date', day.replaceAll('-', '/')],
    ['citation_language', title.language],
    ['DC.title', title.text],
    ['DC.creator', creator],
    ['DC.publisher', publisher],
    ['DC.date', day],
    ['DC.identifier', address],
    ['DC.language', title.language],
    ['DC.rights', record.licence.url],
  ];
  if (record.doi !== null) metas.push(['citation_doi', record.doi]);
  return metas;
}
