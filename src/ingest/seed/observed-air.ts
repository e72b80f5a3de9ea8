// Rows of the demo catalogue from the air over the Auvergne: weather and aerosols of CO-PDD by the hour, profiles of radars and lidar, filters.
import { DAY, HOUR, MINUTE } from './draft.ts';
import type { Maker, Observation } from './observations.ts';
import { round } from './random.ts';
import { smooth } from './smooth.ts';

const YEAR = 365.2425 * DAY;
const front = smooth('pressure systems', 4 * DAY);
const breeze = smooth('breeze', 7 * HOUR);
const moisture = smooth('moisture', 18 * HOUR);
const wind = smooth('wind', 11 * HOUR);
const turning = smooth('wind direction', 30 * HOUR);
const plume = smooth('polluted air', 2.5 * DAY);
const burst = smooth('nucleation', 9 * HOUR);

/** Share of the year, 0 in mid-January; share of the day, 0 at 3 h UTC. */
const season = (at: number): number => -Math.cos((2 * Math.PI * (at - 14 * DAY)) / YEAR);
const daytime = (at: number): number => -Math.cos((2 * Math.PI * (at - 3 * HOUR)) / DAY);

/** What a weather station at that height shows: hourly means. */
export function weather(at: number, elevation: number) {
  const low = elevation < 1000;
  const temperature =
    11.5 - 0.0062 * (elevation - 400) + 8 * season(at) + (low ? 4.5 : 2) * daytime(at) + 5 * front(at) + breeze(at);
  const humidity = Math.min(100, Math.max(18, 74 - 13 * daytime(at) + 26 * moisture(at) - 8 * season(at)));
  const pressure = 1013.25 * (1 - 2.25577e-5 * elevation) ** 5.25588 + 11 * front(at) - 0.4 * daytime(at);
  const speed = Math.max(0.1, (low ? 2.8 : 7.5) * (1 + 0.75 * wind(at)) + 0.6 * breeze(at));
  const direction = (270 + 130 * turning(at) + 360) % 360;
  const rain = humidity > 92 && front(at) < 0.1 ? round((humidity - 92) * 0.35 * (1 + burst(at)), 1) : 0;
  const sun = Math.max(0, daytime(at) - 0.15 + 0.35 * season(at)) * (430 + 190 * season(at));
  return {
    temperature: round(temperature, 2),
    relative_humidity: round(humidity, 1),
    pressure: round(pressure, 2),
    wind_speed: round(speed, 2),
    wind_direction: Math.round(direction) % 360,
    precipitation: rain,
    global_radiation: round(sun * (1 - Math.max(0, humidity - 60) / 55), 1),
  };
}

/** Aerosols at the puy de Dôme: free troposphere in winter, the boundary layer by day in summer. */
function aerosols(at: number) {
  const mixing = Math.max(0, 0.35 + 0.35 * season(at) + 0.25 * daytime(at));
  const load = 0.4 + mixing * (1 + 0.8 * plume(at));
  const nucleation = burst(at) > 0.78 && daytime(at) > 0.2 ? 9000 * (burst(at) - 0.78) : 0;
  return {
    particle_number: round(Math.max(80, 1400 * load + nucleation + 200 * breeze(at)), 1),
    scattering: round(Math.max(0.3, 16 * load * (1 + 0.4 * plume(at))), 2),
    absorption: round(Math.max(0.05, 1.4 * load * (1 - 0.3 * season(at))), 3),
  };
}

/** Mean and half-width of the parameter of a record. */
const PARAMETERS: { readonly [parameter: string]: (at: number, elevation: number) => readonly [number, number] } = {
  carbon_dioxide: (at) => [
    392 + (2.35 * (at - Date.UTC(2012, 0, 1))) / YEAR - 4.5 * season(at - 60 * DAY) + 2 * plume(at),
    0.6,
  ],
  methane: (at) => [1880 + (8 * (at - Date.UTC(2012, 0, 1))) / YEAR + 22 * plume(at), 4],
  carbon_monoxide: (at) => [118 - 22 * season(at) + 25 * plume(at), 5],
  radon: (at) => [3.2 + 1.6 * plume(at) - 0.7 * daytime(at), 0.6],
  ozone: (at) => [42 + 9 * season(at + 40 * DAY) + 4 * daytime(at) + 7 * plume(at), 2.5],
  particle_number_concentration: (at) => [aerosols(at).particle_number, 240],
  particle_number_size_distribution: (at) => [aerosols(at).particle_number * 0.82, 210],
  aerosol_light_scattering_coefficient: (at) => [aerosols(at).scattering, 2],
  aerosol_absorption_coefficient: (at) => [aerosols(at).absorption, 0.2],
  cloud_liquid_water_content: (at) => [Math.max(0, 0.55 * moisture(at)), 0.05],
  temperature: (at, elevation) => [weather(at, elevation).temperature, 0.4],
  pressure: (at, elevation) => [weather(at, elevation).pressure, 0.2],
  precipitation_amount: (at, elevation) => [weather(at, elevation).precipitation, 0],
  global_radiation: (at, elevation) => [weather(at, elevation).global_radiation, 25],
  wind: (at, elevation) => [weather(at, elevation).wind_speed, 0.9],
};

