// A record as schema.org JSON-LD, as the guidance of science-on-schema.org (1.3) has it: a Dataset, or a WebAPI for a web service.
// Boxes and lines have latitude before longitude.
import { codeOf } from '../../model/codes.ts';
import type { Contact, Link, Relation } from '../../model/description.ts';
import { doorOf } from '../../model/door.ts';
import type { RecordFormat, RecordView } from '../../model/format.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { Service } from '../../model/service.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import type { RecordTime } from '../../model/time.ts';
import { latitudeFirst } from './gml-geometry.ts';
import { baseOf, catalogueAddress } from './own-addresses.ts';
import { CREATOR_ROLES, distinct, publisherOf } from './parties.ts';
import { doiAddress, linksOf } from './record-links.ts';
import { schemaOrgVariables } from './schema-org-variables.ts';
import { abstractIn, titleIn } from './text.ts';
import { vocabularyOf } from './vocabulary.ts';

type Members = { readonly [name: string]: unknown };
export type DescribedService = Pick<Service, 'name' | 'abstract' | 'title' | 'data' | 'fields'>;

/** What search engines of data sets index (50 to 5000 characters). */
const SHORTEST_DESCRIPTION = 50;

/** The format `schema-org`. `services`: what their data rows measure, and their abstracts for records that say little of themselves. */
export function createSchemaOrg(services: readonly DescribedService[] = []): RecordFormat {
  const byName = new Map(services.map((service) => [service.name, service]));
  return {
    id: 'schema-org',
    title: 'schema.org',
    mediaType: 'application/ld+json',
    extension: 'schema-org',
    write: (record, view) => JSON.stringify(schemaOrg(record, view, byName.get(record.service))),
  };
}

export function schemaOrg(record: CatalogRecord, view: RecordView, service?: DescribedService): Members {
  const uri = view.uri(record);
  const { language } = view;
  return written({
    '@context': 'https://schema.org/',
    '@type': record.level === 'service' ? 'WebAPI' : 'Dataset',
    '@id': uri,
    url: uri,
    name: titleIn(record, language),
    description: descriptionOf(record, language, service),
    identifier: identifiersOf(record),
    sameAs: sameAs(record),
    inLanguage: record.lang,
    license: [`https://spdx.org/licenses/${record.licence.id}`, record.licence.url],
    isAccessibleForFree: codeOf(view.codes.authorization, record.authorization)?.free,
    conditionsOfAccess: conditionsOf(record, view),
    dateCreated: record.created,
    datePublished: record.published,
    dateModified: record.updated,
    version: record.version,
    keywords: keywordsOf(record, language),
    creator: creatorsOf(record, view),
    publisher: organisation(publisherOf(record, view.site)),
    provider: organisation(view.site.organisation),
    ...(record.level === 'service' ? serviceMembers(record, view) : dataMembers(record, view, service)),
    subjectOf: otherDescriptions(record, view),
  });
}

type Related = (relation: Relation | undefined) => boolean;

function relatedBy(links: readonly Link[], fits: Related): readonly string[] {
  const fitting = links.filter(
    ({ role, relation, href }) => role === 'related' && fits(relation) && /^https?:/.test(href),
  );
  return fitting.map(({ href }) => href);
}

/** The DOI, and other places that hold the very same. */
function sameAs({ doi, storedLinks }: CatalogRecord): string | readonly string[] | undefined {
  const same = relatedBy(storedLinks, (relation) => relation === 'IsIdenticalTo');
  if (same.length === 0) return doi === null ? undefined : doiAddress(doi);
  return [...(doi === null ? [] : [doiAddress(doi)]), ...same];
}

function dataMembers(record: CatalogRecord, view: RecordView, service: DescribedService | undefined): Members {
  const { language, site } = view;
  const base = baseOf(record, view);
  const links = linksOf(record, view);
  const images = links.filter((link) => link.role === 'quicklook' || link.role === 'thumbnail');
  const series = record.level === 'dataset' && record.parent !== null;
  return {
    temporalCoverage: intervalOf(record.time),
    spatialCoverage: placeOf(record),
    variableMeasured: schemaOrgVariables(record, service, language),
    measurementTechnique: [...new Set(record.instrumentUses.map((use) => inLanguage(use.type, language)))],
    distribution: links
      .filter((link) => link.role === 'data')
      .map((link) =>
        written({
          '@type': 'DataDownload',
          name: link.title,
          contentUrl: link.href,
          encodingFormat: link.type,
          contentSize: link.length === undefined ? undefined : `${link.length} B`,
        }),
      ),
    image: images.map((link) => link.href),
    isPartOf: series
      ? written({
          '@type': 'Dataset',
          '@id': view.uri({ ...record, id: 0, level: 'series' }),
          name: service === undefined ? undefined : inLanguage(service.title, language),
        })
      : undefined,
    includedInDataCatalog: {
      '@type': 'DataCatalog',
      '@id': catalogueAddress(base),
      name: inLanguage(site.title, language),
      url: `${base}/`,
    },
    citation: relatedBy(links, (relation) => relation !== 'IsIdenticalTo' && relation !== 'IsDerivedFrom'),
    isBasedOn: relatedBy(links, (relation) => relation === 'IsDerivedFrom'),
  };
}

function serviceMembers(record: CatalogRecord, view: RecordView): Members {
  const door = doorOf(record);
  if (door === undefined) return {};
  return {
    documentation: door.description,
    serviceType: door.protocol,
    potentialAction: {
      '@type': 'ConsumeAction',
      target: { '@type': 'EntryPoint', urlTemplate: door.endpoint, httpMethod: 'GET' },
    },
    about: door.operatesOn.map((identifier) => ({
      '@type': 'Dataset',
      '@id': `${baseOf(record, view)}/id/${identifier.slice(identifier.lastIndexOf(':') + 1)}`,
    })),
  };
}

