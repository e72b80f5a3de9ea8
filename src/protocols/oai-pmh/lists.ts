// ListRecords and ListIdentifiers (OAI-PMH 2.0, 4.5 and 4.3): pages of a list that is closed at its first page, each with the token of the next.
import type { Harvest } from '../../catalogue/harvest.ts';
import type { RecordView } from '../../model/format.ts';
import type { HarvestHeader, HarvestItem, HarvestPage, HarvestQuery } from '../../model/harvest.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { Arguments } from './arguments.ts';
import type { Answer } from './envelope.ts';
import type { OaiError } from './errors.ts';
import type { ItemWriter } from './items.ts';
import type { OfferedPrefix } from './prefixes.ts';
import { type ListState, parseToken, printToken } from './resumption-token.ts';
import type { SetDefinition, Sets } from './sets.ts';

export interface ListDeps {
  readonly harvest: Harvest;
  readonly prefixes: ReadonlyMap<string, OfferedPrefix>;
  readonly sets: Sets;
  readonly items: ItemWriter;
  /** Items of one page. */
  readonly pageSize: { readonly ListRecords: number; readonly ListIdentifiers: number };
}

/** Who asks, when, and how records are seen in the answer: by their number in it. */
export interface Asking {
  readonly viewer: Viewer;
  /** `YYYY-MM-DD` */
  readonly today: string;
  readonly view: (sequence: number) => RecordView;
}

/** What a page of a list needs to know, from the arguments or from the token. */
interface List extends Omit<ListState, 'after' | 'upto' | 'following'> {
  readonly from: string | null;
  readonly place: Pick<ListState, 'after' | 'upto' | 'following'> | null;
}

const error = (code: OaiError['code'], message: string): OaiError => ({ code, message });

/** What decides which records the viewer sees; two viewers with the same one have the same lists. */
function scopeOf({ metadataLevel, services }: Viewer): string {
  return metadataLevel < 3 ? 'public' : `internal:${services === null ? '*' : [...services].sort().join(',')}`;
}

/** Prefix and set that an answer needs; every error at once. */
function choose(
  { prefixes, sets }: ListDeps,
  prefix: string,
  set: string | null,
): { readonly prefix: OfferedPrefix; readonly set: SetDefinition | null } | readonly OaiError[] {
  const offered = prefixes.get(prefix);
  const definition = set === null ? null : sets.find(set);
  if (offered !== undefined && definition !== undefined) return { prefix: offered, set: definition };
  return [
    ...(offered === undefined ? [unknownPrefix(prefixes)] : []),
    ...(definition === undefined ? [error('noRecordsMatch', `there is no set ${set}`)] : []),
  ];
}

export function unknownPrefix(prefixes: ReadonlyMap<string, OfferedPrefix>): OaiError {
  return error('cannotDisseminateFormat', `offered are: ${[...prefixes.keys()].join(', ')}`);
}

async function listOf({ harvest }: ListDeps, asked: Arguments, asking: Asking): Promise<List | null> {
  const verb = asked.verb as ListState['verb'];
  const { resumptionToken, metadataPrefix = '', set = null } = asked.values;
  if (resumptionToken === undefined) {
    const { from, until } = asked;
    return { verb, prefix: metadataPrefix, set, from, until, today: asking.today, delivered: 0, place: null };
  }
  const state = parseToken(resumptionToken, scopeOf(asking.viewer), await harvest.tokenKey());
  return state === null || state.verb !== verb ? null : { ...state, from: null, place: state };
}

function queryOf(list: List, set: SetDefinition | null, limit: number): HarvestQuery {
  const { from, until, today, place } = list;
  return {
    set: set?.members ?? null,
    from,
    until,
    today,
    after: place?.after ?? null,
    upto: place?.upto ?? null,
    following: place?.following ?? null,
    limit,
  };
}

/** Nothing behind a list that was complete at once; an empty element at the end of one that was not (3.5). */
async function tokenElement(
  { harvest }: ListDeps,
  list: List,
  page: HarvestPage<HarvestHeader | HarvestItem>,
  last: HarvestHeader,
  viewer: Viewer,
): Promise<string> {
  const { following } = page;
  const delivered = list.delivered + page.items.length;
  if (following.count === 0 && list.place === null) return '';
  const attributes = ` completeListSize="${delivered + following.count}" cursor="${list.delivered}"`;
  if (following.count === 0) return `<resumptionToken${attributes}/>`;
  const { verb, prefix, set, until, today } = list;
  const state: ListState = {
    verb,
    prefix,
    set,
    until,
    today,
    upto: list.place?.upto ?? page.revision,
    after: { datestamp: last.datestamp, n: last.n },
    delivered,
    following,
  };
  return `<resumptionToken${attributes}>${printToken(state, scopeOf(viewer), await harvest.tokenKey())}</resumptionToken>`;
}

const nothing: Answer = { errors: [error('noRecordsMatch', 'no record of these sets and dates')] };

/** Answers the first page or the one of the token; `revision` is that of the catalogue as the page saw it. */
export async function listAnswer(
  deps: ListDeps,
  asked: Arguments,
  asking: Asking,
): Promise<Answer & { readonly revision?: string }> {
  const list = await listOf(deps, asked, asking);
  const invalid: Answer = {
    errors: [error('badResumptionToken', 'the token is none that was given here for this verb')],
  };
  if (list === null) return invalid;
  const chosen = choose(deps, list.prefix, list.set);
  if (!('prefix' in chosen)) return list.place === null ? { errors: chosen } : invalid;
  const { verb } = list;
  const query = queryOf(list, chosen.set, deps.pageSize[verb]);
  const { harvest, items } = deps;
  const { viewer } = asking;
  if (verb === 'ListIdentifiers') {
    const page = await harvest.headers(query, viewer);
    const last = page.items.at(-1);
    if (last === undefined) return nothing;
    const token = await tokenElement(deps, list, page, last, viewer);
    const element = elementOf(verb, page.items, (header) => items.header(header, list.today), token);
    return { element, revision: page.revision };
  }
  const page = await harvest.items(query, viewer);
  const last = page.items.at(-1);
  if (last === undefined) return nothing;
  const token = await tokenElement(deps, list, page, last.header, viewer);
  const write = (item: HarvestItem, at: number) => items.record(item, chosen.prefix, asking.view(at), list.today);
  return { element: elementOf(verb, page.items, write, token), revision: page.revision };
}

/** Each item is written when it is its turn. */
function* elementOf<Item>(
  verb: string,
  items: readonly Item[],
  write: (item: Item, at: number) => string,
  token: string,
): Iterable<string> {
  yield `<${verb}>`;
  for (const [at, item] of items.entries()) yield write(item, at);
  yield `${token}</${verb}>`;
}
