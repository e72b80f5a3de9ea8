// What STAC items and collections share (STAC 1.1 common metadata): providers, licence, assets, and which extensions are at work.
import type { Contact, Licence, Link, Role } from '../../model/description.ts';
import type { StacAsset } from '../../model/service.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import { stacAssetOf } from './stac-rules.ts';

export const STAC_VERSION = '1.1.0';
export const STAC_ITEM = 'stac-item';

export interface Asset {
  readonly href: string;
  readonly [member: string]: unknown;
}
export interface StacLink {
  readonly rel: string;
  readonly href: string;
  readonly [member: string]: unknown;
}
export type Properties = { [name: string]: unknown };

/** Formats whose documents describe the record whole, in the terms of a metadata standard. */
const METADATA_FORMATS: ReadonlySet<string> = new Set(['iso19139', 'iso19115-3', 'gmi', 'oai_dc', 'datacite', 'dcat']);

const PROVIDER_ROLES: { readonly [R in Role]: 'licensor' | 'producer' | 'processor' | 'host' | null } = {
  originator: 'producer',
  author: 'producer',
  principalInvestigator: 'producer',
  processor: 'processor',
  owner: 'licensor',
  publisher: 'host',
  distributor: 'host',
  resourceProvider: 'host',
  custodian: 'host',
  pointOfContact: null,
  user: null,
};

const providersOf = new WeakMap<readonly Contact[], readonly object[]>();

