// What a collection is to a caller (19-086r6, 8.1 and annex C): extent, parameters, and what can be asked of it, by which address and how.
import { titleIn } from '../../formats/writers/text.ts';
import type { Box } from '../../model/geometry.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { Column } from '../../model/table.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import type { Collection, QueryName } from './collection.ts';
import type { DocumentLink, EdrParts } from './parts.ts';
import {
  COVERAGE_TYPE,
  CRS84,
  CRS84_WKT,
  collectionPath,
  DATA_OFFERS,
  GEOJSON_TYPE,
  GREGORIAN,
  JSON_TYPE,
  STANDARD_NAMES,
  VERTICAL,
} from './vocabulary.ts';

const EARTH: Box = [-180, -90, 180, 90];
const FORMATS = DATA_OFFERS.map(({ id }) => id);

/** A parameter; its labels are plain texts here, where CoverageJSON has languages. */
export function parameterDocument(column: Column, language: Language): object {
  const { name, type, unit, standardName, label } = column;
  const title = inLanguage(label, language) || name;
  return {
    id: name,
    type: 'Parameter',
    description: title,
    label: title,
    'data-type': type === 'number' ? 'float' : type === 'integer' ? 'integer' : 'string',
    ...(unit === null ? {} : { unit: { label: unit, symbol: unit } }),
    observedProperty: { ...(standardName === null ? {} : { id: `${STANDARD_NAMES}${standardName}/` }), label: title },
  };
}

function queryDocument(query: QueryName, collection: Collection, { links }: EdrParts): object {
  const isList = query === 'locations';
  return {
    link: {
      href: links.url(`${collectionPath(collection.id)}/${query}`),
      rel: 'data',
      type: isList ? GEOJSON_TYPE : COVERAGE_TYPE,
      variables: {
        query_type: query,
        title: query,
        output_formats: FORMATS,
        default_output_format: isList ? 'GeoJSON' : 'CoverageJSON',
        crs_details: [{ crs: CRS84, wkt: CRS84_WKT }],
      },
    },
  };
}

function verticalExtent({ vertical }: Collection): object {
  if (vertical === null || !('dimension' in vertical)) return {};
  const heights = [...((vertical.dimension.coordinate?.values ?? []) as Float64Array)];
  const ends = [String(Math.min(...heights)), String(Math.max(...heights))];
  return { vertical: { interval: [ends], values: heights.map(String), vrs: VERTICAL } };
}

const moment = (milliseconds: number): string => new Date(milliseconds).toISOString();

/** `series`: the service's own record; a service whose records come from elsewhere has perhaps none. */
export function collectionDocument(
  collection: Collection,
  series: CatalogRecord | null,
  parts: EdrParts,
  language: Language,
  own: readonly DocumentLink[],
): object {
  const { id, service, time, queries, parameters } = collection;
  const { links } = parts;
  return {
    id,
    title: series === null ? inLanguage(service.title, language) : titleIn(series, language),
    description: inLanguage(service.abstract, language),
    keywords: service.keywords.map((keyword) => inLanguage(keyword, language)),
    links: [
      ...own,
      { rel: 'data', href: links.url(`${collectionPath(id)}/locations`), type: GEOJSON_TYPE },
      { rel: 'license', href: service.licence.url, title: service.licence.title },
      ...(series === null ? [] : [{ rel: 'describedby', href: links.uri(series), type: 'text/html' }]),
      { rel: 'parent', href: links.url('/edr/collections'), type: JSON_TYPE },
    ],
    extent: {
      spatial: { bbox: [series?.bbox ?? service.extent.bbox ?? EARTH], crs: CRS84 },
      temporal: {
        interval: [time === null ? [null, null] : [moment(time.start), moment(time.end)]],
        trs: GREGORIAN,
      },
      ...verticalExtent(collection),
    },
    data_queries: Object.fromEntries(queries.map((query) => [query, queryDocument(query, collection, parts)])),
    crs: [CRS84],
    output_formats: FORMATS,
    parameter_names: Object.fromEntries(parameters.map((column) => [column.name, parameterDocument(column, language)])),
  };
}
