/** @jsxRuntime automatic @jsxImportSource preact */
// The page of one record, which is also the landing page of its DOI: public even where the data are not.
import type { ComponentChildren } from 'preact';
import { codeOf } from '../../model/codes.ts';
import type { CatalogRecord, FieldValue } from '../../model/record.ts';
import { inLanguage } from '../../model/text.ts';
import { citationMetas } from '../citation.ts';
import { representative } from '../geometry.ts';
import type { Page } from '../page.ts';
import { DoiLink, Instruments, LicenceLink, Platforms } from './description.tsx';
import { renderPage } from './layout.tsx';
import {
  AccessMark,
  Breadcrumb,
  boxWords,
  Line,
  langOf,
  Outward,
  recordPassage,
  Said,
  shorten,
  Words,
} from './parts.tsx';
import { type RecordData, RecordSide } from './record-side.tsx';

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
  const said = new Map<string, ComponentChildren>();
  for (const keyword of record.keywords) {
    const known = service?.keywords.find((entry) => entry.en === keyword || entry.fr === keyword);
    const place = page.placeName(keyword);
    const foreign = known === undefined && place === keyword;
    const text = known ? page.say.text(known) : place;
    said.set(text, foreign ? <span lang={langOf(page, record.lang)}>{text}</span> : text);
  }
  return [...said.values()].map((words, i) => (i === 0 ? words : [', ', words]));
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

function Trail({ page, data }: { page: Page; data: RecordData }) {
  const { t, to } = page;
  const { record, service } = data;
  const title = recordPassage(record, 'title', page.language);
  return (
    <Breadcrumb
      page={page}
      trail={[
        { href: to('/'), label: t.home },
        { href: to('/services'), label: t.services },
        ...(service
          ? [{ href: to(`/services/${service.name}`), label: <Words page={page} text={service.title} /> }]
          : []),
        {
          href: null,
          label:
            record.level === 'series' ? (
              t.seriesRecord
            ) : (
              <Said page={page} of={{ ...title, text: shorten(title.text, 60) }} />
            ),
        },
      ]}
    />
  );
}

export function recordPage(page: Page, data: RecordData): string {
  const { t } = page;
  const { record } = data;
  const title = recordPassage(record, 'title', page.language);
  const abstract = recordPassage(record, 'abstract', page.language);
  return renderPage(
    page,
    {
      title: record.level === 'series' ? `${title.text} – ${t.seriesRecord}` : title.text,
      description: abstract.text,
      canonical: page.links.uri(record),
      alternates: [...data.links.filter((link) => link.role === 'alternate'), ...data.citations],
      metas: citationMetas(page, record),
      ...(data.jsonLd === null ? {} : { jsonLd: data.jsonLd }),
    },
    <article class="record">
      <Trail page={page} data={data} />
      <h1>
        <Said page={page} of={title} />
      </h1>
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
        <RecordSide page={page} data={data} />
      </div>
    </article>,
  );
}
