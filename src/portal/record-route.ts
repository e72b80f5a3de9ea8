// One record under its stable path: a page for people, and every registered record format by `?f=`, Accept or suffix.

import type { Catalogue } from '../catalogue/catalogue.ts';
import { doiAddress } from '../formats/writers/record-links.ts';
import type { Caching } from '../http/caching.ts';
import type { DocumentMemory } from '../http/document-memory.ts';
import { type HeaderLink, linkHeader } from '../http/link-header.ts';
import type { Links } from '../http/links.ts';
import { negotiate, type Offer } from '../http/negotiate.ts';
import type { AppContext, Route } from '../http/protocol.ts';
import type { Mappings } from '../mapping/mappings.ts';
import { AppError } from '../model/errors.ts';
import type { RecordFormat, RecordView } from '../model/format.ts';
import type { CatalogRecord } from '../model/record.ts';
import type { Language } from '../model/text.ts';
import { mayTakeData } from '../model/viewer.ts';
import { type PageMaker, parameterOf, sendPage } from './answer.ts';
import { recordPath } from './page.ts';
import { recordPage } from './pages/record.tsx';
import { withdrawnPage } from './pages/withdrawn.tsx';

export interface RecordRouteDependencies {
  readonly catalogue: Catalogue;
  readonly caching: Caching;
  readonly documents: DocumentMemory;
  readonly mappings: Mappings;
  readonly formats: readonly RecordFormat[];
  readonly links: Links;
  readonly pages: PageMaker;
}

interface RecordOffer extends Offer {
  /** Null: the page. */
  readonly format: RecordFormat | null;
  readonly contentType: string;
  readonly prolog: string;
}

const PAGE: RecordOffer = {
  id: 'html',
  mediaType: 'text/html',
  otherTypes: ['application/xhtml+xml'],
  extension: 'html',
  format: null,
  contentType: 'text/html; charset=utf-8',
  prolog: '',
};

/** Formats that the header of a page names; the page itself names them all. */
const DESCRIPTIONS: readonly string[] = ['iso19139', 'datacite', 'schema-org', 'dcat-ttl', 'geojson'];
/** Files that the header of a page names: a header has to stay short. */
const MOST_ITEMS = 10;

function offerOf(format: RecordFormat): RecordOffer {
  const { id, mediaType, extension } = format;
  const isXml = /[/+]xml\b/.test(mediaType);
  const contentType = mediaType.includes('charset=') ? mediaType : `${mediaType}; charset=utf-8`;
  return {
    id,
    mediaType,
    extension,
    format,
    contentType,
    prolog: isXml ? '<?xml version="1.0" encoding="UTF-8"?>\n' : '',
  };
}

/** `opgc:dynvolc:12` as BibTeX → `opgc-dynvolc-12.bib`. */
function fileName({ identifier }: CatalogRecord, { extension }: RecordFormat): string {
  return `${identifier.replace(/[^A-Za-z0-9._-]+/g, '-')}.${extension}`;
}

