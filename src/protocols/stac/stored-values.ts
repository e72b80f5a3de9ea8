// A filter on the properties of items, as a filter on what the catalogue holds: an item's id for an identifier, `ascending` for a field that
// holds `Asc.`; and a property that only some items of a service have is unknown for the others (CQL2, three-valued).
import { identifierOfStacId } from '../../formats/writers/stac-id.ts';
import { allOf, anyOf, childrenOf, type Filter, type Term } from '../../model/filter.ts';

/** What a name in the tree stands for. */
export interface Binding {
  /** Canonical name of the queryable. */
  readonly name: string;
  /** The items that have the property; null: all that have the queryable. */
  readonly where: Filter | null;
  /** A value in STAC's words → those of the catalogue. One that is not here is the same in both. */
  readonly values: ReadonlyMap<string, readonly string[]>;
}

export interface StoredValues {
  readonly bindings: ReadonlyMap<string, Binding>;
  /** `opgc` of `opgc:dynvolc:12`. */
  readonly prefix: string;
}

/** Names that begin so are properties that no item has. */
export const ABSENT = 'absent:';

/** Neither true nor false: a division by zero has no value. */
const UNKNOWN: Filter = {
  kind: 'compare',
  operator: 'equal',
  left: { kind: 'arithmetic', operator: '/', left: { kind: 'number', value: 0 }, right: { kind: 'number', value: 0 } },
  right: { kind: 'number', value: 0 },
};

type Text = Extract<Term, { readonly kind: 'text' }>;

function propertiesOf(node: Filter | Term): readonly string[] {
  return node.kind === 'property' ? [node.name] : childrenOf(node).flatMap(propertiesOf);
}

const isNode = (value: unknown): value is Filter | Term =>
  typeof value === 'object' && value !== null && 'kind' in value;

/** The same condition with the names of the catalogue. */
function renamed<N extends Filter | Term>(node: N, bindings: StoredValues['bindings']): N {
  if (node.kind === 'property') return { ...node, name: bindings.get(node.name)?.name ?? node.name };
  const members = Object.entries(node).map(([member, value]: readonly [string, unknown]) => {
    if (Array.isArray(value)) return [member, value.map((each) => (isNode(each) ? renamed(each, bindings) : each))];
    return [member, isNode(value) ? renamed(value, bindings) : value];
  });
  return Object.fromEntries(members) as N;
}

function storedTexts(name: string, term: Text, { bindings, prefix }: StoredValues): readonly Text[] {
  if (name === 'id') return [{ kind: 'text', value: identifierOfStacId(term.value, prefix) ?? term.value }];
  const values = bindings.get(name)?.values.get(term.value);
  return values === undefined ? [term] : values.map((value) => ({ kind: 'text', value }));
}

function compared(filter: Extract<Filter, { readonly kind: 'compare' }>, values: StoredValues): Filter {
  const { operator, left, right } = filter;
  const [property, text] = left.kind === 'property' ? [left, right] : [right, left];
  if (property.kind !== 'property' || text.kind !== 'text') return filter;
  const each = storedTexts(property.name, text, values).map((stored): Filter => {
    return left === property ? { ...filter, right: stored } : { ...filter, left: stored };
  });
  return operator === 'equal' ? anyOf(each) : allOf(each);
}

function withValues(filter: Filter, values: StoredValues): Filter {
  if (filter.kind === 'compare') return compared(filter, values);
  if (filter.kind !== 'in' || filter.term.kind !== 'property') return filter;
  const { name } = filter.term;
  const stored = filter.values.flatMap((value): readonly Term[] =>
    value.kind === 'text' ? storedTexts(name, value, values) : [value],
  );
  return { ...filter, values: stored };
}

/** One condition, unknown where an item lacks one of its properties. */
function condition(filter: Filter, values: StoredValues): Filter {
  const names = propertiesOf(filter);
  const isNull = filter.kind === 'null';
  if (names.some((name) => name.startsWith(ABSENT))) return isNull ? { kind: 'boolean', value: true } : UNKNOWN;
  const wheres = names.flatMap((name) => values.bindings.get(name)?.where ?? []);
  const stored = renamed(withValues(filter, values), values.bindings);
  if (wheres.length === 0) return stored;
  const where = allOf(wheres);
  if (isNull) return anyOf([stored, { kind: 'notExact', of: where }]);
  return anyOf([allOf([where, stored]), allOf([{ kind: 'not', of: where }, UNKNOWN])]);
}

/** The same filter on what the catalogue holds. */
export function withStoredValues(filter: Filter, values: StoredValues): Filter {
  switch (filter.kind) {
    case 'and':
      return allOf(filter.of.map((part) => withStoredValues(part, values)));
    case 'or':
      return anyOf(filter.of.map((part) => withStoredValues(part, values)));
    case 'not':
    case 'notExact':
    case 'unknown':
      return { ...filter, of: withStoredValues(filter.of, values) };
    default:
      return condition(filter, values);
  }
}
