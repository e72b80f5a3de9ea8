// What STAC items and collections share (STAC 1.1 common metadata): providers, licence, assets, and which extensions are at work.
import type { Contact, Licence, Link, Role } from '../../model/description.ts';
import type { RecordView } from '../../model/format.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { StacAsset } from '../../model/service.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import { linksOf } from './record-links.ts';
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

const EXTENSIONS: readonly {
  readonly prefix: string;
  readonly url: string;
  /** Properties without which the extension's schema refuses the item. */
  readonly required?: readonly string[];
}[] = [
  {
    prefix: 'sar:',
    url: 'sar/v1.0.0',
    required: ['sar:instrument_mode', 'sar:frequency_band', 'sar:polarizations', 'sar:product_type'],
  },
  { prefix: 'sat:', url: 'sat/v1.0.0' },
  { prefix: 'processing:', url: 'processing/v1.2.0' },
  { prefix: 'sci:', url: 'scientific/v1.0.0' },
  { prefix: 'proj:', url: 'projection/v2.0.0' },
  { prefix: 'published', url: 'timestamps/v1.1.0' },
];
const FILE = 'file/v2.1.0';

/** Addresses of the schemas of the extensions that the item really keeps; `insar` has no schema that agrees with its own table. */
export function stacExtensions(properties: Properties, assets: { readonly [name: string]: Asset }): readonly string[] {
  const names = Object.keys(properties);
  const used = EXTENSIONS.filter(
    ({ prefix, required }) =>
      names.some((name) => name.startsWith(prefix)) && (required ?? []).every((name) => name in properties),
  ).map(({ url }) => url);
  if (Object.values(assets).some((asset) => 'file:size' in asset || 'file:checksum' in asset)) used.push(FILE);
  return used.map((name) => `https://stac-extensions.github.io/${name}/schema.json`);
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

function assetOf(link: Link, roles: readonly string[], title?: string): Asset {
  return {
    href: link.href,
    ...((title ?? link.title) === undefined ? {} : { title: title ?? link.title }),
    ...(link.type === undefined ? {} : { type: link.type }),
    roles,
    ...(link.length === undefined ? {} : { 'file:size': link.length }),
    // Multihash: 12 is SHA-256, 20 its length in bytes.
    ...(link.sha256 === undefined ? {} : { 'file:checksum': `1220${link.sha256}` }),
  };
}

function namedAsset(asset: StacAsset, link: Link, language: Language): Asset {
  return {
    ...assetOf(link, asset.roles, inLanguage(asset.title, language)),
    ...(asset.unit === undefined ? {} : { unit: asset.unit }),
  };
}

/** The links of a record that are files or documents: its data, images, and its descriptions in the metadata standards. */
export function stacAssets(
  record: CatalogRecord,
  view: RecordView,
  named: readonly StacAsset[],
): { readonly [name: string]: Asset } {
  const assets: { [name: string]: Asset } = {};
  const add = (name: string, asset: Asset): void => {
    let key = name;
    for (let number = 2; key in assets; number++) key = `${name}-${number}`;
    assets[key] = asset;
  };
  const links = linksOf(record, view);
  const hasThumbnail = links.some((link) => link.role === 'thumbnail');
  for (const link of links) {
    if (link.role === 'data') {
      const asset = stacAssetOf(named, link);
      if (asset !== undefined) add(asset.name, namedAsset(asset, link, view.language));
      else add(dataName(link), assetOf(link, ['data']));
    } else if (link.role === 'thumbnail') add('thumbnail', assetOf(link, ['thumbnail']));
    else if (link.role === 'quicklook')
      add('overview', assetOf(link, hasThumbnail ? ['overview'] : ['overview', 'thumbnail']));
    else if (link.format !== undefined && METADATA_FORMATS.has(link.format))
      add(link.format, assetOf(link, ['metadata']));
  }
  return assets;
}

/** The formats among the given ones that become metadata assets. */
export function metadataFormats<F extends { readonly id: string }>(formats: readonly F[]): readonly F[] {
  return formats.filter(({ id }) => METADATA_FORMATS.has(id));
}
