// Codec of plain NASA Ames files, file format index 1001. EBAS and ICARTT files are dialects with codecs of their own.
import type { ByteSource } from '../../model/byte-source.ts';
import type { Column, Table } from '../../model/table.ts';
import type { Codec } from './codec.ts';
import { type NasaAmesHeader, readNasaAmesHeader } from './nasa-ames-header.ts';
import type { BodyLayout, CellKind } from './nasa-ames-rows.ts';
import { bareColumn, headerMetadata, tableOf } from './nasa-ames-table.ts';
import { timeScaleOf } from './nasa-ames-time.ts';
import { nasaAmesLosses, writeNasaAmes } from './nasa-ames-write.ts';
import { udunits } from './units.ts';
import { uniqueNames } from './variable-names.ts';

/** Name and unit in `Pressure (hPa)`, `Pressure [hPa]` or `Pressure, hPa`. */
export function nameAndUnit(text: string): { readonly name: string; readonly unit: string | null } {
  const match = /^(.*?)\s*(?:\(([^()]{1,40})\)|\[([^\][]{1,40})\])\s*$/.exec(text);
  const [, name = '', round, square] = match ?? [];
  if (name !== '') return { name, unit: udunits(round ?? square ?? '') };
  const comma = text.lastIndexOf(',');
  const unit = text.slice(comma + 1).trim();
  if (comma > 0 && unit !== '' && unit.length <= 20) return { name: text.slice(0, comma).trim(), unit: udunits(unit) };
  return { name: text, unit: null };
}

function columnOf(header: NasaAmesHeader, n: number, unique: (name: string) => string): Column {
  const text = header.names[n] ?? '';
  const { name, unit } = nameAndUnit(text);
  const scale = header.scales[n] ?? 1;
  return {
    ...bareColumn(unique(name === '' ? `variable ${n + 1}` : name), 'number', {
      nasa_ames_vname: text,
      nasa_ames_vmiss: header.missingTexts[n] ?? '',
      ...(scale === 1 ? {} : { nasa_ames_vscal: scale }),
    }),
    unit,
    label: { en: text },
    missing: header.missing[n] ?? null,
  };
}

function independentColumn(header: NasaAmesHeader, unique: (name: string) => string): [Column, CellKind] {
  const attributes = { nasa_ames_xname: header.xName };
  const scale = timeScaleOf(header.xName, header.date);
  if (scale === null) {
    const { name, unit } = nameAndUnit(header.xName);
    const column = { ...bareColumn(unique(name), 'number', attributes), unit, label: { en: header.xName } };
    return [column, { kind: 'number', scale: 1, missing: Number.NaN }];
  }
  const column = { ...bareColumn(unique('time'), 'time', attributes), unit: scale.text, standardName: 'time' };
  return [column, { kind: 'time', origin: scale.origin, unit: scale.unit, missing: Number.NaN }];
}

async function read(source: ByteSource): Promise<Table> {
  const header = await readNasaAmesHeader(source);
  const unique = uniqueNames();
  const [x, xCell] = independentColumn(header, unique);
  const columns = header.names.map((_, n) => columnOf(header, n, unique));
  const layout: BodyLayout = {
    cells: [
      xCell,
      ...columns.map(
        (_, n): CellKind => ({
          kind: 'number',
          scale: header.scales[n] ?? 1,
          missing: header.missing[n] ?? Number.NaN,
        }),
      ),
    ],
    extra: 0,
    dataStart: header.dataStart,
    firstLine: header.lines.length + 1,
    commas: false,
    wraps: true,
    decreasing: true,
  };
  const metadata = headerMetadata(header);
  return tableOf(source, { columns: [x, ...columns], axis: { column: x.name, end: null }, metadata }, layout);
}

const FIRST_LINE = /^\uFEFF?\s*\d{2,6}\s+[1-4]\d{3}(?:\s|$)/;

export const nasaAmes: Codec = {
  id: 'nasa-ames',
  title: { en: 'NASA Ames 1001', fr: 'NASA Ames 1001' },
  mediaType: 'text/plain',
  extension: 'na',
  otherExtensions: ['ames'],
  sniff: (head, name) => {
    if (FIRST_LINE.test(new TextDecoder().decode(head.subarray(0, 80)))) return 2;
    return name !== null && /\.(na|ames)$/i.test(name) ? 1 : 0;
  },
  read,
  write: writeNasaAmes,
  loses: nasaAmesLosses,
};
