// What every page is given besides its own data: language, words, addresses, who looks.
import type { Links, QueryValues } from '../http/links.ts';
import type { LandingLink } from '../http/protocol.ts';
import type { Mappings } from '../mapping/mappings.ts';
import type { Link } from '../model/description.ts';
import type { Language } from '../model/text.ts';
import type { Viewer } from '../model/viewer.ts';
import type { Messages } from './locales/messages.ts';
import type { Wording } from './wording.ts';

export interface Page {
  readonly language: Language;
  readonly t: Messages;
  readonly say: Wording;
  readonly mappings: Mappings;
  readonly links: Links;
  readonly viewer: Viewer;
  /** Catalogues that the APIs name on their landing page, absolute: every page tells where they are (20-004r1, autodiscovery). */
  readonly catalogues: readonly LandingLink[];
  /** A name of the gazetteer in the page's language; any other name as it is. */
  readonly placeName: (name: string) => string;
  /** `YYYY-MM-DD`, UTC. */
  readonly today: string;
  /** What was asked: our path (without the base URL's) and the query pairs, `lang` left out. */
  readonly asked: { readonly path: string; readonly query: readonly (readonly [string, string])[] };
  /** Address of one of our pages, as a path; keeps the language when it was asked by `?lang=`. */
  readonly to: (path: string, query?: QueryValues) => string;
  /** The asked page in another language. */
  readonly inLanguage: (language: Language) => string;
  /** `?lang=` of the request, kept by forms; null when the language was negotiated. */
  readonly chosenLanguage: Language | null;
  readonly assets: { readonly style: string; readonly icon: string };
  readonly version: string;
}

/** One thing of the `head` of a document, besides what every page has. */
export interface HeadParts {
  readonly title: string;
  readonly description?: string;
  /** Absolute. */
  readonly canonical?: string;
  readonly alternates?: readonly Link[];
  readonly metas?: readonly (readonly [name: string, content: string])[];
  /** What the page is about as JSON-LD, for search engines of data sets. */
  readonly jsonLd?: string;
  /** Pages that search engines should not keep, such as lists of results. */
  readonly noIndex?: boolean;
}

/** An address that may stand in a page: only http, https, mailto and our own paths; anything else gives null. */
export function safeAddress(href: string): string | null {
  if (/^\/(?!\/)/.test(href)) return href;
  return /^(https?:\/\/|mailto:)[^\s<>"]+$/i.test(href) ? href : null;
}

/** Path of a record's page. The identifier stays readable: `:` is allowed in a path (RFC 3986, 3.3). */
export function recordPath(identifier: string): string {
  return `/records/${encodeURIComponent(identifier).replaceAll('%3A', ':')}`;
}
