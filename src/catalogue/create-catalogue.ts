// The use cases of the catalogue over the storage: limits first, then the search, then rows become records.
import { createQueryables } from '../mapping/queryables.ts';
import { NO_CONSTANTS, type RecordConstants } from '../mapping/record-constants.ts';
import type { MetadataRow } from '../mapping/row.ts';
import { AppError } from '../model/errors.ts';
import type { SearchQuery } from '../model/query.ts';
import type { CatalogRecord } from '../model/record.ts';
import type { Service } from '../model/service.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Queries } from '../storage/database.ts';
import { codeOfError } from '../storage/database-errors.ts';
import { createPartQueries } from '../storage/filter-words.ts';
import { createRecordReader } from '../storage/read-record.ts';
import { createRevisionReader } from '../storage/revision.ts';
import { createFacets } from '../storage/search-facets.ts';
import { createRecordSearch, type FoundRows } from '../storage/search-records.ts';
import { createServiceTags } from '../storage/search-services.ts';
import { createSuggestions } from '../storage/search-suggestions.ts';
import { createWordQueries } from '../storage/search-words.ts';
import type { Catalogue } from './catalogue.ts';
import { createHarvest } from './harvest.ts';
import { checkLimits, SEARCH_LIMITS, type SearchLimits } from './limits.ts';

export interface CatalogueParts {
  readonly toRecord: (row: MetadataRow) => CatalogRecord;
  /** The service files: which specific fields there are, and of which type. */
  readonly services: readonly Service[];
  readonly limits?: SearchLimits;
  /** What the mappings say of every record, for filters; absent: nothing but the rows. */
  readonly constants?: RecordConstants;
}

/** Records of a stream's chunks: a small one first, so that an answer begins at once. */
const FIRST_CHUNK = 100;
const CHUNK = 1000;

/** The services must be in the database already (`syncServices`); tags of services are read once. */
export function createCatalogue(
  database: Queries,
  { toRecord, services, limits = SEARCH_LIMITS, constants = NO_CONSTANTS }: CatalogueParts,
): Catalogue {
  const tags = createServiceTags(database);
  const fieldTypes = new Map(
    services.map((service) => [service.name, new Map(service.fields.map((field) => [field.name, field.type]))]),
  );
  const parts = {
    queries: database,
    tags,
    fieldTypes,
    wordQuery: createWordQueries(database),
    filters: { queryables: createQueryables({ services }), constants, partQuery: createPartQueries(database) },
  };
  const records = createRecordSearch(parts);
  const reader = createRecordReader(database);
  const facets = createFacets(parts);
  const suggestions = createSuggestions(parts);

  const page = async (query: SearchQuery, viewer: Viewer): Promise<FoundRows> => {
    const found = await records.page(query, viewer).catch((error: unknown) => {
      throw query.filter === null ? error : filterError(error);
    });
    if (found !== null) return found;
    throw new AppError('invalid-parameter', {
      faults: [
        {
          parameter: 'cursor',
          detail: { en: 'this is no place in the asked order', fr: 'ce n’est pas une position dans l’ordre demandé' },
        },
      ],
    });
  };

  return {
    async search(query, viewer) {
      checkLimits(query, limits);
      const { rows, total, next } = await page(query, viewer);
      return { records: rows.map(toRecord), total, next };
    },
    async get(key, viewer) {
      const row =
        'identifier' in key
          ? await reader.byIdentifier(key.identifier, viewer)
          : 'uuid' in key
            ? await reader.byUuid(key.uuid, viewer)
            : await reader.byNumber(key.service, key.id, viewer);
      return row === null ? null : toRecord(row);
    },
    async withdrawn(key) {
      const row = await reader.withdrawn(key);
      return row === null ? null : toRecord(row);
    },
    async *stream(query, viewer) {
      let asked: SearchQuery = { ...query, start: { kind: 'offset', offset: 0 }, limit: FIRST_CHUNK, count: false };
      checkLimits(asked, limits);
      for (;;) {
        const { rows, next } = await page(asked, viewer);
        if (rows.length > 0) yield rows.map(toRecord);
        if (next === null) return;
        asked = { ...asked, start: { kind: 'after', cursor: next }, limit: CHUNK };
      }
    },
    async facets(query, names, viewer) {
      checkLimits(query, limits);
      return facets(query, names, viewer).catch((error: unknown) => {
        throw query.filter === null ? error : filterError(error);
      });
    },
    fieldValues: (service, field, viewer, limit) => suggestions.fieldValues(service, field, viewer, limit),
    suggest: async (prefix, viewer, service) =>
      prefix.length > limits.words ? [] : suggestions.words(prefix, viewer, service),
    harvest: createHarvest(database, toRecord),
    revision: createRevisionReader(database),
  };
}

/** Values that the database cannot compute with (SQLSTATE class 22: overflow, no such root) are those that the filter asked for. */
function filterError(error: unknown): unknown {
  if (!codeOfError(error).startsWith('22')) return error;
  return new AppError('invalid-parameter', {
    faults: [
      {
        parameter: 'filter',
        detail: {
          en: 'a number or a geometry of the filter leaves what can be computed',
          fr: 'un nombre ou une géométrie du filtre sort de ce qui peut être calculé',
        },
      },
    ],
    cause: error,
  });
}
