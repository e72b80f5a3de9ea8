// Seismic and geodetic networks of the demo catalogue: local events, days of waveforms, weeks of positions.
import type { Position } from '../../model/geometry.ts';
import { at, DAY, type Draft, day, days, near, period, point, type SeedService, wording } from './draft.ts';
import { type Random, spread } from './random.ts';

const STATIONS: readonly (readonly [string, string, string, Position, number])[] = [
  ['puy-de-dome', 'puy de Dôme', 'du puy de Dôme', [2.9649, 45.7722], 1465],
  ['opme', 'Opme', 'd’Opme', [3.09, 45.71], 660],
  ['cezeaux', 'Cézeaux', 'des Cézeaux', [3.111, 45.761], 410],
];

function comma(value: number): string {
  return String(value).replace('.', ',');
}

function event(random: Random, index: number): Draft {
  const begin = at('2010-01-01') + Math.floor(spread(index) * 5600 * DAY);
  const position = near([3.0, 45.6], 1.1, random);
  const magnitude = random.number(0.3, 3.6, 1);
  const depth = random.number(1, 18, 1);
  return {
    ...wording('fr', {
      en: {
        title: `Local earthquake of ${day(begin)}, ML ${magnitude}`,
        abstract: `Local event of the Massif central, magnitude ${magnitude}, depth ${depth} km.`,
      },
      fr: {
        title: `Séisme local du ${day(begin)}, ML ${comma(magnitude)}`,
        abstract: `Événement local du Massif central, magnitude ${comma(magnitude)}, profondeur ${comma(depth)} km.`,
      },
    }),
    ...period(begin, begin),
    ...point(position, null),
    acquisition: 1,
    format: 1,
    product_level: random.pick(['raw', 'validated']),
    keywords: ['séisme', 'Massif central'],
    fields: { kind: 'event', magnitude, depth },
  };
}

function waveforms(random: Random, index: number): Draft {
  const [station, title, of, position, elevation] = random.pick(STATIONS);
  const begin = at('2010-01-01') + Math.floor(spread(index) * 5600) * DAY;
  return {
    ...wording('fr', {
      en: {
        title: `Waveforms of ${title}, ${day(begin)}`,
        abstract: `One day of three-component ground velocity, ${title}, 100 samples a second.`,
      },
      fr: {
        title: `Formes d’onde ${of}, ${day(begin)}`,
        abstract: `Une journée de vitesse du sol, trois composantes, ${title}, 100 échantillons par seconde.`,
      },
    }),
    ...period(begin, begin + DAY - 1000),
    ...point(position, elevation),
    acquisition: 1,
    format: 9,
    product_level: 'raw',
    keywords: ['sismologie', 'formes d’onde'],
    instrument: ['broadband-seismometer'],
    platform: station,
    fields: { kind: 'waveform', station },
  };
}

export function sismo(): SeedService {
  return {
    name: 'sismo',
    fixed: [],
    row: (index, own) => (own.chance(0.6) ? event(own, index) : waveforms(own, index)),
  };
}

export function renag(): SeedService {
  return {
    name: 'renag',
    fixed: [],
    row(index, own) {
      const [station, title, of, position, elevation] = own.pick(STATIONS);
      const begin = at('2007-01-07') + Math.floor(spread(index) * 960) * 7 * DAY;
      return {
        ...wording('fr', {
          en: {
            title: `GNSS positions of ${title}, week of ${day(begin)}`,
            abstract: `Daily positions (east, north, up) of the permanent station ${title}, one week.`,
          },
          fr: {
            title: `Positions GNSS ${of}, semaine du ${day(begin)}`,
            abstract: `Positions journalières (est, nord, haut) de la station permanente ${title}, une semaine.`,
          },
        }),
        ...days(begin, begin + 6 * DAY),
        ...point(position, elevation),
        acquisition: 1,
        format: 3,
        product_level: own.pick(['raw', 'product']),
        keywords: ['GNSS', 'géodésie'],
        instrument: ['gnss-receiver'],
        platform: station,
        fields: { station, frame: 'ITRF2014' },
      };
    },
  };
}
