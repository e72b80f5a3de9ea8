// What a protocol is to the application: routes as data, what it adds to every record's links, and how it words its errors.
import type { Middleware, ParameterizedContext } from 'koa';
import type { Logger } from 'pino';
import type { Link } from '../model/description.ts';
import type { AppError } from '../model/errors.ts';
import type { CatalogRecord } from '../model/record.ts';
import type { Language } from '../model/text.ts';
import type { Viewer } from '../model/viewer.ts';

export interface AppState {
  viewer: Viewer;
  requestId: string;
  log: Logger;
  /** Negotiated: `?lang=`, then Accept-Language, then English. */
  language: Language;
}
export type AppContext = ParameterizedContext<AppState> & { params: Record<string, string> };
export type AppMiddleware = Middleware<AppState>;

/** JSON Schema as OpenAPI 3.0.3 has it (4.7.24): one type, `nullable`, no `const`. `$ref` to `#/components/schemas/{name of a protocol's schemas}`. */
export type Schema = { readonly [keyword: string]: unknown };

/** One row of the parameter documentation; the same table parses, describes (OSDD, OpenAPI) and documents. */
export interface ParameterDoc {
  readonly name: string;
  readonly in: 'query' | 'path';
  readonly required: boolean;
  readonly description: string;
  /** Absent: a text. An array is written with commas unless `explode` is true. */
  readonly schema?: Schema;
  readonly explode?: boolean;
}

export interface RouteDoc {
  readonly summary: string;
  readonly parameters?: readonly ParameterDoc[];
  readonly produces?: readonly string[];
  /** Schemas of the documents given, by media type of `produces`; absent: text, or any JSON. */
  readonly content?: { readonly [mediaType: string]: Schema };
  /** What is sent, by media type. */
  readonly body?: { readonly required: boolean; readonly content: { readonly [mediaType: string]: Schema } };
  /** Status of success where it is not 200, and further ones that are no errors: status → what it means. */
  readonly responses?: { readonly [status: string]: string };
  /**
   * The path with some of its parameters fixed, each with a documentation of its own: the API description has a path for each of them,
   * before the general one. `parameters` are all of that path's.
   */
  readonly variants?: readonly {
    readonly fixed: { readonly [parameter: string]: string };
    readonly summary: string;
    readonly parameters: readonly ParameterDoc[];
  }[];
}

/** A link of the landing page of the OGC APIs; `href` starts with `/`. */
export interface LandingLink {
  readonly rel: string;
  readonly href: string;
  readonly type: string;
  readonly title: string;
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** @koa/router 15 path (path-to-regexp 8): `/x{/:id}`, `*rest`; without the base URL's path. GET answers HEAD too. */
  readonly path: string;
  readonly doc: RouteDoc;
  /** Bytes of its largest request body; absent: that of every route (VOBS_MAX_BODY). The handler reads at most as many. */
  readonly maxBody?: number;
  readonly handle: (ctx: AppContext) => Promise<void> | void;
}

export interface Protocol {
  readonly name: string;
  readonly routes: readonly Route[];
  /** Conformance class URIs that these routes honour. */
  readonly conformance?: readonly string[];
  /** Path below which the door has a landing page, conformance and API description of its own (`/stac`); absent: those at the root name it. */
  readonly apiRoot?: string;
  /** What the landing page of the OGC APIs says of this door. */
  readonly landingLinks?: readonly LandingLink[];
  /** Answers `/` for programs, where the pages for people own the path. */
  readonly landing?: Route['handle'];
  /** Schemas of its documents by name, for the API description. */
  readonly schemas?: { readonly [name: string]: Schema };
  /** Links that this door adds to a record; `href` starts with `/` and is made absolute by `http/links.ts`. Order of use. */
  readonly recordLinks?: (record: CatalogRecord) => readonly Link[];
  /** Links of the site as a whole, such as the OSDD for autodiscovery. */
  readonly siteLinks?: readonly Link[];
  /** Writes an error in the dialect's own envelope; without it: application/problem+json. */
  readonly fail?: (ctx: AppContext, error: AppError) => void;
}
