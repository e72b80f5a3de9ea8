// Twelve records after those that the OGC suite for CSW 2.0.2 loads (titles, types, subjects, formats, dates and boxes), in a catalogue of
// their own. What our model says otherwise: a record without a title has its number as title, an undated one the day of its last change.
import { createServer, type Server } from 'node:http';
import { pino } from 'pino';
import { createApp } from '../../../src/app.ts';
import { createCatalogue } from '../../../src/catalogue/create-catalogue.ts';
import { readConfig } from '../../../src/config.ts';
import { createRecordFormats } from '../../../src/formats/record-formats.ts';
import type { Mappings } from '../../../src/mapping/mappings.ts';
import { createRecordConstants } from '../../../src/mapping/record-constants.ts';
import type { MetadataInput } from '../../../src/mapping/row.ts';
import { createRowToRecord } from '../../../src/mapping/row-to-record.ts';
import type { Service } from '../../../src/model/service.ts';
import { migrate } from '../../../src/storage/migrate.ts';
import { syncServices } from '../../../src/storage/service-rows.ts';
import { createRecordWriter } from '../../../src/storage/write-records.ts';
import { openTestDatabase, testMappings } from '../../fixtures/database.ts';
import { NO_FILES } from '../../fixtures/memory-files.ts';
import { NO_DATA } from '../../fixtures/no-data.ts';
import { NO_PROCESSING } from '../../fixtures/no-processing.ts';

export const SUITE_BASE = 'https://catalogue.example.org/vobs';
const urn = (start: string): string => `urn:uuid:${start}`;
export const IDS = {
  lorem: urn('19887a8a-f6b0-4a63-ae56-7fba0e17801f'),
  sweden: urn('1ef30a8b-876d-4828-9246-c37ab4510bbd'),
  maecenas: urn('66ae76b7-54ba-489b-a582-0f0633d96493'),
  facilisis: urn('6a3de50b-fa66-4b58-a0e6-ca146fdd18d4'),
  aliquam: urn('784e2afd-a9fd-44a6-9a92-a3848371c8ec'),
  vestibulum: urn('829babb0-b2f1-49e1-8cd5-7b489fe71a1e'),
  landforms: urn('88247b56-4cbc-4df9-9860-db3f8042e357'),
  mauris: urn('94bc9c83-97f6-4b40-9eb8-a8e8787a5c63'),
  nunc: urn('9a669547-b69b-469f-a11f-2d875366bbdc'),
  dolor: urn('a06af396-3105-442d-8b40-22b57a90d2f2'),
  physiography: urn('ab42a8c4-95e8-4630-bf79-33e59241605a'),
  fusce: urn('e9330592-0932-474b-be34-c3a3bb67c7db'),
} as const;

const TYPES = ['Image', 'Service', 'Text', 'Dataset'] as const;
const FORMATS = [
  'image/svg+xml',
  'application/xhtml+xml',
  'application/pdf',
  'image/jp2',
  'image/jpeg',
  'text/rtf',
] as const;

interface Row {
  readonly id: string;
  readonly title?: string;
  readonly abstract: string;
  readonly type: (typeof TYPES)[number];
  readonly subject?: string;
  readonly format?: (typeof FORMATS)[number];
  readonly date?: string;
  /** south west north east. */
  readonly box?: readonly [number, number, number, number];
  readonly relation?: string;
  readonly place?: string;
}

const LOREM = 'Lorem ipsum dolor sit amet, consectetuer adipiscing elit.';
const ROWS: readonly Row[] = [
  { id: IDS.lorem, title: 'Lorem ipsum', abstract: 'Quisque lacus diam, placerat mollis.', type: 'Image', subject: 'Tourism--Greece', format: 'image/svg+xml', place: 'GR-22' },
  { id: IDS.sweden, abstract: 'Proin sit amet justo.', type: 'Service', box: [60.042, 13.754, 68.41, 17.92] },
  { id: IDS.maecenas, title: 'Maecenas enim', abstract: 'Pellentesque tempus magna non sapien fringilla blandit.', type: 'Text', subject: 'Marine sediments', format: 'application/xhtml+xml' },
  { id: IDS.facilisis, title: 'Ut facilisis justo ut lacus', abstract: LOREM, type: 'Service', subject: 'Vegetation', relation: IDS.mauris },
  { id: IDS.aliquam, title: 'Aliquam fermentum purus quis arcu', abstract: 'Vestibulum quis ipsum sit amet metus imperdiet vehicula.', type: 'Text', subject: 'Hydrography--Dictionaries', format: 'application/pdf', date: '2006-05-12' },
  { id: IDS.vestibulum, title: 'Vestibulum massa purus', abstract: LOREM, type: 'Image', format: 'image/jp2', relation: IDS.nunc },
  { id: IDS.landforms, abstract: LOREM, type: 'Dataset', subject: 'Physiography-Landforms', place: 'FI-ES' },
  { id: IDS.mauris, title: 'Mauris sed neque', abstract: 'Curabitur lacinia, ante non porta tempus.', type: 'Dataset', subject: 'Vegetation-Cropland', date: '2006-03-26', box: [47.595, -4.097, 51.217, 0.889] },
  { id: IDS.nunc, title: 'Ñunç elementum', abstract: LOREM, type: 'Dataset', subject: 'Hydrography-Oceanographic', date: '2005-10-24', box: [44.792, -6.171, 51.126, -2.228] },
  { id: IDS.dolor, title: 'Lorem ipsum dolor sit amet', abstract: 'Sed eu nisl.', type: 'Image', format: 'image/jpeg', place: 'IT-FI' },
  { id: IDS.physiography, abstract: LOREM, type: 'Service', subject: 'Physiography', relation: IDS.landforms },
  { id: IDS.fusce, title: 'Fuscé vitae ligulä', abstract: 'Morbi ultriciés.', type: 'Text', subject: 'Land titles', format: 'text/rtf', date: '2003-05-09' },
]; // biome-ignore format: one row a line
export const SIZE = ROWS.length;
/** Day of the last change of every record. */
export const CHANGED = '2010-06-15';

