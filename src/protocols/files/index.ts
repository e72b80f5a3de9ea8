// The files of records: `/files/{asset}/{name}` with ranges and checksums, and their pictures `/quicklook/{os}/{id}.png`, `/thumbnail/{os}/{id}.png`.
// Every record carries its list of files, so its links cost no question; they are offered where the thing exists.
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { DataAccess } from '../../data/data-access.ts';
import { describesRecord, type FileAccess } from '../../data/files.ts';
import { createPictures, hasPicture, type PictureSize, pictureFile } from '../../data/pictures.ts';
import type { Caching } from '../../http/caching.ts';
import { setVary } from '../../http/headers.ts';
import type { AppContext, ParameterDoc, Protocol, Route } from '../../http/protocol.ts';
import { sendFile } from '../../http/send-file.ts';
import type { Asset, AssetRole } from '../../model/asset.ts';
import type { Link, LinkRole } from '../../model/description.ts';
import { AppError } from '../../model/errors.ts';
import type { CatalogRecord } from '../../model/record.ts';

export interface FilesDependencies {
  readonly catalogue: Catalogue;
  readonly files: FileAccess;
  readonly data: DataAccess;
  readonly caching: Caching;
}

const ROLES: { readonly [R in AssetRole]: LinkRole } = {
  data: 'data',
  overview: 'quicklook',
  thumbnail: 'thumbnail',
  metadata: 'related',
  source: 'data',
};
const DOWNLOAD = 'WWW:DOWNLOAD-1.0-http--download';

function fileLink({ id, name, role, mediaType, size, sha256 }: Asset): Link {
  return {
    role: ROLES[role],
    href: `/files/${id}/${encodeURIComponent(name)}`,
    type: mediaType,
    title: name,
    length: size,
    sha256,
    asset: role,
    ...(role === 'data' || role === 'source' ? { protocol: DOWNLOAD } : {}),
  };
}

/** A picture that is made, for records that have none among their files and whose data everybody may take. */
function madePicture(record: CatalogRecord, size: PictureSize, role: LinkRole): readonly Link[] {
  const has = record.assets.some((asset) => ROLES[asset.role] === role);
  const file = pictureFile(record, size);
  const open = record.authorization === 0 && record.embargoUntil === null;
  if (has || !hasPicture(record, size) || !(open || (file !== null && describesRecord(file)))) return [];
  return [{ role, href: `/${size}/${encodeURIComponent(record.service)}/${record.id}.png`, type: 'image/png' }];
}

function recordLinks(record: CatalogRecord): readonly Link[] {
  if (record.level !== 'dataset') return [];
  return [
    ...record.assets.map(fileLink),
    ...madePicture(record, 'quicklook', 'quicklook'),
    ...madePicture(record, 'thumbnail', 'thumbnail'),
  ];
}

const NAME: ParameterDoc = {
  name: 'name',
  in: 'path',
  required: true,
  description: 'Name of the file, as the record has it',
};
const ASSET: ParameterDoc = {
  name: 'asset',
  in: 'path',
  required: true,
  description: 'Identifier of the file, as the links of the record have it',
  schema: { type: 'string', format: 'uuid' },
};
const SERVICE: ParameterDoc = { name: 'service', in: 'path', required: true, description: 'Observation service' };
const NUMBER: ParameterDoc = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'Number of the record in its service',
  schema: { type: 'integer', minimum: 1 },
};

export function createFiles({ catalogue, files, data, caching }: FilesDependencies): Protocol {
  const pictures = createPictures({ files, data });

  const file: Route = {
    method: 'GET',
    path: '/files/:asset/:name',
    doc: {
      summary: 'A file of a record, whole or the ranges of bytes that are asked, with its SHA-256',
      parameters: [ASSET, NAME],
      produces: ['*/*'],
      responses: { '206': 'The ranges of bytes that were asked', '304': 'The caller has the same file' },
    },
    async handle(ctx: AppContext) {
      const { viewer } = ctx.state;
      const { asset, bytes } = await files.open(ctx.params.asset ?? '', viewer);
      if (asset.name !== ctx.params.name) throw new AppError('not-found');
      ctx.set('Cache-Control', viewer.account === null ? 'public, no-cache' : 'private, no-cache');
      setVary(ctx.res, 'Authorization');
      const { mediaType, name, sha256, modified } = asset;
      sendFile(ctx, { bytes, mediaType, name, sha256, modified });
    },
  };

  const picture = (size: PictureSize, summary: string): Route => ({
    method: 'GET',
    path: `/${size}/:service/:id.png`,
    doc: { summary, parameters: [SERVICE, NUMBER], produces: ['image/png'] },
    async handle(ctx: AppContext) {
      const { viewer, language } = ctx.state;
      const { service = '', id = '' } = ctx.params;
      const number = /^[1-9]\d{0,9}$/.test(id) ? Number(id) : 0;
      const revision = await catalogue.revision();
      const record = number === 0 ? null : await catalogue.get({ service, id: number }, viewer);
      if (record === null || !hasPicture(record, size)) throw new AppError('not-found');
      const rows = data.services.includes(service) ? await data.revision(service) : '0';
      if (caching.notModified(ctx, `${revision}.${rows}`, size)) return;
      const png = await pictures.png(record, size, viewer, language);
      ctx.status = 200;
      ctx.set('Content-Type', 'image/png');
      ctx.compress = false;
      ctx.body = Buffer.from(png);
    },
  });

  return {
    name: 'files',
    routes: [
      file,
      picture('quicklook', 'A picture of a record’s data, at most 1024 pixels wide'),
      picture('thumbnail', 'A small picture of a record’s data, at most 256 pixels wide'),
    ],
    recordLinks,
  };
}
