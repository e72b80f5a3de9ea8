// Errors of the facade: ErrorMessage and ErrorCode of resto at top level, beside the members of RFC 9457, so that both kinds of clients are
// served. ErrorCode is the HTTP status.

import { acceptable } from '../../http/negotiate.ts';
import { detailOf, problemOf } from '../../http/problem.ts';
import type { AppContext } from '../../http/protocol.ts';
import { type AppError, ERRORS } from '../../model/errors.ts';
import { inLanguage } from '../../model/text.ts';

const TYPES = [
  { id: 'json', mediaType: 'application/json' },
  { id: 'problem', mediaType: 'application/problem+json' },
] as const;

/** Writes the error; status and headers of its kind are set already. `typeBase`: address of the list of errors. */
export function writeRestoError(ctx: AppContext, error: AppError, typeBase: string): void {
  const { language, requestId } = ctx.state;
  const title = inLanguage(ERRORS[error.code].title, language);
  const detail = detailOf(error, language);
  const { mediaType } = acceptable(ctx.req.headers.accept, TYPES) ?? TYPES[0];
  ctx.set('Content-Type', `${mediaType}; charset=utf-8`);
  ctx.set('Content-Language', language);
  ctx.body = `${JSON.stringify({
    ErrorMessage: detail === undefined ? title : `${title}: ${detail}`,
    ErrorCode: error.status,
    ...problemOf(error, language, requestId, `${typeBase}/${error.code}`),
  })}\n`;
}
