// Where a record is, for people: one position to print, and the box of a map around it.
import type { Box, Position } from '../model/geometry.ts';
import type { CatalogRecord } from '../model/record.ts';

/** Position of a point record (longitude, latitude), or the middle of a small box (below half a degree); else null. */
export function representative(record: CatalogRecord): Position | null {
  if (record.geometry?.type === 'Point') return record.geometry.coordinates;
  if (record.bbox === null) return null;
  const [west, south, east, north] = record.bbox;
  if (west > east || east - west > 0.5 || north - south > 0.5) return null;
  return [(west + east) / 2, (south + north) / 2];
}

/** Is the box a point? */
export function isPoint([west, south, east, north]: Box): boolean {
  return west === east && south === north;
}
