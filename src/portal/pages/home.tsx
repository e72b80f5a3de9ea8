/** @jsxRuntime automatic @jsxImportSource preact */
// The first page: what this is, how much there is, the way in by words or by service, what came last.
import type { CatalogRecord } from '../../model/record.ts';
import type { Page } from '../page.ts';
import { renderPage } from './layout.tsx';
import { Count, RecordEntry, Words } from './parts.tsx';
import { SearchBox } from './search-box.tsx';
import { ServiceCards } from './services.tsx';

export interface HomeData {
  readonly total: number;
  /** Records by service, as the viewer sees them. */
  readonly counts: ReadonlyMap<string, number>;
  readonly latest: readonly CatalogRecord[];
}

function Doors({ page }: { page: Page }) {
  const { t, to } = page;
  return (
    <section class="doors" aria-labelledby="doors">
      <h2 id="doors">{t.forPrograms}</h2>
      <p>
        {t.forProgramsText} <a href={to('/federation')}>{t.allAddresses}</a>
      </p>
    </section>
  );
}

export function homePage(page: Page, data: HomeData): string {
  const { t, to, say, mappings } = page;
  const realtime = mappings.services.filter((service) => service.mode === 'realtime').length;
  return renderPage(
    page,
    {
      title: say.text(mappings.site.title),
      description: say.text(mappings.site.description),
      canonical: page.links.url('/'),
    },
    <>
      <section class="hero">
        <h1>
          <Words page={page} text={mappings.site.title} />
        </h1>
        <p class="lead">
          <Words page={page} text={mappings.site.description} />
        </p>
        <SearchBox page={page} label={t.searchTheCatalogue} />
        <ul class="figures">
          <li>
            <strong>{say.number(data.total)}</strong> {data.total === 1 ? t.recordOne : t.recordMany}
          </li>
          <li>
            <strong>{say.number(mappings.services.length)}</strong> {t.serviceMany}
          </li>
          <li>
            <strong>{say.number(realtime)}</strong> {t.inRealTime}
          </li>
        </ul>
      </section>
      <section aria-labelledby="services">
        <h2 id="services">{t.services}</h2>
        <ServiceCards page={page} counts={data.counts} heading="h3" />
      </section>
      <section aria-labelledby="latest">
        <h2 id="latest">{t.latestRecords}</h2>
        {data.latest.length === 0 ? <p>{t.noRecordYet}</p> : null}
        <div class="entries">
          {data.latest.map((record) => (
            <RecordEntry page={page} record={record} heading="h3" />
          ))}
        </div>
        {data.total > data.latest.length && (
          <p>
            <a href={to('/search')}>
              {t.seeAll} (<Count page={page} count={data.total} of="record" />)
            </a>
          </p>
        )}
      </section>
      <Doors page={page} />
    </>,
  );
}
