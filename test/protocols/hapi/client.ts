// A reader of HAPI that knows nothing of src: descriptions as JSON, data as csv (RFC 4180), binary and json, values by parameter.
import type { Server } from 'node:http';
import request from 'supertest';

export interface HapiParameter {
  readonly name: string;
  readonly type: 'isotime' | 'double' | 'integer' | 'string';
  readonly length?: number;
  readonly size?: readonly number[];
  readonly units: unknown;
  readonly fill: string | null;
  readonly label?: unknown;
  readonly bins?: readonly {
    readonly name: string;
    readonly units: unknown;
    readonly centers?: unknown;
    readonly ranges?: unknown;
  }[];
  readonly [member: string]: unknown;
}
export interface HapiInfo {
  readonly HAPI: string;
  readonly status: { readonly code: number; readonly message: string };
  readonly startDate: string;
  readonly stopDate: string;
  readonly sampleStartDate?: string;
  readonly sampleStopDate?: string;
  readonly cadence?: string;
  readonly parameters: readonly HapiParameter[];
  readonly [member: string]: unknown;
}

export interface Answer {
  readonly status: number;
  readonly reason: string;
  readonly headers: { readonly [name: string]: string };
  readonly bytes: Buffer;
  readonly text: string;
}

export async function ask(
  server: Server,
  address: string,
  headers: { readonly [name: string]: string } = {},
  method: 'get' | 'head' | 'post' | 'options' = 'get',
): Promise<Answer> {
  const response = await request(server)
    [method](address)
    .set({ 'Accept-Encoding': 'identity', ...headers })
    .buffer(true)
    .parse((incoming, done) => {
      const pieces: Buffer[] = [];
      incoming.on('data', (piece: Buffer) => pieces.push(piece));
      incoming.on('end', () => done(null, Buffer.concat(pieces)));
    });
  const bytes = Buffer.isBuffer(response.body) ? response.body : Buffer.from('');
  const { statusMessage = '' } = (response as unknown as { res: { statusMessage?: string } }).res;
  return { status: response.status, reason: statusMessage, headers: response.headers, bytes, text: bytes.toString() };
}

export const query = (values: { readonly [name: string]: string }): string => new URLSearchParams(values).toString();

/** Rows of csv, quotes undone. */
export function csvRows(text: string): readonly (readonly string[])[] {
  const rows: string[][] = [];
  let row: string[] = [];
  let field = '';
  let inQuotes = false;
  for (let at = 0; at < text.length; at++) {
    const sign = text[at] as string;
    if (inQuotes) {
      if (sign === '"' && text[at + 1] === '"') field += text[++at];
      else if (sign === '"') inQuotes = false;
      else field += sign;
    } else if (sign === '"') inQuotes = true;
    else if (sign === ',' || sign === '\n') {
      row.push(field);
      field = '';
      if (sign === '\n') rows.push(row.splice(0));
    } else field += sign;
  }
  row = [];
  return rows;
}

export const cellsOf = ({ size = [] }: HapiParameter): number => size.reduce((a, b) => a * b, 1);

export type Value = string | number;

/** The records of a csv body: numbers as numbers. */
export function csvRecords(text: string, parameters: readonly HapiParameter[]): readonly (readonly Value[])[] {
  const types = parameters.flatMap((parameter) => new Array<string>(cellsOf(parameter)).fill(parameter.type));
  return csvRows(text).map((row) => {
    if (row.length !== types.length) throw new Error(`${row.length} columns instead of ${types.length}`);
    return row.map((cell, n) => (types[n] === 'double' || types[n] === 'integer' ? Number(cell) : cell));
  });
}

/** The records of a binary body. */
export function binaryRecords(bytes: Buffer, parameters: readonly HapiParameter[]): readonly (readonly Value[])[] {
  const records: Value[][] = [];
  let at = 0;
  while (at < bytes.length) {
    const record: Value[] = [];
    for (const parameter of parameters) {
      for (let n = cellsOf(parameter); n > 0; n--) {
        if (parameter.type === 'double') record.push(bytes.readDoubleLE(at));
        else if (parameter.type === 'integer') record.push(bytes.readInt32LE(at));
        else
          record.push(
            bytes
              .subarray(at, at + (parameter.length ?? 0))
              .toString()
              .replace(/\0+$/, ''),
          );
        at += parameter.type === 'double' ? 8 : parameter.type === 'integer' ? 4 : (parameter.length ?? 0);
      }
    }
    records.push(record);
  }
  return records;
}

export function jsonRecords(text: string): readonly (readonly Value[])[] {
  const { data } = JSON.parse(text) as { data: readonly unknown[][] };
  return data.map((record) => record.flat(9) as Value[]);
}
