// The application with files of one's own, for the tests of the doors to files.
import { createHash } from 'node:crypto';
import supertest from 'supertest';
import type { Asset, AssetRole } from '../../../src/model/asset.ts';
import { ANONYMOUS } from '../../../src/model/viewer.ts';
import { testApp } from '../../fixtures/app.ts';

export const app = await testApp();
export const request = supertest(app.server);
export const hash = (bytes: Uint8Array) => createHash('sha256').update(bytes).digest('hex');
export const EVERYBODY = { ...ANONYMOUS, metadataLevel: 3, dataLevel: 3 } as const;
export async function addFile(
  service: string,
  record: number,
  name: string,
  role: AssetRole,
  mediaType: string,
  bytes: Buffer,
) {
  const stored = await app.files.put(
    (async function* whole() {
      yield bytes;
    })(),
  );
  await app.writer.attach([{ service, record, name, role, mediaType, ...stored }]);
  const found = await app.catalogue.get({ service, id: record }, EVERYBODY);
  const asset = found?.assets.find((one) => one.name === name && one.role === role);
  if (asset === undefined) throw new Error(`${name} is not among the files of ${service} ${record}`);
  return asset;
}
export const addressOf = ({ id, name }: Pick<Asset, 'id' | 'name'>) => `/files/${id}/${encodeURIComponent(name)}`;
