// Options of the OSDD's parameters: the values that occur among the records of the scope which the viewer sees, as the answers show them.
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import { codeOf } from '../../model/codes.ts';
import { EVERYTHING, type Facets } from '../../model/query.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { Collection } from './collections.ts';
import type { RestoParameter } from './parameters.ts';
import type { Source } from './properties.ts';
import type { Scope } from './request.ts';

/** A list of Options is closed: what takes more values than this gets none. */
const MOST_OPTIONS = 60;

export type Options = ReadonlyMap<string, readonly string[]>;

async function ofSource(
  source: Source,
  collection: Collection,
  facets: Facets,
  { catalogue, mappings }: OptionParts,
  viewer: Viewer,
): Promise<readonly string[]> {
  if (source === null) return [];
  if ('value' in source) return [String(source.value)];
  const values = (name: keyof Facets): readonly string[] => (facets[name] ?? []).map(({ value }) => value);
  const { from, map } = source;
  if (from === 'instrument') return values('instrument');
  if (from === 'productLevel') return values('productLevel');
  if (from === 'format') {
    return values('format').flatMap((code) => codeOf(mappings.codes.format, Number(code))?.name ?? []);
  }
  if (from === 'platform') return collection.service.platforms.map(({ id }) => id);
  if (!from.startsWith('field:')) return [];
  const found = await catalogue.fieldValues(collection.service.name, from.slice(6), viewer, MOST_OPTIONS + 1);
  return found.map(({ text }) => map?.[text] ?? text);
}

export interface OptionParts {
  readonly catalogue: Catalogue;
  readonly mappings: Mappings;
}

/** Options by the parameter's first key. */
export async function optionsOf(scope: Scope, parts: OptionParts, viewer: Viewer): Promise<Options> {
  const services = scope.collections.map(({ service }) => service.name);
  const query = { ...EVERYTHING, services, levels: ['dataset'] as const };
  const facets = await parts.catalogue.facets(query, ['instrument', 'productLevel', 'format'], viewer);
  const options = new Map<string, readonly string[]>();
  const values = (parameter: RestoParameter, collection: Collection): Promise<readonly string[]> => {
    const { optionsOf: origin } = parameter;
    if (origin === undefined) return Promise.resolve([]);
    const source = 'field' in origin ? { from: `field:${origin.field}` } : collection.sources.get(origin.property);
    return ofSource(source ?? null, collection, facets, parts, viewer);
  };
  for (const parameter of Object.values(scope.parameters)) {
    const found = new Set<string>();
    for (const collection of scope.collections)
      for (const value of await values(parameter, collection)) found.add(value);
    if (found.size > 0 && found.size <= MOST_OPTIONS) options.set(parameter.name, [...found].sort());
  }
  return options;
}
