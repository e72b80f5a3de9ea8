// What a record says in the terms of DataCite kernel 4.7, for the XML template and the JSON form alike: who, when, what kind, which relations.
import { codeOf } from '../../model/codes.ts';
import type { Contact, Relation, Role } from '../../model/description.ts';
import type { RecordView } from '../../model/format.ts';
import type { CatalogRecord } from '../../model/record.ts';
import { LANGUAGES, type Language } from '../../model/text.ts';
import type { RecordTime } from '../../model/time.ts';
import { CREATOR_ROLES, distinct, organisationScheme, publisherOf } from './parties.ts';

/** Date of the kernel, its type, and what `dateType` cannot say. */
export interface TypedDate {
  readonly date: string;
  readonly dateType: 'Collected' | 'Created' | 'Issued' | 'Updated' | 'Available';
}
export interface Party {
  readonly name: string;
  readonly identifier: { readonly value: string; readonly scheme: string; readonly schemeUri: string } | undefined;
}
export interface Contributor extends Party {
  readonly type: string;
}
export interface RelatedIdentifier {
  readonly value: string;
  readonly type: 'DOI' | 'URL';
  readonly relation: Relation | 'HasMetadata';
  readonly scheme?: string;
  readonly schemeUri?: string;
}

/** ISO role → contributorType; roles that make a creator or the publisher are not here. */
const CONTRIBUTOR_TYPES: { readonly [R in Role]?: string } = {
  custodian: 'DataCurator',
  owner: 'RightsHolder',
  distributor: 'Distributor',
  processor: 'Producer',
  resourceProvider: 'HostingInstitution',
  pointOfContact: 'ContactPerson',
  user: 'Other',
};

const DOI_ADDRESS = /^https?:\/\/(?:dx\.)?doi\.org\/(10\.\d{4,9}\/\S+)$/;

/** Type of the first identifier: `DOI`, or `URL` of the stable address where the record has no DOI (as OpenAIRE takes it). */
export function identifierOf(
  record: CatalogRecord,
  view: RecordView,
): { readonly value: string; readonly type: 'DOI' | 'URL' } {
  return record.doi === null ? { value: view.uri(record), type: 'URL' } : { value: record.doi, type: 'DOI' };
}

/** Who made the data: authors and the like, else owners, else the site's own organisation. Never empty. */
export function creatorsOf(record: CatalogRecord, view: RecordView): readonly Party[] {
  const found = record.contacts.filter((contact) => CREATOR_ROLES.includes(contact.role));
  return distinct(found.length > 0 ? found : [view.site.organisation]).map(partyOf);
}

export function publisherParty(record: CatalogRecord, view: RecordView): Party {
  return partyOf(publisherOf(record, view.site));
}

export function contributorsOf(record: CatalogRecord): readonly Contributor[] {
  return record.contacts.flatMap((contact) => {
    const type = CONTRIBUTOR_TYPES[contact.role];
    return type === undefined ? [] : [{ ...partyOf(contact), type }];
  });
}

function partyOf(contact: Contact): Party {
  const scheme = organisationScheme(contact.identifier);
  return {
    name: contact.organisation,
    identifier:
      scheme === undefined || contact.identifier === undefined ? undefined : { value: contact.identifier, ...scheme },
  };
}

/** Day of publication, else of creation, else of the last change: the kernel demands a year. */
export function publicationDay(record: CatalogRecord): string {
  return record.published ?? record.created ?? record.updated.slice(0, 10);
}

/** `begin/end` with an open end left empty (RKMS-ISO8601); the embargo's end as the day from which the data are available. */
export function datesOf(record: CatalogRecord): readonly TypedDate[] {
  const dates: TypedDate[] = [];
  const collected = collectedIn(record.time);
  if (collected !== undefined) dates.push({ date: collected, dateType: 'Collected' });
  if (record.created !== null) dates.push({ date: record.created, dateType: 'Created' });
  dates.push({ date: publicationDay(record), dateType: 'Issued' });
  if (record.embargoUntil !== null) dates.push({ date: record.embargoUntil, dateType: 'Available' });
  dates.push({ date: record.updated, dateType: 'Updated' });
  return dates;
}

function collectedIn(time: RecordTime): string | undefined {
  if (time.kind === 'none') return undefined;
  return time.kind === 'instant' ? time.at : `${time.begin ?? ''}/${time.end ?? ''}`;
}

/** resourceTypeGeneral, and a word of our own beside it. */
export function resourceTypeOf(
  record: CatalogRecord,
  view: RecordView,
): { readonly general: string; readonly text: string } {
  if (record.level === 'series') return { general: 'Collection', text: 'observation service' };
  if (record.level === 'service') return { general: 'Service', text: 'web service' };
  const acquisition = codeOf(view.codes.acquisition, record.acquisition);
  return { general: acquisition?.dcmitype ?? 'Dataset', text: record.productLevel ?? acquisition?.name ?? 'data set' };
}

export function relatedOf(record: CatalogRecord, view: RecordView): readonly RelatedIdentifier[] {
  const related: RelatedIdentifier[] = [];
  if (record.parent !== null && record.level === 'dataset') {
    const series = view.uri({ ...record, id: 0, level: 'series' });
    related.push({ value: series, type: 'URL', relation: 'IsPartOf' });
  }
  const iso = view.links(record).find((link) => link.role === 'alternate' && link.format === 'iso19139');
  if (iso !== undefined) {
    related.push({
      value: iso.href,
      type: 'URL',
      relation: 'HasMetadata',
      scheme: 'iso19139',
      schemeUri: 'http://www.isotc211.org/2005/gmd',
    });
  }
  for (const link of record.storedLinks) {
    if (link.role !== 'related') continue;
    const [, doi] = DOI_ADDRESS.exec(link.href) ?? [];
    const relation = link.relation ?? 'IsDocumentedBy';
    related.push(
      doi === undefined ? { value: link.href, type: 'URL', relation } : { value: doi, type: 'DOI', relation },
    );
  }
  return related;
}

/** Both languages, the record's own first. */
export function textsOf(
  record: CatalogRecord,
  name: 'title' | 'abstract',
): readonly { readonly text: string; readonly language: Language }[] {
  const others = LANGUAGES.filter((language) => language !== record.lang);
  return [
    { text: record[name], language: record.lang },
    ...others.flatMap((language) => {
      const text = record.translations[language]?.[name];
      return text === undefined ? [] : [{ text, language }];
    }),
  ];
}
