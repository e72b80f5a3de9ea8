// What OGC API Records 1.0 (20-004r1) asks of a record and of a list of records, as a schema written from the standard's tables and as
// rules that a schema cannot say. Knows nothing of the product.
import { Ajv } from 'ajv';
import addFormats from 'ajv-formats';

type Json = { readonly [name: string]: unknown };

const link = {
  type: 'object',
  required: ['href', 'rel'],
  properties: {
    href: { type: 'string', format: 'uri' },
    rel: { type: 'string', minLength: 1 },
    type: { type: 'string', pattern: '^[\\w.+-]+/[\\w.+-]+' },
    title: { type: 'string' },
    hreflang: { type: 'string', pattern: '^[a-z]{2}$' },
    length: { type: 'integer', minimum: 0 },
  },
  additionalProperties: false,
};
const language = {
  type: 'object',
  required: ['code'],
  properties: {
    code: { type: 'string', pattern: '^[a-z]{2}$' },
    name: { type: 'string' },
    dir: { enum: ['ltr', 'rtl', 'ttb', 'btt'] },
  },
};
const contact = {
  type: 'object',
  anyOf: [{ required: ['name'] }, { required: ['organization'] }],
  properties: {
    identifier: { type: 'string' },
    name: { type: 'string' },
    organization: { type: 'string', minLength: 1 },
    emails: {
      type: 'array',
      items: { type: 'object', required: ['value'], properties: { value: { type: 'string', format: 'email' } } },
    },
    phones: { type: 'array', items: { properties: { value: { type: 'string', pattern: '^\\+[1-9][0-9]{3,14}$' } } } },
    addresses: {
      type: 'array',
      items: {
        type: 'object',
        properties: { deliveryPoint: { type: 'array', items: { type: 'string' } }, city: { type: 'string' } },
      },
    },
    roles: { type: 'array', minItems: 1, items: { type: 'string' } },
    links: { type: 'array', items: link },
  },
};
const theme = {
  type: 'object',
  required: ['concepts', 'scheme'],
  properties: {
    scheme: { type: 'string', minLength: 1 },
    concepts: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['id'],
        properties: { id: { type: 'string', minLength: 1 }, url: { type: 'string', format: 'uri' } },
      },
    },
  },
};
const date = { type: 'string', format: 'date' };
const timestamp = { type: 'string', pattern: '^\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}(\\.\\d+)?Z$' };
const open = { const: '..' };
const pair = (moment: object) => ({ type: 'array', minItems: 2, maxItems: 2, items: { oneOf: [moment, open] } });
const time = {
  oneOf: [
    { type: 'null' },
    { type: 'object', required: ['date'], properties: { date }, additionalProperties: false },
    { type: 'object', required: ['timestamp'], properties: { timestamp }, additionalProperties: false },
    { type: 'object', required: ['interval'], properties: { interval: pair(date) }, additionalProperties: false },
    { type: 'object', required: ['interval'], properties: { interval: pair(timestamp) }, additionalProperties: false },
  ],
};
const record = {
  type: 'object',
  required: ['id', 'type', 'geometry', 'properties', 'time', 'links'],
  properties: {
    id: { type: 'string', minLength: 1 },
    type: { const: 'Feature' },
    conformsTo: { type: 'array', minItems: 1, items: { type: 'string', format: 'uri' } },
    time,
    properties: {
      type: 'object',
      required: ['type', 'title', 'updated', 'language'],
      properties: {
        type: { type: 'string', minLength: 1 },
        title: { type: 'string', minLength: 1 },
        description: { type: 'string' },
        created: { type: 'string', format: 'date-time' },
        updated: { type: 'string', format: 'date-time' },
        keywords: { type: 'array', items: { type: 'string' } },
        language,
        languages: { type: 'array', items: language },
        resourceLanguages: { type: 'array', items: language },
        externalIds: { type: 'array', items: { type: 'object', required: ['value'] } },
        formats: {
          type: 'array',
          items: { type: 'object', anyOf: [{ required: ['name'] }, { required: ['mediaType'] }] },
        },
        themes: { type: 'array', items: theme },
        contacts: { type: 'array', items: contact },
        license: { type: 'string', minLength: 1 },
        rights: { type: 'string' },
      },
    },
    links: { type: 'array', minItems: 1, items: link },
  },
};
const records = {
  type: 'object',
  required: ['type', 'features', 'links', 'timeStamp', 'numberMatched', 'numberReturned'],
  properties: {
    type: { const: 'FeatureCollection' },
    timeStamp: { type: 'string', format: 'date-time' },
    numberMatched: { type: 'integer', minimum: 0 },
    numberReturned: { type: 'integer', minimum: 0 },
    features: { type: 'array', items: { type: 'object' } },
    links: { type: 'array', items: link },
  },
};
const collection = {
  type: 'object',
  required: ['id', 'type', 'links', 'itemType', 'title'],
  properties: {
    id: { type: 'string' },
    type: { const: 'Collection' },
    itemType: { const: 'record' },
    themes: { type: 'array', items: theme },
    contacts: { type: 'array', items: contact },
    language,
    license: { type: 'string' },
    crs: { type: 'array', items: { type: 'string', format: 'uri' } },
    links: { type: 'array', minItems: 1, items: link },
    extent: {
      type: 'object',
      properties: {
        spatial: {
          type: 'object',
          required: ['bbox'],
          properties: {
            bbox: {
              type: 'array',
              minItems: 1,
              items: { type: 'array', minItems: 4, maxItems: 6, items: { type: 'number' } },
            },
          },
        },
        temporal: {
          type: 'object',
          required: ['interval'],
          properties: {
            interval: {
              type: 'array',
              minItems: 1,
              items: {
                type: 'array',
                minItems: 2,
                maxItems: 2,
                items: { anyOf: [{ type: 'null' }, { type: 'string', format: 'date-time' }] },
              },
            },
          },
        },
      },
    },
  },
};

