// Where one complex input comes from: records and files of ours with the caller's rights, results of other jobs, other sites by the rules of
// outgoing requests, or the request itself.
import type { Catalogue, RecordKey } from '../../catalogue/catalogue.ts';
import type { DataAccess } from '../../data/data-access.ts';
import type { FileAccess } from '../../data/files.ts';
import { CODECS } from '../../formats/codecs/codecs.ts';
import type { Asset } from '../../model/asset.ts';
import { type ByteSource, bytesInMemory } from '../../model/byte-source.ts';
import { AppError, SyntaxFault } from '../../model/errors.ts';
import type { FileStore } from '../../model/file-store.ts';
import type { InputValue, MediaFormat } from '../../model/process.ts';
import type { CatalogRecord } from '../../model/record.ts';
import { type Selection, WHOLE } from '../../model/table.ts';
import type { TimeWindow } from '../../model/time.ts';
import { mayTakeData, type Viewer } from '../../model/viewer.ts';
import type { JobSource } from '../../storage/jobs.ts';
import { endingOf } from '../formats.ts';
import { readLiteral, valueOfText } from '../literals.ts';
import type { SourceAbout } from '../process.ts';
import type { MainSource } from './answer-worker.ts';
import { type CheckedValue, isBase64 } from './check-request.ts';
import { ownPath, ownThing } from './own-address.ts';
import type { PlainGiven } from './worker-messages.ts';

/** What may be asked of other sites. */
export interface RemoteReader {
  /** Throws SyntaxFault when it must not be asked. */
  readonly check: (href: string) => unknown;
  readonly get: (
    href: string,
    most: number,
  ) => Promise<{ readonly mediaType: string; readonly name: string; readonly bytes: AsyncIterable<Uint8Array> }>;
}

