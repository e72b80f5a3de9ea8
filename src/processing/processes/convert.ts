// convert: a table from one format to another.

import { withHistory } from '../../data/tables/provenance.ts';
import { validValues, withoutFlags } from '../../data/tables/valid-values.ts';
import { cfTime } from '../../formats/codecs/cf-time.ts';
import { codecNamed } from '../../formats/codecs/codecs.ts';
import type { JsonValue } from '../../model/json.ts';
import type { Chunk, Column, Table, Values } from '../../model/table.ts';
import { codecFormat, tableOutputs } from '../formats.ts';
import { BBOX, complexOutput, DATETIME, INPUT, jsonOutput, optional, preset, source, VARIABLES } from '../ports.ts';
import { defineProcess, type RunContext } from '../process.ts';
import { counted, cutTable, refuse } from '../tables.ts';

/** Names of `target` that are not those of codecs. */
const TARGETS: { readonly [name: string]: string } = { netcdf: 'netcdf3' };
const NAMES = [
  'csv',
  'netcdf',
  'netcdf4',
  'geojson',
  'covjson',
  'json',
  'ndjson',
  'parquet',
  'nasa-ames',
  'ebas',
  'icartt',
];

/** The format that `target` names, which a format asked of the output must not contradict. */
function targetOf(target: string | null, asked: string | null): string {
  const named = target === null ? null : (TARGETS[target] ?? target);
  if (named === null) return asked ?? 'csv';
  if (asked !== null && codecFormat(asked).mediaType !== codecFormat(named).mediaType)
    throw refuse(
      'target',
      `contradicts the format asked of the result (${asked})`,
      `contredit le format demandé du résultat (${asked})`,
    );
  return named;
}

/** Times as numbers in the unit of the source: `seconds since 2024-01-01 00:00:00 UTC`. */
function sourceTimes(table: Table): Table {
  const scales = table.columns.map((column) =>
    column.type === 'time' && column.unit !== null ? cfTime(column.unit, undefined) : null,
  );
  const columns = table.columns.map((column, n): Column => (scales[n] ? { ...column, type: 'number' } : column));
  async function* chunks(): AsyncGenerator<Chunk> {
    for await (const chunk of table.chunks()) {
      const values = chunk.values.map((own, n): Values => {
        const scale = scales[n];
        if (!scale || !(own instanceof Float64Array)) return own;
        return own.map((at) => Number(((at - scale.origin) / scale.unit).toPrecision(15)));
      });
      yield { rows: chunk.rows, values };
    }
  }
  return { ...table, columns, chunks };
}

function reportOf(table: Table, read: string, target: string, rows: number, missing: readonly number[]): JsonValue {
  const codec = codecNamed(target);
  const renamed = table.columns.flatMap(({ name, attributes }) => {
    const original = attributes.nasa_ames_vname ?? attributes.icartt_vname ?? attributes.original_name;
    return typeof original === 'string' && original !== name ? [{ from: original, to: name }] : [];
  });
  return {
    read_as: read,
    written_as: target,
    rows,
    variables: table.columns.map(({ name, unit, type }, n) => ({ name, type, unit, missing: missing[n] ?? 0 })),
    renamed,
    left_out: (codec?.loses(table) ?? []).map(({ en = '' }) => en),
  };
}

async function reshaped(
  table: Table,
  flags: string,
  times: string,
  target: string,
  context: RunContext,
): Promise<Table> {
  const flagged = flags === 'keep' ? table : withoutFlags(flags === 'apply' ? validValues(table) : table);
  const timed = times === 'source' && target === 'csv' ? sourceTimes(flagged) : flagged;
  return withHistory(timed, context.now, `converted to ${target} by vobs`);
}

