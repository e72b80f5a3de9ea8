// A grid of colours as SVG: profiles over time, such as echoes by range gate and droplets by size. Pure; nothing is read here.
import { colourBar } from './colour-bar.ts';
import {
  type Area,
  border,
  bottomAxis,
  FOOT,
  GREY,
  HEAD,
  leftAxis,
  linearScale,
  pixel,
  type Scale,
  SMALL_TEXT,
  svgDocument,
} from './frame.ts';
import { scaleColour } from './palette.ts';
import { fitted, type Lettering, svgText } from './svg-text.ts';
import { numberTicks, timeTicks } from './ticks.ts';

interface Named {
  readonly label: string;
  readonly unit: string | null;
}

export interface HeatMap {
  readonly title: string;
  readonly x: Named & { readonly kind: 'time' | 'number' };
  readonly y: Named;
  readonly value: Named;
  /** Left edge of the first cell, and width of a cell, in the unit of x (milliseconds for time). */
  readonly origin: number;
  readonly step: number;
  /** From the smallest y to the greatest; NaN: nothing is known there. */
  readonly rows: readonly { readonly at: number; readonly cells: Float64Array }[];
  readonly note: string;
}

export interface HeatMapOptions {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly lettering: Lettering;
  readonly transparent?: boolean;
}

const named = ({ label, unit }: Named): string => (unit === null || unit === '' ? label : `${label} (${unit})`);
const SHADES = 64;

/** Edges between the rows, half way from one to the next. */
function edgesOf(rows: HeatMap['rows']): readonly number[] {
  const at = rows.map((row) => row.at);
  if (at.length === 1) return [(at[0] as number) - 0.5, (at[0] as number) + 0.5];
  const between = at.slice(1).map((value, n) => (value + (at[n] as number)) / 2);
  const first = 2 * (at[0] as number) - (between[0] as number);
  const last = 2 * (at.at(-1) as number) - (between.at(-1) as number);
  return [first, ...between, last];
}

interface Extent {
  /** First and last cell that has a value. */
  readonly first: number;
  readonly last: number;
  readonly low: number;
  readonly high: number;
}

/** null: no cell has a value. */
function extentOf({ rows }: HeatMap): Extent | null {
  let [first, last, low, high] = [Number.POSITIVE_INFINITY, -1, Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { cells } of rows) {
    for (let n = 0; n < cells.length; n++) {
      const value = cells[n] as number;
      if (Number.isNaN(value)) continue;
      if (n < first) first = n;
      if (n > last) last = n;
      if (value < low) low = value;
      if (value > high) high = value;
    }
  }
  return last < 0 ? null : { first, last, low, high };
}

/**
 * How far a cell reaches to the right: to the next one of its row that has a value, where that is no farther than rows usually are apart. A
 * slow instrument then has no stripes, and a gap stays a gap.
 */
function usualStride(rows: HeatMap['rows']): number {
  const strides: number[] = [];
  for (const { cells } of rows) {
    let before = -1;
    for (let n = 0; n < cells.length; n++) {
      if (Number.isNaN(cells[n] as number)) continue;
      if (before >= 0) strides.push(n - before);
      before = n;
    }
  }
  strides.sort((a, b) => a - b);
  return Math.ceil(1.5 * (strides[Math.floor(strides.length / 2)] ?? 1));
}

/** The cells of a row as strokes, those of one shade together. */
function rowStrokes(
  cells: Float64Array,
  y: number,
  stride: number,
  left: (cell: number) => number,
  shade: (value: number) => number,
  strokes: Map<number, string>,
): void {
  let n = 0;
  while (n < cells.length) {
    const value = cells[n] as number;
    if (Number.isNaN(value)) {
      n += 1;
      continue;
    }
    const own = shade(value);
    let end = n + 1;
    // Cells of the same shade, and the empty ones up to the next value, are one stroke.
    for (let k = end; k < cells.length && k <= end + stride; k++) {
      if (Number.isNaN(cells[k] as number)) continue;
      end = k;
      if (shade(cells[k] as number) !== own) break;
      end = k + 1;
    }
    strokes.set(own, `${strokes.get(own) ?? ''}M${pixel(left(n))} ${y}H${pixel(left(end))}`);
    n = end;
  }
}

