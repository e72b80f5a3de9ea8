// Drawings keep what matters of the rows: spikes, gaps, units; and their text can be read where no fonts are installed.
import { spawnSync } from 'node:child_process';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { drawChart } from '../../../src/data/drawing/chart.ts';
import { chartOfTable } from '../../../src/data/drawing/chart-of-table.ts';
import { pixelColumns } from '../../../src/data/drawing/pixel-columns.ts';
import { strokeText, strokeTextWidth } from '../../../src/data/drawing/stroke-font.ts';
import { logarithmicTicks, numberTicks, shortNumber, timeTicks } from '../../../src/data/drawing/ticks.ts';
import { AppError } from '../../../src/model/errors.ts';
import { radarTable } from '../../fixtures/test-table.ts';

const columns = suite('columns of pixels');
const chart = suite('charts');
const letters = suite('letters without fonts');

const flat = (segments: readonly (readonly number[])[]) => segments.flat();

columns('a spike of one point among half a million stays', () => {
  const points = pixelColumns(700);
  for (let n = 0; n < 500_000; n++) points.add(1.7e12 + n * 60_000, n === 271_828 ? 900 : Math.sin(n / 5000));
  const kept = flat(points.segments());
  assert.ok(kept.length / 2 < 4 * 2048, `${kept.length / 2} points`);
  const spike = kept.findIndex((value, n) => n % 2 === 1 && value === 900);
  assert.is(kept[spike - 1], 1.7e12 + 271_828 * 60_000);
  assert.is(points.count(), 500_000);
  assert.ok(points.reduced());
  assert.is(points.segments().length, 1);
});

columns('few points are all kept, in the order of x', () => {
  const points = pixelColumns(100);
  for (const x of [5, 3, 9, -40, 7]) points.add(x, x * x);
  assert.equal(flat(points.segments()), [-40, 1600, 3, 9, 5, 25, 7, 49, 9, 81]);
  assert.not.ok(points.reduced());
});

columns('a missing value breaks the line, and so do rows that are absent', () => {
  const points = pixelColumns(2000);
  for (let n = 0; n < 100; n++) points.add(n, n === 50 ? Number.NaN : 1);
  for (let n = 0; n < 50; n++) points.add(1000 + n, 2);
  const segments = points.segments();
  assert.equal(
    segments.map((segment) => [segment[0], segment.at(-2)]),
    [
      [0, 49],
      [51, 99],
      [1000, 1049],
    ],
  );
});

columns('no point, one point', () => {
  assert.equal(pixelColumns(10).segments(), []);
  const points = pixelColumns(10);
  points.add(0, 3);
  points.add(Number.NaN, 4);
  assert.equal(points.segments(), [[0, 3]]);
});

chart('marks of axes are round numbers and instants', () => {
  const labels = (ticks: readonly { label: string }[]) => ticks.map(({ label }) => label);
  assert.equal(labels(numberTicks(-0.13, 0.42, 6)), ['-0.1', '0', '0.1', '0.2', '0.3', '0.4']);
  assert.equal(labels(logarithmicTicks(0.01, 1000, 6)), ['0.01', '0.1', '1', '10', '100', '1000']);
  const at = Date.parse;
  assert.equal(labels(timeTicks(at('2021-11-03T00:00:00Z'), at('2024-02-01T00:00:00Z'), 6)), [
    '2022-01',
    '2022-07',
    '2023-01',
    '2023-07',
    '2024-01',
  ]);
  const hours = timeTicks(at('2024-05-01T21:10:00Z'), at('2024-05-02T04:00:00Z'), 6);
  assert.equal(labels(hours), ['22:00', '00:00', '02:00', '04:00']);
  assert.equal(
    hours.map(({ context }) => context),
    ['2024-05-01', '2024-05-02', undefined, undefined],
  );
  assert.equal([0.1 + 0.2, 1234567.89, 1e-7, 1200].map(shortNumber), ['0.3', '1.234568e6', '1e-7', '1200']);
});

chart('panels by unit, names in the language, a missing value is a gap', async () => {
  const drawn = await chartOfTable(radarTable(10), {
    x: null,
    variables: null,
    split: null,
    width: 600,
    language: 'fr',
  });
  assert.is(drawn.x.kind, 'time');
  assert.equal(
    drawn.panels.map(({ unit }) => unit),
    [null, 'degC'],
  );
  // Row 5 has no temperature.
  assert.equal(
    drawn.panels[1]?.series[0]?.segments.map((segment) => segment.length / 2),
    [5, 4],
  );
  const svg = drawChart(drawn, { width: 600, height: 400, lettering: 'text' });
  assert.match(svg, /^<svg [^>]*width="600" height="400"/);
  assert.match(svg, '(degC)');
  assert.not.match(svg, 'NaN');
});

chart('a name that is none of numbers is told', async () => {
  const options = { x: null, variables: ['mode'], split: null, width: 600, language: 'en' as const };
  try {
    await chartOfTable(radarTable(3), options);
    assert.unreachable();
  } catch (error) {
    assert.instance(error, AppError);
    assert.is((error as AppError).faults[0]?.parameter, 'mode');
  }
});

chart('split by a column, one line for each of its values', async () => {
  const options = { x: null, variables: ['temperature'], split: 'mode', width: 600, language: 'en' as const };
  const { panels } = await chartOfTable(radarTable(10), options);
  assert.equal(
    panels[0]?.series.map(({ label }) => label),
    ['mode éruption, "A"', 'mode calm'],
  );
});

letters('every sign of French and of units has a glyph of its own', () => {
  const unknown = strokeText('漢', 0, 0, 10);
  for (const sign of 'ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789.,:;!?-–+=±×*/|_°#&%()[]<>≤≥µΔΩ²³⁻₂àâçéèêëîïôùûüœÀÉÈÊÇ’«»') {
    assert.is.not(strokeText(sign, 0, 0, 10), unknown, sign);
    assert.ok(strokeTextWidth(sign, 10) >= 0);
  }
  assert.is.not(strokeText('é', 0, 0, 10), strokeText('e', 0, 0, 10));
});

letters('a picture made without any font has ink where the title stands', () => {
  const script = `
    const { drawChart } = await import('./src/data/drawing/chart.ts');
    const { svgToPng } = await import('./src/data/drawing/rasterise.ts');
    const sharp = (await import('sharp')).default;
    const chart = (title) => ({ title, x: { kind: 'number', label: '', unit: null }, panels: [], note: '' });
    const ink = async (title, lettering) => {
      const png = await svgToPng(drawChart(chart(title), { width: 300, height: 100, lettering }));
      const { data } = await sharp(png).greyscale().raw().toBuffer({ resolveWithObject: true });
      return data.filter((value) => value < 128).length;
    };
    console.log(JSON.stringify([await ink('Éruption H₂O', 'strokes'), await ink('', 'strokes')]));
  `;
  const { stdout, stderr } = spawnSync(process.execPath, ['--import', 'tsx', '--input-type=module', '-e', script], {
    cwd: fileURLToPath(new URL('../../..', import.meta.url)),
    encoding: 'utf8',
    env: { ...process.env, FONTCONFIG_FILE: '/nonexistent/fonts.conf', FONTCONFIG_PATH: '/nonexistent' },
  });
  const [withTitle = 0, without = 0] = JSON.parse(stdout || `"${stderr}"`) as number[];
  assert.is(without, 0);
  assert.ok(withTitle > 150, `${withTitle} dark pixels`);
});

columns.run();
chart.run();
letters.run();
