// Queryables as parameters, `{name}={value}` for equality (19-079r2, clause 7.3): the same condition as `name = value` in a CQL2 filter.
import { parseDateTime } from '../../formats/syntax/datetime.ts';
import { parseDecimal, parseInteger } from '../../formats/syntax/number.ts';
import type { Parameter } from '../../http/parameters.ts';
import type { Schema } from '../../http/protocol.ts';
import { SyntaxFault } from '../../model/errors.ts';
import type { Filter, Term } from '../../model/filter.ts';
import type { Queryable } from '../../model/queryable.ts';

export type QueryableParameters = { readonly [property: `queryable:${string}`]: Parameter<Filter> };

const LONGEST = 300;

/** Kinds that are asked by parameters of their own (`q`, `bbox`, `datetime`). */
const OWN_PARAMETER = new Set(['words', 'geometry', 'period']);

function termOf({ type }: Queryable, text: string): Term {
  switch (type) {
    case 'number':
      return { kind: 'number', value: parseDecimal(text) };
    case 'integer':
      return { kind: 'number', value: parseInteger(text, { min: Number.MIN_SAFE_INTEGER }) };
    case 'boolean': {
      if (text !== 'true' && text !== 'false') {
        throw new SyntaxFault('true or false is wanted', 'true ou false est attendu');
      }
      return { kind: 'truth', value: text === 'true' };
    }
    case 'instant': {
      const { start, text: written } = parseDateTime(text);
      return { kind: 'moment', value: written.length === 10 ? written : new Date(start).toISOString() };
    }
    default:
      if (text.length > LONGEST) {
        throw new SyntaxFault(`at most ${LONGEST} characters are taken`, `au plus ${LONGEST} caractères sont acceptés`);
      }
      return { kind: 'text', value: text };
  }
}

/** Of one value, also where the queryable has several. */
function schemaOf({ type, schema }: Queryable): Schema {
  if (type === 'texts') return { type: 'string' };
  // A day is as good as a moment, which `format: date-time` would refuse.
  const { format, ...rest } = schema;
  return type === 'instant' ? rest : schema;
}

/** A parameter for each queryable whose name is not `taken`. */
export function queryableParameters(queryables: readonly Queryable[], taken: ReadonlySet<string>): QueryableParameters {
  const parameters: { [property: `queryable:${string}`]: Parameter<Filter> } = {};
  for (const queryable of queryables) {
    const { name, type, title, unit } = queryable;
    if (OWN_PARAMETER.has(type) || taken.has(name)) continue;
    const inUnit = unit === undefined ? '' : ` (${unit})`;
    parameters[`queryable:${name}`] = {
      name,
      parse: (text) => ({
        kind: 'compare',
        operator: 'equal',
        left: { kind: 'property', name },
        right: termOf(queryable, text),
      }),
      schema: schemaOf(queryable),
      doc: { en: `${title.en ?? name}${inUnit}`, fr: `${title.fr ?? title.en ?? name}${inUnit}` },
    };
  }
  return parameters;
}
