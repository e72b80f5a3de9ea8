// The EO properties of a record as resto has them: where each one's value comes from, by the `resto` part of the service's file or by what
// every record has. The same table writes the answer and finds the records, so that a value that is shown is also found.
import type { Mappings } from '../../mapping/mappings.ts';
import { codeOf } from '../../model/codes.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { RestoCollection, Service } from '../../model/service.ts';
import type { Localised } from '../../model/text.ts';

/** A constant, a value of the record by a table of replacements where there is one, or null: no record of the collection has it. */
export type Source = RestoCollection['properties'][string] | null;

export interface PropertyName {
  /** In the answer, and as a key of the request. */
  readonly name: string;
  /** Other keys of the request: EODAG's `peps` writes `instruments`, SARA `absoluteOrbitNumber`. */
  readonly aliases?: readonly string[];
  /** Name in the templates of the description document. */
  readonly template: string;
  readonly kind: 'text' | 'number';
  /** What stands between alternatives of a text. */
  readonly separator?: RegExp;
  readonly doc: Localised;
}

const name = (
  key: string,
  kind: PropertyName['kind'],
  en: string,
  fr: string,
  more: Partial<PropertyName> = {},
): PropertyName => ({ name: key, template: `eo:${key}`, kind, doc: { en, fr }, ...more });

/** The EO parameters of resto 2.x and of its PEPS and SARA variants that an observatory's records can have. */
export const EO_PROPERTIES: readonly PropertyName[] = [
  name('productType', 'text', 'Type of product', 'Type de produit'),
  name('processingLevel', 'text', 'Processing level', 'Niveau de traitement'),
  name('platform', 'text', 'Platform', 'Plateforme'),
  name('instrument', 'text', 'Instrument', 'Instrument', { aliases: ['instruments'], separator: /[|,]/ }),
  name('resolution', 'number', 'Resolution in metres', 'Résolution en mètres'),
  name('organisationName', 'text', 'Organisation', 'Organisation'),
  name('sensorMode', 'text', 'Mode of the sensor', 'Mode du capteur'),
  name('swath', 'text', 'Swath', 'Fauchée', { template: 'eo:swathIdentifier' }),
  name('polarisation', 'text', 'Polarisation', 'Polarisation', {
    template: 'eo:polarisationChannels',
    separator: /[|, ]/,
  }),
  name('orbitNumber', 'number', 'Absolute orbit number', "Numéro d'orbite absolu", {
    aliases: ['absoluteOrbitNumber'],
  }),
  name('relativeOrbitNumber', 'number', 'Relative orbit number, or track', "Numéro d'orbite relatif, ou trace", {
    template: 'eo:track',
  }),
  name('orbitDirection', 'text', 'Direction of the orbit', "Sens de l'orbite"),
  name('cloudCover', 'number', 'Cloud cover in percent', 'Couverture nuageuse en pour cent'),
  name('snowCover', 'number', 'Snow cover in percent', 'Couverture neigeuse en pour cent'),
];

/** What every service's records have, unless its file says otherwise. */
function usual(shortName: string): { readonly [property: string]: Source } {
  return {
    productIdentifier: { from: 'identifier' },
    productType: { from: 'format' },
    processingLevel: { from: 'productLevel' },
    platform: { from: 'platform' },
    instrument: { from: 'instrument' },
    resolution: { from: 'resolution' },
    organisationName: { value: shortName },
  };
}

/** The sources of a collection's properties by name: the usual ones, then those of its file. */
export function sourcesOf(service: Service, shortName: string): ReadonlyMap<string, NonNullable<Source>> {
  const all = { ...usual(shortName), ...service.resto?.properties };
  return new Map(Object.entries(all).flatMap(([key, source]) => (source === null ? [] : [[key, source]])));
}

type Plain = string | number | boolean | null;

function stored(from: string, record: CatalogRecord, codes: Mappings['codes']): Plain {
  if (from.startsWith('field:')) {
    const value = record.fields[from.slice('field:'.length)] ?? null;
    return Array.isArray(value) ? value.join(' ') : (value as Plain);
  }
  const { time } = record;
  switch (from) {
    case 'identifier':
      return record.identifier;
    case 'name':
      return record.title;
    case 'doi':
      return record.doi;
    case 'platform':
      return record.platform;
    case 'instrument':
      // EODAG takes a blank for the end of an instrument's name.
      return record.instruments.length === 0 ? null : record.instruments.join(' ');
    case 'productLevel':
      return record.productLevel;
    case 'resolution':
      return record.resolutionMetres;
    case 'format':
      return codeOf(codes.format, record.format)?.name ?? null;
    case 'begin':
      return time.kind === 'instant' ? time.at : time.kind === 'period' ? time.begin : null;
    case 'end':
      return time.kind === 'instant' ? time.at : time.kind === 'period' ? time.end : null;
    default:
      throw new Error(`resto knows no ${from}`);
  }
}

/** The value that a record shows; what a table of replacements lacks is shown as it is. */
export function shownValue(source: Source | undefined, record: CatalogRecord, codes: Mappings['codes']): Plain {
  if (source === null || source === undefined) return null;
  if ('value' in source) return source.value;
  const value = stored(source.from, record, codes);
  return typeof value === 'string' ? (source.map?.[value] ?? value) : value;
}

/** The property of the queryables table that a source reads. */
export function queryableOf(from: string, service: Service): string {
  if (from.startsWith('field:')) return `${service.name}:${from.slice('field:'.length)}`;
  const names: { readonly [from: string]: string } = {
    identifier: 'id',
    name: 'title',
    resolution: 'spatialResolution',
  };
  return names[from] ?? from;
}