const ajv = new Ajv({ allErrors: true, strict: false });
addFormats.default(ajv);
const checks = { record: ajv.compile(record), records: ajv.compile(records), collection: ajv.compile(collection) };

function schemaFaults(kind: keyof typeof checks, document: unknown): readonly string[] {
  const check = checks[kind];
  return check(document)
    ? []
    : (check.errors ?? []).map(({ instancePath, message }) => `${instancePath} ${message ?? ''}`);
}

const relations = (document: Json): readonly string[] =>
  (document.links as readonly Json[]).map(({ rel }) => String(rel));
const count = (list: readonly string[], wanted: string): number => list.filter((each) => each === wanted).length;

/** Faults in words; empty = none. */
export function recordFaults(document: unknown): readonly string[] {
  const faults = [...schemaFaults('record', document)];
  if (faults.length > 0) return faults;
  const rels = relations(document as Json);
  if (count(rels, 'self') !== 1) faults.push('not exactly one self link');
  if (count(rels, 'collection') !== 1) faults.push('not exactly one collection link');
  if (count(rels, 'profile') < 1) faults.push('no profile link');
  const links = (document as Json).links as readonly Json[];
  const keys = links.map(({ rel, href, type, hreflang }) => [rel, href, type, hreflang].join(' '));
  if (new Set(keys).size < keys.length) faults.push('a link twice');
  if (links.some(({ rel, type }) => (rel === 'self' || rel === 'alternate') && type === undefined))
    faults.push('a self or alternate link without type');
  return faults;
}

export function recordsFaults(document: unknown): readonly string[] {
  const faults = [...schemaFaults('records', document)];
  if (faults.length > 0) return faults;
  const { features, numberMatched, numberReturned } = document as Json;
  const found = features as readonly unknown[];
  if (numberReturned !== found.length) faults.push('numberReturned is not the number of features');
  if (Number(numberMatched) < found.length) faults.push('numberMatched is less than the number of features');
  for (const feature of found) faults.push(...recordFaults(feature));
  return faults;
}

export function collectionFaults(document: unknown): readonly string[] {
  return schemaFaults('collection', document);
}
