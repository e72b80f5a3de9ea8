// The landing page for programs and /conformance (19-072, clauses 7 and 8; 20-004r1, clause 7.2). What they say comes from the mounted
// protocols: a class that nobody serves is not claimed, a link leads only where somebody answers.
import { OPENAPI_TYPE } from '../../http/openapi.ts';
import type { AppContext, LandingLink, Protocol } from '../../http/protocol.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import { inLanguage } from '../../model/text.ts';
import { type Answering, answerDocument, type DocumentLink } from './answer.ts';
import { documentMain, wordsIn } from './html.ts';
import { ALL_RECORDS, CATALOG_TYPE, HTML_TYPE, JSON_TYPE, REL } from './vocabulary.ts';

export interface LandingParts extends Answering {
  readonly mappings: Mappings;
  /** All that are mounted; read when a request comes. */
  readonly protocols: readonly Protocol[];
}

/** What this door itself says on the landing page. */
export const LANDING_LINKS: readonly LandingLink[] = [
  { rel: 'service-desc', href: '/api', type: OPENAPI_TYPE, title: 'Description of the API (OpenAPI 3.0)' },
  { rel: 'service-doc', href: '/api.html', type: HTML_TYPE, title: 'Documentation of the API' },
  { rel: 'conformance', href: '/conformance', type: JSON_TYPE, title: 'Conformance classes' },
  { rel: REL.conformance, href: '/conformance', type: JSON_TYPE, title: 'Conformance classes' },
  { rel: 'data', href: '/collections', type: JSON_TYPE, title: 'Collections' },
  { rel: REL.data, href: '/collections', type: JSON_TYPE, title: 'Collections' },
  { rel: REL.catalog, href: `/collections/${ALL_RECORDS}`, type: CATALOG_TYPE, title: 'Catalogue of all records' },
];

/** Doors that share the root: those with a landing page of their own speak for themselves. */
const atRoot = (protocols: readonly Protocol[]) => protocols.filter(({ apiRoot }) => apiRoot === undefined);

/** The classes of all doors at the root, each once. */
export function conformanceOf(protocols: readonly Protocol[]): readonly string[] {
  return [...new Set(atRoot(protocols).flatMap(({ conformance }) => conformance ?? []))];
}

/** The landing page as JSON; its page for people is the portal's first one. */
export async function answerLanding(ctx: AppContext, parts: LandingParts): Promise<void> {
  const { site } = parts.mappings;
  const { language } = ctx.state;
  await answerDocument(ctx, parts, 'plain', '/', () => {
    const ours = parts.protocols.flatMap(({ landingLinks }) => landingLinks ?? []);
    const links: readonly DocumentLink[] = [
      ...ours.map((link) => ({ ...link, href: parts.links.url(link.href) })),
      ...parts.links.siteLinks().map(({ role, href, type, title }) => ({
        rel: role,
        href,
        ...(type === undefined ? {} : { type }),
        ...(title === undefined ? {} : { title }),
      })),
    ];
    const title = inLanguage(site.title, language);
    const members = { title, description: inLanguage(site.description, language), attribution: site.attribution };
    return { members, links, title, trail: [], main: (all) => documentMain(title, members, all, language) };
  });
}

export async function answerConformance(ctx: AppContext, parts: LandingParts): Promise<void> {
  const { language } = ctx.state;
  await answerDocument(ctx, parts, 'plain', '/conformance', () => {
    const members = { conformsTo: conformanceOf(parts.protocols) };
    const title = wordsIn(language).conformance;
    return {
      members,
      links: [],
      title,
      trail: [[title, null]],
      main: (all) => documentMain(title, members, all, language),
    };
  });
}
