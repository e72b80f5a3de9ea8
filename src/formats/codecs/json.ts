// Codec of a table as one JSON document: everything that is said of it, then its rows as lists in the order of the columns.
import type { ByteSource } from '../../model/byte-source.ts';
import { FormatFault } from '../../model/format-fault.ts';
import { type Chunk, cellSize, type Table } from '../../model/table.ts';
import { decodeText } from './byte-lines.ts';
import type { Codec } from './codec.ts';
import { type Cell, chunkBuilder } from './rows-to-chunks.ts';
import { cellJson, headJson, headOfJson, type Json, shapesOf, type TableHead, valueOfJson } from './table-json.ts';

/** A JSON document is parsed as a whole. */
export const MOST_JSON = 256 * 1024 * 1024;

/** The whole document. Throws FormatFault when it is too large or no JSON. */
export async function readJson(source: ByteSource): Promise<Json> {
  if (source.size > MOST_JSON) {
    throw new FormatFault(
      null,
      `the document is larger than ${MOST_JSON} bytes`,
      `le document dépasse ${MOST_JSON} octets`,
    );
  }
  const text = decodeText(await source.readAt(0, source.size));
  try {
    return JSON.parse(text) as Json;
  } catch (error) {
    const at = /position (\d+)/.exec((error as Error).message)?.[1];
    const line = at === undefined ? text.split('\n').length : text.slice(0, Number(at)).split('\n').length;
    throw new FormatFault({ line }, 'this is not JSON', "ceci n'est pas du JSON");
  }
}

function cellsOf(head: TableHead, sizes: readonly number[], row: Json, n: number): Cell[] {
  const list = Array.isArray(row) ? (row as readonly Json[]) : [];
  if (list.length !== head.columns.length) {
    throw new FormatFault(
      { part: `row ${n + 1}` },
      `a list of ${head.columns.length} values is wanted`,
      `une liste de ${head.columns.length} valeurs est attendue`,
    );
  }
  return head.columns.flatMap((column, k): Cell[] => {
    const json = list[k] as Json;
    const isList = column.dimensions.length > 0;
    const items = isList
      ? ((Array.isArray(json) ? json.flat(column.dimensions.length) : []) as readonly Json[])
      : [json];
    const values = items.map((item) => valueOfJson(column, item));
    if (values.length !== (sizes[k] ?? 1) || values.includes(undefined)) {
      throw new FormatFault(
        { part: `row ${n + 1}` },
        `${column.name}: ${JSON.stringify(json).slice(0, 40)} is not of the type ${column.type}${isList ? ` in ${sizes[k]} places` : ''}`,
        `${column.name} : ${JSON.stringify(json).slice(0, 40)} n'est pas du type ${column.type}${isList ? ` en ${sizes[k]} places` : ''}`,
      );
    }
    return values as Cell[];
  });
}

/** Chunks of rows that are in memory as JSON lists. */
export async function* chunksOfJson(head: TableHead, rows: readonly Json[]): AsyncGenerator<Chunk> {
  const sizes = head.columns.map((column) => cellSize(head.dimensions, column));
  const builder = chunkBuilder(head.columns, sizes);
  for (let n = 0; n < rows.length; n++) {
    const chunk = builder.add(cellsOf(head, sizes, rows[n] as Json, n));
    if (chunk !== null) yield chunk;
  }
  const rest = builder.rest();
  if (rest !== null) yield rest;
}

async function read(source: ByteSource): Promise<Table> {
  const json = await readJson(source);
  const head = headOfJson(json);
  const rows = (json as { rows?: Json }).rows;
  if (!Array.isArray(rows)) throw new FormatFault({ part: 'rows' }, 'a list is wanted', 'une liste est attendue');
  return { ...head, rows: rows.length, repeatable: true, chunks: () => chunksOfJson(head, rows as readonly Json[]) };
}

async function* write(table: Table): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const head = JSON.stringify(headJson(table), null, 1);
  yield encoder.encode(`${head.slice(0, -2)},\n "rows": [`);
  const shapes = shapesOf(table);
  let separator = '\n';
  for await (const chunk of table.chunks()) {
    const lines: string[] = [];
    for (let row = 0; row < chunk.rows; row++) {
      lines.push(
        JSON.stringify(table.columns.map((column, n) => cellJson(column, shapes[n] ?? [], chunk.values[n] ?? [], row))),
      );
    }
    yield encoder.encode(separator + lines.join(',\n'));
    separator = ',\n';
  }
  yield encoder.encode('\n ]\n}\n');
}

export const json: Codec = {
  id: 'json',
  title: { en: 'JSON table', fr: 'Table JSON' },
  mediaType: 'application/json',
  extension: 'json',
  sniff: (head, name) => {
    const text = new TextDecoder().decode(head).trimStart();
    if (/^\{\s*"axis"\s*:/.test(text)) return 3;
    return name !== null && /\.json$/i.test(name) && text.startsWith('{') ? 1 : 0;
  },
  read,
  write,
  loses: () => [],
};
