// One request, whatever encoding it came in: key-value pairs, XML, or XML in a SOAP envelope become the same call.
import type { Envelope } from '../../formats/syntax/soap.ts';
import type { InputValue, WantedOutput } from '../../model/process.ts';
import type { Language } from '../../model/text.ts';
import type { Path, Version } from './vocabulary.ts';

interface Asked {
  readonly path: Path;
  readonly version: Version;
  readonly envelope: Envelope | null;
  /** null: the request says none. */
  readonly language: Language | null;
}

export interface CapabilitiesCall extends Asked {
  readonly operation: 'GetCapabilities';
  readonly updateSequence: string | null;
  /** Of version 2.0; null: all of them. */
  readonly sections: readonly string[] | null;
}

export interface DescribeCall extends Asked {
  readonly operation: 'DescribeProcess';
  /** null: all of them. */
  readonly identifiers: readonly string[] | null;
}

export interface AskedOutput extends WantedOutput {
  readonly id: string;
}

export interface Execution {
  readonly process: string;
  /** In the order given; a name may stand several times. */
  readonly inputs: readonly (readonly [id: string, value: InputValue])[];
  /** null: all of them. */
  readonly outputs: readonly AskedOutput[] | null;
  readonly response: 'raw' | 'document';
  /** `auto`: version 2.0 leaves the choice to us. */
  readonly mode: 'sync' | 'async' | 'auto';
  /** Version 1.0.0: the document stays at its own address. */
  readonly isStored: boolean;
  /** Version 1.0.0: the document repeats what was asked. */
  readonly hasLineage: boolean;
}

export interface ExecuteCall extends Asked {
  readonly operation: 'Execute';
  readonly execution: Execution;
}

export interface JobCall extends Asked {
  readonly operation: 'GetStatus' | 'GetResult' | 'Dismiss';
  readonly job: string;
}

export type Call = CapabilitiesCall | DescribeCall | ExecuteCall | JobCall;

/** What the encodings have read of a request before it is known what is asked: names in lower case, lists with commas. */
export interface Head {
  readonly path: Path;
  readonly envelope: Envelope | null;
  readonly service: string | null;
  readonly request: string | null;
  readonly version: string | null;
  readonly acceptVersions: string | null;
  readonly languages: string | null;
  readonly updateSequence: string | null;
  readonly sections: string | null;
  readonly identifiers: readonly string[];
  readonly job: string | null;
}
