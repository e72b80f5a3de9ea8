// Files for partners who take them from a folder: every record in a format, dumps for AERIS, the pivot document of OZCAR with its data, file sets
// of EBAS, DOIs to be registered. What everybody may see and take; made one after another.
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { DataAccess } from '../data/data-access.ts';
import { ebas } from '../formats/codecs/ebas.ts';
import { zip } from '../formats/writers/zip.ts';
import type { Mappings } from '../mapping/mappings.ts';
import { createFindPlace } from '../mapping/place-names.ts';
import type { RecordFormat, RecordView } from '../model/format.ts';
import { FormatFault } from '../model/format-fault.ts';
import { EVERYTHING } from '../model/query.ts';
import type { CatalogRecord, Level } from '../model/record.ts';
import type { Service } from '../model/service.ts';
import { WHOLE } from '../model/table.ts';
import { inLanguage } from '../model/text.ts';
import { ANONYMOUS } from '../model/viewer.ts';
import { aerisDump } from './aeris-dump.ts';
import { ebasTable, ebasUse } from './ebas-table.ts';
import { datasetId, observationFiles, pivotDocument } from './ozcar-pivot.ts';
import { readSites } from './ozcar-series.ts';
import { registration } from './registration.ts';

export interface ExportParts {
  readonly catalogue: Catalogue;
  readonly data: DataAccess;
  readonly mappings: Mappings;
  readonly formats: readonly RecordFormat[];
  readonly view: RecordView;
  /** Absolute address of one of our paths. */
  readonly url: (path: string) => string;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Told of each record that could not be written, with the reason. */
  readonly refused: (record: CatalogRecord, reasons: readonly string[]) => void;
}

export interface ExportedFile {
  /** With folders, `/` between them. */
  readonly name: string;
  readonly content: string | AsyncIterable<string | Uint8Array>;
}

type Exporter = (services: readonly Service[], parts: ExportParts) => AsyncGenerator<ExportedFile>;

/** What is more than one file for each record. */
const SETS: { readonly [kind: string]: Exporter } = { aeris, datacite, ebas: ebasFiles, ozcar };

/** Names of what can be exported. */
export function exportKinds(formats: readonly RecordFormat[]): readonly string[] {
  return [...new Set([...Object.keys(SETS), ...formats.map(({ id }) => id)])].sort();
}

/** The files of a kind for these services; the kind is one of `exportKinds`. */
export function exportFiles(
  kind: string,
  services: readonly Service[],
  parts: ExportParts,
): AsyncGenerator<ExportedFile> {
  const set = Object.hasOwn(SETS, kind) ? SETS[kind] : undefined;
  return set === undefined ? records(kind, services, parts) : set(services, parts);
}

async function* every(
  services: readonly Service[],
  { catalogue }: ExportParts,
  levels: readonly Level[] = ['dataset', 'series'],
): AsyncGenerator<CatalogRecord> {
  for (const { name } of services) {
    const query = {
      ...EVERYTHING,
      services: [name],
      levels,
      sort: [{ key: 'identifier' as const, descending: false }],
      count: false,
    };
    for await (const found of catalogue.stream(query, ANONYMOUS)) yield* found;
  }
}

/** A name that every file system takes: `opgc:dynvolc:12` → `opgc-dynvolc-12`. */
const safe = (text: string): string => text.replace(/[^A-Za-z0-9._-]+/g, '-');
const formatOf = (id: string, formats: readonly RecordFormat[]): RecordFormat => {
  const found = formats.find((format) => format.id === id);
  if (found === undefined) throw new Error(`there is no format ${id}`);
  return found;
};

function textOf(record: CatalogRecord, format: RecordFormat, view: RecordView): { ending: string; text: string } {
  const text = format.write(record, view);
  if (/[/+]xml\b/.test(format.mediaType))
    return { ending: 'xml', text: `<?xml version="1.0" encoding="UTF-8"?>\n${text}\n` };
  return { ending: /[/+]json\b/.test(format.mediaType) ? 'json' : format.extension, text };
}

async function* records(id: string, services: readonly Service[], parts: ExportParts): AsyncGenerator<ExportedFile> {
  const format = formatOf(id, parts.formats);
  for await (const record of every(services, parts)) {
    const { ending, text } = textOf(record, format, parts.view);
    yield { name: `${record.service}/${safe(record.identifier)}.${ending}`, content: text };
  }
}

