// What a process is made of: a description, and a pure function from its inputs to its outputs that runs in a worker thread. It opens
// nothing, asks no database, and reads tables chunk by chunk.
import type { ByteSource } from '../model/byte-source.ts';
import type { JsonValue } from '../model/json.ts';
import type {
  InputDescription,
  InputValue,
  MediaFormat,
  OutputDescription,
  ProcessDescription,
} from '../model/process.ts';
import type { Table } from '../model/table.ts';
import type { Localised } from '../model/text.ts';

/** Where an input came from, for provenance and messages. */
export interface SourceAbout {
  /** Identifier of the record, name of the file, address, or `inline`. */
  readonly name: string;
  readonly title: string | null;
  readonly licence: string | null;
  readonly doi: string | null;
  /** Media type that the request said. */
  readonly mediaType: string | null;
}

/** A complex input. */
export interface Source {
  readonly about: SourceAbout;
  /** Its bytes; null: rows of a record, which have none. */
  readonly bytes: ByteSource | null;
  /** Its table. Throws FormatFault where the bytes are of no known format. */
  readonly table: () => Promise<Table>;
  /** Name of the codec that reads it; `rows` where there are no bytes. Known once `table` has resolved. */
  readonly format: () => string;
}

/** A box as it was given, and in longitude and latitude. */
export interface GivenBox {
  readonly lower: readonly number[];
  readonly upper: readonly number[];
  readonly crs: string;
  /** west, south, east, north in degrees; west > east crosses the antimeridian. */
  readonly bounds: readonly [west: number, south: number, east: number, north: number];
}

/** What a worker has of an input. */
export type Given =
  | { readonly kind: 'literal'; readonly value: JsonValue }
  | { readonly kind: 'box'; readonly box: GivenBox }
  | { readonly kind: 'source'; readonly source: Source };

export interface InputPort<Value> {
  readonly describe: (id: string) => InputDescription;
  /** What the process is given. Throws SyntaxFault; the request has been checked before. */
  readonly take: (values: readonly Given[]) => Value;
}

export interface OutputPort {
  readonly describe: (id: string) => OutputDescription;
}

export interface RunContext {
  /** Milliseconds since 1970, for histories. */
  readonly now: number;
  /** How much of the work is done, 0 to 1, and what is being done. */
  readonly progress: (share: number, message?: Localised) => void;
  /** Throws when the job was cancelled: called at least every 100 ms of work. Chunks of the inputs call it themselves. */
  readonly check: () => void;
  /** Waits without work; ends early when the job is cancelled. */
  readonly sleep: (milliseconds: number) => Promise<void>;
  /** Name of the format that the request asks of an output; null: it says none. */
  readonly format: (output: string) => string | null;
}

/** An output that was made. A table is written in the format asked, else in `format`, else in the first one described. */
export type Outcome =
  | {
      readonly kind: 'table';
      readonly table: Table;
      /** Of the file, without its ending. */
      readonly name: string;
      readonly format?: string;
      /** Of CSV; absent: a comma. */
      readonly delimiter?: string;
    }
  | { readonly kind: 'json'; readonly value: JsonValue; readonly name: string }
  | {
      readonly kind: 'bytes';
      readonly bytes: AsyncIterable<Uint8Array>;
      readonly format: MediaFormat;
      /** Of the file, without its ending. */
      readonly name: string;
    }
  | { readonly kind: 'literal'; readonly value: JsonValue }
  | ({ readonly kind: 'box' } & Omit<GivenBox, 'bounds'>)
  /** There is nothing to give. */
  | { readonly kind: 'none' };

/** Each output is made when it is wanted, in the order of the description: a later one may say what came of an earlier one. */
export type Outcomes<Output extends string> = { readonly [O in Output]: () => Outcome | Promise<Outcome> };

export interface Process {
  readonly description: ProcessDescription;
  readonly run: (
    inputs: { readonly [input: string]: readonly Given[] },
    context: RunContext,
  ) => Promise<{ readonly [output: string]: () => Outcome | Promise<Outcome> }>;
}

type Ports = { readonly [input: string]: InputPort<unknown> };
type ValuesOf<Inputs extends Ports> = {
  readonly [I in keyof Inputs]: Inputs[I] extends InputPort<infer Value> ? Value : never;
};

export interface Definition<Inputs extends Ports, Output extends string> {
  readonly id: string;
  readonly aliases?: readonly string[];
  readonly version: string;
  readonly title: Localised;
  readonly abstract: Localised;
  readonly keywords: readonly string[];
  readonly inputs: Inputs;
  readonly outputs: { readonly [O in Output]: OutputPort };
  readonly example: { readonly [I in keyof Inputs]?: readonly InputValue[] };
  /** Absent: for every data set of an observation service. */
  readonly suits?: ProcessDescription['suits'];
  readonly run: (inputs: ValuesOf<Inputs>, context: RunContext) => Promise<Outcomes<Output>>;
}

/** Keeps the types of the ports for `run`. */
export function defineProcess<const Inputs extends Ports, Output extends string>(
  definition: Definition<Inputs, Output>,
): Process {
  const {
    inputs,
    outputs,
    run,
    example,
    aliases = [],
    suits = ({ level }) => level === 'dataset',
    ...words
  } = definition;
  const ports = Object.entries(inputs);
  return {
    description: {
      ...words,
      aliases,
      suits,
      inputs: ports.map(([id, port]) => port.describe(id)),
      outputs: Object.entries<OutputPort>(outputs).map(([id, port]) => port.describe(id)),
      example: example as ProcessDescription['example'],
    },
    run: (given, context) => {
      const values = ports.map(([id, port]) => [id, port.take(given[id] ?? [])] as const);
      return run(Object.fromEntries(values) as ValuesOf<Inputs>, context);
    },
  };
}
