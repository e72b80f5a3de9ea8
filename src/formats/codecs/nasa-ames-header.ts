// Header of NASA Ames files, file format index 1001 (Gaines and Hipskind 1998, version 1.3), as plain, EBAS and ICARTT files write it.
import type { ByteSource } from '../../model/byte-source.ts';
import { FormatFault } from '../../model/format-fault.ts';
import { headLines } from './byte-lines.ts';

export interface NasaAmesHeader {
  /** Lines of the header, without line ends. */
  readonly lines: readonly string[];
  /** Byte at which the first data line begins. */
  readonly dataStart: number;
  readonly originators: string;
  readonly organisation: string;
  readonly source: string;
  readonly mission: string;
  readonly volume: readonly [number, number];
  /** `YYYY-MM-DD` */
  readonly date: string;
  readonly revisionDate: string;
  readonly step: number;
  readonly stepText: string;
  readonly xName: string;
  readonly scales: readonly number[];
  readonly missing: readonly number[];
  readonly missingTexts: readonly string[];
  /** One text per dependent variable, as written. */
  readonly names: readonly string[];
  readonly special: readonly string[];
  readonly normal: readonly string[];
  /** Line numbers, from 1, for messages. */
  readonly at: { readonly names: number; readonly scales: number; readonly special: number; readonly normal: number };
  /** Commas stand between the numbers of line 1: ICARTT. */
  readonly commas: boolean;
}

/** File format indices of the specification that are not read, by what they are. */
const OTHER_INDICES: Readonly<Record<number, string>> = {
  1010: 'one independent variable with auxiliary variables',
  1020: 'one independent variable, implied within records',
  2010: 'two independent variables on a grid',
  2110: 'two independent variables, profiles of varying length',
  2160: 'two independent variables, one of them text',
  2310: 'two independent variables, implied',
  3010: 'three independent variables on a grid',
  4010: 'four independent variables on a grid',
};
const MOST_HEADER_LINES = 200_000;
const MOST_VARIABLES = 50_000;

function fault(line: number, en: string, fr: string): FormatFault {
  return new FormatFault({ line }, en, fr);
}

/** The first line's two numbers. Throws FormatFault when it is no first line of a NASA Ames file, or of another file format index. */
export function firstLine(text: string): { readonly count: number; readonly commas: boolean } {
  const match = /^\s*(\d{1,6})\s*(,)?\s*(\d{3,5})(?=[\s,]|$)/.exec(text.replace(/^\uFEFF/, ''));
  if (!match || (match[2] === undefined && !/^\s*\d+\s+\d/.test(text.replace(/^\uFEFF/, '')))) {
    throw fault(
      1,
      'not a NASA Ames file: the number of header lines and the file format index are wanted',
      "pas un fichier NASA Ames : le nombre de lignes d'en-tête et l'indice de format sont attendus",
    );
  }
  const [count, index] = [Number(match[1]), Number(match[3])];
  if (index !== 1001) {
    const meaning = OTHER_INDICES[index];
    throw fault(
      1,
      `NASA Ames file format index ${index} (${meaning ?? 'unknown'}) is not read, only 1001`,
      `l'indice de format NASA Ames ${index} (${meaning ?? 'unknown'}) n'est pas lu, seulement 1001`,
    );
  }
  if (count < 14 || count > MOST_HEADER_LINES) {
    throw fault(1, `${count} header lines are not possible`, `${count} lignes d'en-tête ne sont pas possibles`);
  }
  return { count, commas: match[2] === ',' };
}

/** Reads on through the lines of a header; each method takes the next one. */
class Cursor {
  readonly lines: readonly string[];
  next = 1;
  constructor(lines: readonly string[]) {
    this.lines = lines;
  }
  text(what: string): string {
    const line = this.lines[this.next];
    if (line === undefined) {
      throw fault(
        this.lines.length,
        `the header ends before ${what} (line ${this.next + 1})`,
        `l'en-tête se termine avant ${what} (ligne ${this.next + 1})`,
      );
    }
    this.next++;
    return line;
  }
  /** The first `count` numbers of the line; text after them is annotation. */
  numbers(count: number, what: string): readonly number[] {
    const line = this.text(what);
    const words = line.split(/[\s,]+/).filter((word) => word !== '');
    const values = words.slice(0, count).map(Number);
    if (values.length < count || values.some((value) => !Number.isFinite(value))) {
      throw fault(this.next, `${what}: ${count} numbers are wanted`, `${what} : ${count} nombres sont attendus`);
    }
    return values;
  }
  whole(what: string, most: number): number {
    const [value = Number.NaN] = this.numbers(1, what);
    if (!Number.isInteger(value) || value < 0 || value > most) {
      throw fault(this.next, `${what} ${value} is not possible`, `${what} ${value} n'est pas possible`);
    }
    return value;
  }
  /** Exactly `count` numbers, wrapped over as many lines as they take. */
  wrapped(count: number, what: string): readonly string[] {
    const words: string[] = [];
    while (words.length < count) {
      const line = this.text(what);
      const found = line.split(/[\s,]+/).filter((word) => word !== '');
      const text = found.findIndex((word) => !/^[+-]?(?:\d|\.\d)/.test(word));
      words.push(...(text < 0 ? found : found.slice(0, text)));
      // Text after the last number is annotation; elsewhere it is a mistake.
      if (words.length > count || (text >= 0 && words.length < count)) {
        const seen = words.length > count ? `${words.length} numbers` : `'${found[text]?.slice(0, 20)}'`;
        throw fault(
          this.next,
          `${what}: ${count} numbers are wanted (one for each variable), not ${seen}`,
          `${what} : ${count} nombres sont attendus (un par variable), pas ${seen}`,
        );
      }
    }
    return words;
  }
  many(count: number, what: string): readonly string[] {
    return Array.from({ length: count }, () => this.text(what));
  }
}

