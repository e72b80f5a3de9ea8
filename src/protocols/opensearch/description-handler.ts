// Answers the description documents. One is made once for a revision of the catalogue, a viewer's scope and a language, then kept.
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Caching } from '../../http/caching.ts';
import type { AppContext } from '../../http/protocol.ts';
import { scopeOf } from '../../model/viewer.ts';
import { type DescriptionParts, writeDescription } from './capabilities.ts';
import { createChoices } from './choices.ts';
import { exampleWord } from './example.ts';
import type { ReadRequest } from './request.ts';
import { type Scope, scopePath } from './scope.ts';
import { OSDD_TYPE } from './vocabulary.ts';

const MOST_KEPT = 200;

export interface DescriptionDeps extends DescriptionParts {
  readonly catalogue: Catalogue;
  readonly caching: Caching;
  readonly reader: ReadRequest;
}

/** Gives the handler of a scope's OSDD. */
export function createAnswerDescription(deps: DescriptionDeps): (ctx: AppContext, scope: Scope) => Promise<void> {
  const { catalogue, mappings, reader } = deps;
  const choicesOf = createChoices(catalogue, mappings);
  const kept = new Map<string, { readonly revision: string; readonly text: Promise<string> }>();

  async function make(ctx: AppContext, scope: Scope): Promise<string> {
    const { viewer, language } = ctx.state;
    const table = reader.table(scope);
    const choices = await choicesOf(scope, table, viewer, language);
    const example = await exampleWord(catalogue, scope, viewer);
    return writeDescription(scope, deps, table, choices, example, language);
  }

  return async (ctx, scope) => {
    const { viewer, language } = ctx.state;
    const revision = await catalogue.revision();
    if (deps.caching.notModified(ctx, revision, 'osdd')) return;
    const key = `${scopePath(scope)} ${language} ${scopeOf(viewer)}`;
    let known = kept.get(key);
    if (known?.revision !== revision) {
      const text = make(ctx, scope);
      known = { revision, text };
      if (kept.size >= MOST_KEPT) kept.clear();
      kept.set(key, known);
      text.catch(() => kept.delete(key));
    }
    const text = await known.text;
    ctx.set('Content-Type', `${OSDD_TYPE}; charset=utf-8`);
    ctx.set('Content-Language', language);
    ctx.body = text;
  };
}
