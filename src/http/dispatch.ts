// The inner layers: limits of a request, the public path in front of our own paths, compression, and the route that answers.
import type { IncomingMessage } from 'node:http';
import { constants } from 'node:zlib';
import type { Middleware } from 'koa';
import compress from 'koa-compress';
import { AppError } from '../model/errors.ts';
import type { Viewer } from '../model/viewer.ts';
import { answerError, type FailOptions } from './fail.ts';
import { describeError, toAppError } from './faults.ts';
import { preflightHeaders } from './headers.ts';
import type { RequestState } from './observe.ts';
import type { AppContext, Protocol } from './protocol.ts';
import { checkPath, type Lookup, type RouteTable } from './routes.ts';

type AppLayer = Middleware<RequestState>;

/** Takes the base URL's path and `/vobs`, under which older clients know us, off the address; both forms answer. */
export function withoutBasePath(basePath: string): AppLayer {
  const prefixes = [...new Set([basePath, '/vobs'])].filter((prefix) => prefix !== '');
  return (ctx, next) => {
    const url = ctx.req.url ?? '/';
    for (const prefix of prefixes) {
      if (!url.startsWith(prefix)) continue;
      const rest = url.slice(prefix.length);
      if (rest === '' || rest[0] === '?') ctx.req.url = `/${rest}`;
      else if (rest[0] === '/') ctx.req.url = rest;
      else continue;
      break;
    }
    return next();
  };
}

/** 414 for addresses and 413 for announced bodies beyond the limits. */
function checkLimits(
  req: IncomingMessage,
  limits: { readonly maxUrlLength: number; readonly maxBody: number },
  maxBody = limits.maxBody,
): void {
  if ((req.url?.length ?? 0) > limits.maxUrlLength) {
    const most = limits.maxUrlLength;
    throw new AppError('uri-too-long', {
      detail: { en: `at most ${most} characters`, fr: `au plus ${most} caractères` },
    });
  }
  const length = req.headers['content-length'];
  if (length !== undefined && Number(length) > maxBody) {
    const most = maxBody;
    throw new AppError('body-too-large', { detail: { en: `at most ${most} bytes`, fr: `au plus ${most} octets` } });
  }
}

/** br or gzip where the caller takes them and the body has at least 1 kB; a handler's `ctx.compress = false` keeps a stream flowing. */
export function compression(): AppLayer {
  const layer = compress({
    threshold: 1024,
    br: { params: { [constants.BROTLI_PARAM_QUALITY]: 4 } },
    gzip: { level: 5 },
    deflate: false,
    encodingPreference: ['br', 'gzip', 'identity'],
  }) as unknown as AppLayer;
  // Most programs do not ask for it; they are spared the layer's checks.
  return (ctx, next) => (ctx.req.headers['accept-encoding'] === undefined ? next() : layer(ctx, next));
}

export interface DispatchOptions extends FailOptions {
  readonly table: RouteTable;
  /** From the Authorization header and the caller's address; throws AppError `unauthorized` or `too-many-requests`. */
  readonly authenticate: (authorization: string, address: string) => Promise<Viewer>;
  readonly address: (request: IncomingMessage) => string;
  readonly limits: { readonly maxUrlLength: number; readonly maxBody: number };
  /** Words errors of addresses that no protocol owns, such as a page for people; null: problem+json. */
  readonly fallback: (ctx: AppContext) => Pick<Protocol, 'fail'> | null;
}

function answerOptions(ctx: AppContext, methods: readonly string[]): void {
  ctx.set('Allow', methods.join(', '));
  if (ctx.req.headers['access-control-request-method'] !== undefined) ctx.set(preflightHeaders(methods));
  ctx.status = 204;
}

function refuse(ctx: AppContext, lookup: Lookup): never {
  if (lookup.methods.length === 0) throw new AppError('not-found');
  const methods = lookup.methods.join(', ');
  ctx.set('Allow', methods);
  throw new AppError('method-not-allowed', {
    detail: { en: `allowed: ${methods}`, fr: `autorisées : ${methods}` },
  });
}

/** The path as it stands in the address. */
function pathOf(url: string): string {
  const mark = url.indexOf('?');
  return mark < 0 ? url : url.slice(0, mark);
}

function serve(ctx: AppContext, state: RequestState, lookup: Lookup, options: DispatchOptions): Promise<void> | void {
  const { match } = lookup;
  if (match === null) {
    if (ctx.method !== 'OPTIONS' || lookup.methods.length === 0) return refuse(ctx, lookup);
    return answerOptions(ctx, lookup.methods);
  }
  ctx.params = { ...match.params };
  const { authorization } = ctx.req.headers;
  if (authorization === undefined) return match.route.handle(ctx);
  return options.authenticate(authorization, options.address(ctx.req)).then((viewer) => {
    state.viewer = viewer;
    return match.route.handle(ctx);
  });
}

/** Finds the route, lets it answer, and words every error in the envelope of the address's protocol. */
export function dispatch(options: DispatchOptions): AppLayer {
  return async (context) => {
    const ctx = context as unknown as AppContext;
    const { state, req } = context;
    let owner: Pick<Protocol, 'fail'> | null = null;
    try {
      const path = pathOf(req.url ?? '/');
      checkPath(path);
      const lookup = options.table.find(path, req.method ?? 'GET');
      owner = lookup.protocol;
      state.route = lookup.match?.route.path ?? '';
      checkLimits(req, options.limits, lookup.match?.route.maxBody);
      await serve(ctx, state, lookup, options);
    } catch (thrown) {
      const error = toAppError(thrown);
      if (error.code === 'internal') state.log.error({ error: describeError(thrown) }, 'request failed');
      else if (error.status >= 500)
        state.log.warn({ code: error.code, error: describeError(thrown) }, 'request failed');
      if (ctx.res.headersSent) ctx.res.destroy();
      else answerError(ctx, error, owner ?? options.fallback(ctx), options);
    }
  };
}
