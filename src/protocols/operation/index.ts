// Operation: is the process alive, may it get requests, what does it measure; and the list of errors that `type` of problems points to.

import type { AppContext, Protocol } from '../../http/protocol.ts';
import { AppError, ERRORS, type ErrorCode } from '../../model/errors.ts';

export interface OperationDependencies {
  /** Resolves when the database answers and its migrations are done; rejects with the reason. */
  readonly ready: () => Promise<void>;
  /** The server has been told to stop. */
  readonly stopping: () => boolean;
  readonly metrics: { readonly print: () => Promise<string>; readonly contentType: string };
  /** May this caller read the measurements? */
  readonly metricsAllowed: (ctx: AppContext) => boolean;
  readonly version: string;
}

/** How long the database may take to answer the readiness question, milliseconds. */
const PATIENCE = 1000;

function within<T>(milliseconds: number, work: Promise<T>): Promise<T> {
  let timer: NodeJS.Timeout | undefined;
  const late = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('no answer in time')), milliseconds);
  });
  return Promise.race([work, late]).finally(() => clearTimeout(timer));
}

function answer(ctx: AppContext, status: number, body: object): void {
  ctx.status = status;
  ctx.set('Content-Type', 'application/json; charset=utf-8');
  ctx.set('Cache-Control', 'no-store');
  ctx.body = `${JSON.stringify(body)}\n`;
}

async function answerReady(ctx: AppContext, deps: OperationDependencies): Promise<void> {
  if (deps.stopping()) return answer(ctx, 503, { status: 'stopping' });
  try {
    await within(PATIENCE, deps.ready());
    answer(ctx, 200, { status: 'ready' });
  } catch (error) {
    ctx.state.log.warn({ reason: (error as Error).message }, 'not ready');
    ctx.set('Retry-After', '5');
    answer(ctx, 503, { status: 'not ready' });
  }
}

async function answerMetrics(ctx: AppContext, deps: OperationDependencies): Promise<void> {
  // Whoever is not listed cannot tell that there is anything.
  if (!deps.metricsAllowed(ctx)) throw new AppError('not-found');
  const text = await deps.metrics.print();
  ctx.set('Content-Type', deps.metrics.contentType);
  ctx.set('Cache-Control', 'no-store');
  ctx.body = text;
}

function describe(code: ErrorCode): object {
  return { code, status: ERRORS[code].status, title: ERRORS[code].title };
}

function answerError(ctx: AppContext): void {
  const code = ctx.params.code as ErrorCode;
  if (!Object.hasOwn(ERRORS, code)) throw new AppError('not-found');
  answer(ctx, 200, describe(code));
}

export function createOperation(deps: OperationDependencies): Protocol {
  const json = ['application/json'];
  return {
    name: 'operation',
    routes: [
      {
        method: 'GET',
        path: '/healthz',
        doc: { summary: 'The process lives; asks nothing else', produces: json },
        handle: (ctx) => answer(ctx, 200, { status: 'alive', version: deps.version }),
      },
      {
        method: 'GET',
        path: '/readyz',
        doc: { summary: 'The database answers and is up to date; 503 otherwise and while stopping', produces: json },
        handle: (ctx) => answerReady(ctx, deps),
      },
      {
        method: 'GET',
        path: '/metrics',
        doc: {
          summary: 'Measurements for Prometheus, for the addresses of VOBS_METRICS_ALLOW',
          produces: ['text/plain'],
        },
        handle: (ctx) => answerMetrics(ctx, deps),
      },
      {
        method: 'GET',
        path: '/errors',
        doc: { summary: 'The closed list of errors: code, status and title', produces: json },
        handle: (ctx) => answer(ctx, 200, { errors: (Object.keys(ERRORS) as ErrorCode[]).map(describe) }),
      },
      {
        method: 'GET',
        path: '/errors/:code',
        doc: { summary: 'One kind of error; the type of a problem points here', produces: json },
        handle: answerError,
      },
    ],
  };
}
