// Codec of EBAS NASA Ames 1.1 (NILU; ACTRIS in situ, EMEP, GAW): one variable a column, flag columns behind those that they serve.
import type { ByteSource } from '../../model/byte-source.ts';
import { FormatFault } from '../../model/format-fault.ts';
import type { Attributes, Column, Party, Table, TableMetadata } from '../../model/table.ts';
import type { Codec } from './codec.ts';
import { attributesOfKeys, ebasAttribute, ebasValue } from './ebas-keys.ts';
import { csvCells, type EbasVariable, parseVariable, variableNames } from './ebas-variables.ts';
import { ebasLosses, writeEbas } from './ebas-write.ts';
import { type NasaAmesHeader, readNasaAmesHeader } from './nasa-ames-header.ts';
import type { BodyLayout, CellKind } from './nasa-ames-rows.ts';
import { bareColumn, headerMetadata, startOfDay, tableOf } from './nasa-ames-table.ts';
import { referenceText } from './nasa-ames-time.ts';
import { udunits } from './units.ts';
import { uniqueNames } from './variable-names.ts';

const DAY = 86_400_000;
/** Half of the last of six decimals of a day: 0.041667 is one hour. */
const HALF_DECIMAL = 43.3;

/** CF standard names that NILU writes for a component in a matrix; others are not said. */
const STANDARD_NAMES: Readonly<Record<string, string>> = {
  'met/temperature': 'air_temperature',
  'met/pressure': 'air_pressure',
  'met/relative_humidity': 'relative_humidity',
  'met/wind_speed': 'wind_speed',
  'met/wind_direction': 'wind_from_direction',
  'met/precipitation_amount': 'lwe_thickness_of_precipitation_amount',
  'aerosol/aerosol_light_scattering_coefficient': 'volume_scattering_coefficient_in_air_due_to_dried_aerosol_particles',
  'aerosol/aerosol_light_backscattering_coefficient':
    'volume_backwards_scattering_coefficient_in_air_due_to_dried_aerosol_particles',
  'aerosol/aerosol_absorption_coefficient': 'volume_absorption_coefficient_in_air_due_to_dried_aerosol_particles',
};

function personOf(value: string): Party {
  const [last = '', first = '', email = '', organisation = ''] = csvCells(value);
  const name = [last, first].filter((part) => part !== '').join(', ');
  return { name, organisation: organisation === '' ? null : organisation, email: email === '' ? null : email };
}

/** `1465.0m`, `1079.0 m`, `45.772223` */
function numberOf(value: string | null): number | null {
  const number = Number.parseFloat(value ?? '');
  return Number.isFinite(number) ? number : null;
}

function day(stamp: string | null): string | null {
  const match = /^(\d{4})(\d{2})(\d{2})/.exec(stamp ?? '');
  return match ? `${match[1]}-${match[2]}-${match[3]}` : null;
}

function metadataOf(header: NasaAmesHeader, keys: Attributes, variables: readonly EbasVariable[]): TableMetadata {
  const plain = headerMetadata(header);
  const value = (key: string) => ebasValue(keys, key);
  const components = [...new Set(variables.filter((v) => v.flags === null).map((v) => v.component))];
  const station = value('Station name') ?? value('Station code');
  const originators = value('Originator')?.split('\n').map(personOf) ?? [];
  const latitude = numberOf(value('Measurement latitude') ?? value('Station latitude'));
  const longitude = numberOf(value('Measurement longitude') ?? value('Station longitude'));
  const named = value('Component') ?? components.join(', ');
  const doi = /10\.\d{4,9}\/\S+/.exec(value('Represents DOI') ?? '');
  return {
    ...plain,
    identifier: value('File name'),
    title: [named, station].filter((part) => part !== null && part !== '').join(', ') || plain.title,
    featureType: latitude !== null && longitude !== null ? 'timeSeries' : null,
    station:
      station === null && latitude === null
        ? null
        : {
            name: station,
            latitude,
            longitude,
            elevation: numberOf(value('Measurement altitude') ?? value('Station altitude')),
          },
    creators: originators.length > 0 ? originators : plain.creators,
    source: value('Instrument type') ?? plain.source,
    licence: value('Data license'),
    doi: doi?.[0] ?? null,
    keywords: components,
    comment: value('Comment'),
    acknowledgement: value('Acknowledgement'),
    modified: day(value('Revision date')) ?? header.revisionDate,
    attributes: { ...plain.attributes, ...keys },
  };
}

function variableColumn(variable: EbasVariable, name: string, matrix: string | null, vmiss: string): Column {
  const tags = Object.entries(variable.tags).map(([tag, value]) => [ebasAttribute(tag), value] as const);
  const where = variable.tags.Matrix ?? matrix ?? '';
  const label = [variable.component.replaceAll('_', ' '), variable.tags.Statistics].filter(Boolean).join(', ');
  return {
    ...bareColumn(name, 'number', {
      nasa_ames_vname: variable.text,
      nasa_ames_vmiss: vmiss,
      ebas_component: variable.component,
      ebas_unit: variable.unit,
      ...Object.fromEntries(tags),
    }),
    unit: udunits(variable.unit),
    standardName: STANDARD_NAMES[`${where}/${variable.component}`] ?? null,
    label: label === name ? {} : { en: label },
    missing: Number(vmiss),
  };
}

