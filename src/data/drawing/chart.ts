// A chart as SVG: panels of lines or points over one axis of time or numbers, one panel for each unit. Pure; nothing is read here.
import {
  type Area,
  border,
  bottomAxis,
  FOOT,
  GREY,
  HEAD,
  leftAxis,
  linearScale,
  logarithmicScale,
  pixel,
  type Scale,
  SMALL_TEXT,
  svgDocument,
} from './frame.ts';
import { SERIES_COLOURS } from './palette.ts';
import type { Segment } from './pixel-columns.ts';
import { fitted, type Lettering, svgText, textWidth } from './svg-text.ts';
import { logarithmicTicks, numberTicks, type Tick, timeTicks } from './ticks.ts';

export interface ChartSeries {
  readonly label: string;
  /** Lines between gaps, `x y x y …`; times in milliseconds since 1970. */
  readonly segments: readonly Segment[];
}

/** Series of one unit, over one another. */
export interface ChartPanel {
  readonly label: string;
  readonly unit: string | null;
  readonly series: readonly ChartSeries[];
}

export interface Chart {
  readonly title: string;
  readonly x: { readonly kind: 'time' | 'number'; readonly label: string; readonly unit: string | null };
  readonly panels: readonly ChartPanel[];
  /** What was done to the values, such as decimation. */
  readonly note: string;
}

export interface ChartOptions {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  /** `text` for browsers, `strokes` for pictures (no font is needed). */
  readonly lettering: Lettering;
  readonly style?: 'lines' | 'markers' | 'both';
  readonly logarithmic?: boolean;
  readonly transparent?: boolean;
  /** Ends of the axes; absent: of the values. */
  readonly xRange?: readonly [number, number];
  readonly yRange?: readonly [number, number];
}

type Range = readonly [start: number, end: number];

function rangeOf(series: readonly ChartSeries[], offset: 0 | 1, positive: boolean): Range | null {
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { segments } of series) {
    for (const segment of segments) {
      for (let n = offset; n < segment.length; n += 2) {
        const value = segment[n] as number;
        if (positive && value <= 0) continue;
        if (value < low) low = value;
        if (value > high) high = value;
      }
    }
  }
  return low <= high ? [low, high] : null;
}

/** A little room above and below the values. */
function padded([low, high]: Range): Range {
  const room = high > low ? (high - low) * 0.05 : Math.abs(high) * 0.05 || 1;
  return [low - room, high + room];
}

const named = (label: string, unit: string | null): string =>
  unit === null || unit === '' ? label : `${label} (${unit})`;

interface Drawing {
  readonly options: ChartOptions;
  readonly area: Area;
  readonly x: Scale;
  readonly y: Scale;
}

function inside({ area }: Drawing, px: number, py: number): boolean {
  return (
    px >= area.left - 0.5 &&
    px <= area.left + area.width + 0.5 &&
    py >= area.top - 0.5 &&
    py <= area.top + area.height + 0.5
  );
}

function seriesMarks(drawing: Drawing, { segments }: ChartSeries, colour: string): string {
  const style = drawing.options.style ?? 'lines';
  let [line, dots] = ['', ''];
  for (const segment of segments) {
    const alone = segment.length === 2;
    let pen = 'M';
    for (let n = 0; n < segment.length; n += 2) {
      const [px, py] = [pixel(drawing.x(segment[n] as number)), pixel(drawing.y(segment[n + 1] as number))];
      if (Number.isNaN(px) || Number.isNaN(py)) {
        pen = 'M';
        continue;
      }
      line += `${pen}${px} ${py}`;
      pen = 'L';
      if ((alone || style !== 'lines') && inside(drawing, px, py)) dots += `M${px} ${py}h0`;
    }
  }
  const stroke = `fill="none" stroke="${colour}" stroke-linejoin="round"`;
  const path = style === 'markers' || line === '' ? '' : `<path d="${line}" ${stroke} stroke-width="1.3"/>`;
  return dots === ''
    ? path
    : `${path}<path d="${dots}" ${stroke} stroke-width="${style === 'lines' ? 2.6 : 3.6}" stroke-linecap="round"/>`;
}

