// The table `asset`: which bytes belong to which record. The record's own list follows by a trigger, in the same transaction; the writer of
// records gives the revision. The same file again changes nothing.
import type { Asset, AssetRole } from '../model/asset.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Queries } from './database.ts';
import { seenBy } from './seen-by.ts';

/** What a writer gives of a file whose bytes are in the store. (service, record, role, name) is the natural key. */
export type AssetInput = Omit<Asset, 'id' | 'modified'>;

/** A file with what its record says of who may take it. */
export interface AssetAccess {
  readonly asset: Asset;
  readonly record: {
    readonly service: string;
    readonly authorization: number;
    readonly accessGroups: readonly string[];
    readonly embargoUntil: string | null;
  };
}

const ATTACH = `INSERT INTO asset AS a (id, service, record, name, role, media_type, size, sha256, modified)
SELECT public.asset_id(r.service, r.record, r.role, r.name), r.service, r.record, r.name, r.role, r."mediaType", r.size, r.sha256,
  date_trunc('second', $2::timestamptz)
FROM jsonb_to_recordset($1::jsonb) AS r (service text, record int, name text, role text, "mediaType" text, size bigint, sha256 text)
ON CONFLICT (service, record, role, name) DO UPDATE
SET (media_type, size, sha256, modified) = (EXCLUDED.media_type, EXCLUDED.size, EXCLUDED.sha256, EXCLUDED.modified)
WHERE (a.media_type, a.sha256) IS DISTINCT FROM (EXCLUDED.media_type, EXCLUDED.sha256)
RETURNING a.service, a.record`;
const RECORDS = `SELECT DISTINCT m.n, m.service FROM unnest($1::text[], $2::int[]) AS k (service, id)
JOIN metadata m ON m.service = k.service AND m.id = k.id`;

/**
 * Writes the files of records that exist ($2: when, RFC 3339); gives the records whose list has changed. Runs inside a transaction that ends
 * with the revision (`WriteSession.attach`).
 */
export async function attachAssets(
  queries: Queries,
  assets: readonly AssetInput[],
  now: string,
): Promise<readonly { readonly n: number; readonly service: string }[]> {
  if (assets.length === 0) return [];
  const values = [JSON.stringify(assets), now];
  const changed = await queries.query<{ service: string; record: number }>('vobs_attach', ATTACH, values);
  if (changed.length === 0) return [];
  return queries.query('vobs_attached', RECORDS, [changed.map((row) => row.service), changed.map((row) => row.record)]);
}

interface AssetRow {
  readonly id: string;
  readonly service: string;
  readonly record: number;
  readonly name: string;
  readonly role: AssetRole;
  readonly media_type: string;
  readonly size: number | string;
  readonly sha256: string;
  readonly modified: string;
  readonly authorization_: number;
  readonly access_groups: readonly string[];
  readonly embargo_until: string | null;
}

const COLUMNS = `a.id::text AS id, a.service, a.record, a.name, a.role, a.media_type, a.size, a.sha256,
  to_char(a.modified AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS"Z"') AS modified,
  m.authorization_, m.access_groups, m.embargo_until::text AS embargo_until
FROM asset a JOIN metadata m ON m.service = a.service AND m.id = a.record WHERE m.deleted_at IS NULL`;

function accessOf(row: AssetRow): AssetAccess {
  const { id, service, record, name, role, sha256, modified } = row;
  return {
    asset: { id, service, record, name, role, mediaType: row.media_type, size: Number(row.size), sha256, modified },
    record: {
      service,
      authorization: row.authorization_,
      accessGroups: row.access_groups,
      embargoUntil: row.embargo_until,
    },
  };
}

export interface AssetReader {
  /** null: there is none, or the viewer does not see its record. `id`: a UUID. */
  byId(id: string, viewer: Viewer): Promise<AssetAccess | null>;
  /** Files of that role that have these bytes, whoever may see them: for who writes. */
  withBytes(service: string, role: AssetRole, sha256: string): Promise<readonly Asset[]>;
  /** Files of that role and name in the service. */
  withName(service: string, role: AssetRole, name: string): Promise<readonly Asset[]>;
}

export function createAssetReader(queries: Queries): AssetReader {
  const of = async (name: string, condition: string, values: readonly unknown[]): Promise<readonly Asset[]> => {
    const text = `SELECT ${COLUMNS} AND a.service = $1::text AND a.role = $2::text AND ${condition} ORDER BY a.record`;
    const rows = await queries.query<AssetRow>(name, text, values);
    return rows.map((row) => accessOf(row).asset);
  };
  return {
    async byId(id, viewer) {
      const { suffix, text, value } = seenBy(viewer);
      const rows = await queries.query<AssetRow>(
        `vobs_asset${suffix}`,
        `SELECT ${COLUMNS} AND a.id = $1::uuid AND ${text(2)}`,
        [id, value],
      );
      return rows[0] === undefined ? null : accessOf(rows[0]);
    },
    withBytes: (service, role, sha256) => of('vobs_asset_bytes', 'a.sha256 = $3::text', [service, role, sha256]),
    withName: (service, role, name) => of('vobs_asset_name', 'a.name = $3::text', [service, role, name]),
  };
}
