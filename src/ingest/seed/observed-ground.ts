// Rows of the demo catalogue from the ground: daily positions of GNSS stations, earthquakes, run products of the multi-anvil press.
import { DAY } from './draft.ts';
import type { Maker } from './observations.ts';
import { round } from './random.ts';
import { smooth } from './smooth.ts';

const YEAR = 365.2425 * DAY;

/** Millimetres from the first day: plate motion, a breath of the seasons, noise. */
export const positions: Maker = ({ begin, end, fields, random }) => {
  const wander = smooth(`gnss ${String(fields.station)}`, 20 * DAY);
  const rows = [];
  for (let at = begin; at <= end; at += DAY) {
    const years = (at - Date.UTC(2007, 0, 7)) / YEAR;
    const summer = Math.sin(2 * Math.PI * years);
    rows.push({
      time: at,
      east: round(20.1 * years + 0.8 * wander(at) + random.number(-1, 1, 2), 2),
      north: round(16.2 * years + 0.7 * wander(at + 31 * DAY) + random.number(-1, 1, 2), 2),
      up: round(0.3 * years + 3.2 * summer + 2 * wander(at + 77 * DAY) + random.number(-3, 3, 2), 2),
      sigma_east: random.number(0.7, 1.4, 2),
      sigma_north: random.number(0.8, 1.6, 2),
      sigma_up: random.number(2.6, 4.8, 2),
    });
  }
  return rows;
};

export const shocks: Maker = ({ begin, fields, input }) => {
  if (fields.kind !== 'event') return null;
  return [
    {
      time: begin,
      latitude: input.latitude ?? null,
      longitude: input.longitude ?? null,
      depth: Number(fields.depth),
      magnitude: Number(fields.magnitude),
    },
  ];
};

const PRODUCTS: {
  readonly [material: string]: readonly (readonly [string, number, number, number, number, number, number])[];
} = {
  peridotite: [
    ['olivine', 41, 0, 9, 49, 0.2, 0],
    ['pyroxene', 55, 4, 6, 32, 2, 0.2],
    ['melt', 47, 13, 9, 17, 11, 1.2],
  ],
  basalt: [
    ['clinopyroxene', 51, 5, 7, 16, 20, 0.5],
    ['garnet', 42, 22, 11, 18, 7, 0],
    ['melt', 50, 15, 10, 7, 10, 3],
  ],
};
const PLAIN = [
  ['crystals', 41, 0.1, 9, 49, 0.2, 0],
  ['melt', 44, 2, 12, 36, 4, 0.6],
] as const;

export const experiments: Maker = ({ fields, random }) =>
  (PRODUCTS[String(fields.material)] ?? PLAIN).map(([phase, ...oxides]) => {
    const [sio2 = 0, al2o3 = 0, feo = 0, mgo = 0, cao = 0, na2o = 0] = oxides.map((value) =>
      value === 0 ? 0 : round(value * random.number(0.97, 1.03, 4), 2),
    );
    return { phase, sio2, al2o3, feo, mgo, cao, na2o };
  });
