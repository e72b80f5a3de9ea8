// What a table says of itself: from the record whose rows it has, or from the service as a whole.
import type { Contact } from '../model/description.ts';
import type { CatalogRecord } from '../model/record.ts';
import type { Service } from '../model/service.ts';
import { type FeatureType, NO_METADATA, type Party, type TableMetadata } from '../model/table.ts';
import { inLanguage } from '../model/text.ts';

function creatorsOf(contacts: readonly Contact[]): readonly Party[] {
  const wanted = ['author', 'principalInvestigator', 'originator', 'owner', 'pointOfContact'];
  const named = contacts.filter(({ role }) => wanted.includes(role));
  const names = new Set<string>();
  return (named.length > 0 ? named : contacts)
    .filter(({ organisation }) => !names.has(organisation) && names.add(organisation))
    .map(({ organisation, email }) => ({ name: organisation, organisation, email: email ?? null }));
}

/** A record with a point is a station; others move or have an extent. */
function stationOf(record: CatalogRecord): TableMetadata['station'] {
  const { geometry, elevation, platformUses, places, lang } = record;
  if (geometry?.type !== 'Point') return null;
  const [longitude, latitude] = geometry.coordinates;
  const platform = platformUses[0];
  const name = places[0] ?? (platform ? inLanguage(platform.title, lang) : null);
  return { name: name || null, longitude, latitude, elevation };
}

export function recordMetadata(
  record: CatalogRecord,
  service: Service,
  featureType: FeatureType | null,
): TableMetadata {
  const { lang } = record;
  const sources = record.instrumentUses.map(({ title }) => inLanguage(title, lang)).filter((title) => title !== '');
  return {
    ...NO_METADATA,
    identifier: record.identifier,
    title: record.title,
    summary: record.abstract,
    featureType,
    station: featureType === 'trajectory' || featureType === 'point' ? null : stationOf(record),
    creators: creatorsOf(record.contacts),
    institution: record.contacts[0]?.organisation ?? null,
    source: sources.length > 0 ? sources.join(', ') : null,
    project: inLanguage(service.title, lang) || null,
    licence: record.licence.url,
    doi: record.doi,
    keywords: record.keywords,
    modified: record.updated,
  };
}

export function serviceMetadata(service: Service, identifier: string): TableMetadata {
  const lang = service.defaults.lang;
  return {
    ...NO_METADATA,
    identifier,
    title: inLanguage(service.title, lang) || service.name,
    summary: inLanguage(service.abstract, lang) || null,
    creators: creatorsOf(service.contacts),
    institution: service.contacts[0]?.organisation ?? null,
    licence: service.licence.url,
    doi: service.doi,
    keywords: service.keywords.map((keyword) => inLanguage(keyword, lang)),
  };
}
