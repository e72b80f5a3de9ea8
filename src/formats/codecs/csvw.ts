// The description of a CSV file: CSV on the Web (W3C Metadata Vocabulary for Tabular Data, 2015), as `{file}-metadata.json` beside it.
import type { ByteSource } from '../../model/byte-source.ts';
import { type Column, cellSize, type Table } from '../../model/table.ts';
import type { Companion } from './codec.ts';
import { readJson } from './json.ts';
import { headJson, headOfJson, type Json, type TableHead } from './table-json.ts';

const DATATYPES: Readonly<Record<Column['type'], Json>> = {
  time: { base: 'dateTime' },
  number: { base: 'number' },
  integer: { base: 'integer' },
  text: { base: 'string' },
  flags: { base: 'integer' },
};

/** Titles of the columns of the CSV file: one for each place of an inner dimension, `name[0]`, `name[0][1]`. */
export function titlesOf(
  table: Pick<Table, 'columns' | 'dimensions'>,
): readonly { readonly column: Column; readonly title: string }[] {
  return table.columns.flatMap((column) => {
    const sizes = column.dimensions.map((name) => table.dimensions.find((d) => d.name === name)?.size ?? 0);
    const count = cellSize(table.dimensions, column);
    return Array.from({ length: count }, (_, n) => {
      let rest = n;
      const places = sizes.toReversed().map((size) => {
        const place = rest % size;
        rest = Math.floor(rest / size);
        return `[${place}]`;
      });
      return { column, title: column.name + places.toReversed().join('') };
    });
  });
}

/** `name` of CSVW is a variable name: percent-encoded, no leading underscore. */
const csvwName = (title: string): string =>
  encodeURIComponent(title)
    .replace(/^_/, '%5F')
    .replace(/[-!'()*]/g, (s) => `%${s.charCodeAt(0).toString(16).toUpperCase()}`);

function csvwColumn({ column, title }: { readonly column: Column; readonly title: string }): Json {
  const { label, unit, standardName } = column;
  return {
    name: csvwName(title),
    titles: title,
    datatype: DATATYPES[column.type],
    ...(column.type === 'flags' ? { separator: ' ' } : {}),
    ...(Object.keys(label).length === 0
      ? {}
      : {
          'dc:description': Object.entries(label).map(([language, text]) => ({
            '@value': text,
            '@language': language,
          })),
        }),
    ...(unit === null || column.type === 'time' ? {} : { 'schema:unitText': unit }),
    ...(standardName === null ? {} : { propertyUrl: `http://vocab.nerc.ac.uk/standard_name/${standardName}/` }),
  };
}

/** The description, with everything that the table says of itself in a note, so that nothing is lost with the CSV file. */
export function csvwDescription(table: Table, fileName: string): Companion {
  const { metadata } = table;
  const document: Json = {
    '@context': ['http://www.w3.org/ns/csvw', { '@language': 'en' }],
    url: fileName,
    ...(metadata.title === null ? {} : { 'dc:title': metadata.title }),
    ...(metadata.summary === null ? {} : { 'dc:description': metadata.summary }),
    ...(metadata.licence === null
      ? {}
      : { 'dc:license': /^https?:/.test(metadata.licence) ? { '@id': metadata.licence } : metadata.licence }),
    ...(metadata.keywords.length === 0 ? {} : { 'dcat:keyword': metadata.keywords }),
    dialect: { delimiter: ',', header: true, encoding: 'utf-8', lineTerminators: ['\r\n'] },
    tableSchema: { columns: titlesOf(table).map(csvwColumn) },
    notes: [{ vobs: headJson(table) }],
  };
  return {
    name: `${fileName}-metadata.json`,
    mediaType: 'application/csvm+json',
    text: `${JSON.stringify(document, null, 1)}\n`,
  };
}

/** The head in the description beside a CSV file; null: there is no description, or none of ours. */
export async function descriptionOf(source: ByteSource): Promise<TableHead | null> {
  if (source.name === null || source.beside === undefined) return null;
  const beside = await source.beside(`${source.name}-metadata.json`);
  if (beside === null) return null;
  const document = await readJson(beside);
  const notes = document !== null && typeof document === 'object' && 'notes' in document ? document.notes : undefined;
  const note = Array.isArray(notes)
    ? (notes as readonly Json[]).find((n) => n !== null && typeof n === 'object' && 'vobs' in n)
    : undefined;
  return note === undefined ? null : headOfJson((note as { readonly vobs: Json }).vobs);
}
