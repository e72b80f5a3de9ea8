// The parameters of an old address, as the service's file declares them, read into the limits of one search. No service has code here.
// A parameter that is absent or empty limits nothing; `timestart` or `timeend` alone asks an open period. A record is listed when its own
// period and the asked one have an instant in common, ends included, so that a record that began earlier and goes on is found.
import { SEARCH_LIMITS } from '../../catalogue/limits.ts';
import { parseBracketedBox } from '../../formats/syntax/box.ts';
import { type DateTime, parseDateTime, printDateTime } from '../../formats/syntax/datetime.ts';
import { parseDecimal, parseInteger } from '../../formats/syntax/number.ts';
import { EPOS_PAYLOADS, type EposPayload } from '../../formats/writers/epos-geojson.ts';
import type { Parameter } from '../../http/parameters.ts';
import { SyntaxFault } from '../../model/errors.ts';
import type { Box } from '../../model/geometry.ts';
import type { FieldCondition } from '../../model/query.ts';
import type { FieldDefinition, OldParameter, Service } from '../../model/service.ts';

/** What one given parameter asks. */
export type Limit =
  | { readonly kind: 'begin' | 'end'; readonly moment: DateTime }
  | { readonly kind: 'box'; readonly box: Box | null }
  | {
      readonly kind: 'bound';
      readonly axis: 'elevation' | 'longitude' | 'latitude';
      readonly side: 'min' | 'max' | 'equals';
      readonly value: number;
    }
  | { readonly kind: 'field'; readonly condition: FieldCondition }
  | { readonly kind: 'instrument' | 'platform'; readonly value: string }
  | { readonly kind: 'count' | 'page' | 'index'; readonly value: number }
  | { readonly kind: 'payload'; readonly payload: EposPayload }
  | { readonly kind: 'nothing' };

const LONGEST_TEXT = 200;
// Both together with the greatest count stay below what a search passes over.
const MOST_INDEX = SEARCH_LIMITS.offset / 2;
const MOST_PAGES = MOST_INDEX / SEARCH_LIMITS.page;
const NOTHING: Limit = Object.freeze({ kind: 'nothing' });

/** The period that every service's own address has, whatever its file says. */
const PERIOD: readonly OldParameter[] = [
  {
    name: 'timestart',
    target: 'begin',
    operator: 'min',
    type: 'datetime',
    required: false,
    label: {
      en: 'Start of the period, RFC 3339; alone: open end',
      fr: 'Début de la période, RFC 3339 ; seul : fin ouverte',
    },
  },
  {
    name: 'timeend',
    target: 'end',
    operator: 'max',
    type: 'datetime',
    required: false,
    label: {
      en: 'End of the period, RFC 3339; alone: open start',
      fr: 'Fin de la période, RFC 3339 ; seule : début ouvert',
    },
  },
];

/** The form of the answer, which every address has, whatever its file says. */
const FORMAT: OldParameter = {
  name: 'format',
  target: 'format',
  operator: 'equals',
  type: 'text',
  required: false,
  values: EPOS_PAYLOADS.map(({ mediaType }) => mediaType),
  label: { en: 'Format of the answer', fr: 'Format de la réponse' },
};

/** Parameters of `/rest2/req.php/{service}`: those of the file, and the period where the file names it otherwise. */
export function parametersOf(service: Service): readonly OldParameter[] {
  const own = service.old.parameters;
  return withFormat([...PERIOD.filter(({ name }) => !own.some((parameter) => parameter.name === name)), ...own]);
}

/** With the form of the answer, unless the address has a parameter of that name. */
export function withFormat(parameters: readonly OldParameter[]): readonly OldParameter[] {
  return parameters.some(({ name }) => name === FORMAT.name) ? parameters : [...parameters, FORMAT];
}

/** The parameter as the request reader takes it; `parse` throws SyntaxFault for what the parameter does not allow. */
export function readerOf(service: Service, parameter: OldParameter): Parameter<Limit> {
  return {
    name: parameter.name,
    doc: parameter.label ?? {},
    parse: (text) => limitOf(service, parameter, text.trim()),
  };
}

