// Rows at the edges of what the table may hold: each stands once in every demo catalogue, so that every writer and every search meets it.
import type { Draft } from './draft.ts';

export interface EdgeRow {
  /** What is special about it. */
  readonly edge: string;
  readonly service: string;
  readonly draft: Draft;
}

const PUY = { longitude: 2.964886, latitude: 45.772223, epsg: 4326, elevation: 1465 } as const;
const WGS_PUY = [2.964886, 45.772223] as const;
const REUNION = { longitude: 55.7145, latitude: -21.2425, epsg: 4326, elevation: 2632 } as const;
const WGS_REUNION = [55.7145, -21.2425] as const;
const NOON = { date_b: '2016-06-29', time_b: '12:00:00', date_e: '2016-06-29', time_e: '18:00:00' } as const;

/** Fills a text to exactly so many characters, accents and markup characters included. */
function exactly(length: number, text: string): string {
  const filling = ' — « é & è < ç > "ô" \'ü\' ; ñ »';
  return (text + filling.repeat(Math.ceil(length / filling.length))).slice(0, length - 1).concat('é');
}

const LONGEST_NAME = exactly(150, 'Échantillon de « scorie » & de verre : "SiO2 < 52 %" à l’Œil-de-Bœuf');
const LONGEST_DESCRIPTION = exactly(
  200,
  'Données <brutes> & "validées" : d’où vient l’écart <±0,5 % ? Voir `note & légende` — Ærø, straße, naïveté',
);

function edge(name: string, service: string, draft: Draft): EdgeRow {
  return {
    edge: name,
    service,
    draft: { lang: 'en', name: `Edge row: ${name}`, description: `A row with ${name}.`, authorization_: 0, ...draft },
  };
}

const TIMES: readonly EdgeRow[] = [
  edge('no time at all', 'dynvolc', { ...REUNION, date_b: null, time_b: null, date_e: null, time_e: null }),
  edge('a begin without time of day', 'dynvolc', {
    ...REUNION,
    date_b: '2014-06-21',
    time_b: null,
    date_e: '2014-06-22',
    time_e: null,
  }),
  edge('a begin with time of day and an end without', 'copdd', { ...PUY, ...NOON, date_e: '2016-06-30', time_e: null }),
  edge('no end in a real-time service', 'copdd', {
    ...PUY,
    date_b: '2016-06-29',
    time_b: '12:00:00',
    date_e: null,
    time_e: null,
  }),
  edge('no end in an occasional service', 'gazvolc', {
    ...REUNION,
    date_b: '2016-06-29',
    time_b: '12:00:00',
    date_e: null,
    time_e: null,
  }),
  edge('an end without begin', 'copdd', {
    ...PUY,
    date_b: null,
    time_b: null,
    date_e: '2016-06-29',
    time_e: '18:00:00',
  }),
  edge('begin equal to end', 'copdd', { ...PUY, ...NOON, date_e: '2016-06-29', time_e: '12:00:00' }),
  edge('one day as begin and end', 'auverwatch', {
    ...PUY,
    date_b: '2016-06-29',
    time_b: null,
    date_e: '2016-06-29',
    time_e: null,
  }),
  edge('begin after end', 'copdd', {
    ...PUY,
    date_b: '2016-06-29',
    time_b: '12:00:00',
    date_e: '2016-06-28',
    time_e: '12:00:00',
  }),
];

const POSITIONS: readonly EdgeRow[] = [
  edge('no position', 'presse', { ...NOON, latitude: null, longitude: null, epsg: null, elevation: null }),
  edge('no elevation', 'auverwatch', { ...NOON, ...PUY, elevation: null }),
  edge('no coordinate system', 'copdd', { ...NOON, ...PUY, epsg: null }),
  edge('coordinate system 0', 'copdd', { ...NOON, ...PUY, epsg: 0 }),
  edge('an elevation below the sea', 'hotvolc', {
    ...NOON,
    longitude: -61.64,
    latitude: 12.3,
    epsg: 4326,
    elevation: -185,
  }),
  edge('EPSG 4258', 'copdd', { ...NOON, ...PUY, epsg: 4258, wgs84: WGS_PUY }),
  edge('EPSG 4171', 'copdd', { ...NOON, ...PUY, epsg: 4171, wgs84: WGS_PUY }),
  edge('EPSG 2154', 'copdd', {
    ...NOON,
    longitude: 697271.176,
    latitude: 6519179.73,
    epsg: 2154,
    elevation: 1465,
    wgs84: WGS_PUY,
  }),
  edge('EPSG 27572', 'copdd', {
    ...NOON,
    longitude: 648874.196,
    latitude: 2085963.27,
    epsg: 27572,
    elevation: 1465,
    wgs84: WGS_PUY,
  }),
  edge('EPSG 32631', 'copdd', {
    ...NOON,
    longitude: 497269.907,
    latitude: 5068741.011,
    epsg: 32631,
    elevation: 1465,
    wgs84: WGS_PUY,
  }),
  edge('EPSG 32633', 'voldorad', {
    ...NOON,
    longitude: 500318.243,
    latitude: 4174625.923,
    epsg: 32633,
    elevation: 2600,
    wgs84: [15.003611, 37.718889],
  }),
  edge('EPSG 2975', 'oi2', {
    ...NOON,
    longitude: 366608.183,
    latitude: 7650471.605,
    epsg: 2975,
    elevation: 2632,
    wgs84: WGS_REUNION,
  }),
  edge('EPSG 2975 in dynvolc', 'dynvolc', {
    ...NOON,
    longitude: 366608.183,
    latitude: 7650471.605,
    epsg: 2975,
    elevation: 2632,
    wgs84: WGS_REUNION,
  }),
  edge('EPSG 32740', 'gazvolc', {
    ...NOON,
    longitude: 366608.183,
    latitude: 7650471.605,
    epsg: 32740,
    elevation: 2632,
    wgs84: WGS_REUNION,
  }),
  edge('EPSG 4627', 'gazvolc', { ...NOON, ...REUNION, epsg: 4627, wgs84: WGS_REUNION }),
];