/** Days on which an instrument stood still, and hours of calibration. */
const isDown = (at: number, station: string): boolean => smooth(`${station} out of order`, 6 * DAY)(at) > 0.93;

function* hours(begin: number, end: number): Iterable<number> {
  for (let at = Math.ceil(begin / HOUR) * HOUR; at <= end; at += HOUR) yield at;
}

function* together(begin: number, end: number, values: (at: number) => Observation, station: string) {
  for (const at of hours(begin, end)) {
    const down = isDown(at, station);
    yield {
      time: at,
      time_end: at + HOUR,
      samples: down ? 0 : 60,
      flag: down ? 999 : 0,
      ...(down ? {} : values(at)),
    };
  }
}

function* means(parameter: string, elevation: number, begin: number, end: number): Iterable<Observation> {
  const of = PARAMETERS[parameter];
  if (of === undefined) return;
  for (const at of hours(begin, end)) {
    const [value, spread] = of(at, elevation);
    const down = isDown(at, parameter);
    const calibrated = !down && at % (25 * HOUR) === 0 && parameter !== 'temperature';
    const low = spread * (0.8 + 0.2 * breeze(at));
    yield {
      time: at,
      time_end: at + HOUR,
      value: down ? null : round(value, 3),
      percentile_15_87: down ? null : round(Math.max(0, value - low), 3),
      percentile_84_13: down ? null : round(value + spread, 3),
      samples: down ? 0 : 60 - Math.round(8 * Math.abs(breeze(at))),
      flag: down ? 999 : calibrated ? 640 : 0,
    };
  }
}

const SINCE = { demo: Date.UTC(2024, 8, 1), full: Date.UTC(2005, 0, 1), million: Date.UTC(2005, 0, 1) } as const;
/** Records that a larger scale does not give rows either. */
const MOST_MEANS = 5000;

export const coppdd: Maker = ({ id, scale, fields, begin, end, input }) => {
  const elevation = input.elevation ?? 1465;
  if (fields.parameter === 'meteorology') return together(begin, end, (at) => weather(at, elevation), 'weather');
  if (fields.parameter === 'aerosols') return together(begin, end, aerosols, 'aerosols');
  if (begin < SINCE[scale] || id > MOST_MEANS || end === begin) return null;
  return means(String(fields.parameter), elevation, begin, end);
};

function* profiles(about: Parameters<Maker>[0], minutes: number): Iterable<Observation> {
  const rain = smooth('showers over Opme', 3 * HOUR);
  const jet = smooth('wind aloft', 8 * HOUR);
  for (let at = about.begin; at <= about.end; at += minutes * MINUTE) {
    const heights = Array.from({ length: 31 }, (_, n) => 100 * (n + 1));
    if (about.fields.variable === 'wind') {
      yield {
        time: at,
        wind_speed: heights.map((z) => round(Math.max(0.2, 3 + z / 260 + 5 * jet(at + z * 900)), 1)),
        wind_direction: heights.map((z) => Math.round(250 + 60 * turning(at) + z / 60 + 360) % 360),
      };
    } else {
      const shower = rain(at);
      yield {
        time: at,
        reflectivity: heights.map((z) =>
          shower < 0 ? Number.NaN : round(8 + 32 * shower - z / 140 + (Math.abs(z - 2100) < 150 ? 6 : 0), 1),
        ),
      };
    }
  }
}

export const windAndRain: Maker = (about) => {
  if (about.id > (about.scale === 'demo' ? 6 : 60)) return null;
  return profiles(about, Number.parseInt(String(about.fields.resolution), 10) || 10);
};

function* lidar(about: Parameters<Maker>[0]): Iterable<Observation> {
  const cloud = smooth('clouds over the lidar', 2 * HOUR);
  for (let at = about.begin; at <= about.end; at += 10 * MINUTE) {
    const base = cloud(at) > 0.1 ? round(1800 + 2600 * (1 - cloud(at)), 0) : null;
    const heights = Array.from({ length: 100 }, (_, n) => 60 + 120 * n);
    const seen = (z: number) => base === null || z <= base + 360;
    if (about.fields.variable === 'temperature') {
      const ground = weather(at, about.input.elevation ?? 410).temperature + 273.15;
      yield {
        time: at,
        cloud_base: base,
        temperature: heights.map((z) => (seen(z) ? round(Math.max(217, ground - 0.0065 * z), 1) : Number.NaN)),
      };
    } else {
      const aerosol = 1 + 0.5 * plume(at);
      const molecules = (z: number) => 1.5e-6 * Math.exp(-z / 8000);
      const layer = (z: number) => 3.2e-6 * aerosol * Math.exp(-((z / 1400) ** 2));
      const drops = (z: number) => (base !== null && z >= base ? 8e-5 : 0);
      yield {
        time: at,
        cloud_base: base,
        backscatter: heights.map((z) =>
          seen(z) ? Number((molecules(z) + layer(z) + drops(z)).toPrecision(4)) : Number.NaN,
        ),
      };
    }
  }
}

export const lidarProfiles: Maker = (about) => (about.id > (about.scale === 'demo' ? 30 : 200) ? null : lidar(about));

export const radioactivity: Maker = ({ fields, begin, end }) => [
  {
    isotope: String(fields.isotope),
    time_begin: begin,
    time_end: end,
    activity: Number(fields.activity),
    uncertainty: Number(fields.uncertainty),
  },
];
