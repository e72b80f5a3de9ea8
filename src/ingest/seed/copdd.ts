// CO-PDD in the demo catalogue: one month of one parameter at one of its sites, raw, validated or as a product.
import { at, DAY, type Draft, day, period, point, type SeedService, wording } from './draft.ts';
import { type Random, spread } from './random.ts';
import { AULNAT, CEZEAUX, OPME, PUY, PUY_GAS, type Site } from './sites.ts';

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

/** Some years of the station on the puy de Dôme in one record each: all of its weather, all of its aerosols. */
const STATION = [
  {
    index: 799,
    parameter: 'meteorology',
    en: 'Meteorology by the hour',
    fr: 'Météorologie horaire',
    enList: 'temperature, humidity, pressure, wind, precipitation and radiation',
    frList: 'température, humidité, pression, vent, précipitations et rayonnement',
    instruments: ['weather-station', 'rain-gauge', 'pyranometer'],
    keywords: ['meteorology', 'temperature', 'wind'],
  },
  {
    index: 800,
    parameter: 'aerosols',
    en: 'Aerosols by the hour',
    fr: 'Aérosols horaires',
    enList: 'number of particles, scattering and absorption of light',
    frList: 'nombre de particules, diffusion et absorption de la lumière',
    instruments: ['cpc', 'nephelometer', 'maap'],
    keywords: ['aerosol', 'particle number', 'scattering'],
  },
] as const;

function station(what: (typeof STATION)[number]): Draft {
  const years = '2021–2024';
  return {
    ...wording('fr', {
      en: {
        title: `${what.en}, ${PUY.title}, ${years}`,
        abstract: `Hourly means at ${PUY.title}: ${what.enList}. Validated, with gaps where an instrument stood still.`,
      },
      fr: {
        title: `${what.fr}, ${PUY.title}, ${years}`,
        abstract: `Moyennes horaires ${PUY.at} : ${what.frList}. Données validées, avec des lacunes.`,
      },
    }),
    ...period(at('2021-01-01'), at('2025-01-01') - 1000),
    ...point(PUY.position, PUY.elevation),
    authorization_: 0,
    acquisition: 1,
    format: 4,
    product_level: 'validated',
    keywords: [...what.keywords, PUY.title],
    instrument: [...what.instruments],
    platform: PUY.id,
    fields: {
      site: PUY.id,
      parameter: what.parameter,
      matrix: what.parameter === 'aerosols' ? 'aerosol' : 'met',
      resolution: '1h',
    },
  };
}

export function copdd(): SeedService {
  return {
    name: 'copdd',
    fixed: [],
    row: (index, own) => {
      const whole = STATION.find((what) => what.index === index);
      return whole ? station(whole) : series(own, own.pick(MEASURED), index);
    },
  };
}
