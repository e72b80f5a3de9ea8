// Landing page, conformance, collections, and the description of the API (19-086r6, 7 and 8.1; OGC API Common).
import { escapeHtml } from '../../formats/writers/text.ts';
import { OPENAPI_TYPE, type Operation, openApiDocument, operations } from '../../http/openapi.ts';
import { readParameters } from '../../http/parameters.ts';
import type { AppContext, Route } from '../../http/protocol.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import { collectionDocument } from './collection-document.ts';
import { API } from './parameters.ts';
import {
  allCollections,
  answerDocument,
  askedAddress,
  askedCollection,
  type DocumentLink,
  type EdrParts,
  READING,
} from './parts.ts';
import { CONFORMANCE, collectionPath, JSON_TYPE, ROOT } from './vocabulary.ts';

export function answerLanding(ctx: AppContext, parts: EdrParts): Promise<void> {
  const { site, hash } = parts.mappings;
  const { language } = ctx.state;
  const to = (rel: string, path: string, type: string, title: string): DocumentLink => {
    return { rel, href: parts.links.url(`${ROOT}${path}`), type, title };
  };
  return answerDocument(ctx, parts, hash, () => ({
    title: inLanguage(site.title, language),
    description: inLanguage(site.description, language),
    links: [
      { rel: 'self', href: askedAddress(ctx, ROOT, parts), type: JSON_TYPE, title: 'This document' },
      to('service-desc', '/api', OPENAPI_TYPE, 'Description of the API (OpenAPI 3.0)'),
      to('service-doc', '/api.html', 'text/html', 'Documentation of the API'),
      to('conformance', '/conformance', JSON_TYPE, 'Conformance classes'),
      to('data', '/collections', JSON_TYPE, 'Collections'),
    ],
    keywords: site.shortName === undefined ? [] : [site.shortName],
    provider: {
      name: site.organisation.organisation,
      ...(site.organisation.url ? { url: site.organisation.url } : {}),
    },
    contact: { ...(site.organisation.email ? { email: site.organisation.email } : {}) },
  }));
}

export function answerConformance(ctx: AppContext, parts: EdrParts): Promise<void> {
  return answerDocument(ctx, parts, '0', () => ({ conformsTo: CONFORMANCE }));
}

/** Of the rows of all services, and of their records. */
async function revisionOf({ data, records }: EdrParts): Promise<string> {
  return (await Promise.all(data.services.map(records.revision))).join('-');
}

export async function answerCollections(ctx: AppContext, parts: EdrParts): Promise<void> {
  await answerDocument(ctx, parts, await revisionOf(parts), async () => {
    const { language, viewer } = ctx.state;
    const { links, catalogue } = parts;
    const collections = await Promise.all(
      (await allCollections(ctx, parts)).map(async (collection) => {
        const series = await catalogue.get({ service: collection.id, id: 0 }, viewer);
        const self = { rel: 'self', href: links.url(collectionPath(collection.id)), type: JSON_TYPE };
        return collectionDocument(collection, series, parts, language, [self]);
      }),
    );
    const path = `${ROOT}/collections`;
    return { links: [{ rel: 'self', href: askedAddress(ctx, path, parts), type: JSON_TYPE }], collections };
  });
}

export async function answerCollection(ctx: AppContext, parts: EdrParts): Promise<void> {
  const collection = await askedCollection(ctx, parts);
  await answerDocument(ctx, parts, await parts.records.revision(collection.id), async () => {
    const { language, viewer } = ctx.state;
    const series = await parts.catalogue.get({ service: collection.id, id: 0 }, viewer);
    const href = askedAddress(ctx, collectionPath(collection.id), parts);
    return collectionDocument(collection, series, parts, language, [{ rel: 'self', href, type: JSON_TYPE }]);
  });
}

const described = (routes: readonly Route[]) => [{ name: 'edr', routes }];

/** Sends the OpenAPI document of the routes. */
export function answerApi(ctx: AppContext, parts: EdrParts, routes: readonly Route[]): void {
  readParameters(API, ctx.querystring, READING);
  const { site, hash } = parts.mappings;
  if (parts.caching.notModified(ctx, hash, 'edr-openapi')) return;
  const { organisation, url, email } = site.organisation;
  const document = openApiDocument(described(routes), {
    title: `${inLanguage(site.title, 'en')}: Environmental Data Retrieval`,
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
export function answerApiPage(ctx: AppContext, parts: EdrParts, routes: readonly Route[]): void {
  readParameters(API, ctx.querystring, READING);
  const { language } = ctx.state;
  if (parts.caching.notModified(ctx, parts.mappings.hash, 'edr-api-page')) return;
  const address = parts.links.url(`${ROOT}/api`);
  const list = operations(described(routes)).map((operation) => operationPart(operation, language));
  const title = 'OGC API EDR';
  parts.frame.send(ctx, {
    title,
    main: `<h1>${title}</h1><p>${WORDS[language].lead} <a href="${escapeHtml(address)}">OpenAPI 3.0</a>.</p>${list.join('')}`,
    trail: [[title, null]],
    canonical: parts.links.url(`${ROOT}/api.html`),
    alternates: [{ role: 'alternate', href: address, type: OPENAPI_TYPE }],
  });
}
