/** @jsxRuntime automatic @jsxImportSource preact */
// The tombstone of a record whose DOI outlives it (DataCite, best practices for landing pages): what it was called, how it is cited, since when
// and whom to ask; nothing of its data.
import type { CatalogRecord } from '../../model/record.ts';
import { citation } from '../citation.ts';
import { type Page, recordPath } from '../page.ts';
import { Contacts, DoiLink } from './description.tsx';
import { renderPage } from './layout.tsx';
import { Breadcrumb, Line, recordPassage, Said } from './parts.tsx';

/** `day`: `YYYY-MM-DD`. */
export function withdrawnPage(page: Page, record: CatalogRecord, day: string): string {
  const { t, say, to } = page;
  const title = recordPassage(record, 'title', page.language);
  return renderPage(
    page,
    {
      title: `${t.withdrawn}${t.colon} ${title.text}`,
      canonical: page.links.url(recordPath(record.identifier)),
      noIndex: true,
    },
    <>
      <Breadcrumb
        page={page}
        trail={[
          { href: to('/'), label: t.home },
          { href: null, label: t.withdrawn },
        ]}
      />
      <p class="status">410</p>
      <h1>
        <Said page={page} of={title} />
      </h1>
      <p class="lead">{t.withdrawn}.</p>
      <p>{t.withdrawnText(say.moment(day))}</p>
      <dl class="facts-table">
        <Line label={t.cite}>{citation(page, record)}</Line>
        {record.doi !== null && (
          <Line label={t.doi}>
            <DoiLink doi={record.doi} />
          </Line>
        )}
        <Line label={t.identifier}>
          <code>{record.identifier}</code>
        </Line>
      </dl>
      <p>{t.withdrawnAsk}</p>
      <Contacts page={page} contacts={record.contacts} />
    </>,
  );
}
