// The application: the order of the layers, then the one list of protocols. Everything that it works with is passed in.
import Koa from 'koa';
import type { Logger } from 'pino';
import type { Catalogue } from './catalogue/catalogue.ts';
import type { Config } from './config.ts';
import type { DataAccess } from './data/data-access.ts';
import type { FileAccess } from './data/files.ts';
import { type Caching, createCaching } from './http/caching.ts';
import { addressList, clientAddress } from './http/client-address.ts';
import { compression, dispatch, withoutBasePath } from './http/dispatch.ts';
import { createDocumentMemory, type DocumentMemory } from './http/document-memory.ts';
import { answerError, type FailOptions } from './http/fail.ts';
import { describeError, toAppError } from './http/faults.ts';
import { commonHeaders } from './http/headers.ts';
import { createLinks, type Links } from './http/links.ts';
import { createMetrics, type Metrics } from './http/metrics.ts';
import { acceptable } from './http/negotiate.ts';
import { observe, type RequestState } from './http/observe.ts';
import type { AppContext, Protocol } from './http/protocol.ts';
import { createRouteTable, type RouteTable } from './http/routes.ts';
import type { Mappings } from './mapping/mappings.ts';
import type { ServiceDoor } from './model/door.ts';
import type { RecordFormat } from './model/format.ts';
import type { Viewer } from './model/viewer.ts';
import { createPortal } from './portal/portal.ts';
import type { Processing } from './processing/processing.ts';
import { createCsw } from './protocols/csw/index.ts';
import { createData } from './protocols/data/index.ts';
import { createDcatCatalogue } from './protocols/dcat/index.ts';
import { createEdr } from './protocols/edr/index.ts';
import { createEpos } from './protocols/epos/index.ts';
import { createFiles } from './protocols/files/index.ts';
import { createHapi } from './protocols/hapi/index.ts';
import { createLegacyRest } from './protocols/legacy-rest/index.ts';
import { createOaiPmh } from './protocols/oai-pmh/index.ts';
import { createOgcProcesses } from './protocols/ogc-processes/index.ts';
import { createOgcRecords } from './protocols/ogc-records/index.ts';
import { createOpenSearch } from './protocols/opensearch/index.ts';
import { createOperation } from './protocols/operation/index.ts';
import { createPartners } from './protocols/partners/index.ts';
import { createResto } from './protocols/resto/index.ts';
import { createStac } from './protocols/stac/index.ts';
import { createTabledap } from './protocols/tabledap/index.ts';
import { createWps } from './protocols/wps/index.ts';

export interface AppDependencies {
  readonly config: Config;
  readonly catalogue: Catalogue;
  /** Rows of observations; every door to the data asks it. */
  readonly data: DataAccess;
  /** Files of records. */
  readonly files: FileAccess;
  /** Processes and their jobs. */
  readonly processing: Processing;
  readonly mappings: Mappings;
  /** Every registered record format; each protocol offers them. */
  readonly formats: readonly RecordFormat[];
  /** Of an Authorization header and the caller's address; throws AppError `unauthorized` or `too-many-requests`. */
  readonly authenticate: (authorization: string, address: string) => Promise<Viewer>;
  /** Resolves when the database answers and its migrations are done. */
  readonly ready: () => Promise<void>;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly log: Logger;
  readonly version: string;
  /** Absent: the application makes its own. */
  readonly metrics?: Metrics;
  /** Further protocols, mounted after ours. */
  readonly further?: (deps: ProtocolDependencies) => readonly Protocol[];
}

/** What a protocol may ask for; each names what it needs. */
export interface ProtocolDependencies extends AppDependencies {
  readonly links: Links;
  /** All that are mounted; complete when a request comes. */
  readonly protocols: readonly Protocol[];
  readonly caching: Caching;
  /** Documents of single records that were asked lately; keys begin with the door's name. */
  readonly documents: DocumentMemory;
}

export interface App {
  readonly koa: Koa<RequestState>;
  readonly protocols: readonly Protocol[];
  readonly routes: RouteTable['routes'];
  readonly links: Links;
  /** Descriptions of the web services that are mounted. */
  readonly doors: readonly ServiceDoor[];
  /** From now on `/readyz` answers 503, so that no new requests come. */
  readonly stopping: () => void;
  /** Ends what runs beside requests; before the database is closed. */
  readonly close: () => Promise<void>;
}

