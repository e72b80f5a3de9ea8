// Answers an error: clears what a handler had begun, sets the headers that the status asks for, and lets the dialect word it.
import type { AppError } from '../model/errors.ts';
import { setVary } from './headers.ts';
import { writeProblem } from './problem.ts';
import type { AppContext, Protocol } from './protocol.ts';

/** Headers that belonged to the answer that failed. */
const OF_THE_ANSWER = [
  'ETag',
  'Last-Modified',
  'Content-Type',
  'Content-Length',
  'Content-Encoding',
  'Content-Disposition',
  'Content-Language',
  'Link',
];
const RETRY_AFTER: { readonly [code: string]: string } = {
  'database-unavailable': '5',
  'storage-unavailable': '5',
  busy: '10',
  'query-too-long': '30',
  'too-many-requests': '60',
};

export interface FailOptions {
  readonly realm: string;
  /** Address of the list of errors, for the `type` of problems. */
  readonly errorList: string;
}

/** Writes the error in the protocol's own envelope, else as problem+json. Headers must not have been sent. */
export function answerError(
  ctx: AppContext,
  error: AppError,
  protocol: Pick<Protocol, 'fail'> | null,
  options: FailOptions,
): void {
  const { res } = ctx;
  for (const name of OF_THE_ANSWER) res.removeHeader(name);
  res.setHeader('Cache-Control', 'no-store');
  setVary(res, 'Accept, Accept-Language, Authorization');
  if (error.code === 'unauthorized') {
    res.setHeader('WWW-Authenticate', `Basic realm="${options.realm}", charset="UTF-8"`);
  }
  const wait = RETRY_AFTER[error.code];
  if (wait !== undefined) res.setHeader('Retry-After', wait);
  ctx.status = error.status;
  if (protocol?.fail) protocol.fail(ctx, error);
  else writeProblem(ctx, error, options.errorList);
}
