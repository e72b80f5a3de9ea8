// Links of a record as CI_OnlineResource and MD_BrowseGraphic: protocol and CI_OnLineFunctionCode by the link's role, in the order
// that catalogues expect: data, landing page, DOI, search, the rest.
import type { LinkRole } from '../../model/description.ts';
import type { RecordView } from '../../model/format.ts';
import type { CatalogRecord } from '../../model/record.ts';
import { linksOf } from './record-links.ts';

interface OnlineResource {
  readonly href: string;
  readonly protocol: string;
  readonly title: string | undefined;
  readonly type: string | undefined;
  readonly function: string;
}
interface Image {
  readonly href: string;
  readonly role: string;
  readonly type: string | undefined;
}
export interface IsoLinks {
  readonly links: readonly OnlineResource[];
  /** Quick-looks and thumbnails. */
  readonly images: readonly Image[];
  /** Size of the data in megabytes, where every data link has a length. */
  readonly transferSize: number | undefined;
}

/** Role → protocol (free text that catalogues recognise) and function. Roles that are not here are not online resources. */
export const ONLINE_ROLES: { readonly [R in LinkRole]?: { readonly protocol: string; readonly function: string } } = {
  data: { protocol: 'WWW:DOWNLOAD-1.0-http--download', function: 'download' },
  landing: { protocol: 'WWW:LINK-1.0-http--link', function: 'information' },
  doi: { protocol: 'DOI', function: 'information' },
  search: { protocol: 'OpenSearch', function: 'search' },
  related: { protocol: 'WWW:LINK-1.0-http--related', function: 'information' },
};
const ORDER = Object.entries(ONLINE_ROLES);

/** Sorts the links of a record into online resources and images. */
export function isoLinks(record: CatalogRecord, view: RecordView): IsoLinks {
  const all = linksOf(record, view);
  const links: OnlineResource[] = [];
  const images: Image[] = [];
  let bytes = 0;
  for (const [role, kind] of ORDER) {
    for (const link of all) {
      if (link.role !== role) continue;
      links.push({
        href: link.href,
        protocol: link.protocol ?? kind.protocol,
        title: link.title,
        type: link.type,
        function: kind.function,
      });
      if (role === 'data') bytes += link.length ?? Number.NaN;
    }
  }
  for (const link of all) {
    if (link.role === 'quicklook' || link.role === 'thumbnail')
      images.push({ href: link.href, role: link.role, type: link.type });
  }
  return { links, images, transferSize: bytes > 0 ? bytes / 1_000_000 : undefined };
}
