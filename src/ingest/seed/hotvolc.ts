// HOTVOLC in the demo catalogue: ash, SO2 and thermal images of the watched zones (a zone's box as footprint) and time series of single volcanoes.
import { at, type Draft, HOUR, MINUTE, period, point, rectangle, type SeedService, wording } from './draft.ts';
import { type Random, spread } from './random.ts';
import { VOLCANOES, type Volcano, volcano, ZONES } from './volcanoes.ts';

const FIRST = at('2010-05-06');
const LAST = at('2025-06-01');
const SLOT = 15 * MINUTE;

const PRODUCTS: readonly {
  readonly type: string;
  readonly ddss: string;
  readonly image: boolean;
  readonly en: string;
  readonly fr: string;
}[] = [
  { type: 'IMASH', ddss: 'WP11-DDSS-047', image: true, en: 'Ash image', fr: 'Image de cendres' },
  { type: 'IMSO2', ddss: 'WP11-DDSS-047', image: true, en: 'SO2 image', fr: 'Image de SO2' },
  { type: 'TSASH', ddss: 'WP11-DDSS-047', image: false, en: 'Ash cloud series', fr: 'Série du nuage de cendres' },
  { type: 'TSSO2', ddss: 'WP11-DDSS-047', image: false, en: 'SO2 cloud series', fr: 'Série du nuage de SO2' },
  { type: 'IMHOT', ddss: 'WP11-DDSS-049', image: true, en: 'Hot-spot image', fr: 'Image de points chauds' },
  { type: 'IMRAD', ddss: 'WP11-DDSS-049', image: true, en: 'Radiance image', fr: 'Image de luminance' },
  {
    type: 'TSTSR',
    ddss: 'WP11-DDSS-049',
    image: false,
    en: 'Total spectral radiance',
    fr: 'Luminance spectrale totale',
  },
  { type: 'TSVFR', ddss: 'WP11-DDSS-049', image: false, en: 'Volume flow rate', fr: 'Débit volumique' },
  { type: 'TSHOT', ddss: 'WP11-DDSS-049', image: false, en: 'Number of hot spots', fr: 'Nombre de points chauds' },
  { type: 'TSRAD', ddss: 'WP11-DDSS-049', image: false, en: 'Thermal state', fr: 'État thermique' },
];
type Product = (typeof PRODUCTS)[number];

function words(product: Product, target: Volcano, begin: number) {
  const when = new Date(begin).toISOString().slice(0, 16).replace('T', ' ');
  const zone = target.zone.replaceAll('_', ' ');
  return wording('en', {
    en: {
      title: `${product.en} ${product.type}, ${target.title}, ${when} UTC`,
      abstract: product.image
        ? `${product.en} from MSG-SEVIRI, zone ${zone}, one picture of the 15 min repeat cycle, GeoTIFF.`
        : `${product.en} of ${target.title} from MSG-SEVIRI pictures every 15 min, text.`,
    },
    fr: {
      title: `${product.fr} ${product.type}, ${target.title}, ${when} UTC`,
      abstract: product.image
        ? `${product.fr} de MSG-SEVIRI, zone ${zone}, une image du cycle de 15 min, GeoTIFF.`
        : `${product.fr} de ${target.title} d’après les images MSG-SEVIRI toutes les 15 min, texte.`,
    },
  });
}

/** What the product measures, by its kind: cloud area in km², radiance in W/m²/sr/µm, hot pixels, brightness temperature difference in K. */
function measured(which: Product, random: Random) {
  if (which.type.endsWith('ASH')) return { area: random.int(10, 90_000), btd_min: random.number(-9, -0.5, 1) };
  if (which.type.endsWith('SO2')) return { area: random.int(10, 60_000) };
  if (which.type.endsWith('HOT')) return { hot_pixels: random.int(1, 60), radiance: random.number(0.4, 12, 2) };
  return { radiance: random.number(0.4, 12, 2) };
}

function product(which: Product, target: Volcano, begin: number, hours: number, random: Random): Draft {
  const box = ZONES[target.zone];
  if (box === undefined) throw new RangeError(`no such zone: ${target.zone}`);
  return {
    ...words(which, target, begin),
    ...point(target.position, target.summit),
    // A picture covers its zone; a series belongs to the volcano's point.
    footprint: which.image ? rectangle(...box) : null,
    ...period(begin, which.image ? begin + SLOT : begin + hours * HOUR),
    acquisition: 5,
    format: which.image ? 6 : 3,
    product_level: which.image ? 'raw' : 'product',
    resolution_m: which.image ? 3000 : null,
    keywords: which.ddss.endsWith('047')
      ? ['volcanic ash', 'SO2', 'MSG-SEVIRI']
      : ['hot spot', 'thermal', 'MSG-SEVIRI'],
    instrument: ['SEVIRI'],
    platform: 'msg',
    fields: { zone: target.zone, volcano: target.id, type: which.type, ddss: which.ddss, ...measured(which, random) },
  };
}

/** Rows of the default windows (Iceland in May 2010, Etna on the morning of 19 July 2019), then each volcano with each product once. */
function fixed(random: Random): Draft[] {
  const drafts: Draft[] = [];
  const iceland = ['Eyjafjallajokull', 'Eyjafjallajokull', 'Eyjafjallajokull', 'Katla', 'Hekla'];
  for (let n = 0; n < 80; n += 1) {
    const which = PRODUCTS[n % 4];
    const target = volcano(iceland[n % iceland.length] ?? 'Katla');
    if (which)
      drafts.push({ ...product(which, target, FIRST + n * 9 * HOUR + (n % 4) * SLOT, 6, random), authorization_: 0 });
  }
  for (let n = 0; n < 36; n += 1) {
    const which = PRODUCTS[4 + (n % 6)];
    const target = volcano(n % 9 === 8 ? 'Stromboli' : 'Etna');
    const begin = at('2019-07-19T04:00') + Math.floor(n / 3) * SLOT;
    if (which) drafts.push({ ...product(which, target, begin, 1, random), authorization_: 0 });
  }
  VOLCANOES.forEach((target, n) => {
    PRODUCTS.forEach((which, m) => {
      const begin = FIRST + Math.floor((spread(n * 10 + m + 1) * (LAST - FIRST)) / SLOT) * SLOT;
      drafts.push(product(which, target, begin, 12, random));
    });
  });
  return drafts;
}

export function hotvolc(random: Random): SeedService {
  return {
    name: 'hotvolc',
    fixed: fixed(random),
    row(index, own) {
      const begin = FIRST + Math.floor((spread(index) * (LAST - FIRST)) / SLOT) * SLOT;
      return product(own.pick(PRODUCTS), own.pick(VOLCANOES), begin, own.pick([1, 6, 12, 24]), own);
    },
  };
}
