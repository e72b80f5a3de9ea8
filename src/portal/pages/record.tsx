/** @jsxRuntime automatic @jsxImportSource preact */
// The page of one record, which is also the landing page of its DOI: public even where the data are not.
import { codeOf } from '../../model/codes.ts';
import type { Link } from '../../model/description.ts';
import type { CatalogRecord, FieldValue } from '../../model/record.ts';
import type { Service } from '../../model/service.ts';
import { inLanguage } from '../../model/text.ts';
import { citation, citationMetas } from '../citation.ts';
import { isPoint, representative } from '../geometry.ts';
import { type Page, safeAddress } from '../page.ts';
import { Contacts, DoiLink, Instruments, LicenceLink, Platforms } from './description.tsx';
import { renderPage } from './layout.tsx';
import { LinkList } from './link-list.tsx';
import { Locator } from './locator.tsx';
import { AccessMark, Breadcrumb, Line, langOf, Outward, recordPassage, shorten, Words } from './parts.tsx';
import { boxWords } from './service.tsx';

export interface RecordData {
  readonly record: CatalogRecord;
  readonly service: Service | undefined;
  readonly links: readonly Link[];
  /** May this viewer take the data? */
  readonly mayTakeData: boolean;
}

function fieldText(page: Page, value: FieldValue): string {
  if (value === null) return '';
  if (typeof value === 'boolean') return value ? page.t.yes : page.t.no;
  if (typeof value === 'number') return page.say.number(value, 6);
  if (typeof value === 'string') return value;
  return value.map((item) => fieldText(page, item)).join(', ');
}

function SpecificFields({ page, data }: { page: Page; data: RecordData }) {
  const { record, service } = data;
  const declared = service?.fields.map((field) => field.name) ?? [];
  const names = [...declared, ...Object.keys(record.fields).filter((name) => !declared.includes(name))];
  const given = names.flatMap((name) => {
    const value = record.fields[name];
    return value === undefined || value === null || value === '' ? [] : [[name, value] as const];
  });
  if (given.length === 0) return null;
  return (
    <section aria-labelledby="fields">
      <h2 id="fields">{page.t.specificFields}</h2>
      <dl class="facts-table">
        {given.map(([name, value]) => {
          const definition = service?.fields.find((field) => field.name === name);
          return (
            <Line label={definition ? <Words page={page} text={definition.label} /> : name}>
              {fieldText(page, value)}
              {definition?.unit && ` ${definition.unit}`}
            </Line>
          );
        })}
      </dl>
    </section>
  );
}

function Where({ page, record }: { page: Page; record: CatalogRecord }) {
  const { t, say } = page;
  const at = representative(record);
  const height =
    record.elevation === null
      ? null
      : record.elevationMax === null || record.elevationMax === record.elevation
        ? say.metres(record.elevation)
        : t.rangeOf(say.metres(record.elevation), say.metres(record.elevationMax));
  return (
    <>
      <Line label={t.position}>
        {record.geometry?.type === 'Point' && at
          ? say.position(at)
          : record.bbox
            ? t.boxOf(...boxWords(page, record.bbox))
            : null}
      </Line>
      <Line label={t.elevation}>{height && `${height} (${t.aboveSea})`}</Line>
      <Line label={t.places}>{record.places.map(page.placeName).join(', ')}</Line>
      <Line label={t.storedPosition}>
        {record.position && record.position.epsg !== 4326
          ? `x ${say.number(record.position.x, 3)}, y ${say.number(record.position.y, 3)} (EPSG:${record.position.epsg})`
          : null}
      </Line>
    </>
  );
}

/** Keywords that the service or the gazetteer knows in the page's language; the others in the record's own. */
function Keywords({ page, data }: { page: Page; data: RecordData }) {
  const { record, service } = data;
  return record.keywords.map((keyword, i) => {
    const known = service?.keywords.find((entry) => entry.en === keyword || entry.fr === keyword);
    const place = page.placeName(keyword);
    const foreign = known === undefined && place === keyword;
    return (
      <>
        {i > 0 && ', '}
        {known ? (
          <Words page={page} text={known} />
        ) : (
          <span lang={foreign ? langOf(page, record.lang) : undefined}>{place}</span>
        )}
      </>
    );
  });
}

function Facts({ page, data }: { page: Page; data: RecordData }) {
  const { t, say, mappings } = page;
  const { record, service } = data;
  const acquisition = codeOf(mappings.codes.acquisition, record.acquisition);
  const format = codeOf(mappings.codes.format, record.format);
  return (
    <dl class="facts-table">
      <Line label={t.date}>{record.time.kind === 'none' ? null : say.time(record.time)}</Line>
      <Where page={page} record={record} />
      <Line label={t.service}>
        {service && (
          <a href={page.to(`/services/${service.name}`)}>
            <Words page={page} text={service.title} />
          </a>
        )}
      </Line>
      <Line label={t.acquisition}>{acquisition && <Words page={page} text={acquisition.label} />}</Line>
      <Line label={t.productLevel}>{record.productLevel && t.productLevels[record.productLevel]}</Line>
      <Line label={t.format}>{format && <Words page={page} text={format.label} />}</Line>
      <Line label={t.resolution}>{record.resolutionMetres !== null && say.metres(record.resolutionMetres)}</Line>
      <Line label={t.keywords}>{record.keywords.length > 0 && <Keywords page={page} data={data} />}</Line>
      <Line label={t.themes}>
        {record.themes.length > 0 && (
          <ul class="inline">
            {record.themes.map((theme) => (
              <li>
                <Outward href={theme.uri}>{inLanguage(theme.label, page.language)}</Outward>
              </li>
            ))}
          </ul>
        )}
      </Line>
    </dl>
  );
}

