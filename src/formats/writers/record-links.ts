// All links of a record for its documents: those of our own doors, those stored with it, and its DOI. Each address once in each role.
import type { Link } from '../../model/description.ts';
import type { RecordView } from '../../model/format.ts';
import type { CatalogRecord } from '../../model/record.ts';

/** In order of use: our doors, then what is stored with the record, then the DOI. */
export function linksOf(record: CatalogRecord, view: RecordView): readonly Link[] {
  const own = view.links(record);
  if (record.storedLinks.length === 0 && record.doi === null) return own;
  const links = [...own];
  for (const link of record.storedLinks) if (!includes(links, link)) links.push(link);
  if (record.doi !== null && !links.some((link) => link.role === 'doi')) {
    links.push({ role: 'doi', href: doiAddress(record.doi) });
  }
  return links;
}

/** Documents of the record that an entry in a list names; all others stand on the record's own page. */
const IN_LISTS: readonly (string | undefined)[] = ['iso19139', 'geojson', 'atom'];

/** `linksOf` without most of the record's other documents: twenty of them would be two thirds of each entry of a list. */
export function listLinksOf(record: CatalogRecord, view: RecordView): readonly Link[] {
  return linksOf(record, view).filter(
    ({ role, format }) => role !== 'process' && (role !== 'alternate' || IN_LISTS.includes(format)),
  );
}

function includes(links: readonly Link[], wanted: Link): boolean {
  return links.some((link) => link.href === wanted.href && link.role === wanted.role && link.type === wanted.type);
}

/** `10.x/y` → `https://doi.org/10.x/y`. */
export function doiAddress(doi: string): string {
  return `https://doi.org/${doi}`;
}
