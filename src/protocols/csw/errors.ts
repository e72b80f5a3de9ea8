// Errors as OWS exception reports: OWS 1.0 for CSW 2.0.2, OWS 2.0 for CSW 3.0, each with its own codes, one Exception for each thing that
// is wrong (OGC 05-008 clause 8; OGC 06-121r9 clause 8).
import { owsExceptionReport } from '../../formats/writers/ows-exceptions.ts';
import { AppError, ERRORS, type ErrorCode } from '../../model/errors.ts';
import { inLanguage, type Language, type Localised } from '../../model/text.ts';
import type { Dialect } from './vocabulary.ts';

export type ExceptionCode =
  | 'OperationNotSupported'
  | 'MissingParameterValue'
  | 'InvalidParameterValue'
  | 'VersionNegotiationFailed'
  | 'InvalidUpdateSequence'
  | 'CurrentUpdateSequence'
  | 'NoApplicableCode';

export interface Exception {
  readonly code: ExceptionCode;
  /** Name of the parameter. */
  readonly locator: string | null;
  readonly text: Localised;
}

/** An error whose exceptions have codes that the closed list of errors does not know. */
export class OwsError extends AppError {
  readonly exceptions: readonly Exception[];
  constructor(exceptions: readonly Exception[], code: ErrorCode = 'invalid-parameter') {
    super(code, {
      faults: exceptions.map(({ locator, text }) => ({ parameter: locator ?? '', detail: text })),
    });
    this.exceptions = exceptions;
  }
}

export const invalid = (locator: string, en: string, fr: string): Exception => ({
  code: 'InvalidParameterValue',
  locator,
  text: { en, fr },
});
export const missing = (locator: string): Exception => ({
  code: 'MissingParameterValue',
  locator,
  text: { en: `the parameter ${locator} is required`, fr: `le paramètre ${locator} est obligatoire` },
});

const CODES: { readonly [C in ErrorCode]?: ExceptionCode } = {
  'invalid-parameter': 'InvalidParameterValue',
  'unknown-parameter': 'InvalidParameterValue',
  'missing-parameter': 'MissingParameterValue',
  'not-supported': 'OperationNotSupported',
};
/** Parts of a SearchQuery by the names that a caller of CSW knows. */
const LOCATORS: { readonly [parameter: string]: string } = {
  limit: 'maxRecords',
  offset: 'startPosition',
  words: 'q',
  ids: 'recordIds',
  areas: 'bbox',
  filter: 'Constraint',
};

function exceptionsOf(error: AppError): readonly Exception[] {
  if (error instanceof OwsError) return error.exceptions;
  const code = CODES[error.code] ?? 'NoApplicableCode';
  if (error.faults.length > 0) {
    return error.faults.map(({ parameter, detail }) => ({
      code,
      locator: Object.hasOwn(LOCATORS, parameter) ? (LOCATORS[parameter] ?? null) : parameter,
      text: detail,
    }));
  }
  const { title } = ERRORS[error.code];
  const worded = (language: Language): string =>
    error.detail
      ? `${inLanguage(title, language)}: ${inLanguage(error.detail, language)}`
      : inLanguage(title, language);
  return [{ code, locator: null, text: { en: worded('en'), fr: worded('fr') } }];
}

/** The report as one element, without XML declaration. */
export function exceptionReport(error: AppError, dialect: Dialect, language: Language): string {
  return owsExceptionReport(
    exceptionsOf(error).map(({ code, locator, text }) => ({ code, locator, text: inLanguage(text, language) })),
    { namespace: dialect.ows, version: dialect.report, language },
  );
}
