// GetCapabilities: the asked sections, the asked media type, and the revision of the catalogue as updateSequence
// (OGC 05-008 clause 7; OGC 06-121r9 clause 7; OGC 12-176r7 7.1).

import type { Catalogue } from '../../catalogue/catalogue.ts';
import { excerpt } from '../../formats/syntax/excerpt.ts';
import type { Caching } from '../../http/caching.ts';
import type { AppContext } from '../../http/protocol.ts';
import type { Language } from '../../model/text.ts';
import { type Call, owsError, readParametersOf } from './call.ts';
import { type CapabilitiesParts, capabilitiesDocument, capabilitiesSections } from './capabilities-document.ts';
import { type Exception, invalid } from './errors.ts';
import { listOf } from './output-request.ts';
import { sendXml } from './reply.ts';
import { type Section, XML_TYPES } from './vocabulary.ts';

export interface GetCapabilitiesDeps extends CapabilitiesParts {
  readonly catalogue: Catalogue;
  readonly caching: Caching;
}

/** A revision is decimal digits: the one with more digits is the later one. */
function compareRevisions(a: string, b: string): number {
  return a.length - b.length || (a < b ? -1 : a > b ? 1 : 0);
}

function checkUpdateSequence(asked: string | null, current: string): Exception | null {
  if (asked === null) return null;
  if (asked === current) {
    const text = { en: `${current} is the current one`, fr: `${current} est la valeur actuelle` };
    return { code: 'CurrentUpdateSequence', locator: 'updateSequence', text };
  }
  if (/^\d{1,30}$/.test(asked) && compareRevisions(asked, current) < 0) return null;
  const text = {
    en: `${excerpt(asked)} is later than ${current}`,
    fr: `${excerpt(asked)} est postérieur à ${current}`,
  };
  return { code: 'InvalidUpdateSequence', locator: 'updateSequence', text };
}

/** null: all of them. An empty list asks for none (OGC 05-008 7.3.3). */
function sectionsAsked(call: Call, have: readonly Section[]): readonly Section[] | Exception | null {
  const text = call.parameters.get('sections');
  if (text === undefined) return null;
  const asked = listOf(text);
  if (asked.includes('All')) return null;
  const wrong = asked.find((name) => !have.some((section) => section === name));
  if (wrong === undefined) return have.filter((section) => asked.includes(section));
  const names = have.join(', ');
  return invalid('Sections', `${excerpt(wrong)}: there are ${names}`, `${excerpt(wrong)} : il y a ${names}`);
}

/** The first of the asked media types that there is; 3.0 refuses when there is none, 2.0.2 gives its own. */
function mediaTypeOf(call: Call): string | Exception {
  const asked = listOf(call.parameters.get('acceptformats') ?? '');
  const found = asked.find((type) => XML_TYPES.some((known) => known === type));
  if (found !== undefined || asked.length === 0 || call.version === '2.0.2') return found ?? XML_TYPES[0];
  const have = XML_TYPES.join(', ');
  return invalid('AcceptFormats', `there are: ${have}`, `il y a : ${have}`);
}

/** AcceptLanguages (OWS 2.0) and LANGUAGE (INSPIRE), three letters or two. */
function languageOf(call: Call, otherwise: Language): Language {
  const reader = readParametersOf(call.parameters);
  for (const code of listOf(`${reader.text('LANGUAGE') ?? ''},${reader.text('AcceptLanguages') ?? ''}`)) {
    if (/^(?:fre|fra|fr)\b/i.test(code)) return 'fr';
    if (/^(?:eng|en)\b/i.test(code)) return 'en';
  }
  return otherwise;
}

/** Gives the handler. */
export function createGetCapabilities(deps: GetCapabilitiesDeps): (ctx: AppContext, call: Call) => Promise<void> {
  const written = new Map<string, ReadonlyMap<Section, string>>();
  const sectionsOf = (call: Call, language: Language): ReadonlyMap<Section, string> => {
    const key = `${call.version} ${call.path} ${language}`;
    const known = written.get(key) ?? capabilitiesSections(call.version, call.path, language, deps);
    written.set(key, known);
    return known;
  };

  return async (ctx, call) => {
    const language = languageOf(call, ctx.state.language);
    const all = sectionsOf(call, language);
    const revision = await deps.catalogue.revision();
    const sections = sectionsAsked(call, [...all.keys()]);
    const mediaType = mediaTypeOf(call);
    const exceptions = [
      sections,
      mediaType,
      checkUpdateSequence(readParametersOf(call.parameters).text('updateSequence'), revision),
    ].filter((each): each is Exception => each !== null && typeof each === 'object' && 'code' in each);
    if (exceptions.length > 0) throw owsError(exceptions);
    if (ctx.method !== 'POST' && deps.caching.notModified(ctx, revision, `csw ${String(mediaType)} ${language}`))
      return;
    const wanted = sections as readonly Section[] | null;
    let text = '';
    for (const [section, content] of all) {
      // The schema of 2.0.2 wants the filter's capabilities always.
      const always = section === 'Filter_Capabilities' && call.version === '2.0.2';
      if (wanted === null || always || wanted.includes(section)) text += content;
    }
    ctx.state.language = language;
    sendXml(ctx, capabilitiesDocument(call.version, text, revision), String(mediaType), call.envelope);
  };
}
