// The observatory as a resto 2.x server, as PEPS was one: what ForM@Ter asks its partners for. Every observation service is a collection.
import { createPlaceArea } from '../../catalogue/asked-place.ts';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { FileAccess } from '../../data/files.ts';
import type { Caching } from '../../http/caching.ts';
import type { Links } from '../../http/links.ts';
import { describeParameters } from '../../http/parameters.ts';
import type { AppContext, Protocol, Route, RouteDoc } from '../../http/protocol.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import { AppError } from '../../model/errors.ts';
import type { RecordFormat } from '../../model/format.ts';
import type { Language } from '../../model/text.ts';
import { collectionDocument, listDocument } from './collection-documents.ts';
import { type Collection, createCollections } from './collections.ts';
import { writeRestoError } from './errors.ts';
import type { FeatureView } from './feature.ts';
import { createOptions } from './options.ts';
import { writeDescription } from './osdd.ts';
import { createParameters } from './parameters.ts';
import { answerDownload, answerRecord, type RecordParts } from './record-handlers.ts';
import type { Scope } from './request.ts';
import { answerSearch, type SearchParts } from './search-handler.ts';
import { type AnswerFormat, ATOM_TYPE, JSON_TYPE, OSDD_TYPE, ROOT } from './vocabulary.ts';

export interface RestoDependencies {
  readonly catalogue: Catalogue;
  readonly files: FileAccess;
  readonly mappings: Mappings;
  /** Every registered record format; `atom` is used. */
  readonly formats: readonly RecordFormat[];
  readonly links: Links;
  readonly caching: Caching;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

function viewsOf(links: Links, { site, codes }: Mappings): (language: Language) => FeatureView {
  const view = (language: Language): FeatureView => ({
    language,
    links: links.recordLinks,
    uri: links.uri,
    url: (path) => links.url(path),
    site,
    codes,
    sequence: 0,
  });
  const views = { en: view('en'), fr: view('fr') };
  return (language) => views[language];
}

export function createResto(deps: RestoDependencies): Protocol {
  const { catalogue, files, caching, mappings, links } = deps;
  const atom = deps.formats.find(({ id }) => id === 'atom');
  if (atom === undefined) throw new Error('resto needs the record format atom');
  const collections = createCollections(mappings);
  const view = viewsOf(links, mappings);
  const shared: RecordParts = { catalogue, files, caching, view, entry: atom.write, clock: deps.clock };
  const search: SearchParts = {
    ...shared,
    collections,
    site: mappings.site,
    placeArea: createPlaceArea(mappings.places),
    prefix: mappings.site.identifierPrefix,
  };
  const everything: Scope = {
    collection: null,
    collections: collections.all,
    parameters: createParameters(collections.all),
  };
  const scopes = new Map(
    collections.all.map((collection): [Collection, Scope] => [
      collection,
      { collection, collections: [collection], parameters: createParameters([collection]) },
    ]),
  );
  const named = (name = ''): Collection => {
    const collection = collections.find(name);
    if (collection === undefined) throw new AppError('not-found');
    return collection;
  };
  const scopeOf = (ctx: AppContext): Scope =>
    ctx.params.collection === undefined ? everything : (scopes.get(named(ctx.params.collection)) ?? everything);

  const optionsOf = createOptions({ catalogue, mappings });
  async function describe(ctx: AppContext): Promise<void> {
    const { viewer, language } = ctx.state;
    const scope = scopeOf(ctx);
    const revision = await catalogue.revision();
    if (caching.notModified(ctx, revision, 'resto-osdd')) return;
    const options = await optionsOf(scope, viewer, revision);
    ctx.set('Content-Type', `${OSDD_TYPE}; charset=utf-8`);
    ctx.set('Content-Language', language);
    ctx.body = writeDescription(scope, options, mappings, (path) => links.url(path), language);
  }
  const json =
    (make: (ctx: AppContext) => Promise<object>) =>
    async (ctx: AppContext): Promise<void> => {
      if (caching.notModified(ctx, await catalogue.revision(), 'resto-collections')) return;
      const document = await make(ctx);
      ctx.set('Content-Type', `${JSON_TYPE}; charset=utf-8`);
      ctx.set('Content-Language', ctx.state.language);
      ctx.body = `${JSON.stringify(document)}\n`;
    };
  const parts = { catalogue, mappings, collections };
  return {
    name: 'resto',
    routes: routesOf(everything, {
      search: (ctx, format) => answerSearch(ctx, search, scopeOf(ctx), format),
      describe,
      list: json(({ state }) => listDocument(parts, state.viewer, state.language)),
      collection: json(({ state, params }) =>
        collectionDocument(named(params.collection?.replace(/\.json$/, '')), parts, state.viewer, state.language),
      ),
      record: (ctx) => answerRecord(ctx, shared, named(ctx.params.collection)),
      download: (ctx) => answerDownload(ctx, shared, named(ctx.params.collection)),
    }),
    fail: (ctx, error) => writeRestoError(ctx, error, links.url('/errors')),
  };
}

interface Answers {
  readonly search: (ctx: AppContext, format: AnswerFormat) => Promise<void>;
  readonly describe: Route['handle'];
  readonly list: Route['handle'];
  readonly collection: Route['handle'];
  readonly record: Route['handle'];
  readonly download: Route['handle'];
}

const COLLECTION = {
  name: 'collection',
  in: 'path',
  required: true,
  description: 'Name of the collection, in any case',
} as const;
const RECORD = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'UUID, number within the service, or identifier',
} as const;

function routesOf({ parameters }: Scope, answers: Answers): readonly Route[] {
  const get = (path: string, doc: RouteDoc, handle: Route['handle']): Route => ({
    method: 'GET',
    path: ROOT + path,
    doc,
    handle,
  });
  const query = describeParameters(parameters);
  const below = (path: string, of: string, path_: RouteDoc['parameters'] = []): readonly Route[] => [
    get(
      `${path}/search.json`,
      { summary: `resto: search ${of}`, parameters: [...path_, ...query], produces: [JSON_TYPE] },
      (ctx) => answers.search(ctx, 'json'),
    ),
    get(
      `${path}/search.atom`,
      { summary: `resto: search ${of}`, parameters: [...path_, ...query], produces: [ATOM_TYPE] },
      (ctx) => answers.search(ctx, 'atom'),
    ),
    get(
      `${path}/describe.xml`,
      { summary: `resto: OpenSearch description of ${of}`, parameters: path_, produces: [OSDD_TYPE] },
      answers.describe,
    ),
  ];
  const list: RouteDoc = { summary: 'resto: the collections', produces: [JSON_TYPE] };
  return [
    ...below('/api/collections', 'all collections'),
    ...below('/api/collections/:collection', 'one collection', [COLLECTION]),
    get('/api/collections.json', list, answers.list),
    get('/collections.json', list, answers.list),
    get('/collections', list, answers.list),
    get(
      '/collections/:collection',
      { summary: 'resto: one collection, with or without .json', parameters: [COLLECTION], produces: [JSON_TYPE] },
      answers.collection,
    ),
    get(
      '/collections/:collection/:id',
      {
        summary: 'resto: one record, with .json, .atom or neither',
        parameters: [COLLECTION, RECORD],
        produces: [JSON_TYPE, ATOM_TYPE],
      },
      answers.record,
    ),
    get(
      '/collections/:collection/:id/download',
      {
        summary: 'resto: the data of one record',
        parameters: [COLLECTION, RECORD],
        responses: {
          '206': 'The asked range of bytes',
          '302': 'The data are a file elsewhere',
          '416': 'No byte of the asked range',
        },
      },
      answers.download,
    ),
  ];
}
