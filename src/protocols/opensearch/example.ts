// The example query of an OSDD (OpenSearch 1.1 section 4.5.3): a word of a record that is there, tried before it is written.
import type { Catalogue } from '../../catalogue/catalogue.ts';
import { EVERYTHING, type SearchQuery } from '../../model/query.ts';
import type { Viewer } from '../../model/viewer.ts';
import { defaultLevels, type Scope } from './scope.ts';

const MOST_TRIES = 5;

/** A word that finds something in the scope; null when there is nothing to find. */
export async function exampleWord(catalogue: Catalogue, scope: Scope, viewer: Viewer): Promise<string | null> {
  const base: SearchQuery = {
    ...EVERYTHING,
    services: scope.kind === 'service' ? [scope.service.name] : null,
    levels: defaultLevels(scope),
    count: false,
  };
  const { records } = await catalogue.search({ ...base, limit: MOST_TRIES }, viewer);
  const words = records.flatMap((record) => record.title.match(/\p{L}{4,}/gu)?.slice(0, 2) ?? []);
  for (const word of [...new Set(words)].slice(0, MOST_TRIES)) {
    const { records: found } = await catalogue.search({ ...base, words: word, limit: 1 }, viewer);
    if (found.length > 0) return word;
  }
  return null;
}
