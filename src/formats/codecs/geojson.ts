// Codec (writing) of GeoJSON (RFC 7946): one feature a row, placed by the row's own longitude and latitude or by the station's.
import { type Column, standardIndex, type Table, timeIndex, type Values } from '../../model/table.ts';
import type { Codec } from './codec.ts';
import { cellJson, type Json, shapesOf } from './table-json.ts';

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

async function* write(table: Table): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const { station, title, licence, identifier } = table.metadata;
  const members = { title, license: licence, identifier };
  yield encoder.encode(`${JSON.stringify({ type: 'FeatureCollection', ...members }).slice(0, -1)},"features":[`);
  const [x, y, z] = ['longitude', 'latitude', 'altitude'].map((name) => standardIndex(table, name));
  const height = inMetres(table.columns[z ?? -1]) ? (z ?? -1) : -1;
  const time = timeIndex(table);
  const shapes = shapesOf(table);
  const numberAt = (values: Values | undefined, row: number, otherwise: number | null | undefined) =>
    values instanceof Float64Array ? (values[row] as number) : (otherwise ?? Number.NaN);
  let separator = '\n';
  for await (const chunk of table.chunks()) {
    const features: string[] = [];
    for (let row = 0; row < chunk.rows; row++) {
      const place = {
        longitude: numberAt(chunk.values[x ?? -1], row, station?.longitude),
        latitude: numberAt(chunk.values[y ?? -1], row, station?.latitude),
        altitude: numberAt(chunk.values[height], row, x === -1 ? station?.elevation : undefined),
      };
      const properties: { [name: string]: Json } = {};
      table.columns.forEach((column, n) => {
        // The time is called `time`, whatever the column's own name: map clients look for it.
        properties[n === time ? 'time' : column.name] = cellJson(column, shapes[n] ?? [], chunk.values[n] ?? [], row);
      });
      features.push(JSON.stringify({ type: 'Feature', geometry: positionOf(place), properties }));
    }
    if (features.length > 0) yield encoder.encode(separator + features.join(',\n'));
    separator = ',\n';
  }
  yield encoder.encode('\n]}\n');
}

export const geoJson: Codec = {
  id: 'geojson',
  title: { en: 'GeoJSON', fr: 'GeoJSON' },
  mediaType: 'application/geo+json',
  extension: 'geojson',
  sniff: (_head, name) => (name !== null && /\.geojson$/i.test(name) ? 2 : 0),
  write,
  loses: (table) => [
    {
      en: 'units, labels and most of the metadata are left out',
      fr: 'les unités, les libellés et la plupart des métadonnées sont omis',
    },
    ...(table.fixed.length > 0
      ? [
          {
            en: `variables without rows are left out: ${table.fixed.map(({ column }) => column.name).join(', ')}`,
            fr: `les variables sans lignes sont omises : ${table.fixed.map(({ column }) => column.name).join(', ')}`,
          },
        ]
      : []),
  ],
};
