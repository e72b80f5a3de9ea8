// `bbox` of the OGC APIs and of STAC (17-069r4, clause 7.15.3): four numbers, or six with heights.
import { SyntaxFault } from '../../model/errors.ts';
import type { Box } from '../../model/geometry.ts';
import { parseBox } from './box.ts';

/**
 * west, south, east, north in degrees from four numbers, or from six with a height after each corner; heights do not count.
 * @throws SyntaxFault for another count, a number that is none, or a box that is none on Earth.
 */
export function parseVolume(numbers: readonly (string | number)[]): Box {
  if (numbers.length !== 4 && numbers.length !== 6) {
    throw new SyntaxFault(
      'four numbers west,south,east,north are wanted, or six with heights',
      'quatre nombres ouest,sud,est,nord sont attendus, ou six avec des hauteurs',
    );
  }
  if (numbers.length === 4) return parseBox(numbers.join(','));
  const [west, south, low, east, north, high] = numbers;
  const heights = [low, high].map((height) => Number(String(height).trim() || Number.NaN));
  if (!heights.every(Number.isFinite)) throw new SyntaxFault('heights are numbers', 'les hauteurs sont des nombres');
  return parseBox([west, south, east, north].join(','));
}
