// The rain and wind radars of Opme, the lidar's profiles and the radioactivity of filtered air in the demo catalogue.
import { at, DAY, day, days, HOUR, MINUTE, period, point, type SeedService, wording } from './draft.ts';
import { spread } from './random.ts';
import { CEZEAUX, OPME } from './sites.ts';

const RADARS: readonly (readonly [string, string, string])[] = [
  ['rain-radar-x', 'X-band rain radar', 'Radar de pluie en bande X'],
  ['micro-rain-radar', 'Micro rain radar', 'Radar de pluie à visée verticale'],
  ['wind-profiler-vhf', 'VHF wind profiler', 'Profileur de vent VHF'],
  ['wind-profiler-uhf', 'UHF wind profiler', 'Profileur de vent UHF'],
];

export function opme(): SeedService {
  return {
    name: 'opme',
    fixed: [],
    row(index, own) {
      const [instrument, en, fr] = own.pick(RADARS);
      const begin = at('2006-05-01') + Math.floor(spread(index) * 6900) * DAY;
      const variable = instrument.startsWith('wind') ? 'wind' : 'reflectivity';
      return {
        ...wording('fr', {
          en: {
            title: `${en}, Opme, ${day(begin)}`,
            abstract: `${en}: one day of ${variable} profiles at Opme, NetCDF.`,
          },
          fr: {
            title: `${fr}, Opme, ${day(begin)}`,
            abstract: `${fr} : une journée de profils (${variable === 'wind' ? 'vent' : 'réflectivité'}) à Opme, NetCDF.`,
          },
        }),
        ...period(begin, begin + DAY - 1000),
        ...point(OPME.position, OPME.elevation),
        acquisition: 1,
        format: 5,
        product_level: own.pick(['raw', 'validated']),
        keywords: ['radar', variable === 'wind' ? 'wind profile' : 'precipitation'],
        instrument: [instrument],
        platform: 'opme',
        fields: { variable, resolution: own.pick(['1min', '5min', '10min']) },
      };
    },
  };
}

export function lidar(): SeedService {
  return {
    name: 'lidar',
    fixed: [],
    row(index, own) {
      const site = own.chance(0.8) ? CEZEAUX : OPME;
      const begin = at('2008-09-01') + Math.floor(spread(index) * 6000) * DAY + own.int(16, 22) * HOUR;
      const variable = own.pick(['aerosol_backscatter', 'cloud_base', 'temperature'] as const);
      const words = {
        aerosol_backscatter: 'rétrodiffusion',
        cloud_base: 'base des nuages',
        temperature: 'température',
      };
      return {
        ...wording('en', {
          en: {
            title: `Lidar profile of ${variable.replace('_', ' ')}, ${site.title}, ${day(begin)}`,
            abstract: `Raman lidar at ${site.title}: ${variable.replace('_', ' ')} from the ground to 12 km.`,
          },
          fr: {
            title: `Profil lidar (${words[variable]}), ${site.title}, ${day(begin)}`,
            abstract: `Lidar Raman ${site.at} : ${words[variable]} du sol à 12 km.`,
          },
        }),
        ...period(begin, begin + own.int(1, 12) * 30 * MINUTE),
        ...point(site.position, site.elevation),
        elevation_max: 12_000,
        acquisition: 2,
        format: 5,
        product_level: own.pick(['raw', 'product']),
        keywords: ['lidar', variable.replace('_', ' ')],
        instrument: ['lidar-raman'],
        platform: site.id,
        fields: { variable, wavelength: own.pick([355, 532, 1064]) },
      };
    },
  };
}

export function rayonnement(): SeedService {
  const isotopes = [
    ['Be-7', 0.5, 8],
    ['Pb-210', 0.1, 1.5],
    ['Cs-137', 0.0001, 0.002],
    ['K-40', 0.001, 0.02],
  ] as const;
  return {
    name: 'rayonnement',
    fixed: [],
    row(index, own) {
      const [isotope, low, high] = own.pick(isotopes);
      const begin = at('2005-01-03') + Math.floor(spread(index) * 1060) * 7 * DAY;
      return {
        ...wording('fr', {
          en: {
            title: `${isotope} in air, Opme, week of ${day(begin)}`,
            abstract: `Activity of ${isotope} on a weekly air filter at Opme (mBq/m3).`,
          },
          fr: {
            title: `${isotope} dans l’air, Opme, semaine du ${day(begin)}`,
            abstract: `Activité du ${isotope} sur filtre hebdomadaire à Opme (mBq/m3).`,
          },
        }),
        ...days(begin, begin + 6 * DAY),
        ...point(OPME.position, OPME.elevation),
        acquisition: 4,
        format: 2,
        product_level: 'validated',
        keywords: ['radioactivity', isotope],
        instrument: ['air-sampler'],
        platform: 'opme',
        fields: { isotope, activity: own.number(low, high, 5), uncertainty: own.number(2, 20, 1) },
      };
    },
  };
}
