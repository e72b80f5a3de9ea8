// The atmospheric services of the demo catalogue: CO-PDD (months of one parameter at one site), the rain and wind radars of Opme,
// the lidar's profiles and the radioactivity of filtered air.
import type { Position } from '../../model/geometry.ts';
import { at, DAY, type Draft, day, days, HOUR, MINUTE, period, point, type SeedService, wording } from './draft.ts';
import { type Random, spread } from './random.ts';

interface Site {
  readonly id: string;
  readonly title: string;
  /** « à Opme » : the place with its French preposition. */
  readonly at: string;
  readonly position: Position;
  readonly elevation: number;
}
// Both published positions of the puy de Dôme station are in use: a data set keeps its own.
const PUY: Site = {
  id: 'puy-de-dome',
  title: 'puy de Dôme',
  at: 'au puy de Dôme',
  position: [2.964886, 45.772223],
  elevation: 1465,
};
const PUY_GAS: Site = {
  id: 'puy-de-dome',
  title: 'puy de Dôme',
  at: 'au puy de Dôme',
  position: [2.9658, 45.7719],
  elevation: 1465,
};
const CEZEAUX: Site = { id: 'cezeaux', title: 'Cézeaux', at: 'aux Cézeaux', position: [3.111, 45.761], elevation: 410 };
const OPME: Site = { id: 'opme', title: 'Opme', at: 'à Opme', position: [3.09, 45.71], elevation: 660 };
const AULNAT: Site = { id: 'aulnat', title: 'Aulnat', at: 'à Aulnat', position: [3.17, 45.79], elevation: 330 };

interface Measured {
  readonly parameter: string;
  readonly en: string;
  readonly fr: string;
  readonly unit: string;
  readonly instrument: string;
  readonly site: Site;
  readonly since: string;
}
const MEASURED: readonly Measured[] = [
  {
    parameter: 'carbon_dioxide',
    en: 'Carbon dioxide',
    fr: 'Dioxyde de carbone',
    unit: 'µmol/mol',
    instrument: 'crds',
    site: PUY_GAS,
    since: '2000-06-01',
  },
  {
    parameter: 'methane',
    en: 'Methane',
    fr: 'Méthane',
    unit: 'nmol/mol',
    instrument: 'crds',
    site: PUY_GAS,
    since: '2011-03-01',
  },
  {
    parameter: 'carbon_monoxide',
    en: 'Carbon monoxide',
    fr: 'Monoxyde de carbone',
    unit: 'nmol/mol',
    instrument: 'crds',
    site: PUY_GAS,
    since: '2011-03-01',
  },
  {
    parameter: 'radon',
    en: 'Radon 222',
    fr: 'Radon 222',
    unit: 'Bq/m3',
    instrument: 'radon-monitor',
    site: PUY_GAS,
    since: '2002-04-01',
  },
  {
    parameter: 'ozone',
    en: 'Ozone',
    fr: 'Ozone',
    unit: 'nmol/mol',
    instrument: 'ozone-analyser',
    site: PUY,
    since: '1995-01-01',
  },
  {
    parameter: 'particle_number_concentration',
    en: 'Particle number',
    fr: 'Nombre de particules',
    unit: '1/cm3',
    instrument: 'cpc',
    site: PUY,
    since: '2005-02-01',
  },
  {
    parameter: 'particle_number_size_distribution',
    en: 'Particle size distribution',
    fr: 'Granulométrie des aérosols',
    unit: '1/cm3',
    instrument: 'smps',
    site: PUY,
    since: '2005-02-01',
  },
  {
    parameter: 'aerosol_light_scattering_coefficient',
    en: 'Aerosol scattering',
    fr: 'Diffusion des aérosols',
    unit: '1/Mm',
    instrument: 'nephelometer',
    site: PUY,
    since: '2006-01-01',
  },
  {
    parameter: 'aerosol_absorption_coefficient',
    en: 'Aerosol absorption',
    fr: 'Absorption des aérosols',
    unit: '1/Mm',
    instrument: 'maap',
    site: PUY,
    since: '2008-01-01',
  },
  {
    parameter: 'cloud_liquid_water_content',
    en: 'Cloud liquid water content',
    fr: 'Contenu en eau liquide du nuage',
    unit: 'g/m3',
    instrument: 'pvm',
    site: PUY,
    since: '2004-01-01',
  },
  {
    parameter: 'temperature',
    en: 'Air temperature',
    fr: 'Température de l’air',
    unit: 'deg C',
    instrument: 'weather-station',
    site: PUY,
    since: '1995-01-01',
  },
  {
    parameter: 'pressure',
    en: 'Air pressure',
    fr: 'Pression atmosphérique',
    unit: 'hPa',
    instrument: 'weather-station',
    site: CEZEAUX,
    since: '2002-01-01',
  },
  {
    parameter: 'precipitation_amount',
    en: 'Precipitation',
    fr: 'Précipitations',
    unit: 'mm',
    instrument: 'rain-gauge',
    site: OPME,
    since: '2006-01-01',
  },
  {
    parameter: 'global_radiation',
    en: 'Global radiation',
    fr: 'Rayonnement global',
    unit: 'W/m2',
    instrument: 'pyranometer',
    site: CEZEAUX,
    since: '2002-01-01',
  },
  {
    parameter: 'wind',
    en: 'Wind',
    fr: 'Vent',
    unit: 'm/s',
    instrument: 'weather-station',
    site: AULNAT,
    since: '2010-01-01',
  },
];
const QUALITY = ['raw', 'validated', 'product'] as const;

function series(random: Random, what: Measured, index: number): Draft {
  const from = at(what.since);
  const months = Math.floor((at('2025-05-01') - from) / (30.44 * DAY));
  const month = Math.floor(spread(index) * months);
  const start = new Date(from);
  const begin = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + month, 1);
  const end = Date.UTC(start.getUTCFullYear(), start.getUTCMonth() + month + 1, 1) - 1000;
  const quality = random.pick(QUALITY);
  const current = quality === 'raw' && begin > at('2025-03-01');
  const format = quality === 'raw' ? 1 : random.pick([4, 4, 5]);
  return {
    ...wording('fr', {
      en: {
        title: `${what.en}, ${what.site.title}, ${day(begin).slice(0, 7)}`,
        abstract: `${what.en} (${what.unit}) at ${what.site.title}, one month, ${quality} data, hourly means.`,
      },
      fr: {
        title: `${what.fr}, ${what.site.title}, ${day(begin).slice(0, 7)}`,
        abstract: `${what.fr} (${what.unit}) ${what.site.at}, un mois, données ${{ raw: 'brutes', validated: 'validées', product: 'élaborées' }[quality]}, moyennes horaires.`,
      },
    }),
    ...period(begin, current ? null : end),
    ...point(what.site.position, what.site.elevation),
    acquisition: 1,
    format,
    product_level: quality,
    keywords: [what.en.toLowerCase(), what.site.title],
    instrument: [what.instrument],
    platform: what.site.id,
    fields: {
      site: what.site.id,
      parameter: what.parameter,
      unit: what.unit,
      matrix: matrixOf(what.instrument),
      resolution: '1h',
    },
  };
}

function matrixOf(instrument: string): string {
  if (['cpc', 'smps', 'nephelometer', 'maap'].includes(instrument)) return 'aerosol';
  if (['pvm'].includes(instrument)) return 'cloud';
  return ['crds', 'radon-monitor', 'ozone-analyser'].includes(instrument) ? 'gas' : 'met';
}

export function copdd(): SeedService {
  return { name: 'copdd', fixed: [], row: (index, own) => series(own, own.pick(MEASURED), index) };
}

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
