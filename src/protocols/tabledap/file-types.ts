// The kinds of answers by the ending of the address, and which of them are lists of metadata too.
import type { Chunk, Table } from '../../model/table.ts';
import { dapData } from './dap-data.ts';
import { geoJson, jsonLines, jsonTable } from './json-files.ts';
import { asciiDap, type Pieces, separated } from './text-files.ts';

export const JSON_TYPE = 'application/json;charset=UTF-8';
const LINES_TYPE = 'application/x-jsonlines;charset=UTF-8';
const CSV_TYPE = 'text/csv;charset=UTF-8';
const TSV_TYPE = 'text/tab-separated-values;charset=UTF-8';

export interface RowFile {
  readonly mediaType: string;
  /** Ending of the name by which a client saves it; null: it is shown. */
  readonly saved: string | null;
  readonly write: (table: Table, chunks: AsyncIterable<Chunk>) => Pieces;
  readonly headers?: { readonly [name: string]: string };
}

/** Answers that are written row by row. */
export const ROW_FILES: { readonly [type: string]: RowFile } = {
  asc: { mediaType: 'text/plain;charset=UTF-8', saved: null, write: asciiDap },
  csv: {
    mediaType: CSV_TYPE,
    saved: 'csv',
    write: (table, chunks) => separated(table, chunks, 'names and units', ','),
  },
  csvp: {
    mediaType: CSV_TYPE,
    saved: 'csv',
    write: (table, chunks) => separated(table, chunks, 'names with units', ','),
  },
  csv0: { mediaType: CSV_TYPE, saved: 'csv', write: (table, chunks) => separated(table, chunks, 'none', ',') },
  dods: {
    mediaType: 'application/octet-stream',
    saved: null,
    write: dapData,
    headers: { 'Content-Description': 'dods-data', 'XDODS-Server': 'dods/3.7' },
  },
  geoJson: { mediaType: 'application/geo+json;charset=UTF-8', saved: null, write: geoJson },
  json: { mediaType: JSON_TYPE, saved: null, write: jsonTable },
  jsonlCSV: { mediaType: LINES_TYPE, saved: 'jsonl', write: (table, chunks) => jsonLines(table, chunks, 'rows') },
  jsonlCSV1: {
    mediaType: LINES_TYPE,
    saved: 'jsonl',
    write: (table, chunks) => jsonLines(table, chunks, 'names first'),
  },
  jsonlKVP: { mediaType: LINES_TYPE, saved: 'jsonl', write: (table, chunks) => jsonLines(table, chunks, 'objects') },
  tsv: {
    mediaType: TSV_TYPE,
    saved: 'tsv',
    write: (table, chunks) => separated(table, chunks, 'names and units', '\t'),
  },
  tsvp: {
    mediaType: TSV_TYPE,
    saved: 'tsv',
    write: (table, chunks) => separated(table, chunks, 'names with units', '\t'),
  },
  tsv0: { mediaType: TSV_TYPE, saved: 'tsv', write: (table, chunks) => separated(table, chunks, 'none', '\t') },
};

/** Pictures: width and height in pixels where the request has none. */
export const IMAGES: { readonly [type: string]: readonly [width: number, height: number] } = {
  smallPng: [240, 200],
  png: [480, 360],
  largePng: [960, 720],
  transparentPng: [480, 360],
  svg: [720, 540],
};

export const HEADER_TYPES = ['das', 'dds'] as const;
export const NETCDF_TYPES = ['nc', 'ncCF'] as const;
export const PARQUET = 'parquet';
export const PAGE_TYPES = ['html', 'htmlTable'] as const;

export const ALL_TYPES: readonly string[] = [
  ...HEADER_TYPES,
  ...Object.keys(ROW_FILES),
  ...NETCDF_TYPES,
  PARQUET,
  ...PAGE_TYPES,
  ...Object.keys(IMAGES),
].sort();
