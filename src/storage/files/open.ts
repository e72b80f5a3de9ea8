// The file store that the settings name: a directory, or an S3-compatible store.
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Config } from '../../config.ts';
import type { FileStore } from '../../model/file-store.ts';

export type FileStoreSettings = Pick<
  Config,
  'fileStore' | 'dataDirectory' | 's3Endpoint' | 's3Region' | 's3AccessKey' | 's3SecretKey'
>;

/** `VOBS_FILE_STORE`, or the folder `files` of the data directory, which is made where it is absent. */
export async function openFileStore(settings: FileStoreSettings): Promise<FileStore> {
  const place = settings.fileStore ?? join(settings.dataDirectory, 'files');
  const [, bucket, prefix = ''] = /^s3:\/\/([^/]+)(?:\/(.*))?$/.exec(place) ?? [];
  if (bucket === undefined) {
    const { openDirectoryStore } = await import('./directory-store.ts');
    return openDirectoryStore({ root: place });
  }
  const { openS3Store } = await import('./s3-store.ts');
  return openS3Store({
    endpoint: settings.s3Endpoint,
    region: settings.s3Region,
    bucket,
    prefix: prefix === '' || prefix.endsWith('/') ? prefix : `${prefix}/`,
    accessKey: settings.s3AccessKey ?? '',
    secretKey: settings.s3SecretKey ?? '',
    spoolFolder: join(tmpdir(), 'vobs-files'),
  });
}
