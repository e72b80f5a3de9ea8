// The outermost layer: gives each request its id, language and log, and writes one log line and one measurement when its answer ends.
import { randomBytes } from 'node:crypto';
import type { IncomingMessage } from 'node:http';
import type { Context, Next } from 'koa';
import type { Logger } from 'pino';
import { ANONYMOUS } from '../model/viewer.ts';
import { languageOf } from './language.ts';
import { loggedQuery } from './log.ts';
import type { Metrics } from './metrics.ts';
import type { AppState } from './protocol.ts';

export interface ObserveOptions {
  readonly logger: Logger;
  readonly metrics: Metrics;
  readonly address: (request: IncomingMessage) => string;
}

/** What the application knows of a request beside `AppState`. */
export interface RequestState extends AppState {
  /** Template of the route, for log and measurements. */
  route: string;
}

/** Ids of requests: random for the process, then counted. */
function requestIds(): () => string {
  const process = randomBytes(6).toString('hex');
  let count = 0;
  return () => {
    count += 1;
    return `${process}-${count.toString(36)}`;
  };
}

/** Methods that stand in measurements by name; any other text of a caller would make a new series. */
const METHODS = new Set(['GET', 'HEAD', 'POST', 'DELETE', 'OPTIONS', 'PUT', 'PATCH']);

/** One of each request; its own log is made only when something is to be said. */
class StateOfRequest implements RequestState {
  viewer = ANONYMOUS;
  route = '';
  readonly requestId: string;
  readonly language: AppState['language'];
  readonly #logger: Logger;
  #log: Logger | undefined;
  constructor(requestId: string, language: AppState['language'], logger: Logger) {
    this.requestId = requestId;
    this.language = language;
    this.#logger = logger;
  }
  get log(): Logger {
    this.#log ??= this.#logger.child({ request: this.requestId });
    return this.#log;
  }
}

export function observe(options: ObserveOptions): (ctx: Context, next: Next) => Promise<void> {
  const { logger, metrics } = options;
  const nextId = requestIds();
  return (ctx, next) => {
    const { req, res } = ctx;
    const started = performance.now();
    const incoming = req.headers['x-request-id'];
    const id = typeof incoming === 'string' && /^[\w.:-]{8,64}$/.test(incoming) ? incoming : nextId();
    const url = req.url ?? '/';
    const mark = url.indexOf('?');
    const query = mark < 0 ? '' : url.slice(mark + 1);
    const state = new StateOfRequest(id, languageOf(query, req.headers['accept-language']), logger);
    ctx.state = state;
    res.setHeader('X-Request-Id', id);
    const { socket } = req;
    const sentBefore = socket.bytesWritten;
    res.on('close', () => {
      const milliseconds = performance.now() - started;
      const length = res.getHeader('content-length');
      const bytes = length === undefined ? socket.bytesWritten - sentBefore : Number(length);
      const method = METHODS.has(req.method ?? '') ? (req.method as string) : 'other';
      const status = res.statusCode;
      metrics.observe({ route: state.route, method, status, seconds: milliseconds / 1000, bytes });
      if (!logger.isLevelEnabled('info')) return;
      logger.info({
        request: id,
        method,
        path: (mark < 0 ? url : url.slice(0, mark)).slice(0, 300),
        ...(query === '' ? {} : { query: loggedQuery(query) }),
        route: state.route,
        status,
        ms: Math.round(milliseconds * 10) / 10,
        bytes,
        address: options.address(req),
        ...(state.viewer.account === null ? {} : { account: state.viewer.account }),
        ...(res.writableFinished ? {} : { aborted: true }),
      });
    });
    return next();
  };
}