/** Each organisation once with its roles; those that have none in STAC are left out. Lists of contacts are shared by many records. */
export function stacProviders(contacts: readonly Contact[]): readonly object[] {
  const known = providersOf.get(contacts);
  if (known !== undefined) return known;
  const found = new Map<string, { readonly name: string; readonly roles: string[]; url?: string }>();
  for (const { organisation, role, url, identifier } of contacts) {
    const wanted = PROVIDER_ROLES[role];
    if (wanted === null) continue;
    const provider = found.get(organisation) ?? { name: organisation, roles: [] };
    if (!provider.roles.includes(wanted)) provider.roles.push(wanted);
    const address = [url, identifier].find((text) => text !== undefined && /^https?:\/\//.test(text));
    if (address !== undefined) provider.url ??= address;
    found.set(organisation, provider);
  }
  const providers = [...found.values()];
  providersOf.set(contacts, providers);
  return providers;
}

/** An SPDX identifier, or `other` beside the link to the licence. */
export function stacLicence(licence: Licence): string {
  return /^[A-Za-z0-9.+-]+$/.test(licence.id) ? licence.id : 'other';
}

export function licenceLink(licence: Licence): StacLink {
  return { rel: 'license', href: licence.url, title: licence.title };
}

interface Extension {
  readonly prefix: string;
  readonly url: string;
  /** Properties without which the extension's schema refuses the item. */
  readonly required?: readonly string[];
}
const schemaOf = (name: string): string => `https://stac-extensions.github.io/${name}/schema.json`;
/** Those whose properties every record may have, each with the ones that make it so. */
const OF_EVERY_RECORD: readonly { readonly url: string; readonly properties: readonly string[] }[] = [
  { url: schemaOf('processing/v1.2.0'), properties: ['processing:lineage', 'processing:level'] },
  { url: schemaOf('scientific/v1.0.0'), properties: ['sci:doi'] },
  { url: schemaOf('projection/v2.0.0'), properties: ['proj:code'] },
  { url: schemaOf('timestamps/v1.1.0'), properties: ['published'] },
];
/** Those whose properties come from the rules of a service. */
const BY_RULE: readonly Extension[] = [
  {
    prefix: 'sar:',
    url: schemaOf('sar/v1.0.0'),
    required: ['sar:instrument_mode', 'sar:frequency_band', 'sar:polarizations', 'sar:product_type'],
  },
  { prefix: 'sat:', url: schemaOf('sat/v1.0.0') },
];
const FILE = schemaOf('file/v2.1.0');

/**
 * Addresses of the schemas of the extensions that the item really keeps; `insar` has no schema that agrees with its own table.
 * `common`: properties that every record may have, undefined where it has not; `special`: by rules of the service.
 */
export function stacExtensions(
  common: Properties,
  special: Properties,
  assets: { readonly [name: string]: Asset },
): readonly string[] {
  const used: string[] = [];
  for (const { prefix, url, required } of BY_RULE) {
    let some = false;
    for (const name in special) some ||= name.startsWith(prefix);
    if (some && (required?.every((name) => name in special) ?? true)) used.push(url);
  }
  for (const { url, properties } of OF_EVERY_RECORD)
    if (properties.some((name) => common[name] !== undefined)) used.push(url);
  for (const name in assets) {
    const asset = assets[name];
    if (asset === undefined || (asset['file:size'] === undefined && asset['file:checksum'] === undefined)) continue;
    used.push(FILE);
    break;
  }
  return used;
}

/** Short names of the encodings of data, for assets that the service's file does not name. */
const SHORT_NAMES: { readonly [mediaType: string]: string } = {
  'text/csv': 'csv',
  'application/json': 'json',
  'application/geo+json': 'geojson',
  'application/x-netcdf': 'netcdf',
  'application/netcdf': 'netcdf',
  'image/tiff': 'tiff',
  'image/png': 'png',
  'text/plain': 'text',
};

function dataName({ href, type }: Link): string {
  const short = SHORT_NAMES[type?.split(';')[0]?.trim() ?? ''];
  if (short !== undefined) return short;
  return /\.([a-z0-9]{1,8})$/i.exec(href.split(/[?#]/)[0] ?? '')?.[1]?.toLowerCase() ?? 'data';
}

const DATA = ['data'];
const METADATA = ['metadata'];
/** What the data were made from, kept as it came. */
const SOURCE = ['source'];
const THUMBNAIL = ['thumbnail'];
const OVERVIEW = ['overview'];
const BOTH_IMAGES = ['overview', 'thumbnail'];

/** JSON leaves out what is undefined. */
function assetOf({ href, type, length, sha256, ...link }: Link, roles: readonly string[], title = link.title): Asset {
  const asset: { href: string; [member: string]: unknown } = { href, title, type, roles };
  if (length !== undefined) asset['file:size'] = length;
  // Multihash: 12 is SHA-256, 20 its length in bytes.
  if (sha256 !== undefined) asset['file:checksum'] = `1220${sha256}`;
  return asset;
}

function namedAsset(asset: StacAsset, link: Link, language: Language): Asset {
  return {
    ...assetOf(link, asset.roles, inLanguage(asset.title, language)),
    ...(asset.unit === undefined ? {} : { unit: asset.unit }),
  };
}

/** Those of a record's links that are files or documents: its data, images, and its descriptions in the metadata standards. */
export function stacAssets(
  links: readonly Link[],
  language: Language,
  named: readonly StacAsset[],
): { readonly [name: string]: Asset } {
  const assets: { [name: string]: Asset } = {};
  const add = (name: string, asset: Asset): void => {
    let key = name;
    for (let number = 2; key in assets; number++) key = `${name}-${number}`;
    assets[key] = asset;
  };
  for (const link of links) {
    switch (link.role) {
      case 'data': {
        if (link.asset === 'source') {
          add('source', assetOf(link, SOURCE));
          break;
        }
        const asset = stacAssetOf(named, link);
        if (asset !== undefined) add(asset.name, namedAsset(asset, link, language));
        else add(dataName(link), assetOf(link, DATA));
        break;
      }
      case 'thumbnail':
        add('thumbnail', assetOf(link, THUMBNAIL));
        break;
      case 'quicklook':
        add('overview', assetOf(link, links.some(({ role }) => role === 'thumbnail') ? OVERVIEW : BOTH_IMAGES));
        break;
      default:
        if (link.asset === 'metadata') add('metadata', assetOf(link, METADATA));
        if (link.format !== undefined && METADATA_FORMATS.has(link.format)) add(link.format, assetOf(link, METADATA));
    }
  }
  return assets;
}

/** The formats among the given ones that become metadata assets. */
export function metadataFormats<F extends { readonly id: string }>(formats: readonly F[]): readonly F[] {
  return formats.filter(({ id }) => METADATA_FORMATS.has(id));
}
