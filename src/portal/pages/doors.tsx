/** @jsxRuntime automatic @jsxImportSource preact */
// Addresses for programs: one section for each mounted door, its addresses and examples that work.
import type { Route } from '../../http/protocol.ts';
import type { Link } from '../../model/description.ts';
import type { Page } from '../page.ts';
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

function DoorSection({ page, door }: { page: Page; door: Door }) {
  const { t } = page;
  const known: { readonly [name: string]: { readonly title: string; readonly text: string } } = t.doors;
  const words = known[door.name] ?? { title: door.name, text: '' };
  const routes = door.routes.filter(forPrograms);
  const examples = door.examples.filter((link) => link.role !== 'landing');
  const id = `door-${door.name}`;
  return (
    <section class="door" aria-labelledby={id}>
      <h2 id={id}>{words.title}</h2>
      {words.text && <p>{words.text}</p>}
      {examples.length > 0 && (
        <>
          <h3>{t.examples}</h3>
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

export function doorsPage(page: Page, doors: readonly Door[]): string {
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
      {doors.map((door) => (
        <DoorSection page={page} door={door} />
      ))}
    </>,
  );
}
