// What a requirement of a standard is, and how its outcome is told. Requirements are data: an address in the standard, a sentence, the clause,
// the conformance class that must be claimed for it to be asked, and a check that throws a Fault.
import type { Answer, Http } from './http.ts';
import type { Xsd } from './xsd.ts';

export interface Requirement<Facts> {
  /** The standard's own address of the requirement, or the name of the test in its executable suite. */
  readonly id: string;
  /** One sentence: what holds. */
  readonly title: string;
  readonly clause: string;
  /** Key of the conformance class that must be claimed. */
  readonly needs: string;
  /** Throws a Fault where the requirement does not hold, a Skip where nothing on this server can decide it. */
  readonly check: (facts: Facts, target: Target) => Promise<void> | void;
}

/** The server that is judged. */
export interface Target {
  /** Base address without a slash at its end. */
  readonly base: string;
  readonly http: Http;
  /** null: no folder of schemas was given. */
  readonly xsd: Xsd | null;
  /** Address of a door: the usual one below the base, unless the caller named another. */
  readonly door: (standard: string, usual: string) => string;
}

/** What a server says of itself before anything is checked. */
export type Discovery<Facts> =
  | { readonly absent: string }
  | { readonly claims: ReadonlySet<string>; readonly facts: Facts };

export interface Standard<Facts> {
  /** The folder's name. */
  readonly name: string;
  readonly title: string;
  /** Conformance classes by key, in the order of the table. */
  readonly classes: { readonly [key: string]: string };
  readonly discover: (target: Target) => Promise<Discovery<Facts>>;
  readonly requirements: readonly Requirement<Facts>[];
}

/** Something that a standard demands does not hold. */
export class Fault extends Error {
  readonly answer: Answer | undefined;
  constructor(message: string, answer?: Answer) {
    super(message);
    this.answer = answer;
  }
}

/** Nothing on this server can decide the requirement. */
export class Skip extends Error {}

/** Throws a Fault unless the condition holds. The answer that shows it is printed; without one, the last that came. */
export function must(condition: unknown, message: string, answer?: Answer): asserts condition {
  if (!condition) throw new Fault(message, answer);
}

/** Throws a Fault with the first faults of a list. */
export function none(faults: readonly string[], what: string, answer?: Answer): void {
  const more = faults.length > 5 ? ` … and ${faults.length - 5} more` : '';
  must(faults.length === 0, `${what}: ${faults.slice(0, 5).join('; ')}${more}`, answer);
}

export function same(actual: unknown, expected: unknown, what: string, answer?: Answer): void {
  const [a, e] = [JSON.stringify(actual), JSON.stringify(expected)];
  must(a === e, `${what}: ${e} expected, ${a} found`, answer);
}

/** Throws a Skip unless the condition holds. */
export function given<T>(value: T | null | undefined | false, why: string): T {
  if (value === null || value === undefined || value === false) throw new Skip(why);
  return value;
}

/** The schema checker; without one the requirement is skipped. */
export function schemas(target: Target): Xsd {
  return given(target.xsd, 'no folder of schemas given (--schemas)');
}
