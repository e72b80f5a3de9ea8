// GetCapabilities and DescribeProcess of both versions: documents that follow from the processes and the site, written once for each language.
import type { Catalogue } from '../../catalogue/catalogue.ts';
import { excerpt } from '../../formats/syntax/excerpt.ts';
import type { Caching } from '../../http/caching.ts';
import type { Links } from '../../http/links.ts';
import type { AppContext } from '../../http/protocol.ts';
import type { ProcessDescription } from '../../model/process.ts';
import type { Site } from '../../model/site.ts';
import { type Processing, ProcessingFault } from '../../processing/processing.ts';
import type { CapabilitiesCall, DescribeCall } from './call.ts';
import { capabilitiesDocument, capabilitiesSections, SECTIONS } from './capabilities.ts';
import { type DescriptionLimits, processDescriptions } from './descriptions-1.ts';
import { processOfferings } from './descriptions-2.ts';
import { type Exception, invalid, WpsError } from './errors.ts';
import { sendXml } from './reply.ts';

export interface DocumentDeps {
  readonly processing: Processing;
  readonly catalogue: Pick<Catalogue, 'revision'>;
  readonly site: Site;
  readonly links: Links;
  readonly caching: Caching;
  readonly limits: DescriptionLimits;
}

/** A revision is decimal digits: the one with more digits is the later one. */
const isLater = (a: string, b: string): boolean => a.length > b.length || (a.length === b.length && a > b);

function updateSequenceFault(asked: string | null, current: string): Exception | null {
  if (asked === null || (/^\d{1,30}$/.test(asked) && !isLater(asked, current))) return null;
  const shown = excerpt(asked);
  return {
    code: 'InvalidUpdateSequence',
    locator: 'updateSequence',
    text: { en: `${shown} is later than ${current}`, fr: `${shown} est postérieur à ${current}` },
  };
}

function sectionFault(asked: readonly string[] | null): Exception | null {
  const wrong = asked?.find((name) => name !== 'All' && name !== '' && !SECTIONS.includes(name));
  if (wrong === undefined) return null;
  const [shown, have] = [excerpt(wrong), SECTIONS.join(', ')];
  return invalid('sections', `${shown}: there are ${have}`, `${shown} : il y a ${have}`);
}

export function createDocuments(deps: DocumentDeps) {
  const { processing, catalogue, site, links, caching, limits } = deps;
  const parts = { site, links, processes: processing.processes };

  /** True when the caller has it already. Only a GET has an entity that can be kept. */
  const isKnown = (ctx: AppContext, revision: string, key: string): boolean =>
    ctx.method !== 'POST' && caching.notModified(ctx, revision, `wps ${key}`);

  async function answerCapabilities(ctx: AppContext, call: CapabilitiesCall): Promise<void> {
    const { version, path, envelope } = call;
    const language = call.language ?? ctx.state.language;
    const revision = await catalogue.revision();
    const faults = [
      updateSequenceFault(call.updateSequence, revision),
      version === '2.0.0' ? sectionFault(call.sections) : null,
    ].filter((each) => each !== null);
    if (faults.length > 0) throw new WpsError(faults);
    const wanted = version === '2.0.0' && !call.sections?.includes('All') ? call.sections : null;
    if (isKnown(ctx, revision, `capabilities ${version} ${language} ${wanted?.join(' ') ?? ''}`)) return;
    let text = '';
    for (const [section, content] of capabilitiesSections(version, path, language, parts)) {
      if (wanted === null || section === 'Contents' || wanted.includes(section)) text += content;
    }
    ctx.state.language = language;
    sendXml(ctx, capabilitiesDocument(version, text, revision, language), envelope, language);
  }

  function chosen(identifiers: readonly string[] | null): readonly ProcessDescription[] {
    if (identifiers === null) return processing.processes;
    const found = identifiers.map((id) => processing.describe(id));
    const unknown = identifiers.filter((_id, n) => found[n] === null);
    if (unknown.length === 0) return found.filter((each) => each !== null);
    throw new ProcessingFault(
      unknown.map((id) => ({
        reason: 'no-such-process',
        parameter: id,
        detail: { en: `there is no process ${excerpt(id)}`, fr: `il n’y a pas de traitement ${excerpt(id)}` },
      })),
    );
  }

  async function answerDescriptions(ctx: AppContext, call: DescribeCall): Promise<void> {
    const { version, envelope, identifiers } = call;
    const language = call.language ?? ctx.state.language;
    const processes = chosen(identifiers);
    const revision = await catalogue.revision();
    if (isKnown(ctx, revision, `descriptions ${version} ${language}`)) return;
    ctx.state.language = language;
    const write = version === '1.0.0' ? processDescriptions : processOfferings;
    sendXml(ctx, write(processes, language, limits), envelope, language);
  }

  return { answerCapabilities, answerDescriptions };
}
