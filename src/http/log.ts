// The log: one JSON line an event on standard output (pino), written in blocks; passwords and tokens never enter it.
import { type DestinationStream, type Logger, pino } from 'pino';

export interface Log {
  readonly logger: Logger;
  /** Writes out what is held back; before the process ends. */
  readonly flush: () => void;
}

/**
 * A log that collects lines into blocks of 8 kB, written at least every second. Written in place: handing blocks to another thread
 * costs ten times as much as the lines themselves (3 µs each).
 */
export function createLog(level: string): Log {
  const destination = pino.destination({ dest: 1, sync: true, minLength: 8192 });
  const flush = () => {
    try {
      destination.flushSync();
    } catch {
      // The reader of a pipe is gone: there is nobody to tell.
    }
  };
  setInterval(flush, 1000).unref();
  return { logger: createLogger(level, destination), flush };
}

/** Time of a line as UTC text; the date and the second are worked out once a second, not once a line. */
function timeOfLine(): () => string {
  let second = -1;
  let text = '';
  return () => {
    const now = Date.now();
    const current = Math.floor(now / 1000);
    if (current !== second) {
      second = current;
      text = new Date(current * 1000).toISOString().slice(0, 20);
    }
    return `,"time":"${text}${String(now % 1000).padStart(3, '0')}Z"`;
  };
}

export function createLogger(level: string, destination: DestinationStream): Logger {
  return pino({ level, base: null, timestamp: timeOfLine() }, destination);
}

const SECRET = /((?:^|&)[^=&]*(?:pass|pwd|token|secret|key|auth|signature)[^=&]*=)[^&]*/gi;

/** A query for the log: at most 300 characters, values of parameters with a secret's name blotted out. */
export function loggedQuery(query: string): string {
  return query.slice(0, 300).replace(SECRET, '$1…');
}
