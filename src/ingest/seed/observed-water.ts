// Rows of the demo catalogue from water: chemistry and isotopes of springs and wells, and of cloud water collected on the puy de Dôme.
import { HOUR, MINUTE } from './draft.ts';
import type { Maker } from './observations.ts';
import { type Random, round } from './random.ts';

/** mg/L at 100 µS/cm: how the ions share what a water holds. */
const IONS: { readonly [water: string]: readonly (readonly [string, number])[] } = {
  volcanic: [
    ['hco3', 44],
    ['cl', 3.2],
    ['no3', 4],
    ['so4', 2.6],
    ['na', 6.5],
    ['k', 3.1],
    ['mg', 4.4],
    ['ca', 6.4],
  ],
  alluvial: [
    ['hco3', 36],
    ['cl', 5.5],
    ['no3', 5.2],
    ['so4', 6.1],
    ['na', 4.4],
    ['k', 0.9],
    ['mg', 2.2],
    ['ca', 11],
  ],
  crystalline: [
    ['hco3', 28],
    ['cl', 7],
    ['no3', 6],
    ['so4', 4],
    ['na', 8],
    ['k', 1.6],
    ['mg', 2],
    ['ca', 6],
  ],
  sand: [
    ['hco3', 30],
    ['cl', 8],
    ['no3', 9],
    ['so4', 6],
    ['na', 6],
    ['k', 1.8],
    ['mg', 2.6],
    ['ca', 8],
  ],
  thermomineral: [
    ['hco3', 38],
    ['cl', 21],
    ['no3', 0.1],
    ['so4', 2.8],
    ['na', 18],
    ['k', 1.8],
    ['mg', 1.6],
    ['ca', 5],
  ],
  rain: [
    ['hco3', 14],
    ['cl', 6],
    ['no3', 11],
    ['so4', 9],
    ['na', 3.4],
    ['k', 0.8],
    ['mg', 0.6],
    ['ca', 3],
  ],
};
const SILICA: { readonly [water: string]: number } = { volcanic: 34, thermomineral: 62, crystalline: 16, rain: 0.2 };

function concentrations(water: string, conductivity: number, random: Random) {
  const ions = IONS[water] ?? IONS.alluvial ?? [];
  return Object.fromEntries(
    ions.map(([ion, share]) => [ion, round((share * conductivity * random.number(0.86, 1.14, 3)) / 100, 2)]),
  );
}

/** One sample a record, taken when the record says, else in the morning. */
export const groundWater: Maker = ({ begin, fields, input, random }) => {
  const water = String(fields.water_type);
  return [
    {
      time: input.time_b ? begin : begin + 9 * HOUR,
      temperature: Number(fields.temperature),
      ph: Number(fields.ph),
      conductivity: Number(fields.conductivity),
      oxygen: random.number(3, 10.5, 1),
      ...concentrations(water, Number(fields.conductivity), random),
      sio2: round((SILICA[water] ?? 12) * random.number(0.9, 1.1, 3), 1),
      delta_18o: Number(fields.delta_18o),
      delta_2h: Number(fields.delta_2h),
    },
  ];
};

export const cloudWater: Maker = ({ begin, end, fields, random }) => {
  const count = Math.max(1, Number(fields.samples));
  const step = Math.floor((end - begin) / count / MINUTE) * MINUTE;
  const marine = String(fields.air_mass).includes('marine');
  const dirty = fields.air_mass === 'polluted' ? 4 : fields.air_mass === 'continental' ? 2 : 1;
  return Array.from({ length: count }, (_, n) => {
    const thin = random.number(0.7, 1.5, 3);
    return {
      sample: n + 1,
      time_begin: begin + n * step,
      time_end: begin + (n + 1) * step,
      ph: round(Number(fields.ph) + random.number(-0.3, 0.3, 2), 2),
      redox: random.int(180, 420),
      conductivity: round(Number(fields.conductivity) * thin, 1),
      doc: round(2.2 * dirty * thin, 2),
      h2o2: random.number(1, 20, 1),
      chloride: round((marine ? 160 : 32) * thin, 1),
      nitrate: round(48 * dirty * thin, 1),
      sulfate: round(26 * dirty * thin, 1),
      sodium: round((marine ? 150 : 28) * thin, 1),
      ammonium: round(55 * dirty * thin, 1),
      potassium: round(4 * thin, 1),
      magnesium: round((marine ? 18 : 5) * thin, 1),
      calcium: round(14 * thin, 1),
      formaldehyde: round(3 * dirty * thin, 2),
      iron_2: random.number(0.05, 1.1, 2),
      iron_3: random.number(0.02, 0.7, 2),
      ...(fields.microbiology === true ? { bacteria: Math.round(58_000 * thin) } : {}),
      lwc: round(Number(fields.lwc) * random.number(0.8, 1.2, 3), 3),
      effective_radius: random.number(5, 11, 1),
    };
  });
};
