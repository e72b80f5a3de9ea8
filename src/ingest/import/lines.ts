// The lines of each kind of source, as text cells under column names. Numbering starts at 1 and counts the header.
import { parse } from 'csv-parse';

export interface SourceLine {
  readonly line: number;
  /** The same array for every line of one table. */
  readonly names: readonly string[];
  readonly cells: readonly string[];
  /** Why the line could not even be cut into cells. */
  readonly broken?: string;
}

/** A table whose quotes break this often is not in the declared dialect. */
const MAX_BROKEN = 1000;

type Parsed = { readonly record: string[]; readonly info: { readonly lines: number } };

/** Records of the text from one place on, with the line on which each ends, counted from that place; ends at the first that cannot be cut. */
async function* records(text: string, delimiter: string): AsyncGenerator<Parsed | { readonly error: Error }> {
  const parser = parse({ delimiter, relax_column_count: true, skip_empty_lines: true, info: true });
  parser.end(text);
  try {
    for await (const parsed of parser as AsyncIterable<Parsed>) yield parsed;
  } catch (error) {
    yield { error: error as Error };
  }
}

/** Where the line after the next `lines` line ends begins. */
function offsetAfter(text: string, from: number, lines: number): number {
  let offset = from;
  for (let i = 0; i < lines; i++) {
    const newline = text.indexOf('\n', offset);
    if (newline < 0) return text.length;
    offset = newline + 1;
  }
  return offset;
}

/**
 * RFC 4180 with the declared delimiter: quoted cells may hold delimiters and line ends. The first line names the columns. A record
 * whose quotes are broken is given as broken, and reading goes on at the line after its first one, so that no other record is lost.
 */
export async function* csvLines(text: string, delimiter: string): AsyncGenerator<SourceLine> {
  let names: readonly string[] | null = null;
  let offset = 0;
  let before = 0;
  for (let restarts = 0; restarts < MAX_BROKEN && offset < text.length; restarts++) {
    let ended = 0;
    for await (const item of records(text.slice(offset), delimiter)) {
      if ('error' in item) {
        yield { line: before + ended + 1, names: names ?? [], cells: [], broken: item.error.message };
        ended++;
        continue;
      }
      // `lines` is where the record ends; a quoted cell may have held line ends.
      const inside = item.record.reduce((sum, cell) => sum + cell.split('\n').length - 1, 0);
      ended = item.info.lines;
      if (names === null) names = item.record;
      else yield { line: before + ended - inside, names, cells: item.record };
    }
    offset = offsetAfter(text, offset, ended);
    before += ended;
    if (ended === 0) return;
  }
  if (offset < text.length)
    throw new Error(`the quotes of ${MAX_BROKEN} lines are broken: is the delimiter '${delimiter}'?`);
}

const MYSQL_ESCAPES: Readonly<Record<string, string>> = {
  '0': '',
  b: '\b',
  n: '\n',
  r: '\r',
  t: '\t',
  Z: '\u001a',
  '\\': '\\',
};

/** A tab dump of MySQL (`SELECT … INTO OUTFILE`, `mysql -B`): cells cut at tabs, `\N` null, backslash escapes. The first line names the columns. */
export function* tabLines(text: string): Generator<SourceLine> {
  let names: readonly string[] | null = null;
  let line = 0;
  // A line end inside a value is written as backslash + line end.
  for (const raw of text.split(/(?<!\\)\r?\n/)) {
    const first = line + 1;
    line += raw.split('\n').length;
    if (raw === '') continue;
    const cells = raw
      .split('\t')
      .map((cell) =>
        cell === '\\N' || cell === 'NULL' ? '' : cell.replace(/\\([\s\S])/g, (_, c: string) => MYSQL_ESCAPES[c] ?? c),
      );
    if (names === null) names = cells;
    else yield { line: first, names, cells };
  }
}

function cellOf(value: unknown): string {
  if (value === null || value === undefined) return '';
  if (Array.isArray(value)) return value.join('|');
  return typeof value === 'object' ? JSON.stringify(value) : String(value);
}

/** `{a: 1, fields: {b: 2}}` → names `a`, `fields.b`. */
function flatten(value: object, prefix = ''): [string, string][] {
  return Object.entries(value).flatMap(([key, item]): [string, string][] => {
    const isNested = item !== null && typeof item === 'object' && !Array.isArray(item);
    return isNested ? flatten(item, `${prefix}${key}.`) : [[prefix + key, cellOf(item)]];
  });
}

/** One JSON object a line; nested objects become dotted names. */
export function* ndjsonLines(text: string): Generator<SourceLine> {
  const known = new Map<string, readonly string[]>();
  let line = 0;
  for (const raw of text.split('\n')) {
    line++;
    if (raw.trim() === '') continue;
    let value: unknown;
    try {
      value = JSON.parse(raw);
    } catch (error) {
      yield { line, names: [], cells: [], broken: (error as Error).message };
      continue;
    }
    if (value === null || typeof value !== 'object' || Array.isArray(value)) {
      yield { line, names: [], cells: [], broken: 'not a JSON object' };
      continue;
    }
    const pairs = flatten(value);
    const key = pairs.map(([name]) => name).join('\n');
    const names = known.get(key) ?? pairs.map(([name]) => name);
    known.set(key, names);
    yield { line, names, cells: pairs.map(([, cell]) => cell) };
  }
}
