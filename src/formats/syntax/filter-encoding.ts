// Filter Encoding 1.1 (OGC 04-095) and 2.0 (OGC 09-026r2) in XML into the filter tree. Elements are told by namespace, prefixes are free.
// Negation and unequal are exact here: they find records without the property too.
import { allOf, anyOf, type Filter, type Term } from '../../model/filter.ts';
import type { Namespaces, Queryables } from '../../model/queryable.ts';
import { metresOf } from './distance-units.ts';
import { excerpt } from './excerpt.ts';
import { createFilterBuilder, type FilterBuilder } from './filter-builder.ts';
import { FES, FES_COMPARISONS, FES_SPATIAL, FES_TEMPORAL, OGC } from './filter-encoding-names.ts';
import { fesTerm, withNamespaces } from './filter-encoding-terms.ts';
import { filterFault } from './filter-faults.ts';
import { folded } from './filter-terms.ts';
import { elementPlace } from './gml-names.ts';
import { parsePattern } from './like-pattern.ts';
import { attributeOf, elementsOf, parseXml, textOf, type XmlElement } from './xml.ts';

export interface FesReader {
  readonly builder: FilterBuilder;
  readonly namespaces: Namespaces;
}

/** Elements within elements of a filter: each condition and each geometry takes several. */
const XML_LIMITS = { size: 1_000_000, depth: 80 };
const IGNORE_CASE = { case: true, accents: false };
const IDS: ReadonlyMap<string, string> = new Map([
  ['FeatureId', 'fid'],
  ['GmlObjectId', 'id'],
  ['ResourceId', 'rid'],
]);

/**
 * A Filter element, or its text. `namespaces` are the prefixes in scope around it, for the names that stand in its texts.
 * An empty Filter is everything.
 * @throws SyntaxFault for the reasons of `parseCql2Text`, for XML that is not well formed, and for a Filter of another namespace.
 */
export function parseFilterXml(
  input: XmlElement | string,
  queryables: Queryables,
  namespaces: Namespaces = new Map(),
): Filter {
  const root = typeof input === 'string' ? parseXml(input, XML_LIMITS) : input;
  if (root.name !== 'Filter' || (root.namespace !== OGC && root.namespace !== FES))
    throw filterFault(
      elementPlace(root),
      `a Filter of ${OGC} or ${FES} is wanted`,
      `un Filter de ${OGC} ou ${FES} est attendu`,
    );
  const builder = createFilterBuilder(queryables);
  return builder.finished(wholeFilter(root, withNamespaces({ builder, namespaces }, root)));
}

function wholeFilter(root: XmlElement, reader: FesReader): Filter {
  const children = elementsOf(root);
  const [first] = children;
  if (first === undefined) {
    if (textOf(root).trim() !== '') throw notUnderstood(root);
    return { kind: 'boolean', value: true };
  }
  if (children.every((child) => IDS.has(child.name))) return identifiers(children, reader);
  if (children.length > 1)
    throw filterFault(elementPlace(children[1]!), 'a Filter holds one condition', 'un Filter contient une condition');
  return condition(first, root.namespace, reader);
}

function condition(element: XmlElement, namespace: string, outer: FesReader): Filter {
  const reader = withNamespaces(outer, element);
  const { builder } = reader;
  const place = elementPlace(element);
  if (element.namespace !== namespace) throw notUnderstood(element);
  const { name } = element;
  const inner = (): Filter[] => elementsOf(element).map((child) => condition(child, namespace, reader));
  switch (name) {
    case 'And':
    case 'Or': {
      const filters = inner();
      if (filters.length === 0) throw notUnderstood(element);
      return name === 'And' ? allOf(filters) : anyOf(filters);
    }
    case 'Not': {
      const [only, ...others] = inner();
      if (only === undefined || others.length > 0) throw notUnderstood(element);
      return { kind: 'notExact', of: only };
    }
    case 'PropertyIsLike':
      return like(element, reader);
    case 'PropertyIsBetween':
      return between(element, reader);
    case 'PropertyIsNull':
    case 'PropertyIsNil':
      return builder.isNull(fesTerm(childOf(element, 1, 0), reader), place);
    case 'BBOX':
      return box(element, reader);
    case 'DWithin':
    case 'Beyond':
      return distance(element, reader);
  }
  if (IDS.has(name)) return identifiers([element], reader);
  const pair = (): [Term, Term] => [fesTerm(childOf(element, 2, 0), reader), fesTerm(childOf(element, 2, 1), reader)];
  const comparison = FES_COMPARISONS.get(name);
  if (comparison !== undefined) {
    if (!['Any', undefined].includes(attributeOf(element, 'matchAction')))
      throw filterFault(place, 'only matchAction="Any" is offered', 'seul matchAction="Any" est proposé');
    return builder.compare(comparison, ...cased(pair(), element, reader), place);
  }
  const spatial = FES_SPATIAL.get(name);
  if (spatial !== undefined) return builder.spatial(spatial, ...pair(), place);
  const temporal = FES_TEMPORAL.get(name);
  if (temporal !== undefined) return builder.temporal(temporal, ...pair(), place);
  throw notUnderstood(element);
}

