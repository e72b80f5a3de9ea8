// Errors as OWS exception reports: OWS 1.1 for WPS 1.0.0 (05-007r7), OWS 2.0 for WPS 2.0 (14-065r2), each with its own codes, one
// Exception for each thing that is wrong.
import { type OwsException, owsExceptionReport } from '../../formats/writers/ows-exceptions.ts';
import { AppError, ERRORS, type ErrorCode } from '../../model/errors.ts';
import type { JobFault, ProcessingReason } from '../../model/job.ts';
import { inLanguage, type Language, type Localised } from '../../model/text.ts';
import { ProcessingFault } from '../../processing/processing.ts';
import { DIALECTS, LANGUAGE_TAGS, type Version } from './vocabulary.ts';

export type ExceptionCode =
  | 'OperationNotSupported'
  | 'MissingParameterValue'
  | 'InvalidParameterValue'
  | 'VersionNegotiationFailed'
  | 'InvalidUpdateSequence'
  | 'NotEnoughStorage'
  | 'ServerBusy'
  | 'FileSizeExceeded'
  | 'NoApplicableCode'
  | Code2;
/** Codes that version 2.0 alone has. */
type Code2 =
  | 'NoSuchProcess'
  | 'NoSuchMode'
  | 'NoSuchInput'
  | 'NoSuchOutput'
  | 'NoSuchFormat'
  | 'NoSuchJob'
  | 'ResultNotReady'
  | 'DataNotAccessible'
  | 'TooManyInputs'
  | 'TooManyOutputs'
  | 'WrongInputData'
  | 'InternalServerError';

export interface Exception {
  readonly code: ExceptionCode;
  /** Name of the parameter, input or output. */
  readonly locator: string | null;
  readonly text: Localised;
}

