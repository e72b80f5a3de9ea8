// OI2 in the demo catalogue: wrapped interferograms of Piton de la Fournaise (a pair of scenes each) and the lava-flow contours of its 47 eruptions.
// Some rows store UTM numbers (EPSG:2975), as the observatory's own do; footprints are polygons.
import type { Geometry, Position } from '../../model/geometry.ts';
import {
  at,
  DAY,
  type Draft,
  day,
  days,
  period,
  point,
  reunionPoint,
  type SeedService,
  stamp,
  wording,
} from './draft.ts';
import { type Random, round, spread } from './random.ts';

/** Eruption ids as the old address knows them. */
export const ERUPTIONS: readonly string[] = (
  'Mid_1998 Jul_1999 Sep_1999 Feb_2000 Jun_2000 Oct_2000 Mar_2001 Jul_2001 Jan_2002 Nov_2002 May_2003 Aug_2003 Sep_2003 Dec_2003 Jan_2004 ' +
  'May_2004 Aug_2004 Feb_2005 Oct_2005 Nov_2005 Jul_2006 Aug_2006 Dec_2006 Feb_2007 Apr_2007 Oct_2008 Dec_2008 Jan_2009 Nov_2009 Dec_2009 ' +
  'Jan_2010 Oct_2010 Dec_2010 Jun_2014 Feb_2015 May_2015 Jul_2015 Aug-Oct_2015 May_2016 Sep_2016 Feb_2017 May_2017 Jul-Aug_2017 Apr_2018 ' +
  'Apr-Jun_2018 Jul_2018 Sept-Oct_2018'
).split(' ');

const SUMMIT: Position = [55.7145, -21.2425];
const FRAME: readonly Position[] = [
  [55.62104, -21.33647],
  [55.823513, -21.338009],
  [55.82473, -21.184441],
  [55.622471, -21.182913],
];
const POLARISATIONS = ['HH', 'HV', 'VH', 'VV'] as const;
const SATELLITES: readonly {
  /** As the old address names it; the service file's platform has the same name. */
  readonly sat: string;
  readonly title: string;
  readonly instrument: string;
  readonly from: number;
  readonly to: number;
  /** Days between two passes. */
  readonly repeat: number;
  readonly resolution: number;
}[] = [
  ['SENTINEL', 'Sentinel-1', 'SAR-C', '2015-05-07T14:52:40', '2025-05-01', 12, 15] as const,
  ['ALOS', 'ALOS PALSAR', 'PALSAR', '2006-10-05T19:21:16', '2019-03-01', 46, 20] as const,
  ['CSK', 'COSMO-SkyMed', 'SAR-2000', '2011-02-15T03:52:10', '2021-12-01', 16, 5] as const,
  ['TSX', 'TerraSAR-X', 'TSX-SAR', '2008-01-12T14:40:00', '2020-06-01', 11, 3] as const,
  ['ENVISAT', 'ENVISAT ASAR', 'ASAR', '2003-08-19T18:30:00', '2012-04-01', 35, 25] as const,
  ['RADARSAT2', 'RADARSAT-2', 'RS2-SAR', '2008-09-01T02:10:00', '2018-01-01', 24, 10] as const,
].map(([sat, title, instrument, from, to, repeat, resolution]) => ({
  sat,
  title,
  instrument,
  from: at(from),
  to: at(to),
  repeat,
  resolution,
}));
type Satellite = (typeof SATELLITES)[number];

/** What only one satellite has: its swath, its track or its beam. */
function viewOf(sat: string, n: number) {
  if (sat === 'SENTINEL') return { swath: ['S4', 'S6'][n % 2] ?? 'S4' };
  if (sat === 'ALOS') return { track: [66, 162, 539, 540, 514][n % 5] ?? 66 };
  if (sat !== 'CSK') return {};
  return { beam: ['H4-05', 'H4-09', 'H4-15', 'H4-18'][n % 4] ?? 'H4-05' };
}

/** The frame of the scenes, moved a little from pair to pair, anticlockwise. */
function frame(random: Random): Geometry {
  const east = random.number(-0.01, 0.01, 4);
  const north = random.number(-0.01, 0.01, 4);
  const ring = FRAME.map(([lon, lat]): Position => [round(lon + east, 6), round(lat + north, 6)]);
  return { type: 'Polygon', coordinates: [[...ring, ring[0] as Position]] };
}

function interferogram(random: Random, which: Satellite, n: number, master: number): Draft {
  const slave = master + which.repeat * random.int(1, 4) * DAY;
  const mode = random.pick(['Asc.', 'Des.']);
  const masterOrbit = 1000 + ((Math.floor((master - which.from) / DAY) * 14.5) % 90_000);
  const shortTitle = `${which.title} ${day(master)} / ${day(slave)} ${mode}`;
  return {
    ...wording('en', {
      en: {
        title: `Interferogram ${shortTitle}`,
        abstract: `Wrapped differential interferogram of Piton de la Fournaise, La Réunion, from two ${which.title} scenes.`,
      },
      fr: {
        title: `Interférogramme ${shortTitle}`,
        abstract: `Interférogramme différentiel enroulé du Piton de la Fournaise, La Réunion, de deux scènes ${which.title}.`,
      },
    }),
    ...period(master, slave),
    ...(n % 3 === 0 ? reunionPoint(SUMMIT, 2632) : point(SUMMIT, 2632)),
    footprint: frame(random),
    acquisition: 6,
    format: 6,
    product_level: 'product',
    resolution_m: which.resolution,
    platform: which.sat,
    instrument: [which.instrument],
    keywords: ['InSAR', 'interferogram', 'deformation', which.title],
    fields: {
      product: 'INTERFEROGRAM',
      sat: which.sat,
      master_date: stamp(master),
      slave_date: stamp(slave),
      mas_orb: Math.floor(masterOrbit),
      sla_orb: Math.floor((masterOrbit + random.int(150, 700)) % 99_999),
      mas_pol: POLARISATIONS[n % 4] ?? 'VV',
      sla_pol: POLARISATIONS[Math.floor(n / 4) % 4] ?? 'VV',
      mode,
      ah: random.number(-900, 900, 1),
      ...viewOf(which.sat, n),
    },
  };
}