const ignoresCase = (element: XmlElement): boolean => /^(false|0)$/.test(attributeOf(element, 'matchCase') ?? '');

/** matchCase="false" is of texts; of numbers and dates it says nothing. */
function cased(pair: [Term, Term], element: XmlElement, { builder }: FesReader): [Term, Term] {
  const ofText = pair.some((term) => term.kind !== 'text' && builder.typeOf(term) === 'text');
  if (!ofText || !ignoresCase(element)) return pair;
  const brought = (term: Term): Term => folded(builder.wanted(term, 'text', elementPlace(element)), IGNORE_CASE);
  return [brought(pair[0]), brought(pair[1])];
}

function childOf(element: XmlElement, count: number, i: number): XmlElement {
  const children = elementsOf(element);
  const child = children[i];
  if (child === undefined || children.length !== count)
    throw filterFault(
      elementPlace(element),
      `${element.name} has ${count} operand(s)`,
      `${element.name} a ${count} opérande(s)`,
    );
  return child;
}

function like(element: XmlElement, reader: FesReader): Filter {
  const place = elementPlace(element);
  const sign = (names: readonly string[], usual: string): string =>
    names.map((name) => attributeOf(element, name)).find((value) => value !== undefined) ?? usual;
  const signs = {
    any: sign(['wildCard'], '%'),
    one: sign(['singleChar'], '_'),
    escape: sign(['escapeChar', 'escape'], '\\'),
  };
  const operands = [fesTerm(childOf(element, 2, 0), reader), fesTerm(childOf(element, 2, 1), reader)];
  const pattern = operands.find((term) => term.kind === 'text');
  const term = operands.find((each) => each !== pattern);
  if (pattern === undefined || term === undefined)
    throw filterFault(place, 'a property and a Literal are wanted', 'une propriété et un Literal sont attendus');
  const fold = { case: ignoresCase(element), accents: false };
  const pieces = parsePattern(pattern.value, signs, place);
  return reader.builder.like(reader.builder.folded(term, fold, place), pieces, fold, place);
}

function between(element: XmlElement, reader: FesReader): Filter {
  const bound = (name: string): Term => {
    const found = elementsOf(element).find((child) => child.name === name);
    if (found === undefined) throw notUnderstood(element);
    return fesTerm(childOf(found, 1, 0), withNamespaces(reader, found));
  };
  const term = fesTerm(childOf(element, 3, 0), reader);
  return reader.builder.between(term, bound('LowerBoundary'), bound('UpperBoundary'), elementPlace(element));
}

/** Without a property: the geometry of the record. */
function box(element: XmlElement, reader: FesReader): Filter {
  const place = elementPlace(element);
  const [first, second, ...others] = elementsOf(element).map((child) => fesTerm(child, reader));
  if (first === undefined || others.length > 0) throw notUnderstood(element);
  const [left, right] = second === undefined ? [reader.builder.property('geometry', place), first] : [first, second];
  return reader.builder.spatial('intersects', left, right, place);
}

function distance(element: XmlElement, reader: FesReader): Filter {
  const place = elementPlace(element);
  const children = elementsOf(element);
  const measure = children.find((child) => child.name === 'Distance');
  const [left, right, ...others] = children.filter((child) => child !== measure);
  if (measure === undefined || left === undefined || right === undefined || others.length > 0)
    throw notUnderstood(element);
  const value = reader.builder.wanted({ kind: 'text', value: textOf(measure) }, 'number', elementPlace(measure));
  const unit = attributeOf(measure, 'uom') ?? attributeOf(measure, 'units') ?? attributeOf(measure, 'unit') ?? null;
  const metres = value.kind === 'number' ? metresOf(value.value, unit, elementPlace(measure)) : Number.NaN;
  return reader.builder.distance(
    element.name === 'DWithin' ? 'within' : 'beyond',
    fesTerm(left, reader),
    fesTerm(right, reader),
    metres,
    place,
  );
}

function identifiers(elements: readonly XmlElement[], { builder }: FesReader): Filter {
  const values = elements.map((element): Term => {
    const wanted = IDS.get(element.name);
    const value = element.attributes.find((attribute) => attribute.name === wanted)?.value;
    if (value === undefined) throw notUnderstood(element);
    return { kind: 'text', value };
  });
  const place = elementPlace(elements[0]!);
  return builder.among(builder.property('id', place), values, place);
}

function notUnderstood(element: XmlElement): Error {
  return filterFault(
    elementPlace(element),
    `${excerpt(element.name)} is not understood here`,
    `${excerpt(element.name)} n'est pas compris ici`,
  );
}
