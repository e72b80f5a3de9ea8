// The exception report of the OGC web services: OWS Common 1.0 (05-008), 1.1 (06-121r3) and 2.0 (06-121r9), clause 8.
import { xmlAttribute, xmlText } from './text.ts';

export interface OwsException {
  readonly code: string;
  /** Name of the parameter at fault; null: none. */
  readonly locator: string | null;
  readonly text: string;
}

export interface ReportForm {
  /** `http://www.opengis.net/ows`, `…/ows/1.1` or `…/ows/2.0`. */
  readonly namespace: string;
  /** Of the report, as the service's standard says. */
  readonly version: string;
  /** `en`, `en-US`. */
  readonly language: string;
}

/** One `ows:ExceptionReport` element, without XML declaration. OWS 1.0 knows its language as an attribute `language`. */
export function owsExceptionReport(exceptions: readonly OwsException[], form: ReportForm): string {
  const body = exceptions.map(
    ({ code, locator, text }) =>
      `<ows:Exception exceptionCode="${xmlAttribute(code)}"${locator === null || locator === '' ? '' : ` locator="${xmlAttribute(locator)}"`}>` +
      `<ows:ExceptionText>${xmlText(text)}</ows:ExceptionText></ows:Exception>`,
  );
  const language = form.namespace === 'http://www.opengis.net/ows' ? 'language' : 'xml:lang';
  return (
    `<ows:ExceptionReport xmlns:ows="${form.namespace}" version="${form.version}" ${language}="${form.language}">` +
    `${body.join('')}</ows:ExceptionReport>`
  );
}
