// Text files as blocks of whole lines of bytes, so that a body of numbers is parsed without making strings of it.
import type { ByteSource } from '../../model/byte-source.ts';
import { FormatFault } from '../../model/format-fault.ts';

export interface LineBlock {
  /** Whole lines: ends after a line feed, or at the end of the file. */
  readonly bytes: Uint8Array;
  /** Number of the first line of the block, from 1. */
  readonly line: number;
}

/** A line longer than this is not one of a table. */
const LONGEST_LINE = 8 * 1024 * 1024;
const LF = 10;
const CR = 13;

function countLines(bytes: Uint8Array): number {
  let count = 0;
  for (let at = bytes.indexOf(LF); at >= 0; at = bytes.indexOf(LF, at + 1)) count++;
  return count;
}

function joined(a: Uint8Array, b: Uint8Array): Uint8Array {
  if (a.length === 0) return b;
  const whole = new Uint8Array(a.length + b.length);
  whole.set(a, 0);
  whole.set(b, a.length);
  return whole;
}

/**
 * The source from the byte `start`, which begins the line of the number `line`, in blocks of whole lines. Line feeds end lines; a carriage
 * return before one is left in place. Throws FormatFault when a line is longer than 8 MiB.
 */
export async function* lineBlocks(source: ByteSource, start = 0, line = 1): AsyncGenerator<LineBlock> {
  let rest: Uint8Array = new Uint8Array(0);
  let number = line;
  for await (const piece of source.stream(start)) {
    const end = piece.lastIndexOf(LF);
    if (end < 0) {
      rest = joined(rest, piece);
      if (rest.length > LONGEST_LINE) {
        throw new FormatFault(
          { line: number },
          `the line is longer than ${LONGEST_LINE} bytes`,
          `la ligne dépasse ${LONGEST_LINE} octets`,
        );
      }
      continue;
    }
    const bytes = joined(rest, piece.subarray(0, end + 1));
    // A copy: the source may use its buffer again.
    rest = piece.slice(end + 1);
    yield { bytes, line: number };
    number += countLines(bytes);
  }
  if (rest.length > 0) yield { bytes: rest, line: number };
}

/** UTF-8 where the bytes are, else windows-1252, which old files of spreadsheets and laboratories are in. A byte order mark is dropped. */
export function decodeText(bytes: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder('windows-1252').decode(bytes);
  }
}

export interface HeadLines {
  readonly lines: readonly string[];
  /** Byte at which the line after the last one begins. */
  readonly end: number;
}

/**
 * The first lines of the source, without their ends, as many as `wanted` says when it is given those read so far; fewer when the file ends.
 * Throws FormatFault when they are more than 32 MiB together.
 */
export async function headLines(source: ByteSource, wanted: (lines: readonly string[]) => number): Promise<HeadLines> {
  const lines: string[] = [];
  let end = 0;
  for await (const block of lineBlocks(source)) {
    let from = 0;
    while (from < block.bytes.length) {
      if (lines.length >= wanted(lines)) return { lines, end };
      const newline = block.bytes.indexOf(LF, from);
      const stop = newline < 0 ? block.bytes.length : newline;
      const last = stop > from && block.bytes[stop - 1] === CR ? stop - 1 : stop;
      lines.push(decodeText(block.bytes.subarray(from, last)));
      end += (newline < 0 ? stop : stop + 1) - from;
      from = stop + 1;
    }
    if (end > 4 * LONGEST_LINE) {
      throw new FormatFault({ line: lines.length }, 'the header has no end', "l'en-tête n'a pas de fin");
    }
  }
  return { lines, end };
}
