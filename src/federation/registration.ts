// What DataCite asks before a DOI is registered (kernel 4.7 mandatory properties; DOI handbook, landing pages), and what is sent to its REST API.
import type { RecordFormat, RecordView } from '../model/format.ts';
import type { CatalogRecord } from '../model/record.ts';

/** DOI names of the kernel: no blanks, printable ASCII, which every resolver takes as it is. */
const DOI = /^10\.\d{4,9}\/[!-~]+$/;
/** For tests: never resolved. */
const TEST_PREFIX = '10.5072/';
const TYPES: ReadonlySet<string> = new Set(
  'Audiovisual Award Book BookChapter Collection ComputationalNotebook ConferencePaper ConferenceProceeding DataPaper Dataset Dissertation Event Image Instrument InteractiveResource Journal JournalArticle Model OutputManagementPlan PeerReview PhysicalObject Poster Preprint Presentation Project Report Service Software Sound Standard StudyRegistration Text Workflow Other'.split(
    ' ',
  ),
);
/** Hosts that nobody else reaches. */
const LOCAL =
  /^(localhost|127\.|10\.|192\.168\.|\[|.*\.(example|test|invalid|localhost)$|(.*\.)?example\.(org|com|net)$)/;

interface Resource {
  readonly creators: readonly { readonly name: string }[];
  readonly titles: readonly { readonly title: string }[];
  readonly publisher: { readonly name: string };
  readonly publicationYear: number;
  readonly types: { readonly resourceTypeGeneral: string };
  readonly url: string;
}

/**
 * What keeps the record from being registered, in words; empty: nothing. `resource`: the record in the format `datacite-json`.
 * The landing page of a DOI is public whatever its data are, so a record that only some may see cannot have one.
 */
export function registrationFaults(record: CatalogRecord, resource: Resource): readonly string[] {
  const faults: string[] = [];
  const { doi } = record;
  if (doi === null) return ['it has no DOI'];
  if (!DOI.test(doi)) faults.push(`${doi} is not the name of a DOI`);
  if (doi.startsWith(TEST_PREFIX)) faults.push(`the prefix of ${doi} is for tests`);
  if (record.authorization >= 3) faults.push('its landing page is not public');
  if (!resource.creators.some(({ name }) => name.trim() !== '')) faults.push('it has no creator');
  if (!resource.titles.some(({ title }) => title.trim() !== '')) faults.push('it has no title');
  if (resource.publisher.name.trim() === '') faults.push('it has no publisher');
  if (record.published === null) faults.push('it has no date of publication, so its year is not known');
  else if (!/^(1\d|20)\d\d$/.test(String(resource.publicationYear)))
    faults.push(`${resource.publicationYear} is not a year of publication`);
  if (!TYPES.has(resource.types.resourceTypeGeneral))
    faults.push(`${resource.types.resourceTypeGeneral} is not a type of the kernel`);
  return [...faults, ...landingFaults(resource.url)];
}

function landingFaults(url: string): readonly string[] {
  if (!URL.canParse(url)) return [`${url} is no address for a landing page`];
  const { protocol, hostname } = new URL(url);
  if (protocol !== 'https:' && protocol !== 'http:') return [`${url} is no address for a landing page`];
  return LOCAL.test(hostname) ? [`nobody else reaches the landing page at ${hostname}: set VOBS_BASE_URL`] : [];
}

export interface Registration {
  readonly record: CatalogRecord;
  readonly doi: string;
  /** The kernel's XML. */
  readonly xml: string;
  /** Body of `PUT /dois/{doi}`. */
  readonly json: string;
  /** Stable address that leads to the landing page. */
  readonly url: string;
}

export interface RegistrationFormats {
  /** The formats `datacite` and `datacite-json`. */
  readonly xml: RecordFormat;
  readonly json: RecordFormat;
}

/** The documents for the registration of a record, or what is wrong with it. */
export function registration(
  record: CatalogRecord,
  formats: RegistrationFormats,
  view: RecordView,
): Registration | { readonly faults: readonly string[] } {
  const resource = JSON.parse(formats.json.write(record, view)) as Resource & { readonly id?: string };
  const faults = registrationFaults(record, resource);
  const { doi } = record;
  if (faults.length > 0 || doi === null) return { faults };
  const { id: _, ...attributes } = resource;
  const body = { data: { id: doi, type: 'dois', attributes: { ...attributes, doi, event: 'publish' } } };
  return {
    record,
    doi,
    xml: `<?xml version="1.0" encoding="UTF-8"?>\n${formats.xml.write(record, view)}\n`,
    json: `${JSON.stringify(body, null, 2)}\n`,
    url: resource.url,
  };
}
