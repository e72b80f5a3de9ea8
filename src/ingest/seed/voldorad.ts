// VOLDORAD in the demo catalogue: eruptive parameters per time window and range gate (parts of paroxysms of 1–6 h on Etna), raw spectra, campaigns.
import { at, DAY, type Draft, HOUR, MINUTE, near, period, point, type SeedService, wording } from './draft.ts';
import { type Random, spread } from './random.ts';
import { volcano } from './volcanoes.ts';

const RADAR_2B = { longitude: 15.003611, latitude: 37.718889, epsg: 4326, elevation: 2600 } as const;
const FIRST = at('2010-03-11T11:02:05');
const LAST = at('2022-06-30');

/** Paroxysms of Etna: begin and hours. The first four fill the window that the European gateway asks by default. */
export const PAROXYSMS: readonly (readonly [number, number])[] = [
  [at('2015-12-03T01:30'), 2],
  [at('2015-12-04T08:30'), 2],
  [at('2015-12-04T20:15'), 1],
  [at('2015-12-05T14:45'), 3],
  [at('2011-01-12T21:50'), 2],
  [at('2011-02-18T05:30'), 6],
  [at('2011-07-09T13:45'), 2],
  [at('2011-08-20T06:40'), 1],
  [at('2012-03-04T07:30'), 2],
  [at('2012-04-24T01:00'), 2],
  [at('2013-02-19T03:50'), 1],
  [at('2013-02-23T18:15'), 2],
  [at('2013-04-03T12:30'), 5],
  [at('2013-11-23T09:30'), 1],
  [at('2014-12-28T17:30'), 2],
  [at('2016-05-18T10:00'), 4],
  [at('2018-12-24T11:00'), 6],
  [at('2020-12-13T21:00'), 2],
  [at('2021-02-16T16:05'), 1],
  [at('2021-02-28T08:00'), 2],
  [at('2021-03-12T06:30'), 3],
  [at('2022-02-10T20:30'), 2],
];

const CAMPAIGNS: readonly {
  readonly volcano: string;
  readonly radar: string;
  readonly from: number;
  readonly days: number;
}[] = [
  { volcano: 'Etna', radar: 'VOLDORAD2', from: at('2001-07-04'), days: 30 },
  { volcano: 'Arenal', radar: 'VOLDORAD2', from: at('2004-02-10'), days: 20 },
  { volcano: 'Arenal', radar: 'VOLDORAD2', from: at('2005-02-08'), days: 20 },
  { volcano: 'Popocatepetl', radar: 'VOLDORAD2', from: at('2007-11-05'), days: 15 },
  { volcano: 'Yasur', radar: 'VOLDORAD2', from: at('2008-08-10'), days: 20 },
  { volcano: 'Arenal', radar: 'VOLDORAD2', from: at('2009-03-02'), days: 20 },
  { volcano: 'Stromboli', radar: 'VOLDORAD2', from: at('2012-10-01'), days: 12 },
  { volcano: 'Popocatepetl', radar: 'VOLDORAD1', from: at('2013-05-12'), days: 1200 },
];
const TARGETS: {
  readonly [id: string]: {
    readonly title: string;
    readonly position: readonly [number, number];
    readonly elevation: number;
  };
} = {
  Etna: { title: 'Etna', position: volcano('Etna').position, elevation: 2900 },
  Stromboli: { title: 'Stromboli', position: volcano('Stromboli').position, elevation: 918 },
  Arenal: { title: 'Arenal', position: [-84.703, 10.463], elevation: 700 },
  Popocatepetl: { title: 'Popocatépetl', position: [-98.622, 19.023], elevation: 4000 },
  Yasur: { title: 'Yasur', position: [169.447, -19.532], elevation: 280 },
};

interface Echo {
  readonly radar: string;
  readonly localization: string;
  readonly title: string;
  readonly begin: number;
  readonly end: number | null;
  readonly eruption: boolean;
}

/** Velocities in m/s and powers in dBm of one gate; an eruption's echo is stronger and faster. */
function echo(random: Random, eruption: boolean) {
  return {
    gate: random.int(1, 12),
    power_pos: eruption ? random.number(-85, -40, 1) : random.number(-105, -92, 1),
    power_neg: eruption ? random.number(-88, -45, 1) : random.number(-105, -92, 1),
    vmax_pos: eruption ? random.number(40, 320, 1) : random.number(1, 15, 1),
    vmax_neg: eruption ? random.number(20, 160, 1) : random.number(1, 12, 1),
  };
}

