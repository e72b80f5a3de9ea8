// What STAC 1.1 asks of items, collections and catalogues, from the specification's tables of fields; the JSON Schemas themselves stand in the
// Python package that conformance/clients/pystac-client.py uses.
type Json = { readonly [name: string]: unknown };

const MOMENT = /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(?:\.\d+)?Z$/;
const ADDRESS = /^https?:\/\/[^\s]+$/;
const SPDX = /^(?:other|[A-Za-z0-9.+-]+)$/;
const ROLES = new Set(['licensor', 'producer', 'processor', 'host']);
const BANDS = new Set(['P', 'L', 'S', 'C', 'X', 'Ku', 'K', 'Ka']);
const POLARISATIONS = new Set(['HH', 'HV', 'VH', 'VV']);

const isObject = (value: unknown): value is Json =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const isMoment = (value: unknown): boolean =>
  typeof value === 'string' && MOMENT.test(value) && !Number.isNaN(Date.parse(value));
const isText = (value: unknown): boolean => typeof value === 'string' && value.trim() !== '';
const texts = (value: unknown): boolean => Array.isArray(value) && value.every(isText);

/** Fault in words for each condition that does not hold. */
const faultsOf = (...conditions: readonly (readonly [boolean, string])[]): readonly string[] =>
  conditions.filter(([holds]) => !holds).map(([, fault]) => fault);

function linkFaults(document: Json): readonly string[] {
  const { links } = document;
  if (!Array.isArray(links)) return ['links is no list'];
  const all = links as readonly Json[];
  const one = (rel: string): readonly Json[] => all.filter((link) => link.rel === rel);
  return [
    ...all.flatMap((link) =>
      faultsOf([isText(link.rel), 'a link without rel'], [ADDRESS.test(String(link.href)), 'a link without address']),
    ),
    ...faultsOf(
      [one('self').length <= 1, 'self stands twice'],
      [one('collection').length <= 1, 'collection stands twice'],
    ),
  ];
}

function assetFaults(assets: unknown): readonly string[] {
  if (!isObject(assets)) return ['assets is no object'];
  return Object.entries(assets).flatMap(([name, asset]) => {
    if (!isObject(asset)) return [`asset ${name} is no object`];
    const { href, roles, type, title } = asset;
    const size = asset['file:size'];
    const checksum = asset['file:checksum'];
    return faultsOf(
      [ADDRESS.test(String(href)), `asset ${name} has no address`],
      [texts(roles), `asset ${name} has no roles`],
      [type === undefined || /^[\w.-]+\/[\w.+-]+/.test(String(type)), `type of asset ${name}`],
      [title === undefined || isText(title), `title of asset ${name}`],
      [size === undefined || (Number.isInteger(size) && Number(size) >= 0), `file:size of asset ${name}`],
      [checksum === undefined || /^1220[0-9a-f]{64}$/.test(String(checksum)), `file:checksum of asset ${name}`],
    );
  });
}

function commonFaults(fields: Json): readonly string[] {
  const { license, providers, keywords, created, updated, published, gsd, instruments } = fields;
  const everyProvider =
    providers === undefined ||
    (Array.isArray(providers) &&
      (providers as readonly Json[]).every(
        ({ name, roles, url }) =>
          isText(name) &&
          texts(roles) &&
          (roles as string[]).every((role) => ROLES.has(role)) &&
          (url === undefined || ADDRESS.test(String(url))),
      ));
  return faultsOf(
    [license === undefined || SPDX.test(String(license)), 'license is no SPDX identifier'],
    [everyProvider, 'providers'],
    [keywords === undefined || texts(keywords), 'keywords'],
    [instruments === undefined || texts(instruments), 'instruments'],
    [gsd === undefined || Number(gsd) > 0, 'gsd is not above 0'],
    ...(['created', 'updated', 'published'] as const).map(
      (name) => [{ created, updated, published }[name] === undefined || isMoment(fields[name]), name] as const,
    ),
  );
}

function timeFaults({ datetime, start_datetime: start, end_datetime: end }: Json): readonly string[] {
  return faultsOf(
    [datetime === null ? start !== undefined && end !== undefined : isMoment(datetime), 'datetime'],
    [(start === undefined) === (end === undefined), 'start_datetime and end_datetime do not stand together'],
    [start === undefined || (isMoment(start) && isMoment(end) && String(start) <= String(end)), 'the period is none'],
  );
}

