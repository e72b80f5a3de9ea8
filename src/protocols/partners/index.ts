// What partners of the observatory read in forms of their own: data sets for ACTRIS, dumps for AERIS, the pivot document of Theia|OZCAR with its
// data, file sets of EBAS. Each is made from the records and rows of the moment, for who asks.
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { DataAccess } from '../../data/data-access.ts';
import type { Caching } from '../../http/caching.ts';
import type { Links } from '../../http/links.ts';
import type { Protocol } from '../../http/protocol.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import type { RecordFormat, RecordView } from '../../model/format.ts';
import type { Language } from '../../model/text.ts';
import { actrisRoutes } from './actris.ts';
import { aerisRoutes } from './aeris.ts';
import { ebasLinks, ebasRoutes } from './ebas.ts';
import { ozcarRoutes } from './ozcar.ts';

export interface PartnersDependencies {
  readonly catalogue: Catalogue;
  readonly data: DataAccess;
  readonly mappings: Mappings;
  readonly formats: readonly RecordFormat[];
  readonly links: Links;
  readonly caching: Caching;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** What the routes of every partner take. */
export interface PartnerParts extends PartnersDependencies {
  readonly view: (language: Language) => RecordView;
}

export function createPartners(deps: PartnersDependencies): Protocol {
  const { links, mappings } = deps;
  const parts: PartnerParts = {
    ...deps,
    view: (language) => ({
      language,
      links: links.recordLinks,
      uri: links.uri,
      site: mappings.site,
      codes: mappings.codes,
      sequence: 0,
    }),
  };
  return {
    name: 'partners',
    routes: [...actrisRoutes(parts), ...aerisRoutes(parts), ...ozcarRoutes(parts), ...ebasRoutes(parts)],
    recordLinks: ebasLinks(mappings.services),
  };
}
