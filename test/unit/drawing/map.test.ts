// Maps of positions and grids of colours: proportions, colours by value, many rows at one place.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { gridOfTable } from '../../../src/data/drawing/grid-of-table.ts';
import { drawHeatMap } from '../../../src/data/drawing/heat-map.ts';
import { mapOfTable } from '../../../src/data/drawing/map-of-table.ts';
import { drawMap } from '../../../src/data/drawing/position-map.ts';
import { svgToPng } from '../../../src/data/drawing/rasterise.ts';
import { AppError } from '../../../src/model/errors.ts';
import { type Column, NO_METADATA, type Table } from '../../../src/model/table.ts';
import { radarTable } from '../../fixtures/test-table.ts';

const map = suite('maps of positions');

function track(rows: number): Table {
  const column = (name: string, unit: string | null): Column => ({
    name,
    type: 'number',
    unit,
    standardName: name === 'value' ? null : name,
    label: { en: name },
    missing: null,
    dimensions: [],
    attributes: {},
  });
  return {
    metadata: { ...NO_METADATA, title: 'A flight', featureType: 'trajectory' },
    columns: [column('longitude', 'degrees_east'), column('latitude', 'degrees_north'), column('value', 'hPa')],
    dimensions: [],
    fixed: [],
    axis: null,
    rows,
    repeatable: true,
    chunks: async function* () {
      const at = (make: (n: number) => number) => Float64Array.from({ length: rows }, (_, n) => make(n));
      yield {
        rows,
        values: [at((n) => 2 + n / rows), at((n) => 45 + n / rows), at((n) => (n === 777 ? 5000 : n % 7))],
      };
    },
  };
}

map('fifty thousand rows become few points, and the greatest value stays', async () => {
  const made = await mapOfTable(track(50_000), { value: 'value', language: 'en', most: 1000 });
  assert.ok(made.points.length <= 1000 && made.points.length > 200, String(made.points.length));
  assert.is(Math.max(...made.points.map(({ value }) => value)), 5000);
  assert.match(made.note, '50000 rows');
  assert.is(made.track, true);
});

map('a degree of longitude is drawn shorter than one of latitude', async () => {
  const made = await mapOfTable(track(100), { value: null, language: 'en' });
  const svg = drawMap({ ...made, track: true }, { width: 500, height: 500, lettering: 'text' });
  const path = /<path d="(M[^"]+)" fill="none" stroke="#999"/.exec(svg)?.[1] ?? '';
  const points = path
    .slice(1)
    .split('L')
    .map((pair) => pair.split(' ').map(Number));
  const [first, last] = [points[0] as number[], points.at(-1) as number[]];
  const ratio = ((last[0] as number) - (first[0] as number)) / ((first[1] as number) - (last[1] as number));
  assert.ok(Math.abs(ratio - Math.cos((45.5 * Math.PI) / 180)) < 0.01, String(ratio));
});

map('a picture of it is a PNG of the asked size', async () => {
  const made = await mapOfTable(track(100), { value: 'value', language: 'fr' });
  const png = await svgToPng(drawMap(made, { width: 320, height: 240, lettering: 'strokes' }));
  assert.ok(png);
  const view = new DataView(png.buffer, png.byteOffset);
  assert.equal([view.getUint32(0), view.getUint32(16), view.getUint32(20)], [0x89504e47, 320, 240]);
});

map('without positions, none at all and one alone', async () => {
  try {
    await mapOfTable(radarTable(3), { value: null, language: 'en' });
    assert.unreachable();
  } catch (error) {
    assert.instance(error, AppError);
  }
  const empty = { title: '', points: [], value: null, track: false, note: '' };
  const options = { width: 300, height: 200, lettering: 'text' as const };
  assert.not.match(drawMap(empty, options), 'NaN');
  const one = { ...empty, points: [{ longitude: 2.96, latitude: 45.77, value: 3 }], value: { label: 'v', unit: null } };
  assert.not.match(drawMap(one, options), /NaN|Infinity/);
});

const grid = suite('grids of colours');

/** `rows` times with five heights each; one strong value at one time and height. */
function profiles(rows: number): Table {
  const source = track(1);
  const columns = ['time', 'height', 'echo'].map((name, n) => ({
    ...(source.columns[n] as Column),
    name,
    standardName: null,
    label: { en: name },
  }));
  const at = (make: (n: number) => number) => Float64Array.from({ length: rows * 5 }, (_, n) => make(n));
  return {
    ...source,
    columns,
    rows: rows * 5,
    chunks: async function* () {
      const echo = at((n) => (n === 5 * 12_345 + 2 ? 70 : n % 5 === 4 ? Number.NaN : -20));
      yield { rows: rows * 5, values: [at((n) => Math.floor(n / 5)), at((n) => 100 * ((n % 5) + 1)), echo] };
    },
  };
}

grid('one strong cell among many rows stays, at its height and time', async () => {
  const made = await gridOfTable(profiles(50_000), {
    x: 'time',
    y: 'height',
    value: 'echo',
    width: 400,
    language: 'en',
  });
  assert.equal(
    made.rows.map(({ at }) => at),
    [100, 200, 300, 400, 500],
  );
  const strong = made.rows[2]?.cells.indexOf(70) ?? -1;
  const [left, right] = [made.origin + strong * made.step, made.origin + (strong + 1) * made.step];
  assert.ok(left <= 12_345 && 12_345 < right, `${left} ${right}`);
  assert.ok(made.rows[4]?.cells.every(Number.isNaN));
  const svg = drawHeatMap(made, { width: 400, height: 300, lettering: 'strokes' });
  assert.not.match(svg, /NaN|Infinity/);
  assert.ok(svg.length < 200_000, String(svg.length));
  assert.ok((await svgToPng(svg)) !== null);
});

grid('too many heights are refused; no value is an empty grid', async () => {
  try {
    await gridOfTable(profiles(2000), { x: 'height', y: 'time', value: 'echo', width: 400, language: 'en' });
    assert.unreachable();
  } catch (error) {
    assert.instance(error, AppError);
    assert.is((error as AppError).faults[0]?.parameter, 'time');
  }
  const empty = await gridOfTable(profiles(0), { x: 'time', y: 'height', value: 'echo', width: 400, language: 'en' });
  assert.not.match(drawHeatMap(empty, { width: 400, height: 300, lettering: 'text' }), /NaN|Infinity/);
});

map.run();
grid.run();
