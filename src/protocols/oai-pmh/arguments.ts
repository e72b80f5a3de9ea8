// The arguments of a request (OAI-PMH 2.0, 3.1 and 4): which verb takes which, and every error that they hold, all at once.
import type { DecodedQuery } from '../../http/query-string.ts';
import type { OaiError } from './errors.ts';

interface Form {
  readonly required: readonly Name[];
  readonly optional: readonly Name[];
  /** Takes a resumptionToken instead of all others. */
  readonly resumable: boolean;
}
type Name = 'identifier' | 'metadataPrefix' | 'from' | 'until' | 'set';

const LIST: Form = { required: ['metadataPrefix'], optional: ['from', 'until', 'set'], resumable: true };
export const VERBS = {
  Identify: { required: [], optional: [], resumable: false },
  ListMetadataFormats: { required: [], optional: ['identifier'], resumable: false },
  ListSets: { required: [], optional: [], resumable: true },
  ListIdentifiers: LIST,
  ListRecords: LIST,
  GetRecord: { required: ['identifier', 'metadataPrefix'], optional: [], resumable: false },
} as const satisfies { readonly [verb: string]: Form };
export type Verb = keyof typeof VERBS;

export interface Arguments {
  readonly verb: Verb;
  readonly values: { readonly [N in Name | 'resumptionToken']?: string };
  /** First and last second asked, RFC 3339 UTC; null = open. */
  readonly from: string | null;
  readonly until: string | null;
}
export type ReadArguments = { readonly arguments: Arguments } | { readonly errors: readonly OaiError[] };

// The schema of the answers sets these forms for the attributes in which the arguments come back.
const PREFIX = /^[\w\-.!~*'()]{1,100}$/;
const SET = /^[\w\-.!~*'()]+(?::[\w\-.!~*'()]+)*$/;
const URI = /^[A-Za-z][A-Za-z0-9+.-]*:(?:[\w\-.!~*'();/?:@&=+$,#[\]]|%[0-9A-Fa-f]{2})+$/;
const DATE = /^\d{4}-\d{2}-\d{2}(?:T\d{2}:\d{2}:\d{2}Z)?$/;

const bad = (message: string): OaiError => ({ code: 'badArgument', message });
const isVerb = (text: string): text is Verb => Object.hasOwn(VERBS, text);

/** Shows a caller's text in a message: at most 60 characters. */
function shown(text: string): string {
  return text.length > 60 ? `${text.slice(0, 60)}…` : text;
}

/** The first (or last) second that a date names; null when it is none. */
function second(text: string, last: boolean): string | null {
  if (!DATE.test(text)) return null;
  const full = text.length > 10 ? text : `${text}T${last ? '23:59:59' : '00:00:00'}Z`;
  const time = Date.parse(full);
  return Number.isNaN(time) || full < '0001' || new Date(time).toISOString().slice(0, 19) !== full.slice(0, 19)
    ? null
    : full;
}

function verbOf(texts: readonly string[] | undefined): Verb | OaiError {
  const names = Object.keys(VERBS).join(', ');
  const [text] = texts ?? [];
  if (text === undefined) return { code: 'badVerb', message: `the argument verb is missing; one of: ${names}` };
  if (texts !== undefined && texts.length > 1)
    return { code: 'badVerb', message: 'the argument verb stands more than once' };
  return isVerb(text) ? text : { code: 'badVerb', message: `${shown(text)} is no verb; one of: ${names}` };
}

/** Names that the verb does not take, lacks, or has more than once; a resumptionToken stands alone. */
function nameErrors(verb: Verb, given: ReadonlyMap<string, readonly string[]>): readonly OaiError[] {
  const form: Form = VERBS[verb];
  const known = new Set<string>([...form.required, ...form.optional, ...(form.resumable ? ['resumptionToken'] : [])]);
  const resumed = form.resumable && given.has('resumptionToken');
  const errors: OaiError[] = [];
  for (const [name, texts] of given) {
    if (name === 'verb') continue;
    if (!known.has(name)) errors.push(bad(`${shown(name)} is no argument of ${verb}`));
    else if (texts.length > 1) errors.push(bad(`${name} stands more than once`));
    else if (resumed && name !== 'resumptionToken') errors.push(bad(`${name} must not stand beside resumptionToken`));
  }
  for (const name of resumed ? [] : form.required) if (!given.has(name)) errors.push(bad(`${name} is missing`));
  return errors;
}

function formErrors(values: Arguments['values']): readonly OaiError[] {
  const errors: OaiError[] = [];
  const { identifier, metadataPrefix, set, from, until } = values;
  if (identifier !== undefined && !URI.test(identifier)) errors.push(bad(`identifier: ${shown(identifier)} is no URI`));
  if (metadataPrefix !== undefined && !PREFIX.test(metadataPrefix))
    errors.push(bad(`metadataPrefix: ${shown(metadataPrefix)} has characters that no prefix has`));
  if (set !== undefined && !SET.test(set)) errors.push(bad(`set: ${shown(set)} is no setSpec`));
  const ends = { from: second(from ?? '0001-01-01', false), until: second(until ?? '9999-12-31', true) };
  for (const name of ['from', 'until'] as const) {
    if (ends[name] === null)
      errors.push(bad(`${name}: YYYY-MM-DD or YYYY-MM-DDThh:mm:ssZ is wanted, not ${shown(values[name] ?? '')}`));
  }
  if (ends.from === null || ends.until === null || from === undefined || until === undefined) return errors;
  if (from.length !== until.length) errors.push(bad('from and until have different granularities'));
  else if (ends.from > ends.until) errors.push(bad('from is later than until'));
  return errors;
}

/** Names and values are case-sensitive; an empty value is a value. */
export function readArguments({ pairs, faults }: DecodedQuery): ReadArguments {
  const given = new Map<string, string[]>();
  for (const [name, value] of pairs) given.set(name, [...(given.get(name) ?? []), value]);
  const verb = verbOf(given.get('verb'));
  if (typeof verb !== 'string') return { errors: [verb] };
  const values: { [name: string]: string } = {};
  for (const [name, [text = '']] of given) if (name !== 'verb') values[name] = text;
  const errors = [
    ...faults.map(({ parameter, detail }) => bad(`${parameter}: ${detail.en}`)),
    ...nameErrors(verb, given),
    ...formErrors(values),
  ];
  if (errors.length > 0) return { errors };
  const { from, until } = values;
  return {
    arguments: {
      verb,
      values,
      from: from === undefined ? null : second(from, false),
      until: until === undefined ? null : second(until, true),
    },
  };
}
