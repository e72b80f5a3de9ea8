// Means of angles by their vectors: 350° and 10° make 0°, not 180°; weighted by a speed where there is one.
import type { Column } from '../../model/table.ts';

export interface VectorMean {
  /** Degrees, 0 to 360; NaN where the vectors cancel each other. */
  readonly direction: number;
  /** Length of the mean vector: of unit vectors (0 to 1), or of the speeds in their unit. */
  readonly length: number;
}

/** Opposite directions have no mean. */
const SHORTEST = 1e-9;

/** `degrees` without missing values; `speeds` as many, or null. NaN for none. */
export function vectorMean(degrees: readonly number[], speeds: readonly number[] | null): VectorMean {
  if (degrees.length === 0) return { direction: Number.NaN, length: Number.NaN };
  let [x, y] = [0, 0];
  for (let n = 0; n < degrees.length; n++) {
    const angle = ((degrees[n] as number) * Math.PI) / 180;
    const weight = speeds === null ? 1 : (speeds[n] as number);
    x += weight * Math.cos(angle);
    y += weight * Math.sin(angle);
  }
  const length = Math.hypot(x, y) / degrees.length;
  const direction = length < SHORTEST ? Number.NaN : ((Math.atan2(y, x) * 180) / Math.PI + 360) % 360;
  return { direction, length };
}

/** Is it an angle on the circle, such as a wind direction? */
export function isDirection({ unit, standardName, name }: Pick<Column, 'unit' | 'standardName' | 'name'>): boolean {
  return /^(?:degrees?|deg)$/.test(unit ?? '') && /direction|azimuth|heading/i.test(`${standardName} ${name}`);
}
