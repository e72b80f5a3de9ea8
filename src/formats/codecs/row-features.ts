// The rows of a table as places and properties, for the encodings that build on GeoJSON (RFC 7946): a row stands at its own longitude and
// latitude, else where the station stands.
import { type Column, standardIndex, type Table, timeIndex, type Values } from '../../model/table.ts';
import { cellJson, type Json, shapesOf } from './table-json.ts';

export interface RowFeature {
  /** A GeoJSON point, or null. */
  readonly geometry: Json;
  readonly properties: { readonly [name: string]: Json };
}

/** Longitudes from 0 to 360, as aircraft files have them, to -180 to 180. */
const toHalf = (longitude: number): number =>
  longitude > 180 && longitude <= 360 ? Number((longitude - 360).toFixed(9)) : longitude;

interface Place {
  readonly longitude: number;
  readonly latitude: number;
  readonly altitude: number;
}

function positionOf({ longitude, latitude, altitude }: Place): Json {
  if (!(Math.abs(longitude) <= 360 && Math.abs(latitude) <= 90)) return null;
  const height = Number.isFinite(altitude) ? [altitude] : [];
  return { type: 'Point', coordinates: [toHalf(longitude), latitude, ...height] };
}

/** RFC 7946 wants metres; heights in other units stay properties. */
const inMetres = (column: Column | undefined): boolean =>
  column?.unit === 'm' || column?.unit === 'metre' || column?.unit === 'meter';

/** Names of the properties in the order of the columns. The time is called `time`, whatever the column's own name: map clients look for it. */
export function propertyNames(table: Table): readonly string[] {
  const time = timeIndex(table);
  return table.columns.map(({ name }, n) => (n === time ? 'time' : name));
}

/** The features of each chunk. */
export async function* rowFeatures(table: Table): AsyncGenerator<readonly RowFeature[]> {
  const { station } = table.metadata;
  const [x, y, z] = ['longitude', 'latitude', 'altitude'].map((name) => standardIndex(table, name));
  const height = inMetres(table.columns[z ?? -1]) ? (z ?? -1) : -1;
  const names = propertyNames(table);
  const shapes = shapesOf(table);
  const numberAt = (values: Values | undefined, row: number, otherwise: number | null | undefined) =>
    values instanceof Float64Array ? (values[row] as number) : (otherwise ?? Number.NaN);
  for await (const chunk of table.chunks()) {
    yield Array.from({ length: chunk.rows }, (_, row): RowFeature => {
      const place = {
        longitude: numberAt(chunk.values[x ?? -1], row, station?.longitude),
        latitude: numberAt(chunk.values[y ?? -1], row, station?.latitude),
        altitude: numberAt(chunk.values[height], row, x === -1 ? station?.elevation : undefined),
      };
      const properties: { [name: string]: Json } = {};
      table.columns.forEach((column, n) => {
        properties[names[n] ?? ''] = cellJson(column, shapes[n] ?? [], chunk.values[n] ?? [], row);
      });
      return { geometry: positionOf(place), properties };
    });
  }
}
