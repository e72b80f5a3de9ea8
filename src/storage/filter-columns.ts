// What each property of the queryables table reads, as SQL over `metadata_search s` and `metadata m`. The same meaning as the record that
// is shown (`mapping/row-to-record.ts`): test/store/filter-columns.test.ts compares the two.
import type { RecordConstants } from '../mapping/record-constants.ts';
import type { Queryable } from '../model/queryable.ts';
import type { Parameters } from './search-statement.ts';

/** How a column's SQL is to be read: `texts` is a text[]; `moment` timestamptz; `day` the same, but all of the day is meant. */
export type ColumnKind = 'text' | 'texts' | 'number' | 'boolean' | 'moment' | 'day' | 'period' | 'geometry' | 'words';

export interface Column {
  readonly kind: ColumnKind;
  readonly sql: string;
  readonly ofRecord: boolean;
}

type Constant = (name: keyof RecordConstants) => string;

/** All words of a record, one blank before each part that follows. */
export const WORDS_OF_RECORD = 'btrim(public.record_text(m))';

const DCMI = 'http://purl.org/dc/dcmitype/';

/** `role` is a condition on the contact c. */
const organisations = (constant: Constant, role: string): string =>
  `ARRAY(SELECT c ->> 'organisation' FROM jsonb_array_elements(coalesce(m.contacts, ${constant('contacts')} -> m.service)) c WHERE ${role})`;

const CREATES = `c ->> 'role' IN ('owner', 'originator', 'author', 'principalInvestigator')`;
const orSite = (constant: Constant, list: string): string =>
  `coalesce(nullif(${list}, '{}'), ARRAY[${constant('organisation')} #>> '{}'])`;

const texts = (json: string): string => `ARRAY(SELECT jsonb_array_elements_text(${json}))`;
const day = (date: string): string => `((${date})::timestamp AT TIME ZONE 'UTC')`;
const OTHER_LANGUAGE = `CASE m.lang WHEN 'fr' THEN 'en' ELSE 'fr' END`;
const EPSG =
  'CASE WHEN m.longitude IS NOT NULL AND m.latitude IS NOT NULL THEN coalesce(nullif(m.epsg, 0), 4326)::text END';

const published = (constant: Constant): string =>
  `coalesce(m.data_published, CASE WHEN m.level <> 'dataset' THEN (${constant('published')} ->> m.service)::date END)`;

type Make = readonly [kind: ColumnKind, ofRecord: boolean, sql: (constant: Constant) => string];

