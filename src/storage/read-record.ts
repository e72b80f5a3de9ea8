// One record by its key: the hot path of every protocol. The viewer's condition stands in the statement, so a hidden record is an absent one.

import { isUuid } from '../formats/syntax/uuid.ts';
import type { MetadataRow } from '../mapping/row.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Queries } from './database.ts';
import { ROW_AS_JSON } from './read-row.ts';
import { seenBy } from './seen-by.ts';

const FROM = 'FROM metadata m LEFT JOIN metadata_search s ON s.n = m.n WHERE m.deleted_at IS NULL';

/** As the index `metadata_uuid` has it. */
const UUID = `public.uuid_generate_v5('6ba7b811-9dad-11d1-80b4-00c04fd430c8'::uuid, m.identifier)`;

const IDENTIFIER = /^[^\0]{1,2000}$/;

export interface RecordReader {
  /** null: there is none, it is withdrawn, or the viewer does not see it. */
  byIdentifier(identifier: string, viewer: Viewer): Promise<MetadataRow | null>;
  /** By the UUID of version 5 of its identifier. */
  byUuid(uuid: string, viewer: Viewer): Promise<MetadataRow | null>;
  byNumber(service: string, id: number, viewer: Viewer): Promise<MetadataRow | null>;
  /** A withdrawn record that was public and had a DOI, as it was; null: no such one. */
  withdrawn(
    key: { readonly identifier: string } | { readonly service: string; readonly id: number },
  ): Promise<MetadataRow | null>;
}

export function createRecordReader(queries: Queries): RecordReader {
  return {
    async byIdentifier(identifier, viewer) {
      if (!IDENTIFIER.test(identifier)) return null;
      const { suffix, text, value } = seenBy(viewer);
      const rows = await queries.query<{ row: MetadataRow }>(
        `vobs_record${suffix}`,
        `SELECT ${ROW_AS_JSON} ${FROM} AND m.identifier = $1::text AND ${text(2)}`,
        [identifier, value],
      );
      return rows[0]?.row ?? null;
    },
    async byUuid(uuid, viewer) {
      if (!isUuid(uuid)) return null;
      const { suffix, text, value } = seenBy(viewer);
      const rows = await queries.query<{ row: MetadataRow }>(
        `vobs_record_uuid${suffix}`,
        `SELECT ${ROW_AS_JSON} ${FROM} AND ${UUID} = $1::uuid AND ${text(2)}`,
        [uuid, value],
      );
      return rows[0]?.row ?? null;
    },
    async byNumber(service, id, viewer) {
      if (!IDENTIFIER.test(service) || !Number.isInteger(id) || id < 0 || id > 2_147_483_647) return null;
      const { suffix, text, value } = seenBy(viewer);
      const rows = await queries.query<{ row: MetadataRow }>(
        `vobs_record_number${suffix}`,
        `SELECT ${ROW_AS_JSON} ${FROM} AND m.service = $1::text AND m.id = $3::int AND ${text(2)}`,
        [service, value, id],
      );
      return rows[0]?.row ?? null;
    },
    async withdrawn(key) {
      const [named, condition, values] =
        'identifier' in key
          ? ['identifier', 'm.identifier = $1::text', [key.identifier]]
          : ['number', 'm.service = $1::text AND m.id = $2::int', [key.service, key.id]];
      if (!IDENTIFIER.test(String(values[0]))) return null;
      const rows = await queries.query<{ row: MetadataRow }>(
        `vobs_withdrawn_${named}`,
        `SELECT ${ROW_AS_JSON} FROM metadata m LEFT JOIN metadata_search s ON s.n = m.n
WHERE m.deleted_at IS NOT NULL AND m.was_public AND m.authorization_ < 3 AND m.doi IS NOT NULL AND ${condition}`,
        values,
      );
      return rows[0]?.row ?? null;
    },
  };
}
