// UUIDs (RFC 9562): their text form, and version 5, which follows from a name: the same name has the same UUID, here and everywhere.
import { createHash } from 'node:crypto';

/** Namespace of URLs (RFC 9562, 6.6). The index `metadata_uuid` is made with the same. */
const URL_NAMESPACE = Buffer.from('6ba7b8119dad11d180b400c04fd430c8', 'hex');
const FORM = /^[0-9a-f]{8}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{4}-[0-9a-f]{12}$/i;

/** Is the text a UUID, of whatever version? */
export function isUuid(text: string): boolean {
  return FORM.test(text);
}

/** Version 5 of a name in the namespace of URLs; of a record: of its identifier. */
export function uuidOf(name: string): string {
  const bytes = createHash('sha1').update(URL_NAMESPACE).update(name, 'utf8').digest().subarray(0, 16);
  bytes[6] = ((bytes[6] ?? 0) & 0x0f) | 0x50;
  bytes[8] = ((bytes[8] ?? 0) & 0x3f) | 0x80;
  return bytes.toString('hex').replace(/^(.{8})(.{4})(.{4})(.{4})(.{12})$/, '$1-$2-$3-$4-$5');
}
