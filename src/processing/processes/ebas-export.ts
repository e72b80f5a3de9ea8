// ebas-export: tables as a set of EBAS NASA Ames files in one archive.
import { codecNamed } from '../../formats/codecs/codecs.ts';
import { EBAS_KEYS, ebasAttribute } from '../../formats/codecs/ebas-keys.ts';
import { writeEbas } from '../../formats/codecs/ebas-write.ts';
import { type ZipEntry, zip } from '../../formats/writers/zip.ts';
import { AppError, SyntaxFault } from '../../model/errors.ts';
import type { JsonValue } from '../../model/json.ts';
import type { Attributes, Table } from '../../model/table.ts';
import { ZIP_FORMAT } from '../formats.ts';
import { complexOutput, INPUT, jsonOutput, several, sources } from '../ports.ts';
import { defineProcess, type RunContext, type Source } from '../process.ts';
import { refuse } from '../tables.ts';

/** `Station code=FR0030R` as an attribute. */
function keysOf(texts: readonly string[]): Attributes {
  const pairs = texts.map((text) => {
    const equals = text.indexOf('=');
    const key = text.slice(0, equals).trim();
    if (equals < 1 || !EBAS_KEYS.includes(key))
      throw refuse(
        'keys',
        `${text.slice(0, 100)}: Key=value is wanted, with a key of EBAS NASA Ames 1.1`,
        `${text.slice(0, 100)} : Clé=valeur est attendu, avec une clé d’EBAS NASA Ames 1.1`,
      );
    return [ebasAttribute(key), text.slice(equals + 1).trim()] as const;
  });
  return Object.fromEntries(pairs);
}

const withKeys = (table: Table, keys: Attributes): Table => ({
  ...table,
  metadata: { ...table.metadata, attributes: { ...table.metadata.attributes, ...keys } },
});

interface Exported {
  readonly input: string;
  readonly file: string | null;
  readonly fault: string | null;
}

/** The first piece holds the header, which has been checked when it comes. */
async function opened(source: Source, keys: Attributes, context: RunContext) {
  const pieces = writeEbas(withKeys(await source.table(), keys), { now: context.now, fileName: null, language: 'en' });
  const first = await pieces.next();
  const head = first.done ? new Uint8Array() : first.value;
  async function* bytes(): AsyncGenerator<Uint8Array> {
    yield head;
    yield* pieces;
  }
  const name = /^File name:\s+(\S+)\s*$/m.exec(new TextDecoder().decode(head))?.[1];
  return { name: name ?? null, bytes: bytes() };
}

/** The files that can be made, one after another; what cannot is told in `exported`. */
async function* filesOf(
  inputs: readonly Source[],
  keys: Attributes,
  exported: Exported[],
  context: RunContext,
): AsyncGenerator<ZipEntry> {
  const taken = new Set<string>();
  for (const [n, source] of inputs.entries()) {
    context.check();
    try {
      const { name, bytes } = await opened(source, keys, context);
      const plain =
        name ?? `${source.about.name.replace(/[^A-Za-z0-9._-]+/g, '_')}.${codecNamed('ebas')?.extension ?? 'nas'}`;
      const file = taken.has(plain) ? plain.replace(/(\.[^.]*)$/, `_${n + 1}$1`) : plain;
      taken.add(file);
      exported.push({ input: source.about.name, file, fault: null });
      yield { name: file, bytes };
    } catch (fault) {
      if (!(fault instanceof SyntaxFault || fault instanceof AppError)) throw fault;
      exported.push({ input: source.about.name, file: null, fault: fault.message });
    }
    context.progress((n + 1) / inputs.length);
  }
  const [first] = exported;
  if (exported.every(({ file }) => file === null) && first !== undefined)
    throw refuse('input', first.fault ?? '', first.fault ?? '');
}

export const ebasExport = defineProcess({
  id: 'ebas-export',
  version: '1.0.0',
  title: { en: 'Export to EBAS', fr: 'Export vers EBAS' },
  abstract: {
    en: 'Records or files as EBAS NASA Ames 1.1 files in one ZIP archive, each with the name that EBAS gives it. Header keys that an input lacks can be given; inputs that still miss mandatory ones are named in the report.',
    fr: 'Des notices ou fichiers en fichiers EBAS NASA Ames 1.1 dans une archive ZIP, chacun avec le nom qu’EBAS lui donne. Les clés d’en-tête qui manquent à une entrée peuvent être données ; les entrées auxquelles il en manque d’obligatoires sont nommées dans le rapport.',
  },
  keywords: ['EBAS', 'ACTRIS', 'export', 'NASA Ames'],
  inputs: {
    input: sources(INPUT, 50),
    keys: several(
      'string',
      {
        title: { en: 'Header keys', fr: 'Clés d’en-tête' },
        abstract: {
          en: 'Key=value, such as Station code=FR0030R; they stand above those of the inputs.',
          fr: 'Clé=valeur, comme Station code=FR0030R ; elles l’emportent sur celles des entrées.',
        },
      },
      60,
      { longest: 500 },
    ),
  },
  outputs: {
    files: complexOutput(
      {
        title: { en: 'Files', fr: 'Fichiers' },
        abstract: { en: 'ZIP archive of the files.', fr: 'Archive ZIP des fichiers.' },
      },
      [ZIP_FORMAT],
    ),
    report: jsonOutput({
      title: { en: 'Report', fr: 'Rapport' },
      abstract: {
        en: 'The file of each input, or why there is none.',
        fr: 'Le fichier de chaque entrée, ou pourquoi il n’y en a pas.',
      },
    }),
  },
  example: {
    input: [
      {
        kind: 'text',
        text: 'time,ozone\n2024-01-01T00:00:00Z,40.5\n2024-01-01T01:00:00Z,41.5\n2024-01-01T02:00:00Z,42.5\n',
        format: { mediaType: 'text/csv' },
      },
    ],
    keys: [
      'Station code=FR0030R',
      'Matrix=air',
      'Laboratory code=FR29L',
      'Instrument type=uv_abs',
      'Instrument name=uv_abs_01',
      'Method ref=FR29L_uv_abs',
      'Unit=nmol/mol',
    ].map((text) => ({ kind: 'text' as const, text })),
  },
  suits: ({ service, level }) => level === 'dataset' && service === 'copdd',
  run: async ({ input, keys }, context) => {
    const attributes = keysOf(keys);
    const exported: Exported[] = [];
    let isMade = false;
    async function* archive(): AsyncGenerator<Uint8Array> {
      yield* zip(filesOf(input, attributes, exported, context), context.now);
      isMade = true;
    }
    return {
      files: () => ({ kind: 'bytes', bytes: archive(), format: ZIP_FORMAT, name: 'ebas' }),
      report: async () => {
        if (!isMade) for await (const _piece of archive());
        const list: JsonValue = exported.map((each) => ({ ...each }));
        return { kind: 'json', value: { files: list }, name: 'report' };
      },
    };
  },
});
