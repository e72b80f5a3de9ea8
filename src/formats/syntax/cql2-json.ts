// CQL2 JSON (OGC 21-065r2, clause 10) into the filter tree, with the spellings of its drafts that old clients still send: `eq`, `lte`,
// `anyinteracts`, `intersects`, isNull of a bare value, `{"datetime": …}`, nested operands of between and `value`.
import { allOf, anyOf, EXACT, type Filter, type Term } from '../../model/filter.ts';
import type { Queryables } from '../../model/queryable.ts';
import { below, type Call, callOf, isArithmetic, type JsonReader, placeOf } from './cql2-json-reader.ts';
import { jsonTerm } from './cql2-json-terms.ts';
import { ARRAY_NAMES, COMPARISON_NAMES, SPATIAL_NAMES, TEMPORAL_NAMES } from './cql2-names.ts';
import { excerpt } from './excerpt.ts';
import { createFilterBuilder } from './filter-builder.ts';
import { filterFault, type Place } from './filter-faults.ts';
import { CQL_SIGNS, parsePattern } from './like-pattern.ts';

/** @throws SyntaxFault with a JSON pointer, for the reasons of `parseCql2Text`. */
export function parseCql2Json(value: unknown, queryables: Queryables): Filter {
  const builder = createFilterBuilder(queryables);
  return builder.finished(jsonFilter(value, { builder, pointer: '', depth: 0, count: { read: 0 } }));
}

function jsonFilter(value: unknown, reader: JsonReader): Filter {
  const place = placeOf(reader);
  const call = callOf(value);
  if (call === undefined || isArithmetic(call.op) || /^(casei|accenti)$/i.test(call.op))
    return reader.builder.condition(jsonTerm(value, reader), place);
  const op = call.op.toLowerCase();
  const args = below(reader, 'args');
  const filters = (): Filter[] => call.args.map((arg, i) => jsonFilter(arg, below(args, i)));
  const terms = (count: number): Term[] => termsOf(call, count, args, place);
  const { builder } = reader;
  switch (op) {
    case 'and':
    case 'or':
      if (call.args.length === 0) throw arity(op, 2, place);
      return op === 'and' ? allOf(filters()) : anyOf(filters());
    case 'not':
      if (call.args.length !== 1) throw arity(op, 1, place);
      return { kind: 'not', of: filters()[0]! };
    case 'isnull':
      return isNull(call, args, place);
    case 'between':
      return builder.between(...betweenTerms(call, args, place), place);
    case 'in':
      return inFilter(call, args, place);
    case 'like':
      return likeFilter(call, args, place);
  }
  const comparison = COMPARISON_NAMES.get(op);
  if (comparison !== undefined) return builder.compare(comparison, ...(terms(2) as [Term, Term]), place);
  const spatial = SPATIAL_NAMES.get(op) ?? SPATIAL_NAMES.get(`s_${op}`);
  const temporal = TEMPORAL_NAMES.get(op) ?? (op === 'anyinteracts' ? 'intersects' : TEMPORAL_NAMES.get(`t_${op}`));
  // The drafts knew `intersects` and others without their first letter: the operands say which kind is meant.
  if (spatial !== undefined || temporal !== undefined) {
    const [left, right] = terms(2) as [Term, Term];
    const inSpace = [left, right].some((term) => builder.typeOf(term) === 'geometry');
    if (spatial !== undefined && (inSpace || temporal === undefined))
      return builder.spatial(spatial, left, right, place);
    if (temporal !== undefined) return builder.temporal(temporal, left, right, place);
  }
  const array = ARRAY_NAMES.get(op);
  if (array !== undefined) return builder.array(array, ...(terms(2) as [Term, Term]), place);
  throw filterFault(
    place,
    `the operator ${excerpt(call.op)} is not offered`,
    `l'opérateur ${excerpt(call.op)} n'est pas proposé`,
  );
}

function arity(op: string, count: number, place: Place): Error {
  return filterFault(place, `${excerpt(op)} takes ${count} operands`, `${excerpt(op)} prend ${count} opérandes`);
}

function termsOf(call: Call, count: number, args: JsonReader, place: Place): Term[] {
  if (call.args.length !== count) throw arity(call.op, count, place);
  return call.args.map((arg, i) => jsonTerm(arg, below(args, i)));
}

/** Three operands; the drafts had `[value, [low, high]]`. */
function betweenTerms(call: Call, args: JsonReader, place: Place): [Term, Term, Term] {
  const [term, bounds] = call.args;
  const flat = call.args.length === 2 && Array.isArray(bounds) ? [term, ...bounds] : call.args;
  return termsOf({ op: call.op, args: flat }, 3, args, place) as [Term, Term, Term];
}

function inFilter(call: Call, args: JsonReader, place: Place): Filter {
  const [term, values] = call.args;
  if (call.args.length !== 2 || !Array.isArray(values)) throw arity(call.op, 2, place);
  const list = below(args, 1);
  return args.builder.among(
    jsonTerm(term, below(args, 0)),
    values.map((each, i) => jsonTerm(each, below(list, i))),
    place,
  );
}

function likeFilter(call: Call, args: JsonReader, place: Place): Filter {
  const [term, pattern] = termsOf(call, 2, args, place) as [Term, Term];
  const [text, fold] = pattern.kind === 'folded' ? [pattern.of, pattern.fold] : [pattern, EXACT];
  if (text.kind !== 'text') throw filterFault(place, 'the pattern is a text', 'le motif est un texte');
  return args.builder.like(term, parsePattern(text.value, CQL_SIGNS, place), fold, place);
}

function isNull(call: Call, args: JsonReader, place: Place): Filter {
  if (call.args.length !== 1) throw arity(call.op, 1, place);
  const [arg] = call.args;
  const inner = callOf(arg);
  const at = below(args, 0);
  if (inner !== undefined && !isArithmetic(inner.op) && !/^(casei|accenti)$/i.test(inner.op))
    return { kind: 'unknown', of: jsonFilter(arg, at) };
  return args.builder.isNull(jsonTerm(arg, at), place);
}
