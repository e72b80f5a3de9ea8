// Runs one process on its inputs and writes its outputs, one after another, in their formats. This is what a worker does; nothing here
// knows of threads.
import { codecNamed } from '../../formats/codecs/codecs.ts';
import type { MediaFormat, ProcessDescription } from '../../model/process.ts';
import { codecFormat, endingOf, JSON_FORMAT } from '../formats.ts';
import type { Given, Outcome, Process, RunContext } from '../process.ts';
import { refuse } from '../tables.ts';
import type { OutputHead } from './worker-messages.ts';

export interface WantedFormat {
  readonly output: string;
  readonly format: MediaFormat | null;
}

export interface MadeOutput {
  readonly head: OutputHead;
  /** null: all of it is in the head. */
  readonly bytes: AsyncIterable<Uint8Array> | null;
}

/** The format of a table: as asked; where the process prefers one of the same media type, that one. */
function formatOfTable(
  described: readonly MediaFormat[],
  asked: MediaFormat | null,
  preferred: string | undefined,
): MediaFormat {
  const own = preferred === undefined || codecNamed(preferred)?.write === undefined ? null : codecFormat(preferred);
  if (asked === null) return own ?? (described[0] as MediaFormat);
  return own !== null && own.mediaType === asked.mediaType ? own : asked;
}

function formatsOf(description: ProcessDescription, output: string): readonly MediaFormat[] {
  const type = description.outputs.find(({ id }) => id === output)?.type;
  return type?.kind === 'complex' ? type.formats : [];
}

async function* onePiece(text: string): AsyncGenerator<Uint8Array> {
  yield new TextEncoder().encode(text);
}

const named = (name: string, format: MediaFormat): string =>
  `${name.replace(/[^A-Za-z0-9._-]+/g, '_')}.${endingOf(format)}`;

function made(
  output: string,
  outcome: Outcome,
  described: readonly MediaFormat[],
  asked: MediaFormat | null,
  now: number,
): MadeOutput | null {
  switch (outcome.kind) {
    case 'none':
      return null;
    case 'literal':
      return { head: { output, kind: 'literal', value: outcome.value }, bytes: null };
    case 'box': {
      const { lower, upper, crs } = outcome;
      return { head: { output, kind: 'box', lower, upper, crs }, bytes: null };
    }
    case 'json': {
      const head = { output, kind: 'file', format: JSON_FORMAT, name: named(outcome.name, JSON_FORMAT) } as const;
      return { head, bytes: onePiece(`${JSON.stringify(outcome.value, null, 1)}\n`) };
    }
    case 'bytes': {
      const { format, bytes, name } = outcome;
      return { head: { output, kind: 'file', format, name: named(name, format) }, bytes };
    }
    case 'table': {
      const format = formatOfTable(described, asked, outcome.format);
      const codec = codecNamed(format.id);
      if (codec?.write === undefined)
        throw refuse(output, `${format.id} is not written`, `${format.id} n'est pas écrit`);
      const name = named(outcome.name, format);
      const { delimiter } = outcome;
      const options = {
        now,
        fileName: name,
        language: 'en',
        ...(delimiter === undefined ? {} : { delimiter }),
      } as const;
      return { head: { output, kind: 'file', format, name }, bytes: codec.write(outcome.table, options) };
    }
  }
}

/** The wanted outputs in the order of the description; each must be taken to its end before the next one is asked for. */
export async function* runProcess(
  process: Process,
  inputs: { readonly [input: string]: readonly Given[] },
  wanted: readonly WantedFormat[],
  context: Omit<RunContext, 'format'>,
): AsyncGenerator<MadeOutput> {
  const { description } = process;
  const asked = (output: string) => wanted.find((want) => want.output === output)?.format ?? null;
  const outcomes = await process.run(inputs, { ...context, format: (output) => asked(output)?.id ?? null });
  for (const { id } of description.outputs) {
    if (!wanted.some(({ output }) => output === id)) continue;
    context.check();
    const outcome = await outcomes[id]?.();
    if (outcome === undefined) continue;
    const output = made(id, outcome, formatsOf(description, id), asked(id), context.now);
    if (output !== null) yield output;
  }
}
