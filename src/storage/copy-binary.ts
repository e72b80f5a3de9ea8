// Rows in PostgreSQL's binary COPY form (PostgreSQL 15, COPY, File Formats, Binary Format), one a message, into columns of numbers and texts.
import type { Values } from '../model/table.ts';
import type { ShapeColumn } from './data-shape.ts';

/** 11 bytes of signature, flags, length of the extension. */
const HEADER = 19;
/** Days and milliseconds from 1970 to 2000, where PostgreSQL's time begins. */
const EPOCH_DAYS = 10_957;
const EPOCH = EPOCH_DAYS * 86_400_000;
const LATEST_DAY = 2_147_483_647;
const TWO_32 = 4_294_967_296;

/** Puts the value that begins at `at` (`length` bytes, -1: NULL) into the row. */
type Take = (view: DataView, at: number, length: number, row: number) => void;

interface Sink {
  readonly take: Take;
  readonly values: (rows: number) => Values;
}

function numberSink(capacity: number, read: (view: DataView, at: number) => number): Sink {
  const out = new Float64Array(capacity);
  return {
    take: (view, at, length, row) => {
      out[row] = length < 0 ? Number.NaN : read(view, at);
    },
    values: (rows) => (rows === capacity ? out : out.slice(0, rows)),
  };
}

function readInstant(view: DataView, at: number): number {
  const microseconds = view.getInt32(at) * TWO_32 + view.getUint32(at + 4);
  // The ends of time are the ends of int64.
  return Number.isSafeInteger(microseconds) ? microseconds / 1000 + EPOCH : Number.NaN;
}

function readDay(view: DataView, at: number): number {
  const days = view.getInt32(at);
  return Math.abs(days) >= LATEST_DAY ? Number.NaN : (days + EPOCH_DAYS) * 86_400_000;
}

/** float8[] of one dimension: 20 bytes of header, then each value with its length. A cell that is NULL has no value in any place. */
function arraySink(capacity: number, size: number): Sink {
  const out = new Float64Array(capacity * size).fill(Number.NaN);
  return {
    take: (view, start, length, row) => {
      if (length < 0) return;
      const count = view.getInt32(start) === 0 ? 0 : Math.min(size, view.getInt32(start + 12));
      let at = start + 20;
      for (let place = 0; place < count; place++) {
        const bytes = view.getInt32(at);
        at += 4;
        if (bytes < 0) continue;
        out[row * size + place] = view.getFloat64(at);
        at += bytes;
      }
    },
    values: (rows) => (rows === capacity ? out : out.slice(0, rows * size)),
  };
}

function textSink(): Sink {
  const out: (string | null)[] = [];
  return {
    take: (view, at, length, row) => {
      out[row] = length < 0 ? null : Buffer.from(view.buffer, view.byteOffset + at, length).toString('utf8');
    },
    values: () => out,
  };
}

function sinkOf({ kind, size }: ShapeColumn, capacity: number): Sink {
  switch (kind) {
    case 'instant':
      return numberSink(capacity, readInstant);
    case 'day':
      return numberSink(capacity, readDay);
    case 'integer':
      return numberSink(capacity, (view, at) => view.getInt32(at));
    case 'number':
      return numberSink(capacity, (view, at) => view.getFloat64(at));
    case 'boolean':
      return numberSink(capacity, (view, at) => view.getUint8(at));
    case 'text':
      return textSink();
    case 'numbers':
      return arraySink(capacity, size);
  }
}

export interface BinaryRows {
  /** Takes one message; its bytes are read at once. */
  readonly take: (bytes: Buffer) => void;
  readonly rows: () => number;
  readonly values: () => readonly Values[];
}

/** At most `capacity` rows of these columns, in their order. */
export function binaryRows(columns: readonly ShapeColumn[], capacity: number): BinaryRows {
  const sinks = columns.map((column) => sinkOf(column, capacity));
  const takers = sinks.map(({ take }) => take);
  let rows = 0;
  let begun = false;
  let view: DataView = new DataView(new ArrayBuffer(0));
  return {
    take: (bytes) => {
      if (view.buffer !== bytes.buffer) view = new DataView(bytes.buffer);
      let at = bytes.byteOffset;
      const end = at + bytes.length;
      if (!begun) {
        at += HEADER + view.getInt32(at + HEADER - 4);
        begun = true;
      }
      // The header may come alone; a count of -1 ends the rows.
      if (at >= end || view.getInt16(at) < 0) return;
      at += 2;
      for (let n = 0; n < takers.length; n++) {
        const length = view.getInt32(at);
        at += 4;
        (takers[n] as Take)(view, at, length, rows);
        if (length > 0) at += length;
      }
      rows++;
    },
    rows: () => rows,
    values: () => sinks.map((sink) => sink.values(rows)),
  };
}
