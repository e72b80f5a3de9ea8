/** @jsxRuntime automatic @jsxImportSource preact */
// The list of observation services.
import type { Service } from '../../model/service.ts';
import type { Page } from '../page.ts';
import { renderPage } from './layout.tsx';
import { Breadcrumb, Count, firstSentence, langOf, passage, Words } from './parts.tsx';

export function ModeBadge({ page, service }: { page: Page; service: Service }) {
  return <span class={`badge ${service.mode}`}>{page.t.modes[service.mode]}</span>;
}

export function ServiceCards({
  page,
  counts,
  heading,
}: {
  page: Page;
  counts: ReadonlyMap<string, number>;
  heading: 'h2' | 'h3';
}) {
  const Heading = heading;
  return (
    <ul class="cards">
      {page.mappings.services.map((service) => {
        const abstract = passage(service.abstract, page.language);
        return (
          <li class="card">
            <Heading>
              <a href={page.to(`/services/${service.name}`)}>
                <Words page={page} text={service.title} />
              </a>
            </Heading>
            {abstract && <p lang={langOf(page, abstract.language)}>{firstSentence(abstract.text, 190)}</p>}
            <p class="facts">
              <ModeBadge page={page} service={service} />
              <Count page={page} count={counts.get(service.name) ?? 0} of="record" />
            </p>
          </li>
        );
      })}
    </ul>
  );
}

export function servicesPage(page: Page, counts: ReadonlyMap<string, number>): string {
  const { t, to } = page;
  return renderPage(
    page,
    { title: t.services, description: t.servicesLead, canonical: page.links.url('/services') },
    <>
      <Breadcrumb
        page={page}
        trail={[
          { href: to('/'), label: t.home },
          { href: null, label: t.services },
        ]}
      />
      <h1>{t.services}</h1>
      <p class="lead">{t.servicesLead}</p>
      <ServiceCards page={page} counts={counts} heading="h2" />
    </>,
  );
}
