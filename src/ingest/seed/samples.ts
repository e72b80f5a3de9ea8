// DYNVOLC and GAZVOLC in the demo catalogue: rock and tephra samples, gas and glass analyses, with the places where they were taken.
import type { Position } from '../../model/geometry.ts';
import {
  at,
  DAY,
  type Draft,
  day,
  days,
  HOUR,
  near,
  period,
  point,
  reunionPoint,
  type SeedService,
  wording,
} from './draft.ts';
import { type Random, spread } from './random.ts';
import { volcano } from './volcanoes.ts';

const STYLES = ['explosive_effusive', 'stombolian_activity', 'strong_explosion', 'lava_fountaining'] as const;
const STYLE_WORDS: { readonly [style: string]: readonly [string, string] } = {
  explosive_effusive: ['explosive and effusive phase', 'phase explosive et effusive'],
  stombolian_activity: ['strombolian activity', 'activité strombolienne'],
  strong_explosion: ['strong explosion', 'forte explosion'],
  lava_fountaining: ['lava fountaining', 'fontaines de lave'],
};
const MATERIALS: readonly (readonly [string, string, string])[] = [
  ['scoria', 'Scoria', 'Scorie'],
  ['rock', 'Lava', 'Lave'],
  ['ash', 'Ash', 'Cendre'],
  ['bomb', 'Volcanic bomb', 'Bombe volcanique'],
  ['lapilli', 'Lapilli', 'Lapilli'],
  ['thin_section', 'Thin section', 'Lame mince'],
];

interface Eruption {
  readonly volcano: string;
  readonly id: string;
  readonly begin: number;
  readonly days: number;
}
const ERUPTIONS: readonly Eruption[] = [
  { volcano: 'Piton_de_la_Fournaise', id: 'Jul_2015', begin: at('2015-07-31'), days: 3 },
  { volcano: 'Piton_de_la_Fournaise', id: 'Jun_2014', begin: at('2014-06-20'), days: 2 },
  { volcano: 'Piton_de_la_Fournaise', id: 'Aug-Oct_2015', begin: at('2015-08-24'), days: 65 },
  { volcano: 'Piton_de_la_Fournaise', id: 'Sep_2016', begin: at('2016-09-11'), days: 7 },
  { volcano: 'Piton_de_la_Fournaise', id: 'Jul-Aug_2017', begin: at('2017-07-14'), days: 45 },
  { volcano: 'Piton_de_la_Fournaise', id: 'Apr-Jun_2018', begin: at('2018-04-27'), days: 35 },
  { volcano: 'Piton_de_la_Fournaise', id: 'Sept-Oct_2018', begin: at('2018-09-15'), days: 47 },
  { volcano: 'Stromboli', id: 'Aug-Nov_2014', begin: at('2014-08-07'), days: 90 },
  { volcano: 'Etna', id: 'Dec_2015', begin: at('2015-12-03'), days: 3 },
  { volcano: 'Fogo', id: 'Nov_2014', begin: at('2014-11-23'), days: 38 },
];

/** Where a sample of that volcano was picked up; every second one of La Réunion stores UTM numbers. */
function place(random: Random, id: string, projected: boolean) {
  const target = volcano(id);
  const position: Position = near(target.position, 0.05, random);
  const elevation = random.chance(0.04) ? null : random.int(Math.round(target.summit * 0.5), target.summit);
  return projected && id === 'Piton_de_la_Fournaise' ? reunionPoint(position, elevation) : point(position, elevation);
}

function rock(random: Random, eruption: Eruption, style: string, number: number, collection: boolean): Draft {
  const when = eruption.begin + Math.floor(random.next() * eruption.days * 24) * HOUR;
  const [material, en, fr] = random.pick(MATERIALS);
  const title = volcano(eruption.volcano).title;
  const [styleEn, styleFr] = STYLE_WORDS[style] ?? ['', ''];
  const own = analysis(random);
  const place_ = place(random, eruption.volcano, number % 2 === 0);
  return {
    ...wording('en', {
      en: {
        title: `${en}, ${title}, ${day(when)}, sample ${number}`,
        abstract: collection
          ? `${en} of the ${styleEn}; rock sample and thin section kept in the collection.`
          : `${en} of the ${styleEn}: density, porosity, componentry, bulk and glass chemistry.`,
      },
      fr: {
        title: `${fr}, ${title}, ${day(when)}, échantillon ${number}`,
        abstract: collection
          ? `${fr} : ${styleFr} ; échantillon et lame mince conservés dans la collection.`
          : `${fr} : ${styleFr} ; densité, porosité, composants, chimie de la roche totale et du verre.`,
      },
    }),
    ...(number % 5 === 0 ? days(when, null) : period(when, null)),
    ...place_,
    acquisition: 4,
    format: number % 3 === 0 ? 2 : 1,
    product_level: number % 4 === 0 ? 'raw' : 'validated',
    keywords: ['rock sample', en.toLowerCase(), styleEn],
    instrument: [own.instrument],
    platform: collection ? 'field' : 'laboratory',
    fields: {
      localization: title,
      eruptive_style: style,
      eruption: eruption.id,
      sample_type: material,
      collection,
      ...own.values,
    },
  };
}

