// Pictures of the rows: a chart of the variables over the first one, a map where the first two are longitude and latitude, a grid of colours where
// they are time and a place of a profile.
import { type Chart, type ChartOptions, drawChart } from '../../data/drawing/chart.ts';
import { chartOfTable } from '../../data/drawing/chart-of-table.ts';
import { gridOfTable } from '../../data/drawing/grid-of-table.ts';
import { drawHeatMap } from '../../data/drawing/heat-map.ts';
import { mapOfTable } from '../../data/drawing/map-of-table.ts';
import { drawMap } from '../../data/drawing/position-map.ts';
import { svgToPng } from '../../data/drawing/rasterise.ts';
import type { Lettering } from '../../data/drawing/svg-text.ts';
import { plainColumns } from '../../data/tables/flatten.ts';
import { AppError } from '../../model/errors.ts';
import type { Table } from '../../model/table.ts';
import type { Language } from '../../model/text.ts';
import type { DataSet } from './data-set.ts';
import type { Plan } from './plan.ts';
import type { TabledapQuery } from './query.ts';

export interface ImageRequest {
  readonly plan: Plan;
  /** Of `isProfile`. */
  readonly profile: boolean;
  /** Of `lineVariable`. */
  readonly split: string | null;
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

/**
 * Are three variables asked, of which the second one says at which place of a profile the third one is (height, size class, range gate)? Then
 * the third one is told by colour.
 */
export function isProfile({ variables, functions, graphics }: TabledapQuery, { description, key }: DataSet): boolean {
  const [first, second] = variables;
  if (variables.length !== 3 || functions.length > 0 || first !== description.axis?.column || second === undefined)
    return false;
  const places = plainColumns(description).filter(({ origin }) => origin.kind === 'coordinate');
  const isPlace = places.some(({ column }) => column.name === second) || (key.includes(second) && second !== 'record');
  return isPlace || graphics.get('draw') === 'surface';
}

/** More lines than these are not told apart. */
const MOST_LINES = 8;

/**
 * The variable by which the lines of a chart are told apart: the number of few records, or what tells rows of one record and one time apart
 * (range gates, samples). null: nothing, so that the rows of many records are points.
 */
export function lineVariable(query: TabledapQuery, set: DataSet): string | null {
  const { records, key, description } = set;
  if (query.functions.length > 0 || isProfile(query, set)) return null;
  const isOne = query.constraints.some(({ variable, operator }) => variable === 'record' && operator === '=');
  if (!isOne && records.length > 1) return records.length <= MOST_LINES ? 'record' : null;
  return key.find((name) => name !== 'record' && name !== description.axis?.column) ?? null;
}

/** The query with the variable by which its lines are told apart. */
export function withVariable(query: TabledapQuery, variable: string | null): TabledapQuery {
  const { variables } = query;
  if (variable === null || variables.length === 0 || variables.includes(variable)) return query;
  return { ...query, variables: [...variables, variable] };
}

async function chartSvg(table: Table, request: ImageRequest, lettering: Lettering): Promise<string> {
  const { plan, split, graphics, language, transparent } = request;
  const [width, height] = sizeOf(request);
  const [first] = table.columns;
  const usable = first !== undefined && first.type !== 'text' && first.type !== 'flags';
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

async function profileSvg(table: Table, request: ImageRequest, lettering: Lettering): Promise<string> {
  const [width, height] = sizeOf(request);
  const [x = '', y = '', value = ''] = table.columns.map(({ name }) => name);
  const grid = await gridOfTable(table, { x, y, value, width, language: request.language });
  return drawHeatMap(grid, { width, height, lettering, transparent: request.transparent });
}

/** The drawing as SVG, with letters that browsers set. */
export function svgImage(table: Table, request: ImageRequest, lettering: Lettering = 'text'): Promise<string> {
  if (request.profile) return profileSvg(table, request, lettering);
  return isMap(table) ? mapSvg(table, request, lettering) : chartSvg(table, request, lettering);
}

/** PNG; the SVG where the machine cannot make one. */
export async function pngImage(table: Table, request: ImageRequest): Promise<Uint8Array | string> {
  const svg = await svgImage(table, request, 'strokes');
  return (await svgToPng(svg)) ?? svg;
}
