// What faults of the driver and of the server mean to a caller: away, too long, or a fault of our own.
// Codes: PostgreSQL 15, Appendix A.
import { AppError } from '../model/errors.ts';

const GONE_CODES = new Set([
  'ECONNREFUSED',
  'ECONNRESET',
  'EPIPE',
  'ETIMEDOUT',
  'ENOTFOUND',
  'EAI_AGAIN',
  'EHOSTUNREACH',
  'ENETUNREACH',
  '57P01', // admin_shutdown
  '57P02', // crash_shutdown
  '57P03', // cannot_connect_now
  '53300', // too_many_connections
]);
const GONE_WORDS =
  /connection terminated|connection ended|client has encountered a connection error|not queryable|timeout exceeded when trying to connect|worker ended/i;
const BUSY_CODES = new Set(['40001', '40P01']);

/** SQLSTATE or system code of an error, '' without one. */
export function codeOfError(error: unknown): string {
  return typeof error === 'object' && error !== null && 'code' in error ? String(error.code) : '';
}

/** Is the connection broken, or was there none to be had? */
export function isConnectionLost(error: unknown): boolean {
  const code = codeOfError(error);
  if (GONE_CODES.has(code) || code.startsWith('08')) return true;
  if (error instanceof AggregateError) return error.errors.some(isConnectionLost);
  return code === '' && error instanceof Error && GONE_WORDS.test(error.message);
}

/** Did the server end the transaction because of another one? The same transaction may then simply run again. */
export function isWorthRepeating(error: unknown): boolean {
  return BUSY_CODES.has(codeOfError(error));
}

/** The error that the caller is told of; faults of statements stay as they are. */
export function toAppError(error: unknown): unknown {
  if (error instanceof AppError) return error;
  if (isConnectionLost(error)) return new AppError('database-unavailable', { cause: error });
  if (codeOfError(error) === '57014') return new AppError('query-too-long', { cause: error });
  return error;
}
