// Rows of series in the payloads that the EPOS portal shows natively (the EPOS extension of GeoJSON): for its table one feature a row, for
// its map one feature a series with what the rows cover, for both one feature a row. Values are primitives or flat lists of them.
import { type Column, type Table, timeIndex } from '../../model/table.ts';
import { printTime } from './iso-time.ts';
import { propertyNames, type RowFeature, rowFeatures } from './row-features.ts';
import type { Json } from './table-json.ts';

export const EPOS_SERIES = [
  { id: 'epos', mediaType: 'application/epos.geo+json' },
  { id: 'epos-table', mediaType: 'application/epos.table.geo+json' },
  { id: 'epos-map', mediaType: 'application/epos.map.geo+json' },
] as const;
export type EposSeriesId = (typeof EPOS_SERIES)[number]['id'];

export interface EposSeries {
  readonly table: Table;
  /** Of the record, for the ids of the features. */
  readonly identifier: string;
  /** Shown for each of its features. */
  readonly name: string;
  readonly links: readonly { readonly href: string; readonly label: string; readonly type: string }[];
}

/** What all series of a collection are, for the sign on the map. */
export interface EposKind {
  readonly id: string;
  readonly label: string;
}

/** Variables beside name and time where a feature is clicked on. */
const IN_POP_UP = 6;
/** Positions of the line of a track. */
const MOST_POSITIONS = 1000;

/** Lists in lists become one list: the extension has no others. */
const flat = (value: Json): Json => (Array.isArray(value) ? (value.flat(9) as readonly Json[]) : value);

function keysOf(id: EposSeriesId, names: readonly string[]): object {
  const others = names.filter((name) => name !== 'time');
  const all = ['name', ...(names.includes('time') ? ['time'] : []), ...others];
  return {
    '@epos_label_key': 'name',
    ...(id === 'epos-table' ? {} : { '@epos_map_keys': all.slice(0, IN_POP_UP + 2) }),
    ...(id === 'epos-map' ? {} : { '@epos_data_keys': all }),
  };
}

const linksOf = ({ links }: EposSeries): object => ({
  '@epos_links': links.map((link) => ({ ...link, authenticatedDownload: false })),
});

async function* rowTexts(series: EposSeries, kind: EposKind, id: EposSeriesId): AsyncGenerator<string> {
  const { table, identifier, name } = series;
  const common = { '@epos_type': kind.id, ...keysOf(id, propertyNames(table)), ...linksOf(series), name };
  let row = 0;
  for await (const rows of rowFeatures(table)) {
    const texts = rows.map(({ geometry, properties }) => {
      const own = Object.fromEntries(Object.entries(properties).map(([key, value]) => [key, flat(value)]));
      row += 1;
      return JSON.stringify({
        type: 'Feature',
        id: `${identifier}:${row}`,
        geometry,
        properties: { ...common, ...own },
      });
    });
    if (texts.length > 0) yield texts.join(',\n');
  }
}

interface Covered {
  rows: number;
  begin: number;
  end: number;
  readonly ranges: (readonly [least: number, most: number] | null)[];
  positions: Json[];
}

const positionOf = ({ geometry }: RowFeature): Json =>
  geometry !== null && typeof geometry === 'object' && 'coordinates' in geometry
    ? (geometry.coordinates ?? null)
    : null;

/** Smallest and greatest value of a column of numbers, seen so far. */
function widened(range: readonly [number, number] | null, value: unknown): readonly [number, number] | null {
  if (typeof value !== 'number') return range;
  return range === null ? [value, value] : [Math.min(range[0], value), Math.max(range[1], value)];
}

async function coveredBy(table: Table): Promise<Covered> {
  const covered: Covered = {
    rows: 0,
    begin: Number.NaN,
    end: Number.NaN,
    ranges: table.columns.map(() => null),
    positions: [],
  };
  const names = propertyNames(table);
  let every = 1;
  for await (const rows of rowFeatures(table)) {
    for (const row of rows) {
      const at = typeof row.properties.time === 'string' ? Date.parse(row.properties.time) : Number.NaN;
      if (!(at >= covered.begin)) covered.begin = Number.isNaN(at) ? covered.begin : at;
      if (!(at <= covered.end)) covered.end = Number.isNaN(at) ? covered.end : at;
      names.forEach((name, n) => {
        covered.ranges[n] = widened(covered.ranges[n] ?? null, row.properties[name]);
      });
      if (covered.rows % every === 0) covered.positions.push(positionOf(row));
      covered.rows += 1;
      if (covered.positions.length > 2 * MOST_POSITIONS) {
        covered.positions = covered.positions.filter((_, n) => n % 2 === 0);
        every *= 2;
      }
    }
  }
  return covered;
}

/** A point where the series stands still, a line where it moves. */
function geometryOf(positions: readonly Json[]): Json {
  const placed = positions.filter((position) => position !== null);
  const different = new Set(placed.map((position) => JSON.stringify(position))).size;
  if (different === 0) return null;
  return different === 1
    ? { type: 'Point', coordinates: placed[0] as Json }
    : { type: 'LineString', coordinates: placed };
}

const isMeasured = ({ type, dimensions, standardName }: Column): boolean =>
  (type === 'number' || type === 'integer') &&
  dimensions.length === 0 &&
  standardName !== 'longitude' &&
  standardName !== 'latitude';

async function* mapTexts(series: EposSeries, kind: EposKind): AsyncGenerator<string> {
  const { table, identifier, name } = series;
  const { rows, begin, end, ranges, positions } = await coveredBy(table);
  if (rows === 0) return;
  const period = timeIndex(table) < 0 || Number.isNaN(begin) ? {} : { begin: printTime(begin), end: printTime(end) };
  const values = Object.fromEntries(
    table.columns.flatMap((column, n) => {
      const range = ranges[n];
      if (range === null || range === undefined || !isMeasured(column)) return [];
      return [
        [`${column.name}_min`, range[0]],
        [`${column.name}_max`, range[1]],
      ];
    }),
  );
  const properties = { name, ...period, rows, ...values };
  yield JSON.stringify({
    type: 'Feature',
    id: identifier,
    geometry: geometryOf(positions),
    properties: {
      '@epos_type': kind.id,
      '@epos_label_key': 'name',
      '@epos_map_keys': Object.keys(properties),
      ...linksOf(series),
      ...properties,
    },
  });
}

/** The collection, feature by feature; `members` stand beside its features. */
export async function* writeEposSeries(
  all: AsyncIterable<EposSeries>,
  kind: EposKind,
  id: EposSeriesId,
  members: { readonly [member: string]: unknown } = {},
): AsyncGenerator<string> {
  const marker = { character: kind.label.charAt(0).toUpperCase(), pin: true, clustering: true };
  const style = id === 'epos-table' ? {} : { '@epos_style': { [kind.id]: { label: kind.label, marker } } };
  const head = JSON.stringify({ type: 'FeatureCollection', ...style, ...members });
  let separator = `${head.slice(0, -1)},"features":[\n`;
  for await (const series of all) {
    const texts = id === 'epos-map' ? mapTexts(series, kind) : rowTexts(series, kind, id);
    for await (const text of texts) {
      yield separator + text;
      separator = ',\n';
    }
  }
  yield `${separator.startsWith('{') ? separator : ''}\n]}\n`;
}