const MONTHS = ['Jan', 'Feb', 'Mar', 'Apr', 'May', 'Jun', 'Jul', 'Aug', 'Sep', 'Oct', 'Nov', 'Dec'];

/** First and last day of an eruption, from its id: `Aug-Oct_2015` lasts until the end of October. */
export function eruptionPeriod(id: string): readonly [number, number] {
  const [months = '', year = ''] = id.split('_');
  const [first = '', last = first] = months.split('-');
  const month = (name: string) => (name === 'Mid' ? 5 : MONTHS.indexOf(name.slice(0, 3)));
  const begin = Date.UTC(Number(year), month(first), 5);
  const end = last === first ? begin + 18 * DAY : Date.UTC(Number(year), month(last), 28);
  return [begin, end];
}

/** A lava flow as a narrow polygon from the summit's flank downwards; `shape` gives its form. */
function flow(shape: Random): Geometry {
  const start: Position = [SUMMIT[0] + shape.number(-0.02, 0.02, 4), SUMMIT[1] + shape.number(-0.02, 0.02, 4)];
  const heading = shape.number(-0.9, 0.9, 3);
  const steps = shape.int(3, 7);
  const side = (sign: number): Position[] =>
    Array.from({ length: steps + 1 }, (_, step) => {
      const along = step * 0.008;
      const width = sign * (0.001 + 0.002 * Math.sin((Math.PI * (step + 0.5)) / (steps + 1)));
      const lon = start[0] + along * Math.cos(heading) - width * Math.sin(heading);
      const lat = start[1] + along * Math.sin(heading) + width * Math.cos(heading);
      return [round(lon, 6), round(lat, 6)] as const;
    });
  const right = side(-1);
  const left = side(1).reverse();
  return { type: 'Polygon', coordinates: [[...right, ...left, right[0] as Position]] };
}

function lavaMap(random: Random, eruption: string, sat: string | null): Draft {
  const [begin, end] = eruptionPeriod(eruption);
  const when = eruption.replace('_', ' ');
  const from = sat === null ? 'field mapping' : sat;
  return {
    ...wording('en', {
      en: {
        title: `Lava flow of ${when}, ${from}`,
        abstract: `Contour of the lava of the eruption ${when}, Piton de la Fournaise, La Réunion.`,
      },
      fr: {
        title: `Coulée de lave de ${when}, ${from}`,
        abstract: `Contour de la lave de l’éruption ${when}, Piton de la Fournaise, La Réunion.`,
      },
    }),
    ...days(begin, end),
    ...reunionPoint(
      [round(SUMMIT[0] + random.number(-0.02, 0.02, 4), 6), round(SUMMIT[1] + random.number(-0.02, 0.02, 4), 6)],
      2300,
    ),
    footprint: flow(random),
    authorization_: 0,
    acquisition: 6,
    format: 8,
    product_level: 'product',
    platform: sat,
    keywords: ['lava flow', 'eruption', 'Piton de la Fournaise'],
    fields: { product: 'LAVAMAP', eruption, ...(sat === null ? {} : { sat }) },
  };
}

/** Satellites that could have seen an eruption of that year. */
function satellitesOf(eruption: string): readonly (string | null)[] {
  const year = Number(eruption.split('_')[1]);
  if (year >= 2015) return ['SENTINEL', 'TSX', 'CSK'];
  if (year >= 2008) return ['TSX', 'CSK'];
  return year >= 2003 ? ['ENVISAT'] : [null];
}

function fixed(random: Random): Draft[] {
  const drafts = ERUPTIONS.flatMap((eruption) => satellitesOf(eruption).map((sat) => lavaMap(random, eruption, sat)));
  const start = [at('2015-05-07T14:52:40'), at('2015-01-20T19:21:16'), at('2015-01-09T03:52:10')];
  for (let n = 0; n < 60; n += 1) {
    const which = SATELLITES[n % 3] as Satellite;
    const master = (start[n % 3] ?? 0) + Math.floor(n / 3) * 11 * DAY;
    drafts.push({ ...interferogram(random, which, Math.floor(n / 3), master), authorization_: 0 });
  }
  return drafts;
}

export function oi2(random: Random): SeedService {
  return {
    name: 'oi2',
    fixed: fixed(random),
    row(index, own) {
      const which = own.pick(SATELLITES);
      const passes = Math.floor((which.to - which.from) / (which.repeat * DAY));
      const master = which.from + Math.floor(spread(index) * passes) * which.repeat * DAY;
      return interferogram(own, which, own.int(0, 39), master);
    },
  };
}
