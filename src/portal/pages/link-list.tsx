/** @jsxRuntime automatic @jsxImportSource preact */
// Links of a record, in groups by what they are for. Only links of mounted doors arrive here; unsafe addresses are left out.
import type { Link, LinkRole } from '../../model/description.ts';
import { type Page, safeAddress } from '../page.ts';
import { Outward } from './parts.tsx';

/** Short names of media types that people know; names are the same in both languages. */
const MEDIA: { readonly [type: string]: string } = {
  'application/json': 'JSON',
  'application/geo+json': 'GeoJSON',
  'application/atom+xml': 'Atom',
  'application/rss+xml': 'RSS',
  'application/xml': 'XML',
  'text/xml': 'XML',
  'text/turtle': 'Turtle',
  'text/csv': 'CSV',
  'text/html': 'HTML',
  'text/plain': 'TXT',
  'image/png': 'PNG',
  'image/jpeg': 'JPEG',
  'image/tiff': 'GeoTIFF',
  'application/prs.coverage+json': 'CoverageJSON',
  'application/vnd.apache.parquet': 'Parquet',
  'application/netcdf': 'NetCDF',
  'application/x-netcdf': 'NetCDF',
  'application/x-netcdf4': 'NetCDF',
  'application/epos.geo+json': 'EPOS GeoJSON',
  'application/opensearchdescription+xml': 'OpenSearch',
  'application/vnd.google-earth.kml+xml': 'KML',
};

export function mediaLabel(type: string | undefined): string | null {
  // Of bytes of which nothing more is known.
  if (type === undefined || type === 'application/octet-stream') return null;
  const bare = type.split(';')[0]?.trim() ?? '';
  return MEDIA[bare] ?? bare;
}

const GROUPS: readonly {
  readonly name: 'linksData' | 'linksProcess' | 'linksFormats' | 'linksSearch' | 'linksMore';
  readonly roles: readonly LinkRole[];
}[] = [
  { name: 'linksData', roles: ['data'] },
  { name: 'linksProcess', roles: ['process'] },
  { name: 'linksFormats', roles: ['alternate'] },
  { name: 'linksSearch', roles: ['search', 'collection'] },
  { name: 'linksMore', roles: ['related'] },
];

/** What a link is called: by what it is for, in the page's language; formats by their names. */
export function linkLabel(page: Page, link: Link): string {
  const { t } = page;
  const media = mediaLabel(link.type);
  switch (link.role) {
    case 'alternate':
      return link.title ?? media ?? link.href;
    case 'data':
      // A file has a name of its own; a text says nothing of what is in it.
      if (link.title !== undefined && (link.asset !== undefined || media === null || media === 'TXT'))
        return link.title;
      return media === null ? t.data : t.dataAs(media);
    case 'process':
      return t.processesForData;
    case 'search':
      return link.type === 'application/opensearchdescription+xml' ? t.searchDescription : (link.title ?? t.search);
    case 'collection':
      return media === null ? t.allRecordsOfService : t.allRecordsAs(media);
    case 'related':
      return link.relation === undefined
        ? (link.title ?? link.href)
        : `${t.relations[link.relation]}${t.colon} ${link.title ?? link.href}`;
    default:
      return link.title ?? link.href;
  }
}

/** Of several doors to the same thing the first one: people do not choose between them. */
function onePerLabel(page: Page, links: readonly Link[]): readonly Link[] {
  const labels = new Map<string, Link>();
  for (const link of links) {
    const label = linkLabel(page, link);
    if (!labels.has(label)) labels.set(label, link);
  }
  return [...labels.values()];
}

export function LinkList({
  page,
  links,
  restricted = false,
}: {
  page: Page;
  links: readonly Link[];
  restricted?: boolean;
}) {
  const { t } = page;
  const groups = GROUPS.map(({ name, roles }) => ({
    name,
    links: onePerLabel(
      page,
      links.filter((link) => roles.includes(link.role) && safeAddress(link.href) !== null),
    ),
  })).filter((group) => group.links.length > 0);
  return (
    <>
      {groups.map((group) => (
        <div class="link-group">
          <h3>{t[group.name]}</h3>
          <ul class={group.name === 'linksFormats' ? 'chips' : undefined}>
            {group.links.map((link) => (
              <li>
                <Outward href={link.href} {...(link.type ? { type: link.type } : {})}>
                  {linkLabel(page, link)}
                </Outward>
                {restricted && group.name === 'linksData' && <span class="quiet"> – {t.needsAccess}</span>}
              </li>
            ))}
          </ul>
        </div>
      ))}
    </>
  );
}
