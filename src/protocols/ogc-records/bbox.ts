// `bbox` and `bbox-crs` (17-069r4, clause 7.15.3; 18-058r1, clause 6.2.1): four or six numbers in the order of the reference system.
import { parseBox } from '../../formats/syntax/box.ts';
import { axisOrder } from '../../formats/syntax/crs.ts';
import { parseDecimal } from '../../formats/syntax/number.ts';
import { SyntaxFault } from '../../model/errors.ts';
import type { Box } from '../../model/geometry.ts';

/** @throws SyntaxFault when the reference system is not known. */
export function readCrs(crs: string): NonNullable<ReturnType<typeof axisOrder>> {
  const read = axisOrder(crs);
  if (read !== undefined) return read;
  throw new SyntaxFault(
    'is not known: CRS84 and EPSG 4326, 4258 and 3857 are',
    "n'est pas connu : CRS84 et EPSG 4326, 4258 et 3857 le sont",
  );
}

/**
 * west, south, east, north in degrees; heights do not count.
 * @throws SyntaxFault when there are not four or six numbers, or the box is none on Earth.
 */
export function readBbox(text: string, crs: string | undefined): Box {
  const parts = text.split(',');
  if (parts.length !== 4 && parts.length !== 6) {
    throw new SyntaxFault('must have four or six numbers', 'doit avoir quatre ou six nombres');
  }
  const numbers = parts.map((part) => parseDecimal(part));
  const [a = 0, b = 0, c = 0, d = 0] =
    numbers.length === 4 ? numbers : [numbers[0], numbers[1], numbers[3], numbers[4]];
  if (crs === undefined) return parseBox([a, b, c, d].join(','));
  const read = readCrs(crs);
  const [west, south] = read(a, b);
  const [east, north] = read(c, d);
  return parseBox([west, south, east, north].join(','));
}
