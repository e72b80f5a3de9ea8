// Words of a search as a tsquery: asked once of the database (its dictionaries decide the stems of both languages), then remembered.
// Words without one that can be looked for (only stop words of both languages, only signs) find nothing: a search that silently
// returned everything would be the worse surprise. Beside other words a stop word does not count.
import { parseWords, printWords } from '../formats/syntax/words.ts';
import { SyntaxFault } from '../model/errors.ts';
import type { Queries } from './database.ts';
import { createMemory } from './search-memory.ts';

const MOST_REMEMBERED = 5000;

/** Gives the text of the tsquery for what was typed (`SearchQuery.words`); null: there is nothing in it to look for. */
export function createWordQueries(queries: Queries): (words: string) => Promise<string | null> {
  const known = createMemory<{ readonly query: string | null }>(MOST_REMEMBERED);
  return async (words) => {
    const remembered = known.get(words);
    if (remembered !== undefined) return remembered.query;
    const typed = normalised(words);
    const rows =
      typed === null
        ? []
        : await queries.query<{ query: string | null }>('vobs_words', 'SELECT search_query($1::text)::text AS query', [
            typed,
          ]);
    const query = rows[0]?.query || null;
    known.set(words, { query });
    return query;
  };
}

/** One way of writing for equal searches; null where there is neither letter nor digit. Length is the caller's limit. */
function normalised(words: string): string | null {
  try {
    return printWords(parseWords(words.replace(/\p{Cc}/gu, ' ')));
  } catch (error) {
    if (error instanceof SyntaxFault) return null;
    throw error;
  }
}
