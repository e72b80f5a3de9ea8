// Space cells and month units that a search asks the one GIN index for. They only preselect: exact comparisons always follow.
// The same numbering as the database functions search_cells and search_months, which write them into `metadata_search`.
import type { Box, Position } from '../model/geometry.ts';

const OWN = 1 << 28;
/** Quadtree levels of a record's cells: 0.7, 2.8, 11 and 45 degrees of longitude. */
const CELL_LEVELS = [9, 7, 5, 3] as const;
/** Sizes of the time units: 1, 4, 16, 64, 256 and 2048 months. */
const MONTH_LEVELS = [0, 2, 4, 6, 8, 11] as const;
/** Each cell asked costs a walk through its list in the index; beyond these the condition is left out. */
const MOST_CELLS_OF_A_BOX = 16;
const MOST_CELLS = 64;
/** An open or long window (half a century) selects too little to be worth the lists that it would walk. */
const MOST_MONTHS = 600;

const cap = (value: number, bits: number): number => Math.max(0, Math.min((1 << bits) - 1, value));
const column = (longitude: number, level: number): number =>
  cap(Math.floor(((longitude + 180) / 360) * (1 << level)), level);
const row = (latitude: number, level: number): number => cap(Math.floor(((latitude + 90) / 180) * (1 << level)), level);

function cellsOfBox([west, south, east, north]: Box): readonly number[] | null {
  for (const [i, level] of CELL_LEVELS.entries()) {
    const [x0, x1, y0, y1] = [column(west, level), column(east, level), row(south, level), row(north, level)];
    if ((x1 - x0 + 1) * (y1 - y0 + 1) > MOST_CELLS_OF_A_BOX) continue;
    const cells: number[] = [];
    for (let x = x0; x <= x1; x++) {
      for (let y = y0; y <= y1; y++) {
        cells.push((level << 24) | (x << 12) | y);
        for (const coarser of CELL_LEVELS.slice(i + 1)) {
          cells.push(OWN | (coarser << 24) | ((x >> (level - coarser)) << 12) | (y >> (level - coarser)));
        }
      }
    }
    return cells;
  }
  return null;
}

/**
 * Cells one of which every record carries that touches one of the boxes (west ≤ east each; degrees, longitude first).
 * null: the boxes are too wide or too many, leave the condition out.
 */
export function queryCells(boxes: readonly Box[]): readonly number[] | null {
  const cells = new Set<number>();
  for (const box of boxes) {
    const found = cellsOfBox(box);
    if (found === null) return null;
    for (const cell of found) cells.add(cell);
    if (cells.size > MOST_CELLS) return null;
  }
  return cells.size === 0 ? null : [...cells];
}

/** A box that may cross the antimeridian as one or two that do not. */
export function splitBox(box: Box): readonly Box[] {
  const [west, south, east, north] = box;
  return west <= east
    ? [box]
    : [
        [west, south, 180, north],
        [-180, south, east, north],
      ];
}

/** The smallest box around the positions; they must not be empty. */
export function boundsOf(positions: Iterable<Position>): Box {
  let [west, south, east, north] = [Infinity, Infinity, -Infinity, -Infinity];
  for (const [x, y] of positions) {
    west = Math.min(west, x);
    south = Math.min(south, y);
    east = Math.max(east, x);
    north = Math.max(north, y);
  }
  return [west, south, east, north];
}

function monthOf(ms: number): number {
  const date = new Date(ms);
  const month = (date.getUTCFullYear() - 1900) * 12 + date.getUTCMonth();
  return Number.isNaN(month) ? (ms < 0 ? 0 : 4095) : Math.max(0, Math.min(4095, month));
}

/**
 * Month units one of which every record carries whose time touches the window (milliseconds since 1970, null = unbounded).
 * null: the window is too wide, leave the condition out.
 */
export function queryMonths(start: number | null, end: number | null): readonly number[] | null {
  if (start === null && end === null) return null;
  const first = start === null ? 0 : monthOf(start);
  const last = end === null ? 4095 : monthOf(end);
  if (start === null || end === null) return monthsOfOpenWindow(first, last, start === null ? last : first);
  if (last - first > MOST_MONTHS) return null;
  const i = MONTH_LEVELS.findIndex((level) => (last >> level) - (first >> level) < 6);
  const level = MONTH_LEVELS[i]!;
  const units = new Set<number>();
  for (let unit = first >> level; unit <= last >> level; unit++) {
    units.add((11 << 24) | (level << 16) | unit);
    for (const coarser of MONTH_LEVELS.slice(i + 1))
      units.add(OWN | (11 << 24) | (coarser << 16) | (unit >> (coarser - level)));
  }
  return [...units];
}

/**
 * From the closed edge units grow until the open side is reached, each as large as its place allows; records of a coarser unit of
 * their own touch the window when that unit lies in it (it is one of these, or below one) or holds the edge.
 */
function monthsOfOpenWindow(first: number, last: number, edge: number): readonly number[] {
  const units: number[] = [];
  for (const level of MONTH_LEVELS.slice(1)) units.push(OWN | (11 << 24) | (level << 16) | (edge >> level));
  for (let month = first; month <= last; ) {
    const level = MONTH_LEVELS.findLast((size) => month % (1 << size) === 0 && month + (1 << size) - 1 <= last) ?? 0;
    units.push((11 << 24) | (level << 16) | (month >> level));
    month += 1 << level;
  }
  return units;
}
