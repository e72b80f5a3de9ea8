// Words of filters. `words` and `phrase` are asked like `SearchQuery.words`. A pattern over all words of a record is decided by its text;
// where the pattern holds a whole run of letters, the vocabulary says which words have that run, and the word index preselects by these.
// (Left out are thereby records that have the run only within a stop word, an address, or a word that begins with a digit.)
import { childrenOf, type Filter, type Piece } from '../model/filter.ts';
import type { Queries } from './database.ts';

/** Shorter runs are in too many words for the index to be worth it. */
const SHORTEST = 3;
/** Each word asked is a walk through its list in the index. */
const MOST_WORDS = 150;

export interface FilterWords {
  /** As `SearchQuery.words` has them; a phrase stands in quotes. */
  readonly words: readonly string[];
  /** Runs of letters, folded. */
  readonly parts: readonly string[];
}

export const quotedPhrase = (text: string): string => `"${text}"`;

/** What has to be asked of the database's dictionaries before the filter can be written. */
export function wordsOfFilter(filter: Filter): FilterWords {
  const words = new Set<string>();
  const parts = new Set<string>();
  const waiting: Filter[] = [filter];
  for (let next = waiting.pop(); next !== undefined; next = waiting.pop()) {
    if (next.kind === 'words') words.add(next.text);
    else if (next.kind === 'phrase') words.add(quotedPhrase(next.text));
    else if (next.kind === 'like') {
      const part = next.term.kind === 'property' && next.term.name === 'anytext' ? longestPart(next.pattern) : null;
      if (part !== null) parts.add(part);
    }
    for (const child of childrenOf(next)) if (isFilter(child)) waiting.push(child);
  }
  return { words: [...words], parts: [...parts] };
}

const CONDITIONS: ReadonlySet<string> = new Set<Filter['kind']>([
  'and',
  'or',
  'not',
  'notExact',
  'unknown',
  'like',
  'words',
  'phrase',
]);
const isFilter = (node: ReturnType<typeof childrenOf>[number]): node is Filter => CONDITIONS.has(node.kind);

/** The longest run of letters of a pattern, lower case without accents; null: none that is long enough. */
export function longestPart(pattern: readonly Piece[]): string | null {
  let longest = '';
  for (const piece of pattern) {
    if (typeof piece === 'string') continue;
    const folded = piece.literal.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();
    // A word with signs or letters that the database folds in its own way (œ, ß) is left to the text itself.
    for (const run of folded.split(/[^\p{L}\p{N}]+/u))
      if (/^[a-z]+$/.test(run) && run.length > longest.length) longest = run;
  }
  return longest.length < SHORTEST || isInStopWord(longest) ? null : longest;
}

/** Stop words of both languages (PostgreSQL 15, english.stop and french.stop) with at least three letters; the index knows none of them. */
const STOP_WORDS = `our you she her its the and but for who are was has had did how all any few nor not own too don out off why can now him his
aux ces des est eux ils les lui mes moi nos par pas que qui sur ses son tes toi ton une vos mon notre votre ayante ayantes ayants eues ete eue eus eut aie ait ayez
that these those them they this what which whom were been being have having does doing because until while with about against between
into through during before after above below from down over under again further then once here there when where both each more most other some
such only same than very will just should your yours yourself yourselves himself herself itself their theirs themselves myself ours ourselves
dans elle leur mais meme nous pour avec vous mien etee etees etant suis sommes etes sont serai seras sera serons serez seront serais serait
serions seriez seraient etais etait etions etiez etaient fumes futes furent sois soit soyons soyez soient fusse fusses fussions fussiez fussent
ayant avons avez aurai auras aura aurons aurez auront aurais aurait aurions auriez auraient avais avait avions aviez avaient eumes eutes eurent
aies ayons ayez aient eusse eusses eussions eussiez eussent`;
const isInStopWord = (run: string): boolean => STOP_WORDS.includes(run);

/** Asks the vocabulary: the words that hold the run, as the text of a tsquery; '' where there is none, null where there are too many. */
export function createPartQueries(queries: Queries): (part: string) => Promise<string | null> {
  const text = `SELECT count(*)::int AS count, string_agg(search_query(word)::text, ' | ') AS query
FROM (SELECT word FROM vocabulary WHERE folded LIKE '%' || $1::text || '%' LIMIT ${MOST_WORDS + 1}) w`;
  return async (part) => {
    const [row] = await queries.query<{ count: number; query: string | null }>('vobs_parts', text, [part]);
    if (row === undefined || row.count > MOST_WORDS) return null;
    return row.query ?? '';
  };
}