/** What is wrong with a request itself, before any process is asked. */
export class WpsError extends AppError {
  readonly exceptions: readonly Exception[];
  constructor(exceptions: readonly Exception[]) {
    const isUnsupported = exceptions[0]?.code === 'OperationNotSupported';
    super(isUnsupported ? 'not-supported' : 'invalid-parameter', {
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

/** References are fetched by GET: nothing is posted in a caller's name. */
export const onlyGet = (id: string): Exception =>
  invalid(id, 'references are fetched by GET, without a body', 'les références sont lues par GET, sans corps');

export const statusNeedsStore: Exception = invalid(
  'status',
  'status=true needs storeExecuteResponse=true',
  'status=true demande storeExecuteResponse=true',
);

interface Worded {
  readonly code: { readonly [V in Version]: ExceptionCode };
  /** HTTP status; absent: that of the error. The client that is used most reads a report under 400 alone. */
  readonly status?: { readonly [V in Version]: number };
}
const both = (code: ExceptionCode): Worded['code'] => ({ '1.0.0': code, '2.0.0': code });
const each = (first: ExceptionCode, second: ExceptionCode): Worded['code'] => ({ '1.0.0': first, '2.0.0': second });
const BAD = { '1.0.0': 400, '2.0.0': 400 };
const BUSY = { '1.0.0': 400, '2.0.0': 503 };
const BROKEN = { code: each('NoApplicableCode', 'InternalServerError'), status: { '1.0.0': 500, '2.0.0': 500 } };

const REASONS: { readonly [R in ProcessingReason]: Worded } = {
  'no-such-process': { code: each('InvalidParameterValue', 'NoSuchProcess'), status: BAD },
  'no-such-input': { code: each('InvalidParameterValue', 'NoSuchInput'), status: BAD },
  'no-such-output': { code: each('InvalidParameterValue', 'NoSuchOutput'), status: BAD },
  'no-such-job': { code: each('InvalidParameterValue', 'NoSuchJob'), status: { '1.0.0': 404, '2.0.0': 400 } },
  'missing-input': { code: both('MissingParameterValue'), status: BAD },
  'invalid-input': { code: each('InvalidParameterValue', 'WrongInputData'), status: BAD },
  'too-many-values': { code: each('InvalidParameterValue', 'TooManyInputs'), status: BAD },
  'unsupported-format': { code: each('InvalidParameterValue', 'NoSuchFormat'), status: BAD },
  'input-not-accessible': { code: each('InvalidParameterValue', 'DataNotAccessible'), status: BAD },
  'input-forbidden': { code: each('NoApplicableCode', 'DataNotAccessible') },
  'input-too-large': { code: both('FileSizeExceeded'), status: BAD },
  'result-not-ready': { code: each('NoApplicableCode', 'ResultNotReady'), status: BAD },
  'job-gone': { code: each('NoApplicableCode', 'NoSuchJob'), status: { '1.0.0': 410, '2.0.0': 400 } },
  'queue-full': { code: both('ServerBusy'), status: BUSY },
  'quota-exceeded': { code: both('ServerBusy'), status: BUSY },
  'storage-full': { code: both('NotEnoughStorage'), status: BAD },
  'timed-out': { code: each('NoApplicableCode', 'InternalServerError'), status: BAD },
  'out-of-memory': BROKEN,
  'worker-lost': BROKEN,
  internal: BROKEN,
};
const CODES: { readonly [C in ErrorCode]?: Worded } = {
  'invalid-parameter': { code: both('InvalidParameterValue') },
  'unknown-parameter': { code: both('InvalidParameterValue') },
  'missing-parameter': { code: both('MissingParameterValue') },
  'not-supported': { code: both('OperationNotSupported') },
  'body-too-large': { code: both('FileSizeExceeded'), status: BAD },
  'unsupported-media-type': { code: both('NoApplicableCode'), status: BAD },
  'storage-full': { code: both('NotEnoughStorage'), status: BAD },
  busy: { code: both('ServerBusy'), status: BUSY },
  internal: BROKEN,
};
const OTHER: Worded = { code: both('NoApplicableCode') };

/** Both versions know the process by the parameter that named it, a job by its own id. */
const locatorOf = (reason: ProcessingReason, name: string): string =>
  reason === 'no-such-process' ? 'Identifier' : name;

const wordsOf = (error: AppError): Worded =>
  error instanceof ProcessingFault ? REASONS[error.reason] : (CODES[error.code] ?? OTHER);

function titled({ code, detail }: AppError): Localised {
  const { title } = ERRORS[code];
  const worded = (language: Language): string =>
    detail ? `${inLanguage(title, language)}: ${inLanguage(detail, language)}` : inLanguage(title, language);
  return { en: worded('en'), fr: worded('fr') };
}

function exceptionsOf(error: AppError, version: Version): readonly Exception[] {
  if (error instanceof WpsError) return error.exceptions;
  if (error instanceof ProcessingFault) {
    return error.entries.map(({ reason, parameter, detail }) => ({
      code: REASONS[reason].code[version],
      locator: locatorOf(reason, parameter) || null,
      text: detail,
    }));
  }
  const code = wordsOf(error).code[version];
  if (error.faults.length === 0) return [{ code, locator: null, text: titled(error) }];
  return error.faults.map(({ parameter, detail }) => ({ code, locator: parameter, text: detail }));
}

function reportOf(exceptions: readonly Exception[], version: Version, language: Language): string {
  const { ows, report } = DIALECTS[version];
  const worded: OwsException[] = exceptions.map(({ code, locator, text }) => ({
    code,
    locator,
    text: inLanguage(text, language),
  }));
  return owsExceptionReport(worded, { namespace: ows, version: report, language: LANGUAGE_TAGS[language] });
}

/** The report as one element, without XML declaration. */
export function exceptionReport(error: AppError, version: Version, language: Language): string {
  return reportOf(exceptionsOf(error, version), version, language);
}

/** Why a job failed, as the report that its status holds. */
export function jobFaultReport(fault: JobFault, version: Version, language: Language): string {
  const exception = { code: REASONS[fault.reason].code[version], locator: fault.input, text: fault.detail };
  return reportOf([exception], version, language);
}

/** HTTP status of the report. */
export function statusOf(error: AppError, version: Version): number {
  return (error instanceof WpsError ? undefined : wordsOf(error).status?.[version]) ?? error.status;
}
