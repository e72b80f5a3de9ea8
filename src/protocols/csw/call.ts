// One request, whatever encoding it came in: key-value pairs, XML, or XML in a SOAP envelope become the same call.

import type { Envelope } from '../../formats/syntax/soap.ts';
import type { XmlElement } from '../../formats/syntax/xml.ts';
import { type AppError, SyntaxFault } from '../../model/errors.ts';
import type { Namespaces } from '../../model/queryable.ts';
import { type Exception, missing, OwsError } from './errors.ts';
import { DIALECTS, type Dialect, type Operation, type Version } from './vocabulary.ts';

/** A constraint as it was sent; its language is known, its names are not resolved. */
export type Constraint =
  | { readonly kind: 'element'; readonly element: XmlElement }
  | { readonly kind: 'filter'; readonly text: string }
  | { readonly kind: 'cql'; readonly text: string };

export interface SortPart {
  readonly name: string;
  readonly descending: boolean;
}

/** Which of our addresses: `/csw` has both versions, `/csw/2.0.2` only that one. */
export const PATHS = { '/csw': null, '/csw/2.0.2': '2.0.2' } as const satisfies {
  readonly [path: string]: Version | null;
};
export type Path = keyof typeof PATHS;

export interface Call {
  readonly path: Path;
  readonly version: Version;
  readonly operation: Operation;
  /** Names in lower case, the first text of each. */
  readonly parameters: ReadonlyMap<string, string>;
  /** Prefixes that the request binds; empty: the default namespace. */
  readonly namespaces: Namespaces;
  readonly constraint: Constraint | null;
  /** Of an XML request; key-value pairs have it among the parameters. */
  readonly sort: readonly SortPart[] | null;
  readonly envelope: Envelope | null;
  /** The request as it came, for the echo of an acknowledgement: XML without declaration, or null. */
  readonly sent: string | null;
}

export const dialectOf = (call: Pick<Call, 'version'>): Dialect => DIALECTS[call.version];

/** Takes parameters one by one and keeps what is wrong with them, so that all of it is told at once. */
export interface ParameterReader {
  /** null: absent or empty. `name` as the standard writes it. */
  readonly text: (name: string) => string | null;
  readonly optional: <T>(name: string, parse: (text: string) => T) => T | null;
  readonly add: (exception: Exception) => void;
  readonly missing: (name: string) => void;
  /** Runs a parser; what it refuses is a fault of the parameter. */
  readonly attempt: <T>(name: string, work: () => T) => T | null;
  /** @throws OwsError when anything was wrong. */
  readonly finish: () => void;
}

export function readParametersOf(parameters: ReadonlyMap<string, string>): ParameterReader {
  const exceptions: Exception[] = [];
  const text = (name: string): string | null => {
    const value = parameters.get(name.toLowerCase());
    return value === undefined || value.trim() === '' ? null : value;
  };
  const attempt = <T>(name: string, work: () => T): T | null => {
    try {
      return work();
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      exceptions.push({ code: 'InvalidParameterValue', locator: name, text: error.detail });
      return null;
    }
  };
  return {
    text,
    attempt,
    optional: (name, parse) => {
      const value = text(name);
      return value === null ? null : attempt(name, () => parse(value));
    },
    add: (exception) => void exceptions.push(exception),
    missing: (name) => void exceptions.push(missing(name)),
    finish: () => {
      if (exceptions.length > 0) throw owsError(exceptions);
    },
  };
}

/** One error for all exceptions; its status is that of the first. */
export function owsError(exceptions: readonly Exception[]): AppError {
  const [first] = exceptions;
  return new OwsError(exceptions, first?.code === 'OperationNotSupported' ? 'not-supported' : 'invalid-parameter');
}
