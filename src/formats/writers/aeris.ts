// One record as the entry of a JSON dump for the catalogue of AERIS: the elements of ISO 19115 by plain names, in both languages, with
// platforms, instruments and parameters as lists, and the address of the same record as ISO 19139.
import { codeOf } from '../../model/codes.ts';
import type { RecordFormat, RecordView } from '../../model/format.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { Service } from '../../model/service.ts';
import { LANGUAGES, type Localised } from '../../model/text.ts';
import { citationText } from './citation-parts.ts';
import { linksOf } from './record-links.ts';

export const AERIS = 'aeris';
export const AERIS_TYPE = 'application/vnd.vobs.aeris+json';

type DescribedService = Pick<Service, 'name' | 'data'>;

/** The format `aeris`. `services`: which columns their rows have. */
export function createAeris(services: readonly DescribedService[] = []): RecordFormat {
  const columns = new Map(services.map(({ name, data }) => [name, data?.columns ?? []]));
  return {
    id: AERIS,
    title: 'AERIS',
    mediaType: AERIS_TYPE,
    extension: AERIS,
    purpose: 'protocol',
    write: (record, view) => JSON.stringify(aerisEntry(record, view, columns.get(record.service) ?? [])),
  };
}

type Columns = NonNullable<Service['data']>['columns'];

function aerisEntry(record: CatalogRecord, view: RecordView, columns: Columns): object {
  const access = codeOf(view.codes.authorization, record.authorization);
  const links = linksOf(record, view);
  return {
    identifier: record.identifier,
    parentIdentifier: record.parent,
    hierarchyLevel: record.level,
    uri: view.uri(record),
    doi: record.doi,
    version: record.version,
    language: record.lang,
    dateStamp: record.updated,
    title: inBoth(record, 'title'),
    abstract: inBoth(record, 'abstract'),
    lineage: record.lineage,
    citation: citationText(record, { ...view, language: record.lang }),
    dates: { creation: record.created, publication: record.published, revision: record.updated },
    status: record.status,
    maintenance: record.maintenance,
    productLevel: record.productLevel,
    topicCategories: record.topics,
    themes: record.themes,
    keywords: record.keywords,
    parameters: parametersOf(record, columns),
    platforms: record.platformUses.map(({ id, title }) => ({ id, name: title })),
    instruments: record.instrumentUses.map(({ id, title, type }) => ({ id, name: title, type })),
    temporalExtent: periodOf(record),
    spatialExtent: {
      places: record.places,
      bbox: record.bbox,
      geometry: record.geometry,
      minimumAltitude: record.elevation,
      maximumAltitude: record.elevationMax ?? record.elevation,
    },
    resolutionMetres: record.resolutionMetres,
    contacts: record.contacts,
    licence: record.licence,
    access: {
      code: record.authorization,
      name: access?.name ?? null,
      free: access?.free ?? false,
      embargoUntil: record.embargoUntil,
    },
    formats: formatsOf(record, view),
    data: links
      .filter(({ role }) => role === 'data')
      .map(({ href, type, title, length }) => ({
        url: href,
        mediaType: type ?? null,
        title: title ?? null,
        bytes: length ?? null,
      })),
    metadata: links
      .filter(({ role, format }) => role === 'alternate' && format !== undefined && METADATA.includes(format))
      .map(({ href, type, format }) => ({ url: href, mediaType: type ?? null, format })),
  };
}

const METADATA: readonly string[] = ['iso19139', 'iso19115-3', 'gmi', 'datacite'];

function inBoth(record: CatalogRecord, name: 'title' | 'abstract'): Localised {
  const texts = LANGUAGES.flatMap((language) => {
    const text = language === record.lang ? record[name] : record.translations[language]?.[name];
    return text === undefined ? [] : [[language, text] as const];
  });
  return Object.fromEntries(texts);
}

/** What the record's own fields name, else the columns of numbers of the service's rows. */
function parametersOf({ fields, hasRows }: CatalogRecord, columns: Columns): readonly object[] {
  const { parameter, unit } = fields;
  if (typeof parameter === 'string' && parameter !== '') {
    return [{ name: parameter, label: null, unit: typeof unit === 'string' ? unit : null, standardName: null }];
  }
  if (!hasRows) return [];
  return columns
    .filter(({ name, type }) => type === 'number' || (type === 'integer' && name !== 'record'))
    .map((column) => ({
      name: column.name,
      label: column.label,
      unit: column.unit,
      standardName: column.standardName ?? null,
    }));
}

function periodOf({ time }: CatalogRecord): object {
  if (time.kind === 'none') return { begin: null, end: null };
  return time.kind === 'instant' ? { begin: time.at, end: time.at } : { begin: time.begin, end: time.end };
}

function formatsOf(record: CatalogRecord, view: RecordView): readonly string[] {
  const stored = codeOf(view.codes.format, record.format)?.mediaType;
  const types = linksOf(record, view).flatMap(({ role, type }) =>
    role === 'data' && type !== undefined ? [type] : [],
  );
  return [...new Set([...(stored === undefined ? [] : [stored]), ...types])];
}
