// Words of filters. `words` and `phrase` are asked like `SearchQuery.words`. A pattern over all words of a record is decided by its text;
// where the pattern holds a run of letters, the vocabulary says which words have that run, and the word index preselects by their stems.
// A stem that no other word shares needs no look into the text. (Left out are thereby records that have the run only within an address,
// a word that begins with a digit, or one of more than 40 letters: the vocabulary holds none of these.)
import { childrenOf, type Filter, type Piece } from '../model/filter.ts';
import type { Queries } from './database.ts';
import { createAnswerMemory } from './search-memory.ts';

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

/** Lower case without accents. */
export const foldedLetters = (text: string): string => text.normalize('NFD').replace(/\p{M}/gu, '').toLowerCase();

/** The longest run of letters of a pattern, lower case without accents; null: none that is long enough. */
export function longestPart(pattern: readonly Piece[]): string | null {
  let longest = '';
  for (const piece of pattern) {
    if (typeof piece === 'string') continue;
    const folded = foldedLetters(piece.literal);
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

/** The words that hold a run of letters, as texts of tsqueries; null: there are none of the kind. */
export interface PartQuery {
  /** A record that matches has the run. */
  readonly sure: string | null;
  /** A record that matches may have it. */
  readonly perhaps: string | null;
}

/** For so many words their stems are compared with those of other words. */
const MOST_COMPARED = 20;
const MOST_REMEMBERED = 2000;

/**
 * Words with the run, their stems, and which of these another word without the run has too. A stem and its word differ in their last three
 * letters at most, so that only words with the same beginning are looked at. Each word has its stems in the index of every record that has it:
 * one of them is enough.
 */
const ASK = `WITH w AS MATERIALIZED (SELECT word FROM vocabulary WHERE folded LIKE '%' || $1::text || '%' LIMIT ${MOST_WORDS + 1}),
few AS MATERIALIZED (SELECT count(*) AS count FROM w),
l AS MATERIALIZED (SELECT w.word, x.lexeme FROM w CROSS JOIN LATERAL unnest(tsvector_to_array(search_words(w.word))) x(lexeme)),
shared AS MATERIALIZED (SELECT d.lexeme FROM (SELECT DISTINCT lexeme FROM l) d CROSS JOIN LATERAL (SELECT left(d.lexeme, greatest(length(d.lexeme) - 3, 1)) AS start) p
  WHERE (SELECT count FROM few) <= ${MOST_COMPARED} AND EXISTS (SELECT FROM vocabulary v
    WHERE v.folded ~>=~ p.start AND v.folded ~<~ (p.start || chr(1114111)) AND v.folded NOT LIKE '%' || $1::text || '%'
      AND d.lexeme = ANY (tsvector_to_array(search_words(v.word))))),
best AS (SELECT word, min(lexeme) AS one, min(lexeme) FILTER (WHERE lexeme NOT IN (SELECT lexeme FROM shared)) AS own FROM l GROUP BY word)
SELECT (SELECT count FROM few)::int AS count,
  string_agg(DISTINCT quote_literal(own), ' | ') FILTER (WHERE own IS NOT NULL AND (SELECT count FROM few) <= ${MOST_COMPARED}) AS sure,
  string_agg(DISTINCT quote_literal(one), ' | ') FILTER (WHERE own IS NULL OR (SELECT count FROM few) > ${MOST_COMPARED}) AS perhaps
FROM best`;

/** Asks the vocabulary, once for each revision of the catalogue; null: too many words hold the run. */
export function createPartQueries(queries: Queries): (part: string) => Promise<PartQuery | null> {
  const remembered = createAnswerMemory<PartQuery | null>(queries, MOST_REMEMBERED);
  return (part) =>
    remembered([part], async () => {
      const [row] = await queries.query<PartQuery & { count: number }>('vobs_parts', ASK, [part]);
      if (row === undefined || row.count > MOST_WORDS) return null;
      return { sure: row.sure, perhaps: row.perhaps };
    });
}
