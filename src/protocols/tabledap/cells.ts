// Values as text answers have them: times in ISO 8601, missing numbers as NaN, missing texts empty.
import { printTime } from '../../formats/codecs/iso-time.ts';
import type { Chunk, Column } from '../../model/table.ts';

/** The value of a row as text. */
export type Print = (row: number) => string;

export interface CellStyle {
  readonly missing: string;
  readonly number: (value: number) => string;
  readonly time: (text: string) => string;
  readonly text: (text: string) => string;
}

const DAY = 86_400_000;
const TWO_DIGITS = Array.from({ length: 60 }, (_, n) => String(n).padStart(2, '0'));

/** Prints instants one after the other; those of one day share its date (three times as fast as a new date each time). */
function instantPrinter(): (at: number) => string {
  let [day, date] = [Number.NaN, ''];
  return (at) => {
    if (at % 1000 !== 0) return printTime(at);
    const own = Math.floor(at / DAY);
    if (own !== day) {
      day = own;
      date = printTime(own * DAY).slice(0, -'00:00:00Z'.length);
    }
    const second = (at - own * DAY) / 1000;
    const [h, m] = [Math.floor(second / 3600), Math.floor(second / 60) % 60];
    return `${date}${TWO_DIGITS[h]}:${TWO_DIGITS[m]}:${TWO_DIGITS[second % 60]}Z`;
  };
}

/** For each column of the chunk, the function that prints the value of a row. */
export function printers(columns: readonly Column[], chunk: Chunk, style: CellStyle): readonly Print[] {
  return columns.map((column, n): Print => {
    const values = chunk.values[n];
    if (values instanceof Float64Array) {
      const { missing } = style;
      const instant = instantPrinter();
      const print = column.type === 'time' ? (at: number) => style.time(instant(at)) : style.number;
      return (row) => {
        const value = values[row] as number;
        return Number.isNaN(value) ? missing : print(value);
      };
    }
    const texts = values as readonly (string | null)[];
    return (row) => style.text(texts[row] ?? '');
  });
}

/** The rows of the chunk as lines: cells joined by `between`, each line with `before` and `after`. */
export function lines(
  columns: readonly Column[],
  chunk: Chunk,
  style: CellStyle,
  between: string,
  before: string,
  after: string,
): string {
  const print = printers(columns, chunk, style);
  const width = print.length;
  let text = '';
  for (let row = 0; row < chunk.rows; row++) {
    text += before;
    for (let n = 0; n < width; n++) text += n === 0 ? (print[n] as Print)(row) : between + (print[n] as Print)(row);
    text += after;
  }
  return text;
}

/** What stands for the unit of a column: times are printed as ISO 8601 in UTC. */
export function unitOf({ type, unit }: Column): string {
  return type === 'time' ? 'UTC' : (unit ?? '');
}
