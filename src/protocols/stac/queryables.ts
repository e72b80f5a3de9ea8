// What items can be asked for under the names that they carry (filter extension, /queryables): the common queryables of the catalogue by
// their STAC names, the properties of the service files' STAC rules, and the services' own fields as `{service}:{field}`.
import { PROCESSING_LEVELS } from '../../formats/writers/stac-item.ts';
import { stacValues } from '../../formats/writers/stac-rules.ts';
import { allOf, anyOf, type Filter, type Term } from '../../model/filter.ts';
import type { Queryable, Queryables } from '../../model/queryable.ts';
import type { Service, StacProperty, StacRule } from '../../model/service.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import { ABSENT, type Binding } from './stored-values.ts';
import { SCHEMA_DIALECT } from './vocabulary.ts';

/** Name in an item → canonical name, in the order of the document. */
const COMMON: { readonly [name: string]: string } = {
  id: 'id',
  collection: 'service',
  datetime: 'time',
  start_datetime: 'begin',
  end_datetime: 'end',
  geometry: 'geometry',
  title: 'title',
  description: 'description',
  keywords: 'keywords',
  license: 'license',
  updated: 'updated',
  published: 'published',
  platform: 'platform',
  instruments: 'instrument',
  gsd: 'spatialResolution',
  elevation: 'elevation',
  access: 'access',
  version: 'version',
  'processing:level': 'productLevel',
  'processing:lineage': 'lineage',
  'proj:code': 'crs',
  'sci:doi': 'doi',
};

interface Named {
  readonly name: string;
  readonly queryable: Queryable;
  /** Values in STAC's words, where they are a closed list. */
  readonly values: readonly (string | number)[];
}
interface RuleNamed extends Named {
  readonly binding: Binding;
}

export interface StacQueryables {
  /** Names are resolved as in items, then as anywhere in the catalogue; `service`: bare names of its own fields too. */
  readonly resolver: (service: string | null) => Queryables;
  /** What the names stand for that `resolver` gives. */
  readonly bindings: ReadonlyMap<string, Binding>;
  /** The document of all collections (null), or of one. `id`: its own address. */
  readonly document: (id: string, title: string, service: string | null, language: Language) => object;
}

/** A property that is one field or column of the record, word for word or by a table of texts. */
function sourceOf(property: StacProperty): string | null {
  if (!('from' in property) || typeof property.from !== 'string') return null;
  return Object.values(property.map ?? {}).every((value) => typeof value === 'string') ? property.from : null;
}

function whereOf(service: Service, rule: StacRule): Filter {
  return allOf(
    Object.entries(rule.where).map(([field, value]): Filter => {
      const right: Term =
        typeof value === 'string'
          ? { kind: 'text', value }
          : typeof value === 'number'
            ? { kind: 'number', value }
            : { kind: 'truth', value };
      const left: Term = { kind: 'property', name: `${service.name}:${field}` };
      return { kind: 'compare', operator: 'equal', left, right };
    }),
  );
}

/** STAC's value → those of the catalogue. */
function inverted(map: { readonly [stored: string]: string | number } = {}): ReadonlyMap<string, readonly string[]> {
  const values = new Map<string, readonly string[]>();
  for (const [stored, stac] of Object.entries(map))
    values.set(String(stac), [...(values.get(String(stac)) ?? []), stored]);
  return values;
}

/** The properties of a service's rules that can be asked for, each once: rules with the same property are alternatives. */
function ruleQueryables(service: Service, all: Queryables): readonly RuleNamed[] {
  const found = new Map<string, RuleNamed & { readonly source: string }>();
  for (const rule of service.stac ?? []) {
    for (const [name, property] of Object.entries(rule.properties)) {
      const source = sourceOf(property);
      if (source === null || !('from' in property)) continue;
      const real = all.resolve(source.startsWith('field:') ? `${service.name}:${source.slice(6)}` : source);
      const known = found.get(name);
      if (real === undefined || (known !== undefined && known.source !== source)) continue;
      const where = whereOf(service, rule);
      found.set(name, {
        name,
        source,
        queryable: { ...real, name: `stac:${service.name}:${name}` },
        values: stacValues(property, service),
        binding: {
          name: real.name,
          where: known?.binding.where ? anyOf([known.binding.where, where]) : where,
          values: inverted(property.map),
        },
      });
    }
  }
  return [...found.values()];
}

