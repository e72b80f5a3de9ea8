// Completions while a word is typed (OpenSearch Suggestions 1.1): [typed, [completions], [descriptions], [search addresses]].
import type { Catalogue, Suggestion } from '../../catalogue/catalogue.ts';
import type { Caching } from '../../http/caching.ts';
import type { Links } from '../../http/links.ts';
import { text } from '../../http/parameter-kinds.ts';
import { parameterTable, readParameters } from '../../http/parameters.ts';
import type { AppContext } from '../../http/protocol.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import { countText } from './answer.ts';
import type { Scope } from './scope.ts';
import { SUGGESTIONS_TYPE } from './vocabulary.ts';

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

export interface SuggestionDeps {
  readonly catalogue: Catalogue;
  readonly mappings: Mappings;
  readonly links: Links;
  readonly caching: Caching;
}

/** Gives the handler of a scope's completions. */
export function createAnswerSuggestions(deps: SuggestionDeps): (ctx: AppContext, scope: Scope) => Promise<void> {
  const { catalogue, links, caching } = deps;
  const prefix = deps.mappings.site.identifierPrefix;
  return async (ctx, scope) => {
    const { language, viewer } = ctx.state;
    const { typed } = readParameters(SUGGEST_PARAMETERS, ctx.querystring, { unknown: 'ignore', emptyIsAbsent: true });
    if (caching.notModified(ctx, await catalogue.revision(), 'suggestions')) return;
    const service = scope.kind === 'service' ? scope.service.name : null;
    const found: readonly Suggestion[] = typed === null ? [] : await catalogue.suggest(typed, viewer, service);
    // Over all levels, as the completions are counted.
    const parentIdentifier = service === null ? null : `${prefix}:${service}`;
    ctx.set('Content-Type', `${SUGGESTIONS_TYPE}; charset=utf-8`);
    ctx.set('Content-Language', language);
    ctx.body = `${JSON.stringify([
      typed ?? '',
      found.map((suggestion) => suggestion.text),
      found.map((suggestion) => countText(suggestion.count, language)),
      found.map((suggestion) => links.url('/opensearch/search.html', { q: suggestion.text, parentIdentifier })),
    ])}\n`;
  };
}
