// Options of the OSDD's parameters: the values that occur among the records that the viewer sees (Parameter extension 1.0).
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import { codeOf } from '../../model/codes.ts';
import { EVERYTHING, type FacetName, type Facets } from '../../model/query.ts';
import type { Service } from '../../model/service.ts';
import { inLanguage, LANGUAGES, type Language } from '../../model/text.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { Table } from './request.ts';
import { defaultLevels, type Scope } from './scope.ts';
import type { SearchParameter } from './search-parameter.ts';

export interface Option {
  readonly value: string;
  readonly label: string;
}
/** By the parameter's key. */
export type Choices = ReadonlyMap<string, readonly Option[]>;

/** A list of Options is closed: a field that takes more values than this gets none. */
const MOST_OPTIONS = 60;
const LANGUAGE_NAMES: { readonly [L in Language]: string } = { en: 'English', fr: 'français' };

function servicesIn(scope: Scope, mappings: Mappings): readonly Service[] {
  return scope.kind === 'service' ? [scope.service] : mappings.services;
}

/** A facet's value as a caller writes it, with what it means. */
function facetOption(facet: FacetName, value: string, scope: Scope, mappings: Mappings, language: Language): Option {
  const { codes } = mappings;
  if (facet === 'format' || facet === 'acquisition' || facet === 'authorization') {
    const list: readonly { code: number; name: string; label: { en?: string; fr?: string } }[] = codes[facet];
    const entry = codeOf(list, Number(value));
    return { value: entry?.name ?? value, label: inLanguage(entry?.label, language) || value };
  }
  if (facet === 'instrument') {
    for (const service of servicesIn(scope, mappings)) {
      const instrument = service.instruments.find(({ id }) => id === value);
      if (instrument) return { value, label: inLanguage(instrument.title, language) || value };
    }
  }
  return { value, label: value };
}

function listed(list: 'platforms' | 'services' | 'languages', scope: Scope, mappings: Mappings, language: Language) {
  const options = new Map<string, Option>();
  const add = (value: string, label: string): void => void options.set(value, { value, label: label || value });
  if (list === 'languages') for (const code of LANGUAGES) add(code, LANGUAGE_NAMES[code]);
  for (const service of servicesIn(scope, mappings)) {
    if (list === 'services')
      add(`${mappings.site.identifierPrefix}:${service.name}`, inLanguage(service.title, language));
    if (list === 'platforms') for (const { id, title } of service.platforms) add(id, inLanguage(title, language));
  }
  return [...options.values()];
}

/** Gives the function that collects the Options of a scope's parameters. */
export function createChoices(
  catalogue: Catalogue,
  mappings: Mappings,
): (scope: Scope, table: Table, viewer: Viewer, language: Language) => Promise<Choices> {
  async function ofField(service: Service, field: string, viewer: Viewer): Promise<readonly Option[]> {
    const values = await catalogue.fieldValues(service.name, field, viewer, MOST_OPTIONS + 1);
    return values.length > MOST_OPTIONS ? [] : values.map(({ text }) => ({ value: text, label: text }));
  }

  return async (scope, table, viewer, language) => {
    const parameters = Object.values<SearchParameter<unknown>>(table);
    const facetNames = parameters.flatMap(({ choices }) => (choices && 'facet' in choices ? [choices.facet] : []));
    const services = scope.kind === 'service' ? [scope.service.name] : null;
    const query = { ...EVERYTHING, services, levels: defaultLevels(scope) };
    const facets: Facets = await catalogue.facets(query, facetNames, viewer);
    const found = new Map<string, readonly Option[]>();
    for (const { name, choices } of parameters) {
      let options: readonly Option[] = [];
      if (choices === undefined) continue;
      if ('fixed' in choices) options = choices.fixed.map((value) => ({ value, label: value }));
      else if ('list' in choices) options = listed(choices.list, scope, mappings, language);
      else if ('facet' in choices) {
        const values = facets[choices.facet] ?? [];
        options = values.map(({ value }) => facetOption(choices.facet, value, scope, mappings, language));
      } else if (scope.kind === 'service') options = await ofField(scope.service, choices.field, viewer);
      if (options.length > 0 && options.length <= MOST_OPTIONS * 4) found.set(name, options);
    }
    return found;
  };
}
