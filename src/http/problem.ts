// application/problem+json (RFC 9457): one entry of `errors` for each wrong parameter, in the caller's language. No stack, path or SQL.
import { type AppError, ERRORS } from '../model/errors.ts';
import { inLanguage, type Language } from '../model/text.ts';
import type { AppContext } from './protocol.ts';

export interface Problem {
  /** Address that describes the kind of error. */
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly code: string;
  readonly detail?: string;
  readonly errors?: readonly { readonly parameter: string; readonly detail: string }[];
  readonly requestId: string;
}

/** Text of an error in one sentence: its own detail, or its faults by name; undefined when the title says it all. */
export function detailOf(error: AppError, language: Language): string | undefined {
  if (error.detail) return inLanguage(error.detail, language);
  if (error.faults.length === 0) return undefined;
  return error.faults.map((fault) => `${fault.parameter}: ${inLanguage(fault.detail, language)}`).join('; ');
}

/** `type` is the address of the entry in our list of errors. */
export function problemOf(error: AppError, language: Language, requestId: string, type: string): Problem {
  const detail = detailOf(error, language);
  const errors = error.faults.map((fault) => ({
    parameter: fault.parameter,
    detail: inLanguage(fault.detail, language),
  }));
  return {
    type,
    title: inLanguage(ERRORS[error.code].title, language),
    status: error.status,
    code: error.code,
    ...(detail === undefined ? {} : { detail }),
    ...(errors.length === 0 ? {} : { errors }),
    requestId,
  };
}

/** Writes the error as problem+json. `typeBase`: address of the list of errors. */
export function writeProblem(ctx: AppContext, error: AppError, typeBase: string): void {
  const problem = problemOf(error, ctx.state.language, ctx.state.requestId, `${typeBase}/${error.code}`);
  ctx.status = error.status;
  ctx.set('Content-Type', 'application/problem+json; charset=utf-8');
  ctx.set('Content-Language', ctx.state.language);
  ctx.body = `${JSON.stringify(problem)}\n`;
}