export function createRecordRoutes(deps: RecordRouteDependencies): readonly Route[] {
  const { catalogue, caching, documents, mappings, links, pages } = deps;
  const citations = deps.formats.filter((format) => format.purpose === 'citation');
  const schemaOrg = deps.formats.find((format) => format.id === 'schema-org');
  const offers: readonly RecordOffer[] = [PAGE, ...deps.formats.map(offerOf)];
  const names = new Map(
    offers
      .flatMap(
        (offer) =>
          [
            [offer.extension ?? offer.id, offer],
            [offer.id, offer],
          ] as const,
      )
      .reverse(),
  );
  const view = (language: Language): RecordView => ({
    language,
    links: links.recordLinks,
    uri: links.uri,
    site: mappings.site,
    codes: mappings.codes,
    sequence: 0,
  });
  const views = { en: view('en'), fr: view('fr') };

  /** The record, and the format that the address's suffix names where the identifier alone is not one. */
  async function find(ctx: AppContext): Promise<{ record: CatalogRecord; suffix: string | null } | null> {
    const { identifier = '' } = ctx.params;
    const { viewer } = ctx.state;
    const record = await catalogue.get({ identifier }, viewer);
    if (record) return { record, suffix: null };
    const dot = identifier.lastIndexOf('.');
    const suffix = dot > 0 ? identifier.slice(dot + 1) : '';
    if (!names.has(suffix)) return null;
    const named = await catalogue.get({ identifier: identifier.slice(0, dot) }, viewer);
    return named && { record: named, suffix };
  }

  async function one(ctx: AppContext): Promise<void> {
    const asked = parameterOf(ctx, 'f');
    // Before the database: a format that does not exist is refused for any record, seen or not.
    const offer = (asked && names.get(asked)) || negotiate({ f: asked, accept: ctx.req.headers.accept }, offers);
    const found = await find(ctx);
    if (!found) return tombstone(ctx, offer);
    const { record, suffix } = found;
    const chosen = (suffix && names.get(suffix)) || offer;
    // A record's document depends on its own last change alone, so one statement gives both.
    if (caching.notModified(ctx, record.change, chosen.id)) return;
    ctx.set('Link', landingLinks(record, chosen));
    if (chosen.format === null) return sendRecordPage(ctx, record);
    ctx.set('Content-Type', chosen.contentType);
    if (chosen.format.purpose === 'citation')
      ctx.set('Content-Disposition', `attachment; filename="${fileName(record, chosen.format)}"`);
    const { format, prolog } = chosen;
    const key = `record ${format.id} ${ctx.state.language} ${record.change} ${record.identifier}`;
    ctx.body = documents.of(key, () => prolog + format.write(record, views[ctx.state.language]));
  }

  /**
   * Of every representation: the stable address. Of the page also what programs that arrive by the DOI look for: the name to cite it by, its
   * other descriptions, its data and its licence (FAIR signposting, level 1).
   */
  function landingLinks(record: CatalogRecord, { format }: RecordOffer): string {
    const canonical: HeaderLink = { rel: 'canonical', href: links.uri(record) };
    if (format !== null) return linkHeader([canonical]);
    const own = links.recordLinks(record);
    const described = own.filter((link) => link.role === 'alternate' && DESCRIPTIONS.includes(link.format ?? ''));
    const data = [...own, ...record.storedLinks].filter((link) => link.role === 'data').slice(0, MOST_ITEMS);
    return linkHeader([
      canonical,
      ...(record.doi === null ? [] : [{ rel: 'cite-as', href: doiAddress(record.doi) }]),
      ...described.map(({ href, type }) => ({ rel: 'describedby', href, type })),
      ...data.map(({ href, type }) => ({ rel: 'item', href, type })),
      { rel: 'license', href: record.licence.url },
      { rel: 'type', href: 'https://schema.org/Dataset' },
    ]);
  }

  /** 410 where a DOI still leads to what was withdrawn: its name, how it was cited and since when it is gone; else 404. */
  async function tombstone(ctx: AppContext, offer: RecordOffer): Promise<void> {
    const { identifier = '' } = ctx.params;
    const gone = await catalogue.withdrawn({ identifier });
    if (gone === null) throw new AppError('not-found');
    const day = (gone.deletedAt ?? gone.updated).slice(0, 10);
    if (offer.format !== null) {
      throw new AppError('gone', { detail: { en: `withdrawn on ${day}`, fr: `retiré le ${day}` } });
    }
    sendPage(ctx, withdrawnPage(pages.page(ctx), gone, day));
    ctx.status = 410;
  }

  function sendRecordPage(ctx: AppContext, record: CatalogRecord): void {
    const page = pages.page(ctx);
    const data = {
      record,
      service: mappings.services.find((service) => service.name === record.service),
      links: links.recordLinks(record),
      mayTakeData: mayTakeData(ctx.state.viewer, record, page.today),
      citations: citations.map((format) => ({
        role: 'alternate' as const,
        href: `${links.url(recordPath(record.identifier), { f: format.id, lang: page.chosenLanguage })}`,
        type: format.mediaType,
        title: format.title,
      })),
      jsonLd: schemaOrg?.write(record, views[ctx.state.language]) ?? null,
    };
    sendPage(ctx, recordPage(page, data));
  }

  return [
    {
      method: 'GET',
      path: '/records/:identifier',
      doc: {
        summary: 'One record: a page, or a document of the format that `f`, Accept or the suffix names',
        parameters: [
          {
            name: 'identifier',
            in: 'path',
            required: true,
            description: 'identifier of the record, with or without a format as suffix',
          },
          {
            name: 'f',
            in: 'query',
            required: false,
            description: `one of ${offers.map((offer) => offer.id).join(', ')}`,
          },
        ],
        produces: offers.map((offer) => offer.mediaType),
      },
      handle: one,
    },
  ];
}
