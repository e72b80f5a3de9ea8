// Variable lines of EBAS NASA Ames: `component, unit, Tag=value, …`; their parts, and short names that are each used once.
import { plainName, uniqueNames } from './variable-names.ts';

export interface EbasVariable {
  readonly text: string;
  readonly component: string;
  readonly unit: string;
  readonly tags: { readonly [tag: string]: string };
  /** Null: a variable. Else a flag column: of one component, or of all variables since the flag column before it (empty text). */
  readonly flags: string | null;
}

/** Cells of one CSV line; quotes may stand around a cell that holds commas. */
export function csvCells(line: string): readonly string[] {
  const cells: string[] = [];
  const pattern = /\s*(?:"((?:[^"]|"")*)"|([^,]*))\s*(?:,|$)/y;
  while (pattern.lastIndex <= line.length) {
    const from = pattern.lastIndex;
    const match = pattern.exec(line);
    if (!match) return [...cells, line.slice(from).trim()];
    cells.push(match[1] === undefined ? (match[2] ?? '').trim() : match[1].replaceAll('""', '"'));
    if (!line.slice(from, pattern.lastIndex).endsWith(',')) break;
  }
  return cells;
}

/** The parts of a variable line. */
export function parseVariable(text: string): EbasVariable {
  const [head = '', unit = '', ...rest] = csvCells(text);
  const tags: Record<string, string> = {};
  for (const cell of rest) {
    const equals = cell.indexOf('=');
    if (equals > 0) tags[cell.slice(0, equals).trim()] = cell.slice(equals + 1).trim();
  }
  const flags = /^numflag(?:\s+(.*))?$/.exec(head);
  return { text, component: flags ? 'numflag' : head, unit, tags, flags: flags ? (flags[1] ?? '').trim() : null };
}

const STATISTICS: Readonly<Record<string, string>> = {
  'arithmetic mean': 'amean',
  median: 'median',
  stddev: 'stddev',
  minimum: 'min',
  maximum: 'max',
  uncertainty: 'unc',
  'expanded uncertainty 2sigma': 'unc2sigma',
  precision: 'prec',
  'detection limit': 'dl',
  'sample count': 'count',
};

/** `percentile:84.13` → `perc8413`, `450.0 nm` → `450_0nm`. */
function suffix(tag: string, value: string): string {
  if (tag === 'Statistics') return STATISTICS[value] ?? value.replace('percentile:', 'perc').replace('.', '');
  return plainName(value.replace(/\s+/g, '')).replace(/^v_/, '');
}

/**
 * A name for each variable: its component, with what tells it from the others of the same component (statistics, matrix, wavelength,
 * size, unit) where there are any.
 */
export function variableNames(variables: readonly EbasVariable[], reserved: readonly string[]): readonly string[] {
  const unique = uniqueNames(reserved);
  const groups = new Map<string, EbasVariable[]>();
  for (const variable of variables) {
    if (variable.flags === null) groups.set(variable.component, [...(groups.get(variable.component) ?? []), variable]);
  }
  return variables.map((variable) => {
    if (variable.flags !== null) return '';
    const group = groups.get(variable.component) ?? [];
    const tags = [...new Set(group.flatMap((other) => Object.keys(other.tags)))];
    // What has no Statistics tag is of the header's statistics, usually the mean: the others are told from it.
    const telling = tags.filter(
      (tag) =>
        !['Detection limit', 'Measurement uncertainty'].includes(tag) &&
        new Set(group.map((other) => other.tags[tag])).size > 1,
    );
    const units = new Set(group.map((other) => other.unit)).size > 1;
    const suffixes = telling.flatMap((tag) => {
      const value = variable.tags[tag];
      return value === undefined || tag.startsWith('Volume std.') ? [] : [suffix(tag, value)];
    });
    const parts = [variable.component, ...suffixes, ...(units ? [variable.unit.replace(/\//g, ' ')] : [])];
    return unique(plainName(parts.join('_')));
  });
}
