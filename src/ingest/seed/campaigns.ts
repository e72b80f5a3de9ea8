// Services of the demo catalogue that go somewhere: the airborne platform's flights (tracks as LineString), drone surveys (areas),
// and the multi-anvil press (experiments, some without any place).
import type { Geometry, Position } from '../../model/geometry.ts';
import { at, DAY, day, days, HOUR, MINUTE, period, point, rectangle, type SeedService, wording } from './draft.ts';
import { type Random, round, spread } from './random.ts';
import { volcano } from './volcanoes.ts';

const BASES: readonly (readonly [string, Position, number])[] = [
  ['Toulouse-Francazal', [1.367, 43.546], 164],
  ['Clermont-Ferrand Aulnat', [3.17, 45.79], 330],
  ['Kiruna', [20.337, 67.822], 460],
  ['La Réunion', [55.51, -20.887], 20],
];
const AIRCRAFT = [
  ['atr42', 'SAFIRE ATR 42', 7000],
  ['falcon20', 'SAFIRE Falcon 20', 12_000],
] as const;
const PROBES = ['cdp-2', 'cpi', '2d-s', 'pip', 'polar-nephelometer', 'cpc'] as const;

/** Out, a few legs, and back to the base. */
function track(random: Random, base: Position): Geometry {
  const legs = random.int(4, 9);
  const out: Position[] = Array.from({ length: legs }, (_, leg) => {
    const angle = (Math.PI * 2 * leg) / legs + random.number(0, 0.5, 3);
    return [round(base[0] + 1.6 * Math.cos(angle), 4), round(base[1] + 1.1 * Math.sin(angle), 4)] as const;
  });
  return { type: 'LineString', coordinates: [base, ...out, base] };
}

export function airborne(): SeedService {
  return {
    name: 'airborne',
    fixed: [],
    row(index, own) {
      const [base, position, ground] = own.pick(BASES);
      const [platform, aircraft, ceiling] = own.pick(AIRCRAFT);
      const begin = at('2008-05-10') + Math.floor(spread(index) * 6100) * DAY + own.int(6, 14) * HOUR;
      const flight = `${platform === 'atr42' ? 'as' : 'fs'}${day(begin).slice(2, 4)}${String(own.int(1, 99)).padStart(4, '0')}`;
      return {
        ...wording('en', {
          en: {
            title: `Flight ${flight}, ${aircraft}, ${day(begin)}`,
            abstract: `Cloud and aerosol microphysics along the flight from ${base}, one value a second.`,
          },
          fr: {
            title: `Vol ${flight}, ${aircraft}, ${day(begin)}`,
            abstract: `Microphysique des nuages et des aérosols le long du vol depuis ${base}, une valeur par seconde.`,
          },
        }),
        ...period(begin, begin + own.int(90, 300) * MINUTE),
        ...point(position, ground),
        elevation_max: own.int(3000, ceiling),
        footprint: track(own, position),
        acquisition: 3,
        format: 4,
        product_level: own.pick(['raw', 'validated']),
        keywords: ['aircraft', 'cloud microphysics'],
        instrument: [own.pick(PROBES)],
        platform,
        fields: { flight, campaign: `${base.split(' ')[0]} ${day(begin).slice(0, 4)}`, rate: own.pick([1, 10]) },
      };
    },
  };
}

const SURVEYED = [
  'Piton_de_la_Fournaise',
  'Chaine_des_Puys',
  'Stromboli',
  'Soufriere_de_Guadeloupe',
  'Vulcano',
] as const;

export function drones(): SeedService {
  return {
    name: 'drones',
    fixed: [],
    row(index, own) {
      const target = volcano(own.pick(SURVEYED));
      const begin = at('2013-06-01') + Math.floor(spread(index) * 4200) * DAY;
      const method = own.pick(['magnetic', 'photogrammetry', 'thermal'] as const);
      const words = { magnetic: 'magnétique', photogrammetry: 'photogrammétrique', thermal: 'thermique' };
      const [lon, lat] = target.position;
      const size = own.number(0.005, 0.03, 4);
      return {
        ...wording('en', {
          en: {
            title: `Drone survey (${method}), ${target.title}, ${day(begin)}`,
            abstract: `Map from a ${method} drone survey of ${target.title}, GeoTIFF.`,
          },
          fr: {
            title: `Levé par drone (${words[method]}), ${target.title}, ${day(begin)}`,
            abstract: `Carte d’un levé ${words[method]} par drone, ${target.title}, GeoTIFF.`,
          },
        }),
        ...days(begin, begin + own.int(0, 6) * DAY),
        ...point(target.position, target.summit),
        footprint: rectangle(round(lon - size, 6), round(lat - size, 6), round(lon + size, 6), round(lat + size, 6)),
        acquisition: 3,
        format: method === 'photogrammetry' ? 7 : 6,
        product_level: 'product',
        resolution_m: own.pick([0.05, 0.2, 1, 5]),
        keywords: ['drone', method],
        platform: 'drone',
        instrument: [{ magnetic: 'magnetometer', photogrammetry: 'camera', thermal: 'thermal-camera' }[method]],
        fields: { volcano: target.id, method, height: own.int(20, 120) },
      };
    },
  };
}

const MATERIALS: { readonly [english: string]: string } = {
  peridotite: 'péridotite',
  basalt: 'basalte',
  olivine: 'olivine',
  forsterite: 'forstérite',
  carbonatite: 'carbonatite',
};

export function presse(): SeedService {
  return {
    name: 'presse',
    fixed: [],
    row(index, own) {
      const begin = at('2007-03-05') + Math.floor(spread(index) * 6500) * DAY;
      const material = own.pick(Object.keys(MATERIALS));
      const pressure = own.number(1, 26, 1);
      const temperature = own.int(16, 44) * 50;
      const placed = own.chance(0.85) ? point([3.111, 45.761], 410) : { elevation: null };
      return {
        ...wording('en', {
          en: {
            title: `Experiment ${index}: ${material}, ${pressure} GPa, ${temperature} °C`,
            abstract: `Multi-anvil experiment on ${material} at ${pressure} GPa and ${temperature} °C; run products and analyses.`,
          },
          fr: {
            title: `Expérience ${index} : ${MATERIALS[material]}, ${String(pressure).replace('.', ',')} GPa, ${temperature} °C`,
            abstract: `Expérience en presse multi-enclumes sur ${MATERIALS[material]} à ${String(pressure).replace('.', ',')} GPa et ${temperature} °C ; produits et analyses.`,
          },
        }),
        ...days(begin, begin + own.int(0, 3) * DAY),
        ...placed,
        acquisition: 4,
        format: 2,
        product_level: own.pick(['raw', 'validated']),
        keywords: ['high pressure', material],
        instrument: ['multi-anvil-press'],
        platform: 'laboratory',
        fields: { run: index, material, pressure, temperature, duration: own.number(0.5, 72, 1) },
      };
    },
  };
}
