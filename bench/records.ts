// The benchmark's catalogue: deterministic synthetic records, or those of a file of JSON lines (`--records FILE.jsonl`).
import { createReadStream } from 'node:fs';
import { createInterface } from 'node:readline';

export interface BenchRecord {
  readonly id: string;
  readonly service: string;
  readonly title: string;
  readonly description: string;
  readonly keywords: readonly string[];
  /** RFC 3339 */
  readonly begin: string;
  readonly end: string;
  readonly updated: string;
  /** west, south, east, north */
  readonly bbox: readonly [number, number, number, number];
  readonly instrument: string;
  readonly access: string;
  readonly format: string;
  readonly licence: string;
  readonly contact: { readonly organisation: string };
  readonly links: readonly { readonly rel: string; readonly type: string; readonly href: string }[];
}

const SITES: readonly (readonly [string, number, number])[] = [
  ['Etna', 14.993, 37.751],
  ['Stromboli', 15.213, 38.789],
  ['Piton de la Fournaise', 55.708, -21.244],
  ['Soufrière de Guadeloupe', -61.664, 16.044],
  ['Montagne Pelée', -61.165, 14.809],
  ['Popocatépetl', -98.622, 19.023],
  ['Arenal', -84.703, 10.463],
  ['Yasur', 169.447, -19.532],
  ['Sakurajima', 130.657, 31.593],
  ['Hekla', -19.666, 63.992],
  ['Fogo', -24.35, 14.95],
  ['Nyiragongo', 29.25, -1.52],
  ['puy de Dôme', 2.965, 45.772],
  ['Opme', 3.09, 45.71],
  ['Santorini', 25.396, 36.404],
  ['Karthala', 43.38, -11.75],
];
const SERVICES = [
  'radar',
  'thermal',
  'gas',
  'tephra',
  'lava',
  'seismic',
  'gnss',
  'insar',
  'lidar',
  'cloud',
  'aerosol',
  'ozone',
  'rain',
  'water',
  'magnetic',
  'gravity',
];
const QUANTITIES = [
  'velocity',
  'echo power',
  'radiance',
  'sulphur dioxide',
  'grain size',
  'tremor',
  'displacement',
  'backscatter',
  'humidity',
  'conductivity',
  'total field',
  'porosity',
];
const EVENTS = [
  'lava flow',
  'ash plume',
  'paroxysm',
  'degassing',
  'swarm',
  'dome growth',
  'lahar',
  'fumarole',
  'calm period',
  'fountain',
  'inflation',
  'landslide',
];
const INSTRUMENTS = [
  'Doppler radar',
  'infrared camera',
  'spectrometer',
  'disdrometer',
  'seismometer',
  'receiver',
  'gravimeter',
  'magnetometer',
];
const FORMATS = ['CSV', 'NetCDF', 'GeoTIFF', 'JSON'];
const DAY = 86_400_000;

/** mulberry32: a small generator whose sequence depends on its seed alone. */
export function randomOf(seed: number): () => number {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 4_294_967_296;
  };
}

const iso = (milliseconds: number) => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

/** Record i depends on i alone, so a smaller catalogue is a prefix of a larger one. */
export function recordAt(i: number): BenchRecord {
  const random = randomOf(i * 2_654_435_761 + 17);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
  const [place, longitude, latitude] = pick(SITES);
  const [service, quantity, event, instrument] = [pick(SERVICES), pick(QUANTITIES), pick(EVENTS), pick(INSTRUMENTS)];
  const west = longitude + (random() - 0.5) * 0.6;
  const south = latitude + (random() - 0.5) * 0.6;
  const begin = Date.UTC(1990, 0, 1) + Math.floor(random() * 13_000 * DAY);
  const end = begin + Math.floor(random() ** 4 * 900 * DAY);
  const hex = Math.floor(random() * 2 ** 32)
    .toString(16)
    .padStart(8, '0');
  const id = `${hex}-${(i >>> 16).toString(16).padStart(4, '0')}-4000-8000-${i.toString(16).padStart(12, '0')}`;
  return {
    id,
    service,
    title: `${quantity} at ${place} from a ${instrument}, ${iso(begin).slice(0, 10)} to ${iso(end).slice(0, 10)}`,
    description: `Hourly ${quantity} measured by a ${instrument} at ${place} during ${event}. Gaps shorter than one hour were interpolated; outliers were flagged and kept for later reprocessing.`,
    keywords: [service, quantity, event, place, 'volcanology'],
    begin: iso(begin),
    end: iso(end),
    updated: iso(end + Math.floor(random() * 400 * DAY)),
    bbox: [west, south, west + random() * 0.1, south + random() * 0.1].map((x) => Number(x.toFixed(5))) as [
      number,
      number,
      number,
      number,
    ],
    instrument,
    access: random() < 0.8 ? 'open' : 'restricted',
    format: pick(FORMATS),
    licence: 'CC-BY-4.0',
    contact: { organisation: `${service} team` },
    links: [
      { rel: 'download', type: 'CSV', href: `http://data.observatory.example/${service}/${id}` },
      { rel: 'describedby', type: 'text/html', href: `http://catalogue.observatory.example/records/${id}` },
    ],
  };
}

/** The first `count` records of the file, or of the generator when there is no file. */
export async function* records(count: number, file: string | null): AsyncGenerator<BenchRecord> {
  if (file === null) {
    for (let i = 0; i < count; i++) yield recordAt(i);
    return;
  }
  let read = 0;
  for await (const line of createInterface({ input: createReadStream(file) })) {
    if (read++ >= count) return;
    yield JSON.parse(line) as BenchRecord;
  }
}
