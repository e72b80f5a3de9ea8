// `vobs check --inspire`: ISO 19139 records of the database, or of a document on the network, judged rule by rule.
import { readConfig } from '../config.ts';
import { type JudgedRecord, judgeIsoRecords, PACKS, type Pack, USUAL_PACKS } from '../formats/rules/iso-rules.ts';
import { EVERYTHING } from '../model/query.ts';
import { ANONYMOUS, type Viewer } from '../model/viewer.ts';
import { type CommandIo, type ExitCode, UsageFault } from './command.ts';

export interface CheckOptions {
  /** null: all records of the database. */
  readonly url: string | null;
  readonly packs: readonly Pack[];
}

/** Sees every record, the internal ones too: they are exported one day. */
const EVERYBODY: Viewer = { ...ANONYMOUS, metadataLevel: 3, dataLevel: 3, administrator: true };
const ACCEPT = 'application/vnd.iso.19139+xml, application/xml;q=0.9, text/xml;q=0.9, */*;q=0.1';
/** A document is read whole. */
const LONGEST = 100_000_000;
const PATIENCE_MS = 60_000;

/** Reads a list with commas; throws UsageFault. */
export function packsOf(list: string | undefined): readonly Pack[] {
  if (list === undefined) return USUAL_PACKS;
  return list.split(',').map((name) => {
    const pack = PACKS.find((known) => known === name.trim());
    if (pack === undefined) throw new UsageFault(`no pack '${name}'; there are: ${PACKS.join(', ')}`);
    return pack;
  });
}

export async function checkRecords({ url, packs }: CheckOptions, io: CommandIo): Promise<ExitCode> {
  const judged = url === null ? ofDatabase(packs, io) : ofDocument(url, packs);
  const broken = new Map<string, number>();
  let records = 0;
  let faults = 0;
  for await (const record of judged) {
    records++;
    for (const fault of record.faults) {
      faults++;
      const name = `${fault.pack} ${fault.rule}`;
      broken.set(name, (broken.get(name) ?? 0) + 1);
      io.stdout.write(`${record.identifier || '(no identifier)'}: ${name}: ${fault.demands}: ${fault.found}\n`);
    }
  }
  for (const [name, count] of [...broken].sort()) io.stdout.write(`${name}: ${count}\n`);
  io.stdout.write(`${records} records judged by ${packs.join(', ')}, ${faults} faults\n`);
  return records > 0 && faults === 0 ? 0 : 1;
}

async function* ofDocument(url: string, packs: readonly Pack[]): AsyncIterable<JudgedRecord> {
  if (!/^https?:\/\//.test(url)) throw new UsageFault('--url takes an address of http or https');
  const answer = await fetch(url, { headers: { Accept: ACCEPT }, signal: AbortSignal.timeout(PATIENCE_MS) });
  if (!answer.ok) throw new Error(`${url} answers ${answer.status}`);
  const text = await answer.text();
  if (text.length > LONGEST) throw new Error(`${url} gives more than ${LONGEST} characters`);
  yield* judgeIsoRecords(text, packs);
}

/** The documents are those that the server gives, with the links of its doors. */
async function* ofDatabase(packs: readonly Pack[], io: CommandIo): AsyncIterable<JudgedRecord> {
  const config = readConfig(io.environment);
  const { buildApp } = await import('./serve.ts');
  const { createLog } = await import('../http/log.ts');
  const { demandUpToDate, openCatalogue, openDatabase, syncMappings } = await import('./open-database.ts');
  const { createRecordFormats } = await import('../formats/record-formats.ts');
  const { loadMappings } = await import('../mapping/load.ts');
  const { openFileStore } = await import('../storage/files/open.ts');
  const mappings = loadMappings(config.mappings);
  const told = { info: (message: string) => void io.stderr.write(`vobs: ${message}\n`), warn: () => undefined };
  const database = await openDatabase(config, told);
  try {
    await demandUpToDate(database);
    await syncMappings(database, mappings, Date.now);
    const catalogue = await openCatalogue(database, mappings);
    const { links } = await buildApp(
      config,
      database,
      await openFileStore(config),
      catalogue,
      mappings,
      createLog('silent'),
    );
    const { services, site, codes, templates } = mappings;
    const iso = createRecordFormats(templates, { services }).find((format) => format.id === 'iso19139');
    if (iso === undefined) throw new Error('ISO 19139 is not registered');
    const view = { language: 'en', links: links.recordLinks, uri: links.uri, site, codes, sequence: 0 } as const;
    for await (const records of catalogue.stream({ ...EVERYTHING, count: false }, EVERYBODY)) {
      for (const record of records) yield* judgeIsoRecords(iso.write(record, view), packs);
    }
  } finally {
    await database.close();
  }
}
