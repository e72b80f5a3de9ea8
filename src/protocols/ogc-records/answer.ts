// How every address here answers: parameters checked, representation negotiated, 304 where nothing changed, Link header, JSON or its HTML
// twin. A document's links say where it stands; `self` and the alternates are added here.

import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Caching } from '../../http/caching.ts';
import type { HtmlFrame } from '../../http/html-frame.ts';
import { linkHeader } from '../../http/link-header.ts';
import type { Links } from '../../http/links.ts';
import { negotiate, type Offer } from '../../http/negotiate.ts';
import { readParameters } from '../../http/parameters.ts';
import type { AppContext } from '../../http/protocol.ts';
import { sendText } from '../../http/send-text.ts';
import { commonParameters } from './parameters.ts';
import { HTML_TYPE, OFFERS, type OfferKind } from './vocabulary.ts';

export interface DocumentLink {
  readonly rel: string;
  readonly href: string;
  readonly type?: string;
  readonly title?: string;
  readonly hreflang?: string;
}

/** What an address gives: the members of the JSON document besides `links`, and the page for people. */
export interface Answer {
  readonly members: { readonly [name: string]: unknown };
  /** Absolute; without self and alternates. */
  readonly links: readonly DocumentLink[];
  readonly title: string;
  readonly trail: readonly (readonly [label: string, path: string | null])[];
  /** HTML of the main part below the heading. */
  readonly main: (links: readonly DocumentLink[]) => string;
  readonly noIndex?: boolean;
}

export interface Answering {
  readonly catalogue: Catalogue;
  readonly caching: Caching;
  readonly links: Links;
  readonly frame: HtmlFrame;
}

/** Values of `f` of a kind of address. */
export function formatNames(kind: OfferKind): readonly string[] {
  const offers: readonly Offer[] = OFFERS[kind];
  return offers.flatMap(({ id, extension }) => (extension === undefined ? [id] : [id, extension]));
}

const TABLES = {
  plain: commonParameters(formatNames('plain')),
  catalog: commonParameters(formatNames('catalog')),
  records: commonParameters(formatNames('records')),
  schema: commonParameters(formatNames('schema')),
};
export const tableOf = (kind: OfferKind) => TABLES[kind];

/** The representation asked by `f` (checked before) or Accept; throws `not-acceptable`. */
export function offerOf(ctx: AppContext, kind: OfferKind, f: string | null): Offer {
  return negotiate<Offer>({ f, accept: ctx.req.headers.accept }, OFFERS[kind]);
}

/** An address with one more part of a query; empty: as it is. */
export function extended(address: string, part: string): string {
  return part === '' ? address : `${address}${address.includes('?') ? '&' : '?'}${part}`;
}

/**
 * The document itself and its other representations. `address`: absolute, without `f`. The asked `f` stays in `self`, so that it is the
 * address that was asked.
 */
export function ownLinks(address: string, kind: OfferKind, offer: Offer, f: string | null): readonly DocumentLink[] {
  const withFormat = (id: string): string => extended(address, `f=${id}`);
  const others: readonly Offer[] = OFFERS[kind];
  return [
    { rel: 'self', href: f === null ? address : withFormat(f), type: offer.mediaType, title: 'This document' },
    ...others
      .filter(({ id }) => id !== offer.id)
      .map(({ id, mediaType }) => ({
        rel: 'alternate',
        href: withFormat(id),
        type: mediaType,
        title: mediaType === HTML_TYPE ? 'This document for people' : `This document as ${mediaType}`,
      })),
  ];
}

/** At most so many links stand in the header; the document has all of them. */
const MOST_IN_HEADER = 20;

/** Sends the page for people. `links` are all of the document's. */
export function sendPage(ctx: AppContext, { frame }: Answering, answer: Answer, links: readonly DocumentLink[]): void {
  const canonical = links.find(({ rel }) => rel === 'self')?.href;
  frame.send(ctx, {
    title: answer.title,
    main: answer.main(links),
    trail: answer.trail,
    alternates: links
      .filter(({ rel, type }) => rel === 'alternate' && type !== undefined && type !== HTML_TYPE)
      .map(({ href, type = '' }) => ({ role: 'alternate', href, type })),
    ...(canonical === undefined ? {} : { canonical }),
    ...(answer.noIndex === undefined ? {} : { noIndex: answer.noIndex }),
  });
}

/** Sets what every representation has, and sends one. `json`: the whole text of the JSON document. */
export function send(
  ctx: AppContext,
  answering: Answering,
  offer: Offer,
  answer: Answer,
  links: readonly DocumentLink[],
  json: () => string,
): void {
  ctx.set('Link', linkHeader(links.slice(0, MOST_IN_HEADER)));
  ctx.set('Content-Language', ctx.state.language);
  if (offer.mediaType === HTML_TYPE) {
    sendPage(ctx, answering, answer, links);
    return;
  }
  ctx.set('Content-Type', offer.mediaType);
  sendText(ctx, json());
}

/** Answers an address that has no parameters but `f` and `lang`. `path` is ours, without the base URL. */
export async function answerDocument(
  ctx: AppContext,
  answering: Answering,
  kind: OfferKind,
  path: string,
  make: () => Promise<Answer> | Answer,
): Promise<void> {
  const asked = readParameters(tableOf(kind), ctx.querystring, { unknown: 'refuse', emptyIsAbsent: false });
  const offer = offerOf(ctx, kind, asked.f);
  if (answering.caching.notModified(ctx, await answering.catalogue.revision(), `${offer.id}-${asked.f ?? ''}`)) return;
  const answer = await make();
  const address = answering.links.url(path, { lang: asked.lang });
  const links = [...ownLinks(address, kind, offer, asked.f), ...answer.links];
  // A schema has no member for links: they stand in the header.
  const document = kind === 'schema' ? answer.members : { ...answer.members, links };
  send(ctx, answering, offer, answer, links, () => `${JSON.stringify(document)}\n`);
}
