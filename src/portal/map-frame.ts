// The frame of a small locator map: which part of the Earth it shows, and where a position falls in it.
// Plate carrée shrunk by the cosine of the middle latitude, so that a kilometre is the same both ways in the middle.
import type { Box, Position } from '../model/geometry.ts';

export interface MapFrame {
  readonly width: number;
  readonly height: number;
  /** Degrees; east may pass 180 where the frame crosses the antimeridian. */
  readonly window: Box;
  /** Longitude, latitude → pixels from the upper left corner. */
  readonly place: (position: Position) => readonly [x: number, y: number];
  readonly meridians: readonly number[];
  readonly parallels: readonly number[];
  /** A round length in kilometres and its pixels, for the scale bar; null where it would differ too much over the frame. */
  readonly scale: { readonly kilometres: number; readonly pixels: number } | null;
}

const STEPS = [0.05, 0.1, 0.2, 0.5, 1, 2, 5, 10, 20, 30, 60];
const LENGTHS = [1, 2, 5, 10, 20, 50, 100, 200, 500, 1000, 2000, 5000];
const KILOMETRES_PER_DEGREE = 111.2;
const SMALLEST_SPAN = 0.9;

/** Multiples of a round step inside a range, about four of them. */
function lines(from: number, to: number): readonly number[] {
  const step = STEPS.find((candidate) => (to - from) / candidate <= 4.5) ?? 90;
  const found: number[] = [];
  for (let n = Math.ceil(from / step); n * step <= to; n++) found.push(Number((n * step).toFixed(4)));
  return found;
}

/** The frame that shows a box with room around it; a box that spans much of the Earth makes it flatter. */
export function mapFrame(box: Box, width = 360, tallest = 250): MapFrame {
  const [west, south, rawEast, north] = box;
  const east = rawEast < west ? rawEast + 360 : rawEast;
  const middleLatitude = Math.max(-85, Math.min(85, (south + north) / 2));
  const shrink = Math.max(0.2, Math.cos((middleLatitude * Math.PI) / 180));
  const aspect = width / tallest;
  const wanted = Math.max(SMALLEST_SPAN, (north - south) * 1.5, ((east - west) * shrink * 1.5) / aspect);
  const spanY = Math.min(180, wanted);
  const spanX = Math.min(360, Math.max((spanY * aspect) / shrink, (east - west) * 1.1));
  const height = Math.round(Math.min(tallest, (width * spanY) / (spanX * shrink)));
  const top = Math.min(90, Math.max((south + north) / 2 + spanY / 2, -90 + spanY));
  const left = spanX >= 360 ? -180 : (west + east) / 2 - spanX / 2;
  const kilometresPerPixel = (spanX * shrink * KILOMETRES_PER_DEGREE) / width;
  const kilometres = LENGTHS.filter((length) => length / kilometresPerPixel <= width / 4).at(-1) ?? 1;
  const turn = (x: number) =>
    spanX >= 360 ? x : x < left ? x + 360 : x > left + spanX && x - 360 >= left ? x - 360 : x;
  return {
    width,
    height,
    window: [left, top - spanY, left + spanX, top],
    place: ([x, y]) => [
      Number((((turn(x) - left) / spanX) * width).toFixed(1)),
      Number((((top - y) / spanY) * height).toFixed(1)),
    ],
    meridians: lines(left, left + spanX),
    parallels: lines(top - spanY, top),
    scale: spanX > 120 ? null : { kilometres, pixels: Number((kilometres / kilometresPerPixel).toFixed(1)) },
  };
}
