// Pages of protocols: a protocol writes the main part, whoever draws the pages of the site puts its frame around it.
import type { Link } from '../model/description.ts';
import type { AppError } from '../model/errors.ts';
import type { AppContext } from './protocol.ts';

export interface FramedPage {
  readonly title: string;
  /** HTML of the main part, every text in it escaped; the heading `h1` is in it. */
  readonly main: string;
  readonly description?: string;
  /** Where the page stands: label and our path (with the query), the last one is this page. */
  readonly trail: readonly (readonly [label: string, path: string | null])[];
  /** Absolute. */
  readonly canonical?: string;
  readonly alternates?: readonly Link[];
  /** Lists that search engines should not keep. */
  readonly noIndex?: boolean;
}

export interface HtmlFrame {
  /** Sends the page; caching headers are set by the caller. */
  readonly send: (ctx: AppContext, page: FramedPage) => void;
  /** An error as a page where the caller reads HTML (Accept or `f=html`), else as problem+json. */
  readonly fail: (ctx: AppContext, error: AppError) => void;
}
