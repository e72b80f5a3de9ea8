// The web portal: pages for people, one record in every format, and the stable addresses. Server-rendered, no script needed.
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Caching } from '../http/caching.ts';
import type { DocumentMemory } from '../http/document-memory.ts';
import type { HtmlFrame } from '../http/html-frame.ts';
import type { Links } from '../http/links.ts';
import type { Protocol } from '../http/protocol.ts';
import type { Mappings } from '../mapping/mappings.ts';
import type { Link } from '../model/description.ts';
import type { RecordFormat } from '../model/format.ts';
import type { CatalogRecord } from '../model/record.ts';
import { createPageMaker, sendPage } from './answer.ts';
import { createAssets } from './assets.ts';
import { createCataloguePages } from './catalogue-pages.ts';
import { createDoors } from './doors.ts';
import { recordPath } from './page.ts';
import { framedPage } from './pages/framed.tsx';
import { createRecordRoutes } from './record-route.ts';
import { createRobots } from './robots.ts';
import { createStableAddresses } from './stable-addresses.ts';

export interface PortalDependencies {
  readonly catalogue: Catalogue;
  readonly mappings: Mappings;
  readonly formats: readonly RecordFormat[];
  readonly links: Links;
  readonly caching: Caching;
  readonly documents: DocumentMemory;
  /** Every mounted protocol; read when a page is asked, so that the list may still grow after this call. */
  readonly protocols: readonly Protocol[];
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly version: string;
}

/** The page of a record, and the same record in every registered format that describes it; citations stand on the page alone. */
function recordLinks(formats: readonly RecordFormat[]): (record: CatalogRecord) => readonly Link[] {
  const described = formats.filter((format) => format.purpose === undefined);
  return (record) => {
    const path = recordPath(record.identifier);
    return [
      { role: 'landing', href: path, type: 'text/html' },
      ...described.map(
        (format): Link => ({
          role: 'alternate',
          href: `${path}?f=${format.id}`,
          type: format.mediaType,
          title: format.title,
          format: format.id,
        }),
      ),
    ];
  };
}

export interface Portal extends Protocol {
  /** Frames the pages of other doors. */
  readonly frame: HtmlFrame;
}

/** Routes of the portal as a protocol; errors are pages for those who read HTML, problem+json for others. */
export function createPortal(deps: PortalDependencies): Portal {
  const assets = createAssets();
  const pages = createPageMaker({ ...deps, assets });
  const shared = { ...deps, pages };
  return {
    name: 'portal',
    routes: [
      ...createCataloguePages(shared),
      ...createRecordRoutes(shared),
      ...createStableAddresses(shared),
      ...createDoors(shared),
      ...createRobots(shared),
      ...assets.routes,
    ],
    recordLinks: recordLinks(deps.formats),
    fail: pages.fail,
    frame: { send: (ctx, framed) => sendPage(ctx, framedPage(pages.page(ctx), framed)), fail: pages.fail },
  };
}