/** Each extension: its properties, and what its schema wants. */
const EXTENSIONS: { readonly [name: string]: (properties: Json, assets: Json) => readonly string[] } = {
  sar: (p) =>
    faultsOf(
      [isText(p['sar:instrument_mode']), 'sar:instrument_mode'],
      [BANDS.has(String(p['sar:frequency_band'])), 'sar:frequency_band'],
      [isText(p['sar:product_type']), 'sar:product_type'],
      [
        Array.isArray(p['sar:polarizations']) &&
          p['sar:polarizations'].length > 0 &&
          p['sar:polarizations'].every((each) => POLARISATIONS.has(String(each))),
        'sar:polarizations',
      ],
      [
        p['sar:center_frequency'] === undefined || typeof p['sar:center_frequency'] === 'number',
        'sar:center_frequency',
      ],
    ),
  sat: (p) =>
    faultsOf(
      [Object.keys(p).some((name) => name.startsWith('sat:')), 'sat without a property'],
      [
        [undefined, 'ascending', 'descending', 'geostationary'].includes(p['sat:orbit_state'] as string),
        'sat:orbit_state',
      ],
      ...['sat:relative_orbit', 'sat:absolute_orbit'].map(
        (name) => [p[name] === undefined || (Number.isInteger(p[name]) && Number(p[name]) >= 1), name] as const,
      ),
    ),
  processing: (p) =>
    faultsOf([
      [undefined, 'RAW', 'L0', 'L1', 'L2', 'L3', 'L4'].includes(p['processing:level'] as string),
      'processing:level',
    ]),
  scientific: (p) => faultsOf([/^10\.\d{4,9}\/\S+$/.test(String(p['sci:doi'])), 'sci:doi']),
  projection: (p) => faultsOf([/^EPSG:\d+$/.test(String(p['proj:code'])), 'proj:code']),
  timestamps: (p) => faultsOf([isMoment(p.published), 'published']),
  file: (_, assets) =>
    faultsOf([
      Object.values(assets).some((asset) => isObject(asset) && ('file:size' in asset || 'file:checksum' in asset)),
      'file without a property',
    ]),
};
const PREFIXES: { readonly [prefix: string]: string } = {
  sat: 'sat',
  processing: 'processing',
  sci: 'scientific',
  proj: 'projection',
};

function extensionFaults(document: Json, properties: Json, assets: Json): readonly string[] {
  const declared = (document.stac_extensions as readonly string[] | undefined) ?? [];
  const names = declared.map(
    (url) => /^https:\/\/stac-extensions\.github\.io\/([a-z-]+)\/v\d+\.\d+\.\d+\/schema\.json$/.exec(url)?.[1] ?? url,
  );
  const used = new Set(Object.keys(properties).flatMap((name) => PREFIXES[name.split(':')[0] ?? ''] ?? []));
  return [
    ...names.flatMap((name) => EXTENSIONS[name]?.(properties, assets) ?? [`unknown extension ${name}`]),
    ...[...used].filter((name) => !names.includes(name)).map((name) => `${name} is used and not declared`),
    ...faultsOf([new Set(declared).size === declared.length, 'an extension is declared twice']),
  ];
}

/** Faults of an item in words; empty = none. GeoJSON is another matter. */
export function stacItemFaults(item: Json): readonly string[] {
  const { properties, assets, links, collection } = item;
  if (!isObject(properties)) return ['no properties'];
  const inCollection = Array.isArray(links) && (links as readonly Json[]).some((link) => link.rel === 'collection');
  return [
    ...faultsOf(
      [item.type === 'Feature', 'type is not Feature'],
      [item.stac_version === '1.1.0', 'stac_version'],
      [/^[A-Za-z0-9._~-]+$/.test(String(item.id)), `id ${String(item.id)} is no name for a file`],
      [
        (item.geometry === null) === (item.bbox === undefined),
        'bbox stands without geometry, or geometry without bbox',
      ],
      [inCollection === (collection !== undefined), 'collection and its link do not stand together'],
    ),
    ...timeFaults(properties),
    ...commonFaults(properties),
    ...linkFaults(item),
    ...assetFaults(assets),
    ...extensionFaults(item, properties, isObject(assets) ? assets : {}),
  ];
}

/** Faults of a collection. */
export function stacCollectionFaults(collection: Json): readonly string[] {
  const {
    extent,
    summaries,
    item_assets: itemAssets,
  } = collection as { extent?: Json; summaries?: Json; item_assets?: Json };
  const boxes = (extent?.spatial as Json | undefined)?.bbox as readonly (readonly number[])[] | undefined;
  const intervals = (extent?.temporal as Json | undefined)?.interval as
    | readonly (readonly (string | null)[])[]
    | undefined;
  return [
    ...faultsOf(
      [collection.type === 'Collection', 'type is not Collection'],
      [collection.stac_version === '1.1.0', 'stac_version'],
      [/^[a-z][a-z0-9_]*$/.test(String(collection.id)), 'id'],
      [isText(collection.title), 'title'],
      [isText(collection.description), 'description'],
      [SPDX.test(String(collection.license)), 'license'],
      [
        boxes !== undefined && boxes.length !== 2 && boxes.every((box) => box.length === 4 || box.length === 6),
        'spatial extent',
      ],
      [
        intervals?.every(
          (interval) => interval.length === 2 && interval.every((end) => end === null || isMoment(end)),
        ) === true,
        'temporal extent',
      ],
      [
        summaries === undefined || Object.values(summaries).every((list) => Array.isArray(list) && list.length > 0),
        'summaries',
      ],
      [
        itemAssets === undefined ||
          Object.values(itemAssets).every(
            (asset) => isObject(asset) && !('href' in asset) && Object.keys(asset).length > 1,
          ),
        'item_assets',
      ],
    ),
    ...commonFaults(collection),
    ...linkFaults(collection),
    ...assetFaults(collection.assets),
    ...extensionFaults(
      collection,
      { ...(collection['sci:doi'] === undefined ? {} : { 'sci:doi': collection['sci:doi'] }) },
      {},
    ),
  ];
}

/** Faults of a catalogue, the landing page of an API included. */
export function stacCatalogFaults(catalog: Json): readonly string[] {
  return [
    ...faultsOf(
      [catalog.type === 'Catalog', 'type is not Catalog'],
      [catalog.stac_version === '1.1.0', 'stac_version'],
      [isText(catalog.id), 'id'],
      [isText(catalog.description), 'description'],
      [texts(catalog.conformsTo), 'conformsTo'],
    ),
    ...linkFaults(catalog),
  ];
}
