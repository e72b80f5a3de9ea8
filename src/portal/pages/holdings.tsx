/** @jsxRuntime automatic @jsxImportSource preact */
// How much a service holds: records by year, product level, format, acquisition and access, each a way into the search.
import type { Link } from '../../model/description.ts';
import type { Facets, FacetValue } from '../../model/query.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { Service } from '../../model/service.ts';
import type { Page } from '../page.ts';
import { Count, Line } from './parts.tsx';
import { YearChart } from './year-chart.tsx';

export interface ServiceData {
  readonly service: Service;
  /** The service's own series record; null while there is none. */
  readonly series: CatalogRecord | null;
  /** Links of our mounted doors for the series record. */
  readonly links: readonly Link[];
  readonly total: number;
  readonly facets: Facets;
  readonly latest: readonly CatalogRecord[];
}

/** Counts of one facet as a line of links into the search. */
function Breakdown({
  page,
  service,
  label,
  parameter,
  values,
  name,
}: {
  page: Page;
  service: Service;
  label: string;
  parameter: string;
  values: readonly FacetValue[] | undefined;
  name: (value: string) => string;
}) {
  if (!values || values.length === 0) return null;
  return (
    <Line label={label}>
      <ul class="inline">
        {values.map((value) => (
          <li>
            <a href={page.to('/search', { service: service.name, [parameter]: value.value })}>{name(value.value)}</a>{' '}
            <span class="quiet">({page.say.number(value.count)})</span>
          </li>
        ))}
      </ul>
    </Line>
  );
}

export function Holdings({ page, data }: { page: Page; data: ServiceData }) {
  const { t, say, mappings } = page;
  const { service, facets } = data;
  const code = (list: readonly { code: number; label: Parameters<typeof say.text>[0] }[]) => (value: string) =>
    say.text(list.find((entry) => String(entry.code) === value)?.label) || value;
  const levels: { readonly [level: string]: string } = t.productLevels;
  return (
    <section aria-labelledby="holdings">
      <h2 id="holdings">
        {t.holdings} – <Count page={page} count={data.total} of="record" />
      </h2>
      <YearChart
        years={facets.year ?? []}
        label={t.recordsByYear}
        page={page}
        href={(year) => page.to('/search', { service: service.name, start: `${year}-01-01`, end: `${year}-12-31` })}
      />
      <dl class="facts-table">
        <Breakdown
          page={page}
          service={service}
          label={t.productLevel}
          parameter="product"
          values={facets.productLevel}
          name={(value) => levels[value] ?? value}
        />
        <Breakdown
          page={page}
          service={service}
          label={t.format}
          parameter="format"
          values={facets.format}
          name={code(mappings.codes.format)}
        />
        <Breakdown
          page={page}
          service={service}
          label={t.acquisition}
          parameter="acquisition"
          values={facets.acquisition}
          name={code(mappings.codes.acquisition)}
        />
        <Breakdown
          page={page}
          service={service}
          label={t.access}
          parameter="access"
          values={facets.authorization}
          name={code(mappings.codes.authorization)}
        />
      </dl>
    </section>
  );
}
