// GetRecords as it was asked, checked: what is searched, in which order, which page, and in which form the records are given
// (OGC 07-006r1 10.8; OGC 12-176r7 7.3).
import { excerpt } from '../../formats/syntax/excerpt.ts';
import { allOf } from '../../model/filter.ts';
import { EVERYTHING, NEWEST_FIRST, type SearchQuery, type Sort } from '../../model/query.ts';
import type { Queryables } from '../../model/queryable.ts';
import { type Call, dialectOf, type ParameterReader, readParametersOf, type SortPart } from './call.ts';
import type { createReadConstraint } from './constraint.ts';
import { elementOfName } from './elements.ts';
import { invalid } from './errors.ts';
import { typeOfName } from './names.ts';
import { countOf, listOf, type OutputForm, oneOfNames, readOutput } from './output-request.ts';
import type { OutputSchemas } from './output-schemas.ts';
import { type Keys, searchKeys } from './search-keys.ts';
import { DEFAULT_RECORDS, MOST_RECORDS } from './vocabulary.ts';

export const RESULT_TYPES = ['hits', 'results', 'validate'] as const;

export interface GetRecordsRequest {
  readonly resultType: (typeof RESULT_TYPES)[number];
  readonly output: OutputForm;
  /** Elements of csw:Record that are wanted; null: those of the element set. */
  readonly elements: ReadonlySet<string> | null;
  readonly query: SearchQuery;
  /** Number of the first record, from 1. */
  readonly startPosition: number;
  /** As asked, which an Atom feed repeats; the query's limit is this or our own. */
  readonly maxRecords: number;
  readonly requestId: string | null;
  /** The reference system that the request names for its places; answers repeat it. */
  readonly crs: string | null;
  /** One identifier is asked and nothing else. */
  readonly single: boolean;
}

export interface RequestParts {
  readonly schemas: OutputSchemas;
  readonly queryables: Queryables;
  readonly constraint: ReturnType<typeof createReadConstraint>;
}

const NO_KEYS: Keys = { words: null, ids: null, areas: [], time: null, filters: [], crs: null };

function checkTypeNames(reader: ParameterReader, call: Call, schemas: OutputSchemas): void {
  const written = reader.text('typeNames') ?? reader.text('typeName');
  if (written === null) reader.missing('typeNames');
  const types = schemas.typeNames(call.version);
  for (const name of listOf(written ?? '')) {
    if (typeOfName(name, call.namespaces, dialectOf(call), types)) continue;
    const have = types.map(({ prefix, local }) => `${prefix}:${local}`).join(', ');
    reader.add(invalid('typeNames', `${excerpt(name)}: there are ${have}`, `${excerpt(name)} : il y a ${have}`));
  }
}

/** `dc:title:A,dc:date:D`; the order is behind the last colon. */
function sortParts(text: string): readonly SortPart[] {
  return listOf(text).map((part) => {
    const [, name = part, order = 'A'] = /^(.*?):(A|D|ASC|DESC)$/i.exec(part) ?? [];
    return { name, descending: /^d/i.test(order) };
  });
}

function readSort(reader: ParameterReader, call: Call, queryables: Queryables): readonly Sort[] {
  const text = reader.text('SortBy');
  const parts = call.sort ?? (text === null ? [] : sortParts(text));
  const sort: Sort[] = [];
  for (const { name, descending } of parts) {
    const key = queryables.resolve(name, call.namespaces)?.sort ?? null;
    if (key !== null) {
      if (!sort.some((known) => known.key === key)) sort.push({ key, descending });
      continue;
    }
    const have = queryables.all.flatMap((each) => (each.sort === null ? [] : [each.name])).join(', ');
    reader.add(
      invalid(
        'SortBy',
        `${excerpt(name)}: records are sorted by ${have}`,
        `${excerpt(name)} : le tri se fait par ${have}`,
      ),
    );
  }
  return sort.length === 0 ? NEWEST_FIRST : sort;
}

function readElements(reader: ParameterReader, call: Call, output: OutputForm): ReadonlySet<string> | null {
  const written = reader.text('ElementName');
  if (written === null) return null;
  if (reader.text('ElementSetName') !== null) {
    const text = {
      en: 'ElementName and ElementSetName exclude each other',
      fr: 'ElementName et ElementSetName s’excluent',
    };
    reader.add({ code: 'NoApplicableCode', locator: null, text });
    return null;
  }
  if (!output.schema.flat) return null;
  const elements = new Set<string>();
  for (const name of listOf(written ?? '')) {
    const element = elementOfName(name, call.namespaces, dialectOf(call));
    if (element !== null) elements.add(element);
    else
      reader.add(
        invalid('ElementName', `csw:Record has no ${excerpt(name)}`, `csw:Record n’a pas de ${excerpt(name)}`),
      );
  }
  return elements;
}

/** @throws OwsError that tells all that is wrong. */
export function readGetRecords(call: Call, parts: RequestParts): GetRecordsRequest {
  const reader = readParametersOf(call.parameters);
  const isFirst = call.version === '2.0.2';
  checkTypeNames(reader, call, parts.schemas);
  const output = readOutput(reader, call, parts.schemas);
  const resultType =
    (isFirst ? reader.optional('resultType', oneOfNames(RESULT_TYPES)) : null) ?? (isFirst ? 'hits' : 'results');
  const startPosition = reader.optional('startPosition', countOf(1)) ?? 1;
  const maxRecords = reader.optional('maxRecords', countOf(0)) ?? DEFAULT_RECORDS;
  const elements = readElements(reader, call, output);
  const keys = isFirst ? NO_KEYS : searchKeys(reader);
  const { constraint } = call;
  const asked =
    constraint === null ? null : reader.attempt('Constraint', () => parts.constraint({ ...call, constraint }));
  const sort = readSort(reader, call, parts.queryables);
  reader.finish();
  const filters = asked === null ? keys.filters : [asked.filter, ...keys.filters];
  const { words, ids, areas, time } = keys;
  return {
    resultType,
    output,
    elements,
    startPosition,
    maxRecords,
    requestId: reader.text('requestId'),
    crs: asked?.crs ?? keys.crs,
    single: ids?.length === 1 && words === null && areas.length === 0 && time === null && filters.length === 0,
    query: {
      ...EVERYTHING,
      words,
      ids,
      areas,
      time,
      filter: filters.length === 0 ? null : allOf(filters),
      sort,
      start: { kind: 'offset', offset: startPosition - 1 },
      limit: resultType === 'hits' ? 0 : Math.min(maxRecords, MOST_RECORDS),
    },
  };
}
