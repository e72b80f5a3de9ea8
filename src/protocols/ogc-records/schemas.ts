// Schemas of the documents for the API description (OpenAPI 3.0): the records of 20-004r1 and the objects of 17-069r4.
import type { Schema } from '../../http/protocol.ts';

const string: Schema = { type: 'string' };
const uri: Schema = { type: 'string', format: 'uri' };
const strings: Schema = { type: 'array', items: string };
const ref = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });
const listOf = (name: string): Schema => ({ type: 'array', items: ref(name) });
const object = (properties: { readonly [name: string]: Schema }, ...required: readonly string[]): Schema => ({
  type: 'object',
  ...(required.length === 0 ? {} : { required }),
  properties,
});
const numbers: Schema = { type: 'array', minItems: 4, maxItems: 6, items: { type: 'number' } };

const PROPERTIES = object(
  {
    type: string,
    title: string,
    description: string,
    created: { type: 'string', format: 'date-time' },
    updated: { type: 'string', format: 'date-time' },
    language: ref('language'),
    languages: listOf('language'),
    resourceLanguages: listOf('language'),
    keywords: strings,
    themes: listOf('theme'),
    externalIds: { type: 'array', items: object({ scheme: string, value: string }, 'value') },
    formats: { type: 'array', items: object({ name: string, mediaType: string }) },
    contacts: listOf('contact'),
    license: string,
    rights: string,
  },
  'type',
  'title',
);

export const SCHEMAS: { readonly [name: string]: Schema } = {
  link: object(
    { rel: string, href: string, type: string, title: string, hreflang: string, length: { type: 'integer' } },
    'rel',
    'href',
  ),
  landingPage: object({ title: string, description: string, attribution: string, links: listOf('link') }, 'links'),
  conformance: object({ conformsTo: strings }, 'conformsTo'),
  language: object({ code: string, name: string, dir: { type: 'string', enum: ['ltr', 'rtl', 'ttb', 'btt'] } }, 'code'),
  theme: object(
    {
      scheme: uri,
      concepts: { type: 'array', minItems: 1, items: object({ id: string, title: string, url: uri }, 'id') },
    },
    'scheme',
    'concepts',
  ),
  contact: object(
    {
      identifier: string,
      organization: string,
      emails: { type: 'array', items: object({ value: { type: 'string', format: 'email' } }, 'value') },
      addresses: { type: 'array', items: { type: 'object' } },
      roles: strings,
      links: listOf('link'),
    },
    'organization',
  ),
  time: {
    ...object({
      date: string,
      timestamp: string,
      interval: { type: 'array', minItems: 2, maxItems: 2, items: string },
    }),
    nullable: true,
  },
  geometry: {
    ...object({ type: string, coordinates: { type: 'array', items: {} } }, 'type', 'coordinates'),
    nullable: true,
  },
  record: object(
    {
      id: string,
      type: { type: 'string', enum: ['Feature'] },
      conformsTo: strings,
      bbox: numbers,
      geometry: ref('geometry'),
      time: ref('time'),
      properties: PROPERTIES,
      links: listOf('link'),
    },
    'id',
    'type',
    'geometry',
    'properties',
    'links',
  ),
  records: object(
    {
      type: { type: 'string', enum: ['FeatureCollection'] },
      timeStamp: { type: 'string', format: 'date-time' },
      numberMatched: { type: 'integer', minimum: 0 },
      numberReturned: { type: 'integer', minimum: 0 },
      features: listOf('record'),
      links: listOf('link'),
    },
    'type',
    'features',
  ),
  extent: object({
    spatial: object({ bbox: { type: 'array', minItems: 1, items: numbers }, crs: uri }),
    temporal: object({
      interval: {
        type: 'array',
        minItems: 1,
        items: {
          type: 'array',
          minItems: 2,
          maxItems: 2,
          items: { type: 'string', format: 'date-time', nullable: true },
        },
      },
      trs: uri,
    }),
  }),
  collection: object(
    {
      id: string,
      type: { type: 'string', enum: ['Collection'] },
      itemType: string,
      title: string,
      description: string,
      keywords: strings,
      themes: listOf('theme'),
      language: ref('language'),
      languages: listOf('language'),
      contacts: listOf('contact'),
      license: string,
      rights: string,
      updated: { type: 'string', format: 'date-time' },
      extent: ref('extent'),
      crs: strings,
      defaultSortOrder: { type: 'array', items: object({ field: string, direction: string }, 'field') },
      conformsTo: strings,
      links: listOf('link'),
    },
    'id',
    'type',
    'links',
  ),
  collections: object({ collections: listOf('collection'), links: listOf('link') }, 'collections', 'links'),
};
