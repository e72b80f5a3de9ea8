// Files of the demo records: interferograms and coherences (GeoTIFF) with their pictures, contours of lava flows (GeoJSON), photographs of rock
// samples (PNG), some files of the instrumented site (NASA Ames). Few distinct bytes, so that the store is filled in no time.
import type { MetadataInput } from '../../mapping/row.ts';
import type { FileStore, StoredFile } from '../../model/file-store.ts';
import type { AssetInput } from '../../storage/assets.ts';
import { at, DAY, HOUR } from './draft.ts';
import { pngBytes } from './png-bytes.ts';
import { type Random, rowRandom, SEED } from './random.ts';
import { tiffBytes } from './tiff-bytes.ts';

type File = Omit<AssetInput, 'service' | 'record'>;
type Put = (key: string, make: () => Uint8Array) => Promise<StoredFile>;

const PATTERNS = 6;
const ROCKS = 5;
const SIDE = 96;
/** Piton de la Fournaise, outer edges of the scenes. */
const SCENE = [55.62104, -21.338009, 55.82473, -21.182913] as const;
/** Every so many rock samples have a photograph; so many records of the instrumented site have their file. */
const PHOTOGRAPHED = 4;
const SITE_FILES = 12;
const TIFF = 'image/tiff; application=geotiff';

/** Displacement in fringes at a place of the scene, 0 to 1 from the north-west. */
function fringes(pattern: number): (x: number, y: number) => number {
  const random = rowRandom(SEED, 'fringes', pattern);
  const [cx, cy] = [random.number(0.35, 0.65, 3), random.number(0.35, 0.65, 3)];
  const [height, width, ramp] = [random.number(2, 7, 2), random.number(0.02, 0.08, 3), random.number(-1, 1, 2)];
  return (x, y) => height * Math.exp(-((x - cx) ** 2 + (y - cy) ** 2) / width) + ramp * (x + y);
}

/** Phase in radians, −π to π. */
const wrapped = (turns: number): number => (turns - Math.round(turns)) * 2 * Math.PI;

function raster(value: (x: number, y: number) => number): Uint8Array {
  const values = Float32Array.from({ length: SIDE * SIDE }, (_, n) =>
    value(((n % SIDE) + 0.5) / SIDE, (Math.floor(n / SIDE) + 0.5) / SIDE),
  );
  return tiffBytes({ width: SIDE, height: SIDE, values, bounds: SCENE });
}

function cyclePicture(pattern: number): Uint8Array {
  const turns = fringes(pattern);
  const size = SIDE * 2;
  return pngBytes(size, size, (x, y) => {
    const phase = wrapped(turns(x / size, y / size));
    const shade = (shift: number) => Math.round(127.5 + 127.5 * Math.cos(phase + shift));
    return [shade(0), shade(2.0944), shade(4.1888)];
  });
}

/** A grey stone with vesicles on a dark table. */
function rockPicture(variant: number): Uint8Array {
  const random = rowRandom(SEED, 'rock', variant);
  const holes = Array.from({ length: 30 }, () => [random.next(), random.next(), 0.01 + 0.03 * random.next()] as const);
  const grain = Array.from({ length: 4096 }, () => random.int(-14, 14));
  return pngBytes(200, 150, (x, y) => {
    const [u, v] = [x / 200, y / 150];
    const noise = grain[(x * 31 + y * 57) & 4095] ?? 0;
    const radius = Math.hypot((u - 0.5) / 0.42, (v - 0.52) / 0.38) + 0.04 * Math.sin(9 * Math.atan2(v - 0.5, u - 0.5));
    if (radius > 1) return [24 + noise / 4, 26 + noise / 4, 30 + noise / 4].map(Math.round) as [number, number, number];
    const hole = holes.some(([a, b, size]) => Math.hypot(u - a, v - b) < size);
    const light = (hole ? 46 : 128) - 50 * radius * (v + u) + noise;
    return [light + 10, light + 4, light].map((part) => Math.max(0, Math.min(255, Math.round(part)))) as [
      number,
      number,
      number,
    ];
  });
}

function contourText({ footprint, fields, date_b, date_e }: MetadataInput): string {
  const properties = { eruption: fields?.eruption ?? null, begin: date_b ?? null, end: date_e ?? null };
  return `${JSON.stringify({ type: 'FeatureCollection', features: [{ type: 'Feature', properties, geometry: footprint ?? null }] })}\n`;
}