function parameters(random: Random, about: Echo): Draft {
  const values = echo(random, about.eruption);
  const when = new Date(about.begin).toISOString().slice(0, 16).replace('T', ' ');
  return {
    ...wording('en', {
      en: {
        title: `${about.title} ${when} UTC, ${about.radar} gate ${values.gate}`,
        abstract: about.eruption
          ? `Eruptive parameters of a paroxysm: echo power and radial velocity of ejecta in range gate ${values.gate}.`
          : `Echo power and radial velocity in range gate ${values.gate}, quiet period.`,
      },
      fr: {
        title: `${about.title} ${when} UTC, ${about.radar} porte ${values.gate}`,
        abstract: about.eruption
          ? `Paramètres éruptifs d’un paroxysme : puissance et vitesse radiale des éjectas dans la porte ${values.gate}.`
          : `Puissance et vitesse radiale dans la porte ${values.gate}, période calme.`,
      },
    }),
    ...period(about.begin, about.end),
    acquisition: 1,
    format: 1,
    product_level: about.eruption ? 'product' : 'validated',
    keywords: about.eruption ? ['Doppler radar', 'paroxysm', 'ejecta velocity'] : ['Doppler radar', 'background'],
    instrument: [about.radar],
    platform: about.radar === 'VOLDORAD2B' ? 'montagnola' : 'campaign',
    fields: {
      radar: about.radar,
      localization: about.localization,
      eruption: about.eruption,
      product: 'eruptive_parameters',
      ...values,
    },
  };
}

function etna(random: Random, begin: number, minutes: number | null, eruption: boolean): Draft {
  const end = minutes === null ? null : begin + minutes * MINUTE;
  const about = { radar: 'VOLDORAD2B', localization: 'Etna', title: 'Etna', begin, end, eruption };
  return { ...parameters(random, about), ...RADAR_2B };
}

function spectra(begin: number, hours: number): Draft {
  const when = new Date(begin).toISOString().slice(0, 13).replace('T', ' ');
  return {
    ...wording('en', {
      en: {
        title: `Raw spectra of VOLDORAD 2B, Etna, ${when} h UTC`,
        abstract: `Doppler spectra as acquired, one every 0.23 s over ${hours} h, binary; La Montagnola, Etna.`,
      },
      fr: {
        title: `Spectres bruts de VOLDORAD 2B, Etna, ${when} h UTC`,
        abstract: `Spectres Doppler acquis toutes les 0,23 s pendant ${hours} h, binaire ; La Montagnola, Etna.`,
      },
    }),
    ...period(begin, begin + hours * HOUR),
    ...RADAR_2B,
    acquisition: 1,
    format: 9,
    product_level: 'raw',
    keywords: ['Doppler radar', 'spectra'],
    instrument: ['VOLDORAD2B'],
    platform: 'montagnola',
    fields: { radar: 'VOLDORAD2B', localization: 'Etna', eruption: false, product: 'spectra' },
  };
}

function campaign(random: Random, begin: number, which: (typeof CAMPAIGNS)[number], eruption: boolean): Draft {
  const target = TARGETS[which.volcano];
  if (target === undefined) throw new RangeError(`no such target: ${which.volcano}`);
  const end = begin + random.int(2, 30) * MINUTE;
  const about = { radar: which.radar, localization: which.volcano, title: target.title, begin, end, eruption };
  return {
    ...parameters(random, about),
    ...point(near(target.position, 0.02, random), target.elevation),
    acquisition: 3,
  };
}

/** Rows of the default windows: every paroxysm of December 2015 in ten-minute parts, quiet hours, another radar, and May 2010's spectra. */
function fixed(random: Random): Draft[] {
  const drafts: Draft[] = [];
  for (const [begin, hours] of PAROXYSMS.slice(0, 4)) {
    for (let minute = 0; minute < hours * 60; minute += 20) {
      drafts.push({ ...etna(random, begin + minute * MINUTE, 20, true), authorization_: 0 });
    }
  }
  for (let hour = 0; hour < 140; hour += 12) {
    const draft = etna(random, at('2015-12-01T00:10') + hour * HOUR, 30, false);
    drafts.push({ ...draft, authorization_: 0 });
  }
  const popocatepetl = CAMPAIGNS[7];
  for (let hour = 0; hour < 96 && popocatepetl; hour += 24) {
    const draft = campaign(random, at('2015-12-02T06:00') + hour * HOUR, popocatepetl, hour === 48);
    drafts.push({ ...draft, authorization_: 0 });
  }
  for (let hour = 0; hour < 96; hour += 6) {
    drafts.push({ ...spectra(at('2010-05-08T10:30') + hour * HOUR, 2), authorization_: 0 });
  }
  return drafts;
}

/** The service's rows; `random` makes the fixed ones. */
export function voldorad(random: Random): SeedService {
  return {
    name: 'voldorad',
    fixed: fixed(random),
    row(index, own) {
      const kind = own.next();
      if (kind < 0.5) {
        const [begin, hours] = own.pick(PAROXYSMS);
        return etna(own, begin + own.int(0, hours * 60 - 10) * MINUTE, own.int(1, 10), true);
      }
      if (kind < 0.505) {
        // The last records before the radar was stopped were never closed: an open end.
        return etna(own, LAST - own.int(1, 48) * HOUR, null, false);
      }
      if (kind < 0.74) return etna(own, FIRST + spread(index) * (LAST - FIRST), own.int(5, 60), false);
      if (kind < 0.93) {
        const from = at('2009-08-01');
        const hour = Math.floor((spread(index) * (at('2018-03-31') - from)) / HOUR);
        return spectra(from + hour * HOUR, own.pick([1, 2, 6]));
      }
      const which = own.pick(CAMPAIGNS);
      return campaign(own, which.from + own.next() * which.days * DAY, which, own.chance(0.4));
    },
  };
}
