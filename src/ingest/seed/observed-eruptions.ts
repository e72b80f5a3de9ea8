// Rows of the demo catalogue from volcanoes at work: echoes of VOLDORAD through paroxysms, series of HOTVOLC, gas readings, analyses of rocks.
import { HOUR, MINUTE } from './draft.ts';
import type { Maker, Observation, Observed } from './observations.ts';
import { round } from './random.ts';
import { smooth } from './smooth.ts';
import { PAROXYSMS } from './voldorad.ts';

const GATES = 8;
/** Metres: the first of the range gates over the summit craters, and their depth. */
const FIRST_GATE = 3135;
const DEPTH = 150;
const STEP = 10_000;
const jets = smooth('jets', 40_000);
const pulses = smooth('pulses of the fountain', 9 * MINUTE);
const clutter = smooth('clutter', 3 * MINUTE);

/** Strength of a paroxysm, 0…1: it climbs for its first half, is paroxysmal for a quarter and dies quickly. */
function strength(at: number): number {
  const found = PAROXYSMS.find(([begin, hours]) => at >= begin && at <= begin + hours * HOUR);
  if (found === undefined) return 0;
  const part = (at - found[0]) / (found[1] * HOUR);
  return part < 0.5 ? 0.15 + 1.1 * part * part * 2 : part < 0.75 ? 1 : Math.max(0, 1 - ((part - 0.75) * 4) ** 0.7);
}

function* echoes({ begin, end, fields }: Observed): Iterable<Observation> {
  for (let at = Math.ceil(begin / STEP) * STEP; at < end; at += STEP) {
    // Campaigns have eruptions that are on no list.
    const force = fields.eruption === true ? Math.max(0.2, strength(at)) : 0;
    const now = force * (0.75 + 0.25 * pulses(at)) + (jets(at) > 0.7 ? 0.25 * force : 0);
    for (let gate = 1; gate <= GATES; gate++) {
      const near = Math.exp(-(((gate - 4) / 2.2) ** 2));
      const noise = clutter(at + gate * 977_000);
      const power = -101 + 3 * noise + 56 * now * near;
      const speed = 4 + 2 * noise + 240 * now * near;
      yield {
        time: at,
        gate,
        range: FIRST_GATE + (gate - 1) * DEPTH,
        power_pos: round(power, 1),
        power_neg: round(power - 4 - 2 * noise, 1),
        vmax_pos: round(speed, 1),
        vmax_neg: round(speed * 0.55 + noise, 1),
        vmean_pos: round(speed * 0.42, 1),
        vmean_neg: round(speed * 0.24, 1),
      };
    }
  }
}

/** Demo: the fixed records of December 2015, four paroxysms with the quiet hours around them. */
const ECHO_RECORDS = { demo: 40, full: 4000, million: 4000 } as const;

export const radar: Maker = (about) => {
  if (about.id > ECHO_RECORDS[about.scale] || about.fields.product !== 'eruptive_parameters') return null;
  return about.end === about.begin ? null : echoes(about);
};

function* pictures({ begin, end, fields }: Observed): Iterable<Observation> {
  const type = String(fields.type);
  const way = smooth(`${String(fields.volcano)} ${type}`, 90 * MINUTE);
  for (let at = begin; at <= end; at += 15 * MINUTE) {
    const level = Math.max(0, 0.45 + 0.55 * way(at));
    if (type === 'TSASH') yield { time: at, ash_area: Math.round(24_000 * level), btd_min: round(-0.4 - 7 * level, 2) };
    else if (type === 'TSSO2') yield { time: at, so2_area: Math.round(31_000 * level) };
    else if (type === 'TSHOT')
      yield { time: at, hot_pixels: Math.round(22 * level), radiance: round(0.4 + 9 * level, 3) };
    else if (type === 'TSVFR')
      yield { time: at, volume_flow_rate: round(14 * level * level, 3), radiance: round(0.4 + 9 * level, 3) };
    else yield { time: at, radiance: round(0.4 + 9 * level, 3) };
  }
}

const SERIES_RECORDS = { demo: 500, full: 20_000, million: 20_000 } as const;

