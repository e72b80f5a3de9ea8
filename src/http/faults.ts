// From whatever was thrown to one entry of the closed list of errors. What nobody foresaw is `internal`, and its text stays inside.
import { AppError, SyntaxFault } from '../model/errors.ts';

/** An error that is to be told to the caller; storage has already said which faults of the database are. */
export function toAppError(thrown: unknown): AppError {
  if (thrown instanceof AppError) return thrown;
  if (thrown instanceof SyntaxFault) return new AppError('malformed-request', { detail: thrown.detail, cause: thrown });
  return new AppError('internal', { cause: thrown });
}

/** Name, message and the first line of the place, for the log: raw stacks of wasm hold the whole glue code. */
export function describeError(thrown: unknown): { name: string; message: string; at?: string; cause?: string } {
  if (!(thrown instanceof Error)) return { name: typeof thrown, message: String(thrown).slice(0, 500) };
  const places = thrown.stack?.split('\n').filter((line) => line.startsWith('    at ')) ?? [];
  const at = places
    .slice(0, 3)
    .map((line) => line.trim().slice(0, 160))
    .join(' < ');
  return {
    name: thrown.name,
    message: thrown.message.slice(0, 500),
    ...(at === '' ? {} : { at }),
    ...(thrown.cause === undefined ? {} : { cause: describeError(thrown.cause).message }),
  };
}
