// OpenSearch 1.1 with the Geo, Time, EO, Parameter and Suggestions extensions: description documents, searches in five formats, completions.
import { createPlaceArea } from '../../catalogue/asked-place.ts';
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Caching } from '../../http/caching.ts';
import type { Links } from '../../http/links.ts';
import { describeParameters, readParameters } from '../../http/parameters.ts';
import { writeProblem } from '../../http/problem.ts';
import type { AppContext, Protocol, Route } from '../../http/protocol.ts';
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
import { SUGGEST_PARAMETERS, writeSuggestions } from './suggestions.ts';
import { ANSWERS, OSDD_TYPE, SUGGESTIONS_TYPE } from './vocabulary.ts';

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

  async function suggest(ctx: AppContext): Promise<void> {
    const scope = scopeOf(ctx);
    const { language, viewer } = ctx.state;
    const { typed } = readParameters(SUGGEST_PARAMETERS, ctx.querystring, { unknown: 'ignore', emptyIsAbsent: true });
    if (caching.notModified(ctx, await catalogue.revision(), 'suggestions')) return;
    const service = scope.kind === 'service' ? scope.service.name : null;
    const found = typed === null ? [] : await catalogue.suggest(typed, viewer, service);
    ctx.set('Content-Type', `${SUGGESTIONS_TYPE}; charset=utf-8`);
    ctx.set('Content-Language', language);
    // Over all levels, as the completions are counted.
    const parentIdentifier = service === null ? null : `${mappings.site.identifierPrefix}:${service}`;
    const address = (q: string): string => links.url('/opensearch/search.html', { q, parentIdentifier });
    ctx.body = writeSuggestions(typed ?? '', found, language, address);
  }

  const parameters = describeParameters(reader.table({ kind: 'site' }));
  const routesBelow = (path: string, of: string): readonly Route[] => [
    {
      method: 'GET',
      path: `${path}/osdd.xml`,
      doc: { summary: `OpenSearch description of ${of}`, produces: [OSDD_TYPE] },
      handle: (ctx) => describe(ctx, scopeOf(ctx)),
    },
    ...ANSWERS.map(
      ({ id, mediaType }): Route => ({
        method: 'GET',
        path: `${path}/search.${id}`,
        doc: { summary: `Search ${of}`, parameters, produces: [mediaType] },
        handle: (ctx) => answerSearch(ctx, search, scopeOf(ctx), id),
      }),
    ),
    {
      method: 'GET',
      path: `${path}/search`,
      doc: { summary: `Search ${of}, format by Accept or f`, parameters, produces: ANSWERS.map((a) => a.mediaType) },
      handle: (ctx) => answerSearch(ctx, search, scopeOf(ctx), formatAsked(ctx)),
    },
    {
      method: 'GET',
      path: `${path}/suggest`,
      doc: {
        summary: `Completions of search words in ${of}`,
        parameters: describeParameters(SUGGEST_PARAMETERS),
        produces: [SUGGESTIONS_TYPE],
      },
      handle: suggest,
    },
  ];

  return {
    name: 'opensearch',
    routes: [...routesBelow('/opensearch', 'the catalogue'), ...routesBelow('/opensearch/:service', 'one service')],
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
