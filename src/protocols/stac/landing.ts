// The landing page, which is the root catalogue, and the declaration of conformance (STAC API 1.0, core).
import { STAC_VERSION } from '../../formats/writers/stac-parts.ts';
import { titleIn } from '../../formats/writers/text.ts';
import { OPENAPI_TYPE } from '../../http/openapi.ts';
import type { AppContext } from '../../http/protocol.ts';
import { inLanguage } from '../../model/text.ts';
import { collectionsQuery } from './collections.ts';
import { answerDocument, type DocumentLink, find, ownLinks, type StacParts } from './parts.ts';
import {
  CONFORMANCE,
  collectionPath,
  GEOJSON_TYPE,
  JSON_TYPE,
  QUERYABLES_REL,
  ROOT,
  SCHEMA_TYPE,
} from './vocabulary.ts';

export function answerLanding(ctx: AppContext, parts: StacParts): Promise<void> {
  const { links, mappings } = parts;
  const { language, viewer } = ctx.state;
  return answerDocument(ctx, parts, JSON_TYPE, async () => {
    const collections = await find(parts, collectionsQuery(parts), viewer);
    const to = (rel: string, path: string, type: string, more: Partial<DocumentLink> = {}): DocumentLink => {
      return { rel, href: links.url(`${ROOT}${path}`), type, ...more };
    };
    return {
      type: 'Catalog',
      stac_version: STAC_VERSION,
      id: mappings.site.identifierPrefix,
      title: inLanguage(mappings.site.title, language),
      description: inLanguage(mappings.site.description, language),
      conformsTo: CONFORMANCE,
      links: [
        ...ownLinks(ctx, ROOT, JSON_TYPE, parts),
        to('service-desc', '/api', OPENAPI_TYPE, { title: 'OpenAPI description' }),
        to('service-doc', '/api.html', 'text/html', { title: 'Documentation' }),
        to('conformance', '/conformance', JSON_TYPE),
        to('data', '/collections', JSON_TYPE),
        to('search', '/search', GEOJSON_TYPE, { method: 'GET' }),
        to('search', '/search', GEOJSON_TYPE, { method: 'POST' }),
        to(QUERYABLES_REL, '/queryables', SCHEMA_TYPE),
        to('aggregations', '/aggregations', JSON_TYPE),
        to('aggregate', '/aggregate', JSON_TYPE, { method: 'GET' }),
        to('aggregate', '/aggregate', JSON_TYPE, { method: 'POST' }),
        ...collections.records.map((record) => ({
          rel: 'child',
          href: links.url(collectionPath(record.service)),
          type: JSON_TYPE,
          title: titleIn(record, language),
        })),
      ],
    };
  });
}

export function answerConformance(ctx: AppContext, parts: StacParts): Promise<void> {
  return answerDocument(ctx, parts, JSON_TYPE, () => ({ conformsTo: CONFORMANCE }));
}
