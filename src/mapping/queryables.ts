// The one table of queryables: the common properties and each service's own fields, found by any of their names.
import type { Namespaces, Queryable, Queryables, QueryableType } from '../model/queryable.ts';
import type { FieldDefinition, FieldType, Service } from '../model/service.ts';
import type { Mappings } from './mappings.ts';
import { plainName } from './queryable-names.ts';
import { COMMON_QUERYABLES, type CommonQueryable } from './queryable-table.ts';

type Schema = Queryable['schema'];
const lower = (name: string): string => name.toLowerCase();

const SCHEMAS: { readonly [T in QueryableType]: Schema } = {
  text: { type: 'string' },
  texts: { type: 'array', items: { type: 'string' } },
  number: { type: 'number' },
  integer: { type: 'integer' },
  boolean: { type: 'boolean' },
  instant: { type: 'string', format: 'date-time' },
  period: { type: 'string', format: 'date-time' },
  geometry: { format: 'geometry-any', 'x-ogc-role': 'primary-geometry' },
  words: { type: 'string' },
};

const TYPES: { readonly [T in FieldType]: QueryableType } = {
  text: 'text',
  integer: 'integer',
  number: 'number',
  boolean: 'boolean',
  date: 'instant',
  datetime: 'instant',
};

/**
 * The table of the catalogue. A field's bare name stands for all services that have it, where their types agree (integer beside number is
 * number) and no common property has that name or bare alias; `{service}:{field}` always stands for the one service's.
 */
export function createQueryables(mappings: Pick<Mappings, 'services'>): Queryables {
  const common = COMMON_QUERYABLES.map(commonQueryable);
  const taken = new Set(
    common.flatMap(({ name, aliases }) => [name, ...aliases.filter((alias) => !alias.includes(':'))].map(lower)),
  );
  const shared = sharedFields(mappings.services).filter((field) => !taken.has(lower(field.name)));
  const byService = new Map(mappings.services.map((service) => [service.name, ownQueryables(service)]));
  const byName = namesOf(common, shared, [...byService.values()].flat());
  const bareFields = new Set(shared.map((field) => field.name));
  return {
    all: [...common, ...shared],
    of: (service) => [
      ...common,
      ...(byService.get(service) ?? []).map((own) =>
        // The bare name where it means the same in a search of this service alone.
        bareFields.has(own.field?.name ?? '') ? { ...own, name: own.field?.name ?? own.name } : own,
      ),
    ],
    resolve: (name, namespaces) => resolve(byName, name, namespaces),
  };
}

function resolve(
  byName: ReadonlyMap<string, Queryable>,
  written: string,
  namespaces?: Namespaces,
): Queryable | undefined {
  const exact = byName.get(written.toLowerCase());
  if (exact !== undefined && (namespaces === undefined || !written.includes(':'))) return exact;
  const plain = plainName(written, namespaces);
  if (plain === undefined) return exact;
  const qualified = plain.prefix === null ? undefined : byName.get(`${plain.prefix}:${plain.local}`);
  return qualified ?? byName.get(plain.local);
}

function commonQueryable({ name, type, title, aliases, sort, unit, values, schema }: CommonQueryable): Queryable {
  return {
    name,
    type,
    title,
    schema: {
      ...(schema?.type === undefined ? SCHEMAS[type] : {}),
      ...schema,
      ...(values === undefined || type === 'texts' ? {} : { enum: values }),
      ...(unit === undefined ? {} : { 'x-ogc-unit': unit }),
    },
    sort: sort ?? null,
    field: null,
    aliases,
    ...(unit === undefined ? {} : { unit }),
    ...(values === undefined ? {} : { values }),
  };
}

function fieldQueryable(name: string, type: QueryableType, field: FieldDefinition, services: string[]): Queryable {
  const { unit, values, label } = field;
  return {
    name,
    type,
    title: label,
    schema: {
      ...SCHEMAS[type],
      ...(values === undefined ? {} : { enum: values }),
      ...(unit === undefined ? {} : { 'x-ogc-unit': unit }),
    },
    sort: null,
    field: { name: field.name, services },
    aliases: [],
    ...(unit === undefined ? {} : { unit }),
    ...(values === undefined ? {} : { values }),
  };
}

const queryableFields = (service: Service): readonly FieldDefinition[] =>
  service.fields.filter((field) => field.queryable);

function ownQueryables(service: Service): readonly Queryable[] {
  return queryableFields(service).map((field) =>
    fieldQueryable(`${service.name}:${field.name}`, TYPES[field.type], field, [service.name]),
  );
}

/** Fields by bare name, with the services that have them; none where the types disagree. */
function sharedFields(services: readonly Service[]): readonly Queryable[] {
  const found = new Map<string, { field: FieldDefinition; services: string[] }[]>();
  for (const service of services)
    for (const field of queryableFields(service)) {
      const uses = found.get(field.name);
      if (uses === undefined) found.set(field.name, [{ field, services: [service.name] }]);
      else uses.push({ field, services: [service.name] });
    }
  return [...found].flatMap(([name, uses]) => {
    const type = commonType(uses.map(({ field }) => TYPES[field.type]));
    if (type === null) return [];
    const values = uses.every(({ field }) => field.values !== undefined)
      ? [...new Set(uses.flatMap(({ field }) => field.values ?? []))]
      : undefined;
    const { values: _, ...first } = uses[0]!.field;
    const field = values === undefined ? first : { ...first, values };
    return [
      fieldQueryable(
        name,
        type,
        field,
        uses.flatMap((use) => use.services),
      ),
    ];
  });
}

function commonType(types: readonly QueryableType[]): QueryableType | null {
  const different = [...new Set(types)];
  if (different.length === 1) return different[0]!;
  return different.every((type) => type === 'integer' || type === 'number') ? 'number' : null;
}

/** Canonical names first, then aliases, then the aliases' local names. */
function namesOf(
  common: readonly Queryable[],
  shared: readonly Queryable[],
  own: readonly Queryable[],
): ReadonlyMap<string, Queryable> {
  const byName = new Map<string, Queryable>();
  const add = (name: string, queryable: Queryable): void => {
    const key = name.toLowerCase();
    if (!byName.has(key)) byName.set(key, queryable);
  };
  for (const queryable of [...common, ...shared, ...own]) add(queryable.name, queryable);
  for (const queryable of common) for (const alias of queryable.aliases) add(alias, queryable);
  for (const queryable of common)
    for (const alias of queryable.aliases) add(alias.slice(alias.indexOf(':') + 1), queryable);
  return byName;
}
