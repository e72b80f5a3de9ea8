/** @jsxRuntime automatic @jsxImportSource preact */
// What stands beside a record: its map, how to get it, how to cite it, who answers for it.
import type { Link } from '../../model/description.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { Service } from '../../model/service.ts';
import { citation } from '../citation.ts';
import { isPoint } from '../geometry.ts';
import { type Page, safeAddress } from '../page.ts';
import { Contacts } from './description.tsx';
import { LinkList, linkLabel } from './link-list.tsx';
import { Locator } from './locator.tsx';
import { boxWords, Outward, shorten } from './parts.tsx';

export interface RecordData {
  readonly record: CatalogRecord;
  readonly service: Service | undefined;
  readonly links: readonly Link[];
  /** May this viewer take the data? */
  readonly mayTakeData: boolean;
  /** The citation for reference managers. */
  readonly citations: readonly Link[];
  /** The record as schema.org has it; null where that format is not registered. */
  readonly jsonLd: string | null;
}

/** The quick-look of the data, where there is one that this viewer may see. */
function Picture({ page, links, title }: { page: Page; links: readonly Link[]; title: string }) {
  const own = (role: Link['role']) => links.find((link) => link.role === role && safeAddress(link.href) !== null)?.href;
  const picture = own('quicklook') ?? own('thumbnail');
  if (picture === undefined) return null;
  return (
    <a class="picture" href={picture}>
      <img src={picture} alt={page.t.quicklookOf(title)} loading="lazy" />
    </a>
  );
}

export function RecordSide({ page, data }: { page: Page; data: RecordData }) {
  const { t, say } = page;
  const { record, links } = data;
  const elsewhere = record.storedLinks.filter((link) => safeAddress(link.href) !== null);
  const where =
    record.bbox === null
      ? ''
      : isPoint(record.bbox)
        ? say.position([record.bbox[0], record.bbox[1]])
        : t.boxOf(...boxWords(page, record.bbox));
  return (
    <aside class="side">
      <Picture page={page} links={links} title={record.title} />
      {record.bbox && <Locator page={page} box={record.bbox} geometry={record.geometry} label={where} />}
      <section class="panel" aria-labelledby="access">
        <h2 id="access">{t.getIt}</h2>
        {!data.mayTakeData && <p class="notice">{page.viewer.account === null ? t.dataNeedLogin : t.dataRefused}</p>}
        <LinkList page={page} links={links} restricted={!data.mayTakeData} />
        {elsewhere.length > 0 && (
          <div class="link-group">
            <h3>{t.elsewhere}</h3>
            <ul>
              {elsewhere.map((link) => (
                <li>
                  <Outward href={link.href}>
                    {link.title !== undefined && link.relation === undefined
                      ? link.title
                      : shorten(linkLabel(page, link), 90)}
                  </Outward>
                </li>
              ))}
            </ul>
          </div>
        )}
      </section>
      <section class="panel cite" aria-labelledby="cite">
        <h2 id="cite">{t.cite}</h2>
        <p>{citation(page, record)}</p>
        {data.citations.length > 0 && (
          <ul class="chips">
            {data.citations.map((link) => (
              <li>
                <a href={link.href} type={link.type}>
                  {linkLabel(page, link)}
                </a>
              </li>
            ))}
          </ul>
        )}
      </section>
      <section class="panel" aria-labelledby="contacts">
        <h2 id="contacts">{t.contacts}</h2>
        <Contacts page={page} contacts={record.contacts} />
      </section>
    </aside>
  );
}
