// /api: the OpenAPI document of everything that is mounted (17-069r4, /req/oas30), and its page.

import { negotiate } from '../../http/negotiate.ts';
import { OPENAPI_TYPE, openApiDocument, operations } from '../../http/openapi.ts';
import { readParameters } from '../../http/parameters.ts';
import type { AppContext } from '../../http/protocol.ts';
import { inLanguage } from '../../model/text.ts';
import { tableOf } from './answer.ts';
import { apiMain } from './api-page.ts';
import { wordsIn } from './html.ts';
import type { LandingParts } from './landing.ts';
import { HTML_TYPE, JSON_TYPE } from './vocabulary.ts';

export interface ApiParts extends LandingParts {
  readonly version: string;
}

const OFFERS = [
  { id: 'json', mediaType: OPENAPI_TYPE, otherTypes: ['application/vnd.oai.openapi+json', JSON_TYPE] },
  { id: 'html', mediaType: HTML_TYPE, otherTypes: ['application/xhtml+xml'] },
] as const;

/** The document changes with the product and the mappings alone, so its tag needs no revision. */
const REVISION = '0';

/** The document as text; made at the first call, when all protocols are mounted. */
function createDocument({ protocols, mappings, links, version }: ApiParts): () => string {
  const { site } = mappings;
  const { organisation, email, url } = site.organisation;
  let text: string | undefined;
  return () => {
    text ??= `${JSON.stringify(
      openApiDocument(protocols, {
        title: inLanguage(site.title, 'en'),
        description: `${inLanguage(site.description, 'en')} Positions are WGS 84, longitude first; elevations are metres above mean sea level; times are UTC.`,
        version,
        server: links.base,
        contact: {
          name: organisation,
          ...(url === undefined ? {} : { url }),
          ...(email === undefined ? {} : { email }),
        },
        licence: { name: site.licence.title, url: site.licence.url },
      }),
    )}\n`;
    return text;
  };
}

/** Gives the answers of `/api` (by `f` or Accept) and of `/api.html`. */
export function createApi(parts: ApiParts): {
  readonly document: (ctx: AppContext) => void;
  readonly page: (ctx: AppContext) => void;
} {
  const text = createDocument(parts);

  function sendPage(ctx: AppContext): void {
    const { language } = ctx.state;
    const title = wordsIn(language).api;
    parts.frame.send(ctx, {
      title,
      trail: [[title, null]],
      main: apiMain(operations(parts.protocols), parts.links, language),
      canonical: parts.links.url('/api.html'),
      alternates: [{ role: 'alternate', href: parts.links.url('/api'), type: OPENAPI_TYPE }],
    });
  }

  return {
    document: (ctx) => {
      const { f } = readParameters(tableOf('plain'), ctx.querystring, { unknown: 'refuse', emptyIsAbsent: false });
      const offer = negotiate({ f, accept: ctx.req.headers.accept }, OFFERS);
      if (parts.caching.notModified(ctx, REVISION, `api-${offer.id}`)) return;
      if (offer.id === 'html') return sendPage(ctx);
      ctx.set('Content-Type', OPENAPI_TYPE);
      ctx.body = text();
    },
    page: (ctx) => {
      readParameters(tableOf('plain'), ctx.querystring, { unknown: 'refuse', emptyIsAbsent: false });
      if (parts.caching.notModified(ctx, REVISION, 'api-html')) return;
      sendPage(ctx);
    },
  };
}
