// Errors of STAC API: `code` and `description` as OGC API Features has them (17-069r4, schema exception), in the problem+json of every door.
import { detailOf, problemOf } from '../../http/problem.ts';
import type { AppContext } from '../../http/protocol.ts';
import { type AppError, ERRORS } from '../../model/errors.ts';
import { inLanguage } from '../../model/text.ts';

/** Writes the error. `errorList`: address of the list of errors. */
export function writeStacError(ctx: AppContext, error: AppError, errorList: string): void {
  const { language, requestId } = ctx.state;
  const problem = problemOf(error, language, requestId, `${errorList}/${error.code}`);
  const description = detailOf(error, language) ?? inLanguage(ERRORS[error.code].title, language);
  ctx.set('Content-Type', 'application/problem+json; charset=utf-8');
  ctx.set('Content-Language', language);
  ctx.body = `${JSON.stringify({ ...problem, description })}\n`;
}