function gridMarks(map: HeatMap, extent: Extent, x: Scale, y: Scale): string {
  const edges = edgesOf(map.rows);
  const span = extent.high - extent.low || 1;
  const shade = (value: number) => Math.min(SHADES - 1, Math.floor(((value - extent.low) / span) * SHADES));
  const stride = usualStride(map.rows);
  const left = (cell: number) => x(map.origin + cell * map.step);
  const all = map.rows.map(({ cells }, n) => {
    const [low, high] = [y(edges[n] as number), y(edges[n + 1] as number)];
    const strokes = new Map<number, string>();
    rowStrokes(cells, pixel((low + high) / 2), stride, left, shade, strokes);
    const paths = [...strokes].map(
      ([own, path]) => `<path d="${path}" stroke="${scaleColour((own + 0.5) / SHADES)}"/>`,
    );
    // A little more than the row, so that no light shines through between rows.
    return `<g stroke-width="${pixel(Math.abs(low - high) + 0.4)}">${paths.join('')}</g>`;
  });
  return `<g fill="none" shape-rendering="crispEdges">${all.join('')}</g>`;
}

/** The grid as an SVG document of `options.width` × `options.height` pixels; without values, its axes. */
export function drawHeatMap(map: HeatMap, options: HeatMapOptions): string {
  const { width, height, lettering } = options;
  const extent = extentOf(map);
  const foot = FOOT + (map.x.kind === 'time' ? 36 : 22) + 16;
  const area: Area = {
    left: 72,
    top: HEAD,
    width: Math.max(40, width - 72 - 96),
    height: Math.max(40, height - HEAD - foot),
  };
  const edges = extent === null ? [0, 1] : edgesOf(map.rows);
  const [start, end] =
    extent === null ? [0, 1] : [map.origin + extent.first * map.step, map.origin + (extent.last + 1) * map.step];
  const x = linearScale(start, end, area.left, area.left + area.width);
  const y = linearScale(edges[0] as number, edges.at(-1) as number, area.top + area.height, area.top);
  const most = Math.max(2, Math.floor(area.width / 80));
  const ticks = map.x.kind === 'time' ? timeTicks(start, end, most) : numberTicks(start, end, most);
  const up = numberTicks(edges[0] as number, edges.at(-1) as number, Math.max(2, Math.floor(area.height / 40)));
  const axes = bottomAxis(lettering, area, ticks, x, true) + leftAxis(lettering, area, up, y);
  const clip = `<clipPath id="h"><rect x="${area.left}" y="${area.top}" width="${area.width}" height="${area.height}"/></clipPath>`;
  const marks = extent === null ? '' : `<g clip-path="url(#h)">${gridMarks(map, extent, x, y)}</g>`;
  const beside = { left: area.left + area.width + 12, top: area.top, height: area.height };
  const bar = extent === null ? '' : colourBar(lettering, beside, extent.low, extent.high, named(map.value));
  const text = { size: SMALL_TEXT, anchor: 'middle' as const };
  const upright = svgText(
    lettering,
    fitted(named(map.y), SMALL_TEXT, area.height),
    14,
    pixel(area.top + area.height / 2),
    { ...text, upright: true },
  );
  const below = svgText(lettering, named(map.x), pixel(area.left + area.width / 2), height - FOOT - 6, {
    ...text,
    colour: GREY,
  });
  const description = `${named(map.value)}; ${named(map.y)}; ${named(map.x)}. ${map.note}`;
  const { title, note } = map;
  const paper = { width, height, title, description, note, lettering, transparent: options.transparent === true };
  return svgDocument(paper, axes + clip + marks + border(area) + upright + below + bar);
}
