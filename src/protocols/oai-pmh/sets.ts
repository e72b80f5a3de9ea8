// Sets for selective harvesting (OAI-PMH 2.0, 2.6): a hierarchy by `:`, each parent the union of its children, all from the mappings.
import type { Mappings } from '../../mapping/mappings.ts';
import type { HarvestHeader, HarvestSet } from '../../model/harvest.ts';
import { LEVELS, type Level, PRODUCT_LEVELS, type ProductLevel } from '../../model/record.ts';
import type { Service } from '../../model/service.ts';
import type { Localised } from '../../model/text.ts';

export interface SetDefinition {
  readonly spec: string;
  readonly name: Localised;
  readonly description?: Localised;
  readonly members: HarvestSet;
}

export interface Sets {
  /** In the order of the answer: each parent before its children. */
  readonly all: readonly SetDefinition[];
  readonly find: (spec: string) => SetDefinition | undefined;
  /** The innermost sets that an item is in. `today`: `YYYY-MM-DD`. */
  readonly specsOf: (item: HarvestHeader, today: string) => readonly string[];
}

/** OpenAIRE's name for the set of research data. */
const OPENAIRE = 'openaire_data';
const DATA_LEVELS: readonly Level[] = ['dataset', 'series'];
const INSPIRE_THEME = /^https?:\/\/inspire\.ec\.europa\.eu\/theme\/([\w-]+)$/;
const SPEC_PART = /^[\w\-.!~*'()]+$/;

const LEVEL_NAMES: { readonly [L in Level]: Localised } = {
  dataset: { en: 'Data sets', fr: 'Jeux de données' },
  series: { en: 'Observation services', fr: 'Services d’observation' },
  service: { en: 'Web services', fr: 'Services web' },
};
const PRODUCT_NAMES: { readonly [L in ProductLevel]: Localised } = {
  raw: { en: 'Raw data', fr: 'Données brutes' },
  validated: { en: 'Validated data', fr: 'Données validées' },
  product: { en: 'Products', fr: 'Produits' },
};
const PARENT_NAMES = {
  service: { en: 'By observation service', fr: 'Par service d’observation' },
  type: { en: 'By kind of resource', fr: 'Par type de ressource' },
  acquisition: { en: 'By acquisition', fr: 'Par acquisition' },
  format: { en: 'By storage format', fr: 'Par format de stockage' },
  theme: { en: 'By INSPIRE theme', fr: 'Par thème INSPIRE' },
  level: { en: 'By level of processing', fr: 'Par niveau de traitement' },
  access: { en: 'By access', fr: 'Par accès' },
  partner: { en: 'By partner', fr: 'Par partenaire' },
} as const satisfies { readonly [group: string]: Localised };
type Group = keyof typeof PARENT_NAMES;
type Child = Omit<SetDefinition, 'spec'> & { readonly part: string };

const themesOf = (service: Service) =>
  service.themes.flatMap(({ uri, label }) => {
    const code = INSPIRE_THEME.exec(uri)?.[1];
    return code === undefined ? [] : [{ part: code, name: label }];
  });
const partnersOf = (service: Service) => service.partners.map((part) => ({ part, name: { en: part, fr: part } }));

/** One set for each value that the services have, in order of value; its members are the records of those services. */
function byService(
  services: readonly Service[],
  valuesOf: (service: Service) => readonly { readonly part: string; readonly name: Localised }[],
): readonly Child[] {
  const found = new Map<string, { name: Localised; services: string[] }>();
  for (const service of services) {
    for (const { part, name } of valuesOf(service)) {
      const entry = found.get(part);
      if (entry) entry.services.push(service.name);
      else found.set(part, { name, services: [service.name] });
    }
  }
  return [...found]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([part, { name, services: names }]) => ({ part, name, members: { kind: 'services', services: names } }));
}

/** The union of sets of one kind. */
function unionOf(children: readonly Child[]): HarvestSet {
  const members = children.map((child) => child.members);
  const [first = { kind: 'services', services: [] } as const] = members;
  const all = <T>(pick: (set: HarvestSet) => readonly T[]): readonly T[] => [...new Set(members.flatMap(pick))];
  switch (first.kind) {
    case 'services':
      return { kind: 'services', services: all((set) => (set.kind === 'services' ? set.services : [])) };
    case 'levels':
      return { kind: 'levels', levels: all((set) => (set.kind === 'levels' ? set.levels : [])) };
    case 'productLevels':
      return { kind: 'productLevels', productLevels: PRODUCT_LEVELS };
    case 'acquisitions':
    case 'formats':
      return { kind: first.kind, codes: all((set) => (set.kind === first.kind ? set.codes : [])) };
    case 'open':
      return first;
  }
}

