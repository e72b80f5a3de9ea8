// Completions while a word is typed (OpenSearch Suggestions 1.1): [typed, [completions], [descriptions], [search addresses]].
import type { Suggestion } from '../../catalogue/catalogue.ts';
import { text } from '../../http/parameter-kinds.ts';
import { parameterTable } from '../../http/parameters.ts';
import type { Language } from '../../model/text.ts';

export const SUGGEST_PARAMETERS = parameterTable({
  typed: {
    name: 'q',
    parse: text(200),
    doc: { en: 'What was typed so far', fr: 'Ce qui est tapé jusque-là' },
  },
  language: {
    name: 'lang',
    parse: text(35),
    doc: { en: 'Language of the descriptions', fr: 'Langue des descriptions' },
  },
});

/** The answer as JSON text. `address`: of the search for a completion. */
export function writeSuggestions(
  typed: string,
  suggestions: readonly Suggestion[],
  language: Language,
  address: (words: string) => string,
): string {
  const unit = (count: number): string =>
    language === 'fr' ? `${count} enregistrement${count > 1 ? 's' : ''}` : `${count} record${count === 1 ? '' : 's'}`;
  return `${JSON.stringify([
    typed,
    suggestions.map((suggestion) => suggestion.text),
    suggestions.map((suggestion) => unit(suggestion.count)),
    suggestions.map((suggestion) => address(suggestion.text)),
  ])}\n`;
}