const COLUMNS: { readonly [name: string]: Make } = {
  anytext: ['words', true, () => WORDS_OF_RECORD],
  id: ['text', true, () => 'm.identifier'],
  title: [
    'text',
    true,
    (constant) =>
      `CASE WHEN m.name ~ '\\S' THEN m.name WHEN m.level = 'dataset' THEN m.service || ' ' || m.id ELSE ${constant('seriesTitle')} #>> ARRAY[m.lang, m.service] END`,
  ],
  alternateTitle: [
    'text',
    true,
    (constant) =>
      `coalesce(m.translations #>> ARRAY[${OTHER_LANGUAGE}, 'title'], CASE WHEN m.level <> 'dataset' THEN ${constant('titleIn')} #>> ARRAY[${OTHER_LANGUAGE}, m.service] END)`,
  ],
  description: [
    'text',
    true,
    (constant) =>
      `CASE WHEN m.description ~ '\\S' THEN m.description ELSE ${constant('abstract')} #>> ARRAY[m.lang, m.service] END`,
  ],
  type: [
    'texts',
    false,
    (constant) =>
      `(SELECT ARRAY[s.level, t, '${DCMI}' || t] FROM (SELECT CASE s.level WHEN 'service' THEN 'Service' WHEN 'series' THEN 'Collection' ELSE coalesce(${constant('acquisitionType')} ->> s.acquisition::text, 'Dataset') END AS t) t)`,
  ],
  keywords: [
    'texts',
    true,
    (constant) => `(m.keywords || ${texts(`${constant('keywords')} #> ARRAY[m.lang, m.service]`)})`,
  ],
  subject: [
    'texts',
    true,
    (constant) =>
      `(m.keywords || ${texts(`${constant('keywords')} #> ARRAY[m.lang, m.service]`)} || ${texts(`${constant('subjects')} -> m.service`)})`,
  ],
  topic: ['texts', true, (constant) => texts(`${constant('topics')} -> m.service`)],
  service: ['text', true, () => 'm.service'],
  number: ['number', true, () => 'm.id'],
  parent: ['text', true, () => 'm.parent'],
  doi: [
    'text',
    true,
    (constant) => `coalesce(m.doi, CASE WHEN m.level <> 'dataset' THEN ${constant('doi')} ->> m.service END)`,
  ],
  version: ['text', true, () => 'm.version'],
  time: ['period', false, () => 's.begins'],
  begin: ['moment', false, () => `nullif(s.begins, '-infinity')`],
  end: ['moment', false, () => `nullif(s.ends, 'infinity')`],
  geometry: ['geometry', false, () => 'coalesce(s.shape, box_geometry(s.west, s.south, s.east, s.north))'],
  place: ['text', true, (constant) => `m.fields ->> coalesce(${constant('placeField')} ->> m.service, 'localization')`],
  elevation: ['number', false, () => 's.elevation'],
  crs: [
    'texts',
    true,
    () =>
      `(SELECT ARRAY['EPSG:' || e, e, 'urn:ogc:def:crs:EPSG::' || e, 'http://www.opengis.net/def/crs/EPSG/0/' || e] FROM (SELECT ${EPSG} AS e) e WHERE e IS NOT NULL)`,
  ],
  spatialResolution: ['number', true, () => 'm.resolution_m'],
  updated: ['moment', false, () => 's.updated'],
  created: ['day', true, () => day('m.data_created')],
  published: ['day', true, (constant) => day(published(constant))],
  date: [
    'day',
    true,
    (constant) => day(`coalesce(${published(constant)}, m.data_created, (s.updated AT TIME ZONE 'UTC')::date)`),
  ],
  format: ['texts', false, (constant) => texts(`${constant('formats')} -> s.format::text`)],
  acquisition: ['number', false, () => 's.acquisition'],
  productLevel: ['text', false, () => 's.product_level'],
  instrument: ['texts', false, () => 's.instrument'],
  platform: ['text', false, () => 's.platform'],
  access: ['text', false, (constant) => `${constant('access')} ->> s.access::text`],
  authorization: ['number', false, () => 's.access'],
  hasSecurityConstraints: ['boolean', false, () => '(s.access > 0)'],
  license: [
    'texts',
    true,
    (constant) =>
      `(SELECT ${texts(`${constant('licences')} -> l`)} || l FROM (SELECT coalesce(m.licence, ${constant('licence')} ->> m.service) AS l) l WHERE l IS NOT NULL)`,
  ],
  language: ['texts', true, () => `CASE m.lang WHEN 'fr' THEN ARRAY['fr', 'fre', 'fra'] ELSE ARRAY['en', 'eng'] END`],
  organisation: ['texts', true, (constant) => organisations(constant, 'true')],
  creator: ['texts', true, (constant) => orSite(constant, organisations(constant, CREATES))],
  publisher: ['texts', true, (constant) => orSite(constant, organisations(constant, `c ->> 'role' = 'publisher'`))],
  contributor: [
    'texts',
    true,
    (constant) => organisations(constant, `c ->> 'role' <> 'publisher' AND NOT (${CREATES})`),
  ],
  lineage: ['text', true, (constant) => `coalesce(m.lineage, ${constant('lineage')} -> m.service) ->> m.lang`],
};

/** The column of a common property. @throws Error when the table of queryables has one that this one lacks. */
export function columnOf({ name }: Queryable, constants: RecordConstants, parameters: Parameters): Column {
  const make = Object.hasOwn(COLUMNS, name) ? COLUMNS[name] : undefined;
  if (make === undefined) throw new Error(`the property ${name} has no column`);
  const [kind, ofRecord, sql] = make;
  return { kind, ofRecord, sql: sql((constant) => parameters.add(constants[constant], 'jsonb')) };
}
