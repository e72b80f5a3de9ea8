// From a request to a page and back: what the page is given, and how HTML and errors are sent.

import type { Links } from '../http/links.ts';
import { queryText } from '../http/links.ts';
import { acceptable } from '../http/negotiate.ts';
import { writeProblem } from '../http/problem.ts';
import type { AppContext, Protocol } from '../http/protocol.ts';
import { decodeQuery } from '../http/query-string.ts';
import { sendText } from '../http/send-text.ts';
import type { Mappings } from '../mapping/mappings.ts';
import { createFindPlace } from '../mapping/place-names.ts';
import type { AppError } from '../model/errors.ts';
import type { Language } from '../model/text.ts';
import { MESSAGES } from './locales/messages.ts';
import type { Page } from './page.ts';
import { errorPage } from './pages/error.tsx';
import { createWording } from './wording.ts';

/** Stricter than the site's own: no script, no style but our sheet. */
const CONTENT_POLICY =
  "default-src 'none'; style-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'self'";

export interface PageMaker {
  readonly page: (ctx: AppContext) => Page;
  readonly fail: (ctx: AppContext, error: AppError) => void;
}

export interface PageMakerDependencies {
  readonly mappings: Mappings;
  readonly links: Links;
  /** Every mounted protocol; read when a page is asked. */
  readonly protocols: readonly Protocol[];
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly version: string;
  readonly assets: { readonly style: string; readonly icon: string };
}

const CATALOGUE = 'http://www.opengis.net/def/rel/ogc/1.0/ogc-catalog';
const HTML = { id: 'html', mediaType: 'text/html', otherTypes: ['application/xhtml+xml'] };
const PROBLEM = { id: 'json', mediaType: 'application/problem+json', otherTypes: ['application/json'] };

/** Sends a page. Whoever calls has set its caching headers. */
export function sendPage(ctx: AppContext, html: string): void {
  ctx.set('Content-Type', 'text/html; charset=utf-8');
  ctx.set('Content-Language', ctx.state.language);
  ctx.set('Content-Security-Policy', CONTENT_POLICY);
  sendText(ctx, html);
}

/** Value of a parameter in a raw query string, the first one; null when absent, empty or malformed. */
export function parameterOf(ctx: AppContext, name: string): string | null {
  if (!ctx.querystring.includes(`${name}=`)) return null;
  return decodeQuery(ctx.querystring).pairs.find(([key]) => key === name)?.[1] || null;
}

export function createPageMaker(deps: PageMakerDependencies): PageMaker {
  const { links } = deps;
  const words = { en: createWording('en', MESSAGES.en), fr: createWording('fr', MESSAGES.fr) };
  const findPlace = createFindPlace(deps.mappings.places);
  const assets = { style: links.basePath + deps.assets.style, icon: links.basePath + deps.assets.icon };

  function page(ctx: AppContext): Page {
    const { language, viewer } = ctx.state;
    const pairs = decodeQuery(ctx.querystring).pairs;
    const chosen = pairs.find(([name]) => name === 'lang')?.[1];
    const chosenLanguage: Language | null = chosen === 'en' || chosen === 'fr' ? chosen : null;
    const query = pairs.filter(([name]) => name !== 'lang');
    const base = links.basePath;
    return {
      language,
      t: MESSAGES[language],
      say: words[language],
      mappings: deps.mappings,
      links,
      viewer,
      catalogues: deps.protocols
        .flatMap(({ landingLinks }) => landingLinks ?? [])
        .filter(({ rel }) => rel === CATALOGUE)
        .map((link) => ({ ...link, href: links.url(link.href) })),
      placeName: (name) => words[language].text(findPlace(name)?.name) || name,
      today: new Date(deps.clock()).toISOString().slice(0, 10),
      asked: { path: ctx.path, query },
      chosenLanguage,
      to: (path, values) => base + path + queryText({ ...values, lang: chosenLanguage }),
      inLanguage: (other) => {
        const same = new URLSearchParams(query.map(([name, value]) => [name, value]));
        same.append('lang', other);
        return `${base}${encodeURI(ctx.path)}?${same}`;
      },
      assets,
      version: deps.version,
    };
  }

  /** A page where the caller reads HTML and asked for no other format; else problem+json. */
  function fail(ctx: AppContext, error: AppError): void {
    const asked = parameterOf(ctx, 'f');
    const wantsPage = asked === null ? acceptable(ctx.req.headers.accept, [PROBLEM, HTML]) === HTML : asked === 'html';
    if (!wantsPage) {
      writeProblem(ctx, error, links.url('/errors'));
      return;
    }
    sendPage(ctx, errorPage(page(ctx), error));
    ctx.status = error.status;
  }

  return { page, fail };
}
