// How documents answer here: as JSON or as the page that says the same, with their links in the body and in the header.
import { documentMain, type WebLink } from '../../formats/writers/document-html.ts';
import type { HtmlFrame } from '../../http/html-frame.ts';
import { linkHeader } from '../../http/link-header.ts';
import type { Links, QueryValues } from '../../http/links.ts';
import { negotiate } from '../../http/negotiate.ts';
import type { AppContext } from '../../http/protocol.ts';
import { sendText } from '../../http/send-text.ts';
import type { Members } from './documents.ts';
import { HTML_TYPE, JSON_TYPE, OFFERS } from './vocabulary.ts';

export interface Document {
  readonly title: string;
  readonly members: Members;
  /** Absolute; `self` and `alternate` are added. */
  readonly links: readonly WebLink[];
  readonly trail: readonly (readonly [label: string, path: string | null])[];
  /** The page's main part; absent: made of the members. */
  readonly main?: (links: readonly WebLink[]) => string;
  /** Of one caller: search engines keep out. */
  readonly isPrivate?: boolean;
}

export interface Answering {
  readonly links: Links;
  readonly frame: HtmlFrame;
}

/** `self` with what was asked, and the other representation. */
export function ownLinks(
  path: string,
  query: QueryValues,
  f: string | null,
  mediaType: string,
  links: Links,
): readonly WebLink[] {
  const other = mediaType === HTML_TYPE ? { f: 'json', type: JSON_TYPE } : { f: 'html', type: HTML_TYPE };
  return [
    { rel: 'self', href: links.url(path, { ...query, f }), type: mediaType, title: 'This document' },
    {
      rel: 'alternate',
      href: links.url(path, { ...query, f: other.f }),
      type: other.type,
      title: 'This document in the other form',
    },
  ];
}

/** Sends the document in the representation asked; headers of caching are the caller's. */
export function sendDocument(
  ctx: AppContext,
  { links, frame }: Answering,
  address: { readonly path: string; readonly query: QueryValues; readonly f: string | null },
  document: Document,
): void {
  const { path, query, f } = address;
  const offer = negotiate({ f, accept: ctx.req.headers.accept }, OFFERS);
  const hasSelf = document.links.some(({ rel }) => rel === 'self');
  const own = ownLinks(path, query, f, offer.mediaType, links).filter(({ rel }) => rel !== 'self' || !hasSelf);
  const all = [...own, ...document.links];
  ctx.set('Link', linkHeader(all.slice(0, 20)));
  ctx.set('Content-Language', ctx.state.language);
  if (offer.mediaType === HTML_TYPE) {
    frame.send(ctx, {
      title: document.title,
      main: document.main?.(all) ?? documentMain(document.title, document.members, all, ctx.state.language),
      trail: document.trail,
      alternates: [{ role: 'alternate', href: links.url(path, { ...query, f: 'json' }), type: JSON_TYPE }],
      ...(document.isPrivate ? { noIndex: true } : {}),
    });
    return;
  }
  ctx.set('Content-Type', `${JSON_TYPE}; charset=utf-8`);
  sendText(ctx, `${JSON.stringify({ ...document.members, links: all })}\n`);
}
