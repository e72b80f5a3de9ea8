// The whole catalogue as one DCAT document (DCAT 3, DCAT-AP 3, GeoDCAT-AP 3) in Turtle and JSON-LD, record after record, in constant memory.
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Caching } from '../../http/caching.ts';
import type { Links } from '../../http/links.ts';
import type { AppContext, Protocol, Route } from '../../http/protocol.ts';
import { streamBody } from '../../http/streaming.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import type { RecordView } from '../../model/format.ts';
import { EVERYTHING, type SearchQuery } from '../../model/query.ts';
import type { Language } from '../../model/text.ts';
import { catalogueDocument, JSON_LD, type Notation, TURTLE } from './document.ts';

export interface DcatDependencies {
  readonly catalogue: Catalogue;
  readonly mappings: Mappings;
  readonly links: Links;
  readonly caching: Caching;
}

/** By identifier, so that two harvests of the same catalogue are the same text. */
const ALL: SearchQuery = { ...EVERYTHING, sort: [{ key: 'identifier', descending: false }], count: false };

/** RDF/XML has no schema; OAI-PMH demands one. This lets everything below rdf:RDF be. */
const SCHEMA = `<?xml version="1.0" encoding="UTF-8"?>
<xs:schema xmlns:xs="http://www.w3.org/2001/XMLSchema" targetNamespace="http://www.w3.org/1999/02/22-rdf-syntax-ns#" elementFormDefault="qualified">
  <xs:element name="RDF"><xs:complexType><xs:sequence>
    <xs:any namespace="##any" processContents="skip" minOccurs="0" maxOccurs="unbounded"/>
  </xs:sequence></xs:complexType></xs:element>
</xs:schema>
`;

export function createDcatCatalogue({ catalogue, mappings, links, caching }: DcatDependencies): Protocol {
  const { site, codes } = mappings;
  const view = (language: Language): RecordView => ({
    language,
    links: links.recordLinks,
    uri: links.uri,
    site,
    codes,
    sequence: 0,
  });

  const route = (notation: Notation): Route => ({
    method: 'GET',
    path: `/dcat.${notation.extension}`,
    doc: {
      summary: `The whole catalogue as DCAT, ${notation.title}`,
      produces: [notation.mediaType],
    },
    async handle(ctx: AppContext) {
      const { viewer, language } = ctx.state;
      if (caching.notModified(ctx, await catalogue.revision(), notation.extension)) return;
      const chunks = catalogue.stream(ALL, viewer);
      const document = catalogueDocument(notation, { site, base: links.base, view: view(language), chunks });
      await streamBody(ctx, `${notation.mediaType}; charset=utf-8`, document);
    },
  });

  return {
    name: 'dcat',
    routes: [
      route(TURTLE),
      route(JSON_LD),
      {
        method: 'GET',
        path: '/dcat.xsd',
        doc: { summary: 'Schema of RDF/XML for OAI-PMH: anything below rdf:RDF', produces: ['application/xml'] },
        handle(ctx) {
          ctx.set('Content-Type', 'application/xml; charset=utf-8');
          ctx.set('Cache-Control', 'public, max-age=86400');
          ctx.body = SCHEMA;
        },
      },
    ],
    siteLinks: [TURTLE, JSON_LD].map((notation) => ({
      role: 'collection' as const,
      href: `/dcat.${notation.extension}`,
      type: notation.mediaType,
      title: `DCAT (${notation.title})`,
    })),
  };
}
