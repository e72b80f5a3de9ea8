// grid-aggregate: points gathered in the cells of a regular grid.
import { type Cell, createGrid, type Grid } from '../../data/tables/grid.ts';
import { parseStatistic, statisticOf } from '../../data/tables/statistics.ts';
import { validValues } from '../../data/tables/valid-values.ts';
import type { JsonValue } from '../../model/json.ts';
import { columnIndex, standardIndex, type Table } from '../../model/table.ts';
import { codecFormat } from '../formats.ts';
import { complexOutput, INPUT, optional, preset, required, source } from '../ports.ts';
import { defineProcess } from '../process.ts';
import { numberIndex, refuse } from '../tables.ts';

const STATISTICS = ['mean', 'median', 'min', 'max', 'sum', 'count', 'stddev'];
const CRS84 = 'http://www.opengis.net/def/crs/OGC/1.3/CRS84';
const encoder = new TextEncoder();

/** Columns of the position: by CF standard name, else by the names that everybody uses. */
function positionOf(table: Table, isProjected: boolean): readonly [x: number, y: number] {
  const named = (names: readonly string[]) => names.map((name) => columnIndex(table, name)).find((n) => n >= 0) ?? -1;
  const projected = [standardIndex(table, 'projection_x_coordinate'), standardIndex(table, 'projection_y_coordinate')];
  const geographic = [standardIndex(table, 'longitude'), standardIndex(table, 'latitude')];
  const [x, y] = isProjected ? projected : geographic;
  const first = (x ?? -1) >= 0 ? (x as number) : named(isProjected ? ['x', 'easting'] : ['longitude', 'lon', 'x']);
  const second = (y ?? -1) >= 0 ? (y as number) : named(isProjected ? ['y', 'northing'] : ['latitude', 'lat', 'y']);
  if (first >= 0 && second >= 0) return [first, second];
  throw refuse(
    'input',
    'the table has no columns of position (longitude and latitude, or x and y)',
    "la table n'a pas de colonnes de position (longitude et latitude, ou x et y)",
  );
}

async function gather(
  table: Table,
  variable: number,
  position: readonly [number, number],
  grid: Grid,
): Promise<number> {
  let points = 0;
  for await (const chunk of table.chunks()) {
    const [xs, ys, values] = [position[0], position[1], variable].map((n) => chunk.values[n] as Float64Array) as [
      Float64Array,
      Float64Array,
      Float64Array,
    ];
    for (let row = 0; row < chunk.rows; row++) {
      const [x, y, value] = [xs[row] as number, ys[row] as number, values[row] as number];
      if (!Number.isFinite(x) || !Number.isFinite(y) || Number.isNaN(value)) continue;
      try {
        grid.add(x, y, value);
      } catch {
        throw refuse(
          'cell',
          'the cells are too small: there would be too many',
          'les mailles sont trop petites : il y en aurait trop',
        );
      }
      points++;
    }
  }
  return points;
}

function ring([x0, y0, x1, y1]: readonly [number, number, number, number]): JsonValue {
  // RFC 7946, 3.1.6: exterior rings are counterclockwise.
  return [
    [
      [x0, y0],
      [x1, y0],
      [x1, y1],
      [x0, y1],
      [x0, y0],
    ],
  ];
}

async function* features(
  cells: readonly Cell[],
  grid: Grid,
  of: (values: readonly number[]) => number,
  name: string,
  crs: string,
) {
  const members = crs === CRS84 ? {} : { crs: { type: 'name', properties: { name: crs } } };
  yield encoder.encode(`${JSON.stringify({ type: 'FeatureCollection', ...members }).slice(0, -1)},"features":[`);
  let separator = '\n';
  for (const cell of cells) {
    const value = of(cell.values);
    const feature = {
      type: 'Feature',
      id: `${cell.i},${cell.j}`,
      geometry: { type: 'Polygon', coordinates: ring(grid.edges(cell)) },
      properties: { i: cell.i, j: cell.j, count: cell.values.length, [name]: Number.isNaN(value) ? null : value },
    };
    yield encoder.encode(separator + JSON.stringify(feature));
    separator = ',\n';
  }
  yield encoder.encode('\n]}\n');
}

