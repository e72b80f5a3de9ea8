// Factors between the few units that files and service files write differently for one quantity.
import { udunits } from '../../formats/codecs/units.ts';

export interface UnitChange {
  readonly factor: number;
  readonly offset: number;
}

const SAME: UnitChange = { factor: 1, offset: 0 };
const CHANGES: { readonly [fromTo: string]: UnitChange } = {
  'km m': { factor: 1000, offset: 0 },
  'ft m': { factor: 0.3048, offset: 0 },
  'feet m': { factor: 0.3048, offset: 0 },
  'Pa hPa': { factor: 0.01, offset: 0 },
  'mbar hPa': SAME,
  'mb hPa': SAME,
  'hPa Pa': { factor: 100, offset: 0 },
  'K degC': { factor: 1, offset: -273.15 },
  'degC K': { factor: 1, offset: 273.15 },
  'degree degrees_north': SAME,
  'degree degrees_east': SAME,
  'degrees_north degree': SAME,
  'degrees_east degree': SAME,
};

/** How values of one unit become values of the other; a unit that is not said is taken for the other one. null: not known. */
export function unitChange(from: string | null, to: string | null): UnitChange | null {
  if (from === null || to === null || from === to) return SAME;
  const [clean, wanted] = [udunits(from), udunits(to)];
  return clean === wanted ? SAME : (CHANGES[`${clean} ${wanted}`] ?? null);
}