/** What one instrument says of a sample: chemistry (wt %), density (g/cm3) and porosity (%), or grain size (phi). */
function analysis(random: Random) {
  const kind = random.int(0, 2);
  if (kind === 0) return { instrument: 'EPMA', values: { sio2: random.number(46, 52, 2) } };
  if (kind === 1) {
    const values = { density: random.number(0.6, 2.8, 2), porosity: random.number(5, 80, 1) };
    return { instrument: 'PYCNOMETER', values };
  }
  return { instrument: 'SIEVES', values: { median_phi: random.number(-4, 3, 1) } };
}

function dynvolcFixed(random: Random): Draft[] {
  const drafts: Draft[] = [];
  for (let n = 0; n < 40; n += 1) {
    // Eruptions of 2014: La Réunion in June, Stromboli in August, Fogo in November.
    const eruption = ERUPTIONS[[1, 7, 9][n % 3] ?? 1] as Eruption;
    drafts.push({
      ...rock(random, eruption, STYLES[n % 4] ?? STYLES[0], n + 1, n % 5 === 4),
      authorization_: 0,
    });
  }
  for (let n = 0; n < 20; n += 1) {
    // The window of the rock collection.
    const eruption = ERUPTIONS[0] as Eruption;
    drafts.push({ ...rock(random, eruption, STYLES[n % 4] ?? STYLES[0], n + 41, true), authorization_: 0 });
  }
  return drafts;
}

export function dynvolc(random: Random): SeedService {
  return {
    name: 'dynvolc',
    fixed: dynvolcFixed(random),
    row(index, own) {
      const eruption = own.pick(ERUPTIONS);
      return rock(own, eruption, own.pick(STYLES), index, own.chance(0.3));
    },
  };
}

const GAS_SITES: readonly {
  readonly volcano: string;
  readonly site: string;
  readonly position: Position;
  readonly elevation: number;
}[] = [
  { volcano: 'Piton_de_la_Fournaise', site: 'Cratère Dolomieu', position: [55.714, -21.245], elevation: 2480 },
  { volcano: 'Piton_de_la_Fournaise', site: 'Plaine des Osmondes', position: [55.745, -21.215], elevation: 2050 },
  { volcano: 'Soufriere_de_Guadeloupe', site: 'Cratère Sud', position: [-61.663, 16.043], elevation: 1440 },
  { volcano: 'Soufriere_de_Guadeloupe', site: 'Gouffre Tarissan', position: [-61.664, 16.044], elevation: 1450 },
];
const GAS_METHODS: readonly (readonly [instrument: string, sampleType: string, en: string, fr: string])[] = [
  ['MULTIGAS', 'plume', 'MultiGAS plume measurement', 'Mesure MultiGAS du panache'],
  ['DOAS', 'plume', 'SO2 flux by DOAS', 'Flux de SO2 par DOAS'],
  ['GIGGENBACH', 'fumarole', 'Fumarole gas, Giggenbach bottle', 'Gaz fumerollien, ampoule de Giggenbach'],
  ['MULTIGAS', 'filter', 'Filter pack', 'Filtres alcalins'],
  ['EPMA', 'melt_inclusion', 'Melt inclusions', 'Inclusions magmatiques'],
  ['EPMA', 'groundmass_glass', 'Groundmass glass', 'Verre matriciel'],
];

function gas(random: Random, begin: number, n: number): Draft {
  const where = GAS_SITES[n % 4] as (typeof GAS_SITES)[number];
  const [instrument, kind, en, fr] = GAS_METHODS[n % 6] as (typeof GAS_METHODS)[number];
  const title = volcano(where.volcano).title;
  const series = kind === 'plume';
  const glass = instrument === 'EPMA';
  return {
    ...wording('fr', {
      en: {
        title: `${en}, ${title}, ${day(begin)}`,
        abstract: `${en} at ${where.site}, ${title}: concentrations and ratios of the main species.`,
      },
      fr: {
        title: `${fr}, ${title}, ${day(begin)}`,
        abstract: `${fr} à ${where.site}, ${title} : teneurs et rapports des espèces principales.`,
      },
    }),
    ...period(begin, series ? begin + random.int(1, 72) * HOUR : null),
    ...point(near(where.position, 0.002, random), where.elevation),
    acquisition: series ? 3 : 4,
    format: 1,
    product_level: series ? 'raw' : 'validated',
    keywords: ['volcanic gas', en.split(',')[0] ?? en],
    instrument: [instrument],
    platform: glass ? 'laboratory' : 'field',
    fields: {
      localization: title,
      sample_type: kind,
      method: instrument,
      ...(glass
        ? { sio2: random.number(46, 58, 2), s_ppm: random.int(100, 1900) }
        : { co2_so2: random.number(0.1, 30, 2) }),
      ...(instrument === 'DOAS' ? { so2_flux: random.number(1, 90, 2) } : {}),
    },
  };
}

export function gazvolc(random: Random): SeedService {
  const from = at('2014-06-01T20:00');
  const fixed = Array.from({ length: 30 }, (_, n) => ({ ...gas(random, from + n * 7 * DAY, n), authorization_: 0 }));
  return {
    name: 'gazvolc',
    fixed,
    row(index, own) {
      const begin = from + Math.floor(spread(index) * 4000) * DAY + own.int(4, 15) * HOUR;
      return gas(own, begin, own.int(0, 23));
    },
  };
}
