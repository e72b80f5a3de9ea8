// The API description of the door's own root, for programs (OpenAPI 3.0) and for people.
import { escapeHtml } from '../../formats/writers/text.ts';
import type { HtmlFrame } from '../../http/html-frame.ts';
import { OPENAPI_TYPE, type Operation, openApiDocument, operations } from '../../http/openapi.ts';
import type { AppContext, Route } from '../../http/protocol.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import type { StacParts } from './parts.ts';
import { ROOT } from './vocabulary.ts';

export interface ApiParts extends StacParts {
  readonly frame: HtmlFrame;
  readonly version: string;
}

const described = (routes: readonly Route[]) => [{ name: 'stac', routes }];

/** Sends the OpenAPI document of the routes. */
export function answerApi(ctx: AppContext, parts: ApiParts, routes: readonly Route[]): void {
  const { site, hash } = parts.mappings;
  if (parts.caching.notModified(ctx, hash, 'openapi')) return;
  const { organisation, url, email } = site.organisation;
  const document = openApiDocument(described(routes), {
    title: `${inLanguage(site.title, 'en')}: STAC API`,
    description: inLanguage(site.description, 'en'),
    version: parts.version,
    server: parts.links.base,
    contact: { name: organisation, ...(url === undefined ? {} : { url }), ...(email === undefined ? {} : { email }) },
    licence: { name: site.licence.title, url: site.licence.url },
  });
  ctx.set('Content-Type', OPENAPI_TYPE);
  ctx.body = `${JSON.stringify(document)}\n`;
}

const WORDS: { readonly [L in Language]: { readonly lead: string; readonly name: string; readonly meaning: string } } =
  {
    en: { lead: 'Programs read the same as', name: 'Parameter', meaning: 'Meaning' },
    fr: { lead: 'Les programmes lisent la même chose en', name: 'Paramètre', meaning: 'Sens' },
  };

function operationPart({ method, path, doc, parameters }: Operation, language: Language): string {
  const rows = parameters.map(
    ({ name, description }) =>
      `<tr><td><code>${escapeHtml(name)}</code></td><td lang="en">${escapeHtml(description)}</td></tr>`,
  );
  const { name, meaning } = WORDS[language];
  const head = `<thead><tr><th scope="col">${name}</th><th scope="col">${meaning}</th></tr></thead>`;
  const table = rows.length === 0 ? '' : `<table>${head}<tbody>${rows.join('')}</tbody></table>`;
  return `<section><h2><code>${method} ${escapeHtml(path)}</code></h2><p lang="en">${escapeHtml(doc.summary)}</p>${table}</section>`;
}

/** Sends the page that says the same. */
export function answerApiPage(ctx: AppContext, parts: ApiParts, routes: readonly Route[]): void {
  const { language } = ctx.state;
  if (parts.caching.notModified(ctx, parts.mappings.hash, 'api-page')) return;
  const address = parts.links.url(`${ROOT}/api`);
  const list = operations(described(routes)).map((operation) => operationPart(operation, language));
  const title = 'STAC API';
  parts.frame.send(ctx, {
    title,
    main: `<h1>${title}</h1><p>${WORDS[language].lead} <a href="${escapeHtml(address)}">OpenAPI 3.0</a>.</p>${list.join('')}`,
    trail: [[title, null]],
    canonical: parts.links.url(`${ROOT}/api.html`),
    alternates: [{ role: 'alternate', href: address, type: OPENAPI_TYPE }],
  });
}
