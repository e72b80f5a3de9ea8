// Codec of rows as JSON objects, one a line, for programs that take one at a time. What is said of the columns stays behind.
import type { ByteSource } from '../../model/byte-source.ts';
import { FormatFault } from '../../model/format-fault.ts';
import { type Chunk, type Column, NO_METADATA, type Table } from '../../model/table.ts';
import { decodeText, lineBlocks } from './byte-lines.ts';
import type { Codec } from './codec.ts';
import { parseTime } from './iso-time.ts';
import { bareColumn } from './nasa-ames-table.ts';
import { type Cell, chunkBuilder } from './rows-to-chunks.ts';
import { cellJson, type Json, type JsonObject, shapesOf, valueOfJson } from './table-json.ts';

interface Line {
  readonly line: number;
  readonly object: JsonObject;
}

async function* objects(source: ByteSource): AsyncGenerator<Line> {
  for await (const block of lineBlocks(source)) {
    let line = block.line;
    for (const text of decodeText(block.bytes).split('\n')) {
      if (text.trim() !== '') {
        let object: Json;
        try {
          object = JSON.parse(text) as Json;
        } catch {
          throw new FormatFault({ line }, 'this is not JSON', "ceci n'est pas du JSON");
        }
        if (object === null || typeof object !== 'object' || Array.isArray(object)) {
          throw new FormatFault({ line }, 'a JSON object is wanted', 'un objet JSON est attendu');
        }
        yield { line, object: object as JsonObject };
      }
      line++;
    }
  }
}

/** What the values of a name have been so far. */
interface Seen {
  text: boolean;
  time: boolean;
  number: boolean;
  whole: boolean;
  list: boolean;
}

function look(seen: Seen, value: Json | undefined): void {
  if (value === null || value === undefined) return;
  if (typeof value === 'number') {
    seen.number = true;
    if (!Number.isInteger(value)) seen.whole = false;
  } else if (Array.isArray(value) && value.every((item) => Number.isInteger(item) && (item as number) > 0))
    seen.list = true;
  else if (typeof value === 'string' && /^\d{4}-\d\d-\d\d[T ]/.test(value) && !Number.isNaN(parseTime(value)))
    seen.time = true;
  else seen.text = true;
}

function typeOf({ text, time, number, whole, list }: Seen): Column['type'] {
  if (text || (time && number)) return 'text';
  if (list) return number || time ? 'text' : 'flags';
  if (time) return 'time';
  return number && whole ? 'integer' : 'number';
}

function cellOf(column: Column, value: Json | undefined, line: number): Cell {
  if (column.type === 'text')
    return value === null || value === undefined ? null : typeof value === 'string' ? value : JSON.stringify(value);
  const cell = valueOfJson(column, value ?? null);
  if (cell !== undefined) return cell;
  const shown = JSON.stringify(value).slice(0, 40);
  throw new FormatFault(
    { line },
    `${column.name}: ${shown} is not of the type ${column.type}`,
    `${column.name} : ${shown} n'est pas du type ${column.type}`,
  );
}

async function* chunks(source: ByteSource, columns: readonly Column[]): AsyncGenerator<Chunk> {
  const builder = chunkBuilder(
    columns,
    columns.map(() => 1),
  );
  for await (const { line, object } of objects(source)) {
    const chunk = builder.add(columns.map((column) => cellOf(column, object[column.name], line)));
    if (chunk !== null) yield chunk;
  }
  const rest = builder.rest();
  if (rest !== null) yield rest;
}

/** So many names of values in one file are a mistake. */
const MOST_NAMES = 10_000;

async function read(source: ByteSource): Promise<Table> {
  const seen = new Map<string, Seen>();
  let rows = 0;
  for await (const { line, object } of objects(source)) {
    rows++;
    for (const [name, value] of Object.entries(object)) {
      const known = seen.get(name) ?? { text: false, time: false, number: false, whole: true, list: false };
      look(known, value);
      seen.set(name, known);
    }
    if (seen.size > MOST_NAMES) {
      throw new FormatFault({ line }, `more than ${MOST_NAMES} names`, `plus de ${MOST_NAMES} noms`);
    }
  }
  const columns = [...seen].map(([name, types]): Column => bareColumn(name, typeOf(types)));
  const time = columns.find(({ type }) => type === 'time');
  return {
    metadata: NO_METADATA,
    columns,
    dimensions: [],
    fixed: [],
    axis: time === undefined ? null : { column: time.name, end: null },
    rows,
    repeatable: true,
    chunks: () => chunks(source, columns),
  };
}

async function* write(table: Table): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const shapes = shapesOf(table);
  const keys = table.columns.map(({ name }) => JSON.stringify(name));
  for await (const chunk of table.chunks()) {
    let text = '';
    for (let row = 0; row < chunk.rows; row++) {
      const members = table.columns.map(
        (column, n) => `${keys[n]}:${JSON.stringify(cellJson(column, shapes[n] ?? [], chunk.values[n] ?? [], row))}`,
      );
      text += `{${members.join(',')}}\n`;
    }
    yield encoder.encode(text);
  }
}

export const ndjson: Codec = {
  id: 'ndjson',
  title: { en: 'JSON objects, one a line', fr: 'Objets JSON, un par ligne' },
  mediaType: 'application/x-ndjson',
  extension: 'ndjson',
  otherExtensions: ['jsonl'],
  sniff: (head, name) => {
    if (name !== null && /\.(ndjson|jsonl)$/i.test(name)) return 2;
    return /^\s*\{.*\}\r?\n\s*\{/.test(new TextDecoder().decode(head)) ? 2 : 0;
  },
  read,
  write,
  loses: (table) => [
    {
      en: 'units, labels, what is said of the columns, and the metadata are left out',
      fr: 'les unités, les libellés, ce qui est dit des colonnes et les métadonnées sont omis',
    },
    ...(table.fixed.length > 0
      ? [
          {
            en: `variables without rows are left out: ${table.fixed.map(({ column }) => column.name).join(', ')}`,
            fr: `les variables sans lignes sont omises : ${table.fixed.map(({ column }) => column.name).join(', ')}`,
          },
        ]
      : []),
  ],
};
