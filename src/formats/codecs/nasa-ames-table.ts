// What the three dialects of NASA Ames 1001 have in common on the way to a table: metadata of the header, the frame around the rows.
import type { ByteSource } from '../../model/byte-source.ts';
import { FormatFault } from '../../model/format-fault.ts';
import {
  type Attributes,
  type Column,
  NO_METADATA,
  type Party,
  type Table,
  type TableMetadata,
} from '../../model/table.ts';
import type { NasaAmesHeader } from './nasa-ames-header.ts';
import { type BodyLayout, nasaAmesChunks } from './nasa-ames-rows.ts';

/** `Doe, Jane; Doe, John` */
export function partiesOf(originators: string, organisation: string): readonly Party[] {
  return originators
    .split(';')
    .map((name) => name.trim())
    .filter((name) => name !== '')
    .map((name) => ({ name, organisation: organisation === '' ? null : organisation, email: null }));
}

const orNull = (text: string): string | null => (text === '' ? null : text);

/** Title, people and texts as lines 2 to 7 and the comments say them; the whole header stands in the attribute `nasa_ames_header`. */
export function headerMetadata(header: NasaAmesHeader): TableMetadata {
  const comment = [...header.special, ...header.normal.slice(0, -1)].join('\n').trim();
  return {
    ...NO_METADATA,
    title: orNull([header.source, header.mission].filter((text) => text !== '').join(', ')),
    creators: partiesOf(header.originators, header.organisation),
    institution: orNull(header.organisation),
    source: orNull(header.source),
    project: orNull(header.mission),
    comment: orNull(comment),
    modified: header.revisionDate,
    attributes: { nasa_ames_header: header.lines.join('\n') },
  };
}

/** A column without anything said of it but its name and type. */
export function bareColumn(name: string, type: Column['type'], attributes: Attributes = {}): Column {
  return { name, type, unit: null, standardName: null, label: {}, missing: null, dimensions: [], attributes };
}

/** The table of a file whose header has been read. */
export function tableOf(
  source: ByteSource,
  parts: Pick<Table, 'columns' | 'axis' | 'metadata'>,
  layout: BodyLayout,
): Table {
  return {
    ...parts,
    dimensions: [],
    fixed: [],
    rows: null,
    repeatable: true,
    chunks: () => nasaAmesChunks(source, layout),
  };
}

/** Milliseconds since 1970 at 00:00 UTC of `YYYY-MM-DD`. */
export const startOfDay = (date: string): number => Date.parse(`${date}T00:00:00Z`);

/** Thrown by a writer whose format cannot say what the table has. */
export function cannotHold(format: string, en: string, fr: string): FormatFault {
  return new FormatFault(
    null,
    `${format} cannot hold this table: ${en}`,
    `${format} ne peut pas contenir cette table : ${fr}`,
  );
}