export interface InputParts {
  readonly catalogue: Pick<Catalogue, 'get'>;
  readonly data: DataAccess;
  readonly files: FileAccess;
  readonly store: FileStore;
  readonly remote: RemoteReader;
  readonly baseUrl: string;
  /** Largest file from another site, bytes. */
  readonly mostBytes: number;
  /** A result of another job, if the viewer may read it. */
  readonly result: (job: string, output: string, viewer: Viewer) => Promise<OpenedSource>;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

export interface OpenedSource {
  readonly main: MainSource;
  readonly about: SourceAbout;
  /** Records whose rights the result inherits. */
  readonly sources: readonly JobSource[];
}

const MOST_LITERAL = 100_000;
const NOTHING: SourceAbout = { name: 'inline', title: null, licence: null, doi: null, mediaType: null };

function aboutRecord(record: CatalogRecord): SourceAbout {
  const { identifier, title, licence, doi } = record;
  return { name: identifier, title, licence: licence.url, doi, mediaType: null };
}

/** The file of a record that tables can be read from. */
function dataFile({ assets }: CatalogRecord): Asset | undefined {
  const endings = CODECS.filter(({ read }) => read !== undefined).flatMap(({ extension, otherExtensions = [] }) => [
    extension,
    ...otherExtensions,
  ]);
  const own = assets.filter(({ role }) => role === 'data');
  return own.find(({ name }) => endings.includes(name.split('.').at(-1)?.toLowerCase() ?? '')) ?? own[0];
}

export function createSources(parts: InputParts) {
  const { catalogue, data, files, store, remote } = parts;

  function demandData(record: CatalogRecord | null, viewer: Viewer): CatalogRecord {
    if (record === null) throw new AppError('not-found');
    const today = new Date(parts.clock()).toISOString().slice(0, 10);
    if (!mayTakeData(viewer, record, today)) throw new AppError(viewer.account === null ? 'unauthorized' : 'forbidden');
    return record;
  }

  async function rows(
    service: string,
    record: CatalogRecord | null,
    time: TimeWindow | null,
    viewer: Viewer,
  ): Promise<OpenedSource> {
    const selection: Selection = { service, record: record?.id ?? null, cut: { ...WHOLE, time }, limit: null };
    const description = await data.describe(service, viewer);
    // Rows without time are cut by the process, which says why it cannot.
    const own = description?.axis == null ? { ...selection, cut: WHOLE } : selection;
    const table = await data.rows(own, viewer);
    const about =
      record === null
        ? { ...NOTHING, name: service, title: table.metadata.title, licence: table.metadata.licence }
        : aboutRecord(record);
    return { main: { kind: 'rows', table }, about, sources: [{ service, record: record?.id ?? null }] };
  }

  async function recordData(key: RecordKey, time: TimeWindow | null, viewer: Viewer): Promise<OpenedSource> {
    const record = await catalogue.get(key, viewer);
    if (record !== null && record.level === 'series') return rows(record.service, null, time, viewer);
    const own = demandData(record, viewer);
    if (own.hasRows) return rows(own.service, own, time, viewer);
    const asset = dataFile(own);
    if (asset === undefined)
      throw new SyntaxFault('the record has neither rows nor a file', 'la notice n’a ni lignes ni fichier');
    return file(asset.id, viewer);
  }

  async function file(id: string, viewer: Viewer): Promise<OpenedSource> {
    const { asset, bytes } = await files.open(id, viewer);
    const record = await catalogue.get({ service: asset.service, id: asset.record }, viewer);
    const about =
      record === null ? { ...NOTHING, name: asset.name } : { ...aboutRecord(record), mediaType: asset.mediaType };
    return { main: { kind: 'bytes', bytes }, about, sources: [{ service: asset.service, record: asset.record }] };
  }

  async function own(path: string, time: TimeWindow | null, viewer: Viewer): Promise<OpenedSource> {
    const thing = ownThing(path);
    switch (thing?.kind) {
      case 'record':
        return recordData(thing.key, time, viewer);
      case 'rows':
        return rows(thing.service, null, time, viewer);
      case 'file':
        return file(thing.asset, viewer);
      case 'result':
        return parts.result(thing.job, thing.output, viewer);
      case undefined:
        throw new SyntaxFault(
          'no data stand at this address of ours',
          'aucune donnée ne se trouve à cette adresse du site',
        );
    }
  }

  function inline(value: InputValue & { readonly kind: 'text' | 'json' }, format: MediaFormat | null): OpenedSource {
    const text =
      value.kind === 'text' ? value.text : typeof value.value === 'string' ? value.value : JSON.stringify(value.value);
    const bytes = isBase64(value, format) ? Buffer.from(text, 'base64') : Buffer.from(text, 'utf8');
    // CSV is told by its name alone.
    const name = format === null ? 'inline' : `inline.${endingOf(format)}`;
    const about = { ...NOTHING, mediaType: format?.mediaType ?? null };
    return { main: { kind: 'bytes', bytes: bytesInMemory(bytes, name) }, about, sources: [] };
  }

  async function fetched(href: string, format: MediaFormat | null, into: string[]): Promise<OpenedSource> {
    const answer = await remote.get(href, parts.mostBytes);
    const { sha256 } = await store.put(answer.bytes, { most: parts.mostBytes });
    into.push(sha256);
    const name = answer.name === '' ? null : answer.name;
    const bytes: ByteSource | null = await store.open(sha256, name);
    if (bytes === null) throw new AppError('storage-unavailable');
    const about = { ...NOTHING, name: href, mediaType: format?.mediaType ?? answer.mediaType };
    return { main: { kind: 'bytes', bytes }, about, sources: [] };
  }

  async function literalAt({ href, type }: CheckedValue & { readonly kind: 'literal-at' }): Promise<PlainGiven> {
    const answer = await remote.get(href, MOST_LITERAL);
    const pieces: Uint8Array[] = [];
    for await (const piece of answer.bytes) pieces.push(piece);
    const value = valueOfText(type, Buffer.concat(pieces).toString('utf8').trim());
    readLiteral(type, value);
    return { kind: 'literal', value };
  }

  /** null: it would have to be fetched from elsewhere, which is not done yet. */
  async function source(
    { value, format }: CheckedValue & { readonly kind: 'content' },
    viewer: Viewer,
    time: TimeWindow | null,
    into: string[] | null,
  ): Promise<OpenedSource | null> {
    switch (value.kind) {
      case 'text':
      case 'json':
        return inline(value, format);
      case 'record':
        return value.record === null
          ? rows(value.service, null, time, viewer)
          : recordData({ service: value.service, id: value.record }, time, viewer);
      case 'file':
        return file(value.asset, viewer);
      case 'reference': {
        const path = ownPath(value.href, parts.baseUrl);
        if (path !== null) return own(path, time, viewer);
        remote.check(value.href);
        return into === null ? null : fetched(value.href, format, into);
      }
      case 'box':
        return null;
    }
  }

  return { source, literalAt };
}
