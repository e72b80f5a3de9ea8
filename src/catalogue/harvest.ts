// Use cases of harvesters: pages in the order of changes, one item by its identifier, and what the answers are signed with.
import type { MetadataRow } from '../mapping/row.ts';
import type { HarvestHeader, HarvestItem, HarvestPage, HarvestQuery } from '../model/harvest.ts';
import type { CatalogRecord, Level, ProductLevel } from '../model/record.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Queries } from '../storage/database.ts';
import { createHarvestReader, type Harvested, type HeaderRow } from '../storage/harvest-pages.ts';
import { createServerKeys } from '../storage/server-keys.ts';

export interface Harvest {
  /** Records of one page, those that were deleted without their content. */
  items(query: HarvestQuery, viewer: Viewer): Promise<HarvestPage<HarvestItem>>;
  headers(query: HarvestQuery, viewer: Viewer): Promise<HarvestPage<HarvestHeader>>;
  /** By our identifier; null: absent, or never to be seen by the viewer. */
  item(identifier: string, viewer: Viewer): Promise<HarvestItem | null>;
  /** RFC 3339; no record has an earlier datestamp. null: there is no record. */
  earliest(): Promise<string | null>;
  /** Key that all server processes share, for signing the tokens of next pages. */
  tokenKey(): Promise<string>;
}

export function createHarvest(queries: Queries, toRecord: (row: MetadataRow) => CatalogRecord): Harvest {
  const reader = createHarvestReader(queries);
  const key = createServerKeys(queries);
  const itemOf = (row: Harvested<MetadataRow>): HarvestItem => ({
    header: headerOf(row),
    record: row.gone ? null : toRecord(row),
  });
  return {
    async items(query, viewer) {
      const { rows, revision, following } = await reader.rows(query, viewer);
      return { items: rows.map(itemOf), revision, following };
    },
    async headers(query, viewer) {
      const { rows, revision, following } = await reader.headers(query, viewer);
      return { items: rows.map(headerOf), revision, following };
    },
    async item(identifier, viewer) {
      const row = await reader.byIdentifier(identifier, viewer);
      return row === null ? null : itemOf(row);
    },
    earliest: () => reader.earliest(),
    tokenKey: () => key('resumption-token'),
  };
}

function headerOf(row: Harvested<HeaderRow>): HarvestHeader {
  return {
    n: row.n,
    identifier: row.identifier,
    datestamp: row.datestamp,
    deleted: row.gone,
    service: row.service,
    level: row.level as Level,
    acquisition: row.acquisition,
    format: row.format,
    productLevel: row.product_level as ProductLevel | null,
    authorization: row.authorization_,
    embargoUntil: row.embargo_until,
  };
}
