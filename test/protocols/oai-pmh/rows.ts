// Records for tests of harvests, beside the small demo: numbers from 900 000 on of one service.
import type { MetadataInput } from '../../../src/mapping/row.ts';

export const FIRST = 900_000;

export function sampleRow(id: number, more: Partial<MetadataInput> = {}): MetadataInput {
  return {
    service: 'dynvolc',
    id: FIRST + id,
    name: `Harvested sample ${id}`,
    description: 'Lapilli collected near the vent',
    date_b: '2015-08-24',
    latitude: -21.24,
    longitude: 55.71,
    epsg: 4326,
    acquisition: 4,
    format: 1,
    authorization_: 0,
    ...more,
  };
}
export const sampleKey = (id: number) => ({ service: 'dynvolc', id: FIRST + id });
export const sampleId = (id: number): string => `oai:data.example.org:opgc:dynvolc:${FIRST + id}`;