export const gridAggregate = defineProcess({
  id: 'grid-aggregate',
  version: '1.0.0',
  title: { en: 'Aggregation on a grid', fr: 'Agrégation spatiale' },
  abstract: {
    en: 'One statistic of a variable in each cell of a regular grid; lower edges belong to a cell. Cells without points are left out. In CRS84 the result is plain GeoJSON; in another reference system, whose coordinates the table must have, it names that system.',
    fr: 'Une statistique d’une variable dans chaque maille d’une grille régulière ; les bords inférieurs appartiennent à la maille. Les mailles sans points sont omises. En CRS84 le résultat est du GeoJSON ; dans un autre système, dont la table doit avoir les coordonnées, il nomme ce système.',
  },
  keywords: ['grid', 'aggregation', 'map'],
  inputs: {
    input: source(INPUT),
    variable: required(
      'string',
      {
        title: { en: 'Variable', fr: 'Variable' },
        abstract: { en: 'Name of a variable of numbers.', fr: 'Nom d’une variable de nombres.' },
      },
      { longest: 200 },
    ),
    cell: required(
      'double',
      {
        title: { en: 'Size of a cell', fr: 'Taille d’une maille' },
        abstract: { en: 'Degrees, or metres in a projected system.', fr: 'Degrés, ou mètres dans un système projeté.' },
      },
      { minimum: 0.000001, maximum: 1_000_000 },
    ),
    crs: preset(
      'string',
      CRS84,
      {
        title: { en: 'Reference system', fr: 'Système de référence' },
        abstract: {
          en: 'CRS84, or EPSG:n where the columns x and y of the table are in that system.',
          fr: 'CRS84, ou EPSG:n quand les colonnes x et y de la table sont dans ce système.',
        },
      },
      { longest: 100 },
    ),
    origin_x: preset('double', 0, {
      title: { en: 'Origin x', fr: 'Origine x' },
      abstract: { en: 'Lower edge of a cell.', fr: 'Bord inférieur d’une maille.' },
    }),
    origin_y: preset('double', 0, {
      title: { en: 'Origin y', fr: 'Origine y' },
      abstract: { en: 'Lower edge of a cell.', fr: 'Bord inférieur d’une maille.' },
    }),
    statistic: preset(
      'string',
      'mean',
      {
        title: { en: 'Statistic', fr: 'Statistique' },
        abstract: { en: 'What is given of each cell.', fr: 'Ce qui est donné de chaque maille.' },
      },
      { allowed: STATISTICS },
    ),
    min_count: optional(
      'integer',
      {
        title: { en: 'Least number of points', fr: 'Nombre minimal de points' },
        abstract: {
          en: 'Cells with fewer points are left out.',
          fr: 'Les mailles qui ont moins de points sont omises.',
        },
      },
      { minimum: 1, maximum: 1_000_000 },
    ),
  },
  outputs: {
    result: complexOutput(
      {
        title: { en: 'Cells', fr: 'Mailles' },
        abstract: {
          en: 'A polygon for each cell, with i, j, count and the statistic.',
          fr: 'Un polygone par maille, avec i, j, count et la statistique.',
        },
      },
      [codecFormat('geojson')],
    ),
  },
  example: {
    input: [
      {
        kind: 'text',
        text: 'longitude,latitude,value\n2.96,45.77,10\n2.99,45.76,20\n3.11,45.76,30\n3.10,45.70,40\n3.05,45.80,50\n',
        format: { mediaType: 'text/csv' },
      },
    ],
    variable: [{ kind: 'text', text: 'value' }],
    cell: [{ kind: 'text', text: '0.1' }],
    origin_x: [{ kind: 'text', text: '2.9' }],
    origin_y: [{ kind: 'text', text: '45.7' }],
  },
  run: async (inputs) => {
    const { cell, crs, statistic } = inputs;
    const isGeographic = /crs:?84$/i.test(crs);
    if (!isGeographic && !/^EPSG:\d{1,6}$/i.test(crs))
      throw refuse('crs', 'CRS84 or EPSG:n are known', 'CRS84 ou EPSG:n sont connus');
    const table = validValues(await inputs.input.table());
    const variable = numberIndex(table, 'variable', inputs.variable);
    const grid = createGrid(cell, [inputs.origin_x, inputs.origin_y]);
    await gather(table, variable, positionOf(table, !isGeographic), grid);
    const cells = grid.cells().filter(({ values }) => values.length >= (inputs.min_count ?? 1));
    const known = parseStatistic(statistic) ?? 'mean';
    const name = statistic === 'count' ? 'number' : statistic;
    return {
      result: () => ({
        kind: 'bytes',
        bytes: features(cells, grid, (values) => statisticOf(known, values), name, isGeographic ? CRS84 : crs),
        format: codecFormat('geojson'),
        name: 'cells',
      }),
    };
  },
});