function groupsOf({ services, codes }: Pick<Mappings, 'services' | 'codes'>): {
  readonly [G in Group]: readonly Child[];
} {
  return {
    service: services.map(({ name, title, abstract }) => ({
      part: name,
      name: title,
      description: abstract,
      members: { kind: 'services', services: [name] },
    })),
    type: LEVELS.map((level) => ({
      part: level,
      name: LEVEL_NAMES[level],
      members: { kind: 'levels', levels: [level] },
    })),
    acquisition: codes.acquisition.map(({ code, name, label }) => ({
      part: name,
      name: label,
      members: { kind: 'acquisitions', codes: [code] },
    })),
    format: codes.format.map(({ code, name, label }) => ({
      part: name,
      name: label,
      members: { kind: 'formats', codes: [code] },
    })),
    theme: byService(services, themesOf),
    level: PRODUCT_LEVELS.map((level) => ({
      part: level,
      name: PRODUCT_NAMES[level],
      members: { kind: 'productLevels', productLevels: [level] },
    })),
    access: [{ part: 'open', name: { en: 'Open data', fr: 'Données ouvertes' }, members: { kind: 'open' } }],
    partner: byService(services, partnersOf),
  };
}

/** Is the item's data for everybody? Deleted ones stay in the set, so that its harvesters are told. */
function isOpen({ deleted, authorization, embargoUntil }: HarvestHeader, today: string): boolean {
  return deleted || (authorization === 0 && (embargoUntil === null || embargoUntil <= today));
}

/** Specs of an item by the lists of codes that it is in; what a service gives is made once. */
function createSpecsOf({ services, codes }: Pick<Mappings, 'services' | 'codes'>): Sets['specsOf'] {
  const specs = (group: Group, parts: readonly { readonly part: string }[]): readonly string[] =>
    parts.filter(({ part }) => SPEC_PART.test(part)).map(({ part }) => `${group}:${part}`);
  const ofService = new Map(
    services.map((service) => [
      service.name,
      {
        own: specs('service', [{ part: service.name }]),
        shared: [...specs('theme', themesOf(service)), ...specs('partner', partnersOf(service))],
      },
    ]),
  );
  const named = (group: Group, list: readonly { readonly code: number; readonly name: string }[]) =>
    new Map(list.map(({ code, name }) => [code, specs(group, [{ part: name }])]));
  const acquisitions = named('acquisition', codes.acquisition);
  const formats = named('format', codes.format);
  return (item, today) => {
    const service = ofService.get(item.service);
    return [
      ...(service?.own ?? []),
      `type:${item.level}`,
      ...((item.acquisition === null ? undefined : acquisitions.get(item.acquisition)) ?? []),
      ...((item.format === null ? undefined : formats.get(item.format)) ?? []),
      ...(service?.shared ?? []),
      ...(item.productLevel === null ? [] : [`level:${item.productLevel}`]),
      ...(isOpen(item, today) ? ['access:open'] : []),
      ...(DATA_LEVELS.includes(item.level) ? [OPENAIRE] : []),
    ];
  };
}

export function createSets(mappings: Pick<Mappings, 'services' | 'codes'>): Sets {
  const groups = groupsOf(mappings);
  const all: SetDefinition[] = [];
  for (const group of Object.keys(PARENT_NAMES) as readonly Group[]) {
    const children = groups[group].filter(({ part }) => SPEC_PART.test(part));
    if (children.length === 0) continue;
    all.push({ spec: group, name: PARENT_NAMES[group], members: unionOf(children) });
    for (const { part, ...definition } of children) all.push({ spec: `${group}:${part}`, ...definition });
  }
  const openaire = { en: 'Research data for OpenAIRE', fr: 'Données de recherche pour OpenAIRE' };
  all.push({ spec: OPENAIRE, name: openaire, members: { kind: 'levels', levels: DATA_LEVELS } });
  const bySpec = new Map(all.map((definition) => [definition.spec, definition]));
  return { all, find: (spec) => bySpec.get(spec), specsOf: createSpecsOf(mappings) };
}
