// Landing page, conformance, collections, items of a STAC API 1.0: after stac-api-validator 0.6 and the tables of STAC 1.1.
import { linkOf } from '../kit/json-schema.ts';
import { must, none, type Requirement, same } from '../kit/requirement.ts';
import { featureFaults } from '../kit/rfc7946.ts';
import { type Collection, type Facts, GEOJSON, type Item, itemsOf } from './client.ts';
import { stacCatalogFaults, stacCollectionFaults, stacItemFaults } from './object-rules.ts';

const rule = (name: string): string => `stac-api/1.0.0/${name}`;
const CLAUSE = 'STAC API 1.0.0';
type Json = { readonly [name: string]: unknown };

export const catalogue: readonly Requirement<Facts>[] = [
  {
    id: rule('core/landing-page'),
    title: 'The landing page is a STAC catalogue in JSON with conformsTo and the links of the core',
    clause: `${CLAUSE}, Core`,
    needs: 'core',
    check: ({ landing: answer }) => {
      same([answer.status, answer.media], [200, 'application/json'], 'status and type', answer);
      none(stacCatalogFaults(answer.json<Json>()), 'catalogue', answer);
      const landing = answer.json<Collection>();
      for (const rel of ['root', 'self', 'service-desc', 'service-doc'])
        must(linkOf(landing, rel)?.type, `no ${rel} link with a type`, answer);
      same(linkOf(landing, 'self')?.href, answer.sent.url, 'self', answer);
    },
  },
  {
    id: rule('core/service-desc'),
    title: 'service-desc answers with the type of its link, service-doc with a page',
    clause: `${CLAUSE}, Core`,
    needs: 'core',
    check: async ({ landing: answer }, { http }) => {
      const description = linkOf(answer.json(), 'service-desc');
      const document = await http.get(description?.href ?? '', { Accept: description?.type ?? '*/*' });
      same(
        [document.status, document.type.replaceAll(' ', '')],
        [200, description?.type?.replaceAll(' ', '')],
        'status and type',
        document,
      );
      const page = await http.get(linkOf(answer.json(), 'service-doc')?.href ?? '');
      same([page.status, page.media], [200, 'text/html'], 'status and type', page);
    },
  },
  {
    id: rule('core/links'),
    title: 'Every link of the landing page answers with its type; children are the collections',
    clause: `${CLAUSE}, Core`,
    needs: 'core',
    check: async ({ landing: answer, collections }, { http }) => {
      for (const link of answer.json<Collection>().links ?? []) {
        if (link.method === 'POST') continue;
        const reply = await http.get(link.href ?? '', { Accept: link.type ?? '*/*' });
        same(reply.status, 200, `status of rel ${link.rel}`, reply);
        if (link.type !== undefined) same(reply.media, link.type.split(';')[0], `type of rel ${link.rel}`, reply);
      }
      const children = (answer.json<Collection>().links ?? [])
        .filter(({ rel }) => rel === 'child')
        .map(({ href }) => href);
      if (children.length > 0)
        same(
          children,
          collections.map((collection) => linkOf(collection, 'self')?.href),
          'children',
          answer,
        );
    },
  },
  {
    id: rule('ogcapi-features/conformance'),
    title: '/conformance declares what the landing page declares',
    clause: `${CLAUSE}, Features`,
    needs: 'features',
    check: async ({ landing, conformsTo }, { http }) => {
      const answer = await http.get(linkOf(landing.json(), 'conformance')?.href ?? '');
      same(answer.json<{ conformsTo?: readonly string[] }>().conformsTo, conformsTo, 'conformsTo', answer);
    },
  },
  {
    id: rule('collections/objects'),
    title: 'Every collection is a valid STAC collection and, asked alone, the same',
    clause: `${CLAUSE}, Collections; STAC 1.1 collection`,
    needs: 'collections',
    check: async ({ collections, collectionsAnswer }, { http }) => {
      must(collections.length > 0, 'no collections', collectionsAnswer);
      for (const collection of collections) {
        none(stacCollectionFaults(collection as unknown as Json), String(collection.id), collectionsAnswer);
        const alone = await http.get(linkOf(collection, 'self')?.href ?? '');
        same(alone.json(), collection, `content of ${collection.id}`, alone);
        must(linkOf(collection, 'items')?.href, `${collection.id} has no items link`, collectionsAnswer);
      }
      const unknown = await http.get(`${collectionsAnswer.sent.url}/no-such-collection-7f3a`);
      same(unknown.status, 404, 'status of an unknown collection', unknown);
    },
  },
  {
    id: rule('features/items'),
    title: 'The items of every collection are GeoJSON, theirs, with self exactly the address that was asked',
    clause: `${CLAUSE}, Features`,
    needs: 'features',
    check: async ({ collections }, { http }) => {
      for (const collection of collections) {
        const answer = await http.get(`${linkOf(collection, 'items')?.href}?limit=2`);
        same([answer.status, answer.media], [200, GEOJSON], 'status and type', answer);
        same(linkOf(answer.json(), 'self')?.href, answer.sent.url, 'self', answer);
        none(
          itemsOf(answer)
            .filter((item) => item.collection !== collection.id)
            .map(({ id }) => String(id)),
          'of another collection',
          answer,
        );
      }
    },
  },
  {
    id: rule('item/objects'),
    title:
      'Every item is a valid STAC item and GeoJSON: box if and only if there is a geometry, time or interval, assets, links',
    clause: 'STAC 1.1 item; RFC 7946',
    needs: 'core',
    check: ({ page }) => {
      none(
        itemsOf(page).flatMap((item) =>
          [...stacItemFaults(item as unknown as Json), ...featureFaults(item as unknown as Json)].map(
            (fault) => `${item.id}: ${fault}`,
          ),
        ),
        'items',
        page,
      );
    },
  },
  {
    id: rule('item/self'),
    title: 'An item asked alone is the one of the list, its collection, parent and root answer; an unknown one is 404',
    clause: `${CLAUSE}, Features`,
    needs: 'features',
    check: async ({ page, landing }, { http }) => {
      for (const item of itemsOf(page).slice(0, 3)) {
        const alone = await http.get(linkOf(item, 'self')?.href ?? '');
        same([alone.status, alone.media], [200, GEOJSON], 'status and type', alone);
        same({ ...alone.json<Item>(), links: [] }, { ...item, links: [] }, 'content', alone);
        same(linkOf(item, 'root')?.href, landing.sent.url, 'root', page);
        for (const rel of ['collection', 'parent'])
          same(
            (await http.get(linkOf(item, rel)?.href ?? '')).json<Collection>().id,
            item.collection,
            `id at rel ${rel}`,
          );
        same((await http.get(`${linkOf(item, 'self')?.href}-no-such-item`)).status, 404, 'status of an unknown item');
      }
    },
  },
  {
    id: rule('item/assets'),
    title: 'Assets have absolute addresses that answer or ask for a login',
    clause: 'STAC 1.1 asset',
    needs: 'core',
    check: async ({ page }, { http }) => {
      for (const item of itemsOf(page).slice(0, 3)) {
        for (const [key, asset] of Object.entries(item.assets ?? {})) {
          const answer = await http.get(asset.href ?? '');
          must(
            answer.status < 400 || [401, 403].includes(answer.status),
            `${item.id}, asset ${key}: status ${answer.status}`,
            answer,
          );
        }
      }
    },
  },
];
