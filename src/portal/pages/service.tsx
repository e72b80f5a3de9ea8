/** @jsxRuntime automatic @jsxImportSource preact */
// One observation service: what it observes, with what, where and since when, under which conditions, and its latest records.
import type { Service } from '../../model/service.ts';
import { inLanguage } from '../../model/text.ts';
import { type Page, recordPath } from '../page.ts';
import { Contacts, DoiLink, Instruments, LicenceLink, Platforms } from './description.tsx';
import { Holdings, type ServiceData } from './holdings.tsx';
import { renderPage } from './layout.tsx';
import { LinkList } from './link-list.tsx';
import { Locator } from './locator.tsx';
import { Breadcrumb, boxWords, Line, Outward, RecordEntry, Words } from './parts.tsx';
import { SearchBox } from './search-box.tsx';
import { ModeBadge } from './services.tsx';

/** Proper names of the federations that a service file calls by short names. */
const PARTNERS: { readonly [name: string]: string } = {
  epos: 'EPOS',
  formater: 'ForM@Ter',
  aeris: 'AERIS',
  actris: 'ACTRIS',
  ebas: 'EBAS',
  ozcar: 'OZCAR',
};

function Fields({ page, service }: { page: Page; service: Service }) {
  const { t } = page;
  if (service.fields.length === 0) return null;
  return (
    <section aria-labelledby="fields">
      <h2 id="fields">{t.specificFields}</h2>
      <section class="scroll" tabindex={0} aria-labelledby="fields">
        <table>
          <thead>
            <tr>
              <th scope="col">{t.fieldLabel}</th>
              <th scope="col">{t.fieldName}</th>
              <th scope="col">{t.fieldType}</th>
              <th scope="col">{t.fieldUnit}</th>
              <th scope="col">{t.fieldValues}</th>
            </tr>
          </thead>
          <tbody>
            {service.fields.map((field) => (
              <tr>
                <td>
                  <Words page={page} text={field.label} />
                </td>
                <td>
                  <code>{field.name}</code>
                </td>
                <td>{t.fieldTypes[field.type]}</td>
                <td>{field.unit ?? '–'}</td>
                <td>{field.values?.join(', ') ?? '–'}</td>
              </tr>
            ))}
          </tbody>
        </table>
      </section>
    </section>
  );
}

function Facts({ page, data }: { page: Page; data: ServiceData }) {
  const { t, say } = page;
  const { service, series } = data;
  return (
    <dl class="facts-table">
      <Line label={t.mode}>
        <ModeBadge page={page} service={service} />
      </Line>
      <Line label={t.granularity}>
        <Words page={page} text={service.granularity} />
      </Line>
      <Line label={t.period}>{series && series.time.kind !== 'none' ? say.time(series.time) : null}</Line>
      <Line label={t.licence}>
        <LicenceLink page={page} licence={service.licence} />
      </Line>
      <Line label={t.doi}>{service.doi && <DoiLink doi={service.doi} />}</Line>
      <Line label={t.published}>{say.moment(service.published)}</Line>
      <Line label={t.keywords}>{service.keywords.map((keyword) => inLanguage(keyword, page.language)).join(', ')}</Line>
      <Line label={t.partners}>{service.partners.map((partner) => PARTNERS[partner] ?? partner).join(', ')}</Line>
      <Line label={t.identifier}>{series && <code>{series.identifier}</code>}</Line>
    </dl>
  );
}

function Aside({ page, data }: { page: Page; data: ServiceData }) {
  const { t, say } = page;
  const { service, series } = data;
  return (
    <aside class="side">
      {series?.bbox && (
        <Locator page={page} box={series.bbox} geometry={null} label={t.boxOf(...boxWords(page, series.bbox))} />
      )}
      <section class="panel" aria-labelledby="access">
        <h2 id="access">{t.addresses}</h2>
        <LinkList page={page} links={data.links} />
        {series && (
          <p>
            <a href={page.to(recordPath(series.identifier))}>{t.seriesRecord}</a>
          </p>
        )}
      </section>
      <section class="panel" aria-labelledby="contacts">
        <h2 id="contacts">{t.contacts}</h2>
        <Contacts page={page} contacts={series?.contacts ?? service.contacts} />
      </section>
      {service.software.length > 0 && (
        <section class="panel" aria-labelledby="software">
          <h2 id="software">{t.software}</h2>
          <ul>
            {service.software.map((entry) => (
              <li>
                <Outward href={entry.url}>{say.text(entry.title)}</Outward>
              </li>
            ))}
          </ul>
        </section>
      )}
    </aside>
  );
}

export function servicePage(page: Page, data: ServiceData): string {
  const { t, to, say } = page;
  const { service } = data;
  return renderPage(
    page,
    {
      title: say.text(service.title),
      description: say.text(service.abstract),
      canonical: page.links.url(`/services/${service.name}`),
      alternates: data.links.filter((link) => link.role === 'alternate'),
    },
    <>
      <Breadcrumb
        page={page}
        trail={[
          { href: to('/'), label: t.home },
          { href: to('/services'), label: t.services },
          { href: null, label: <Words page={page} text={service.title} /> },
        ]}
      />
      <h1>
        <Words page={page} text={service.title} />
      </h1>
      <div class="with-side">
        <div>
          <p class="lead">
            <Words page={page} text={service.abstract} />
          </p>
          <SearchBox page={page} label={t.searchInService} service={service.name} />
          <Facts page={page} data={data} />
          <Holdings page={page} data={data} />
          <Instruments page={page} instruments={service.instruments} />
          <Platforms page={page} platforms={service.platforms} />
          <section aria-labelledby="lineage">
            <h2 id="lineage">{t.lineage}</h2>
            <p>
              <Words page={page} text={service.lineage} />
            </p>
          </section>
          <Fields page={page} service={service} />
          <section aria-labelledby="latest">
            <h2 id="latest">{t.latestRecords}</h2>
            {data.latest.length === 0 && <p>{t.noRecordYet}</p>}
            <div class="entries">
              {data.latest.map((record) => (
                <RecordEntry page={page} record={record} heading="h3" />
              ))}
            </div>
            {data.total > 0 && (
              <p>
                <a href={to('/search', { service: service.name })}>{t.seeAll}</a>
              </p>
            )}
          </section>
        </div>
        <Aside page={page} data={data} />
      </div>
    </>,
  );
}
