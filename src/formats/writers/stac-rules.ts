// What a service's file says of its STAC items: properties of the extensions, taken from the record, and names of assets.
import type { Link } from '../../model/description.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { Service, StacAsset, StacProperty, StacRule } from '../../model/service.ts';

export type StacValue = string | number | readonly (string | number)[];
type Single = string | number;

/** The rules of a service that hold for a record. */
export function rulesFor(rules: readonly StacRule[], record: Pick<CatalogRecord, 'fields'>): readonly StacRule[] {
  return rules.filter((rule) => Object.entries(rule.where).every(([field, value]) => record.fields[field] === value));
}

function single(record: CatalogRecord, from: string): Single | null {
  if (from.startsWith('field:')) {
    const value = record.fields[from.slice('field:'.length)];
    return typeof value === 'string' || typeof value === 'number' ? value : null;
  }
  switch (from) {
    case 'resolution':
      return record.resolutionMetres;
    case 'platform':
      return record.platform;
    case 'begin':
      return record.time.kind === 'period' ? record.time.begin : record.time.kind === 'instant' ? record.time.at : null;
    case 'end':
      return record.time.kind === 'period' ? record.time.end : null;
    default:
      return null;
  }
}

/** Days between two dates, to a hundredth. */
function daysBetween(from: Single | null, to: Single | null): number | null {
  const [start, end] = [Date.parse(String(from)), Date.parse(String(to))];
  return Number.isFinite(end - start) ? Math.round((end - start) / 864_000) / 100 : null;
}

/** The value of a property for a record; null: it has none. */
export function stacProperty(property: StacProperty, record: CatalogRecord): StacValue | null {
  if ('value' in property) return property.value;
  if ('days' in property) return daysBetween(single(record, property.days[0]), single(record, property.days[1]));
  const { from, map } = property;
  const mapped = (value: Single | null): Single | null =>
    value === null || map === undefined ? value : Object.hasOwn(map, value) ? (map[value] ?? null) : null;
  if (typeof from === 'string') return mapped(single(record, from));
  const values = new Set<Single>();
  for (const name of from) {
    const value = mapped(single(record, name));
    if (value !== null) values.add(value);
  }
  return values.size === 0 ? null : [...values];
}

/** All values that the property can take, where they are a closed list: for summaries and queryables. Empty: they are not. */
export function stacValues(property: StacProperty, service: Pick<Service, 'fields'>): readonly Single[] {
  if ('value' in property) return typeof property.value === 'object' ? property.value : [property.value];
  if ('days' in property) return [];
  const { from, map } = property;
  if (map !== undefined) return [...new Set(Object.values(map))];
  const names = typeof from === 'string' ? [from] : from;
  const values = names.flatMap((name) => service.fields.find((field) => `field:${field.name}` === name)?.values ?? []);
  return [...new Set(values)];
}

/** Words of a file's name, lower case. */
const wordsOf = (link: Link): readonly string[] =>
  (link.href.split(/[?#]/)[0]?.split('/').at(-1) ?? '').toLowerCase().split(/[^a-z0-9]+/);

/** The asset that a data link is: the first that it fits. */
export function stacAssetOf(assets: readonly StacAsset[], link: Link): StacAsset | undefined {
  return assets.find(
    (asset) =>
      (asset.file === undefined || wordsOf(link).includes(asset.file.toLowerCase())) &&
      (asset.type === undefined || link.type?.split(';')[0]?.trim() === asset.type),
  );
}
