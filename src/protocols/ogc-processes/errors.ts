// Exceptions (18-062r2, 7.5.1): RFC 7807 with the types that the standard names, and the entries of ours for each wrong input.
import { acceptable } from '../../http/negotiate.ts';
import { problemOf } from '../../http/problem.ts';
import type { AppContext } from '../../http/protocol.ts';
import type { AppError } from '../../model/errors.ts';
import type { ProcessingReason } from '../../model/job.ts';
import { ProcessingFault } from '../../processing/processing.ts';
import { EXCEPTIONS } from './vocabulary.ts';

/** Reasons that the standard has an address for; others are found in our own list of errors. */
const TYPES: { readonly [R in ProcessingReason]?: string } = {
  'no-such-process': 'no-such-process',
  'no-such-job': 'no-such-job',
  'result-not-ready': 'result-not-ready',
  'no-such-output': 'no-such-output',
};

const OFFERS = [
  { id: 'problem', mediaType: 'application/problem+json' },
  { id: 'json', mediaType: 'application/json' },
] as const;

/** The address of the kind of exception; null: none that the standard names. */
export function exceptionType(error: AppError): string | null {
  const name = error instanceof ProcessingFault ? TYPES[error.reason] : undefined;
  return name === undefined ? null : EXCEPTIONS + name;
}

/** Writes the error as JSON; `application/json` where the caller takes nothing else (clients look at the type before they read). */
export function writeException(ctx: AppContext, error: AppError, errorList: string): void {
  const { language, requestId } = ctx.state;
  const type = exceptionType(error) ?? `${errorList}/${error.code}`;
  const problem = problemOf(error, language, requestId, type);
  const reason = error instanceof ProcessingFault ? { reason: error.reason } : {};
  const offer = acceptable(ctx.req.headers.accept, OFFERS) ?? OFFERS[0];
  ctx.set('Content-Type', `${offer.mediaType}; charset=utf-8`);
  ctx.set('Content-Language', language);
  ctx.body = `${JSON.stringify({ ...problem, ...reason })}\n`;
}
