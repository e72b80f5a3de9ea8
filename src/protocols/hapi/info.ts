// What a data set is: its parameters and its description (HAPI 3.3, 3.6). What only the rows can tell (lengths of texts, keys of bins, the
// usual step) is read once and kept until the rows change.
import type { SeriesTables } from '../../data/series.ts';
import { printHapiTime } from '../../formats/syntax/hapi-time.ts';
import { abstractIn, titleIn } from '../../formats/writers/text.ts';
import type { Links } from '../../http/links.ts';
import { type FlagSet, type Table, WHOLE } from '../../model/table.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import { scopeOf, type Viewer } from '../../model/viewer.ts';
import type { Dataset } from './datasets.ts';
import { hapiFault } from './errors.ts';
import { type Parameter, parametersOf, trackOf } from './parameters.ts';

export interface Description {
  /** The rows as the data set has them, bins made. */
  readonly table: Table;
  readonly parameters: readonly Parameter[];
  /** What the description says besides version, status and parameters. */
  readonly members: { readonly [member: string]: unknown };
  /** Nanoseconds since 1970: what may be asked. */
  readonly start: bigint;
  readonly stop: bigint;
}

export interface InfoDependencies {
  readonly series: SeriesTables;
  readonly links: Links;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

const DAY = 86_400_000;
/** Rows that are looked at for the usual step and for a sample. */
const SAMPLE = 2000;

async function textLengths(table: Table): Promise<ReadonlyMap<string, number>> {
  const lengths = new Map<string, number>();
  for await (const { values } of table.chunks()) {
    table.columns.forEach(({ name, type }, n) => {
      if (type !== 'text' && type !== 'flags') return;
      for (const value of values[n] as readonly (string | null | FlagSet)[]) {
        const text = typeof value === 'string' ? value : (value ?? []).join(' ');
        lengths.set(name, Math.max(lengths.get(name) ?? 0, Buffer.byteLength(text)));
      }
    });
  }
  return lengths;
}

/** The times of the first rows, each once. */
async function firstTimes(table: Table): Promise<readonly number[]> {
  const times: number[] = [];
  const index = table.columns.findIndex(({ name }) => name === table.axis?.column);
  for await (const { values } of table.chunks()) {
    for (const at of values[index] as Float64Array) if (at !== times.at(-1) && !Number.isNaN(at)) times.push(at);
  }
  return times;
}

/** ISO 8601 duration of whole milliseconds. */
export function durationText(milliseconds: number): string {
  const seconds = (milliseconds % DAY) / 1000;
  const parts = [
    [Math.floor(seconds / 3600), 'H'],
    [Math.floor((seconds % 3600) / 60), 'M'],
    [Math.round((seconds % 60) * 1000) / 1000, 'S'],
  ] as const;
  const days = Math.floor(milliseconds / DAY);
  const clock = parts.map(([value, sign]) => (value === 0 ? '' : `${value}${sign}`)).join('');
  return `P${days === 0 ? '' : `${days}D`}${clock === '' ? '' : `T${clock}`}`;
}

/** The step that nine of ten rows have, to the millisecond; null: there is none. */
export function cadenceOf(times: readonly number[]): number | null {
  const counts = new Map<number, number>();
  for (let n = 1; n < times.length; n++) {
    const step = Math.round((times[n] as number) - (times[n - 1] as number));
    counts.set(step, (counts.get(step) ?? 0) + 1);
  }
  const [step = 0, count = 0] = [...counts].sort(([, a], [, b]) => b - a)[0] ?? [];
  return step > 0 && count >= 0.9 * (times.length - 1) ? step : null;
}

/** The last moment that may be asked, excluded: a series that still grows may be asked for until the day after tomorrow. */
function stopOf({ records, time, service }: Dataset, now: number): number {
  const isOpen = records.some((record) => record.time.kind === 'period' && record.time.end === null);
  const grows = isOpen && service.mode === 'realtime';
  const last = Math.floor(time.end) + 1;
  return grows ? Math.max(last, (Math.floor(now / DAY) + 2) * DAY) : last;
}

const nanoseconds = (milliseconds: number): bigint => BigInt(milliseconds) * 1_000_000n;

/** Do the records all stand at one place? */
function standStill({ records }: Dataset): boolean {
  const places = records.map(({ geometry }) => (geometry?.type === 'Point' ? geometry.coordinates.join() : ''));
  return places.every((place) => place === places[0]);
}

function placeMembers(dataset: Dataset, table: Table, parameters: readonly Parameter[]): object {
  const track = trackOf(table, parameters);
  if (track !== null) return { location: { parameters: [track] } };
  const { longitude, latitude, elevation } = table.metadata.station ?? {};
  if (typeof longitude !== 'number' || typeof latitude !== 'number' || !standStill(dataset)) return {};
  return { geoLocation: [longitude, latitude, ...(typeof elevation === 'number' ? [elevation] : [])] };
}

const NOTE = {
  en: (count: number) =>
    `${count} records of the catalogue are one series here; the parameter record tells which one a row is of. Where they overlap, the better product has the time, then the later record.`,
  fr: (count: number) =>
    `${count} notices du catalogue forment ici une série ; le paramètre record dit de laquelle vient une ligne. Là où elles se recouvrent, le meilleur produit a l’instant, puis la notice la plus récente.`,
};

/** Where more is said of the data: the record, or the service where several records are one series. */
function aboutMembers({ records, service, title }: Dataset, links: Links, language: Language): object {
  const [first, ...others] = records;
  const { licence, doi } = first;
  const contact = first.contacts.find(({ role }) => role === 'pointOfContact') ?? first.contacts[0];
  const updated = records
    .map((record) => record.updated)
    .toSorted()
    .at(-1);
  const isOne = others.length === 0;
  const citation = isOne ? doi : service.doi;
  return {
    description: isOne
      ? `${titleIn(first, language)}. ${abstractIn(first, language)}`
      : `${title(language)}. ${inLanguage(service.abstract, language)}`,
    ...(isOne ? {} : { note: NOTE[language](records.length) }),
    resourceURL: isOne ? links.uri(first) : links.uri({ service: service.name, id: 0, level: 'series' }),
    resourceID: isOne ? first.identifier : (first.parent ?? service.name),
    ...(citation === null ? {} : { datasetCitation: `https://doi.org/${citation}` }),
    licenseURL: licence.url,
    modificationDate: updated,
    ...(contact === undefined ? {} : { contact: [contact.organisation, contact.email].filter(Boolean).join(', ') }),
  };
}

export function createInfo({ series, links, clock }: InfoDependencies) {
  const kept = new Map<string, { readonly revision: string; readonly made: Promise<Description> }>();

  async function make(dataset: Dataset, viewer: Viewer, language: Language): Promise<Description> {
    const part = (variables: readonly string[], limit: number | null = null) =>
      series.rows(dataset.series, { ...WHOLE, variables }, viewer, limit);
    const { time, records } = dataset;
    const table = await series.rows(dataset.series, WHOLE, viewer);
    const texts = table.columns.filter(({ type }) => type === 'text' || type === 'flags').map(({ name }) => name);
    const [lengths, times] = await Promise.all([
      texts.length === 0 ? new Map<string, number>() : part(texts).then(textLengths),
      part([], SAMPLE).then(firstTimes),
    ]);
    const parameters = parametersOf(table, { lengths, language, withRecord: records.length > 1 });
    const start = Math.floor(time.start);
    const stop = stopOf(dataset, clock());
    const cadence = cadenceOf(times);
    const members = {
      startDate: printHapiTime(start),
      stopDate: printHapiTime(stop),
      timeStampLocation: table.axis?.end === null ? 'other' : 'begin',
      ...(cadence === null || cadence >= stop - start ? {} : { cadence: durationText(cadence) }),
      sampleStartDate: printHapiTime(start),
      sampleStopDate: printHapiTime(Math.floor(times.at(-1) ?? time.end) + 1),
      unitsSchema: 'udunits2',
      ...placeMembers(dataset, table, parameters),
      ...aboutMembers(dataset, links, language),
    };
    return { table, parameters, members, start: nanoseconds(start), stop: nanoseconds(stop) };
  }

  return {
    /** Kept until rows or records change, or the day. */
    of(dataset: Dataset, viewer: Viewer, language: Language): Promise<Description> {
      // The rows of a record are the same for all who may take them; several records are not the same for all.
      const id = `${dataset.id}\n${language}\n${dataset.records.length === 1 ? '' : scopeOf(viewer)}`;
      const version = `${dataset.revision}\n${Math.floor(clock() / DAY)}`;
      const known = kept.get(id);
      if (known?.revision === version) return known.made;
      if (kept.size >= 1000) kept.clear();
      const made = make(dataset, viewer, language);
      kept.set(id, { revision: version, made });
      made.catch(() => kept.delete(id));
      return made;
    },
    /** What was kept of it is not true any more. */
    forget: (dataset: Dataset): void => {
      for (const id of kept.keys()) if (id.startsWith(`${dataset.id}\n`)) kept.delete(id);
      series.forget(dataset.series);
    },
  };
}
export type Info = ReturnType<typeof createInfo>;

/** The asked parameters with the time before them. Throws 1407 for an unknown one, 1411 for another order or one that stands twice. */
export function chosenParameters(all: readonly Parameter[], asked: readonly string[] | null): readonly Parameter[] {
  if (asked === null) return all;
  const places = asked.map((name) => all.findIndex((parameter) => parameter.name === name));
  if (places.includes(-1)) {
    const list = all.map(({ name }) => name).join(', ');
    throw hapiFault(1407, { en: `there are: ${list}`, fr: `il y a : ${list}` });
  }
  for (let n = 1; n < places.length; n++) {
    if ((places[n] as number) <= (places[n - 1] as number)) {
      throw hapiFault(1411, { en: 'the order is that of info', fr: 'l’ordre est celui de info' });
    }
  }
  return all.filter((_, place) => place === 0 || places.includes(place));
}