/** A dump of each service, and each of its records as ISO 19139 beside it. */
async function* aeris(services: readonly Service[], parts: ExportParts): AsyncGenerator<ExportedFile> {
  const { catalogue, view, clock } = parts;
  const format = formatOf('aeris', parts.formats);
  for (const service of services) {
    const content = aerisDump(service.name, ANONYMOUS, { catalogue, format, view, now: clock() });
    yield { name: `${service.name}.json`, content };
  }
  for await (const { name, content } of records('iso19139', services, parts))
    yield { name: `iso19139/${name}`, content };
}

/** XML and REST body for each DOI, and the list of addresses that they lead to. */
async function* datacite(services: readonly Service[], parts: ExportParts): AsyncGenerator<ExportedFile> {
  const { formats, view } = parts;
  const writers = { xml: formatOf('datacite', formats), json: formatOf('datacite-json', formats) };
  let list = 'doi\turl\n';
  for await (const record of every(services, parts)) {
    if (record.doi === null) continue;
    const made = registration(record, writers, view);
    if ('faults' in made) {
      parts.refused(record, made.faults);
      continue;
    }
    const name = safe(made.doi);
    list += `${made.doi}\t${made.url}\n`;
    yield { name: `${name}.xml`, content: made.xml };
    yield { name: `${name}.json`, content: made.json };
  }
  yield { name: 'dois.tsv', content: list };
}

async function* ozcar(services: readonly Service[], parts: ExportParts): AsyncGenerator<ExportedFile> {
  const { catalogue, data, clock, view, url } = parts;
  const findPlace = createFindPlace(parts.mappings.places);
  const titleOf = (site: string) => inLanguage(findPlace(site)?.name, view.language) || site;
  for (const service of services) {
    const { ozcar: producer } = service;
    if (producer === null) continue;
    const sites = await readSites(service, { catalogue, data, clock }, titleOf);
    const { producerId } = producer;
    const document = pivotDocument(service, producer, sites, {
      language: view.language,
      url,
      fileUrl: (file) => url(`/ozcar/${producerId}/${file}`),
    });
    yield { name: `${producerId}_${view.language}.json`, content: `${JSON.stringify(document, null, 2)}\n` };
    for (const site of sites) {
      const files = observationFiles(service, producer, site);
      if (files.length === 0) continue;
      yield { name: `${datasetId(producer, site.name)}.zip`, content: zip(packed(files), clock()) };
    }
  }
}

async function* packed(files: readonly { readonly name: string; readonly text: string }[]) {
  for (const { name, text } of files) yield { name, bytes: once(Buffer.from(text)) };
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

/** Files by the name that EBAS gives them, and `files.txt` with the names. */
async function* ebasFiles(services: readonly Service[], parts: ExportParts): AsyncGenerator<ExportedFile> {
  const names: string[] = [];
  for (const service of services) {
    if (service.actris?.ebas === undefined) continue;
    const withRows = new Set((await parts.data.records(service.name, ANONYMOUS)).map(({ record }) => record));
    for await (const record of every([service], parts, ['dataset'])) {
      if (!withRows.has(record.id)) continue;
      const made = await ebasFile(record, service, parts);
      if (made === null) continue;
      names.push(made.name);
      yield made;
    }
  }
  yield { name: 'files.txt', content: names.map((name) => `${name}\n`).join('') };
}

/** null: EBAS has no words for the record, or refuses its rows, which is told. */
async function ebasFile(record: CatalogRecord, service: Service, parts: ExportParts): Promise<ExportedFile | null> {
  const use = ebasUse(record, service);
  if (use === null || ebas.write === undefined) return null;
  const selection = { service: service.name, record: record.id, cut: WHOLE, limit: null };
  const table = await ebasTable(await parts.data.rows(selection, ANONYMOUS), record, use);
  const options = { now: parts.clock(), fileName: null, language: parts.view.language };
  try {
    const pieces: Uint8Array[] = [];
    for await (const piece of ebas.write(table, options)) pieces.push(piece);
    const text = Buffer.concat(pieces).toString('utf8');
    const name = /^File name:\s+(\S+)$/m.exec(text)?.[1] ?? `${safe(record.identifier)}.nas`;
    return { name, content: text };
  } catch (error) {
    if (!(error instanceof FormatFault)) throw error;
    parts.refused(record, [error.message]);
    return null;
  }
}
