// Values that STAC words differently than our table does, in a filter: `ascending` for a field that holds `Asc.`, an item's id for an
// identifier. What is already worded as the table has it stays.
import { identifierOfStacId } from '../../formats/writers/stac-id.ts';
import { allOf, anyOf, childrenOf, type Filter, type Term } from '../../model/filter.ts';

/** By canonical name of the property: the value in STAC → the values in the table. */
export type ValueTable = ReadonlyMap<string, ReadonlyMap<string, readonly string[]>>;

export interface StoredValues {
  readonly table: ValueTable;
  /** `opgc` of `opgc:dynvolc:12`. */
  readonly prefix: string;
}

type Text = Extract<Term, { readonly kind: 'text' }>;

function storedTexts(name: string, term: Text, { table, prefix }: StoredValues): readonly Text[] {
  if (name === 'id') return [{ kind: 'text', value: identifierOfStacId(term.value, prefix) ?? term.value }];
  const values = table.get(name)?.get(term.value);
  return values === undefined ? [term] : values.map((value) => ({ kind: 'text', value }));
}

function compared(filter: Extract<Filter, { readonly kind: 'compare' }>, values: StoredValues): Filter {
  const { operator, left, right } = filter;
  const [property, text] = left.kind === 'property' ? [left, right] : [right, left];
  if (property.kind !== 'property' || text.kind !== 'text') return filter;
  const texts = storedTexts(property.name, text, values);
  const each = texts.map((stored): Filter => {
    return left === property ? { ...filter, right: stored } : { ...filter, left: stored };
  });
  return operator === 'equal' ? anyOf(each) : allOf(each);
}

/** Canonical names that begin so are properties that no item has. */
export const ABSENT = 'absent:';

/** Neither true nor false: a division by zero has no value. */
const UNKNOWN: Filter = {
  kind: 'compare',
  operator: 'equal',
  left: { kind: 'arithmetic', operator: '/', left: { kind: 'number', value: 0 }, right: { kind: 'number', value: 0 } },
  right: { kind: 'number', value: 0 },
};

function isOfAbsent(node: Filter | Term): boolean {
  return node.kind === 'property' ? node.name.startsWith(ABSENT) : childrenOf(node).some(isOfAbsent);
}

/** The same filter on the values that the table holds; conditions on what no item has are unknown (CQL2). */
export function withStoredValues(filter: Filter, values: StoredValues): Filter {
  if (!['and', 'or', 'not', 'notExact', 'unknown'].includes(filter.kind) && isOfAbsent(filter))
    return filter.kind === 'null' ? { kind: 'boolean', value: true } : UNKNOWN;
  switch (filter.kind) {
    case 'and':
      return allOf(filter.of.map((part) => withStoredValues(part, values)));
    case 'or':
      return anyOf(filter.of.map((part) => withStoredValues(part, values)));
    case 'not':
    case 'notExact':
    case 'unknown':
      return { ...filter, of: withStoredValues(filter.of, values) };
    case 'compare':
      return compared(filter, values);
    case 'in': {
      const { term } = filter;
      if (term.kind !== 'property') return filter;
      const stored = filter.values.flatMap((value): readonly Term[] =>
        value.kind === 'text' ? storedTexts(term.name, value, values) : [value],
      );
      return { ...filter, values: stored };
    }
    default:
      return filter;
  }
}