/**
 * Properties that no item here has, but that clients and validators ask every catalogue for: those of optical images (`eo:cloud_cover`),
 * which are numbers, and the mission.
 */
function absentQueryable(name: string): Queryable | undefined {
  const type = /^(?:eo|view):[a-z_]{1,40}$/.test(name) ? 'number' : name === 'mission' ? 'text' : null;
  if (type === null) return undefined;
  return { name: ABSENT + name, type, title: {}, schema: {}, sort: null, field: null, aliases: [] };
}

export function createStacQueryables(all: Queryables, services: readonly Service[]): StacQueryables {
  const rules = new Map(services.map((service) => [service.name, ruleQueryables(service, all)]));
  const everyRule = [...rules.values()].flat();
  // A name that every record has stays what it is everywhere; only its values are worded otherwise.
  const special = everyRule.filter(({ name }) => !Object.hasOwn(COMMON, name));
  const common = Object.entries(COMMON).flatMap(([name, canonical]): Named[] => {
    const queryable = all.resolve(canonical);
    if (queryable === undefined) return [];
    const values = name === 'processing:level' ? Object.values(PROCESSING_LEVELS) : (queryable.values ?? []);
    return [{ name, queryable, values }];
  });
  const byName = new Map([...special, ...common].reverse().map(({ name, queryable }) => [name, queryable]));

  const resolver = (service: string | null): Queryables => {
    const ofService = special.filter(({ queryable }) => queryable.name.startsWith(`stac:${service}:`));
    const own = new Map(ofService.map(({ name, queryable }) => [name, queryable]));
    return {
      all: all.all,
      of: all.of,
      resolve(written, namespaces) {
        const name = written.replace(/^properties\./, '');
        const found = own.get(name) ?? byName.get(name) ?? all.resolve(name, namespaces);
        const inService = service === null ? undefined : all.resolve(`${service}:${name}`, namespaces);
        return found ?? inService ?? absentQueryable(name);
      },
    };
  };
  const scoped = new Map([null, ...services.map(({ name }) => name)].map((name) => [name, resolver(name)]));

  return {
    resolver: (service) => scoped.get(service) ?? resolver(service),
    bindings: bindingsOf(everyRule, special),
    document: (id, title, service, language) => ({
      $schema: SCHEMA_DIALECT,
      $id: id,
      type: 'object',
      title,
      properties: properties(
        [...common, ...(service === null ? [] : [...(rules.get(service) ?? []), ...ownFields(all, service)])],
        language,
      ),
      additionalProperties: false,
    }),
  };
}

function bindingsOf(rules: readonly RuleNamed[], special: readonly RuleNamed[]): ReadonlyMap<string, Binding> {
  const bindings = new Map(special.map(({ queryable, binding }) => [queryable.name, binding]));
  const reworded = (name: string, values: Binding['values']): void => {
    const known = bindings.get(name)?.values ?? [];
    bindings.set(name, { name, where: null, values: new Map([...values, ...known]) });
  };
  for (const rule of rules) if (!special.includes(rule)) reworded(rule.binding.name, rule.binding.values);
  reworded('productLevel', inverted(PROCESSING_LEVELS));
  return bindings;
}

function ownFields(all: Queryables, service: string): readonly Named[] {
  return all.of(service).flatMap((queryable): Named[] => {
    if (queryable.field === null) return [];
    return [{ name: `${service}:${queryable.field.name}`, queryable, values: queryable.values ?? [] }];
  });
}

function properties(named: readonly Named[], language: Language): { readonly [name: string]: object } {
  const found: { [name: string]: object } = {};
  for (const { name, queryable, values } of named) {
    const { enum: _, ...schema } = queryable.schema;
    found[name] ??= {
      // One field may stand for several properties by tables of its values: its label is then that of none of them.
      title:
        named.filter((other) => other.queryable === queryable).length > 1
          ? name
          : inLanguage(queryable.title, language),
      ...schema,
      ...(values.length === 0 || queryable.type === 'texts' ? {} : { enum: values }),
    };
  }
  return found;
}
