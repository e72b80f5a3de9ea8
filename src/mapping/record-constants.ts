// What the service files and the code tables say of every record, for searches: the same texts that `row-to-record.ts` shows, as JSON that
// a statement takes as a parameter. Thus a condition on the abstract, the keywords or the publisher finds what the record displays.
import type { Contact } from '../model/description.ts';
import type { Service } from '../model/service.ts';
import { inLanguage, LANGUAGES, type Language, type Localised } from '../model/text.ts';
import type { Mappings } from './mappings.ts';

/** Each is JSON text; `by service` is an object with the services' names, `by language` one with en and fr. */
export interface RecordConstants {
  /** By language, by service: text in the language, else in the other one. */
  readonly seriesTitle: string;
  readonly abstract: string;
  /** By language, by service: the title only where it is there in that language. */
  readonly titleIn: string;
  /** By language, by service: lists. */
  readonly keywords: string;
  /** Labels of the themes in both languages, then the topics; by service. */
  readonly subjects: string;
  readonly topics: string;
  /** By service: identifier. */
  readonly licence: string;
  /** By identifier: identifier, address, title. */
  readonly licences: string;
  /** By service: contacts. */
  readonly contacts: string;
  /** By service, by language. */
  readonly lineage: string;
  /** By service: the field that names the place. */
  readonly placeField: string;
  /** By service: of the series. */
  readonly doi: string;
  readonly published: string;
  /** By code. */
  readonly acquisitionType: string;
  readonly formats: string;
  readonly access: string;
  /** Name of the organisation that stands where nobody has a role; JSON text or null. */
  readonly organisation: string;
}

/** Of a catalogue whose services say nothing. */
export const NO_CONSTANTS: RecordConstants = {
  seriesTitle: '{}',
  abstract: '{}',
  titleIn: '{}',
  keywords: '{}',
  subjects: '{}',
  topics: '{}',
  licence: '{}',
  licences: '{}',
  contacts: '{}',
  lineage: '{}',
  placeField: '{}',
  doi: '{}',
  published: '{}',
  acquisitionType: '{}',
  formats: '{}',
  access: '{}',
  organisation: 'null',
};

export function createRecordConstants({ site, codes, services }: Mappings): RecordConstants {
  const byService = (read: (service: Service) => unknown): string =>
    JSON.stringify(Object.fromEntries(services.flatMap((service) => entry(service.name, read(service)))));
  const byLanguage = (read: (service: Service, language: Language) => unknown): string =>
    JSON.stringify(
      Object.fromEntries(
        LANGUAGES.map((language) => [
          language,
          Object.fromEntries(services.flatMap((service) => entry(service.name, read(service, language)))),
        ]),
      ),
    );
  const licences = [site.licence, ...services.map((service) => service.licence)];
  return {
    seriesTitle: byLanguage((service, language) => inLanguage(service.title, language)),
    abstract: byLanguage((service, language) => inLanguage(service.abstract, language)),
    titleIn: byLanguage((service, language) => service.title[language]),
    keywords: byLanguage((service, language) => service.keywords.map((keyword) => inLanguage(keyword, language))),
    subjects: byService(({ themes, topics }) => [...themes.flatMap(({ label }) => textsOf(label)), ...topics]),
    topics: byService((service) => service.topics),
    licence: byService((service) => service.licence.id),
    licences: JSON.stringify(Object.fromEntries(licences.map(({ id, url, title }) => [id, [id, url, title]]))),
    contacts: byService((service) =>
      service.contacts.map(({ organisation, role }: Contact) => ({ organisation, role })),
    ),
    lineage: byService((service) => (Object.keys(service.lineage).length === 0 ? undefined : service.lineage)),
    placeField: byService((service) => service.old.localization ?? undefined),
    doi: byService((service) => service.doi ?? undefined),
    published: byService((service) => service.published || undefined),
    acquisitionType: JSON.stringify(
      Object.fromEntries(codes.acquisition.map(({ code, dcmitype }) => [code, dcmitype])),
    ),
    formats: JSON.stringify(
      Object.fromEntries(
        codes.format.map(({ code, name, mediaType, isoName }) => [code, [...new Set([mediaType, isoName, name])]]),
      ),
    ),
    access: JSON.stringify(Object.fromEntries(codes.authorization.map(({ code, name }) => [code, name]))),
    organisation: JSON.stringify(site.organisation.organisation),
  };
}

const entry = (name: string, value: unknown): readonly (readonly [string, unknown])[] =>
  value === undefined ? [] : [[name, value]];

const textsOf = (text: Localised): readonly string[] => LANGUAGES.flatMap((language) => text[language] ?? []);
