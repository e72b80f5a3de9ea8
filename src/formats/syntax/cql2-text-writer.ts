// Writes a filter as CQL2 text, readable by `parseCql2Text` as the same tree.
import type { ArrayOperator, Comparison, Filter, SpatialOperator, TemporalOperator, Term } from '../../model/filter.ts';
import { COMPARISON_SIGNS, callName } from './cql2-names.ts';
import { printFilterWkt } from './filter-wkt.ts';
import { cannotSay, printNumber } from './filter-writing.ts';
import { CQL_SIGNS, printPattern } from './like-pattern.ts';

/**
 * @throws SyntaxFault for what CQL2 has no word for: exact negation and unequal, distances, DURING with both ends, a text that ends with a backslash.
 */
export function writeCql2Text(filter: Filter): string {
  return condition(filter);
}

const OPERATION: ReadonlySet<string> = new Set(['and', 'or']);

/** In brackets where something else would read on into it. */
const inner = (filter: Filter): string => (OPERATION.has(filter.kind) ? `(${condition(filter)})` : condition(filter));

function condition(filter: Filter): string {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return filter.of.map(inner).join(filter.kind === 'and' ? ' AND ' : ' OR ');
    case 'not':
      return negated(filter.of);
    case 'unknown':
      if (filter.of.kind === 'boolean') throw cannotSay('CQL2', 'IS NULL of a truth value');
      return `(${condition(filter.of)}) IS NULL`;
    case 'boolean':
      return filter.value ? 'TRUE' : 'FALSE';
    case 'compare':
      return `${term(filter.left)} ${sign(filter.operator)} ${term(filter.right)}`;
    case 'like':
      return `${term(filter.term)} LIKE ${foldedText(text(printPattern(filter.pattern, CQL_SIGNS)), filter.fold)}`;
    case 'between':
      return `${term(filter.term)} BETWEEN ${term(filter.low)} AND ${term(filter.high)}`;
    case 'in':
      return `${term(filter.term)} IN (${filter.values.map(term).join(', ')})`;
    case 'null':
      return `${term(filter.term)} IS NULL`;
    case 'spatial':
    case 'temporal':
    case 'array':
      return call(filter.kind, filter.operator, term(filter.left), term(filter.right));
    case 'words':
      return `anytext = ${text(filter.text)}`;
    case 'phrase':
      return `anytext LIKE ${text(printPattern([{ literal: filter.text }], CQL_SIGNS))}`;
    default:
      throw cannotSay('CQL2', filter.kind);
  }
}

function negated(filter: Filter): string {
  return `NOT (${condition(filter)})`;
}

function sign(operator: Comparison): string {
  const written = COMPARISON_SIGNS.get(operator);
  if (written === undefined) throw cannotSay('CQL2', operator);
  return written;
}

function call(
  kind: 'spatial' | 'temporal' | 'array',
  operator: SpatialOperator | TemporalOperator | ArrayOperator,
  left: string,
  right: string,
): string {
  const name = callName(kind, operator);
  if (name === undefined) throw cannotSay('CQL2', operator);
  return `${name.toUpperCase()}(${left}, ${right})`;
}

function text(value: string): string {
  if (value.endsWith('\\')) throw cannotSay('CQL2 text', 'a text that ends with a backslash');
  // After a backslash two quotes would be read as one that the backslash holds, and an end.
  return `'${value.replace(/\\?'/g, (found) => (found.length === 2 ? "\\\\'" : "''"))}'`;
}

function foldedText(written: string, fold: { readonly case: boolean; readonly accents: boolean }): string {
  const plain = fold.accents ? `ACCENTI(${written})` : written;
  return fold.case ? `CASEI(${plain})` : plain;
}

const moment = (value: string): string => (value.length === 10 ? `DATE('${value}')` : `TIMESTAMP('${value}')`);

function term(value: Term): string {
  switch (value.kind) {
    case 'property':
      return `"${value.name}"`;
    case 'text':
      return text(value.value);
    case 'number':
      return printNumber(value.value);
    case 'truth':
      return value.value ? 'TRUE' : 'FALSE';
    case 'moment':
      return moment(value.value);
    case 'interval': {
      const end = (side: typeof value.start): string =>
        side === null ? "'..'" : side.kind === 'moment' ? `'${side.value}'` : term(side);
      return `INTERVAL(${end(value.start)}, ${end(value.end)})`;
    }
    case 'geometry':
      return printFilterWkt(value.geometry);
    case 'box':
      return `BBOX(${value.box.map(printNumber).join(', ')})`;
    case 'list':
      return `(${value.of.map(term).join(', ')})`;
    case 'arithmetic':
      return `(${term(value.left)} ${value.operator} ${term(value.right)})`;
    case 'folded':
      return foldedText(term(value.of), value.fold);
  }
}
