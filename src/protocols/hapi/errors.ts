// Faults with the codes of HAPI: each is an error of the closed list that carries its code, and is worded as a status (HAPI 3.3, section 4).
import type { AppContext } from '../../http/protocol.ts';
import { AppError, type ErrorCode } from '../../model/errors.ts';
import type { Localised } from '../../model/text.ts';
import { inLanguage } from '../../model/text.ts';
import { JSON_TYPE, STATUS, type StatusCode, statusOf } from './vocabulary.ts';

const CODE = Symbol('code of HAPI');

/** What HTTP says of a code: 404 for the two that do not find something, else 400. */
const errorCode = (code: StatusCode): ErrorCode =>
  code === 1406 || code === 1407 ? 'not-found' : code === 1401 ? 'unknown-parameter' : 'invalid-parameter';

/** `detail` never repeats what the caller wrote (HAPI 3.3, 5.2). */
export function hapiFault(code: StatusCode, detail?: Localised): AppError {
  return new AppError(errorCode(code), { ...(detail === undefined ? {} : { detail }), cause: { [CODE]: code } });
}

function codeOf(error: AppError): StatusCode {
  const { cause } = error;
  if (typeof cause === 'object' && cause !== null && CODE in cause) return cause[CODE] as StatusCode;
  if (error.code === 'database-unavailable' || error.code === 'query-too-long') return 1501;
  return error.status >= 500 ? 1500 : 1400;
}

/** The HTTP reason phrase with the code, as the standard recommends: ASCII alone may stand there. */
export function reasonOf(code: StatusCode, http: string): string {
  return `${http}; HAPI ${code} ${STATUS[code].en}`;
}

const REASONS: { readonly [status: number]: string } = { 400: 'Bad Request', 404: 'Not Found' };

/** Writes the error as JSON, whatever format was asked. */
export function writeHapiError(ctx: AppContext, error: AppError): void {
  const code = codeOf(error);
  const { status } = error;
  ctx.set('Content-Type', JSON_TYPE);
  ctx.set('Content-Language', 'en');
  ctx.status = status;
  ctx.message = reasonOf(code, REASONS[status] ?? ctx.message);
  ctx.body = `${JSON.stringify(statusOf(code, error.detail && inLanguage(error.detail, 'en')))}\n`;
}
