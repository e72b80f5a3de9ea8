// All links of a record for its documents: those of our own doors, those stored with it, and its DOI. Each address once per role.
import type { Link } from '../../model/description.ts';
import type { RecordView } from '../../model/format.ts';
import type { CatalogRecord } from '../../model/record.ts';

/** In order of use: our doors, then what is stored with the record, then the DOI. */
export function linksOf(record: CatalogRecord, view: RecordView): readonly Link[] {
  const links: Link[] = [];
  const seen = new Set<string>();
  const add = (link: Link): void => {
    const key = `${link.role} ${link.type ?? ''} ${link.href}`;
    if (!seen.has(key)) links.push(link);
    seen.add(key);
  };
  for (const link of view.links(record)) add(link);
  for (const link of record.storedLinks) add(link);
  if (record.doi !== null && !links.some((link) => link.role === 'doi'))
    add({ role: 'doi', href: doiAddress(record.doi) });
  return links;
}

/** `10.x/y` → `https://doi.org/10.x/y`. */
export function doiAddress(doi: string): string {
  return `https://doi.org/${doi}`;
}