function input(row: Row, index: number): MetadataInput {
  const [south, west, north, east] = row.box ?? [];
  return {
    service: 'suite',
    id: index + 1,
    identifier: row.id,
    name: row.title ?? null,
    description: row.abstract,
    parent: row.relation ?? null,
    acquisition: 100 + TYPES.indexOf(row.type),
    format: row.format === undefined ? null : 100 + FORMATS.indexOf(row.format),
    keywords: row.subject === undefined ? [] : [row.subject],
    data_published: row.date ?? null,
    updated_at: `${CHANGED}T00:00:00Z`,
    fields: row.place === undefined ? {} : { localization: row.place },
    epsg: null,
    footprint:
      south === undefined || west === undefined || north === undefined || east === undefined
        ? null
        : {
            type: 'Polygon',
            coordinates: [
              [
                [west, south],
                [east, south],
                [east, north],
                [west, north],
                [west, south],
              ],
            ],
          },
  };
}

/** One service with nothing of its own, and the suite's types and formats among the codes. */
export function suiteMappings(): Mappings {
  const mappings = testMappings();
  const [like] = mappings.services;
  const { codes } = mappings;
  const [acquisition] = codes.acquisition;
  const [format] = codes.format;
  if (like === undefined || acquisition === undefined || format === undefined)
    throw new Error('mappings without services or codes');
  const service: Service = {
    ...like,
    name: 'suite',
    title: { en: 'Suite data' },
    abstract: { en: 'Records of the suite' },
    keywords: [],
    themes: [],
    topics: [],
    instruments: [],
    platforms: [],
    fields: [{ name: 'localization', type: 'text', label: { en: 'Place' }, queryable: true }],
    old: { localization: 'localization', parameters: [], templates: [] },
    epos: [],
    resto: null,
    actris: null,
    ozcar: null,
    data: null,
    defaults: { ...like.defaults, acquisition: null, format: null, lang: 'en' },
  };
  return {
    ...mappings,
    services: [service],
    codes: {
      ...codes,
      acquisition: [
        ...codes.acquisition,
        ...TYPES.map((dcmitype, i) => ({ ...acquisition, code: 100 + i, name: dcmitype.toLowerCase(), dcmitype })),
      ],
      format: [
        ...codes.format,
        ...FORMATS.map((mediaType, i) => ({ ...format, code: 100 + i, name: mediaType, mediaType })),
      ],
    },
  };
}

/** The application over the suite's records. */
export async function suiteServer(): Promise<Server> {
  const database = await openTestDatabase();
  const mappings = suiteMappings();
  await migrate(database);
  await syncServices(database, mappings.services);
  const writer = createRecordWriter(database, { prefix: mappings.site.identifierPrefix, clock: Date.now });
  const { refused } = await writer.write(ROWS.map(input));
  if (refused.length > 0) throw new Error(JSON.stringify(refused));
  const app = createApp({
    config: readConfig({ VOBS_BASE_URL: SUITE_BASE }, '/nonexistent/.env'),
    catalogue: createCatalogue(database, {
      toRecord: createRowToRecord(mappings),
      services: mappings.services,
      constants: createRecordConstants(mappings),
    }),
    data: NO_DATA,
    files: NO_FILES,
    processing: NO_PROCESSING,
    mappings,
    formats: createRecordFormats(mappings.templates, { services: mappings.services }),
    authenticate: async () => {
      throw new Error('nobody logs in here');
    },
    ready: async () => undefined,
    clock: Date.now,
    log: pino({ level: 'silent' }),
    version: 'test',
  });
  return createServer(app.koa.callback()).listen(0).unref() as Server;
}
