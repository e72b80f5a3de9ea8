// /items and /items/{recordId}: a page of records as one FeatureCollection (20-004r1, clause 7.6; 17-069r4, clauses 7.15 and 7.16), one
// record as a Feature, and their pages for people.
import { printPageToken } from '../../formats/syntax/page-token.ts';
import { recordLinks } from '../../formats/writers/ogc-record.ts';
import { abstractIn, escapeHtml, titleIn } from '../../formats/writers/text.ts';
import { queryText } from '../../http/links.ts';
import { readParameters } from '../../http/parameters.ts';
import type { AppContext } from '../../http/protocol.ts';
import { AppError } from '../../model/errors.ts';
import type { RecordFormat, RecordView } from '../../model/format.ts';
import type { ResultPage, SearchQuery } from '../../model/query.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { Language } from '../../model/text.ts';
import type { RecordTime } from '../../model/time.ts';
import type { Viewer } from '../../model/viewer.ts';
import {
  type Answer,
  type Answering,
  type DocumentLink,
  extended,
  offerOf,
  ownLinks,
  send,
  tableOf,
} from './answer.ts';
import { type Collection, collectionPath, itemPath } from './collection.ts';
import { anchor, documentMain, heading, linkList, wordsIn } from './html.ts';
import type { Asked } from './request.ts';
import { HTML_TYPE, JSON_TYPE } from './vocabulary.ts';

