// Options of the OSDD's parameters: the values that occur among the records of the scope which the viewer sees, as the answers show them.
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import { codeOf } from '../../model/codes.ts';
import { EVERYTHING, type FacetName } from '../../model/query.ts';
import { scopeOf, type Viewer } from '../../model/viewer.ts';
import type { Collection } from './collections.ts';
import type { RestoParameter } from './parameter.ts';
import type { Source } from './properties.ts';
import type { Scope } from './request.ts';

/** A list of Options is closed: what takes more values than this gets none. */
const MOST_OPTIONS = 60;

export type Options = ReadonlyMap<string, readonly string[]>;

const FACET_OF: { readonly [from: string]: FacetName } = {
  instrument: 'instrument',
  productLevel: 'productLevel',
  format: 'format',
};

/** Values that the records of collections with one and the same source show. */
async function ofSource(
  source: NonNullable<Source>,
  collections: readonly Collection[],
  { catalogue, mappings }: OptionParts,
  viewer: Viewer,
): Promise<readonly string[]> {
  if ('value' in source) return [String(source.value)];
  const { from, map } = source;
  const facet = FACET_OF[from];
  if (facet !== undefined) {
    const services = collections.map(({ service }) => service.name);
    const query = { ...EVERYTHING, services, levels: ['dataset'] as const };
    const values = ((await catalogue.facets(query, [facet], viewer))[facet] ?? []).map(({ value }) => value);
    return facet === 'format'
      ? values.flatMap((code) => codeOf(mappings.codes.format, Number(code))?.name ?? [])
      : values;
  }
  const found: string[] = [];
  for (const collection of collections) {
    if (from === 'platform') found.push(...(await platformsOf(collection, catalogue, viewer)));
    if (!from.startsWith('field:')) continue;
    const values = await catalogue.fieldValues(collection.service.name, from.slice(6), viewer, MOST_OPTIONS + 1);
    found.push(...values.map(({ text }) => map?.[text] ?? text));
  }
  return found;
}

/** The platforms of the service's file that a record has. */
async function platformsOf({ service }: Collection, catalogue: Catalogue, viewer: Viewer): Promise<readonly string[]> {
  const query = { ...EVERYTHING, services: [service.name], levels: ['dataset'] as const, limit: 1, count: false };
  const found: string[] = [];
  for (const { id } of service.platforms) {
    const { records } = await catalogue.search({ ...query, platforms: [id] }, viewer);
    if (records.length > 0) found.push(id);
  }
  return found;
}

export interface OptionParts {
  readonly catalogue: Catalogue;
  readonly mappings: Mappings;
}

const MOST_KEPT = 100;

/** Gives the function to the Options of a scope; they are collected once for a revision of the catalogue and what a viewer sees. */
export function createOptions(
  parts: OptionParts,
): (scope: Scope, viewer: Viewer, revision: string) => Promise<Options> {
  const kept = new Map<string, { readonly revision: string; readonly options: Promise<Options> }>();
  return (scope, viewer, revision) => {
    const key = `${scope.collection?.name ?? '*'} ${scopeOf(viewer)}`;
    const known = kept.get(key);
    if (known?.revision === revision) return known.options;
    const options = optionsOf(scope, parts, viewer);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, { revision, options });
    options.catch(() => kept.delete(key));
    return options;
  };
}

/** Options by the parameter's first key. */
async function optionsOf(scope: Scope, parts: OptionParts, viewer: Viewer): Promise<Options> {
  const options = new Map<string, readonly string[]>();
  for (const parameter of Object.values(scope.parameters)) {
    const found = new Set<string>();
    for (const [source, collections] of sourcesOf(parameter, scope)) {
      for (const value of await ofSource(source, collections, parts, viewer)) found.add(value);
    }
    if (found.size > 0 && found.size <= MOST_OPTIONS) options.set(parameter.name, [...found].sort());
  }
  return options;
}

/** The sources of a parameter's values, each with the collections that have it. */
function sourcesOf(
  { optionsOf: origin }: RestoParameter,
  { collections }: Scope,
): readonly (readonly [NonNullable<Source>, readonly Collection[]])[] {
  if (origin === undefined) return [];
  const groups = new Map<string, [NonNullable<Source>, Collection[]]>();
  for (const collection of collections) {
    const source = 'field' in origin ? { from: `field:${origin.field}` } : collection.sources.get(origin.property);
    if (source === undefined) continue;
    const key = JSON.stringify(source);
    const group = groups.get(key);
    if (group === undefined) groups.set(key, [source, [collection]]);
    else group[1].push(collection);
  }
  return [...groups.values()];
}