/** The columns behind the two of time; each variable is told the flag column that serves it. */
function columnsOf(
  header: NasaAmesHeader,
  variables: readonly EbasVariable[],
  matrix: string | null,
): readonly Column[] {
  const names = variableNames(variables, ['start_time', 'end_time']);
  const unique = uniqueNames(['start_time', 'end_time', ...names.filter((name) => name !== '')]);
  const flagColumns = variables.filter((variable) => variable.flags !== null).length;
  const columns: Column[] = [];
  let since = 0;
  variables.forEach((variable, n) => {
    const vmiss = header.missingTexts[n + 1] ?? '';
    if (variable.flags === null) {
      columns.push(variableColumn(variable, names[n] ?? '', matrix, vmiss));
      return;
    }
    const served = columns.slice(since).filter((column) => column.type === 'number');
    const only = served.length === 1 ? served[0] : undefined;
    const name = unique(only ? `${only.name}_qc` : flagColumns === 1 ? 'numflag' : `numflag_${columns.length - since}`);
    for (let at = since; at < columns.length; at++) {
      const column = columns[at] as Column;
      if (column.type === 'number') columns[at] = { ...column, ancillary: [name] };
    }
    columns.push({
      ...bareColumn(name, 'flags', { nasa_ames_vname: variable.text, nasa_ames_vmiss: vmiss }),
      standardName: 'status_flag',
      label: { en: `EBAS flags of ${served.map((column) => column.name).join(', ')}`.slice(0, 200) },
    });
    since = columns.length;
  });
  return columns;
}

function checkDialect(header: NasaAmesHeader, variables: readonly EbasVariable[]): void {
  const scaled = header.scales.findIndex((scale) => scale !== 1);
  if (scaled >= 0) {
    throw new FormatFault(
      { line: header.at.scales },
      `scale factors are all 1 in EBAS files, that of variable ${scaled + 1} is ${header.scales[scaled]}`,
      `les facteurs d'échelle valent tous 1 dans les fichiers EBAS, celui de la variable ${scaled + 1} vaut ${header.scales[scaled]}`,
    );
  }
  if (!/^end[ _]?time/i.test(header.names[0] ?? '')) {
    throw new FormatFault(
      { line: header.at.names },
      `the first variable of an EBAS file is end_time, not '${header.names[0] ?? ''}'`,
      `la première variable d'un fichier EBAS est end_time, pas '${header.names[0] ?? ''}'`,
    );
  }
  if (variables.length === 0) {
    throw new FormatFault({ line: 10 }, 'no variable but end_time', 'aucune variable hormis end_time');
  }
}

async function read(source: ByteSource): Promise<Table> {
  const header = await readNasaAmesHeader(source);
  const variables = header.names.slice(1).map(parseVariable);
  checkDialect(header, variables);
  const keys = attributesOfKeys(header.normal);
  const origin = startOfDay(header.date);
  const unit = `days since ${referenceText(origin)}`;
  const [endMissing = Number.NaN] = header.missing;
  const start: Column = {
    ...bareColumn('start_time', 'time', { nasa_ames_xname: header.xName }),
    unit,
    standardName: 'time',
  };
  const end: Column = {
    ...bareColumn('end_time', 'time', {
      nasa_ames_vname: header.names[0] ?? '',
      nasa_ames_vmiss: header.missingTexts[0] ?? '',
    }),
    unit,
  };
  const time = (missing: number): CellKind => ({ kind: 'time', origin, unit: DAY, missing, snap: HALF_DECIMAL });
  const layout: BodyLayout = {
    cells: [
      time(Number.NaN),
      time(endMissing),
      ...variables.map((variable, n): CellKind => {
        const missing = header.missing[n + 1] ?? Number.NaN;
        return variable.flags === null ? { kind: 'number', scale: 1, missing } : { kind: 'flags', missing };
      }),
    ],
    extra: 0,
    dataStart: header.dataStart,
    firstLine: header.lines.length + 1,
    commas: false,
    wraps: false,
    decreasing: false,
  };
  const columns = [start, end, ...columnsOf(header, variables, ebasValue(keys, 'Matrix'))];
  const axis = { column: 'start_time', end: 'end_time' };
  return tableOf(source, { columns, axis, metadata: metadataOf(header, keys, variables) }, layout);
}

export const ebas: Codec = {
  id: 'ebas',
  title: { en: 'EBAS NASA Ames 1.1', fr: 'EBAS NASA Ames 1.1' },
  mediaType: 'text/plain',
  extension: 'nas',
  sniff: (head) => {
    const text = new TextDecoder().decode(head);
    return /^\uFEFF?\s*\d+\s+1001\s/.test(text) && /^Data definition:\s*EBAS/m.test(text) ? 3 : 0;
  },
  read,
  write: writeEbas,
  loses: ebasLosses,
};
