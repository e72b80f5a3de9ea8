// Universal Transverse Mercator, forward, on the GRS 80 ellipsoid (Krüger's series to n³, better than a millimetre inside a zone):
// rows of the demo catalogue that store projected numbers, as the observatory's own rows of La Réunion do (EPSG:2975 = zone 40 south).
import type { Position } from '../../model/geometry.ts';
import { round } from './random.ts';

const SEMI_MAJOR = 6378137;
const FLATTENING = 1 / 298.257222101;
const SCALE = 0.9996;
const N = FLATTENING / (2 - FLATTENING);
const RECTIFYING = (SEMI_MAJOR / (1 + N)) * (1 + N ** 2 / 4 + N ** 4 / 64);
const ALPHA = [
  N / 2 - (2 / 3) * N ** 2 + (5 / 16) * N ** 3,
  (13 / 48) * N ** 2 - (3 / 5) * N ** 3,
  (61 / 240) * N ** 3,
];

/** Longitude and latitude in degrees → easting and northing in metres, to the millimetre. */
export function utm(position: Position, zone: number, hemisphere: 'north' | 'south'): readonly [number, number] {
  const radians = Math.PI / 180;
  const phi = position[1] * radians;
  const lambda = (position[0] - (zone * 6 - 183)) * radians;
  const e = (2 * Math.sqrt(N)) / (1 + N);
  const t = Math.sinh(Math.atanh(Math.sin(phi)) - e * Math.atanh(e * Math.sin(phi)));
  const xi = Math.atan2(t, Math.cos(lambda));
  const eta = Math.atanh(Math.sin(lambda) / Math.sqrt(1 + t * t));
  let x = eta;
  let y = xi;
  ALPHA.forEach((alpha, at) => {
    const k = 2 * (at + 1);
    x += alpha * Math.cos(k * xi) * Math.sinh(k * eta);
    y += alpha * Math.sin(k * xi) * Math.cosh(k * eta);
  });
  const falseNorthing = hemisphere === 'south' ? 10_000_000 : 0;
  return [round(500_000 + SCALE * RECTIFYING * x, 3), round(falseNorthing + SCALE * RECTIFYING * y, 3)];
}
