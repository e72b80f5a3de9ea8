// Faults between threads: their class is lost on the way, and made again on the other side.
import { AppError, ERRORS, type ErrorCode, SyntaxFault } from '../../model/errors.ts';
import type { JobFault, ProcessingReason } from '../../model/job.ts';
import { ProcessingFault } from '../processing.ts';
import type { PlainFault } from './worker-messages.ts';

export function plainFault(thrown: unknown): PlainFault {
  const message = thrown instanceof Error ? thrown.message : String(thrown);
  if (thrown instanceof AppError) {
    const [first] = thrown.faults;
    const detail = first?.detail ?? thrown.detail ?? {};
    return { kind: 'app', code: thrown.code, message, detail, parameter: first?.parameter ?? null };
  }
  if (thrown instanceof SyntaxFault)
    return { kind: 'syntax', code: '', message, detail: thrown.detail, parameter: null };
  return { kind: 'other', code: '', message, detail: {}, parameter: null };
}

const isCode = (code: string): code is ErrorCode => code in ERRORS;

export function faultOf({ kind, code, message, detail, parameter }: PlainFault): Error {
  if (kind === 'syntax') return new SyntaxFault(detail.en ?? message, detail.fr ?? message);
  if (kind === 'other' || !isCode(code)) return new Error(message);
  return new AppError(code, parameter === null ? { detail } : { faults: [{ parameter, detail }] });
}

const INTERNAL = { en: 'the process broke down', fr: 'le processus est tombé en panne' };

const REASONS: { readonly [C in ErrorCode]?: ProcessingReason } = {
  unauthorized: 'input-forbidden',
  forbidden: 'input-forbidden',
  'body-too-large': 'input-too-large',
  'storage-full': 'storage-full',
  'storage-unavailable': 'internal',
  'database-unavailable': 'internal',
};

/** Why the job failed. What nobody foresaw is `internal`, and its text stays inside. */
export function jobFaultOf(thrown: unknown): JobFault {
  if (thrown instanceof ProcessingFault) {
    const [first] = thrown.entries;
    return { reason: thrown.reason, detail: first?.detail ?? {}, input: thrown.locator };
  }
  if (thrown instanceof AppError && thrown.code !== 'internal') {
    const [first] = thrown.faults;
    const detail = first?.detail ?? thrown.detail ?? ERRORS[thrown.code].title;
    return { reason: REASONS[thrown.code] ?? 'invalid-input', detail, input: first?.parameter ?? null };
  }
  if (thrown instanceof SyntaxFault) return { reason: 'invalid-input', detail: thrown.detail, input: null };
  return { reason: 'internal', detail: INTERNAL, input: null };
}

export const OUT_OF_MEMORY: JobFault = {
  reason: 'out-of-memory',
  detail: {
    en: 'the process needs more memory than a job may have',
    fr: 'le processus demande plus de mémoire qu’un travail ne peut en avoir',
  },
  input: null,
};

export const outOfMemory = (): ProcessingFault =>
  new ProcessingFault([{ parameter: '', reason: OUT_OF_MEMORY.reason, detail: OUT_OF_MEMORY.detail }]);
