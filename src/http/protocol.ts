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

/** One row of the parameter documentation; the same table parses, describes (OSDD, OpenAPI) and documents. */
export interface RouteDoc {
  readonly summary: string;
  readonly parameters?: readonly {
    readonly name: string;
    readonly in: 'query' | 'path';
    readonly required: boolean;
    readonly description: string;
  }[];
  readonly produces?: readonly string[];
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** @koa/router 15 path (path-to-regexp 8): `/x{/:id}`, `*rest`; without the base URL's path. GET answers HEAD too. */
  readonly path: string;
  readonly doc: RouteDoc;
  readonly handle: (ctx: AppContext) => Promise<void> | void;
}

export interface Protocol {
  readonly name: string;
  readonly routes: readonly Route[];
  /** Conformance class URIs that these routes honour. */
  readonly conformance?: readonly string[];
  /** Links that this door adds to a record; `href` starts with `/` and is made absolute by `http/links.ts`. Order of use. */
  readonly recordLinks?: (record: CatalogRecord) => readonly Link[];
  /** Links of the site as a whole, such as the OSDD for autodiscovery. */
  readonly siteLinks?: readonly Link[];
  /** Writes an error in the dialect's own envelope; without it: application/problem+json. */
  readonly fail?: (ctx: AppContext, error: AppError) => void;
}
