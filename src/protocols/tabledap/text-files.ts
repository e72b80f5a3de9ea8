// Comma and tab separated answers: names, units and rows (.csv, .tsv), names with units (.csvp, .tsvp), rows alone (.csv0, .tsv0), and the
// comma separated form of OPeNDAP (.asc).
import type { Chunk, Column, Table } from '../../model/table.ts';
import { type CellStyle, lines, unitOf } from './cells.ts';
import { ddsText } from './dap-text.ts';

export type Pieces = AsyncIterable<string | Uint8Array>;

/** In double quotes where a reader would take it for something else; a double quote is written twice. */
function csvText(text: string): string {
  return /[",\n\r]|^\s|\s$/.test(text) ? `"${text.replaceAll('"', '""')}"` : text;
}

/** A tab or a line break would end the cell, so such a text is written with the escapes of JSON. */
function tsvText(text: string): string {
  return /[\t\n\r"]/.test(text) ? JSON.stringify(text) : text;
}

const plain = (text: string): string => text;
const CSV: CellStyle = { missing: 'NaN', number: String, time: plain, text: csvText };
const TSV: CellStyle = { ...CSV, text: tsvText };

export type Heading = 'names and units' | 'names with units' | 'none';

function heading(columns: readonly Column[], kind: Heading, between: string, quote: (text: string) => string): string {
  if (kind === 'none') return '';
  if (kind === 'names with units') {
    const names = columns.map((column) => (unitOf(column) === '' ? column.name : `${column.name} (${unitOf(column)})`));
    return `${names.map(quote).join(between)}\n`;
  }
  return `${columns.map(({ name }) => quote(name)).join(between)}\n${columns.map((column) => quote(unitOf(column))).join(between)}\n`;
}

export async function* separated(
  table: Table,
  chunks: AsyncIterable<Chunk>,
  kind: Heading,
  separator: ',' | '\t',
): Pieces {
  const style = separator === ',' ? CSV : TSV;
  let before = heading(table.columns, kind, separator, style.text);
  for await (const chunk of chunks) {
    yield before + lines(table.columns, chunk, style, separator, '', '\n');
    before = '';
  }
}

/** Times in seconds since 1970, as the data of DAP2 have them. */
export async function* asciiDap(table: Table, chunks: AsyncIterable<Chunk>): Pieces {
  const style: CellStyle = {
    missing: 'NaN',
    number: String,
    time: (text) => String(Date.parse(text) / 1000),
    text: (text) => JSON.stringify(text),
  };
  let before = `${ddsText(table.columns)}${'-'.repeat(45)}\n${table.columns.map(({ name }) => `s.${name}`).join(', ')}\n`;
  for await (const chunk of chunks) {
    yield before + lines(table.columns, chunk, style, ', ', '', '\n');
    before = '';
  }
}
