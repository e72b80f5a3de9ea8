// Writes a filter as CQL2 JSON, readable by `parseCql2Json` as the same tree.
import type { Filter, Fold, Term } from '../../model/filter.ts';
import { COMPARISON_SIGNS, callName } from './cql2-names.ts';
import { cannotSay } from './filter-writing.ts';
import { CQL_SIGNS, printPattern } from './like-pattern.ts';

/** A value for JSON.stringify. @throws SyntaxFault for exact negation and unequal, and DURING with both ends. */
export function writeCql2Json(filter: Filter): unknown {
  switch (filter.kind) {
    case 'and':
    case 'or':
      return call(filter.kind, ...filter.of.map(writeCql2Json));
    case 'not':
      return call('not', writeCql2Json(filter.of));
    case 'unknown':
      return call(
        'isNull',
        filter.of.kind === 'boolean' ? unknown('isNull of a truth value') : writeCql2Json(filter.of),
      );
    case 'boolean':
      return filter.value;
    case 'compare':
      return call(
        COMPARISON_SIGNS.get(filter.operator) ?? unknown(filter.operator),
        term(filter.left),
        term(filter.right),
      );
    case 'like':
      return call('like', term(filter.term), folded(printPattern(filter.pattern, CQL_SIGNS), filter.fold));
    case 'between':
      return call('between', term(filter.term), term(filter.low), term(filter.high));
    case 'in':
      return call('in', term(filter.term), filter.values.map(term));
    case 'null':
      return call('isNull', term(filter.term));
    case 'spatial':
    case 'temporal':
    case 'array':
      return call(name(filter.kind, filter.operator), term(filter.left), term(filter.right));
    case 'words':
      return call('=', { property: 'anytext' }, filter.text);
    case 'phrase':
      return call('like', { property: 'anytext' }, printPattern([{ literal: filter.text }], CQL_SIGNS));
    default:
      return unknown(filter.kind);
  }
}

const call = (op: string, ...args: readonly unknown[]): object => ({ op, args });

function unknown(what: string): never {
  throw cannotSay('CQL2', what);
}

/** In camel case: `t_finishedBy`. */
function name(kind: 'spatial' | 'temporal' | 'array', operator: string): string {
  const written = callName(kind, operator) ?? unknown(operator);
  return `${written.slice(0, 2)}${operator}`;
}

function folded(value: unknown, fold: Fold): unknown {
  const plain = fold.accents ? call('accenti', value) : value;
  return fold.case ? call('casei', plain) : plain;
}

function term(value: Term): unknown {
  switch (value.kind) {
    case 'property':
      return { property: value.name };
    case 'text':
    case 'number':
    case 'truth':
      return value.value;
    case 'moment':
      return value.value.length === 10 ? { date: value.value } : { timestamp: value.value };
    case 'interval': {
      const end = (side: typeof value.start): unknown =>
        side === null ? '..' : side.kind === 'moment' ? side.value : term(side);
      return { interval: [end(value.start), end(value.end)] };
    }
    case 'geometry':
      return value.geometry;
    case 'box':
      return { bbox: value.box };
    case 'list':
      return value.of.map(term);
    case 'arithmetic':
      return call(value.operator, term(value.left), term(value.right));
    case 'folded':
      return folded(term(value.of), value.fold);
  }
}
