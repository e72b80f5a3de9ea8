// A reader of ERDDAP's answers that knows nothing of src: separated values, JSON, and DAP2 with its XDR.
import type { Server } from 'node:http';
import request from 'supertest';

export interface Answer {
  readonly status: number;
  readonly headers: { readonly [name: string]: string };
  readonly bytes: Buffer;
  readonly text: string;
}

export async function ask(
  server: Server,
  address: string,
  headers: { readonly [name: string]: string } = {},
  method: 'get' | 'head' = 'get',
): Promise<Answer> {
  const response = await request(server)
    [method](`/erddap/${address}`)
    .set({ 'Accept-Encoding': 'identity', ...headers })
    .buffer(true)
    .parse((incoming, done) => {
      const pieces: Buffer[] = [];
      incoming.on('data', (piece: Buffer) => pieces.push(piece));
      incoming.on('end', () => done(null, Buffer.concat(pieces)));
    });
  const bytes = Buffer.isBuffer(response.body) ? response.body : Buffer.from('');
  return { status: response.status, headers: response.headers, bytes, text: bytes.toString() };
}

/** Cells of comma separated lines (RFC 4180). */
export function csv(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [[]];
  for (const [, quoted, plain, end] of text.matchAll(/(?:"((?:[^"]|"")*)"|([^",\n]*))(,|\n|$)/g)) {
    (rows.at(-1) as string[]).push(quoted === undefined ? (plain ?? '') : quoted.replaceAll('""', '"'));
    if (end === '\n') rows.push([]);
    if (end === '') break;
  }
  return rows.filter((row) => row.length > 1 || row[0] !== '');
}

export interface JsonTable {
  readonly columnNames: readonly string[];
  readonly columnTypes: readonly string[];
  readonly columnUnits: readonly (string | null)[];
  readonly rows: readonly (readonly (string | number | null)[])[];
}
export const jsonTable = (text: string): JsonTable => (JSON.parse(text) as { table: JsonTable }).table;

/** Rows of a DAP2 sequence: the types stand in the DDS before `Data:`. */
export function dods(bytes: Buffer): readonly (readonly (string | number)[])[] {
  const mark = bytes.indexOf('\nData:\n');
  const types = [
    ...bytes
      .subarray(0, mark)
      .toString()
      .matchAll(/^ {4}(\w+) (\w+);$/gm),
  ].map(([, type]) => type);
  const rows: (string | number)[][] = [];
  let at = mark + 7;
  while (bytes.readUInt32BE(at) === 0x5a000000) {
    at += 4;
    const row = types.map((type) => {
      if (type === 'String') {
        const length = bytes.readUInt32BE(at);
        const text = bytes.subarray(at + 4, at + 4 + length).toString();
        at += 4 + Math.ceil(length / 4) * 4;
        return text;
      }
      const value =
        type === 'Float64'
          ? bytes.readDoubleBE(at)
          : type === 'Float32'
            ? bytes.readFloatBE(at)
            : bytes.readInt32BE(at);
      at += type === 'Float64' ? 8 : 4;
      return value;
    });
    rows.push(row);
  }
  if (bytes.readUInt32BE(at) !== 0xa5000000 || at + 4 !== bytes.length)
    throw new Error(`no end of the sequence at ${at}`);
  return rows;
}