function Conditions({ page, data }: { page: Page; data: RecordData }) {
  const { t, say, mappings } = page;
  const { record } = data;
  const access = codeOf(mappings.codes.authorization, record.authorization);
  const embargo = record.embargoUntil !== null && record.embargoUntil > page.today ? record.embargoUntil : null;
  return (
    <section aria-labelledby="conditions">
      <h2 id="conditions">{t.conditions}</h2>
      <dl class="facts-table">
        <Line label={t.access}>
          <AccessMark page={page} record={record} />
          {access && (
            <p>
              {say
                .text(access.text)
                .replaceAll('{date}', record.embargoUntil ? say.moment(record.embargoUntil) : t.dateToCome)}
            </p>
          )}
        </Line>
        <Line label={t.embargoUntil}>{embargo && say.moment(embargo)}</Line>
        <Line label={t.licence}>
          <LicenceLink page={page} licence={record.licence} />
        </Line>
      </dl>
    </section>
  );
}

function Identity({ page, record }: { page: Page; record: CatalogRecord }) {
  const { t, say, links } = page;
  const uri = links.uri(record);
  return (
    <section aria-labelledby="identity">
      <h2 id="identity">{t.identity}</h2>
      <dl class="facts-table">
        <Line label={t.identifier}>
          <code>{record.identifier}</code>
        </Line>
        <Line label={t.stableAddress}>
          <a href={uri}>{uri}</a>
        </Line>
        <Line label={t.doi}>{record.doi && <DoiLink doi={record.doi} />}</Line>
        <Line label={t.version}>{record.version}</Line>
        <Line label={t.created}>{record.created && say.moment(record.created)}</Line>
        <Line label={t.published}>{record.published && say.moment(record.published)}</Line>
        <Line label={t.updated}>
          <time datetime={record.updated}>{say.moment(record.updated)}</time>
        </Line>
      </dl>
    </section>
  );
}

function Side({ page, data }: { page: Page; data: RecordData }) {
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
                  <Outward href={link.href}>{link.title ?? shorten(link.href, 60)}</Outward>
                </li>
              ))}
            </ul>
          </div>
        )}
      </section>
      <section class="panel cite" aria-labelledby="cite">
        <h2 id="cite">{t.cite}</h2>
        <p>{citation(page, record)}</p>
      </section>
      <section class="panel" aria-labelledby="contacts">
        <h2 id="contacts">{t.contacts}</h2>
        <Contacts page={page} contacts={record.contacts} />
      </section>
    </aside>
  );
}

export function recordPage(page: Page, data: RecordData): string {
  const { t, to } = page;
  const { record, service } = data;
  const title = recordPassage(record, 'title', page.language);
  const abstract = recordPassage(record, 'abstract', page.language);
  const titleWords = <span lang={langOf(page, title.language)}>{title.text}</span>;
  return renderPage(
    page,
    {
      title: title.text,
      description: abstract.text,
      canonical: page.links.uri(record),
      alternates: data.links.filter((link) => link.role === 'alternate'),
      metas: citationMetas(page, record),
    },
    <article class="record">
      <Breadcrumb
        page={page}
        trail={[
          { href: to('/'), label: t.home },
          { href: to('/services'), label: t.services },
          ...(service
            ? [{ href: to(`/services/${service.name}`), label: <Words page={page} text={service.title} /> }]
            : []),
          { href: null, label: <span lang={langOf(page, title.language)}>{shorten(title.text, 60)}</span> },
        ]}
      />
      <h1>{titleWords}</h1>
      <p class="facts">
        <span class="badge">{t.levels[record.level]}</span>
        {record.productLevel && (
          <span class={`badge ${record.productLevel}`}>{t.productLevels[record.productLevel]}</span>
        )}
        <AccessMark page={page} record={record} />
      </p>
      <div class="with-side">
        <div>
          <p class="lead" lang={langOf(page, abstract.language)}>
            {abstract.text}
          </p>
          <Facts page={page} data={data} />
          <SpecificFields page={page} data={data} />
          <Instruments page={page} instruments={record.instrumentUses} />
          <Platforms page={page} platforms={record.platformUses} />
          <Conditions page={page} data={data} />
          {record.lineage && (
            <section aria-labelledby="lineage">
              <h2 id="lineage">{t.lineage}</h2>
              <p>
                <Words page={page} text={record.lineage} />
              </p>
            </section>
          )}
          <Identity page={page} record={record} />
        </div>
        <Side page={page} data={data} />
      </div>
    </article>,
  );
}
