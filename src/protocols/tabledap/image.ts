// Pictures of the rows: a chart of the variables over the first one, or a map where the first two are longitude and latitude.
import { type Chart, type ChartOptions, drawChart } from '../../data/drawing/chart.ts';
import { chartOfTable } from '../../data/drawing/chart-of-table.ts';
import { mapOfTable } from '../../data/drawing/map-of-table.ts';
import { drawMap } from '../../data/drawing/position-map.ts';
import { svgToPng } from '../../data/drawing/rasterise.ts';
import type { Lettering } from '../../data/drawing/svg-text.ts';
import { AppError } from '../../model/errors.ts';
import { columnIndex, type Table } from '../../model/table.ts';
import type { Language } from '../../model/text.ts';
import type { DataSet } from './data-set.ts';
import type { Plan } from './plan.ts';
import type { TabledapQuery } from './query.ts';

export interface ImageRequest {
  readonly plan: Plan;
  readonly graphics: ReadonlyMap<string, string>;
  /** Pixels where the request has none. */
  readonly size: readonly [width: number, height: number];
  readonly transparent: boolean;
  readonly language: Language;
}

const SIDES = { least: 100, most: 3000 };
const STYLES: Readonly<Record<string, NonNullable<ChartOptions['style']>>> = {
  lines: 'lines',
  markers: 'markers',
  linesAndMarkers: 'both',
};

function wrong(name: string, en: string, fr: string): AppError {
  return new AppError('invalid-parameter', { faults: [{ parameter: name, detail: { en, fr } }] });
}

/** `.size=width|height` */
function sizeOf({ graphics, size }: ImageRequest): readonly [number, number] {
  const text = graphics.get('size');
  if (text === undefined || text === '') return size;
  const [width, height] = text.split('|').map(Number);
  const fits = (side: number | undefined): side is number =>
    side !== undefined && Number.isInteger(side) && side >= SIDES.least && side <= SIDES.most;
  if (fits(width) && fits(height)) return [width, height];
  throw wrong(
    '.size',
    `two whole numbers from ${SIDES.least} to ${SIDES.most}: .size=600|400`,
    `deux nombres entiers de ${SIDES.least} à ${SIDES.most} : .size=600|400`,
  );
}

/** `.yRange=low|high|ascending|scale`: both ends, or nothing. */
function rangeOf(
  graphics: ImageRequest['graphics'],
  name: string,
): { range?: readonly [number, number]; logarithmic: boolean } {
  const [low = '', high = '', , scale = ''] = (graphics.get(name) ?? '').split('|');
  const logarithmic = /^log/i.test(scale);
  if (low === '' || high === '') return { logarithmic };
  const range = [Number(low), Number(high)] as const;
  if (range[0] < range[1]) return { range, logarithmic };
  throw wrong(
    `.${name}`,
    'two numbers, the smaller one first: .yRange=0|10',
    'deux nombres, le plus petit en premier : .yRange=0|10',
  );
}

/** Are the first two columns longitude and latitude? Then a map is drawn, else a chart. */
function isMap(table: Table): boolean {
  const [a, b] = table.columns.map(({ standardName }) => standardName);
  return (a === 'longitude' && b === 'latitude') || (a === 'latitude' && b === 'longitude');
}

/** Few records have a line each; the rows of many are points. */
const MOST_LINES = 8;

/** The query with what a chart needs besides: the number of the record, by which its lines are told apart. */
export function forImage(query: TabledapQuery, { records }: DataSet): TabledapQuery {
  const apart = records.length > 1 && records.length <= MOST_LINES && query.functions.length === 0;
  if (!apart || query.variables.length === 0 || query.variables.includes('record')) return query;
  return { ...query, variables: [...query.variables, 'record'] };
}

function splitOf(table: Table, { set, selection }: Plan): string | null {
  const several = selection.record === null && set.records.length > 1 && set.records.length <= MOST_LINES;
  return several && columnIndex(table, 'record') >= 0 ? 'record' : null;
}

async function chartSvg(table: Table, request: ImageRequest, lettering: Lettering): Promise<string> {
  const { plan, graphics, language, transparent } = request;
  const [width, height] = sizeOf(request);
  const [first] = table.columns;
  const usable = first !== undefined && first.type !== 'text' && first.type !== 'flags';
  const split = splitOf(table, plan);
  const draw = graphics.get('draw') ?? '';
  const isMixed = plan.selection.record === null && split === null && plan.set.records.length > 1;
  const y = rangeOf(graphics, 'yRange');
  const x = rangeOf(graphics, 'xRange');
  const chart: Chart = await chartOfTable(table, {
    x: usable && first.name !== 'record' ? first.name : null,
    variables: null,
    split,
    width,
    language,
  });
  return drawChart(chart, {
    width,
    height,
    lettering,
    transparent,
    style: STYLES[draw] ?? (isMixed ? 'markers' : 'lines'),
    logarithmic: y.logarithmic,
    ...(y.range === undefined ? {} : { yRange: y.range }),
    ...(x.range === undefined ? {} : { xRange: x.range }),
  });
}

async function mapSvg(table: Table, request: ImageRequest, lettering: Lettering): Promise<string> {
  const [width, height] = sizeOf(request);
  const third = table.columns[2];
  const value = third !== undefined && third.type !== 'text' && third.type !== 'flags' ? third.name : null;
  const map = await mapOfTable(table, { value, language: request.language });
  return drawMap(map, { width, height, lettering, transparent: request.transparent });
}

/** The drawing as SVG, with letters that browsers set. */
export function svgImage(table: Table, request: ImageRequest, lettering: Lettering = 'text'): Promise<string> {
  return isMap(table) ? mapSvg(table, request, lettering) : chartSvg(table, request, lettering);
}

/** PNG; the SVG where the machine cannot make one. */
export async function pngImage(table: Table, request: ImageRequest): Promise<Uint8Array | string> {
  const svg = await svgImage(table, request, 'strokes');
  return (await svgToPng(svg)) ?? svg;
}
