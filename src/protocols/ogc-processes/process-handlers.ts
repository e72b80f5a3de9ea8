// /processes and what is below it (18-062r2, 7.9 to 7.11).
import { readParameters } from '../../http/parameters.ts';
import type { AppContext } from '../../http/protocol.ts';
import { AppError } from '../../model/errors.ts';
import type { ProcessDescription } from '../../model/process.ts';
import { inLanguage } from '../../model/text.ts';
import { ProcessingFault } from '../../processing/processing.ts';
import { sendDocument } from './answer.ts';
import { descriptionOf, executeLink, processPath, summaryLinks, summaryOf } from './documents.ts';
import { exampleOf } from './example.ts';
import { execute } from './execute.ts';
import { processListMain, processMain, wordsIn } from './pages.ts';
import { DOCUMENT, LIST } from './parameters.ts';
import { type OgcProcessesParts, pageLinks, pageQuery, STRICT } from './parts.ts';
import type { Handlers } from './routes.ts';
import { JSON_TYPE } from './vocabulary.ts';

export function processHandlers(
  parts: OgcProcessesParts,
): Pick<Handlers, 'processes' | 'process' | 'execute' | 'toProcess'> {
  const { processing, catalogue, links, caching } = parts;
  const executing = { ...parts, maxBody: parts.config.processingBody };

  function described(id: string): ProcessDescription {
    const process = processing.describe(id);
    if (process !== null) return process;
    const short = id.slice(0, 100);
    const detail = { en: `there is no process ${short}`, fr: `il n'y a pas de processus ${short}` };
    throw new ProcessingFault([{ parameter: id, reason: 'no-such-process', detail }]);
  }

  /** All processes, or those that can be run on the data of a record. */
  async function listed(ctx: AppContext, record: string | null): Promise<readonly ProcessDescription[]> {
    if (record === null) return processing.processes;
    const found = await catalogue.get({ identifier: record }, ctx.state.viewer);
    if (found === null) throw new AppError('not-found');
    return processing.applicable(found);
  }

  return {
    async processes(ctx) {
      const { f, lang, record, limit, offset } = readParameters(LIST, ctx.querystring, STRICT);
      if (caching.notModified(ctx, await catalogue.revision(), `processes ${ctx.querystring}`)) return;
      const { language } = ctx.state;
      const all = await listed(ctx, record);
      const page = all.slice(offset, offset + limit);
      const title = wordsIn(language).processes;
      const written = page.map((process) => ({ ...summaryOf(process, language), links: summaryLinks(process, links) }));
      const query = { lang, record };
      sendDocument(
        ctx,
        parts,
        { path: '/processes', query: pageQuery(query, { limit, offset }), f },
        {
          title,
          members: { processes: written, numberMatched: all.length },
          links: pageLinks('/processes', query, { limit, offset }, all.length, links),
          trail: [[title, null]],
          main: (own) => processListMain(page, links, language, own),
        },
      );
    },
    async process(ctx) {
      const { f, lang } = readParameters(DOCUMENT, ctx.querystring, STRICT);
      const one = described(ctx.params.processId ?? '');
      if (caching.notModified(ctx, await catalogue.revision(), `process ${ctx.querystring}`)) return;
      const { language } = ctx.state;
      const title = inLanguage(one.title, language);
      const up = { rel: 'up', href: links.url('/processes'), type: JSON_TYPE, title: 'Processes' };
      sendDocument(
        ctx,
        parts,
        { path: processPath(one.id), query: { lang }, f },
        {
          title,
          members: descriptionOf(one, language),
          links: [executeLink(one, links), up],
          trail: [
            [wordsIn(language).processes, '/processes?f=html'],
            [title, null],
          ],
          main: (own) => processMain(one, exampleOf(one), language, own),
        },
      );
    },
    toProcess(ctx) {
      const { id } = described(ctx.params.processId ?? '');
      ctx.redirect(links.url(processPath(id), { f: ctx.accepts('json', 'html') === 'html' ? 'html' : null }));
      ctx.status = 303;
    },
    execute: (ctx) => execute(ctx, described(ctx.params.processId ?? ''), executing),
  };
}
