// Where the bytes come from and in which encoding: a file, or the CSV address of a published spreadsheet. UTF-8 with or without BOM, or windows-1252 where declared.
import { isUtf8 } from 'node:buffer';
import { readFile } from 'node:fs/promises';
import iconv from 'iconv-lite';
import { AppError, type ParameterFault } from '../../model/errors.ts';
import type { ImportDialect } from '../../model/service.ts';

/** Larger spreadsheets than this are not published by address. */
const MAX_DOWNLOAD = 256 * 1024 * 1024;
const DOWNLOAD_TIMEOUT_MS = 60_000;

async function download(address: string): Promise<Buffer> {
  const response = await fetch(address, { signal: AbortSignal.timeout(DOWNLOAD_TIMEOUT_MS) });
  if (!response.ok || response.body === null) throw new Error(`${address} answered ${response.status}`);
  const type = response.headers.get('content-type') ?? '';
  if (type.includes('html')) throw new Error(`${address} answered a page, not a table: publish the sheet as CSV`);
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body) {
    size += chunk.length;
    if (size > MAX_DOWNLOAD) throw new Error(`${address} is larger than ${MAX_DOWNLOAD} bytes`);
    chunks.push(chunk);
  }
  return Buffer.concat(chunks);
}

/** All bytes of a file or an address. Throws Error with the reason. */
export function readBytes(source: string): Promise<Buffer> {
  return /^https?:\/\//.test(source) ? download(source) : readFile(source);
}

/** The first line that is not UTF-8 and the column in bytes, from 1. */
function badPlace(bytes: Buffer): { line: number; column: number } {
  let start = 0;
  for (let line = 1; ; line++) {
    const newline = bytes.indexOf(10, start);
    const end = newline < 0 ? bytes.length : newline;
    const part = bytes.subarray(start, end);
    if (!isUtf8(part)) {
      let column = 1;
      while (column < part.length && isUtf8(part.subarray(0, column))) column++;
      return { line, column };
    }
    if (newline < 0) return { line, column: 1 };
    start = newline + 1;
  }
}

/** The text of the bytes, without BOM. Throws AppError naming the line and column of the first byte that the declared encoding cannot mean. */
export function decode(bytes: Buffer, encoding: ImportDialect['encoding']): string {
  const hasBom = bytes.length >= 3 && bytes[0] === 0xef && bytes[1] === 0xbb && bytes[2] === 0xbf;
  if (isUtf8(bytes) && (hasBom || encoding === 'utf-8')) return bytes.toString('utf8', hasBom ? 3 : 0);
  if (encoding === 'windows-1252' && !hasBom) return iconv.decode(bytes, 'windows-1252');
  const { line, column } = badPlace(bytes);
  const fault: ParameterFault = {
    parameter: `line ${line}, column ${column}`,
    detail: {
      en: 'not UTF-8, and no other encoding is declared (windows-1252 is the other one known)',
      fr: "n'est pas de l'UTF-8, et aucun autre codage n'est déclaré (windows-1252 est l'autre connu)",
    },
  };
  throw new AppError('invalid-parameter', { faults: [fault] });
}
