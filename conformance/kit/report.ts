// What the self-check prints and what it writes for machines.
import type { Outcome } from './run-standard.ts';

const COUNTED = ['passed', 'failed', 'skipped', 'not claimed'] as const;
type Counts = { readonly [outcome in Outcome['outcome']]: number };

export function countsOf(outcomes: readonly Outcome[]): Counts {
  const count = (wanted: string): number => outcomes.filter(({ outcome }) => outcome === wanted).length;
  return {
    passed: count('passed'),
    failed: count('failed'),
    skipped: count('skipped'),
    'not claimed': count('not claimed'),
  };
}

/** One line for each requirement; a failure is followed by its reason and its request as a curl line. */
export function linesOf({ outcome, id, title, reason, shown }: Outcome): string {
  const head = `${(outcome === 'failed' ? 'FAILED' : outcome).padEnd(11)} ${id}  ${title}`;
  if (outcome !== 'failed') return reason === undefined ? head : `${head} (${reason})`;
  const request =
    shown === undefined
      ? ''
      : `\n            ${shown.curl}\n            → ${shown.status} ${shown.type} ${oneLine(shown.answer)}`;
  return `${head}\n            ${reason ?? ''}${request}`;
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').slice(0, 200);

/** Conformance classes with their numbers, and the sum. */
export function tableOf(outcomes: readonly Outcome[]): string {
  const rows = new Map<string, Outcome[]>();
  for (const outcome of outcomes) {
    const key = `${outcome.standard} ${outcome.class}`;
    rows.set(key, [...(rows.get(key) ?? []), outcome]);
  }
  const cells = [...rows.values()].map((list) => {
    const counts = countsOf(list);
    return [list[0]?.standard ?? '', list[0]?.class ?? '', ...COUNTED.map((name) => String(counts[name]))];
  });
  const head = ['standard', 'class', ...COUNTED];
  const widths = head.map((name, column) => Math.max(name.length, ...cells.map((row) => (row[column] ?? '').length)));
  const line = (row: readonly string[]): string =>
    row
      .map((cell, column) => (column < 2 ? cell.padEnd(widths[column] ?? 0) : cell.padStart(widths[column] ?? 0)))
      .join('  ');
  return [line(head), ...cells.map(line)].join('\n');
}

export function summaryOf(outcomes: readonly Outcome[]): string {
  const counts = countsOf(outcomes);
  return COUNTED.map((name) => `${counts[name]} ${name}`).join(', ');
}

/** The report for machines: what was asked of whom, each outcome, the sums. */
export function reportOf(
  outcomes: readonly Outcome[],
  run: {
    readonly url: string;
    readonly schemas: string | null;
    readonly validated: number;
    readonly requests: number;
    readonly milliseconds: number;
  },
): string {
  return `${JSON.stringify({ ...run, counts: countsOf(outcomes), outcomes }, null, 2)}\n`;
}