function limitOf(service: Service, parameter: OldParameter, text: string): Limit {
  const { target, operator } = parameter;
  switch (target) {
    case 'begin':
    case 'end':
      return { kind: target, moment: parseDateTime(text) };
    case 'box':
      return { kind: 'box', box: parseBracketedBox(text) };
    case 'elevation':
    case 'longitude':
    case 'latitude':
      return { kind: 'bound', axis: target, side: sideOf(operator), value: numberOf(parameter, text) };
    case 'instrument':
    case 'platform':
      return { kind: target, value: textOf(text) };
    case 'count':
      return {
        kind: target,
        value: parseInteger(text, { min: parameter.min ?? 1, max: parameter.max ?? SEARCH_LIMITS.page }),
      };
    case 'page':
      return { kind: target, value: parseInteger(text, { min: parameter.min ?? 1, max: parameter.max ?? MOST_PAGES }) };
    case 'index':
      return { kind: target, value: parseInteger(text, { min: parameter.min ?? 0, max: parameter.max ?? MOST_INDEX }) };
    case 'format':
      return formatOf(text);
    default:
      return fieldLimit(service, parameter, text);
  }
}

function sideOf(operator: OldParameter['operator']): 'min' | 'max' | 'equals' {
  return operator === 'min' || operator === 'max' ? operator : 'equals';
}

/** The answer's form, by its short name or media type, whose `+` may have become a blank on the way. */
function formatOf(text: string): Limit {
  const wanted = text.replaceAll(' ', '+').toLowerCase();
  const payload = EPOS_PAYLOADS.find(({ id, mediaType }) => id === wanted || mediaType === wanted);
  if (payload !== undefined) return { kind: 'payload', payload };
  const list = EPOS_PAYLOADS.map(({ mediaType }) => mediaType).join(', ');
  throw new SyntaxFault(`must be one of: ${list}`, `doit être l’une des valeurs : ${list}`);
}

function fieldLimit(service: Service, parameter: OldParameter, text: string): Limit {
  const field = parameter.target.replace(/^field:/, '');
  const definition = service.fields.find((entry) => entry.name === field);
  if (parameter.operator === 'flag') {
    return flagOf(text) ? { kind: 'field', condition: { field, operator: 'equals', value: true } } : NOTHING;
  }
  const value = valueFor(parameter, definition, text);
  return { kind: 'field', condition: { field, operator: parameter.operator, value } };
}

function flagOf(text: string): boolean {
  const folded = text.toLowerCase();
  if (folded === 'true' || folded === '1') return true;
  if (folded === 'false' || folded === '0') return false;
  throw new SyntaxFault('must be true or false', 'doit être true ou false');
}

function valueFor(
  parameter: OldParameter,
  definition: FieldDefinition | undefined,
  text: string,
): string | number | boolean {
  switch (parameter.type) {
    case 'integer':
    case 'number':
      return numberOf(parameter, text);
    case 'boolean':
      return flagOf(text);
    case 'date':
    case 'datetime': {
      const moment = parseDateTime(text);
      const printed = printDateTime(parameter.operator === 'max' ? moment.end : moment.start);
      return parameter.type === 'date' ? printed.slice(0, 10) : printed;
    }
    default:
      return closedValue(definition?.values, textOf(text));
  }
}

function numberOf(parameter: OldParameter, text: string): number {
  const bounds = {
    ...(parameter.min === undefined ? {} : { min: parameter.min }),
    ...(parameter.max === undefined ? {} : { max: parameter.max }),
  };
  return parameter.type === 'integer' ? parseInteger(text, bounds) : parseDecimal(text, bounds);
}

function textOf(text: string): string {
  if (text.length <= LONGEST_TEXT) return text;
  throw new SyntaxFault(
    `must have at most ${LONGEST_TEXT} characters`,
    `doit avoir au plus ${LONGEST_TEXT} caractères`,
  );
}

/**
 * Only a field whose own list of values is closed refuses others: what a form proposes (`values` of the parameter) may grow old,
 * while the data get new tracks and beams.
 */
function closedValue(values: readonly string[] | undefined, text: string): string {
  if (values === undefined) return text;
  const found = values.find((value) => value.toLowerCase() === text.toLowerCase());
  if (found !== undefined) return found;
  const list = values.join(', ');
  throw new SyntaxFault(`must be one of: ${list}`, `doit être l’une des valeurs : ${list}`);
}
