// Bounding boxes as text: west,south,east,north in degrees of WGS 84, longitude first (OGC 10-032r8 geo:box, GeoRSS, EPOS templates).
import { SyntaxFault } from '../../model/errors.ts';
import type { Box } from '../../model/geometry.ts';
import { excerpt } from './excerpt.ts';
import { DECIMAL } from './number.ts';

const LONGEST = 200;

function shapeFault(text: string): SyntaxFault {
  return new SyntaxFault(
    `${excerpt(text)} is not a box: four numbers west,south,east,north in degrees are wanted`,
    `${excerpt(text)} n'est pas un rectangle : quatre nombres ouest,sud,est,nord en degrés sont attendus`,
  );
}

/**
 * `west,south,east,north` in degrees; west greater than east crosses the antimeridian; a box of no size is legal. Blanks around the numbers are dropped.
 * @throws SyntaxFault when there are not four numbers, one is out of range (longitude ±180, latitude ±90), or south is north of north.
 */
export function parseBox(text: string): Box {
  if (text.length > LONGEST) throw shapeFault(text);
  const parts = text.split(',').map((part) => part.trim());
  const [w, s, e, n] = parts;
  if (parts.length !== 4 || w === undefined || s === undefined || e === undefined || n === undefined) {
    throw shapeFault(text);
  }
  for (const part of parts) if (!DECIMAL.test(part)) throw shapeFault(text);
  const [west, south, east, north] = [Number(w) + 0, Number(s) + 0, Number(e) + 0, Number(n) + 0];
  if (!(Math.abs(west) <= 180 && Math.abs(east) <= 180)) {
    throw new SyntaxFault(
      `${excerpt(text)}: longitudes go from -180 to 180 degrees (order west,south,east,north)`,
      `${excerpt(text)} : les longitudes vont de -180 à 180 degrés (ordre ouest,sud,est,nord)`,
    );
  }
  if (!(Math.abs(south) <= 90 && Math.abs(north) <= 90)) {
    throw new SyntaxFault(
      `${excerpt(text)}: latitudes go from -90 to 90 degrees (order west,south,east,north)`,
      `${excerpt(text)} : les latitudes vont de -90 à 90 degrés (ordre ouest,sud,est,nord)`,
    );
  }
  if (south > north) {
    throw new SyntaxFault(
      `${excerpt(text)}: south is greater than north (order west,south,east,north)`,
      `${excerpt(text)} : le sud dépasse le nord (ordre ouest,sud,est,nord)`,
    );
  }
  return [west, south, east, north];
}

/**
 * A box as the EPOS templates of the old addresses send it: `(lonmin,latmin,lonmax,latmax)`, brackets optional.
 * `(,,,)`, `()`, `(?)`, `,,,` and an empty text are an absent box: null.
 * @throws SyntaxFault as `parseBox`.
 */
export function parseBracketedBox(text: string): Box | null {
  if (text.length > LONGEST) throw shapeFault(text);
  const trimmed = text.trim();
  const inner = trimmed.startsWith('(') && trimmed.endsWith(')') ? trimmed.slice(1, -1) : trimmed;
  if (/^[\s,?]*$/.test(inner)) return null;
  return parseBox(inner);
}

/** `west,south,east,north`, readable by `parseBox`. */
export function printBox(box: Box): string {
  return box.join(',');
}