function dayOf(numbers: readonly number[], line: number): string {
  const [year = 0, month = 0, day = 0] = numbers;
  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (year < 1 || year > 9999 || date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) {
    throw fault(
      line,
      `${numbers.join(' ')} is not a day (year month day)`,
      `${numbers.join(' ')} n'est pas un jour (année mois jour)`,
    );
  }
  return date.toISOString().slice(0, 10);
}

/** Fortran writes exponents with D too. */
const toNumber = (word: string): number => Number(word.replace(/[dD]/, 'e'));

function checkedNumbers(words: readonly string[], what: string, line: number): readonly number[] {
  const values = words.map(toNumber);
  const wrong = values.findIndex((value) => !Number.isFinite(value));
  if (wrong >= 0) {
    throw fault(line, `${what}: '${words[wrong]}' is not a number`, `${what} : '${words[wrong]}' n'est pas un nombre`);
  }
  return values;
}

/** The header in these lines, the first one included. Throws FormatFault naming the line. */
export function parseNasaAmesHeader(lines: readonly string[], dataStart: number): NasaAmesHeader {
  const { count, commas } = firstLine(lines[0] ?? '');
  const cursor = new Cursor(lines);
  const originators = cursor.text('the originators');
  const organisation = cursor.text('the organisation');
  const source = cursor.text('the source');
  const mission = cursor.text('the mission');
  const [volume = 1, volumes = 1] = cursor.numbers(2, 'the volume and the number of volumes');
  const dates = cursor.numbers(6, 'the date of the data and of the revision (YYYY MM DD YYYY MM DD)');
  const date = dayOf(dates.slice(0, 3), cursor.next);
  const revisionDate = dayOf(dates.slice(3), cursor.next);
  const stepLine = cursor.text('the step');
  const stepText = stepLine.trim().split(/[\s,]+/)[0] ?? '';
  const step = checkedNumbers([stepText], 'the step', cursor.next)[0] ?? 0;
  const xName = cursor.text('the name of the independent variable').trim();
  const variables = cursor.whole('the number of variables', MOST_VARIABLES);
  const scalesAt = cursor.next + 1;
  const scales = checkedNumbers(cursor.wrapped(variables, 'scale factors'), 'scale factors', cursor.next);
  const missingTexts = cursor.wrapped(variables, 'missing values');
  const missing = checkedNumbers(missingTexts, 'missing values', cursor.next);
  const namesAt = cursor.next + 1;
  const names = cursor.many(variables, 'the names of the variables').map((name) => name.trim());
  const specialAt = cursor.next + 1;
  const special = cursor.many(cursor.whole('the number of special comments', count), 'the special comments');
  const normalAt = cursor.next + 1;
  const normal = cursor.many(cursor.whole('the number of normal comments', count), 'the normal comments');
  if (cursor.next !== count) {
    throw fault(
      1,
      `${count} header lines are declared, but ${cursor.next} follow from the numbers of variables and comments (lines 10, ${specialAt} and ${normalAt})`,
      `${count} lignes d'en-tête sont déclarées, mais ${cursor.next} découlent des nombres de variables et de commentaires (lignes 10, ${specialAt} et ${normalAt})`,
    );
  }
  return {
    lines,
    dataStart,
    originators: originators.trim(),
    organisation: organisation.trim(),
    source: source.trim(),
    mission: mission.trim(),
    volume: [volume, volumes],
    date,
    revisionDate,
    step,
    stepText,
    xName,
    scales,
    missing,
    missingTexts,
    names,
    special,
    normal,
    at: { names: namesAt, scales: scalesAt, special: specialAt, normal: normalAt },
    commas,
  };
}

/** Reads the header of a file. Throws FormatFault naming the line; another file format index is refused by name. */
export async function readNasaAmesHeader(source: ByteSource): Promise<NasaAmesHeader> {
  let wanted = 1;
  const { lines, end } = await headLines(source, (read) => {
    if (read.length === 1 && wanted === 1) wanted = firstLine(read[0] ?? '').count;
    return wanted;
  });
  if (lines.length < wanted) {
    throw fault(
      Math.max(1, lines.length),
      `the file ends within its header: ${wanted} lines are declared`,
      `le fichier se termine dans son en-tête : ${wanted} lignes sont déclarées`,
    );
  }
  return parseNasaAmesHeader(lines, end);
}
