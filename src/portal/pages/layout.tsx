/** @jsxRuntime automatic @jsxImportSource preact */
// The frame of every page: head with autodiscovery (OpenSearch 1.1), landmarks, skip link, language switch, footer.
import type { ComponentChildren } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { LANGUAGES } from '../../model/text.ts';
import type { HeadParts, Page } from '../page.ts';
import { Logo } from './parts.tsx';

const NATIVE = { en: 'English', fr: 'Français' } as const;
/** Namespace of `totalResults`, `startIndex` and `itemsPerPage` in HTML (OpenSearch 1.1, response elements in HTML). */
const OPENSEARCH_PROFILE = { profile: 'http://a9.com/-/spec/opensearch/1.1/' };

/**
 * JSON inside a script element: without `<` it can neither end the element nor open a comment (HTML, 4.12.1.3), without `&` it reads the
 * same as XHTML. It is data, not a script: no content policy forbids it.
 */
function dataBlock(json: string): string {
  return json.replace(/[<>&]/g, (c) => `\\u00${c.charCodeAt(0).toString(16)}`);
}

function Head({ page, head }: { page: Page; head: HeadParts }) {
  const site = page.say.text(page.mappings.site.title);
  return (
    <head {...OPENSEARCH_PROFILE}>
      <meta charset="utf-8" />
      <meta name="viewport" content="width=device-width, initial-scale=1" />
      <title>{head.title === site ? site : `${head.title} – ${site}`}</title>
      {head.description && <meta name="description" content={head.description.slice(0, 300)} />}
      {head.noIndex && <meta name="robots" content="noindex" />}
      <meta name="color-scheme" content="light dark" />
      <meta name="generator" content={`vobs ${page.version}`} />
      {head.metas?.map(([name, content]) => (
        <meta name={name} content={content} />
      ))}
      {head.jsonLd && (
        <script type="application/ld+json" dangerouslySetInnerHTML={{ __html: dataBlock(head.jsonLd) }} />
      )}
      {head.canonical && <link rel="canonical" href={head.canonical} />}
      {LANGUAGES.map((language) => (
        <link rel="alternate" hreflang={language} href={page.inLanguage(language)} />
      ))}
      {head.alternates?.map((link) => (
        <link rel="alternate" type={link.type} title={link.title} href={link.href} />
      ))}
      {page.links
        .siteLinks()
        .filter((link) => link.role === 'search')
        .map((link) => (
          <link rel="search" type={link.type} title={link.title ?? page.mappings.site.shortName} href={link.href} />
        ))}
      {page.catalogues.map(({ rel, type, title, href }) => (
        <link rel={rel} type={type} title={title} href={href} />
      ))}
      <link rel="icon" type="image/svg+xml" href={page.assets.icon} />
      <link rel="stylesheet" href={page.assets.style} />
    </head>
  );
}

function Navigation({ page }: { page: Page }) {
  const { t, to, asked } = page;
  const entries = [
    ['/', t.home],
    ['/services', t.services],
    ['/search', t.search],
    ['/processes', t.processes],
    ['/federation', t.federation],
  ] as const;
  const isHere = (path: string) => (path === '/' ? asked.path === '/' : asked.path.startsWith(path));
  return (
    <header class="site">
      <div class="wrap">
        <a class="brand" href={to('/')}>
          <Logo />
          <span>{page.say.text(page.mappings.site.title)}</span>
        </a>
        <nav aria-label={t.mainNavigation}>
          <ul>
            {entries.map(([path, label]) => (
              <li>
                <a href={to(path)} aria-current={isHere(path) ? (asked.path === path ? 'page' : 'true') : undefined}>
                  {label}
                </a>
              </li>
            ))}
          </ul>
        </nav>
        <nav aria-label={t.language} class="languages">
          <ul>
            {LANGUAGES.map((language) => (
              <li>
                <a
                  href={page.inLanguage(language)}
                  lang={language}
                  hreflang={language}
                  aria-current={language === page.language ? 'true' : undefined}
                >
                  {NATIVE[language]}
                </a>
              </li>
            ))}
          </ul>
        </nav>
      </div>
    </header>
  );
}

function Footer({ page }: { page: Page }) {
  const { t, mappings } = page;
  const { organisation, licence, attribution } = mappings.site;
  const { address } = organisation;
  return (
    <footer class="site">
      <div class="wrap">
        <div>
          <p>
            <strong>
              {organisation.url ? (
                <a href={organisation.url}>{organisation.organisation}</a>
              ) : (
                organisation.organisation
              )}
            </strong>
          </p>
          {address && (
            <p>
              {[address.street, [address.postalCode, address.city].filter(Boolean).join(' '), address.country]
                .filter(Boolean)
                .join(', ')}
            </p>
          )}
          {organisation.email && (
            <p>
              {t.contact}
              {t.colon} <a href={`mailto:${organisation.email}`}>{organisation.email}</a>
            </p>
          )}
        </div>
        <div>
          <p>
            {t.metadataLicence}
            {t.colon} <a href={licence.url}>{licence.title}</a>
          </p>
          <p>{attribution}</p>
          {page.viewer.account !== null && <p>{t.signedInAs(page.viewer.account)}</p>}
          <p class="quiet">
            {t.timesAreUtc} {t.madeWith} {page.version}
          </p>
        </div>
      </div>
    </footer>
  );
}

/** The whole document of a page as text. */
export function renderPage(page: Page, head: HeadParts, main: ComponentChildren): string {
  const document = (
    <html lang={page.language}>
      <Head page={page} head={head} />
      <body>
        <a class="skip" href="#main">
          {page.t.skipToContent}
        </a>
        <Navigation page={page} />
        <main id="main" class="wrap" tabindex={-1}>
          {main}
        </main>
        <Footer page={page} />
      </body>
    </html>
  );
  return `<!DOCTYPE html>${renderToString(document)}`;
}
