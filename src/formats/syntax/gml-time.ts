// Times of GML in filters: TimeInstant, TimePeriod, and bare positions, with reduced precision (a year is all of it).
import type { Term } from '../../model/filter.ts';
import { excerpt } from './excerpt.ts';
import { filterFault, type Place } from './filter-faults.ts';
import { checkedInterval, intervalOf, momentOf } from './filter-terms.ts';
import { elementPlace } from './gml-names.ts';
import { attributeOf, elementsOf, textOf, type XmlElement } from './xml.ts';

type Side = Term & { readonly kind: 'moment' };

/** @throws SyntaxFault for anything else. */
export function gmlTime(element: XmlElement): Term {
  const place = elementPlace(element);
  if (element.name === 'TimeInstant') {
    const position = elementsOf(element).find((child) => child.name === 'timePosition');
    return timeTerm(textOf(position ?? element).trim(), place);
  }
  if (element.name !== 'TimePeriod')
    throw filterFault(place, 'TimeInstant or TimePeriod is wanted', 'TimeInstant ou TimePeriod attendu');
  const side = (name: string): XmlElement | undefined =>
    elementsOf(element).find((child) => child.name === `${name}Position` || child.name === name);
  return checkedInterval(end(side('begin'), 'first', place), end(side('end'), 'last', place), place);
}

/** null: open (absent, empty, `indeterminatePosition`). */
function end(element: XmlElement | undefined, which: 'first' | 'last', place: Place): Side | null {
  if (element === undefined) return null;
  const position = elementsOf(element)
    .flatMap((child) => (child.name === 'TimeInstant' ? elementsOf(child) : [child]))
    .find((child) => child.name === 'timePosition');
  const text = textOf(position ?? element).trim();
  const open = attributeOf(position ?? element, 'indeterminatePosition') !== undefined;
  if (text === '' || (open && text === '')) return null;
  const term = timeTerm(text, place);
  if (term.kind === 'moment') return term;
  const side = term.kind === 'interval' ? (which === 'first' ? term.start : term.end) : null;
  return side?.kind === 'moment' ? side : null;
}

/** A day or moment, or the period that a year or a month is, or `a/b`. @throws SyntaxFault */
export function timeTerm(text: string, place: Place): Term {
  if (text.includes('/')) {
    const [start = '', finish = '', ...more] = text.split('/');
    if (more.length > 0)
      throw filterFault(place, `${excerpt(text)} is no period`, `${excerpt(text)} n'est pas une période`);
    return intervalOf(start, finish, place);
  }
  const reduced = /^(\d{4})(?:-(\d\d))?$/.exec(text);
  if (reduced === null) return momentOf(text, place);
  const [, year, month] = reduced;
  const days = month === undefined ? '31' : String(new Date(Date.UTC(Number(year), Number(month), 0)).getUTCDate());
  return intervalOf(`${year}-${month ?? '01'}-01`, `${year}-${month ?? '12'}-${days}`, place);
}
