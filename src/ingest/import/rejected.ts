// The file of refused lines: the columns as they came, and before them where the line stood and why it was refused. Columns that begin with `_`
// are passed over by an import, so the mended file can be imported as it is.
import type { RefusedLine } from './import-records.ts';
import type { LineFault } from './read-line.ts';

const quote = (cell: string, delimiter: string) =>
  cell.includes(delimiter) || /["\r\n]/.test(cell) ? `"${cell.replaceAll('"', '""')}"` : cell;

/** `column 7 (latitude): '91' is …`, all faults of the line joined by `; `. */
export function reasonOf(faults: readonly LineFault[], language: 'en' | 'fr' = 'en'): string {
  return faults
    .map(({ column, name, detail }) => {
      const place = column === null ? name : `column ${column} (${name})`;
      return `${place}${place === '' ? '' : ': '}${detail[language] ?? detail.en}`;
    })
    .join('; ');
}

/** UTF-8 text of the whole file; one header for each different set of columns. */
export function rejectedFile(refused: readonly RefusedLine[], delimiter: string): string {
  let names: readonly string[] | null = null;
  const row = (cells: readonly string[]) => `${cells.map((cell) => quote(cell, delimiter)).join(delimiter)}\n`;
  return refused
    .map((line) => {
      const head = line.names === names ? '' : row(['_line', '_reason', ...line.names]);
      names = line.names;
      return head + row([String(line.line), reasonOf(line.faults), ...line.cells]);
    })
    .join('');
}
