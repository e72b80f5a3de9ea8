/** @jsxRuntime automatic @jsxImportSource preact */
// Addresses for programs: what each partner uses, then one section for each mounted door, with examples that work.
import type { Route } from '../../http/protocol.ts';
import type { Link } from '../../model/description.ts';
import { inLanguage } from '../../model/text.ts';
import type { Page } from '../page.ts';
import type { PartnerGuide } from '../partner-sections.ts';
import { renderPage } from './layout.tsx';
import { mediaLabel } from './link-list.tsx';
import { Breadcrumb, langOf, Outward } from './parts.tsx';

export interface Door {
  readonly name: string;
  readonly routes: readonly Route[];
  readonly examples: readonly Link[];
}

/** Addresses of the portal that are pages for people, or files of theirs, and not for programs. */
const FOR_PEOPLE = new Set(['text/html', 'text/css', 'image/svg+xml']);

function forPrograms(route: Route): boolean {
  const produced = route.doc.produces ?? [];
  return produced.length === 0 || produced.some((type) => !FOR_PEOPLE.has(type.split(';')[0] ?? ''));
}

/** What a door is called: the page's own words, else those of its description in the catalogue. */
function wordsOf({ t, say, mappings }: Page, name: string): { readonly title: string; readonly text: string } {
  const known: { readonly [name: string]: { readonly title: string; readonly text: string } } = t.doors;
  const own = known[name];
  if (own !== undefined) return own;
  const described = mappings.doors.filter(({ mount }) => mount === name);
  if (described.length === 0) return { title: name, text: '' };
  const titles = described.map(({ title }) => say.text(title));
  return { title: titles.join(', '), text: described.map(({ abstract }) => say.text(abstract)).join(' ') };
}

function Partner({ page, guide }: { page: Page; guide: PartnerGuide }) {
  const id = `partner-${guide.id}`;
  return (
    <section class="partner" aria-labelledby={id}>
      <h3 id={id}>{guide.name}</h3>
      <p>{inLanguage(guide.text, page.language)}</p>
      <dl class="guide">
        {guide.examples.map((example) => (
          <div>
            <dt>{inLanguage(example.label, page.language)}</dt>
            <dd>
              <Outward href={example.href} type={example.type}>
                {example.href}
              </Outward>{' '}
              <span class="quiet">{mediaLabel(example.type)}</span>
            </dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

function DoorSection({ page, door }: { page: Page; door: Door }) {
  const { t } = page;
  const words = wordsOf(page, door.name);
  const routes = door.routes.filter(forPrograms);
  const examples = door.examples.filter((link) => link.role !== 'landing');
  const id = `door-${door.name}`;
  return (
    <section class="door" aria-labelledby={id}>
      <h3 id={id}>{words.title}</h3>
      {words.text && <p>{words.text}</p>}
      {examples.length > 0 && (
        <>
          <h4>{t.examples}</h4>
          <ul class="addresses">
            {examples.map((link) => (
              <li>
                <Outward href={link.href}>{link.href}</Outward>{' '}
                <span class="quiet">{link.role === 'alternate' ? link.title : mediaLabel(link.type)}</span>
              </li>
            ))}
          </ul>
        </>
      )}
      <details>
        <summary>{t.allAddressesOf(page.say.number(routes.length))}</summary>
        <ul class="addresses">
          {routes.map((route) => (
            <li>
              <code>
                {route.method} {page.links.basePath + route.path}
              </code>{' '}
              <span class="quiet" lang={langOf(page, 'en')}>
                {route.doc.summary}
              </span>
            </li>
          ))}
        </ul>
      </details>
    </section>
  );
}

export interface DoorsData {
  readonly partners: readonly PartnerGuide[];
  readonly doors: readonly Door[];
}

export function doorsPage(page: Page, { partners, doors }: DoorsData): string {
  const { t, to } = page;
  return renderPage(
    page,
    { title: t.federation, description: t.federationLead, canonical: page.links.url('/federation') },
    <>
      <Breadcrumb
        page={page}
        trail={[
          { href: to('/'), label: t.home },
          { href: null, label: t.federation },
        ]}
      />
      <h1>{t.federation}</h1>
      <p class="lead">{t.federationLead}</p>
      {partners.length > 0 && (
        <section aria-labelledby="partners">
          <h2 id="partners">{t.byPartner}</h2>
          <p>{t.byPartnerText}</p>
          {partners.map((guide) => (
            <Partner page={page} guide={guide} />
          ))}
        </section>
      )}
      <section aria-labelledby="protocols">
        <h2 id="protocols">{t.byProtocol}</h2>
        {doors.map((door) => (
          <DoorSection page={page} door={door} />
        ))}
      </section>
    </>,
  );
}
