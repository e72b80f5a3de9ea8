// The page of the addresses for programs: which one each partner uses, and what is mounted, told by the doors themselves, with examples made
// from a real record.
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Caching } from '../http/caching.ts';
import type { Links } from '../http/links.ts';
import type { AppContext, Protocol, Route } from '../http/protocol.ts';
import type { Mappings } from '../mapping/mappings.ts';
import type { Link } from '../model/description.ts';
import { EVERYTHING } from '../model/query.ts';
import type { CatalogRecord } from '../model/record.ts';
import { type PageMaker, sendPage } from './answer.ts';
import { type Door, doorsPage } from './pages/doors.tsx';
import { createPartnerGuides } from './partner-guide.ts';

export interface DoorsDependencies {
  readonly catalogue: Catalogue;
  readonly mappings: Mappings;
  readonly caching: Caching;
  readonly links: Links;
  readonly protocols: readonly Protocol[];
  readonly pages: PageMaker;
}

export function createDoors(deps: DoorsDependencies): readonly Route[] {
  const { catalogue, caching, links, protocols, pages } = deps;
  const guides = createPartnerGuides(deps);
  const absolute = (link: Link): Link => (link.href.startsWith('/') ? { ...link, href: links.url(link.href) } : link);

  const stable = (records: readonly CatalogRecord[]): readonly Link[] =>
    records.map((record) => ({ role: 'self', href: links.uri(record), type: 'text/html' }));

  async function doors(ctx: AppContext): Promise<void> {
    if (caching.notModified(ctx, await catalogue.revision(), 'html')) return;
    const { viewer } = ctx.state;
    const open = { ...EVERYTHING, authorizations: [0], limit: 1, count: false };
    const [partners, records, series] = await Promise.all([
      guides(viewer),
      catalogue.search({ ...open, levels: ['dataset'] }, viewer),
      catalogue.search({ ...open, levels: ['series'] }, viewer),
    ]);
    const examples = [...series.records, ...records.records];
    const shown = protocols
      .filter((protocol) => protocol.name !== 'operation')
      .map((protocol): Door => {
        const found = [
          ...(protocol.siteLinks ?? []),
          ...(protocol.name === 'portal' ? stable(examples) : []),
          // The formats of a service's record are those of any record: one example of each is enough.
          ...(protocol.name === 'portal' ? examples.slice(-1) : examples).flatMap(
            (record) => protocol.recordLinks?.(record) ?? [],
          ),
        ].map(absolute);
        const once = [...new Map(found.map((link) => [link.href, link])).values()];
        return { name: protocol.name, routes: protocol.routes, examples: once };
      });
    sendPage(ctx, doorsPage(pages.page(ctx), { partners, doors: shown }));
  }

  return [
    {
      method: 'GET',
      path: '/federation',
      doc: { summary: 'Addresses for programs and other catalogues, with examples', produces: ['text/html'] },
      handle: doors,
    },
  ];
}
