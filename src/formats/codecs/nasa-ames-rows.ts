// Body of a NASA Ames 1001 file: lines of numbers to chunks of columns, parsed from the bytes.
import type { ByteSource } from '../../model/byte-source.ts';
import { FormatFault } from '../../model/format-fault.ts';
import { CHUNK_ROWS, type Chunk, type FlagSet, type Values } from '../../model/table.ts';
import { lineBlocks } from './byte-lines.ts';
import { numberAt } from './number-bytes.ts';

/** How the numbers of one column become its values. */
export type CellKind =
  /** raw × scale; `missing` is compared with the raw number. */
  | { readonly kind: 'number'; readonly scale: number; readonly missing: number }
  /** origin + raw × unit, both in milliseconds; within `snap` milliseconds of a whole second it is that second. */
  | {
      readonly kind: 'time';
      readonly origin: number;
      readonly unit: number;
      readonly missing: number;
      readonly snap?: number;
    }
  /** Digits after the point in groups of three (EBAS numflag). */
  | { readonly kind: 'flags'; readonly missing: number }
  /** As `number`; and the two flag values of ICARTT, which become a missing value and a flag in the column `limits`. */
  | {
      readonly kind: 'limited';
      readonly missing: number;
      readonly upper: number;
      readonly lower: number;
      readonly limits: number;
      readonly scale: number;
    };

export interface BodyLayout {
  /** One per number of a data line, the independent variable first. */
  readonly cells: readonly CellKind[];
  /** Columns that no number of the line fills: the flag columns of `limited` cells. They follow the others. */
  readonly extra: number;
  readonly dataStart: number;
  readonly firstLine: number;
  readonly commas: boolean;
  /** A record may go on over several lines (plain NASA Ames). */
  readonly wraps: boolean;
  readonly decreasing: boolean;
}

const NO_FLAGS: FlagSet = Object.freeze([]);
const LIMIT_FLAGS: readonly FlagSet[] = [NO_FLAGS, Object.freeze([1]), Object.freeze([2])];
const LF = 10;

/** Multiplies so that 101750 × 0.1 is 10175: by the whole reciprocal where there is one. */
function scaler(scale: number): (raw: number) => number {
  if (scale === 1) return (raw) => raw;
  const reciprocal = Math.round(1 / scale);
  if (scale < 1 && scale > 0 && 1 / reciprocal === scale) return (raw) => raw / reciprocal;
  return (raw) => raw * scale;
}

/** Times are kept to the microsecond, so that 0.041667 days is the same number whatever the reference date. */
export const toMicrosecond = (milliseconds: number): number => Math.round(milliseconds * 1000) / 1000;

function flagsAt(bytes: Uint8Array, start: number, end: number): FlagSet {
  let point = start;
  while (point < end && bytes[point] !== 46) point++;
  let last = end;
  while (last > start && bytes[last - 1] === 48) last--;
  // Nearly all are 0.000: they share one empty set.
  if (last <= point + 1) return NO_FLAGS;
  const flags: number[] = [];
  for (let at = point + 1; at < end; at += 3) {
    // A group that lacks digits is filled up with zeros: 0.11 is 110.
    const digit = (n: number) => (at + n < end ? (bytes[at + n] as number) - 48 : 0);
    const flag = digit(0) * 100 + digit(1) * 10 + digit(2);
    if (flag > 0) flags.push(flag);
  }
  return flags;
}

type Setter = (row: number, bytes: Uint8Array, start: number, end: number, raw: number) => void;

interface Buffers {
  readonly values: readonly Values[];
  readonly set: readonly Setter[];
}

function setterOf(cell: CellKind, values: Values, all: readonly Values[]): Setter {
  const missing = cell.missing;
  if (cell.kind === 'flags') {
    const sets = values as FlagSet[];
    return (row, bytes, start, end, raw) => {
      sets[row] = raw === missing && raw >= 1 ? NO_FLAGS : flagsAt(bytes, start, end);
    };
  }
  const numbers = values as Float64Array;
  if (cell.kind === 'time') {
    const { origin, unit, snap = 0 } = cell;
    return (row, _bytes, _start, _end, raw) => {
      const exact = origin + raw * unit;
      const second = Math.round(exact / 1000) * 1000;
      const time = Math.abs(exact - second) <= snap ? second : toMicrosecond(exact);
      numbers[row] = raw === missing ? Number.NaN : time;
    };
  }
  const scaled = scaler(cell.scale);
  if (cell.kind === 'number') {
    return (row, _bytes, _start, _end, raw) => {
      numbers[row] = raw === missing ? Number.NaN : scaled(raw);
    };
  }
  const { upper, lower } = cell;
  const limits = all[cell.limits] as FlagSet[] | undefined;
  return (row, _bytes, _start, _end, raw) => {
    const limit = raw === upper ? 1 : raw === lower ? 2 : 0;
    numbers[row] = raw === missing || limit > 0 ? Number.NaN : scaled(raw);
    if (limits !== undefined) limits[row] = LIMIT_FLAGS[limit] as FlagSet;
  };
}

function newBuffers(layout: BodyLayout): Buffers {
  const values: Values[] = layout.cells.map((cell) =>
    cell.kind === 'flags' ? new Array<FlagSet>(CHUNK_ROWS).fill(NO_FLAGS) : new Float64Array(CHUNK_ROWS),
  );
  for (let n = 0; n < layout.extra; n++) values.push(new Array<FlagSet>(CHUNK_ROWS).fill(NO_FLAGS));
  return { values, set: layout.cells.map((cell, n) => setterOf(cell, values[n] as Values, values)) };
}

