// Errors as ERDDAP words them: `Error { code=404; message="Not Found: …"; }`, the error of DAP2 as text.
import type { AppContext } from '../../http/protocol.ts';
import { sendText } from '../../http/send-text.ts';
import { AppError, ERRORS } from '../../model/errors.ts';
import { inLanguage, type Language } from '../../model/text.ts';

export const TEXT_TYPE = 'text/plain;charset=UTF-8';

const REASONS: Readonly<Record<number, string>> = {
  400: 'Bad Request',
  401: 'Unauthorized',
  403: 'Forbidden',
  404: 'Not Found',
  405: 'Method Not Allowed',
  413: 'Payload Too Large',
  414: 'URI Too Long',
  429: 'Too Many Requests',
  500: 'Internal Server Error',
  501: 'Not Implemented',
  503: 'Service Unavailable',
};

/** What ERDDAP says where no row is left; clients look for these words. */
export function noRows(): AppError {
  return new AppError('not-found', {
    detail: {
      en: 'Your query produced no matching results. (nRows = 0)',
      fr: 'Your query produced no matching results. (nRows = 0) La requête ne donne aucune ligne.',
    },
  });
}

export function noDataSet(id: string, known: readonly string[]): AppError {
  const [name, list] = [id.slice(0, 60), known.join(', ')];
  return new AppError('not-found', {
    detail: {
      en: `Currently unknown datasetID=${name}; there are: ${list}`,
      fr: `Currently unknown datasetID=${name} ; il y a : ${list}`,
    },
  });
}

function messageOf(error: AppError, language: Language): string {
  const faults = error.faults.map(({ parameter, detail }) => `${parameter}: ${inLanguage(detail, language)}`);
  const detail = faults.length > 0 ? faults.join('; ') : inLanguage(error.detail ?? ERRORS[error.code].title, language);
  const kind = error.status === 400 ? 'Query error: ' : '';
  return `${REASONS[error.status] ?? 'Error'}: ${kind}${detail}`;
}

/** Writes the error as text; the status says the same. */
export function failWith(ctx: AppContext, error: AppError): void {
  const message = messageOf(error, ctx.state.language).replaceAll('\\', '\\\\').replaceAll('"', '\\"');
  ctx.set('Content-Type', TEXT_TYPE);
  ctx.set('Content-Language', ctx.state.language);
  sendText(ctx, `Error {\n    code=${error.status};\n    message="${message}";\n}\n`);
}
