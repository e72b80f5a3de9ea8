// How a record is cited (DataCite's recommendation: creator, year, title, version, publisher, identifier), for every form of citation.
import type { RecordView } from '../../model/format.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { Language } from '../../model/text.ts';
import { CREATOR_ROLES, distinct, publisherOf } from './parties.ts';
import { doiAddress } from './record-links.ts';
import { abstractIn, titleIn } from './text.ts';

export interface Citation {
  readonly title: string;
  readonly abstract: string;
  readonly language: Language;
  readonly creators: readonly string[];
  readonly publisher: string;
  /** `YYYY-MM-DD`: published, else created, else last changed. */
  readonly day: string;
  readonly version: string | null;
  readonly doi: string | null;
  /** The DOI's address, else the record's own stable one. */
  readonly address: string;
  readonly identifier: string;
  readonly keywords: readonly string[];
  readonly licence: string;
}

export function citationOf(record: CatalogRecord, view: Pick<RecordView, 'language' | 'site' | 'uri'>): Citation {
  const own = view.site.organisation;
  const creators = distinct(record.contacts.filter((contact) => CREATOR_ROLES.includes(contact.role)));
  const hasTitle = view.language === record.lang || record.translations[view.language]?.title !== undefined;
  const language = hasTitle ? view.language : record.lang;
  return {
    title: titleIn(record, language),
    abstract: abstractIn(record, language),
    language,
    creators: (creators.length > 0 ? creators : [own]).map((contact) => contact.organisation),
    publisher: publisherOf(record, view.site).organisation,
    day: record.published ?? record.created ?? record.updated.slice(0, 10),
    version: record.version,
    doi: record.doi,
    address: record.doi === null ? view.uri(record) : doiAddress(record.doi),
    identifier: record.identifier,
    keywords: record.keywords,
    licence: record.licence.id,
  };
}

/** One line of text: `Creators (Year): Title. Version V. Publisher. Address`. */
export function citationText(record: CatalogRecord, view: Pick<RecordView, 'language' | 'site' | 'uri'>): string {
  const { creators, day, title, version, publisher, address } = citationOf(record, view);
  const edition = version === null ? '' : ` Version ${version}.`;
  return `${creators.join('; ')} (${day.slice(0, 4)}): ${title}.${edition} ${publisher}. ${address}`;
}
