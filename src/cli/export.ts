// vobs export: files for partners who take them from a folder.
import { createWriteStream } from 'node:fs';
import { mkdir } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import type { App } from '../app.ts';
import { type Config, readConfig } from '../config.ts';
import type { ExportedFile, ExportParts } from '../federation/exports.ts';
import type { Mappings } from '../mapping/mappings.ts';
import type { RecordView } from '../model/format.ts';
import type { Service } from '../model/service.ts';
import { LANGUAGES, type Language } from '../model/text.ts';
import type { Database } from '../storage/database.ts';
import { type Command, type CommandIo, type ExitCode, UsageFault } from './command.ts';
import { bringUpToDate, demandUpToDate, openCatalogue, openDatabase } from './open-database.ts';

const OPTIONS = {
  service: { type: 'string', multiple: true },
  lang: { type: 'string', default: 'en' },
} as const;

/** Refused records that are named one by one. */
const NAMED = 20;

function languageOf(text: string): Language {
  const found = LANGUAGES.find((language) => language === text);
  if (found === undefined) throw new UsageFault(`--lang is one of ${LANGUAGES.join(', ')}, not '${text}'`);
  return found;
}

function servicesOf(names: readonly string[] | undefined, { services }: Mappings): readonly Service[] {
  if (names === undefined) return services;
  return names.map((name) => {
    const found = services.find((service) => service.name === name);
    if (found === undefined)
      throw new UsageFault(`there is no service '${name}'; there are: ${services.map((one) => one.name).join(', ')}`);
    return found;
  });
}

function viewOf({ links }: Pick<App, 'links'>, { site, codes }: Mappings, language: Language): RecordView {
  return { language, links: links.recordLinks, uri: links.uri, site, codes, sequence: 0 };
}

async function write(folder: string, { name, content }: ExportedFile): Promise<void> {
  const path = join(folder, name);
  await mkdir(dirname(path), { recursive: true });
  await pipeline(Readable.from(typeof content === 'string' ? [content] : content), createWriteStream(path));
}

interface Order {
  readonly kind: string;
  readonly folder: string;
  readonly services: readonly string[] | undefined;
  readonly language: Language;
}

async function exportFrom(database: Database, config: Config, mappings: Mappings, order: Order, io: CommandIo) {
  const [
    { exportFiles, exportKinds },
    { createRecordFormats },
    { createDataAccess },
    { buildApp },
    { openFileStore },
    { createLog },
  ] = await Promise.all([
    import('../federation/exports.ts'),
    import('../formats/record-formats.ts'),
    import('../data/create-data-access.ts'),
    import('./serve.ts'),
    import('../storage/files/open.ts'),
    import('../http/log.ts'),
  ]);
  const formats = createRecordFormats(mappings.templates, { services: mappings.services });
  const kinds = exportKinds(formats);
  if (!kinds.includes(order.kind)) throw new UsageFault(`there is no '${order.kind}'; there are: ${kinds.join(', ')}`);
  const catalogue = await openCatalogue(database, mappings);
  const data = createDataAccess(database, { catalogue, services: mappings.services, clock: Date.now });
  const files = await openFileStore(config);
  const { links } = await buildApp(config, database, files, catalogue, mappings, createLog('silent'));
  let [written, refused] = [0, 0];
  const parts: ExportParts = {
    catalogue,
    data,
    mappings,
    formats,
    view: viewOf({ links }, mappings, order.language),
    url: links.url,
    clock: Date.now,
    refused: (record, reasons) => {
      refused += 1;
      if (refused <= NAMED) io.stderr.write(`${record.identifier}: ${reasons.join('; ')}\n`);
    },
  };
  for await (const file of exportFiles(order.kind, servicesOf(order.services, mappings), parts)) {
    await write(order.folder, file);
    written += 1;
  }
  if (refused > NAMED) io.stderr.write(`… and ${refused - NAMED} more\n`);
  io.stdout.write(
    `${written} files written to ${order.folder}${refused === 0 ? '' : `, ${refused} records refused`}\n`,
  );
  return refused === 0 ? 0 : 3;
}

async function run(args: readonly string[], io: CommandIo): Promise<ExitCode> {
  const { values, positionals } = parseArgs({ args: [...args], options: OPTIONS, allowPositionals: true });
  const [kind, folder, ...more] = positionals;
  if (kind === undefined || folder === undefined || more.length > 0)
    throw new UsageFault('what to export and a folder are wanted');
  const order = { kind, folder, services: values.service, language: languageOf(values.lang) };
  const config = readConfig(io.environment);
  const { loadMappings } = await import('../mapping/load.ts');
  const mappings = loadMappings(config.mappings);
  const say = (message: string) => io.stderr.write(`vobs: ${message}\n`);
  const told = { info: say, warn: say };
  const database = await openDatabase(config, told);
  try {
    if (database.kind === 'embedded') await bringUpToDate(database, told);
    else await demandUpToDate(database);
    return await exportFrom(database, config, mappings, order, io);
  } finally {
    await database.close();
  }
}

export const command: Command = {
  name: 'export',
  summary: 'Write records, dumps and file sets for partners',
  usage: 'export KIND FOLDER [--service NAME]... [--lang en|fr]',
  help: `Options
  --service NAME      Only this observation service; may stand several times
  --lang en|fr        Language of titles and texts

KIND is one of
  aeris               A JSON dump of each service, and each of its records as ISO 19139
  datacite            DataCite XML and REST body of each DOI that can be registered, and the list of the addresses that they lead to
  ebas                The rows of ACTRIS records as files of EBAS NASA Ames 1.1, by the names that EBAS gives them
  ozcar               The pivot document of Theia|OZCAR with an archive of data for each data set
  iso19139, actris …  Each record in that format; the formats are those of a record's page

What everybody may see and take is written. Addresses in the files begin with VOBS_BASE_URL. A DOI is refused, with the reason, where
DataCite would refuse it or nobody else could reach its landing page; the command then ends with 3.`,
  run,
};