/** NASA Ames 1001: one day of hourly values. */
function siteText({ name, date_b }: MetadataInput, random: Random): string {
  const day = at(date_b ?? '2020-01-01');
  const date = (ms: number) => new Date(ms).toISOString().slice(0, 10).replaceAll('-', ' ');
  const rows = Array.from({ length: 24 }, (_, hour) => {
    const temperature = 8 + 5 * Math.sin(((hour - 9) * Math.PI) / 12) + random.number(-0.5, 0.5, 2);
    const humidity = hour === 13 ? 9999 : 70 - 4 * (temperature - 8) + random.number(-3, 3, 1);
    return `${(hour * HOUR) / 1000} ${temperature.toFixed(2)} ${humidity.toFixed(1)}`;
  });
  const head = [
    '17 1001',
    'Data centre',
    'Observatoire de Physique du Globe de Clermont-Ferrand',
    `Instrumented site: ${name ?? 'meteorology'}`,
    'CO-PDD',
    '1 1',
    `${date(day)} ${date(day + DAY)}`,
    '3600',
    'Time in UT seconds from 0000 hours on the data date',
    '2',
    '1 1',
    '999.99 9999',
    'Air temperature (degC)',
    'Relative humidity (%)',
    '0',
    '1',
    'time temperature humidity',
  ];
  return `${[...head, ...rows].join('\n')}\n`;
}

const compact = (text: unknown): string =>
  String(text ?? '')
    .replace(/[^0-9]/g, '')
    .slice(0, 8);

async function interferogramFiles(input: MetadataInput, put: Put): Promise<readonly File[]> {
  const { id = 0, fields = {} } = input;
  const pattern = id % PATTERNS;
  const name = `${String(fields?.sat ?? 'SAR')}_${compact(fields?.master_date)}_${compact(fields?.slave_date)}`;
  const turns = fringes(pattern);
  const phase = await put(`inw ${pattern}`, () => raster((x, y) => wrapped(turns(x, y))));
  const picture = await put(`cycle ${pattern}`, () => cyclePicture(pattern));
  const files: File[] = [
    { ...phase, name: `${name}_inw.tif`, role: 'data', mediaType: TIFF },
    { ...picture, name: `${name}.png`, role: 'overview', mediaType: 'image/png' },
  ];
  if (id % 3 > 0) return files;
  const coherence = await put(`coh ${pattern % 2}`, () =>
    raster((x, y) => 0.6 + 0.35 * Math.sin(7 * x + (pattern % 2)) * Math.cos(5 * y)),
  );
  return [...files, { ...coherence, name: `${name}_coh.tif`, role: 'data', mediaType: TIFF }];
}

async function filesOf(input: MetadataInput, put: Put): Promise<readonly File[]> {
  const { service, id = 0, fields } = input;
  if (service === 'oi2' && fields?.product === 'INTERFEROGRAM') return interferogramFiles(input, put);
  if (service === 'oi2' && fields?.product === 'LAVAMAP') {
    const text = contourText(input);
    const stored = await put(text, () => Buffer.from(text));
    return [
      { ...stored, name: `lava-${String(fields?.eruption)}.geojson`, role: 'data', mediaType: 'application/geo+json' },
    ];
  }
  if (service === 'dynvolc' && id % PHOTOGRAPHED === 0) {
    const variant = (id / PHOTOGRAPHED) % ROCKS;
    const stored = await put(`rock ${variant}`, () => rockPicture(variant));
    return [{ ...stored, name: `sample-${id}.png`, role: 'overview', mediaType: 'image/png' }];
  }
  if (service === 'copdd' && id <= SITE_FILES) {
    const text = siteText(input, rowRandom(SEED, 'site file', id));
    const stored = await put(text, () => Buffer.from(text));
    return [{ ...stored, name: `copdd-${id}.na`, role: 'data', mediaType: 'text/plain; charset=utf-8' }];
  }
  return [];
}

/** Puts the files of these records into the store and gives what the catalogue needs to know of them. */
export async function seedFiles(store: FileStore, inputs: Iterable<MetadataInput>): Promise<readonly AssetInput[]> {
  const known = new Map<string, Promise<StoredFile>>();
  const put: Put = (key, make) => {
    const found =
      known.get(key) ??
      store.put(
        (async function* whole() {
          yield make();
        })(),
      );
    known.set(key, found);
    return found;
  };
  const assets: AssetInput[] = [];
  for (const input of inputs) {
    const { service, id: record = 0 } = input;
    for (const file of await filesOf(input, put)) assets.push({ service, record, ...file });
  }
  return assets;
}
