// OAI-PMH 2.0: all six verbs at `/oai`, by GET and POST. Every registered record format that has a prefix, sets from the mappings, deletions
// that are kept for ever, tokens that hold their whole state.
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Config } from '../../config.ts';
import { bodyForm, readBody } from '../../http/body.ts';
import type { Caching } from '../../http/caching.ts';
import type { Links } from '../../http/links.ts';
import type { AppContext, Protocol, RouteDoc } from '../../http/protocol.ts';
import { type DecodedQuery, decodeQuery } from '../../http/query-string.ts';
import { createTextBody, type TextBody } from '../../http/text-bytes.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import { AppError } from '../../model/errors.ts';
import type { RecordFormat, RecordView } from '../../model/format.ts';
import type { Language } from '../../model/text.ts';
import { type Arguments, readArguments, VERBS } from './arguments.ts';
import { type Answer, enveloped } from './envelope.ts';
import { failWith } from './errors.ts';
import { createIdentifiers } from './identifiers.ts';
import { adminEmail, formatsElement, identifyElement, type Repository, setsElement } from './identify.ts';
import { createItemWriter } from './items.ts';
import { type Asking, type ListDeps, listAnswer, unknownPrefix } from './lists.ts';
import { offeredPrefixes } from './prefixes.ts';
import { createSets } from './sets.ts';

