// The parameters of a search, declared once for each collection and for all together: they read the request and describe themselves in the
// OSDD. Names are those of resto 2.x, with the spellings of PEPS and SARA as further keys.
import { fieldConditions } from '../../catalogue/asked-field.ts';
import type { FieldDefinition } from '../../model/service.ts';
import type { Collection } from './collections.ts';
import { COMMON_PARAMETERS } from './common-parameters.ts';
import { fieldFilter, propertyFilter } from './conditions.ts';
import { of, type ParameterSet, type RestoParameter } from './parameter.ts';
import { EO_PROPERTIES } from './properties.ts';

function ownParameter(collection: Collection, field: FieldDefinition): RestoParameter {
  const unit = field.unit === undefined ? '' : ` (${field.unit})`;
  const doc = {
    en: `${field.label.en ?? field.name}${unit}`,
    fr: `${field.label.fr ?? field.label.en ?? field.name}${unit}`,
  };
  const template = `resto:${field.name}`;
  if (field.type === 'text' || field.type === 'number' || field.type === 'integer') {
    const kind = field.type === 'text' ? 'text' : 'number';
    return of(
      field.name,
      template,
      (value) => ({ kind: 'filter', filter: fieldFilter(collection, field.name, kind, value) }),
      doc,
      {
        ...(kind === 'text' ? { optionsOf: { field: field.name } } : {}),
      },
    );
  }
  return of(field.name, template, (value) => ({ kind: 'fields', conditions: fieldConditions(field, value) }), doc);
}

/** The parameters of a search in these collections; one collection has its own fields besides. */
export function createParameters(collections: readonly Collection[]): ParameterSet {
  const eo = EO_PROPERTIES.map((property) =>
    of(
      property.name,
      property.template,
      (value) => ({ kind: 'filter', filter: propertyFilter(collections, property, value) }),
      property.doc,
      {
        ...(property.aliases === undefined ? {} : { aliases: property.aliases }),
        ...(property.kind === 'text' ? { optionsOf: { property: property.name } } : {}),
      },
    ),
  );
  const table: { [key: string]: RestoParameter } = {};
  const taken = new Set<string>(['collection']);
  const add = (parameter: RestoParameter): void => {
    table[parameter.name] = parameter;
    for (const key of [parameter.name, ...(parameter.aliases ?? [])]) taken.add(key);
  };
  for (const parameter of [...COMMON_PARAMETERS, ...eo]) add(parameter);
  const [only] = collections;
  if (collections.length !== 1 || only === undefined) return table;
  for (const [name, source] of only.sources) {
    // Further properties of the file's `resto` part: slaveOrbitNumber, ambiguityHeight.
    if (taken.has(name) || !('from' in source)) continue;
    if (['startDate', 'completionDate', 'license', 'title'].includes(name)) continue;
    const field = only.service.fields.find((known) => `field:${known.name}` === source.from);
    const numeric = field?.type === 'integer' || field?.type === 'number';
    const property = {
      name,
      template: `resto:${name}`,
      kind: numeric ? 'number' : 'text',
      doc: field?.label ?? {},
    } as const;
    add(
      of(
        name,
        property.template,
        (value) => ({ kind: 'filter', filter: propertyFilter(collections, property, value) }),
        property.doc,
      ),
    );
  }
  for (const field of only.service.fields)
    if (field.queryable && !taken.has(field.name)) add(ownParameter(only, field));
  return table;
}
