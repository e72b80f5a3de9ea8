// Constraints as the one filter tree: Filter Encoding in XML, classic CQL in text. A constraint that comes again, page after page, is read once.
import { parseCqlText } from '../../formats/syntax/cql-text.ts';
import { parseFilterXml } from '../../formats/syntax/filter-encoding.ts';
import { elementsOf, parseXml, type XmlElement } from '../../formats/syntax/xml.ts';
import { xmlAttribute } from '../../formats/writers/text.ts';
import { SyntaxFault } from '../../model/errors.ts';
import type { Filter } from '../../model/filter.ts';
import type { Namespaces, Queryables } from '../../model/queryable.ts';
import { type Call, type Constraint, dialectOf } from './call.ts';
import { usualNamespaces } from './names.ts';
import type { Dialect } from './vocabulary.ts';

export interface AskedConstraint {
  readonly filter: Filter;
  /** The reference system that its geometries name; answers repeat it. */
  readonly crs: string | null;
}

const MOST_KEPT = 200;
const LONGEST_KEPT = 8000;
const LIMITS = { size: 1_000_000, depth: 100 };
/** The versions' filters may stand in each other's requests: the root says which it is. */
const CRS = /\bsrsName\s*=\s*["']([^"'<>&]{1,100})["']/;

/** A filter's text in a parameter: the usual prefixes and those of NAMESPACE are in force, and no declaration stands before it. */
function filterElement(text: string, bound: Namespaces, dialect: Dialect): XmlElement {
  const prefixes = new Map([...usualNamespaces(dialect), ['', dialect.filter], ...bound]);
  let around = '<filter';
  for (const [prefix, uri] of prefixes) around += ` xmlns${prefix === '' ? '' : `:${prefix}`}="${xmlAttribute(uri)}"`;
  const bare = text.replace(/^\ufeff?\s*<\?xml[^>]*\?>/, '');
  const [filter, ...others] = elementsOf(parseXml(`${around}>${bare}</filter>`, LIMITS));
  if (filter === undefined || others.length > 0) {
    throw new SyntaxFault('one Filter element is wanted', 'un élément Filter est attendu');
  }
  return filter;
}

function crsIn(element: XmlElement): string | null {
  for (const { name, value } of element.attributes) if (name === 'srsName') return value.trim();
  for (const child of elementsOf(element)) {
    const found = crsIn(child);
    if (found !== null) return found;
  }
  return null;
}

/** Gives the reader of constraints. It throws SyntaxFault. */
export function createReadConstraint(
  queryables: Queryables,
): (call: Call & { readonly constraint: Constraint }) => AskedConstraint {
  const kept = new Map<string, AskedConstraint>();

  function read(call: Call & { readonly constraint: Constraint }): AskedConstraint {
    const { constraint, namespaces } = call;
    const dialect = dialectOf(call);
    const names = new Map([...usualNamespaces(dialect), ...namespaces]);
    if (constraint.kind === 'cql') return { filter: parseCqlText(constraint.text, queryables, names), crs: null };
    if (constraint.kind === 'element') {
      return { filter: parseFilterXml(constraint.element, queryables, names), crs: crsIn(constraint.element) };
    }
    const element = filterElement(constraint.text, namespaces, dialect);
    return { filter: parseFilterXml(element, queryables, names), crs: CRS.exec(constraint.text)?.[1] ?? null };
  }

  return (call) => {
    const { constraint, namespaces, version } = call;
    if (constraint.kind === 'element' || constraint.text.length > LONGEST_KEPT || namespaces.size > 0)
      return read(call);
    const key = `${version} ${constraint.kind} ${constraint.text}`;
    const known = kept.get(key);
    if (known !== undefined) return known;
    const asked = read(call);
    if (kept.size >= MOST_KEPT) kept.clear();
    kept.set(key, asked);
    return asked;
  };
}
