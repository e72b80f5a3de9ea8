// Errors of OpenSearch: an OWS ExceptionReport (OGC 06-121r9 section 8) where the asked representation is XML, else problem+json.
// One Exception for each wrong parameter, its locator the parameter's name as the caller wrote it.
import { owsExceptionReport } from '../../formats/writers/ows-exceptions.ts';
import type { AppContext } from '../../http/protocol.ts';
import { type AppError, ERRORS, type ErrorCode } from '../../model/errors.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import { XML_DECLARATION } from './atom.ts';

const OWS = 'http://www.opengis.net/ows/2.0';
const EXCEPTION_CODES: { readonly [C in ErrorCode]?: string } = {
  'invalid-parameter': 'InvalidParameterValue',
  'unknown-parameter': 'InvalidParameterValue',
  'missing-parameter': 'MissingParameterValue',
  'not-supported': 'OptionNotSupported',
};

/** Does the address ask for XML? */
export function wantsXml(path: string, accept: string | undefined): boolean {
  if (/\.(?:atom|rss|xml)$/.test(path)) return true;
  if (/\.(?:json|geojson|html)$/.test(path)) return false;
  return /\bapplication\/(?:atom\+|rss\+|opensearchdescription\+)?xml\b/.test(accept ?? '');
}

/** The report as a document. */
export function exceptionReport(error: AppError, language: Language): string {
  const code = EXCEPTION_CODES[error.code] ?? 'NoApplicableCode';
  const title = inLanguage(ERRORS[error.code].title, language);
  const whole = error.detail ? `${title}: ${inLanguage(error.detail, language)}` : title;
  const exceptions = error.faults.map(({ parameter, detail }) => ({
    code,
    locator: parameter,
    text: `${parameter}: ${inLanguage(detail, language)}`,
  }));
  const report = owsExceptionReport(exceptions.length > 0 ? exceptions : [{ code, locator: null, text: whole }], {
    namespace: OWS,
    version: '2.0.0',
    language,
  });
  return `${XML_DECLARATION}${report}\n`;
}

/** Writes the report; status and headers of the kind of error are set already. */
export function writeExceptionReport(ctx: AppContext, error: AppError): void {
  ctx.set('Content-Type', 'application/xml; charset=utf-8');
  ctx.set('Content-Language', ctx.state.language);
  ctx.body = exceptionReport(error, ctx.state.language);
}
