// Addresses of ours that documents name besides the record's own: the catalogue, the description of a record, organisations.
import type { RecordView } from '../../model/format.ts';
import type { CatalogRecord } from '../../model/record.ts';

/** Our base URL, from a stable address `{base}/id/{os}[/{id}]`. */
export function baseOf(record: CatalogRecord, view: Pick<RecordView, 'uri'>): string {
  const uri = view.uri(record);
  return /^(.*?)\/id\/[^/]+(?:\/[^/]+)?$/.exec(uri)?.[1] ?? uri;
}

/** Address of the description of a record, which is not the thing described: `{base}/id/record/{os}[/{id}]`. */
export function recordAddress(record: CatalogRecord, view: Pick<RecordView, 'uri'>): string {
  const base = baseOf(record, view);
  return `${base}/id/record${view.uri(record).slice(base.length + '/id'.length)}`;
}

export function catalogueAddress(base: string): string {
  return `${base}/id/catalog`;
}