function chunkOf(buffers: Buffers, rows: number): Chunk {
  if (rows === CHUNK_ROWS) return { rows, values: buffers.values };
  return { rows, values: buffers.values.map((values) => values.slice(0, rows)) };
}

const isBlank = (byte: number): boolean => byte === 32 || byte === 9 || byte === 13 || byte === 0 || byte === 26;

function shown(bytes: Uint8Array, start: number, end: number): string {
  const text = new TextDecoder('latin1').decode(bytes.subarray(start, Math.min(end, start + 20)));
  return `'${text.replace(/[^ -~]/g, '?')}'`;
}

/** The state of a body that is being read; `line` is the number of the line under way. */
interface Progress {
  row: number;
  /** Numbers of the record so far. */
  count: number;
  line: number;
  /** Line on which the record began. */
  began: number;
  /** The last independent value. */
  last: number;
  direction: number;
}

function countFault(progress: Progress, wanted: number, seen: string): FormatFault {
  const from = progress.began === progress.line ? '' : ` (the record begins in line ${progress.began})`;
  const de = progress.began === progress.line ? '' : ` (l'enregistrement commence à la ligne ${progress.began})`;
  return new FormatFault(
    { line: progress.line },
    `${seen} numbers instead of ${wanted}${from}`,
    `${seen} nombres au lieu de ${wanted}${de}`,
  );
}

/** X must go on in one direction, without repetition (Gaines and Hipskind, section 2). */
function checkOrder(progress: Progress, x: number): void {
  const step = x - progress.last;
  if (!Number.isNaN(progress.last)) {
    if (progress.direction === 0) progress.direction = Math.sign(step);
    if (!(step * progress.direction > 0)) {
      throw new FormatFault(
        { line: progress.line },
        `the independent variable does not ${progress.direction < 0 ? 'decrease' : 'increase'}: ${x} follows ${progress.last}`,
        `la variable indépendante ne ${progress.direction < 0 ? 'décroît' : 'croît'} pas : ${x} suit ${progress.last}`,
      );
    }
  }
  progress.last = x;
}

function commaFault(progress: Progress, before: string): FormatFault {
  return new FormatFault(
    { line: progress.line },
    `a comma is missing before ${before}`,
    `une virgule manque avant ${before}`,
  );
}

/** Takes the numbers of one line; true when they complete a record. */
function takeLine(
  layout: BodyLayout,
  buffers: Buffers,
  progress: Progress,
  bytes: Uint8Array,
  from: number,
  to: number,
) {
  const wanted = layout.cells.length;
  const comma = layout.commas ? 44 : -1;
  let at = from;
  while (at < to) {
    if (isBlank(bytes[at] as number)) {
      at++;
      continue;
    }
    const start = at;
    while (at < to && bytes[at] !== comma && !isBlank(bytes[at] as number)) at++;
    const end = at;
    if (layout.commas) {
      while (at < to && isBlank(bytes[at] as number)) at++;
      if (at < to && bytes[at] !== comma) throw commaFault(progress, shown(bytes, at, to));
      at++;
    }
    const raw = numberAt(bytes, start, end);
    if (raw === null) {
      const text = shown(bytes, start, end);
      throw new FormatFault(
        { line: progress.line },
        end === start ? 'a number is missing between two commas' : `${text} is not a number`,
        end === start ? 'un nombre manque entre deux virgules' : `${text} n'est pas un nombre`,
      );
    }
    if (progress.count === 0) progress.began = progress.line;
    if (progress.count >= wanted) throw countFault(progress, wanted, `more than ${wanted}`);
    if (progress.count === 0) checkOrder(progress, raw);
    (buffers.set[progress.count] as Setter)(progress.row, bytes, start, end, raw);
    progress.count++;
  }
  if (progress.count === wanted) return true;
  if (progress.count > 0 && !layout.wraps) throw countFault(progress, wanted, `${progress.count}`);
  return false;
}

/**
 * The rows of the file. Blank lines, and lines of NUL or Ctrl-Z, hold none. Throws FormatFault naming the line: a wrong number of numbers,
 * what is no number, an independent variable that turns back.
 */
export async function* nasaAmesChunks(source: ByteSource, layout: BodyLayout): AsyncGenerator<Chunk> {
  const progress: Progress = {
    row: 0,
    count: 0,
    line: layout.firstLine,
    began: 0,
    last: Number.NaN,
    direction: layout.decreasing ? 0 : 1,
  };
  let buffers = newBuffers(layout);
  for await (const block of lineBlocks(source, layout.dataStart, layout.firstLine)) {
    const { bytes } = block;
    progress.line = block.line;
    let from = 0;
    while (from < bytes.length) {
      const newline = bytes.indexOf(LF, from);
      const to = newline < 0 ? bytes.length : newline;
      if (takeLine(layout, buffers, progress, bytes, from, to)) {
        progress.count = 0;
        progress.row++;
        if (progress.row === CHUNK_ROWS) {
          yield chunkOf(buffers, progress.row);
          buffers = newBuffers(layout);
          progress.row = 0;
        }
      }
      from = to + 1;
      progress.line++;
    }
  }
  if (progress.count > 0)
    throw countFault({ ...progress, line: progress.line - 1 }, layout.cells.length, `${progress.count}`);
  if (progress.row > 0) yield chunkOf(buffers, progress.row);
}
