// What items can be asked for under the names that they carry (filter extension, /queryables): the common queryables of the catalogue by
// their STAC names, the properties of the service files' STAC rules, and the services' own fields as `{service}:{field}`.
import { PROCESSING_LEVELS } from '../../formats/writers/stac-item.ts';
import { stacValues } from '../../formats/writers/stac-rules.ts';
import type { Queryable, Queryables } from '../../model/queryable.ts';
import type { Service, StacProperty } from '../../model/service.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import { ABSENT, type ValueTable } from './stored-values.ts';
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

export interface StacQueryables {
  /** Names are resolved as in items, then as anywhere in the catalogue; `service`: bare names of its own fields too. */
  readonly resolver: (service: string | null) => Queryables;
  readonly values: ValueTable;
  /** The document of all collections (null), or of one. `id`: its own address. */
  readonly document: (id: string, title: string, service: string | null, language: Language) => object;
}

/** A property that is one field or column of the record, word for word or by a table of texts. */
function sourceOf(property: StacProperty): string | null {
  if (!('from' in property) || typeof property.from !== 'string') return null;
  return Object.values(property.map ?? {}).every((value) => typeof value === 'string') ? property.from : null;
}

function ruleQueryables(service: Service, all: Queryables): readonly (Named & { readonly property: StacProperty })[] {
  const found: (Named & { readonly property: StacProperty })[] = [];
  for (const rule of service.stac ?? []) {
    for (const [name, property] of Object.entries(rule.properties)) {
      const source = sourceOf(property);
      const queryable = all.resolve(
        source?.startsWith('field:') ? `${service.name}:${source.slice(6)}` : (source ?? ''),
      );
      if (source === null || queryable === undefined || found.some((known) => known.name === name)) continue;
      found.push({ name, queryable, values: stacValues(property, service), property });
    }
  }
  return found;
}

/** STAC's value → those of the table, from the tables of replacements. */
function valueTable(rules: readonly { readonly queryable: Queryable; readonly property: StacProperty }[]): ValueTable {
  const table = new Map<string, Map<string, string[]>>();
  const add = (name: string, stac: string, stored: string): void => {
    const values = table.get(name) ?? new Map<string, string[]>();
    const known = values.get(stac) ?? [];
    if (!known.includes(stored)) values.set(stac, [...known, stored]);
    table.set(name, values);
  };
  for (const [stored, stac] of Object.entries(PROCESSING_LEVELS)) add('productLevel', stac, stored);
  for (const { queryable, property } of rules) {
    if (!('map' in property) || property.map === undefined) continue;
    for (const [stored, stac] of Object.entries(property.map)) {
      add(queryable.name, String(stac), stored);
      if (queryable.field !== null) add(queryable.field.name, String(stac), stored);
    }
  }
  return table;
}

/**
 * Extensions of optical images: no item here has them, but clients ask every catalogue for them (`eo:cloud_cover`). All of them are numbers.
 */
function absentQueryable(name: string): Queryable | undefined {
  if (!/^(?:eo|view):[a-z_]{1,40}$/.test(name)) return undefined;
  return { name: ABSENT + name, type: 'number', title: {}, schema: {}, sort: null, field: null, aliases: [] };
}

export function createStacQueryables(all: Queryables, services: readonly Service[]): StacQueryables {
  const rules = new Map(services.map((service) => [service.name, ruleQueryables(service, all)]));
  const everyRule = [...rules.values()].flat();
  const common = Object.entries(COMMON).flatMap(([name, canonical]): Named[] => {
    const queryable = all.resolve(canonical);
    if (queryable === undefined) return [];
    const values = name === 'processing:level' ? Object.values(PROCESSING_LEVELS) : (queryable.values ?? []);
    return [{ name, queryable, values }];
  });
  const byName = new Map([...everyRule, ...common].reverse().map(({ name, queryable }) => [name, queryable]));

  const resolver = (service: string | null): Queryables => {
    const own = new Map(
      (service === null ? [] : (rules.get(service) ?? [])).map(({ name, queryable }) => [name, queryable]),
    );
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
    values: valueTable(everyRule),
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
