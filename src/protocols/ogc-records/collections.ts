// /collections, /collections/{collectionId}, and the schemas below one (17-069r4, clauses 7.13 and 7.14; 19-079r2, clause 6).
import type { AppContext } from '../../http/protocol.ts';
import { EVERYTHING } from '../../model/query.ts';
import type { Queryables } from '../../model/queryable.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import type { Viewer } from '../../model/viewer.ts';
import { type Answering, answerDocument, type DocumentLink } from './answer.ts';
import { type Collection, collectionPath } from './collection.ts';
import {
  type CollectionParts,
  collectionLinks,
  collectionMembers,
  type SeriesByService,
} from './collection-documents.ts';
import { anchor, documentMain, heading, linkList, tree, wordsIn } from './html.ts';
import { queryablesOf, schemaDocument } from './schema-documents.ts';
import { sortablesOf } from './sort.ts';
import { HTML_TYPE, JSON_TYPE } from './vocabulary.ts';

export interface CollectionsParts extends Answering, CollectionParts {
  readonly collections: readonly Collection[];
  readonly queryables: Queryables;
}

const MOST_SERIES = 1000;

/** The services' own records that the viewer sees. */
async function seriesFor({ catalogue }: Answering, viewer: Viewer, only: Collection | null): Promise<SeriesByService> {
  const query = { ...EVERYTHING, levels: ['series' as const], limit: MOST_SERIES, count: false };
  const { records } = await catalogue.search({ ...query, services: only?.services ?? null }, viewer);
  return new Map(records.filter(({ id }) => id === 0).map((record) => [record.service, record]));
}

function members(collection: Collection, series: SeriesByService, parts: CollectionsParts, language: Language) {
  return collectionMembers(collection, series, parts, language);
}

/** One of the list, with the links that lead to it. */
function listed(collection: Collection, series: SeriesByService, parts: CollectionsParts, language: Language): object {
  const href = parts.links.url(collectionPath(collection.id));
  const links: readonly DocumentLink[] = [
    { rel: 'self', href, type: JSON_TYPE },
    { rel: 'alternate', href: `${href}?f=html`, type: HTML_TYPE },
    ...collectionLinks(collection, series, parts, language),
  ];
  return { ...members(collection, series, parts, language), links };
}

export async function answerCollections(ctx: AppContext, parts: CollectionsParts): Promise<void> {
  const { language, viewer } = ctx.state;
  const title = wordsIn(language).collections;
  await answerDocument(ctx, parts, 'plain', '/collections', async () => {
    const series = await seriesFor(parts, viewer, null);
    return {
      members: { collections: parts.collections.map((each) => listed(each, series, parts, language)) },
      links: [],
      title,
      trail: [[title, null]],
      main: (links) =>
        heading(title) +
        parts.collections.map((each) => collectionEntry(each, series, parts, language)).join('') +
        linkList(links, language),
    };
  });
}

function collectionEntry(collection: Collection, series: SeriesByService, parts: CollectionsParts, language: Language) {
  const { title, description } = members(collection, series, parts, language);
  const path = collectionPath(collection.id);
  const words = wordsIn(language);
  const links = [
    anchor(parts.links.url(`${path}/items`, { f: 'html' }), words.records),
    anchor(parts.links.url(`${path}/queryables`, { f: 'html' }), words.queryables),
    anchor(parts.links.url(`${path}/sortables`, { f: 'html' }), words.sortables),
  ];
  return (
    `<article class="entry"><h2>${anchor(parts.links.url(path, { f: 'html' }), String(title))}</h2>` +
    `<p class="abstract">${tree(description)}</p><p>${links.join(' · ')}</p></article>`
  );
}

export async function answerCollection(
  ctx: AppContext,
  parts: CollectionsParts,
  collection: Collection,
): Promise<void> {
  const { language, viewer } = ctx.state;
  await answerDocument(ctx, parts, 'catalog', collectionPath(collection.id), async () => {
    const series = await seriesFor(parts, viewer, collection);
    const said = members(collection, series, parts, language);
    const title = String(said.title);
    return {
      members: said,
      links: collectionLinks(collection, series, parts, language),
      title,
      trail: [
        [wordsIn(language).collections, '/collections'],
        [title, null],
      ],
      main: (links) => documentMain(title, said, links, language),
    };
  });
}

/** Answers /queryables or /sortables of a collection. */
export async function answerSchema(
  ctx: AppContext,
  parts: CollectionsParts,
  collection: Collection,
  kind: 'queryables' | 'sortables',
): Promise<void> {
  const { language } = ctx.state;
  const path = `${collectionPath(collection.id)}/${kind}`;
  await answerDocument(ctx, parts, 'schema', path, () => {
    const queryables =
      kind === 'queryables' ? queryablesOf(parts.queryables, collection) : sortablesOf(parts.queryables);
    const name = inLanguage(collection.service?.title ?? parts.mappings.site.title, language);
    const title = `${name}: ${wordsIn(language)[kind].toLowerCase()}`;
    const document = schemaDocument(parts.links.url(path), title, queryables, language);
    return {
      members: document,
      links: [
        { rel: 'collection', href: parts.links.url(collectionPath(collection.id)), type: JSON_TYPE, title: name },
      ],
      title,
      trail: [
        [wordsIn(language).collections, '/collections'],
        [name, collectionPath(collection.id)],
        [wordsIn(language)[kind], null],
      ],
      main: (links) => documentMain(title, document, links, language),
    };
  });
}
