// subset: the rows of a period, a box and some values, and some of the variables.
import { withHistory } from '../../data/tables/provenance.ts';
import { pickRows } from '../../data/tables/subset.ts';
import { type Chunk, type Column, cellSize, columnIndex, type Table, type Values } from '../../model/table.ts';
import { tableOutputs } from '../formats.ts';
import { BBOX, complexOutput, DATETIME, INPUT, literalOutput, optional, several, source, VARIABLES } from '../ports.ts';
import { defineProcess } from '../process.ts';
import { counted, cutTable, refuse } from '../tables.ts';

type Test = (chunk: Chunk, row: number) => boolean;

function fault(text: string): Error {
  return refuse(
    'filter',
    `${text.slice(0, 100)}: name=value or name=low/high is wanted, .. for an open end`,
    `${text.slice(0, 100)} : nom=valeur ou nom=bas/haut est attendu, .. pour une borne ouverte`,
  );
}

/** `temperature=10/20`, `temperature=10/..`, `mode=calm`; ends included. A missing value passes no test. */
function testOf(table: Table, text: string): Test {
  const equals = text.indexOf('=');
  const [name, wanted] = [text.slice(0, equals).trim(), text.slice(equals + 1).trim()];
  const index = columnIndex(table, name);
  const column = table.columns[index];
  if (equals < 1 || column === undefined || column.dimensions.length > 0 || column.type === 'flags') throw fault(text);
  if (column.type === 'text')
    return (chunk, row) => (chunk.values[index] as readonly (string | null)[])[row] === wanted;
  const bound = (side: string, open: number): number => {
    if (side === '..' || side === '') return open;
    const value = column.type === 'time' ? Date.parse(side) : Number(side);
    if (Number.isNaN(value)) throw fault(text);
    return value;
  };
  const [low = '', high = low, ...rest] = wanted.split('/');
  if (rest.length > 0 || low === '') throw fault(text);
  const [from, to] = [bound(low, Number.NEGATIVE_INFINITY), bound(high, Number.POSITIVE_INFINITY)];
  return (chunk, row) => {
    const value = (chunk.values[index] as Float64Array)[row] as number;
    return value >= from && value <= to;
  };
}

async function* passing(table: Table, tests: readonly Test[], limit: number): AsyncGenerator<Chunk> {
  const sizes = table.columns.map((column: Column) => cellSize(table.dimensions, column));
  let left = limit;
  for await (const chunk of table.chunks()) {
    if (left === 0) return;
    const rows: number[] = [];
    for (let row = 0; row < chunk.rows && rows.length < left; row++)
      if (tests.every((test) => test(chunk, row))) rows.push(row);
    left -= rows.length;
    if (rows.length === 0) continue;
    yield { rows: rows.length, values: chunk.values.map((own: Values, n) => pickRows(own, rows, sizes[n] ?? 1)) };
  }
}

export const subset = defineProcess({
  id: 'subset',
  version: '1.0.0',
  title: { en: 'Subset', fr: 'Extraction' },
  abstract: {
    en: 'The rows of a period, of a box and of some values, and the variables that are wanted, in the format of the input or another one. No row is no error: the count is then 0.',
    fr: 'Les lignes d’une période, d’un rectangle et de certaines valeurs, et les variables voulues, dans le format de l’entrée ou un autre. Aucune ligne n’est pas une erreur : le compte est alors 0.',
  },
  keywords: ['subset', 'time', 'area', 'variables'],
  inputs: {
    input: source(INPUT),
    variables: VARIABLES,
    datetime: DATETIME,
    bbox: BBOX,
    filter: several(
      'string',
      {
        title: { en: 'Values', fr: 'Valeurs' },
        abstract: {
          en: 'Conditions name=value or name=low/high, all of which must hold; .. is an open end.',
          fr: 'Conditions nom=valeur ou nom=bas/haut, qui doivent toutes être remplies ; .. est une borne ouverte.',
        },
      },
      5,
      { longest: 300 },
    ),
    limit: optional(
      'integer',
      {
        title: { en: 'Most rows', fr: 'Lignes au plus' },
        abstract: { en: 'At most so many rows, the first ones.', fr: 'Au plus ce nombre de lignes, les premières.' },
      },
      { minimum: 1, maximum: 5_000_000 },
    ),
  },
  outputs: {
    result: complexOutput(
      {
        title: { en: 'Rows', fr: 'Lignes' },
        abstract: { en: 'The rows that are left.', fr: 'Les lignes qui restent.' },
      },
      tableOutputs('csv'),
    ),
    count: literalOutput('integer', {
      title: { en: 'Number of rows', fr: 'Nombre de lignes' },
      abstract: { en: 'How many rows are left.', fr: 'Combien de lignes restent.' },
    }),
  },
  example: {
    input: [
      {
        kind: 'text',
        text: 'time,temperature\n2024-01-01T00:00:00Z,5.5\n2024-01-01T01:00:00Z,6.5\n2024-01-01T02:00:00Z,7.5\n',
        format: { mediaType: 'text/csv' },
      },
    ],
    filter: [{ kind: 'text', text: 'temperature=6/..' }],
  },
  run: async ({ input, variables, datetime, bbox, filter, limit }, context) => {
    const table = await cutTable(input, { variables, datetime, bbox });
    const tests = filter.map((text) => testOf(table, text));
    const isPlain = tests.length === 0 && limit === null;
    const cut: Table = isPlain
      ? table
      : { ...table, rows: null, chunks: () => passing(table, tests, limit ?? Number.POSITIVE_INFINITY) };
    const result = counted(withHistory(cut, context.now, `a part of ${input.about.name} by vobs subset`));
    const format = input.format();
    return {
      result: () => ({ kind: 'table', table: result.table, name: 'subset', ...(format === 'rows' ? {} : { format }) }),
      count: async () => ({ kind: 'literal', value: await result.rows() }),
    };
  },
});
