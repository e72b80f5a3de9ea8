// One cell of an observatory's own table: text in the declared dialect → a value. What the dialect does not declare is refused, never guessed.
import { SyntaxFault } from '../../model/errors.ts';
import type { ImportDialect } from '../../model/service.ts';

export type CellDialect = Pick<ImportDialect, 'decimal' | 'date'>;

const INTEGER = /^[+-]?\d{1,15}$/;
const pad = (text: string) => text.padStart(2, '0');

/** `1,5` or `1.5` as declared; a thousands separator or the other decimal sign is ambiguous and refused. */
export function readNumber(text: string, { decimal }: CellDialect): number {
  const other = decimal === ',' ? '.' : ',';
  if (text.includes(other)) {
    throw new SyntaxFault(
      `'${text}' has a '${other}' where '${decimal}' is declared as the decimal sign`,
      `« ${text} » contient « ${other} » alors que le séparateur décimal déclaré est « ${decimal} »`,
    );
  }
  const plain = text.replace(decimal, '.');
  if (!/^[+-]?(?:\d+\.?\d*|\.\d+)(?:[eE][+-]?\d{1,3})?$/.test(plain) || !Number.isFinite(Number(plain))) {
    throw new SyntaxFault(`'${text}' is not a number`, `« ${text} » n'est pas un nombre`);
  }
  return Number(plain);
}

/** A whole number; `1465,0` is one too. */
export function readInteger(text: string, dialect: CellDialect): number {
  const value = INTEGER.test(text) ? Number(text) : readNumber(text, dialect);
  if (!Number.isSafeInteger(value)) {
    throw new SyntaxFault(`'${text}' is not a whole number`, `« ${text} » n'est pas un nombre entier`);
  }
  return value;
}

/** `31/12/2015`, `31-12-2015`, `31.12.2015` in the declared order, or `2015-12-31` in any; gives `YYYY-MM-DD`. */
export function readDate(text: string, { date }: CellDialect): string {
  const iso =
    /^(\d{4})-(\d{1,2})-(\d{1,2})$/.exec(text) ??
    (date === 'ymd' ? /^(\d{4})[/.](\d{1,2})[/.](\d{1,2})$/.exec(text) : null);
  const local = /^(\d{1,2})[/.-](\d{1,2})[/.-](\d{4})$/.exec(text);
  let parts: readonly [string, string, string] | null = null;
  if (iso) parts = [iso[1] ?? '', iso[2] ?? '', iso[3] ?? ''];
  else if (local && date === 'dmy') parts = [local[3] ?? '', local[2] ?? '', local[1] ?? ''];
  else if (local && date === 'mdy') parts = [local[3] ?? '', local[1] ?? '', local[2] ?? ''];
  if (parts === null) {
    const form = { dmy: 'DD/MM/YYYY', mdy: 'MM/DD/YYYY', ymd: 'YYYY-MM-DD' }[date];
    throw new SyntaxFault(
      `'${text}' is not a date of the declared form ${form}`,
      `« ${text} » n'est pas une date de la forme déclarée ${form}`,
    );
  }
  const [year, month, day] = parts.map(Number) as [number, number, number];
  const instant = new Date(Date.UTC(year, month - 1, day));
  if (instant.getUTCMonth() !== month - 1 || instant.getUTCDate() !== day || year < 1000) {
    throw new SyntaxFault(`'${text}' is not a day of the calendar`, `« ${text} » n'est pas un jour du calendrier`);
  }
  return `${parts[0]}-${pad(parts[1])}-${pad(parts[2])}`;
}

/** `hh:mm` or `hh:mm:ss` (fractions of a second are cut), UTC; gives `hh:mm:ss`. */
export function readTime(text: string): string {
  const match = /^(\d{1,2})[:hH](\d{2})(?::(\d{2})(?:[.,]\d+)?)?$/.exec(text);
  const [hour, minute, second] = [Number(match?.[1]), Number(match?.[2]), Number(match?.[3] ?? 0)];
  if (match === null || hour > 23 || minute > 59 || second > 59) {
    throw new SyntaxFault(`'${text}' is not a time of day (hh:mm:ss)`, `« ${text} » n'est pas une heure (hh:mm:ss)`);
  }
  return `${pad(match[1] ?? '')}:${match[2]}:${match[3] ?? '00'}`;
}

/** A date followed by a time; gives both. */
export function readDateTime(
  text: string,
  dialect: CellDialect,
): { readonly date: string; readonly time: string | null } {
  const match = /^(\S+?)(?:[T ]+(\S+?)Z?)?$/.exec(text);
  if (match === null) throw new SyntaxFault(`'${text}' is not a date`, `« ${text} » n'est pas une date`);
  return { date: readDate(match[1] ?? '', dialect), time: match[2] === undefined ? null : readTime(match[2]) };
}

const TRUE = ['true', 't', '1', 'yes', 'oui', 'vrai'];
const FALSE = ['false', 'f', '0', 'no', 'non', 'faux'];

export function readBoolean(text: string): boolean {
  const word = text.toLowerCase();
  if (TRUE.includes(word)) return true;
  if (FALSE.includes(word)) return false;
  throw new SyntaxFault(`'${text}' is neither yes nor no`, `« ${text} » n'est ni oui ni non`);
}

/** Text without control characters, at most `length` characters where a length is given. */
export function readText(text: string, length?: number): string {
  if (/[\u0000-\u0008\u000b\u000c\u000e-\u001f]/.test(text)) {
    throw new SyntaxFault('there is a control character in the text', 'le texte contient un caractère de contrôle');
  }
  if (length !== undefined && [...text].length > length) {
    throw new SyntaxFault(
      `longer than ${length} characters (${[...text].length})`,
      `plus de ${length} caractères (${[...text].length})`,
    );
  }
  return text;
}
