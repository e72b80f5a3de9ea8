// Codec of CSV (RFC 4180), UTF-8, one line of titles; times ISO 8601, missing values empty. Its description (CSVW) keeps units and metadata.
import { type Column, cellSize, type FlagSet, type Table, type Values } from '../../model/table.ts';
import type { Codec, WriteOptions } from './codec.ts';
import { readCsv } from './csv-read.ts';
import { csvwDescription, titlesOf } from './csvw.ts';
import { printTime } from './iso-time.ts';

function quoted(text: string, delimiter: string): string {
  return text === '' || text.includes(delimiter) || /[",\r\n]|^\s|\s$/.test(text)
    ? `"${text.replaceAll('"', '""')}"`
    : text;
}

type Print = (values: Values, at: number) => string;

function printer({ type }: Column, delimiter: string): Print {
  if (type === 'text') {
    return (values, at) => {
      const text = (values as readonly (string | null)[])[at];
      return text === null || text === undefined ? '' : quoted(text, delimiter);
    };
  }
  if (type === 'flags') return (values, at) => ((values as readonly FlagSet[])[at] ?? []).join(' ');
  if (type === 'time') {
    return (values, at) => {
      const time = (values as Float64Array)[at] as number;
      return Number.isNaN(time) ? '' : printTime(time);
    };
  }
  return (values, at) => {
    const number = (values as Float64Array)[at] as number;
    return Number.isNaN(number) ? '' : String(number);
  };
}

async function* write(table: Table, { delimiter = ',' }: WriteOptions): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  yield encoder.encode(
    `${titlesOf(table)
      .map(({ title }) => quoted(title, delimiter))
      .join(delimiter)}\r\n`,
  );
  const printers = table.columns.map((column) => printer(column, delimiter));
  const sizes = table.columns.map((column) => cellSize(table.dimensions, column));
  for await (const chunk of table.chunks()) {
    let text = '';
    for (let row = 0; row < chunk.rows; row++) {
      for (let n = 0; n < printers.length; n++) {
        const size = sizes[n] as number;
        const values = chunk.values[n] as Values;
        for (let place = 0; place < size; place++) {
          if (n + place > 0) text += delimiter;
          text += (printers[n] as Print)(values, row * size + place);
        }
      }
      text += '\r\n';
    }
    yield encoder.encode(text);
  }
}

export const csv: Codec = {
  id: 'csv',
  title: { en: 'CSV', fr: 'CSV' },
  mediaType: 'text/csv',
  extension: 'csv',
  otherExtensions: ['tsv', 'txt'],
  sniff: (head, name) => {
    if (head.includes(0)) return 0;
    return name !== null && /\.(csv|tsv)$/i.test(name) ? 2 : name !== null && /\.txt$/i.test(name) ? 1 : 0;
  },
  read: readCsv,
  write,
  companion: (table, { fileName }) => csvwDescription(table, fileName ?? 'data.csv'),
  loses: () => [],
};
