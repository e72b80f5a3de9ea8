// OpenSearch 1.1 with the Geo, Time, EO, Parameter and Suggestions extensions: description documents, searches in five formats, completions.
import { createPlaceArea } from '../../catalogue/asked-place.ts';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Caching } from '../../http/caching.ts';
import type { Links } from '../../http/links.ts';
import { describeParameters } from '../../http/parameters.ts';
import { writeProblem } from '../../http/problem.ts';
import type { AppContext, Protocol, Route, RouteDoc } from '../../http/protocol.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import type { Link } from '../../model/description.ts';
import { AppError } from '../../model/errors.ts';
import type { RecordFormat, RecordView } from '../../model/format.ts';
import type { CatalogRecord } from '../../model/record.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import { createAnswerDescription } from './description-handler.ts';
import { wantsXml, writeExceptionReport } from './errors.ts';
import { writeHtml } from './html.ts';
import { createReadRequest } from './request.ts';
import { RECORDS, type Scope } from './scope.ts';
import { answerSearch, formatAsked, type SearchDeps, type WritePage } from './search-handler.ts';
import { createAnswerSuggestions, SUGGEST_PARAMETERS } from './suggestions.ts';
import { ANSWERS, type AnswerFormat, OSDD_TYPE, SUGGESTIONS_TYPE } from './vocabulary.ts';

export interface OpenSearchDeps {
  readonly catalogue: Catalogue;
  readonly mappings: Mappings;
  /** Every registered record format; `atom` and `geojson` are used. */
  readonly formats: readonly RecordFormat[];
  readonly links: Links;
  readonly caching: Caching;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** What becomes of parameters that nobody offers; ignored unless said otherwise (CEOS-BP-009B). */
  readonly unknownParameters?: 'ignore' | 'refuse';
  /** Writes the HTML answer instead of the plain page. */
  readonly page?: WritePage;
}

const CONFORMANCE = ['atom', 'geobox'].map((name) => `http://www.opengis.net/spec/opensearchgeo/1.0/req/${name}`);

function writerOf(formats: readonly RecordFormat[], id: string): RecordFormat['write'] {
  const format = formats.find((known) => known.id === id);
  if (format === undefined) throw new Error(`OpenSearch needs the record format ${id}`);
  return format.write;
}

/** Views are the same for every request in a language. */
function viewsOf(links: Links, { site, codes }: Mappings): (language: Language) => RecordView {
  const view = (language: Language): RecordView => ({
    language,
    links: links.recordLinks,
    uri: links.uri,
    site,
    codes,
    sequence: 0,
  });
  const views = { en: view('en'), fr: view('fr') };
  return (language) => views[language];
}

/** A series leads to the description of its search, a record to its collection. */
function recordLinks(record: CatalogRecord): readonly Link[] {
  if (record.level === 'series') {
    const path = `/opensearch/${encodeURIComponent(record.service)}`;
    return [
      { role: 'search', href: `${path}/osdd.xml`, type: OSDD_TYPE, title: record.service },
      { role: 'collection', href: `${path}/search.atom`, type: 'application/atom+xml', title: record.service },
    ];
  }
  if (record.parent === null) return [];
  const href = `/opensearch/search.atom?uid=${encodeURIComponent(record.parent)}`;
  return [{ role: 'up', href, type: 'application/atom+xml', title: record.service }];
}

interface Answers {
  readonly describe: Route['handle'];
  /** Without a format: by `f` or Accept. */
  readonly search: (ctx: AppContext, format?: AnswerFormat) => Promise<void>;
  readonly suggest: Route['handle'];
}

/** The routes of a scope; `of` says in their documentation what is searched. */
function routesBelow(
  path: string,
  of: string,
  parameters: NonNullable<RouteDoc['parameters']>,
  answers: Answers,
): readonly Route[] {
  const types = ANSWERS.map(({ mediaType }) => mediaType);
  const route = (name: string, doc: RouteDoc, handle: Route['handle']): Route => ({
    method: 'GET',
    path: `${path}/${name}`,
    doc,
    handle,
  });
  return [
    route('osdd.xml', { summary: `OpenSearch description of ${of}`, produces: [OSDD_TYPE] }, answers.describe),
    ...ANSWERS.map(({ id, mediaType }) =>
      route(`search.${id}`, { summary: `Search ${of}`, parameters, produces: [mediaType] }, (ctx) =>
        answers.search(ctx, id),
      ),
    ),
    route('search', { summary: `Search ${of}, format by Accept or f`, parameters, produces: types }, (ctx) =>
      answers.search(ctx),
    ),
    route(
      'suggest',
      {
        summary: `Completions of search words in ${of}`,
        parameters: describeParameters(SUGGEST_PARAMETERS),
        produces: [SUGGESTIONS_TYPE],
      },
      answers.suggest,
    ),
  ];
}

export function createOpenSearch(deps: OpenSearchDeps): Protocol {
  const { catalogue, mappings, links, caching } = deps;
  const reader = createReadRequest(mappings, deps.unknownParameters ?? 'ignore');
  const services = new Map(mappings.services.map((service) => [service.name, service]));
  const search: SearchDeps = {
    ...deps,
    reader,
    placeArea: createPlaceArea(mappings.places),
    prefix: mappings.site.identifierPrefix,
    view: viewsOf(links, mappings),
    entry: writerOf(deps.formats, 'atom'),
    feature: writerOf(deps.formats, 'geojson'),
    page: deps.page ?? writeHtml,
  };
  const describe = createAnswerDescription({ catalogue, mappings, links, caching, reader });

  const scopeOf = (ctx: AppContext): Scope => {
    const name = ctx.params.service;
    if (name === undefined) return { kind: 'site' };
    if (name === RECORDS) return { kind: 'records' };
    const service = services.get(name);
    if (service === undefined) throw new AppError('not-found');
    return { kind: 'service', service };
  };

  const suggest = createAnswerSuggestions(deps);
  const parameters = describeParameters(reader.table({ kind: 'site' }));
  const answers: Answers = {
    describe: (ctx) => describe(ctx, scopeOf(ctx)),
    search: (ctx, format) => answerSearch(ctx, search, scopeOf(ctx), format ?? formatAsked(ctx)),
    suggest: (ctx) => suggest(ctx, scopeOf(ctx)),
  };
  return {
    name: 'opensearch',
    routes: [
      ...routesBelow('/opensearch', 'the catalogue', parameters, answers),
      ...routesBelow('/opensearch/:service', 'one service', parameters, answers),
    ],
    conformance: CONFORMANCE,
    recordLinks,
    siteLinks: [
      { role: 'search', href: '/opensearch/osdd.xml', type: OSDD_TYPE, title: inLanguage(mappings.site.title, 'en') },
    ],
    fail: (ctx, error) => {
      if (wantsXml(ctx.path, ctx.req.headers.accept)) writeExceptionReport(ctx, error);
      else writeProblem(ctx, error, links.url('/errors'));
    },
  };
}
