// Records of a CSV file (RFC 4180) as cells, read as a stream; a quoted cell may hold delimiters and line ends.
import type { ByteSource } from '../../model/byte-source.ts';
import { FormatFault } from '../../model/format-fault.ts';
import { decodeText, lineBlocks } from './byte-lines.ts';

export interface CsvRecord {
  /** Line on which the record begins. */
  readonly line: number;
  readonly cells: readonly string[];
  /** The cells that stood in quotes: an empty one of them is an empty text, not a missing value. Null: none did. */
  readonly quoted: ReadonlySet<number> | null;
}

/** More cells in one line are no table. */
const MOST_CELLS = 20_000;
/** A quoted cell that is longer was never closed. */
const LONGEST_CELL = 4 * 1024 * 1024;

interface Parsed {
  readonly record: { readonly cells: string[]; readonly quoted: Set<number> | null } | null;
  /** Where the next record begins. */
  readonly end: number;
}

/** The record that begins at `from`; null when the text ends within quotes. */
function parseRecord(text: string, from: number, delimiter: string, line: number): Parsed {
  const cells: string[] = [];
  let quoted: Set<number> | null = null;
  let at = from;
  for (;;) {
    if (text[at] === '"') {
      let value = '';
      let start = at + 1;
      for (;;) {
        const quote = text.indexOf('"', start);
        if (quote < 0) return { record: null, end: from };
        value += text.slice(start, quote);
        at = quote + 1;
        if (text[at] !== '"') break;
        value += '"';
        start = at + 1;
      }
      quoted ??= new Set();
      quoted.add(cells.length);
      cells.push(value);
      const next = text[at];
      if (next !== delimiter && next !== '\n' && next !== '\r' && next !== undefined) {
        throw new FormatFault(
          { line },
          `text follows the closing quote of cell ${cells.length}`,
          `du texte suit le guillemet fermant de la cellule ${cells.length}`,
        );
      }
    } else {
      let end = at;
      while (end < text.length && text[end] !== delimiter && text[end] !== '\n') end++;
      const stop = text[end] === '\n' && text[end - 1] === '\r' ? end - 1 : end;
      cells.push(text.slice(at, stop));
      at = end;
    }
    if (text[at] === delimiter) {
      if (cells.length >= MOST_CELLS) {
        throw new FormatFault({ line }, `more than ${MOST_CELLS} cells`, `plus de ${MOST_CELLS} cellules`);
      }
      at++;
      continue;
    }
    if (text[at] === '\r') at++;
    return { record: { cells, quoted }, end: at + 1 };
  }
}

function lineEnds(text: string, from: number, to: number): number {
  let count = 0;
  for (let at = text.indexOf('\n', from); at >= 0 && at < to; at = text.indexOf('\n', at + 1)) count++;
  return count;
}

/** All records. Blank lines hold none. Throws FormatFault naming the line where quotes are broken. */
export async function* csvRecords(source: ByteSource, delimiter: string): AsyncGenerator<CsvRecord> {
  let rest = '';
  let line = 1;
  for await (const block of lineBlocks(source)) {
    const decoded = decodeText(block.bytes);
    const text = rest + (line === 1 && rest === '' ? decoded.replace(/^\uFEFF/, '') : decoded);
    let at = 0;
    while (at < text.length) {
      const { record, end } = parseRecord(text, at, delimiter, line);
      if (record === null) break;
      if (record.cells.length > 1 || record.cells[0] !== '' || record.quoted !== null) yield { line, ...record };
      line += lineEnds(text, at, end);
      at = end;
    }
    rest = text.slice(at);
    if (rest.length > LONGEST_CELL) break;
  }
  if (rest !== '')
    throw new FormatFault({ line }, 'a quote is opened and never closed', 'un guillemet ouvert n’est jamais fermé');
}
