/** @jsxRuntime automatic @jsxImportSource preact */
// The small pieces that several pages share: passages with their language, record entries, access marks, breadcrumb.
import type { ComponentChildren } from 'preact';
import { codeOf } from '../../model/codes.ts';
import type { CatalogRecord } from '../../model/record.ts';
import { LANGUAGES, type Language, type Localised } from '../../model/text.ts';
import { representative } from '../geometry.ts';
import { type Page, recordPath, safeAddress } from '../page.ts';

/** A text and the language that it is really in. */
export interface Passage {
  readonly text: string;
  readonly language: Language;
}

/** The text in the page's language, else in the other one, with its language. */
export function passage(text: Localised | null | undefined, wanted: Language): Passage | null {
  for (const language of [wanted, ...LANGUAGES]) {
    const found = text?.[language];
    if (found) return { text: found, language };
  }
  return null;
}

/** Title or abstract of a record in the wanted language where it has one. */
export function recordPassage(record: CatalogRecord, part: 'title' | 'abstract', wanted: Language): Passage {
  const translated = record.lang === wanted ? undefined : record.translations[wanted]?.[part];
  return translated ? { text: translated, language: wanted } : { text: record[part], language: record.lang };
}

/** Gives `lang` only where the passage is not in the page's language (WCAG 3.1.2). */
export function langOf(page: Page, passageLanguage: Language): Language | undefined {
  return passageLanguage === page.language ? undefined : passageLanguage;
}

/** A passage in an element of its own. */
export function Said({ page, of }: { page: Page; of: Passage | null }) {
  return of === null ? null : <span lang={langOf(page, of.language)}>{of.text}</span>;
}

/** A localised text with `lang` where it is foreign. */
export function Words({ page, text }: { page: Page; text: Localised | null | undefined }) {
  return <Said page={page} of={passage(text, page.language)} />;
}

export function Logo() {
  return (
    <svg class="logo" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
      <path d="M2 27 12 10l3 4 3-5 12 18z" fill="currentColor" />
      <path d="M9 6a9 9 0 0 1 12.5-1M12 8.5a5 5 0 0 1 6.5-.5" fill="none" stroke="currentColor" stroke-width="1.8" />
    </svg>
  );
}

function LockIcon({ open }: { open: boolean }) {
  return (
    <svg class="lock" viewBox="0 0 16 16" width="14" height="14" aria-hidden="true" focusable="false">
      <path
        d={open ? 'M5 7V4.5a3 3 0 0 1 5.8-1' : 'M5 7V4.5a3 3 0 0 1 6 0V7'}
        fill="none"
        stroke="currentColor"
        stroke-width="1.6"
      />
      <rect x="3" y="7" width="10" height="7" rx="1.2" fill="currentColor" />
    </svg>
  );
}

/** Access level of a record, by icon and word (colour is never alone). */
export function AccessMark({ page, record }: { page: Page; record: CatalogRecord }) {
  const code = codeOf(page.mappings.codes.authorization, record.authorization);
  const embargoed = record.embargoUntil !== null && record.embargoUntil > page.today;
  const open = record.authorization === 0 && !embargoed;
  return (
    <span class={open ? 'badge access open' : 'badge access restricted'}>
      <LockIcon open={open} />
      {code ? <Words page={page} text={code.label} /> : record.authorization}
    </span>
  );
}

export function Breadcrumb({
  page,
  trail,
}: {
  page: Page;
  trail: readonly { readonly href: string | null; readonly label: ComponentChildren }[];
}) {
  return (
    <nav class="breadcrumb" aria-label={page.t.youAreHere}>
      <ol>
        {trail.map((step) => (
          <li>
            {step.href === null ? <span aria-current="page">{step.label}</span> : <a href={step.href}>{step.label}</a>}
          </li>
        ))}
      </ol>
    </nav>
  );
}

/** A line of a description list; nothing when there is no value. */
export function Line({ label, children }: { label: ComponentChildren; children?: ComponentChildren }) {
  const empty = children === null || children === undefined || children === false || children === '';
  if (empty || (Array.isArray(children) && children.length === 0)) return null;
  return (
    <div>
      <dt>{label}</dt>
      <dd>{children}</dd>
    </div>
  );
}

/** A link to another host or to our own; plain text where the address is not one that may stand in a page. */
export function Outward({ href, children, type }: { href: string; children: ComponentChildren; type?: string }) {
  const safe = safeAddress(href);
  return safe === null ? (
    <span>{children}</span>
  ) : (
    <a href={safe} type={type}>
      {children}
    </a>
  );
}

/** One record in a list of results. */
export function RecordEntry({ page, record, heading }: { page: Page; record: CatalogRecord; heading: 'h2' | 'h3' }) {
  const { t, say, to } = page;
  const title = recordPassage(record, 'title', page.language);
  const abstract = recordPassage(record, 'abstract', page.language);
  const service = page.mappings.services.find((entry) => entry.name === record.service);
  const at = representative(record);
  const Heading = heading;
  return (
    <article class="entry">
      <Heading>
        <a href={to(recordPath(record.identifier))} lang={langOf(page, title.language)}>
          {title.text}
        </a>
      </Heading>
      <p class="facts">
        {record.level !== 'dataset' && <span class="badge">{t.levels[record.level]}</span>}
        {record.productLevel && (
          <span class={`badge ${record.productLevel}`}>{t.productLevels[record.productLevel]}</span>
        )}
        <AccessMark page={page} record={record} />
        {record.time.kind !== 'none' && <span>{say.time(record.time)}</span>}
        {at && <span>{say.position(at)}</span>}
        <span>
          {service ? (
            <a href={to(`/services/${record.service}`)}>
              <Words page={page} text={service.title} />
            </a>
          ) : (
            record.service
          )}
        </span>
      </p>
      {abstract.text !== title.text && (
        <p class="abstract" lang={langOf(page, abstract.language)}>
          {shorten(abstract.text, 240)}
        </p>
      )}
    </article>
  );
}

/** Cuts a text at a blank. */
export function shorten(text: string, length: number): string {
  if (text.length <= length) return text;
  const cut = text.slice(0, length);
  return `${cut.slice(0, Math.max(cut.lastIndexOf(' '), length - 30)).replace(/[\s,;:.–(-]+$/, '')}…`;
}

/** The first sentence of a text, cut at a blank where it is long. */
export function firstSentence(text: string, length: number): string {
  return shorten(text.split(/(?<=[.!?])\s+(?=\p{Lu})/u)[0] ?? text, length);
}

/** A number with its noun: `1 record`, `12 records`. */
export function Count({ page, count, of }: { page: Page; count: number; of: 'record' | 'service' }) {
  const { t, say } = page;
  const words = of === 'record' ? [t.recordOne, t.recordMany] : [t.serviceOne, t.serviceMany];
  const one = page.language === 'fr' ? count < 2 : count === 1;
  return (
    <span class="count">
      {say.number(count)} {one ? words[0] : words[1]}
    </span>
  );
}

/** Southern, northern, western and eastern side in words. */
export function boxWords(page: Page, [west, south, east, north]: readonly [number, number, number, number]) {
  const { latitude, longitude } = page.say;
  return [latitude(south), latitude(north), longitude(west), longitude(east)] as const;
}
