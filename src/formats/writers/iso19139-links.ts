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

/** Role → protocol (free text that catalogues recognise) and function. Roles that are not here are not online resources. */
export const ONLINE_ROLES: { readonly [R in LinkRole]?: { readonly protocol: string; readonly function: string } } = {
  data: { protocol: 'WWW:DOWNLOAD-1.0-http--download', function: 'download' },
  landing: { protocol: 'WWW:LINK-1.0-http--link', function: 'information' },
  doi: { protocol: 'DOI', function: 'information' },
  search: { protocol: 'OpenSearch', function: 'search' },
  related: { protocol: 'WWW:LINK-1.0-http--related', function: 'information' },
};
const ORDER = Object.keys(ONLINE_ROLES);

export function onlineResources(record: CatalogRecord, view: RecordView): readonly OnlineResource[] {
  const resources: (OnlineResource & { readonly place: number })[] = [];
  for (const link of linksOf(record, view)) {
    const kind = ONLINE_ROLES[link.role];
    if (kind === undefined) continue;
    resources.push({
      href: link.href,
      protocol: link.protocol ?? kind.protocol,
      title: link.title,
      type: link.type,
      function: kind.function,
      place: ORDER.indexOf(link.role),
    });
  }
  return resources.sort((a, b) => a.place - b.place);
}

/** Quick-looks and thumbnails. */
export function imagesOf(
  record: CatalogRecord,
  view: RecordView,
): readonly { readonly href: string; readonly role: string; readonly type: string | undefined }[] {
  return linksOf(record, view)
    .filter((link) => link.role === 'quicklook' || link.role === 'thumbnail')
    .map((link) => ({ href: link.href, role: link.role, type: link.type }));
}

/** Size of the data in megabytes, where every data link has a length. */
export function transferSize(record: CatalogRecord, view: RecordView): number | undefined {
  const lengths = linksOf(record, view)
    .filter((link) => link.role === 'data')
    .map((link) => link.length);
  if (lengths.length === 0 || lengths.includes(undefined)) return undefined;
  return lengths.reduce<number>((sum, length) => sum + (length ?? 0), 0) / 1_000_000;
}
