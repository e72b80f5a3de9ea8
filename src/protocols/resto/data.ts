// The data behind a record as the facade gives them: the first data file of the record in the file store, else the first one elsewhere, else its
// rows of observations where a door gives them, else its row of the service's table.
import { createHash } from 'node:crypto';
import { dataJson } from '../../formats/writers/data-row.ts';
import type { Link } from '../../model/description.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { Service } from '../../model/service.ts';
import { JSON_TYPE } from './vocabulary.ts';

export type Data =
  | {
      readonly kind: 'asset';
      readonly id: string;
      readonly mediaType: string;
      readonly size: number;
      readonly checksum: string;
    }
  | { readonly kind: 'row'; readonly bytes: Buffer; readonly mediaType: string; readonly name: string }
  | {
      readonly kind: 'file';
      readonly href: string;
      readonly mediaType: string;
      readonly size: number | null;
      /** `algorithm=hex`, as resto writes it. */
      readonly checksum: string | null;
    };

/** `links`: of our mounted doors for the record. */
export function dataOf(record: CatalogRecord, service: Service, links: readonly Link[]): Data {
  const asset =
    record.assets.find(({ role }) => role === 'data') ?? record.assets.find(({ role }) => role === 'source');
  if (asset !== undefined) {
    const { id, mediaType, size, sha256 } = asset;
    return { kind: 'asset', id, mediaType, size, checksum: `sha256=${sha256}` };
  }
  const file = record.storedLinks.find((link) => link.role === 'data');
  if (file !== undefined) {
    return {
      kind: 'file',
      href: file.href,
      mediaType: file.type ?? 'application/unknown',
      size: file.length ?? null,
      checksum: file.sha256 === undefined ? null : `sha256=${file.sha256}`,
    };
  }
  // How many bytes the rows make is not known before they are written.
  const rows = record.hasRows
    ? links.find(({ role, type, asset }) => role === 'data' && type?.startsWith('text/csv') && asset === undefined)
    : undefined;
  if (rows !== undefined) return { kind: 'file', href: rows.href, mediaType: 'text/csv', size: null, checksum: null };
  const bytes = Buffer.from(dataJson(service, record), 'utf8');
  return { kind: 'row', bytes, mediaType: JSON_TYPE, name: `${record.service}-${record.id}.json` };
}

/** Size in bytes and checksum of what a download gives, where they are known. */
export function sizeOf(data: Data): { readonly size: number | null; readonly checksum: string | null } {
  if (data.kind !== 'row') return data;
  return { size: data.bytes.length, checksum: `md5=${createHash('md5').update(data.bytes).digest('hex')}` };
}
