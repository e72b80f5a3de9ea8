// `vobs check`: every fault of the mapping documents, with file, place and reason; with --inspire every rule that a record breaks.
import { parseArgs } from 'node:util';
import { readConfig } from '../config.ts';
import { createRecordFormats } from '../formats/record-formats.ts';
import { TemplateFault } from '../formats/writers/xml-template.ts';
import { type CheckTemplates, checkMappings } from '../mapping/check-mappings.ts';
import { faultLine, type MappingFault } from '../mapping/fault.ts';
import { readMappingFiles } from '../mapping/read-files.ts';
import { createSchemas } from '../mapping/schemas.ts';
import type { Command } from './command.ts';
import { UsageFault } from './command.ts';

export const command: Command = {
  name: 'check',
  summary: 'check the mapping documents, or the records by the rules of INSPIRE',
  usage: 'check [DIRECTORY]\ncheck --inspire [--url URL] [--packs LIST]',
  help: `Options
  --inspire     Judge ISO 19139 records by rules beyond the schema; without --url all records of the database
  --url URL     Judge the records of that document: one record, or an answer of CSW or OAI-PMH
  --packs LIST  Which rules, with commas: inspire, geonetwork, datacite (default: inspire,geonetwork)

With --inspire prints one line for each rule that a record breaks: identifier, rule, what it demands, what was found; then how many records
were judged. Ends with 0 when none is broken, else with 1.

DIRECTORY is a folder with site.json, codes.json, places.json, services/*.json and the XML templates; without it that of
VOBS_MAPPINGS. Prints one line a fault: file, JSON pointer, reason. Ends with 0 when there is none, else with 1.`,
  async run(args, io) {
    const { positionals, values } = parseArgs({
      args: [...args],
      allowPositionals: true,
      options: { inspire: { type: 'boolean', default: false }, url: { type: 'string' }, packs: { type: 'string' } },
    });
    if (values.inspire) {
      if (positionals.length > 0) throw new UsageFault('--inspire takes no directory');
      const { checkRecords, packsOf } = await import('./check-records.ts');
      return checkRecords({ url: values.url ?? null, packs: packsOf(values.packs) }, io);
    }
    if (values.url !== undefined || values.packs !== undefined)
      throw new UsageFault('--url and --packs need --inspire');
    if (positionals.length > 1) throw new UsageFault('one directory at most');
    const directory = positionals[0] ?? readConfig(io.environment).mappings;
    const files = readMappingFiles(directory);
    const faults = checkMappings(files, createSchemas(), checkTemplates);
    for (const fault of faults) io.stdout.write(`${faultLine(fault)}\n`);
    const count = files.documents.size + files.templates.size;
    io.stdout.write(
      faults.length === 0 ? `${count} files, no fault\n` : `${faults.length} fault(s) in ${count} files\n`,
    );
    return faults.length === 0 ? 0 : 1;
  },
};

/** Compiles what the writers compile. The compiler stops at the first fault: its file is then set aside, and the rest tried again. */
const checkTemplates: CheckTemplates = (templates) => {
  const rest = new Map(templates);
  const faults = new Map<string, MappingFault>();
  for (;;) {
    try {
      createRecordFormats(rest);
      return [...faults.values()];
    } catch (error) {
      if (!(error instanceof TemplateFault)) throw error;
      if (faults.has(error.file)) return [...faults.values()];
      const reason = error.message.replace(`${error.file}:`, 'line ');
      faults.set(error.file, { file: error.file, pointer: '', reason });
      rest.set(error.file, '<set-aside/>');
    }
  }
};
