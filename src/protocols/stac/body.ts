// The members of a search by POST: the same as the parameters of GET, as JSON values instead of texts. Every wrong one is told at once.
import { parseTerms } from '../../catalogue/asked-terms.ts';
import { parseStrictInterval } from '../../formats/syntax/strict-interval.ts';
import { parseVolume } from '../../formats/syntax/volume.ts';
import { bodyText, readBody } from '../../http/body.ts';
import type { AppContext, Schema } from '../../http/protocol.ts';
import { AppError, type ParameterFault, SyntaxFault } from '../../model/errors.ts';
import { readFields } from './fields.ts';
import { checkedNames } from './parameters.ts';
import type { Written } from './request.ts';
import { CRS84, JSON_TYPE, MOST_BODY } from './vocabulary.ts';

function fault(en: string, fr: string): SyntaxFault {
  return new SyntaxFault(en, fr);
}

function texts(value: unknown): readonly string[] {
  if (Array.isArray(value) && value.every((each): each is string => typeof each === 'string')) {
    return checkedNames(value.filter((each) => each !== ''));
  }
  throw fault('a list of texts is wanted', 'une liste de textes est attendue');
}

function aText(value: unknown): string {
  if (typeof value === 'string' && value.length <= 20_000) return value;
  throw fault('a text is wanted', 'un texte est attendu');
}

function limit(value: unknown): number {
  if (typeof value === 'number' && Number.isInteger(value) && value >= 1) return value;
  throw fault('must be an integer ≥ 1', 'doit être un entier ≥ 1');
}

function numbers(value: unknown): readonly number[] {
  if (Array.isArray(value) && value.every((each): each is number => typeof each === 'number')) return value;
  throw fault('a list of numbers is wanted', 'une liste de nombres est attendue');
}

function oneText(allowed: readonly string[]): (value: unknown) => string {
  return (value) => {
    if (typeof value === 'string' && allowed.includes(value)) return value;
    const list = allowed.join(', ');
    throw fault(`must be one of: ${list}`, `doit être l’une des valeurs : ${list}`);
  };
}

const READERS: { readonly [member: string]: (value: unknown) => Partial<Written> } = {
  limit: (value) => ({ limit: limit(value) }),
  token: (value) => ({ token: aText(value) }),
  bbox: (value) => ({ bbox: parseVolume(numbers(value)) }),
  datetime: (value) => ({ datetime: parseStrictInterval(aText(value)) }),
  q: (value) => ({ q: parseTerms(typeof value === 'string' ? value.split(',') : texts(value)) }),
  intersects: (value) => ({ intersects: value }),
  ids: (value) => ({ ids: texts(value) }),
  collections: (value) => ({ collections: texts(value) }),
  query: (value) => ({ query: value }),
  filter: (value) => ({ filter: value }),
  'filter-lang': (value) => ({ filterLang: oneText(['cql2-json', 'cql2-text'])(value) }),
  'filter-crs': (value) => {
    oneText([CRS84])(value);
    return {};
  },
  sortby: (value) => ({ sortby: value }),
  fields: (value) => ({ fields: readFields(value) }),
  aggregations: (value) => ({ aggregations: typeof value === 'string' ? value.split(',') : texts(value) }),
};

/** Members that make no sense when counting. */
const OF_PAGES = ['limit', 'token', 'sortby', 'fields'];
const allowedMembers = (aggregate: boolean): readonly string[] =>
  Object.keys(READERS).filter((name) => (aggregate ? !OF_PAGES.includes(name) : name !== 'aggregations'));

async function readObject(ctx: AppContext): Promise<{ readonly [member: string]: unknown }> {
  const body = await readBody(ctx, MOST_BODY);
  if (!/^application\/(?:[\w.-]+\+)?json$/.test(body.mediaType)) {
    throw new AppError('unsupported-media-type', {
      detail: { en: `${JSON_TYPE} is wanted`, fr: `${JSON_TYPE} est attendu` },
    });
  }
  const detail = { en: 'the body must be one JSON object', fr: 'le corps doit être un objet JSON' };
  let value: unknown;
  try {
    value = JSON.parse(bodyText(body));
  } catch (cause) {
    throw cause instanceof AppError ? cause : new AppError('malformed-request', { detail, cause });
  }
  if (typeof value === 'object' && value !== null && !Array.isArray(value)) {
    return value as { readonly [member: string]: unknown };
  }
  throw new AppError('malformed-request', { detail });
}

export interface ReadBody {
  readonly written: Written;
  readonly faults: readonly ParameterFault[];
  /** As sent, for the links to further pages. */
  readonly sent: { readonly [member: string]: unknown };
}

/** Members that are null are absent. @throws AppError for a body that is no JSON object, is too large, or holds an unknown member alone. */
export async function readSearchBody(ctx: AppContext, empty: Written, aggregate: boolean): Promise<ReadBody> {
  const sent = await readObject(ctx);
  let written: Written = { ...empty, filterLang: 'cql2-json' };
  const allowed = allowedMembers(aggregate);
  const faults: ParameterFault[] = [];
  for (const [name, value] of Object.entries(sent)) {
    const read = allowed.includes(name) ? READERS[name] : undefined;
    if (read === undefined) {
      const list = allowed.join(', ');
      const detail = { en: `is unknown; allowed: ${list}`, fr: `est inconnu ; autorisés : ${list}` };
      faults.push({ parameter: name.slice(0, 64), detail });
      continue;
    }
    if (value === null) continue;
    try {
      written = { ...written, ...read(value) };
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      faults.push({ parameter: name, detail: error.detail });
    }
  }
  return { written, faults, sent };
}

const STRINGS: Schema = { type: 'array', items: { type: 'string' } };
const OBJECT: Schema = { type: 'object' };
const MEMBERS: { readonly [member: string]: Schema } = {
  limit: { type: 'integer', minimum: 1 },
  token: { type: 'string' },
  bbox: { type: 'array', minItems: 4, maxItems: 6, items: { type: 'number' } },
  datetime: { type: 'string' },
  q: STRINGS,
  intersects: OBJECT,
  ids: STRINGS,
  collections: STRINGS,
  query: OBJECT,
  filter: OBJECT,
  'filter-lang': { type: 'string', enum: ['cql2-json', 'cql2-text'] },
  'filter-crs': { type: 'string', enum: [CRS84] },
  sortby: { type: 'array', items: OBJECT },
  fields: OBJECT,
  aggregations: STRINGS,
};

/** The body for the API description. */
export function bodySchema(aggregate: boolean): Schema {
  return {
    type: 'object',
    properties: Object.fromEntries(allowedMembers(aggregate).map((name) => [name, MEMBERS[name] ?? {}])),
    additionalProperties: false,
  };
}
