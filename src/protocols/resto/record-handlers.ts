// One record of a collection, and the download of its data, for who may take them.
import type { Catalogue, RecordKey } from '../../catalogue/catalogue.ts';
import type { FileAccess } from '../../data/files.ts';
import { isUuid } from '../../formats/syntax/uuid.ts';
import type { Caching } from '../../http/caching.ts';
import type { AppContext } from '../../http/protocol.ts';
import { sendBytes, sendFile } from '../../http/send-file.ts';
import { AppError } from '../../model/errors.ts';
import type { RecordFormat } from '../../model/format.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { Language } from '../../model/text.ts';
import { mayTakeData } from '../../model/viewer.ts';
import { XML_DECLARATION } from './atom.ts';
import type { Collection } from './collections.ts';
import { dataOf } from './data.ts';
import { type FeatureView, featureOf } from './feature.ts';
import { ATOM_TYPE, JSON_TYPE } from './vocabulary.ts';

export interface RecordParts {
  readonly catalogue: Catalogue;
  readonly files: FileAccess;
  readonly caching: Caching;
  readonly view: (language: Language) => FeatureView;
  readonly entry: RecordFormat['write'];
  /** Milliseconds since 1970; an embargo ends with its day. */
  readonly clock: () => number;
}

/** By UUID, by number within the service, or by identifier. @throws AppError `not-found` */
async function recordOf(
  ctx: AppContext,
  collection: Collection,
  id: string,
  catalogue: Catalogue,
): Promise<CatalogRecord> {
  const { service } = collection;
  const key: RecordKey = isUuid(id)
    ? { uuid: id }
    : /^\d{1,10}$/.test(id)
      ? { service: service.name, id: Number(id) }
      : { identifier: id };
  const record = await catalogue.get(key, ctx.state.viewer);
  if (record === null || record.service !== service.name || record.level !== 'dataset') throw new AppError('not-found');
  return record;
}

/** The record in the format of its address's suffix, `.json` or `.atom`; JSON without one. */
export async function answerRecord(ctx: AppContext, parts: RecordParts, collection: Collection): Promise<void> {
  const { id = '' } = ctx.params;
  const suffix = /\.(json|atom)$/.exec(id)?.[1];
  const atom =
    suffix === 'atom' || (suffix === undefined && /application\/atom\+xml/.test(ctx.req.headers.accept ?? ''));
  const revision = await parts.catalogue.revision();
  const record = await recordOf(ctx, collection, id.replace(/\.(json|atom)$/, ''), parts.catalogue);
  if (parts.caching.notModified(ctx, revision, atom ? 'resto-atom' : 'resto-json')) return;
  const view = parts.view(ctx.state.language);
  ctx.status = 200;
  ctx.set('Content-Language', ctx.state.language);
  ctx.set('Content-Type', `${atom ? ATOM_TYPE : JSON_TYPE}; charset=utf-8`);
  ctx.body = atom
    ? `${XML_DECLARATION}${parts.entry(record, view)}\n`
    : `${JSON.stringify(featureOf(record, collection, view))}\n`;
}

/**
 * The record's data: the file that is stored with it, its bytes or 302 where they are elsewhere, else its row of the table. 401 for who has not said who it is, 403 for who may not have
 * them, in the envelope of every error.
 */
export async function answerDownload(ctx: AppContext, parts: RecordParts, collection: Collection): Promise<void> {
  const record = await recordOf(ctx, collection, ctx.params.id ?? '', parts.catalogue);
  const today = new Date(parts.clock()).toISOString().slice(0, 10);
  const { viewer } = ctx.state;
  if (!mayTakeData(viewer, record, today)) throw new AppError(viewer.account === null ? 'unauthorized' : 'forbidden');
  const data = dataOf(record, collection.service, parts.view(ctx.state.language).links(record));
  ctx.set('Cache-Control', viewer.account === null ? 'public, no-cache' : 'private, no-cache');
  ctx.set('Vary', 'Authorization');
  if (data.kind === 'asset') {
    const { asset, bytes } = await parts.files.open(data.id, viewer);
    const { name, mediaType, sha256, modified } = asset;
    sendFile(ctx, { bytes, name, mediaType, sha256, modified, inline: false });
    return;
  }
  if (data.kind === 'file') {
    ctx.status = 302;
    ctx.set('Location', data.href);
    ctx.set('Content-Type', 'text/plain; charset=utf-8');
    ctx.body = `${data.href}\n`;
    return;
  }
  sendBytes(ctx, data.bytes, { type: data.mediaType, name: data.name });
}