/** A short description gains that of the series, which the search engines then find too. */
function descriptionOf(record: CatalogRecord, language: Language, service: DescribedService | undefined): string {
  const own = abstractIn(record, language);
  if (own.length >= SHORTEST_DESCRIPTION) return own.slice(0, 5000);
  const more = inLanguage(service?.abstract, language);
  return more === '' || more === own ? own : `${own}${/[.!?]$/.test(own) ? '' : '.'} ${more}`.slice(0, 5000);
}

function identifiersOf(record: CatalogRecord): unknown {
  const own = { '@type': 'PropertyValue', propertyID: 'local', value: record.identifier };
  if (record.doi === null) return own;
  const address = doiAddress(record.doi);
  const doi = {
    '@type': 'PropertyValue',
    '@id': address,
    propertyID: 'https://registry.identifiers.org/registry/doi',
    value: `doi:${record.doi}`,
    url: address,
  };
  return [doi, own];
}

function conditionsOf(record: CatalogRecord, view: RecordView): string | undefined {
  const code = codeOf(view.codes.authorization, record.authorization);
  if (code === undefined || code.code === 0) return undefined;
  const text = inLanguage(code.text, view.language);
  if (!text.includes('{date}')) return text;
  return record.embargoUntil === null
    ? inLanguage(code.label, view.language)
    : text.replace('{date}', record.embargoUntil);
}

function keywordsOf(record: CatalogRecord, language: Language): readonly unknown[] {
  return [
    ...record.keywords,
    ...record.themes.map((theme) => ({
      '@type': 'DefinedTerm',
      name: inLanguage(theme.label, language),
      url: theme.uri,
      termCode: theme.uri.slice(vocabularyOf(theme.uri).length + 1),
      inDefinedTermSet: vocabularyOf(theme.uri),
    })),
  ];
}

function creatorsOf(record: CatalogRecord, view: RecordView): readonly Members[] {
  const found = record.contacts.filter((contact) => CREATOR_ROLES.includes(contact.role));
  return distinct(found.length > 0 ? found : [view.site.organisation]).map(organisation);
}

function organisation(contact: Contact): Members {
  return written({
    '@type': 'Organization',
    '@id': contact.identifier?.startsWith('http') ? contact.identifier : undefined,
    name: contact.organisation,
    url: contact.url,
    identifier: contact.identifier,
    email: contact.email,
  });
}

/** ISO 8601; an open end as `..`, an unknown begin too. */
function intervalOf(time: RecordTime): string | undefined {
  if (time.kind === 'none') return undefined;
  return time.kind === 'instant' ? time.at : `${time.begin ?? '..'}/${time.end ?? '..'}`;
}

function placeOf(record: CatalogRecord): Members | undefined {
  const geo = geoOf(record);
  const names = record.places;
  if (geo === undefined && names.length === 0) return undefined;
  return written({
    '@type': 'Place',
    name: names.length === 1 ? names[0] : names,
    geo,
    additionalProperty:
      geo === undefined
        ? undefined
        : {
            '@type': 'PropertyValue',
            name: 'Spatial Reference System',
            propertyID: 'http://www.wikidata.org/entity/Q161779',
            value: 'http://www.opengis.net/def/crs/OGC/1.3/CRS84',
          },
  });
}

/** A point, a line or an area of one ring as such; everything else by its box. */
function geoOf({ bbox, geometry, elevation }: CatalogRecord): Members | undefined {
  if (bbox === null) return undefined;
  const [west, south, east, north] = bbox;
  if (west === east && south === north) {
    return written({ '@type': 'GeoCoordinates', latitude: south, longitude: west, elevation });
  }
  if (geometry?.type === 'LineString') {
    return { '@type': 'GeoShape', line: latitudeFirst(geometry.coordinates) };
  }
  if (geometry?.type === 'Polygon' && geometry.coordinates.length === 1 && west <= east) {
    return { '@type': 'GeoShape', polygon: latitudeFirst(geometry.coordinates[0] ?? []) };
  }
  return {
    '@type': 'GeoShape',
    box: latitudeFirst([
      [west, south],
      [east, north],
    ]),
  };
}

/** The record in its other forms, by media type and, for XML, the namespace as profile. */
function otherDescriptions(record: CatalogRecord, view: RecordView): readonly Members[] {
  return view
    .links(record)
    .filter((link) => link.role === 'alternate' && DESCRIPTIONS[link.format ?? ''] !== undefined)
    .map((link) => ({
      '@type': 'DataDownload',
      name: link.title ?? link.format,
      encodingFormat: [link.type, DESCRIPTIONS[link.format ?? '']].filter((each) => each !== undefined),
      contentUrl: link.href,
    }));
}

/** Formats that harvesters of schema.org follow, with their namespaces. */
const DESCRIPTIONS: { readonly [format: string]: string } = {
  iso19139: 'http://www.isotc211.org/2005/gmd',
  'iso19115-3': 'http://standards.iso.org/iso/19115/-3/mdb/2.0',
  datacite: 'http://datacite.org/schema/kernel-4',
  'dcat-ttl': 'http://www.w3.org/ns/dcat#',
};

/** Without members that say nothing: null, undefined, empty texts and lists. */
function written(members: Members): Members {
  const kept: { [name: string]: unknown } = {};
  for (const [name, value] of Object.entries(members)) {
    if (value === null || value === undefined || value === '' || (Array.isArray(value) && value.length === 0)) continue;
    kept[name] = value;
  }
  return kept;
}
