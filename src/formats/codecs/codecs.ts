// The one list of codecs, and which of them a file is of.
import type { ByteSource } from '../../model/byte-source.ts';
import { FormatFault } from '../../model/format-fault.ts';
import type { Table } from '../../model/table.ts';
import type { Codec } from './codec.ts';
import { coverageJson } from './coveragejson.ts';
import { csv } from './csv.ts';
import { ebas } from './ebas.ts';
import { geoJson } from './geojson.ts';
import { icartt } from './icartt.ts';
import { json } from './json.ts';
import { nasaAmes } from './nasa-ames.ts';
import { ndjson } from './ndjson.ts';
import { netcdf3 } from './netcdf3.ts';
import { netcdf4 } from './netcdf4.ts';
import { parquet } from './parquet.ts';

/** In the order in which they are offered. */
export const CODECS: readonly Codec[] = [
  nasaAmes,
  ebas,
  icartt,
  netcdf3,
  netcdf4,
  csv,
  json,
  ndjson,
  geoJson,
  coverageJson,
  parquet,
];

/** So many bytes are looked at to tell formats apart. */
const HEAD = 64 * 1024;

/** The codec of that id or, failing that, of that file name ending; null: there is none. */
export function codecNamed(name: string): Codec | null {
  const wanted = name.toLowerCase();
  const byEnding = (codec: Codec) => codec.extension === wanted || codec.otherExtensions?.includes(wanted) === true;
  return CODECS.find(({ id }) => id === wanted) ?? CODECS.find(byEnding) ?? null;
}

/** The codec that reads this file, by content before name. Throws FormatFault when no codec knows it. */
export async function detectCodec(source: ByteSource): Promise<Codec> {
  const head = await source.readAt(0, Math.min(HEAD, source.size));
  const sure = CODECS.filter(({ read }) => read !== undefined)
    .map((codec) => ({ codec, sureness: codec.sniff(head, source.name) }))
    .reduce((best, next) => (next.sureness > best.sureness ? next : best));
  if (sure.sureness > 0) return sure.codec;
  const known = CODECS.filter(({ read }) => read !== undefined).map(({ id }) => id);
  throw new FormatFault(
    null,
    `the format of this file is not known; there are: ${known.join(', ')}`,
    `le format de ce fichier n'est pas connu ; il y a : ${known.join(', ')}`,
  );
}

/** The table of a file, its format told by its content. */
export async function readTable(source: ByteSource): Promise<{ readonly codec: Codec; readonly table: Table }> {
  const codec = await detectCodec(source);
  if (codec.read === undefined)
    throw new FormatFault(null, `${codec.id} is only written`, `${codec.id} est seulement écrit`);
  return { codec, table: await codec.read(source) };
}