const TEXTS: readonly EdgeRow[] = [
  edge('the longest name and description', 'dynvolc', {
    ...REUNION,
    ...NOON,
    lang: 'fr',
    name: LONGEST_NAME,
    description: LONGEST_DESCRIPTION,
    translations: {
      en: {
        title: exactly(150, 'Sample of "scoria" & glass: SiO2 < 52 %'),
        abstract: exactly(200, '<Raw> & "validated"'),
      },
    },
  }),
  edge('no name and no description', 'copdd', { ...PUY, ...NOON, name: null, description: null }),
  edge('an empty name and a blank description', 'copdd', { ...PUY, ...NOON, name: '', description: '  ' }),
  edge('markup in keywords', 'copdd', { ...PUY, ...NOON, keywords: ['PM10 < 50 µg/m³', 'A&B', '"quoted"'] }),
  edge('no codes of acquisition and format', 'copdd', { ...PUY, ...NOON, acquisition: null, format: null }),
];

const RESTRICTED: readonly EdgeRow[] = [
  edge('registration required', 'voldorad', { ...NOON, ...PUY, authorization_: 1 }),
  edge('partners until the end of an embargo', 'oi2', {
    ...NOON,
    ...REUNION,
    authorization_: 2,
    embargo_until: '2031-12-31',
    access_groups: ['partners'],
  }),
  edge('partners after an embargo', 'oi2', { ...NOON, ...REUNION, authorization_: 2, embargo_until: '2020-01-01' }),
  edge('open after an embargo still to end', 'gazvolc', {
    ...NOON,
    ...REUNION,
    authorization_: 0,
    embargo_until: '2031-12-31',
  }),
  edge('internal', 'hotvolc', {
    ...NOON,
    longitude: 14.993,
    latitude: 37.751,
    epsg: 4326,
    elevation: 3357,
    authorization_: 3,
  }),
];

/** A row that has every column of the table: each cell of the field table has this one to show. */
const COMPLETE: EdgeRow = edge('every column', 'copdd', {
  ...PUY,
  ...NOON,
  lang: 'fr',
  name: 'Ozone, puy de Dôme, 29 juin 2016, toutes les colonnes',
  description: 'Ligne dont toutes les colonnes sont remplies : ozone au puy de Dôme, moyennes horaires validées.',
  translations: {
    en: {
      title: 'Ozone, puy de Dôme, 29 June 2016, all columns',
      abstract: 'A row with every column filled: ozone at puy de Dôme, validated hourly means.',
    },
  },
  version: '2.1',
  doi: '10.5072/opgc.copdd.complete',
  acquisition: 1,
  format: 5,
  keywords: ['ozone', 'air quality'],
  product_level: 'validated',
  instrument: ['ozone-analyser'],
  platform: 'puy-de-dome',
  licence: 'CC-BY-4.0',
  contacts: [
    {
      organisation: 'Observatoire de Physique du Globe de Clermont-Ferrand',
      role: 'pointOfContact',
      email: 'data@example.org',
      url: 'https://opgc.example.org/',
      address: { street: '4 avenue Blaise Pascal', city: 'Aubière', postalCode: '63178', country: 'FR' },
    },
    { organisation: 'Laboratoire de Météorologie Physique', role: 'originator', email: 'data@example.org' },
  ],
  lineage: {
    fr: 'Analyseur étalonné chaque trimestre ; les valeurs sous la limite de détection sont écartées.',
    en: 'Analyser calibrated every quarter; values below the detection limit are removed.',
  },
  resolution_m: 10,
  elevation_max: 1475,
  data_created: '2016-07-01',
  data_published: '2017-01-15',
  links: [
    {
      role: 'quicklook',
      href: 'https://archive.example.org/quicklook/copdd/complete.png',
      type: 'image/png',
      title: 'Ozone',
    },
    { role: 'thumbnail', href: 'https://archive.example.org/thumbnail/copdd/complete.png', type: 'image/png' },
    {
      role: 'data',
      href: 'https://archive.example.org/copdd/complete.nc',
      type: 'application/netcdf',
      title: 'NetCDF',
      length: 48_212,
    },
    {
      role: 'related',
      href: 'https://archive.example.org/copdd/report.pdf',
      type: 'application/pdf',
      title: 'Rapport',
      language: 'fr',
    },
  ],
  fields: { site: 'puy-de-dome', parameter: 'ozone', unit: 'nmol/mol', matrix: 'gas', resolution: '1h' },
});

export const EDGE_ROWS: readonly EdgeRow[] = [...TIMES, ...POSITIONS, ...TEXTS, ...RESTRICTED, COMPLETE];
