// Operands of Filter Encoding: ValueReference or PropertyName, Literal, arithmetic (1.1), geometries and times of GML.
import type { Arithmetic, Term } from '../../model/filter.ts';
import type { Namespaces } from '../../model/queryable.ts';
import { excerpt } from './excerpt.ts';
import type { FesReader } from './filter-encoding.ts';
import { filterFault } from './filter-faults.ts';
import { gmlGeometry } from './gml.ts';
import { elementPlace, isGml } from './gml-names.ts';
import { gmlTime } from './gml-time.ts';
import { elementsOf, textOf, type XmlElement } from './xml.ts';

const ARITHMETIC: ReadonlyMap<string, Arithmetic> = new Map([
  ['Add', '+'],
  ['Sub', '-'],
  ['Mul', '*'],
  ['Div', '/'],
]);

/** The reader with the prefixes that the element declares. */
export function withNamespaces(reader: FesReader, element: XmlElement): FesReader {
  if (element.declarations.size === 0) return reader;
  const namespaces: Namespaces = new Map([...reader.namespaces, ...element.declarations]);
  return { ...reader, namespaces };
}

/** @throws SyntaxFault for what is no operand; functions are not offered. */
export function fesTerm(element: XmlElement, outer: FesReader): Term {
  const reader = withNamespaces(outer, element);
  const { builder, namespaces } = reader;
  const place = elementPlace(element);
  if (isGml(element)) return /^Time/.test(element.name) ? gmlTime(element) : gmlGeometry(element);
  switch (element.name) {
    case 'PropertyName':
    case 'ValueReference':
      return builder.property(textOf(element).trim(), place, namespaces);
    case 'Literal':
      return literal(element, reader);
    case 'Function':
      throw filterFault(place, 'functions are not offered', 'les fonctions ne sont pas proposées');
  }
  const operator = ARITHMETIC.get(element.name);
  const [left, right, ...others] = elementsOf(element);
  if (operator === undefined || left === undefined || right === undefined || others.length > 0)
    throw filterFault(
      place,
      `${excerpt(element.name)} is no operand`,
      `${excerpt(element.name)} n'est pas un opérande`,
    );
  return {
    kind: 'arithmetic',
    operator,
    left: builder.wanted(fesTerm(left, reader), 'number', place),
    right: builder.wanted(fesTerm(right, reader), 'number', place),
  };
}

/** The text as it is, or the geometry or time that it holds. */
function literal(element: XmlElement, reader: FesReader): Term {
  const [child] = elementsOf(element);
  if (child === undefined) return { kind: 'text', value: textOf(element) };
  return isGml(child) ? fesTerm(child, reader) : { kind: 'text', value: textOf(element) };
}
