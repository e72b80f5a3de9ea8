// vobs convert: a data file from one format to another, whole or in part.
import { createWriteStream } from 'node:fs';
import { rename, unlink, writeFile } from 'node:fs/promises';
import { basename, dirname, extname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { withHistory } from '../data/tables/provenance.ts';
import { subset } from '../data/tables/subset.ts';
import type { Codec, WriteOptions } from '../formats/codecs/codec.ts';
import { CODECS, codecNamed, detectCodec } from '../formats/codecs/codecs.ts';
import { parseBox } from '../formats/syntax/box.ts';
import { parseDateTime } from '../formats/syntax/datetime.ts';
import type { ByteSource } from '../model/byte-source.ts';
import { AppError, SyntaxFault } from '../model/errors.ts';
import type { Cut, Table } from '../model/table.ts';
import { fileSource } from '../storage/files/file-source.ts';
import { type Command, type CommandIo, type ExitCode, UsageFault } from './command.ts';

const OPTIONS = {
  from: { type: 'string' },
  to: { type: 'string' },
  start: { type: 'string' },
  end: { type: 'string' },
  bbox: { type: 'string' },
  variables: { type: 'string' },
  quiet: { type: 'boolean', default: false },
} as const;

function chosenCodec(option: 'from' | 'to', name: string): Codec {
  const codec = codecNamed(name);
  const able = (candidate: Codec) => (option === 'from' ? candidate.read : candidate.write) !== undefined;
  if (codec !== null && able(codec)) return codec;
  const list = CODECS.filter(able).map(({ id }) => id);
  throw new UsageFault(`--${option} is one of ${list.join(', ')}, not '${name}'`);
}

/** The format of the output: as told, else by the ending of its name. */
function targetCodec(to: string | undefined, path: string): Codec {
  if (to !== undefined) return chosenCodec('to', to);
  const ending = extname(path).slice(1);
  if (ending === '') throw new UsageFault(`the name '${path}' has no ending that tells the format: give --to`);
  return chosenCodec('to', ending);
}

function parsed<T>(option: string, text: string | undefined, parse: (text: string) => T): T | null {
  if (text === undefined) return null;
  try {
    return parse(text);
  } catch (error) {
    if (error instanceof SyntaxFault) throw new UsageFault(`--${option}: ${error.message}`);
    throw error;
  }
}

function cutOf(values: { readonly [option in 'start' | 'end' | 'bbox' | 'variables']?: string | undefined }): Cut {
  const start = parsed('start', values.start, parseDateTime)?.start ?? null;
  const end = parsed('end', values.end, parseDateTime)?.end ?? null;
  if (start !== null && end !== null && start > end) throw new UsageFault('--start is after --end');
  return {
    time: start === null && end === null ? null : { start, end },
    box: parsed('bbox', values.bbox, parseBox),
    variables: values.variables?.split(',').map((name) => name.trim()) ?? null,
  };
}

/** Writes beside the target and renames, so that a failure leaves no half of a file. */
async function writeOutput(path: string, bytes: AsyncIterable<Uint8Array>, io: CommandIo): Promise<void> {
  if (path === '-') {
    await pipeline(Readable.from(bytes), io.stdout, { end: false });
    return;
  }
  const part = `${path}.part`;
  try {
    await pipeline(Readable.from(bytes), createWriteStream(part));
    await rename(part, path);
  } catch (error) {
    await unlink(part).catch(() => {});
    throw error;
  }
}

/** Faults of the file or of the request, told in one line each; others are ours. */
function explain(error: unknown, source: string, io: CommandIo): ExitCode {
  if (error instanceof AppError && error.code === 'invalid-parameter') {
    for (const { parameter, detail } of error.faults) io.stderr.write(`vobs: --${parameter}: ${detail.en}\n`);
    return 2;
  }
  if (error instanceof SyntaxFault) {
    io.stderr.write(`vobs: ${source}: ${error.message}\n`);
    return 1;
  }
  if (error instanceof Error && 'syscall' in error) {
    io.stderr.write(`vobs: ${error.message}\n`);
    return 1;
  }
  throw error;
}

async function readSource(codec: Codec, source: ByteSource): Promise<Table> {
  if (codec.read === undefined) throw new UsageFault(`${codec.id} is only written`);
  return codec.read(source);
}

async function run(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const [input, output] = positionals;
  if (input === undefined || output === undefined || positionals.length > 2) {
    throw new UsageFault('an input file and an output file are wanted');
  }
  const to = targetCodec(values.to, output);
  const cut = cutOf(values);
  let whole: Table | undefined;
  try {
    const source = await fileSource(input);
    const from = values.from === undefined ? await detectCodec(source) : chosenCodec('from', values.from);
    const now = Date.now();
    const step = `converted from ${from.title.en} ${basename(input)} to ${to.title.en} by vobs`;
    whole = await readSource(from, source);
    const table = withHistory(subset(whole, cut), now, step);
    const losses = to.loses(table);
    const options: WriteOptions = { now, fileName: output === '-' ? null : basename(output), language: 'en' };
    if (to.write === undefined) throw new UsageFault(`${to.id} is only read`);
    await writeOutput(output, to.write(table, options), io);
    const companion = output === '-' ? undefined : to.companion?.(table, options);
    if (companion !== undefined) await writeFile(join(dirname(output), companion.name), companion.text);
    if (!values.quiet) for (const loss of losses) io.stderr.write(`vobs: ${to.id}: ${loss.en}\n`);
    return 0;
  } catch (error) {
    return explain(error, input, io);
  } finally {
    await whole?.close?.();
  }
}

export const command: Command = {
  name: 'convert',
  summary: 'Convert a data file to another format',
  usage: 'convert IN OUT [--from FORMAT] [--to FORMAT] [--start TIME] [--end TIME] [--bbox W,S,E,N] [--variables A,B]',
  help: async () => `Options
  --from FORMAT       Format of the input; else told by its content
  --to FORMAT         Format of the output; else by the ending of its name
  --start TIME        First time that is kept, such as 2024-05-01 or 2024-05-01T12:00:00Z
  --end TIME          Last time that is kept; a day is kept to its end
  --bbox W,S,E,N      Only rows inside the box, degrees WGS 84; west > east crosses the antimeridian
  --variables A,B     Only these columns; the time and the flags that serve them stay
  --quiet             Do not tell what the output format cannot hold

Formats (r: read, w: written)
${CODECS.map((codec) => `  ${codec.id.padEnd(12)} ${codec.read ? 'r' : '-'}${codec.write ? 'w' : '-'}  .${codec.extension.padEnd(9)} ${codec.title.en ?? ''}`).join('\n')}

OUT is '-' for the standard output. A file is written whole or not at all. A CSV file gets its description beside it
(OUT-metadata.json, CSV on the Web), from which units and metadata are read again. What a format cannot hold is told on the standard error.

Ends with 0 when the file is written, 1 when the input cannot be read (the line or byte is named) or the output cannot hold it, 2 for wrong use.`,
  run,
};