export const convert = defineProcess({
  id: 'convert',
  version: '1.0.0',
  title: { en: 'Format conversion', fr: 'Conversion de format' },
  abstract: {
    en: 'Rows or a file in another format: NASA Ames, EBAS, ICARTT, NetCDF, CSV, JSON, GeoJSON, CoverageJSON, Parquet. EBAS and ICARTT need header keys: those that are missing are named. The report says what was read and what the new format cannot hold.',
    fr: 'Des lignes ou un fichier dans un autre format : NASA Ames, EBAS, ICARTT, NetCDF, CSV, JSON, GeoJSON, CoverageJSON, Parquet. EBAS et ICARTT demandent des clés d’en-tête : celles qui manquent sont nommées. Le rapport dit ce qui a été lu et ce que le nouveau format ne peut contenir.',
  },
  keywords: ['conversion', 'NASA Ames', 'NetCDF', 'CSV', 'EBAS', 'ICARTT'],
  inputs: {
    input: source(INPUT),
    target: optional(
      'string',
      {
        title: { en: 'Target format', fr: 'Format cible' },
        abstract: {
          en: 'Left out: the format that is asked of the result, else CSV.',
          fr: 'Absent : le format demandé du résultat, sinon CSV.',
        },
      },
      { allowed: NAMES },
    ),
    variables: VARIABLES,
    datetime: DATETIME,
    bbox: BBOX,
    time_format: preset(
      'string',
      'iso',
      {
        title: { en: 'Times', fr: 'Temps' },
        abstract: {
          en: 'Of CSV: ISO 8601, or numbers in the unit of the source.',
          fr: 'En CSV : ISO 8601, ou des nombres dans l’unité de la source.',
        },
      },
      { allowed: ['iso', 'source'] },
    ),
    flags: preset(
      'string',
      'keep',
      {
        title: { en: 'Flags', fr: 'Drapeaux' },
        abstract: {
          en: 'keep them; apply: invalid values become missing and the flags are left out; drop them.',
          fr: 'keep : les garder ; apply : les valeurs invalides deviennent manquantes et les drapeaux sont omis ; drop : les omettre.',
        },
      },
      { allowed: ['keep', 'apply', 'drop'] },
    ),
    delimiter: preset(
      'string',
      ',',
      {
        title: { en: 'Delimiter', fr: 'Séparateur' },
        abstract: { en: 'Of CSV: comma, semicolon, tab.', fr: 'En CSV : virgule, point-virgule, tabulation.' },
      },
      { allowed: [',', ';', 'tab'] },
    ),
  },
  outputs: {
    result: complexOutput(
      {
        title: { en: 'Converted data', fr: 'Données converties' },
        abstract: { en: 'The table in the target format.', fr: 'La table dans le format cible.' },
      },
      tableOutputs('csv'),
    ),
    report: jsonOutput({
      title: { en: 'Report', fr: 'Rapport' },
      abstract: {
        en: 'What was read, what is missing, what was renamed or left out.',
        fr: 'Ce qui a été lu, ce qui manque, ce qui a été renommé ou omis.',
      },
    }),
  },
  example: {
    input: [
      {
        kind: 'text',
        text: [
          '17 1001',
          'Doe, Jane',
          'OPGC',
          'CPC',
          'TEST',
          '1 1',
          '2024 01 01 2024 02 01',
          '3600',
          'seconds since 2024-01-01 00:00:00 UTC',
          '2',
          '1 0.1',
          '99999 9999',
          'Particle number concentration (1/cm3)',
          'Temperature (deg C)',
          '0',
          '1',
          'time cn temp',
          '0 1200 55',
          '3600 99999 52',
          '7200 1180 9999',
          '',
        ].join('\n'),
        format: { mediaType: 'text/plain' },
      },
    ],
    target: [{ kind: 'text', text: 'csv' }],
  },
  run: async ({ input, target, variables, datetime, bbox, time_format, flags, delimiter }, context) => {
    const format = targetOf(target, context.format('result'));
    const table = await cutTable(input, { variables, datetime, bbox });
    const made = counted(await reshaped(table, flags, time_format, format, context));
    return {
      result: () => ({
        kind: 'table',
        table: made.table,
        name: 'converted',
        format,
        delimiter: delimiter === 'tab' ? '\t' : delimiter,
      }),
      report: async () => {
        const rows = await made.rows();
        return {
          kind: 'json',
          value: reportOf(made.table, input.format(), format, rows, made.missing()),
          name: 'report',
        };
      },
    };
  },
});