export interface ItemsParts extends Answering {
  readonly read: (raw: string, collection: Collection) => Asked;
  readonly write: RecordFormat['write'];
  /** What else an answer depends on, part of its ETag. */
  readonly variant: string;
  /** Of a record as a member of the collection; `list`: without most of its other documents, which stand in the record alone. */
  readonly view: (collection: Collection, language: Language, place: 'alone' | 'list') => RecordView;
  readonly title: (collection: Collection, language: Language) => string;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** Faults of the catalogue by the names that a caller of /items knows. */
async function find({ catalogue }: ItemsParts, query: SearchQuery, viewer: Viewer): Promise<ResultPage> {
  const names: { readonly [name: string]: string } = { words: 'q', areas: 'bbox', time: 'datetime' };
  try {
    return await catalogue.search(query, viewer);
  } catch (error) {
    if (!(error instanceof AppError)) throw error;
    const faults = error.faults.map((fault) => ({ ...fault, parameter: names[fault.parameter] ?? fault.parameter }));
    throw new AppError(error.code, { faults, ...(error.detail ? { detail: error.detail } : {}), cause: error });
  }
}

/** The asked address and its neighbours: `next` leads by the last record's place, `offset` beside it counts on. */
function pageLinks(
  asked: Asked,
  page: ResultPage,
  address: string,
  type: string,
  language: Language,
): readonly DocumentLink[] {
  const { limit, offset, sort } = asked;
  const words = wordsIn(language);
  const link = (rel: 'next' | 'prev' | 'first', place: string): DocumentLink => {
    return { rel, href: extended(address, place), type, title: words[rel] };
  };
  const links: DocumentLink[] = [];
  if (page.next !== null) {
    links.push(link('next', `offset=${offset + page.records.length}&cursor=${printPageToken(page.next, sort)}`));
  }
  if (offset > 0) links.push(link('prev', offset > limit ? `offset=${offset - limit}` : ''), link('first', ''));
  return links;
}

function period(time: RecordTime, ongoing: string): string {
  if (time.kind === 'none') return '';
  return time.kind === 'instant' ? time.at : `${time.begin ?? '…'} – ${time.end ?? ongoing}`;
}

function entry(record: CatalogRecord, href: string, language: Language): string {
  const facts = [record.identifier, record.level, period(record.time, wordsIn(language).ongoing)];
  return (
    `<article class="entry"><h2>${anchor(href, titleIn(record, language))}</h2>` +
    `<p class="facts">${facts
      .filter((fact) => fact !== '')
      .map((fact) => `<span>${escapeHtml(fact)}</span>`)
      .join(' ')}</p>` +
    `<p class="abstract">${escapeHtml(abstractIn(record, language))}</p></article>`
  );
}

interface Listing {
  readonly collection: Collection;
  readonly page: ResultPage;
  readonly asked: Asked;
  readonly address: string;
  readonly language: Language;
}

/** The list for people; every link of it stays in HTML. */
function listMain(
  parts: ItemsParts,
  { collection, page, asked, address, language }: Listing,
  links: readonly DocumentLink[],
) {
  const words = wordsIn(language);
  const q = asked.given.find(([name]) => name === 'q')?.[1] ?? '';
  const path = parts.links.basePath + collectionPath(collection.id);
  const form =
    `<form action="${escapeHtml(path)}/items" role="search"><label>${words.words} <input type="search" name="q" required value="${escapeHtml(q)}"></label>` +
    `<input type="hidden" name="f" value="html"> <button>${words.search}</button></form>`;
  const entries = page.records.map((record) =>
    entry(record, parts.links.url(itemPath(collection.id, record.identifier), { f: 'html' }), language),
  );
  const pages = pageLinks(asked, page, address, HTML_TYPE, language).map(({ rel, href, title = rel }) =>
    anchor(href, title, ` rel="${rel}"`),
  );
  return (
    `${heading(parts.title(collection, language))}${form}<p>${words.found(page.total ?? 0)}</p>` +
    `${entries.length === 0 ? `<p>${words.none}</p>` : `<div class="entries">${entries.join('')}</div>`}` +
    `${pages.length === 0 ? '' : `<p>${pages.join(' · ')}</p>`}${linkList(links, language)}`
  );
}

/** The FeatureCollection as text: each record is written by its format, the rest around them. */
function listText(
  records: readonly CatalogRecord[],
  total: number,
  links: readonly DocumentLink[],
  write: (record: CatalogRecord) => string,
  now: number,
): string {
  const head = {
    type: 'FeatureCollection',
    timeStamp: new Date(now).toISOString(),
    numberMatched: total,
    numberReturned: records.length,
    links,
  };
  const features = records.map(write).join(',\n');
  return `${JSON.stringify(head).slice(0, -1)},"features":[${features === '' ? '' : `\n${features}\n`}]}\n`;
}

function trailTo(collection: Collection, language: Language, title: string): [string, string | null][] {
  return [
    [wordsIn(language).collections, '/collections'],
    [title, collectionPath(collection.id)],
  ];
}

/** Answers /items. */
export async function answerItems(ctx: AppContext, parts: ItemsParts, collection: Collection): Promise<void> {
  const { language, viewer } = ctx.state;
  const asked = parts.read(ctx.querystring, collection);
  const offer = offerOf(ctx, 'records', asked.f);
  if (parts.caching.notModified(ctx, await parts.catalogue.revision(), `${offer.id}-${asked.f ?? ''}-${parts.variant}`))
    return;
  const page = await find(parts, asked.query, viewer);
  const path = collectionPath(collection.id);
  const conditions = asked.given.filter(([name]) => name !== 'f');
  const place = asked.offset > 0 || asked.query.start.kind === 'after' ? placeOf(ctx) : [];
  const address = parts.links.url(`${path}/items`) + textOf(conditions);
  const here = parts.links.url(`${path}/items`) + textOf([...conditions, ...place]);
  const format = asked.f === null ? [] : ([['f', asked.f]] as const);
  const title = parts.title(collection, language);
  const links: readonly DocumentLink[] = [
    ...ownLinks(here, 'records', offer, asked.f),
    ...pageLinks(
      asked,
      page,
      parts.links.url(`${path}/items`) + textOf([...conditions, ...format]),
      offer.mediaType,
      language,
    ),
    { rel: 'collection', href: parts.links.url(path), type: JSON_TYPE, title },
  ];
  const listing = {
    collection,
    page,
    asked,
    address: extended(address, 'f=html'),
    language,
  };
  const answer: Answer = {
    members: {},
    links,
    title,
    trail: [...trailTo(collection, language, title), [wordsIn(language).records, null]],
    main: (all) => listMain(parts, listing, all),
    noIndex: true,
  };
  const view = parts.view(collection, language, 'list');
  send(ctx, parts, offer, answer, links, () =>
    listText(page.records, page.total ?? 0, links, (record) => parts.write(record, view), parts.clock()),
  );
}

const textOf = (pairs: readonly (readonly [string, string])[]): string => {
  const text = pairs.map(([name, value]) => queryText({ [name]: value }).slice(1)).filter((part) => part !== '');
  return text.length === 0 ? '' : `?${text.join('&')}`;
};

/** The place of the page as it was asked. */
function placeOf(ctx: AppContext): readonly (readonly [string, string])[] {
  const query = new URLSearchParams(ctx.querystring);
  return (['offset', 'cursor'] as const).flatMap((name) => {
    const value = query.get(name);
    return value === null ? [] : [[name, value] as const];
  });
}

const isMember = ({ services, levels }: Collection, record: CatalogRecord): boolean =>
  (services === null || services.includes(record.service)) && (levels === null || levels.includes(record.level));

/** Answers /items/{recordId}: 404 for a record of another collection too. */
export async function answerItem(ctx: AppContext, parts: ItemsParts, collection: Collection): Promise<void> {
  const { language, viewer } = ctx.state;
  const asked = readParameters(tableOf('records'), ctx.querystring, { unknown: 'refuse', emptyIsAbsent: false });
  const offer = offerOf(ctx, 'records', asked.f);
  const record = await parts.catalogue.get({ identifier: ctx.params.recordId ?? '' }, viewer);
  if (record === null || !isMember(collection, record)) throw new AppError('not-found');
  // The document depends on the record's own last change alone.
  if (parts.caching.notModified(ctx, record.change, `${offer.id}-${asked.f ?? ''}-${parts.variant}`)) return;
  const view = parts.view(collection, language, 'alone');
  const title = titleIn(record, language);
  const links = recordLinks(record, view);
  const answer: Answer = {
    members: {},
    links,
    title,
    trail: [...trailTo(collection, language, parts.title(collection, language)), [title, null]],
    main: (all) => {
      const { links: _, ...members } = JSON.parse(parts.write(record, view)) as { [member: string]: unknown };
      return documentMain(title, members, all, language);
    },
  };
  send(ctx, parts, offer, answer, links, () => `${parts.write(record, view)}\n`);
}
