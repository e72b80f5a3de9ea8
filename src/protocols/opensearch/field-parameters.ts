// A service's own queryable fields as parameters: by the EO name that the service gives them (OGC 13-026r9), else by a name of our own.
import { fieldConditions } from '../../catalogue/asked-field.ts';
import type { FieldCondition } from '../../model/query.ts';
import type { FieldDefinition, Service } from '../../model/service.ts';
import type { SearchParameter } from './search-parameter.ts';

/** Parameters of OGC 13-026r9 (tables 5 and 6) that a field of a service may stand for, in small letters. */
const EO_NAMES = [
  'productType',
  'acquisitionType',
  'orbitNumber',
  'orbitDirection',
  'track',
  'frame',
  'swathIdentifier',
  'cloudCover',
  'snowCover',
  'productVersion',
  'processorName',
  'processingCenter',
  'processingDate',
  'sensorMode',
  'archivingCenter',
  'acquisitionStation',
  'acquisitionSubType',
  'polarisationMode',
  'polarisationChannels',
  'antennaLookDirection',
  'minimumIncidenceAngle',
  'maximumIncidenceAngle',
] as const;

export type FieldParameters = { readonly [property: `field:${string}`]: SearchParameter<readonly FieldCondition[]> };

/** `eruptive_style` as `eruptiveStyle`: clients look for template names of letters alone, digits become letters. */
export function templateName(field: string): string {
  const spelled = field.replace(
    /[0-9]/g,
    (digit) => `_${'zero one two three four five six seven eight nine'.split(' ')[Number(digit)]}_`,
  );
  const [first = 'field', ...others] = spelled.split(/[^A-Za-z]+/).filter((part) => part !== '');
  return first + others.map((part) => part.charAt(0).toUpperCase() + part.slice(1)).join('');
}

function templateOf(service: Service, field: FieldDefinition): string {
  for (const [property, source] of Object.entries(service.resto?.properties ?? {})) {
    if (!('from' in source) || source.map !== undefined) continue;
    const name = EO_NAMES.find((known) => known === property);
    if (name !== undefined && source.from === `field:${field.name}`) return `eo:${name}`;
  }
  const own = templateName(field.name);
  const same = EO_NAMES.find((known) => known === own);
  return same === undefined ? `vobs:${own}` : `eo:${same}`;
}

/** Values of a field are many: only short closed ones become Options. */
function choicesOf(field: FieldDefinition): Pick<SearchParameter<unknown>, 'choices'> {
  if (field.type === 'boolean') return { choices: { fixed: ['true', 'false'] } };
  return field.type === 'text' || field.values !== undefined ? { choices: { field: field.name } } : {};
}

/** Keys and template names of the parameters that every search has. */
export interface Taken {
  readonly names: ReadonlySet<string>;
  readonly templates: ReadonlySet<string>;
}

/** The parameters of a service's queryable fields. A field whose name is taken is asked as `{service}.{name}`. */
export function fieldParameters(service: Service, taken: Taken): FieldParameters {
  const parameters: { [property: `field:${string}`]: SearchParameter<readonly FieldCondition[]> } = {};
  const templates = new Set(taken.templates);
  for (const field of service.fields) {
    if (!field.queryable) continue;
    const wanted = templateOf(service, field);
    const template = templates.has(wanted) ? `vobs:${templateName(`${service.name}_${field.name}`)}` : wanted;
    templates.add(template);
    const unit = field.unit === undefined ? '' : ` (${field.unit})`;
    parameters[`field:${field.name}`] = {
      name: taken.names.has(field.name) ? `${service.name}.${field.name}` : field.name,
      template,
      parse: (text) => fieldConditions(field, text),
      doc: {
        en: `${field.label.en ?? field.name}${unit}`,
        fr: `${field.label.fr ?? field.label.en ?? field.name}${unit}`,
      },
      ...choicesOf(field),
    };
  }
  return parameters;
}
