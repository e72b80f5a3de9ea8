// Spatial predicates of classic CQL: BBOX, the named relations, DWITHIN and BEYOND with their units.
import type { Filter, SpatialOperator, Term } from '../../model/filter.ts';
import { cqlTerm } from './cql-terms.ts';
import type { CqlReader } from './cql-text.ts';
import { boxTerm } from './cql2-literals.ts';
import { readPositionsOf } from './crs.ts';
import { metresOf } from './distance-units.ts';
import { FES_SPATIAL } from './filter-encoding-names.ts';
import type { Place } from './filter-faults.ts';

const RELATIONS: ReadonlyMap<string, SpatialOperator> = new Map(
  [...FES_SPATIAL].map(([name, operator]) => [name.toUpperCase(), operator]),
);

/** null: no spatial predicate stands here. @throws SyntaxFault */
export function cqlSpatial(reader: CqlReader): Filter | null {
  const { cursor } = reader;
  const token = cursor.peek();
  if (token.kind !== 'name' || !cursor.isSign('(', 1)) return null;
  const name = token.value.toUpperCase();
  const relation = RELATIONS.get(name);
  const known = relation !== undefined || name === 'BBOX' || name === 'DWITHIN' || name === 'BEYOND';
  if (!known) return null;
  const place = cursor.place();
  cursor.next();
  cursor.takeSign('(');
  const filter =
    relation !== undefined
      ? related(relation, reader, place)
      : name === 'BBOX'
        ? box(reader, place)
        : distance(name === 'DWITHIN' ? 'within' : 'beyond', reader, place);
  cursor.takeSign(')');
  return filter;
}

function pair(reader: CqlReader): [Term, Term] {
  const left = cqlTerm(reader);
  reader.cursor.takeSign(',');
  return [left, cqlTerm(reader)];
}

function related(operator: SpatialOperator, reader: CqlReader, place: Place): Filter {
  return reader.builder.spatial(operator, ...pair(reader), place);
}

function box(reader: CqlReader, place: Place): Filter {
  const { cursor, builder } = reader;
  const property = cqlTerm(reader);
  const numbers: number[] = [];
  while (numbers.length < 4) {
    cursor.takeSign(',');
    const term = cqlTerm(reader);
    if (term.kind !== 'number') throw cursor.wrong('a number', 'un nombre');
    numbers.push(term.value);
  }
  let read = readPositionsOf(null, place);
  if (cursor.skipSign(',')) {
    const name = cqlTerm(reader);
    read = readPositionsOf(name.kind === 'text' ? name.value : '?', place);
  }
  const lower = read(numbers[0]!, numbers[1]!);
  const upper = read(numbers[2]!, numbers[3]!);
  return builder.spatial('intersects', property, boxTerm([...lower, ...upper], place), place);
}

function distance(operator: 'within' | 'beyond', reader: CqlReader, place: Place): Filter {
  const { cursor, builder } = reader;
  const [left, right] = pair(reader);
  cursor.takeSign(',');
  const value = cqlTerm(reader);
  if (value.kind !== 'number') throw cursor.wrong('a number', 'un nombre');
  let unit: string | null = null;
  if (cursor.skipSign(',')) {
    const words: string[] = [];
    while (cursor.peek().kind === 'name' || cursor.peek().kind === 'text') words.push(cursor.next().value);
    unit = words.join(' ');
  }
  return builder.distance(operator, left, right, metresOf(value.value, unit, place), place);
}
