// Which address each partner uses, with examples that work: only doors that are mounted are named, and what stands in an address is of a record
// or a service that is there.
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { Links } from '../http/links.ts';
import type { Protocol } from '../http/protocol.ts';
import type { Mappings } from '../mapping/mappings.ts';
import { EVERYTHING } from '../model/query.ts';
import type { Viewer } from '../model/viewer.ts';
import { type GuideParts, PARTNER_SECTIONS, type PartnerGuide } from './partner-sections.ts';

export interface PartnerGuideDependencies {
  readonly catalogue: Catalogue;
  readonly mappings: Mappings;
  readonly links: Links;
  readonly protocols: readonly Pick<Protocol, 'name'>[];
}

const LATEST = 100;

/** Guides in the order of the page; those without an example, because their doors are shut, are left out. */
export function createPartnerGuides({ catalogue, mappings, links, protocols }: PartnerGuideDependencies) {
  return async (viewer: Viewer): Promise<readonly PartnerGuide[]> => {
    const parts: GuideParts = {
      services: mappings.services,
      isMounted: (...names) => names.every((name) => protocols.some((protocol) => protocol.name === name)),
      example: (path, type, en, fr) => ({
        href: path.startsWith('/') ? links.url(path) : path,
        type,
        label: { en, fr },
      }),
      linksOf: (record) => (record === null ? [] : links.recordLinks(record)),
      async recordOf(service, fits = () => true) {
        if (service === undefined) return null;
        const query = { ...EVERYTHING, services: [service], levels: ['dataset' as const], authorizations: [0] };
        const sort = [{ key: 'begin' as const, descending: true }];
        const { records } = await catalogue.search({ ...query, sort, limit: LATEST, count: false }, viewer);
        return records.find((record) => record.embargoUntil === null && fits(record)) ?? null;
      },
    };
    const guides = await Promise.all(PARTNER_SECTIONS.map((section) => section(parts)));
    return guides.filter(({ examples }) => examples.length > 0);
  };
}
