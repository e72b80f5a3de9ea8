// The series record of a service (id 0): each observation service is itself a record (ISO 19115 series).
import type { Service } from '../model/service.ts';
import type { Site } from '../model/site.ts';
import { geometryOfBox } from './record-geometry.ts';
import type { MetadataInput } from './row.ts';

/** Identifier of a service's series record: `{prefix}:{service}`. */
export function seriesIdentifier(service: string, site: Pick<Site, 'identifierPrefix'>): string {
  return `${site.identifierPrefix}:${service}`;
}

/** Identifier of one of our records: `{prefix}:{service}:{id}`; the series' own for number 0. */
export function recordIdentifier(service: string, id: number, site: Pick<Site, 'identifierPrefix'>): string {
  return id === 0 ? seriesIdentifier(service, site) : `${site.identifierPrefix}:${service}:${id}`;
}

/**
 * The row of the series record as the service file has it, with the extent that it declares; the storage puts that of the members in
 * its place. `description` is left empty because the column is shorter than an abstract; both languages stand in `translations`,
 * where the search finds their words.
 */
export function seriesInput(service: Service, site: Site): MetadataInput {
  const { extent, defaults } = service;
  return {
    service: service.name,
    id: 0,
    level: 'series',
    identifier: seriesIdentifier(service.name, site),
    parent: null,
    name: service.title[defaults.lang] ?? service.title.en ?? service.name,
    description: null,
    authorization_: 0,
    ...splitMoment(extent.begin, 'b'),
    ...splitMoment(extent.end, 'e'),
    acquisition: defaults.acquisition,
    format: defaults.format,
    lang: defaults.lang,
    translations: { en: textsIn('en', service), fr: textsIn('fr', service) },
    keywords: [],
    instrument: service.instruments.map((instrument) => instrument.id),
    doi: service.doi,
    data_published: service.published,
    footprint: extent.bbox === null ? null : geometryOfBox(extent.bbox),
  };
}

function textsIn(language: 'en' | 'fr', { title, abstract }: Service): { title?: string; abstract?: string } {
  const inTitle = title[language];
  const inAbstract = abstract[language];
  return {
    ...(inTitle === undefined ? {} : { title: inTitle }),
    ...(inAbstract === undefined ? {} : { abstract: inAbstract }),
  };
}

function splitMoment(moment: string | null, end: 'b' | 'e'): Partial<MetadataInput> {
  const date = moment === null ? null : moment.slice(0, 10);
  const time = moment !== null && moment.length > 10 ? moment.slice(11, 19) : null;
  return end === 'b' ? { date_b: date, time_b: time } : { date_e: date, time_e: time };
}
