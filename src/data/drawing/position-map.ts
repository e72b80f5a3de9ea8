// A map of positions as SVG: degrees of longitude and latitude with the right proportions at its middle, points coloured by a value, a track
// as a line. Pure; nothing is read here.

import { colourBar } from './colour-bar.ts';
import {
  type Area,
  border,
  bottomAxis,
  FOOT,
  HEAD,
  leftAxis,
  linearScale,
  pixel,
  type Scale,
  svgDocument,
} from './frame.ts';
import { SERIES_COLOURS, scaleColour } from './palette.ts';
import type { Lettering } from './svg-text.ts';
import { numberTicks } from './ticks.ts';

export interface MapPoint {
  /** Degrees WGS 84; longitudes from -180 to 360 are understood. */
  readonly longitude: number;
  readonly latitude: number;
  /** NaN: no value, drawn in grey. */
  readonly value: number;
}

export interface PositionMap {
  readonly title: string;
  /** In the order of time where `track` joins them. */
  readonly points: readonly MapPoint[];
  /** What the colours mean; null: all points have one colour. */
  readonly value: { readonly label: string; readonly unit: string | null } | null;
  readonly track: boolean;
  /** Lines in degrees, such as coasts, drawn below the points. */
  readonly outlines?: readonly (readonly (readonly [longitude: number, latitude: number])[])[];
  readonly note: string;
}

export interface MapOptions {
  /** Pixels. */
  readonly width: number;
  readonly height: number;
  readonly lettering: Lettering;
  readonly transparent?: boolean;
  /** Edges in degrees; absent: around the points. */
  readonly box?: readonly [west: number, south: number, east: number, north: number];
}

interface View {
  readonly west: number;
  readonly east: number;
  readonly south: number;
  readonly north: number;
}

/** A view never smaller than about a hundred metres. */
const LEAST = 0.001;
const NO_VALUE = '#9a9a9a';

/** Around the points with some room, widened so that a degree of longitude is as long as it is on the ground at the middle. */
function viewOf(all: readonly MapPoint[], box: MapOptions['box'], width: number, height: number): View {
  let [west, south, east, north] = box ?? [180, 90, -180, -90];
  if (box === undefined) {
    if (all.length === 0) [west, south, east, north] = [-180, -90, 180, 90];
    for (const { longitude, latitude } of all) {
      [west, east] = [Math.min(west, longitude), Math.max(east, longitude)];
      [south, north] = [Math.min(south, latitude), Math.max(north, latitude)];
    }
  }
  const middle = (south + north) / 2;
  const shrink = Math.max(0.05, Math.cos((middle * Math.PI) / 180));
  const room = box === undefined ? 1.12 : 1;
  const perPixel = Math.max(((east - west) * room * shrink) / width, ((north - south) * room) / height, LEAST / height);
  const [halfWidth, halfHeight] = [(perPixel * width) / shrink / 2, (perPixel * height) / 2];
  const centre = (west + east) / 2;
  return { west: centre - halfWidth, east: centre + halfWidth, south: middle - halfHeight, north: middle + halfHeight };
}

const named = ({ label, unit }: { label: string; unit: string | null }): string =>
  unit === null ? label : `${label} (${unit})`;

function dots(points: readonly MapPoint[], x: Scale, y: Scale, colourOf: (value: number) => string): string {
  const byColour = new Map<string, string[]>();
  for (const { longitude, latitude, value } of points) {
    const colour = colourOf(value);
    const list = byColour.get(colour) ?? [];
    if (list.length === 0) byColour.set(colour, list);
    list.push(`M${pixel(x(longitude))} ${pixel(y(latitude))}h0`);
  }
  return [...byColour]
    .map(
      ([colour, list]) =>
        `<path d="${list.join('')}" fill="none" stroke="${colour}" stroke-width="5" stroke-linecap="round"/>`,
    )
    .join('');
}

interface Colours {
  readonly low: number;
  readonly high: number;
  readonly of: (value: number) => string;
}

/** The colours of the values; null: nothing is told by colour. */
function coloursOf(map: PositionMap, points: readonly MapPoint[]): Colours | null {
  if (map.value === null) return null;
  let [low, high] = [Number.POSITIVE_INFINITY, Number.NEGATIVE_INFINITY];
  for (const { value } of points) {
    if (value < low) low = value;
    if (value > high) high = value;
  }
  if (low > high) return null;
  const span = high - low || 1;
  const STEPS = 64;
  const of = (value: number): string =>
    Number.isFinite(value) ? scaleColour(Math.round(((value - low) / span) * STEPS) / STEPS) : NO_VALUE;
  return { low, high, of };
}

function mapAxes(lettering: Lettering, area: Area, view: View, x: Scale, y: Scale): string {
  const degrees = (start: number, end: number, count: number) =>
    numberTicks(start, end, Math.max(2, Math.floor(count))).map((tick) => ({ ...tick, label: `${tick.label}°` }));
  const bottom = bottomAxis(lettering, area, degrees(view.west, view.east, area.width / 90), x, true);
  return bottom + leftAxis(lettering, area, degrees(view.south, view.north, area.height / 50), y);
}

function lines(map: PositionMap, points: readonly MapPoint[], x: Scale, y: Scale): string {
  const path = (line: Iterable<readonly [number, number]>, colour: string) => {
    const steps = [...line].map(([lon, lat], n) => `${n === 0 ? 'M' : 'L'}${pixel(x(lon))} ${pixel(y(lat))}`);
    return `<path d="${steps.join('')}" fill="none" stroke="${colour}"/>`;
  };
  const outlines = (map.outlines ?? []).map((line) => path(line, '#8a8a8a')).join('');
  if (!map.track) return outlines;
  return (
    outlines +
    path(
      points.map(({ longitude, latitude }) => [longitude, latitude] as const),
      '#999',
    )
  );
}

/** The map as an SVG document of `options.width` × `options.height` pixels; without points, of the whole world. */
export function drawMap(map: PositionMap, options: MapOptions): string {
  const { width, height, lettering } = options;
  const points = map.points.filter(({ longitude, latitude }) => Number.isFinite(longitude) && Math.abs(latitude) <= 90);
  const colours = coloursOf(map, points);
  const area = {
    left: 64,
    top: HEAD,
    width: Math.max(40, width - 64 - (colours === null ? 16 : 96)),
    height: Math.max(40, height - HEAD - (map.note === '' ? 4 : FOOT) - 26),
  };
  const view = viewOf(points, options.box, area.width, area.height);
  const x = linearScale(view.west, view.east, area.left, area.left + area.width);
  const y = linearScale(view.south, view.north, area.top + area.height, area.top);
  const clip = `<clipPath id="m"><rect x="${area.left}" y="${area.top}" width="${area.width}" height="${area.height}"/></clipPath>`;
  const one = map.value === null ? (SERIES_COLOURS[0] as string) : NO_VALUE;
  const marks = lines(map, points, x, y) + dots(points, x, y, colours?.of ?? (() => one));
  const beside = { left: area.left + area.width + 12, top: area.top, height: area.height };
  const bar =
    colours === null || map.value === null
      ? ''
      : colourBar(lettering, beside, colours.low, colours.high, named(map.value));
  const axes = mapAxes(lettering, area, view, x, y);
  const description = `${points.length} positions${map.value === null ? '' : `, ${named(map.value)}`}. ${map.note}`;
  const { title, note } = map;
  const paper = { width, height, title, description, note, lettering, transparent: options.transparent === true };
  return svgDocument(paper, `${axes}${clip}<g clip-path="url(#m)">${marks}</g>${border(area)}${bar}`);
}
