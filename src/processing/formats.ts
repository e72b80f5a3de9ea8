// The formats that processes take and give: those of the codecs, and a few of their own.
import { CODECS } from '../formats/codecs/codecs.ts';
import type { GivenFormat, MediaFormat } from '../model/process.ts';

/** Made of bytes that no document in text can hold as they are. */
const BINARY = new Set(['netcdf3', 'netcdf4', 'parquet']);
/** They share a media type, so a profile tells them apart. */
const PROFILES = new Set(['nasa-ames', 'ebas', 'icartt']);

export function codecFormat(id: string): MediaFormat {
  const codec = CODECS.find((known) => known.id === id);
  if (codec === undefined) throw new Error(`there is no codec ${id}`);
  return {
    id,
    mediaType: codec.mediaType,
    ...(BINARY.has(id) ? { encoding: 'base64' } : {}),
    ...(PROFILES.has(id) ? { schema: `urn:vobs:format:${id}` } : {}),
  };
}

/** What tables are read from: CSV first, and the three text formats of NASA Ames as one, told apart by their content. */
export const TABLE_INPUTS: readonly MediaFormat[] = [
  codecFormat('csv'),
  { id: 'nasa-ames', mediaType: 'text/plain' },
  codecFormat('netcdf3'),
  codecFormat('netcdf4'),
  codecFormat('json'),
  codecFormat('ndjson'),
  codecFormat('geojson'),
  codecFormat('covjson'),
].filter(({ id }) => CODECS.some((codec) => codec.id === id && codec.read !== undefined));

/** What tables are written as, `first` before the others. */
export function tableOutputs(first: string): readonly MediaFormat[] {
  const ids = CODECS.filter(({ write }) => write !== undefined).map(({ id }) => id);
  return [first, ...ids.filter((id) => id !== first)].map(codecFormat);
}

export const JSON_FORMAT: MediaFormat = { id: 'json', mediaType: 'application/json' };
export const SVG_FORMAT: MediaFormat = { id: 'svg', mediaType: 'image/svg+xml' };
export const PNG_FORMAT: MediaFormat = { id: 'png', mediaType: 'image/png', encoding: 'base64' };
export const ZIP_FORMAT: MediaFormat = { id: 'zip', mediaType: 'application/zip', encoding: 'base64' };

const ENDINGS: { readonly [id: string]: string } = { svg: 'svg', png: 'png', zip: 'zip' };

/** File name ending, without the dot. */
export function endingOf(format: MediaFormat): string {
  return CODECS.find(({ id }) => id === format.id)?.extension ?? ENDINGS[format.id] ?? 'txt';
}

const bare = (mediaType: string): string => (mediaType.split(';')[0] ?? '').trim().toLowerCase();
/** Names in use besides the one that we write. */
const SAME: { readonly [mediaType: string]: string } = {
  'application/netcdf': 'application/x-netcdf',
  'application/vnd+json': 'application/json',
};

/** The format that a request means; the first one when it says nothing; null: none of them. */
export function chooseFormat(formats: readonly MediaFormat[], given: GivenFormat | undefined): MediaFormat | null {
  const [first = null] = formats;
  if (given?.mediaType === undefined || given.mediaType === '') {
    if (given?.schema === undefined || given.schema === '') return first;
    return formats.find(({ schema }) => schema === given.schema) ?? null;
  }
  const wanted = bare(given.mediaType);
  const mediaType = SAME[wanted] ?? wanted;
  const ofType = formats.filter((format) => bare(format.mediaType) === mediaType);
  if (given.schema === undefined || given.schema === '') return ofType[0] ?? null;
  return ofType.find(({ schema }) => schema === given.schema) ?? null;
}