export const activity: Maker = (about) => {
  if (about.id > SERIES_RECORDS[about.scale] || !String(about.fields.type).startsWith('TS')) return null;
  return pictures(about);
};

function* plume({ begin, fields, random }: Observed): Iterable<Observation> {
  const ratio = Number(fields.co2_so2 ?? 5);
  const gusts = smooth(`plume ${begin}`, 4 * MINUTE);
  for (let n = 1; n <= 60; n++) {
    const at = begin + (n - 1) * MINUTE;
    const so2 = Math.max(0.05, 2.4 + 2.2 * gusts(at) + random.number(-0.1, 0.1, 3));
    yield {
      analysis: n,
      time: at,
      co2: round(408 + ratio * so2, 2),
      so2: round(so2, 3),
      h2s: round(Math.max(0, 0.12 * so2 + random.number(-0.02, 0.02, 3)), 3),
    };
  }
}

function* points({ fields, random, begin }: Observed): Iterable<Observation> {
  const glass = fields.method === 'EPMA';
  for (let n = 1; n <= (glass ? 8 : 3); n++) {
    yield glass
      ? {
          analysis: n,
          sio2: round(Number(fields.sio2 ?? 50) + random.number(-0.8, 0.8, 2), 2),
          s: Math.max(20, Math.round(Number(fields.s_ppm ?? 600) * random.number(0.85, 1.15, 3))),
          cl: random.int(80, 900),
        }
      : {
          analysis: n,
          time: begin + n * 20 * MINUTE,
          co2: random.int(9000, 32_000),
          so2: random.int(20, 900),
          h2s: random.int(500, 9000),
        };
  }
}

export const gases: Maker = (about) => (about.fields.sample_type === 'plume' ? plume(about) : points(about));

/** Weight percent of a basalt with so much silica; the oxides add up to about 100. */
function oxides(sio2: number, vary: (spread: number) => number) {
  const evolved = sio2 - 48;
  return {
    sio2: round(sio2, 2),
    tio2: round(2.7 + vary(0.2), 2),
    al2o3: round(14.1 + 0.3 * evolved + vary(0.3), 2),
    feo: round(11.2 - 0.35 * evolved + vary(0.3), 2),
    mno: round(0.17 + vary(0.01), 3),
    mgo: round(Math.max(2.5, 7.2 - 0.7 * evolved + vary(0.4)), 2),
    cao: round(11.4 - 0.5 * evolved + vary(0.3), 2),
    na2o: round(2.7 + 0.2 * evolved + vary(0.1), 2),
    k2o: round(0.8 + 0.12 * evolved + vary(0.05), 2),
    p2o5: round(0.33 + vary(0.03), 2),
  };
}

const PHASES = ['bulk', 'glass', 'olivine', 'plagioclase'] as const;

export const rocks: Maker = ({ fields, random }) => {
  if (fields.collection === true) return null;
  const vary = (spread: number): number => random.number(-spread, spread, 3);
  const { density, porosity, sio2 } = fields;
  if (typeof density === 'number' || typeof porosity === 'number') {
    return Array.from({ length: 3 }, (_, n) => ({
      analysis: n + 1,
      material: 'bulk',
      density: Math.round(Number(density ?? 2) * 1000 + vary(60)),
      porosity: round(Math.min(95, Math.max(1, Number(porosity ?? 30) + vary(2))), 1),
      permeability: Number((10 ** (-13 + Number(porosity ?? 30) / 25 + vary(0.3))).toPrecision(3)),
    }));
  }
  return PHASES.map((material, n) => {
    if (material === 'olivine') {
      return {
        analysis: n + 1,
        material,
        sio2: round(39.2 + vary(0.5), 2),
        feo: round(15.5 + vary(1), 2),
        mgo: round(44.3 + vary(1), 2),
      };
    }
    if (material === 'plagioclase') {
      return {
        analysis: n + 1,
        material,
        sio2: round(49.8 + vary(1), 2),
        al2o3: round(31.4 + vary(0.7), 2),
        cao: round(14.6 + vary(0.6), 2),
        na2o: round(3.1 + vary(0.3), 2),
      };
    }
    return { analysis: n + 1, material, ...oxides(Number(sio2 ?? 49.5) + (material === 'glass' ? 1.2 : 0), vary) };
  });
};
