// The errors of OAI-PMH 2.0 (3.6): words in the answer, with HTTP status 200. What is wrong with the server itself is a status of HTTP,
// never an empty list: harvesters would delete everything.
import { xmlText } from '../../formats/writers/text.ts';
import { detailOf } from '../../http/problem.ts';
import type { AppContext } from '../../http/protocol.ts';
import { type AppError, ERRORS } from '../../model/errors.ts';

export interface OaiError {
  readonly code:
    | 'badVerb'
    | 'badArgument'
    | 'badResumptionToken'
    | 'cannotDisseminateFormat'
    | 'idDoesNotExist'
    | 'noMetadataFormats'
    | 'noRecordsMatch';
  readonly message: string;
}

/** After these the answer must not repeat the arguments (3.2). */
export function hidesArguments(errors: readonly OaiError[]): boolean {
  return errors.some(({ code }) => code === 'badVerb' || code === 'badArgument');
}

export function errorElements(errors: readonly OaiError[]): string {
  return errors.map(({ code, message }) => `<error code="${code}">${xmlText(message)}</error>`).join('');
}

/** Seconds after which a harvester may try again what we failed at. */
const RETRY_AFTER = '60';

/** An error outside the protocol: a fault of ours is 503 with Retry-After (3.1.2.2), which every harvester understands. */
export function failWith(ctx: AppContext, error: AppError): void {
  if (error.status >= 500) {
    if (!ctx.res.hasHeader('Retry-After')) ctx.res.setHeader('Retry-After', RETRY_AFTER);
    ctx.status = 503;
  }
  ctx.set('Content-Type', 'text/plain; charset=utf-8');
  const detail = detailOf(error, 'en');
  ctx.body = `${ERRORS[error.code].title.en}${detail === undefined ? '' : `: ${detail}`}\n`;
}
