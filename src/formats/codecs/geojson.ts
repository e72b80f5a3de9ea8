// Codec (writing) of GeoJSON (RFC 7946): one feature a row, placed by the row's own longitude and latitude or by the station's.
import type { Table } from '../../model/table.ts';
import type { Codec } from './codec.ts';
import { rowFeatures } from './row-features.ts';

async function* write(table: Table): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  const { title, licence, identifier } = table.metadata;
  const members = { title, license: licence, identifier };
  yield encoder.encode(`${JSON.stringify({ type: 'FeatureCollection', ...members }).slice(0, -1)},"features":[`);
  let separator = '\n';
  for await (const rows of rowFeatures(table)) {
    const features = rows.map(({ geometry, properties }) => JSON.stringify({ type: 'Feature', geometry, properties }));
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
