// What resto's clients write for a property, as a filter: `a|b`, `abc%`, numbers and intervals `[0,20]`, `]a,b[`, `{a,b}` (resto 2.x).
import { closedRange, parseNumberCondition } from '../../formats/syntax/intervals.ts';
import { SyntaxFault } from '../../model/errors.ts';
import { allOf, anyOf, type Comparison, type Filter, type Fold, type Term } from '../../model/filter.ts';
import type { Collection } from './collections.ts';
import { type PropertyName, queryableOf, type Source } from './properties.ts';

/** A text that must be equal, or with which the value must begin; case does not count. */
interface Wanted {
  readonly text: string;
  readonly prefix: boolean;
}

const CASE: Fold = Object.freeze({ case: true, accents: false });
const NOTHING: Filter = anyOf([]);
const EVERYTHING: Filter = allOf([]);
const LONGEST = 1000;
const MOST_VALUES = 100;

const property = (name: string): Term => ({ kind: 'property', name });
const folded = (of: Term): Term => ({ kind: 'folded', fold: CASE, of });

/**
 * The alternatives of a text.
 * @throws SyntaxFault when there are none or too many.
 */
export function alternatives(text: string, separator = /\|/): readonly Wanted[] {
  const parts = text
    .split(separator)
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (parts.length === 0) throw new SyntaxFault('a value is wanted', 'une valeur est attendue');
  if (text.length > LONGEST || parts.length > MOST_VALUES) {
    throw new SyntaxFault(
      `at most ${MOST_VALUES} values and ${LONGEST} characters are taken`,
      `au plus ${MOST_VALUES} valeurs et ${LONGEST} caractères sont acceptés`,
    );
  }
  return parts.map((part) => {
    const prefix = part.endsWith('%');
    return { text: prefix ? part.slice(0, -1) : part, prefix };
  });
}

const matches = ({ text, prefix }: Wanted, value: string): boolean => {
  const [wanted, found] = [text.toLowerCase(), value.toLowerCase()];
  return prefix ? found.startsWith(wanted) : found === wanted;
};

function textTest(name: string, { text, prefix }: Wanted): Filter {
  const term = folded(property(name));
  if (prefix) {
    return text === ''
      ? { kind: 'not', of: { kind: 'null', term: property(name) } }
      : { kind: 'like', term, pattern: [{ literal: text }, 'any'], fold: CASE };
  }
  return { kind: 'compare', operator: 'equal', left: term, right: folded({ kind: 'text', value: text }) };
}

/** The stored values that a table of replacements shows as one of the wanted ones; what stands in the table is not shown as it is. */
function mappedTest(name: string, map: { readonly [value: string]: string }, wanted: readonly Wanted[]): Filter {
  const replaced = Object.entries(map).flatMap(([value, shown]) =>
    wanted.some((one) => matches(one, shown)) ? [textTest(name, { text: value, prefix: false })] : [],
  );
  const hidden = Object.keys(map).map((value) => textTest(name, { text: value, prefix: false }));
  const plain = wanted.map((one) =>
    allOf([
      textTest(name, one),
      ...(hidden.length === 0 ? [] : [{ kind: 'notExact', of: anyOf(hidden) } satisfies Filter]),
    ]),
  );
  return anyOf([...replaced, ...plain]);
}

function compare(name: string, operator: Comparison, value: number): Filter {
  return { kind: 'compare', operator, left: property(name), right: { kind: 'number', value } };
}

type NumberCondition = ReturnType<typeof parseNumberCondition>;

function numberTest(name: string, condition: NumberCondition): Filter {
  if (condition.kind === 'values') return anyOf(condition.values.map((value) => compare(name, 'equal', value)));
  const { min, max } = closedRange(condition);
  return allOf([
    ...(min === null ? [] : [compare(name, 'greaterOrEqual', min)]),
    ...(max === null ? [] : [compare(name, 'lessOrEqual', max)]),
  ]);
}

function holds(condition: NumberCondition, value: number): boolean {
  if (condition.kind === 'values') return condition.values.includes(value);
  const { min, max } = closedRange(condition);
  return (min === null || value >= min) && (max === null || value <= max);
}

/** Reads a number condition; `a|b` is another way to write `{a,b}`. @throws SyntaxFault */
function numbers(text: string): NumberCondition {
  return parseNumberCondition(text.includes('|') ? `{${text.split('|').join(',')}}` : text);
}

function test(
  source: NonNullable<Source>,
  collection: Collection,
  kind: PropertyName['kind'],
  text: string,
  separator?: RegExp,
): Filter {
  if (kind === 'number') {
    const condition = numbers(text);
    if ('value' in source) return holds(condition, Number(source.value)) ? EVERYTHING : NOTHING;
    return numberTest(queryableOf(source.from, collection.service), condition);
  }
  const wanted = alternatives(text, separator);
  if ('value' in source) return wanted.some((one) => matches(one, String(source.value))) ? EVERYTHING : NOTHING;
  const name = queryableOf(source.from, collection.service);
  return source.map === undefined
    ? anyOf(wanted.map((one) => textTest(name, one)))
    : mappedTest(name, source.map, wanted);
}

/** The records of these services. */
function ofServices(names: readonly string[]): Filter {
  return { kind: 'in', term: property('service'), values: names.map((value) => ({ kind: 'text', value })) };
}

/**
 * What a text asks of an EO property in some collections; a collection without the property has no record that fits.
 * @throws SyntaxFault when the text is not of the property's kind.
 */
export function propertyFilter(collections: readonly Collection[], asked: PropertyName, text: string): Filter {
  // The text is checked even where no collection has the property.
  if (asked.kind === 'number') numbers(text);
  else alternatives(text, asked.separator);
  const groups = new Map<string, Collection[]>();
  for (const collection of collections) {
    const source = collection.sources.get(asked.name);
    if (source === undefined) continue;
    const own = 'from' in source && source.from.startsWith('field:') ? collection.name : '';
    const key = `${own} ${JSON.stringify(source)}`;
    groups.set(key, [...(groups.get(key) ?? []), collection]);
  }
  const found = [...groups.values()].map((group) => {
    const [first] = group as [Collection];
    const source = first.sources.get(asked.name) as NonNullable<Source>;
    const filter = test(source, first, asked.kind, text, asked.separator);
    return collections.length === 1 ? filter : allOf([ofServices(group.map(({ service }) => service.name)), filter]);
  });
  return anyOf(found);
}

/** A condition on a service's own text or number field. @throws SyntaxFault */
export function fieldFilter(collection: Collection, field: string, kind: PropertyName['kind'], text: string): Filter {
  return test({ from: `field:${field}` }, collection, kind, text);
}

/** Records whose product identifier is, or begins with, one of the texts; a name is also found by its part before the first dot. */
export function productFilter(collections: readonly Collection[], wanted: readonly Wanted[]): Filter {
  const byIdentifier = anyOf(wanted.map((one) => textTest('id', one)));
  const named = collections.filter(({ sources }) => {
    const source = sources.get('productIdentifier');
    return source !== undefined && 'from' in source && source.from === 'name';
  });
  if (named.length === 0) return byIdentifier;
  const byName = anyOf(
    wanted.flatMap((one) =>
      one.prefix
        ? [textTest('title', one)]
        : [textTest('title', one), textTest('title', { text: `${one.text}.`, prefix: true })],
    ),
  );
  return anyOf([byIdentifier, allOf([ofServices(named.map(({ service }) => service.name)), byName])]);
}
