// What is wrong in `mappings/`: file, place in it, reason; and the error that carries all of them at once.

export interface MappingFault {
  /** Path below `mappings/`, with `/`. */
  readonly file: string;
  /** JSON pointer (RFC 6901) to the value; empty = the whole file. */
  readonly pointer: string;
  readonly reason: string;
}

export class MappingsError extends Error {
  readonly faults: readonly MappingFault[];
  constructor(faults: readonly MappingFault[]) {
    super(`${faults.length} fault(s) in the mappings\n${faults.map(faultLine).join('\n')}`);
    this.name = 'MappingsError';
    this.faults = faults;
  }
}

export function faultLine({ file, pointer, reason }: MappingFault): string {
  return `${file}${pointer === '' ? '' : `#${pointer}`}: ${reason}`;
}

/** One step further in a JSON pointer, escaped (RFC 6901, 3). */
export function below(pointer: string, ...steps: readonly (string | number)[]): string {
  return steps.reduce<string>(
    (at, step) => `${at}/${String(step).replaceAll('~', '~0').replaceAll('/', '~1')}`,
    pointer,
  );
}
