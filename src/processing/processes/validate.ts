// validate: a file against the rules of its format, or an ISO 19139 record against those of INSPIRE and GeoNetwork.

import { describeTable } from '../../data/tables/describe.ts';
import { writeEbas } from '../../formats/codecs/ebas-write.ts';
import { judgeIsoRecords } from '../../formats/rules/iso-rules.ts';
import type { ByteSource } from '../../model/byte-source.ts';
import { AppError, SyntaxFault } from '../../model/errors.ts';
import { FormatFault } from '../../model/format-fault.ts';
import type { JsonValue } from '../../model/json.ts';
import type { Localised } from '../../model/text.ts';
import { TABLE_INPUTS } from '../formats.ts';
import { anyContent, jsonOutput, literalOutput, preset } from '../ports.ts';
import { defineProcess, type RunContext, type Source } from '../process.ts';

interface Problem {
  readonly place: string;
  readonly message: Localised;
}

const LARGEST_XML = 20_000_000;

function placeOf(fault: SyntaxFault): string {
  if (!(fault instanceof FormatFault) || fault.place === null) return 'file';
  const [kind, value] = Object.entries(fault.place)[0] ?? ['file', ''];
  return `${kind} ${value}`;
}

const problemOf = (fault: unknown): Problem => {
  if (fault instanceof SyntaxFault) return { place: placeOf(fault), message: fault.detail };
  if (fault instanceof AppError) return { place: 'file', message: fault.faults[0]?.detail ?? fault.detail ?? {} };
  throw fault;
};

/** An XML document is told by its first sign. */
async function isXml(bytes: ByteSource): Promise<boolean> {
  const head = new TextDecoder().decode(await bytes.readAt(0, 100));
  return /^\uFEFF?\s*</.test(head);
}

async function textOf(bytes: ByteSource): Promise<string> {
  if (bytes.size > LARGEST_XML)
    throw new SyntaxFault(`larger than ${LARGEST_XML} bytes`, `plus de ${LARGEST_XML} octets`);
  return new TextDecoder().decode(await bytes.readAt(0, bytes.size));
}

async function judgeXml(bytes: ByteSource): Promise<JsonValue> {
  const records = judgeIsoRecords(await textOf(bytes));
  const problems = records.flatMap(({ identifier, faults }) =>
    faults.map(({ rule, pack, demands, found }) => ({
      place: identifier,
      message: { en: `${pack} ${rule}: ${found} (${demands})`, fr: `${pack} ${rule} : ${found} (${demands})` },
    })),
  );
  if (records.length === 0)
    problems.push({
      place: 'file',
      message: { en: 'there is no ISO 19139 record', fr: 'il n’y a pas de notice ISO 19139' },
    });
  return { valid: problems.length === 0, format: 'iso19139', records: records.length, problems };
}

/** Reads the file to its end, and, against EBAS, tries to write it: NILU's reader enforces what the writer does. */
async function judgeTable(source: Source, profile: string, context: RunContext): Promise<JsonValue> {
  const problems: Problem[] = [];
  let about: { readonly [name: string]: JsonValue } = {};
  try {
    const table = await source.table();
    const { rows, period, variables } = await describeTable(table);
    about = {
      rows,
      begin: period === null ? null : new Date(period.begin).toISOString(),
      end: period === null ? null : new Date(period.end).toISOString(),
      variables: variables.map(({ name, unit, standardName }) => ({ name, unit, standard_name: standardName })),
    };
    if (profile !== 'auto' && profile !== 'ebas' && source.format() !== profile)
      problems.push({
        place: 'file',
        message: {
          en: `it is ${source.format()}, not ${profile}`,
          fr: `c'est du ${source.format()}, pas du ${profile}`,
        },
      });
    if (profile === 'ebas' || source.format() === 'ebas')
      for await (const _piece of writeEbas(table, { now: context.now, fileName: null, language: 'en' }));
  } catch (fault) {
    problems.push(problemOf(fault));
  }
  const list = problems.map(({ place, message }) => ({
    place,
    message: { en: message.en ?? '', fr: message.fr ?? '' },
  }));
  return {
    valid: list.length === 0,
    format: list.length > 0 && Object.keys(about).length === 0 ? null : source.format(),
    profile,
    ...about,
    problems: list,
  };
}

export const validate = defineProcess({
  id: 'validate',
  version: '1.0.0',
  title: { en: 'Validation', fr: 'Validation' },
  abstract: {
    en: 'A data file against the rules of its format (told by its content) or of the profile asked, read to its last row; an ISO 19139 record against the rules of INSPIRE and GeoNetwork. The report names each fault with its place; a faulty file is no error of the process.',
    fr: 'Un fichier de données selon les règles de son format (reconnu par son contenu) ou du profil demandé, lu jusqu’à sa dernière ligne ; une notice ISO 19139 selon les règles d’INSPIRE et de GeoNetwork. Le rapport nomme chaque faute avec sa place ; un fichier fautif n’est pas une erreur du processus.',
  },
  keywords: ['validation', 'quality', 'EBAS', 'ICARTT', 'INSPIRE'],
  inputs: {
    input: anyContent(
      {
        title: { en: 'File', fr: 'Fichier' },
        abstract: {
          en: 'A data file, a record of this catalogue, or an ISO 19139 document.',
          fr: 'Un fichier de données, une notice de ce catalogue, ou un document ISO 19139.',
        },
      },
      [...TABLE_INPUTS, { id: 'xml', mediaType: 'application/xml' }, { id: 'xml', mediaType: 'text/xml' }],
    ),
    profile: preset(
      'string',
      'auto',
      {
        title: { en: 'Profile', fr: 'Profil' },
        abstract: {
          en: 'Rules to keep; auto: those of the format.',
          fr: 'Règles à respecter ; auto : celles du format.',
        },
      },
      { allowed: ['auto', 'nasa-ames', 'ebas', 'icartt', 'netcdf3', 'netcdf4', 'csv', 'json', 'ndjson', 'covjson'] },
    ),
  },
  outputs: {
    report: jsonOutput({
      title: { en: 'Report', fr: 'Rapport' },
      abstract: {
        en: 'Format, extent, and each fault with its place.',
        fr: 'Format, étendue, et chaque faute avec sa place.',
      },
    }),
    valid: literalOutput('boolean', {
      title: { en: 'Valid', fr: 'Valide' },
      abstract: { en: 'No fault was found.', fr: 'Aucune faute n’a été trouvée.' },
    }),
  },
  example: {
    input: [{ kind: 'text', text: 'time,temperature\n2024-01-01T00:00:00Z,5.5\n', format: { mediaType: 'text/csv' } }],
  },
  run: async ({ input, profile }, context) => {
    const { bytes } = input;
    const report =
      bytes !== null && (await isXml(bytes))
        ? await judgeXml(bytes).catch((fault: unknown): JsonValue => {
            const { place, message } = problemOf(fault);
            return {
              valid: false,
              format: 'xml',
              problems: [{ place, message: { en: message.en ?? '', fr: message.fr ?? '' } }],
            };
          })
        : await judgeTable(input, profile, context);
    const isValid = typeof report === 'object' && report !== null && 'valid' in report && report.valid === true;
    return {
      report: () => ({ kind: 'json', value: report, name: 'report' }),
      valid: () => ({ kind: 'literal', value: isValid }),
    };
  },
});