export interface OaiPmhDependencies {
  readonly config: Pick<Config, 'maxBody' | 'maxPageSize'>;
  readonly catalogue: Catalogue;
  readonly mappings: Mappings;
  readonly formats: readonly RecordFormat[];
  readonly links: Links;
  readonly caching: Caching;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

const PATH = '/oai';
const TYPE = 'text/xml; charset=utf-8';
const FORM = 'application/x-www-form-urlencoded';
const RECORDS = 100;
const IDENTIFIERS = 500;
/** No record is older; said where there is none at all. */
const BEGINNING = '1970-01-01T00:00:00Z';

/** What the handlers work with. */
interface Door extends ListDeps {
  readonly repository: Repository;
  readonly catalogue: Catalogue;
  readonly caching: Caching;
  readonly clock: () => number;
  readonly maxBody: number;
  readonly body: TextBody;
  readonly view: (language: Language, sequence: number) => RecordView;
}

/** Views by number in the answer, made once for both languages. */
function createViews({ links, mappings }: OaiPmhDependencies): Door['view'] {
  const views: { readonly [L in Language]: RecordView[] } = { en: [], fr: [] };
  const { site, codes } = mappings;
  return (language, sequence) => {
    views[language][sequence] ??= { language, links: links.recordLinks, uri: links.uri, site, codes, sequence };
    return views[language][sequence] as RecordView;
  };
}

function doorOf(deps: OaiPmhDependencies): Door {
  const { mappings, config, catalogue, caching, clock } = deps;
  const { site } = mappings;
  const identifiers = createIdentifiers(deps.links.base);
  const sets = createSets(mappings);
  const sample = `${site.identifierPrefix}:${mappings.services[0]?.name ?? 'service'}:12`;
  return {
    repository: { baseUrl: deps.links.url(PATH), site, email: adminEmail(site), identifiers, sample },
    catalogue,
    harvest: catalogue.harvest,
    prefixes: offeredPrefixes(deps.formats, deps.links.url),
    sets,
    items: createItemWriter(identifiers, sets),
    pageSize: {
      ListRecords: Math.min(RECORDS, config.maxPageSize),
      ListIdentifiers: Math.min(IDENTIFIERS, config.maxPageSize),
    },
    caching,
    clock,
    maxBody: config.maxBody,
    body: createTextBody(),
    view: createViews(deps),
  };
}

async function getRecord(door: Door, { values }: Arguments, asking: Asking): Promise<Answer> {
  const prefix = door.prefixes.get(values.metadataPrefix ?? '');
  const identifier = door.repository.identifiers.parse(values.identifier ?? '');
  const item = identifier === null ? null : await door.harvest.item(identifier, asking.viewer);
  if (prefix !== undefined && item !== null)
    return { element: ['<GetRecord>', door.items.record(item, prefix, asking.view(0), asking.today), '</GetRecord>'] };
  return {
    errors: [
      ...(prefix === undefined ? [unknownPrefix(door.prefixes)] : []),
      ...(item === null ? [{ code: 'idDoesNotExist' as const, message: `there is no ${values.identifier}` }] : []),
    ],
  };
}

async function listFormats(door: Door, { values }: Arguments, asking: Asking): Promise<Answer> {
  const formats: Answer = { element: [formatsElement(door.prefixes.values())] };
  if (values.identifier === undefined) return formats;
  const identifier = door.repository.identifiers.parse(values.identifier);
  const item = identifier === null ? null : await door.harvest.item(identifier, asking.viewer);
  if (item === null) return { errors: [{ code: 'idDoesNotExist', message: `there is no ${values.identifier}` }] };
  if (item.record === null) return { errors: [{ code: 'noMetadataFormats', message: 'the record is deleted' }] };
  return formats;
}

function answerOf(
  door: Door,
  asked: Arguments,
  asking: Asking,
  language: Language,
): Promise<Answer & { readonly revision?: string }> {
  switch (asked.verb) {
    case 'Identify':
      return door.harvest
        .earliest()
        .then((earliest) => ({ element: [identifyElement(door.repository, earliest ?? BEGINNING, language)] }));
    case 'ListMetadataFormats':
      return listFormats(door, asked, asking);
    case 'ListSets':
      // All sets are given at once, so no token was ever given.
      return Promise.resolve(
        asked.values.resumptionToken === undefined
          ? { element: [setsElement(door.sets, language)] }
          : { errors: [{ code: 'badResumptionToken', message: 'the list of sets has no token' }] },
      );
    case 'GetRecord':
      return getRecord(door, asked, asking);
    case 'ListIdentifiers':
    case 'ListRecords':
      return listAnswer(door, asked, asking);
  }
}

function send({ body }: Door, ctx: AppContext, pieces: Iterable<string>): void {
  ctx.status = 200;
  ctx.set('Content-Type', TYPE);
  body.send(ctx, pieces);
}

/** Who asks with a validator is answered from the revision alone where nothing has changed; lists bring the revision with their page. */
async function handle(door: Door, ctx: AppContext, query: DecodedQuery): Promise<void> {
  const now = door.clock();
  const { viewer, language } = ctx.state;
  const envelope = { baseUrl: door.repository.baseUrl, now };
  const read = readArguments(query);
  if ('errors' in read) return send(door, ctx, enveloped({ ...envelope, asked: null }, read));
  const asked = read.arguments;
  const conditional = ctx.req.headers['if-none-match'] !== undefined;
  if (conditional && door.caching.notModified(ctx, await door.catalogue.revision(), 'oai')) return;
  const today = new Date(now).toISOString().slice(0, 10);
  const asking: Asking = { viewer, today, view: (sequence) => door.view(language, sequence) };
  const pageTells = asked.verb === 'ListRecords' || asked.verb === 'ListIdentifiers';
  const before = conditional || pageTells ? undefined : await door.catalogue.revision();
  const answer = await answerOf(door, asked, asking, language);
  const revision = before ?? answer.revision;
  if (revision !== undefined && !conditional) door.caching.notModified(ctx, revision, 'oai');
  send(door, ctx, enveloped({ ...envelope, asked }, answer));
}

/** The arguments in the body, which must be a form (3.1.1.2); a body whose type is not said is taken for one. */
async function readArgumentsForm(ctx: AppContext, most: number): Promise<DecodedQuery> {
  const body = await readBody(ctx, most);
  if (body.mediaType !== '' && body.mediaType !== FORM)
    throw new AppError('unsupported-media-type', { detail: { en: `${FORM} is wanted`, fr: `${FORM} est attendu` } });
  return bodyForm(body);
}

function docOf(): RouteDoc {
  const names = [...new Set(Object.values(VERBS).flatMap(({ required, optional }) => [...required, ...optional]))];
  const argument = (name: string, description: string) => ({
    name,
    in: 'query' as const,
    required: name === 'verb',
    description,
  });
  return {
    summary: 'OAI-PMH 2.0',
    parameters: [
      argument('verb', Object.keys(VERBS).join(', ')),
      ...names.map((name) => argument(name, `Argument ${name} of OAI-PMH 2.0`)),
      argument('resumptionToken', 'Goes on with a list; stands alone beside the verb'),
    ],
    produces: [TYPE],
  };
}

export function createOaiPmh(deps: OaiPmhDependencies): Protocol {
  const door = doorOf(deps);
  const doc = docOf();
  return {
    name: 'oai-pmh',
    routes: [
      { method: 'GET', path: PATH, doc, handle: (ctx) => handle(door, ctx, decodeQuery(ctx.querystring)) },
      {
        method: 'POST',
        path: PATH,
        doc: { summary: 'OAI-PMH 2.0, arguments as a form', produces: [TYPE] },
        handle: async (ctx) => {
          const inAddress = decodeQuery(ctx.querystring);
          const form = await readArgumentsForm(ctx, door.maxBody);
          const pairs = [...inAddress.pairs, ...form.pairs];
          await handle(door, ctx, { pairs, faults: [...inAddress.faults, ...form.faults] });
        },
      },
    ],
    fail: failWith,
  };
}