/** Memory for documents of records that are asked again. */
const DOCUMENT_BYTES = 64 * 1024 * 1024;

const PAGE = { id: 'html', mediaType: 'text/html' };
const PROBLEM = { id: 'json', mediaType: 'application/json', otherTypes: ['application/problem+json'] };

/** A page for people where a browser asked for an address that nobody owns, and the portal is mounted. */
function pageForPeople(protocols: readonly Protocol[]): (ctx: AppContext) => Protocol | null {
  return (ctx) => {
    const portal = protocols.find((protocol) => protocol.name === 'portal') ?? null;
    return portal && acceptable(ctx.req.headers.accept, [PROBLEM, PAGE]) === PAGE ? portal : null;
  };
}

/** Faults that appear while an answer is being sent. */
function answerLate(koa: Koa<RequestState>, options: FailOptions): void {
  koa.context.onerror = function onerror(this: Koa.Context, thrown: unknown) {
    if (thrown === null || thrown === undefined) return;
    const ctx = this as unknown as AppContext;
    const { code } = thrown as NodeJS.ErrnoException;
    // The caller has gone: nobody to answer, nothing wrong here.
    const gone = code === 'ERR_STREAM_PREMATURE_CLOSE' || code === 'ECONNRESET' || code === 'EPIPE';
    if (!gone) ctx.state.log?.error({ error: describeError(thrown) }, 'answer broke off');
    if (ctx.res.headersSent || !ctx.writable) {
      ctx.res.destroy();
      return;
    }
    answerError(ctx, toAppError(thrown), null, options);
    ctx.res.end(ctx.body);
  };
}

export function createApp(deps: AppDependencies): App {
  const { config } = deps;
  const metrics = deps.metrics ?? createMetrics(deps.version);
  const address = clientAddress(config.trustedProxies);
  const metricsAllowed = addressList(config.metricsAllow);
  let isStopping = false;

  const protocols: Protocol[] = [];
  const links = createLinks(config.baseUrl, protocols);
  const caching = createCaching({
    baseUrl: config.baseUrl,
    version: deps.version,
    mappingsHash: deps.mappings.hash,
    clock: deps.clock,
  });
  const documents = createDocumentMemory(DOCUMENT_BYTES);
  const shared: ProtocolDependencies = { ...deps, metrics, links, caching, documents, protocols };

  const portal = createPortal(shared);
  // The one list of protocols. Where two paths match an address, the earlier one answers.
  protocols.push(
    createOperation({
      ready: shared.ready,
      stopping: () => isStopping,
      metrics,
      metricsAllowed: (ctx) => metricsAllowed(address(ctx.req)),
      version: shared.version,
    }),
    createOpenSearch(shared),
    createCsw(shared),
    createOaiPmh(shared),
    createDcatCatalogue(shared),
    createFiles(shared),
    createData(shared),
    createLegacyRest(shared),
    createResto(shared),
    createEpos(shared),
    createPartners(shared),
    portal,
    createOgcRecords({ ...shared, frame: portal.frame }),
    createOgcProcesses({ ...shared, frame: portal.frame, address: (ctx) => address(ctx.req) }),
    createStac({ ...shared, frame: portal.frame }),
    createHapi({ ...shared, frame: portal.frame }),
    createTabledap({ ...shared, frame: portal.frame }),
    createEdr({ ...shared, frame: portal.frame }),
    createWps({ ...shared, address: (ctx) => address(ctx.req) }),
    ...(deps.further?.(shared) ?? []),
  );

  const table = createRouteTable(protocols);
  const failing: FailOptions = { realm: 'vobs', errorList: links.url('/errors') };
  const koa = new Koa<RequestState>();
  answerLate(koa, failing);
  koa.use(observe({ logger: deps.log, metrics, address }));
  koa.use(commonHeaders({ baseUrl: config.baseUrl, corsOrigins: config.corsOrigins }));
  koa.use(withoutBasePath(links.basePath));
  koa.use(compression());
  koa.use(
    dispatch({
      ...failing,
      table,
      authenticate: deps.authenticate,
      address,
      limits: config,
      fallback: pageForPeople(protocols),
    }),
  );
  return {
    koa,
    protocols,
    routes: table.routes,
    links,
    doors: deps.mappings.doors.filter((door) => protocols.some((protocol) => protocol.name === door.mount)),
    stopping: () => {
      isStopping = true;
    },
    close: () => deps.processing.close(),
  };
}
