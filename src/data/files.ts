// Files of records with the rights of who asks: the same rule as for rows (design, access). What describes a record (overview, thumbnail,
// description) is as public as the record's metadata; the data, and what they were made from, are for who may take the record's data.
import { isUuid } from '../formats/syntax/uuid.ts';
import type { Asset, AssetRole } from '../model/asset.ts';
import type { ByteSource } from '../model/byte-source.ts';
import { AppError } from '../model/errors.ts';
import type { FileStore } from '../model/file-store.ts';
import { mayTakeData, type Viewer } from '../model/viewer.ts';
import { type AssetAccess, createAssetReader } from '../storage/assets.ts';
import type { Queries } from '../storage/database.ts';

export interface OpenedFile {
  readonly asset: Asset;
  readonly bytes: ByteSource;
}

export interface FileAccess {
  /**
   * The file of that id for the viewer. Throws AppError `not-found` (no such file, its record not to be seen, its bytes lost),
   * `unauthorized` or `forbidden` (the record's data are refused).
   */
  open(id: string, viewer: Viewer): Promise<OpenedFile>;
}

const OF_THE_DESCRIPTION: ReadonlySet<AssetRole> = new Set<AssetRole>(['overview', 'thumbnail', 'metadata']);

/** Is the file part of what a record says of itself, and so as public as that? */
export function describesRecord({ role }: Pick<Asset, 'role'>): boolean {
  return OF_THE_DESCRIPTION.has(role);
}

/** `clock`: milliseconds since 1970; an embargo ends with its day. */
export function createFileAccess(queries: Queries, store: FileStore, clock: () => number): FileAccess {
  const reader = createAssetReader(queries);

  function check({ asset, record }: AssetAccess, viewer: Viewer): void {
    const today = new Date(clock()).toISOString().slice(0, 10);
    if (describesRecord(asset) || mayTakeData(viewer, record, today)) return;
    throw new AppError(viewer.account === null ? 'unauthorized' : 'forbidden');
  }

  return {
    async open(id, viewer) {
      const found = isUuid(id) ? await reader.byId(id.toLowerCase(), viewer) : null;
      if (found === null) throw new AppError('not-found');
      check(found, viewer);
      const bytes = await store.open(found.asset.sha256, found.asset.name);
      if (bytes === null || bytes.size !== found.asset.size) throw new AppError('storage-unavailable');
      return { asset: found.asset, bytes };
    },
  };
}
