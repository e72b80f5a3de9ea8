// The header lines of an EBAS NASA Ames 1.1 file, from what a table says of itself.
import { FormatFault } from '../../model/format-fault.ts';
import type { Attributes, Table } from '../../model/table.ts';
import type { WriteOptions } from './codec.ts';
import { ebasAttribute, ebasValue, keyLines, MANDATORY_HERE_OR_THERE, MANDATORY_KEYS } from './ebas-keys.ts';
import { parseVariable } from './ebas-variables.ts';
import type { EbasColumn } from './ebas-write.ts';
import { keptHeader } from './nasa-ames-write.ts';

export interface EbasFrame {
  readonly attributes: Attributes;
  /** File reference date, `YYYY-MM-DD`. */
  readonly date: string;
  readonly step: string;
  /** Start of the first sample and end of the last one. */
  readonly first: number;
  readonly last: number;
  readonly timeMissing: string;
  readonly options: WriteOptions;
}

const SECOND = 1000;
const PERIODS: readonly (readonly [code: string, milliseconds: number])[] = [
  ['y', 365.25 * 86_400 * SECOND],
  ['mo', 30.4375 * 86_400 * SECOND],
  ['w', 7 * 86_400 * SECOND],
  ['d', 86_400 * SECOND],
  ['h', 3600 * SECOND],
  ['mn', 60 * SECOND],
  ['s', SECOND],
];

/** `4h`, `11mo`, `1y`: the largest unit of which there are two, or one nearly whole. */
export function periodCode(milliseconds: number): string {
  for (const [code, unit] of PERIODS) {
    const count = milliseconds / unit;
    if (count >= 1.95 || (count >= 0.97 && Math.abs(count - 1) < 0.03)) return `${Math.round(count)}${code}`;
  }
  return '1s';
}

function lengthOf(code: string | null): number {
  const match = /^(\d+)(y|mo|w|d|h|mn|s)$/.exec(code ?? '');
  const unit = PERIODS.find(([name]) => name === match?.[2])?.[1];
  return match && unit ? Number(match[1]) * unit : Number.NaN;
}

/** `20240501080000` */
const stamp = (milliseconds: number): string => new Date(milliseconds).toISOString().replace(/\D/g, '').slice(0, 14);

/** What follows from the rows: Startdate and Period code say what is in this file, whatever its source said. */
function ownKeys(frame: EbasFrame, revision: string): Record<string, string> {
  const { attributes, first, last } = frame;
  const kept = ebasValue(attributes, 'Period code');
  const span = last - first;
  const fits = Math.abs(lengthOf(kept) - span) <= 0.25 * span;
  const step = Number(frame.step) * 86_400 * SECOND;
  return {
    'Data definition': 'EBAS_1.1',
    'Set type code': ebasValue(attributes, 'Set type code') ?? (step > 0 ? 'TU' : 'TI'),
    Timezone: 'UTC',
    Startdate: stamp(first),
    'Period code': fits && kept !== null ? kept : periodCode(span),
    'Resolution code': ebasValue(attributes, 'Resolution code') ?? (step > 0 ? periodCode(step) : ''),
    'Revision date': revision,
    'File creation': stamp(frame.options.now),
  };
}

function missingKeys(attributes: Attributes, columns: readonly EbasColumn[]): readonly string[] {
  const variables = columns.map((column) => parseVariable(column.name)).filter((variable) => variable.flags === null);
  const everywhere = (key: string) => variables.every((variable) => key in variable.tags);
  return [
    ...MANDATORY_KEYS.filter((key) => ebasValue(attributes, key) === null),
    ...MANDATORY_HERE_OR_THERE.filter((key) => ebasValue(attributes, key) === null && !everywhere(key)),
  ];
}

/** The usual name of the file; null where a part of it is not known. */
function fileName(attributes: Attributes): string | null {
  const value = (key: string) => ebasValue(attributes, key);
  const lab = value('Laboratory code');
  const needed = ['Station code', 'Instrument type', 'Instrument name', 'Method ref'].map(value);
  if (lab === null || needed.includes(null)) return null;
  const level = value('Data level');
  return [
    value('Station code'),
    value('Startdate'),
    value('Revision date'),
    value('Instrument type'),
    value('Component') ?? '',
    value('Matrix') ?? '',
    value('Period code'),
    value('Resolution code'),
    `${lab}_${value('Instrument name')}`,
    value('Method ref'),
    level === null ? '' : `lev${level}`,
    'nas',
  ].join('.');
}

function originators(table: Table): string {
  return table.metadata.creators.map(({ name }) => (name.includes(',') ? name : `${name}, `)).join('; ');
}

/** Lines 1 to NLHEAD. Throws FormatFault naming every mandatory key that is missing. */
export function ebasHeader(table: Table, columns: readonly EbasColumn[], frame: EbasFrame): readonly string[] {
  const kept = keptHeader(table);
  const revisionKept = ebasValue(frame.attributes, 'Revision date');
  const modified = table.metadata.modified?.replace(/\D/g, '').slice(0, 14).padEnd(14, '0');
  const revision = revisionKept ?? modified ?? stamp(frame.options.now);
  const own = Object.fromEntries(
    Object.entries(ownKeys(frame, revision)).map(([key, value]) => [ebasAttribute(key), value] as const),
  );
  let attributes: Attributes = { ...frame.attributes, ...own };
  const missing = missingKeys(attributes, columns);
  if (missing.length > 0) {
    throw new FormatFault(
      null,
      `EBAS NASA Ames wants keys that the table lacks: ${missing.join(', ')}`,
      `EBAS NASA Ames veut des clés que la table n'a pas : ${missing.join(', ')}`,
    );
  }
  const name = fileName(attributes);
  if (name !== null) attributes = { ...attributes, [ebasAttribute('File name')]: name };
  const titles = kept?.normal.at(-1)?.trim();
  const same = kept !== null && kept.names.length === columns.length + 1 && titles !== undefined;
  const normal = [
    ...keyLines(attributes),
    same ? titles : ['starttime', 'endtime', ...columns.map(({ title }) => title.replace(/\s+/g, '_'))].join(' '),
  ];
  const day = (date: string) => date.replaceAll('-', ' ');
  const lines = [
    kept?.originators || originators(table),
    kept?.organisation || (table.metadata.institution ?? ''),
    kept?.source || originators(table),
    kept?.mission || (table.metadata.project ?? ''),
    '1 1',
    `${day(frame.date)} ${revision.slice(0, 4)} ${revision.slice(4, 6)} ${revision.slice(6, 8)}`,
    frame.step,
    'days from file reference point',
    String(columns.length + 1),
    new Array(columns.length + 1).fill('1').join(' '),
    [frame.timeMissing, ...columns.map((column) => column.missing)].join(' '),
    'end_time of measurement, days from the file reference point',
    ...columns.map((column) => column.name),
    '0',
    String(normal.length),
    ...normal,
  ];
  return [`${lines.length + 1} 1001`, ...lines];
}
