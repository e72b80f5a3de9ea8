// JSON answers: one document of names, types, units and rows (.json), a row a line (.jsonlCSV, .jsonlCSV1, .jsonlKVP), points (.geoJson, RFC 7946).
import { AppError } from '../../model/errors.ts';
import { type Chunk, standardIndex, type Table } from '../../model/table.ts';
import { type CellStyle, lines, type Print, printers, unitOf } from './cells.ts';
import { dataTypeOf } from './data-types.ts';
import type { Pieces } from './text-files.ts';

const JSON_CELLS: CellStyle = {
  missing: 'null',
  number: String,
  time: (text) => `"${text}"`,
  text: (text) => JSON.stringify(text),
};

/** `{"table": {"columnNames": …, "columnTypes": …, "columnUnits": …, "rows": […]}}`; times are texts, so they have the type String. */
export async function* jsonTable(table: Table, chunks: AsyncIterable<Chunk>): Pieces {
  const { columns } = table;
  const types = columns.map((column) => (column.type === 'time' ? 'String' : dataTypeOf(column)));
  const units = columns.map((column) => unitOf(column) || null);
  const list = (values: readonly unknown[]) => JSON.stringify(values);
  let before = `{\n"table": {\n"columnNames": ${list(columns.map(({ name }) => name))},\n"columnTypes": ${list(types)},\n"columnUnits": ${list(units)},\n"rows": [\n`;
  for await (const chunk of chunks) {
    yield before + lines(columns, chunk, JSON_CELLS, ', ', '[', ']\n').replaceAll(']\n[', '],\n[').trimEnd();
    before = ',\n';
  }
  yield '\n]\n}\n}\n';
}

export async function* jsonLines(
  table: Table,
  chunks: AsyncIterable<Chunk>,
  kind: 'rows' | 'names first' | 'objects',
): Pieces {
  const { columns } = table;
  let before = kind === 'names first' ? `${JSON.stringify(columns.map(({ name }) => name))}\n` : '';
  const keys = columns.map(({ name }) => `${JSON.stringify(name)}:`);
  for await (const chunk of chunks) {
    if (kind === 'objects') {
      const print = printers(columns, chunk, JSON_CELLS);
      let text = '';
      for (let row = 0; row < chunk.rows; row++)
        text += `{${print.map((cell, n) => `${keys[n]}${cell(row)}`).join(', ')}}\n`;
      yield text;
    } else {
      yield before + lines(columns, chunk, JSON_CELLS, ', ', '[', ']\n');
      before = '';
    }
  }
}

/** Throws AppError `invalid-parameter` where longitude and latitude are not among the variables. */
export function geoJson(table: Table, chunks: AsyncIterable<Chunk>): Pieces {
  const [x, y] = [standardIndex(table, 'longitude'), standardIndex(table, 'latitude')];
  if (x < 0 || y < 0) {
    throw new AppError('invalid-parameter', {
      faults: [
        {
          parameter: 'geoJson',
          detail: {
            en: 'longitude and latitude must be among the variables',
            fr: 'longitude et latitude doivent être parmi les variables',
          },
        },
      ],
    });
  }
  const z = standardIndex(table, 'altitude');
  return features(table, chunks, [x, y, ...(z < 0 ? [] : [z])]);
}

async function* features(table: Table, chunks: AsyncIterable<Chunk>, place: readonly number[]): Pieces {
  const { columns } = table;
  const others = columns.flatMap(({ name }, n) =>
    place.includes(n) ? [] : [[`${JSON.stringify(name)}: `, n] as const],
  );
  const [x, y, z] = place;
  const names = JSON.stringify(others.map(([, n]) => columns[n]?.name));
  const units = JSON.stringify(others.map(([, n]) => unitOf(columns[n] as (typeof columns)[number]) || null));
  let before = `{\n"type": "FeatureCollection",\n"propertyNames": ${names},\n"propertyUnits": ${units},\n"features": [\n`;
  for await (const chunk of chunks) {
    const print = printers(columns, chunk, JSON_CELLS);
    const at = (n: number, row: number) => (print[n] as Print)(row);
    const list: string[] = [];
    for (let row = 0; row < chunk.rows; row++) {
      const [lon, lat] = [at(x as number, row), at(y as number, row)];
      const height = z === undefined || at(z, row) === 'null' ? '' : `, ${at(z, row)}`;
      // A row without a position is a feature without a geometry (RFC 7946, section 3.2).
      const geometry =
        lon === 'null' || lat === 'null' ? 'null' : `{"type": "Point", "coordinates": [${lon}, ${lat}${height}]}`;
      list.push(
        `{"type": "Feature", "geometry": ${geometry}, "properties": {${others.map(([key, n]) => key + at(n, row)).join(', ')}}}`,
      );
    }
    yield before + list.join(',\n');
    before = ',\n';
  }
  yield '\n]\n}\n';
}
