// The values that a property takes among the records that the viewer sees: counted by the catalogue's facets or by a service's own field,
// or the range of a date. Properties of free text have none.
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import { codeOf } from '../../model/codes.ts';
import { EVERYTHING, type FacetName, type SortKey } from '../../model/query.ts';
import type { Queryable } from '../../model/queryable.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { Viewer } from '../../model/viewer.ts';

export type Domain =
  | { readonly kind: 'list'; readonly values: readonly { readonly value: string; readonly count: number | null }[] }
  | { readonly kind: 'range'; readonly low: string; readonly high: string }
  | { readonly kind: 'open' };

/** Canonical name of a property → the facet that counts its values. */
const FACETS: { readonly [property: string]: FacetName } = {
  type: 'level',
  service: 'service',
  format: 'format',
  acquisition: 'acquisition',
  authorization: 'authorization',
  access: 'authorization',
  hasSecurityConstraints: 'authorization',
  productLevel: 'productLevel',
  instrument: 'instrument',
};
const MOST_VALUES = 1000;
const OPEN: Domain = { kind: 'open' };

/** A counted value as filters ask for it; null: it has no name there. */
function shown(property: string, value: string, { codes }: Mappings): string | null {
  const code = Number(value);
  if (property === 'format') return codeOf(codes.format, code)?.mediaType ?? null;
  if (property === 'access') return codeOf(codes.authorization, code)?.name ?? null;
  if (property === 'hasSecurityConstraints') return String(code > 0);
  return value;
}

function merged(values: readonly { readonly text: string | null; readonly count: number }[]): Domain {
  const counts = new Map<string, number>();
  for (const { text, count } of values) if (text !== null) counts.set(text, (counts.get(text) ?? 0) + count);
  const list = [...counts].map(([value, count]) => ({ value, count }));
  return list.length === 0
    ? OPEN
    : { kind: 'list', values: list.sort((a, b) => b.count - a.count || (a.value < b.value ? -1 : 1)) };
}

function momentOf(record: CatalogRecord | undefined, key: SortKey): string | null {
  if (record === undefined) return null;
  if (key === 'updated') return record.updated;
  if (key === 'elevation') return record.elevation === null ? null : String(record.elevation);
  if (record.time.kind === 'instant') return record.time.at;
  if (record.time.kind === 'none') return null;
  return key === 'begin' ? record.time.begin : record.time.end;
}

/** Gives the function that finds a property's domain for a viewer. */
export function createDomainValues(
  catalogue: Catalogue,
  mappings: Mappings,
): (queryable: Queryable, viewer: Viewer) => Promise<Domain> {
  async function rangeOf(key: SortKey, viewer: Viewer): Promise<Domain> {
    const end = async (descending: boolean): Promise<string | null> => {
      // Periods that are still open come last by their end, and say no moment.
      const found = await catalogue.search(
        { ...EVERYTHING, sort: [{ key, descending }], limit: 20, count: false },
        viewer,
      );
      return momentOf(
        found.records.find((record) => momentOf(record, key) !== null),
        key,
      );
    };
    const [low, high] = [await end(false), await end(true)];
    return low === null || high === null ? OPEN : { kind: 'range', low, high };
  }

  return async (queryable, viewer) => {
    const { name, field } = queryable;
    if (field !== null) {
      const values = await Promise.all(
        field.services.map((service) => catalogue.fieldValues(service, field.name, viewer, MOST_VALUES)),
      );
      return merged(values.flat());
    }
    const facet = FACETS[name];
    if (facet !== undefined) {
      const counted = (await catalogue.facets(EVERYTHING, [facet], viewer))[facet] ?? [];
      return merged(counted.map(({ value, count }) => ({ text: shown(name, value, mappings), count })));
    }
    if (name === 'begin' || name === 'end' || name === 'updated' || name === 'elevation') return rangeOf(name, viewer);
    return OPEN;
  };
}