/** Short lines of colour with the names of the series, at the upper right of the panel. */
function legend({ options, area }: Drawing, series: readonly ChartSeries[]): string {
  if (series.length < 2) return '';
  const most = Math.floor(area.width / 2);
  const labels = series.map(({ label }) => fitted(label, SMALL_TEXT, most));
  const width = Math.max(...labels.map((label) => textWidth(label, SMALL_TEXT))) + 36;
  const [left, top] = [pixel(area.left + area.width - width - 6), area.top + 6];
  const box = `<rect x="${left}" y="${top}" width="${pixel(width)}" height="${labels.length * 15 + 5}" fill="#fff" fill-opacity="0.85" stroke="#ccc"/>`;
  const lines = labels.map((label, n) => {
    const y = top + 13 + n * 15;
    const colour = SERIES_COLOURS[n % SERIES_COLOURS.length] as string;
    return `<path d="M${left + 5} ${y - 4}h18" stroke="${colour}" stroke-width="2.5"/>${svgText(options.lettering, label, left + 29, y, { size: SMALL_TEXT })}`;
  });
  return box + lines.join('');
}

/** The panel's own range, scale and marks of values. */
function valueAxis(panel: ChartPanel, area: Area, options: ChartOptions): { scale: Scale; ticks: readonly Tick[] } {
  const [from, to] = [area.top + area.height, area.top];
  const count = Math.max(2, Math.floor(area.height / 36));
  const logarithmic = options.logarithmic === true && (options.yRange === undefined || options.yRange[0] > 0);
  const own = rangeOf(panel.series, 1, logarithmic);
  if (logarithmic && own !== null) {
    const [low, high] = options.yRange ?? [own[0], own[1] > own[0] ? own[1] : own[0] * 10];
    return { scale: logarithmicScale(low, high, from, to), ticks: logarithmicTicks(low, high, count) };
  }
  const [low, high] = options.yRange ?? padded(own ?? [0, 1]);
  return { scale: linearScale(low, high, from, to), ticks: numberTicks(low, high, count) };
}

function panelMarks(panel: ChartPanel, n: number, area: Area, x: Scale, options: ChartOptions): string {
  const { scale: y, ticks } = valueAxis(panel, area, options);
  const drawing = { options, area, x, y };
  const marks = panel.series.map((series, k) =>
    seriesMarks(drawing, series, SERIES_COLOURS[k % SERIES_COLOURS.length] as string),
  );
  const label = fitted(named(panel.label, panel.unit), SMALL_TEXT, area.height);
  const axis = svgText(options.lettering, label, 14, pixel(area.top + area.height / 2), {
    size: SMALL_TEXT,
    anchor: 'middle',
    upright: true,
  });
  const clip = `<clipPath id="p${n}"><rect x="${area.left}" y="${area.top}" width="${area.width}" height="${area.height}"/></clipPath>`;
  return `${clip}${leftAxis(options.lettering, area, ticks, y)}<g clip-path="url(#p${n})">${marks.join('')}</g>${border(area)}${axis}${legend(drawing, panel.series)}`;
}

/**
 * The chart as an SVG document of `options.width` × `options.height` pixels. Series that have no value leave an empty panel, with its axes.
 * A line is broken between segments; a segment of one point is a dot.
 */
export function drawChart(chart: Chart, options: ChartOptions): string {
  const { width, height, lettering } = options;
  const all = chart.panels.flatMap(({ series }) => series);
  const [start, end] = options.xRange ?? rangeOf(all, 0, false) ?? [0, 1];
  const [x0, x1] = end > start ? [start, end] : padded([start, end]);
  const foot = (chart.note === '' ? 4 : FOOT) + (chart.x.kind === 'time' ? 36 : 22) + 16;
  const area = { left: 72, width: Math.max(40, width - 72 - 16) };
  const count = Math.max(1, chart.panels.length);
  const each = Math.max(24, (height - HEAD - foot - (count - 1) * 10) / count);
  const scale = linearScale(x0, x1, area.left, area.left + area.width);
  const most = Math.max(2, Math.floor(area.width / 80));
  const ticks = chart.x.kind === 'time' ? timeTicks(x0, x1, most) : numberTicks(x0, x1, most);
  const panels = chart.panels.map((panel, n) => {
    const own = { ...area, top: pixel(HEAD + n * (each + 10)), height: pixel(each) };
    return bottomAxis(lettering, own, ticks, scale, n === count - 1) + panelMarks(panel, n, own, scale, options);
  });
  const note = chart.note === '' ? 4 : FOOT;
  const label = svgText(
    lettering,
    named(chart.x.label, chart.x.unit),
    pixel(area.left + area.width / 2),
    height - note - 6,
    {
      size: SMALL_TEXT,
      anchor: 'middle',
      colour: GREY,
    },
  );
  const description =
    `${chart.panels.map((panel) => named(panel.label, panel.unit)).join(', ')}; ${named(chart.x.label, chart.x.unit)}. ${chart.note}`.trim();
  const paper = {
    width,
    height,
    title: chart.title,
    description,
    note: chart.note,
    lettering,
    transparent: options.transparent === true,
  };
  return svgDocument(paper, panels.join('') + label);
}
