// Points gathered in the cells of a regular grid: cell (i, j) = floor((x − x0) / c), lower edges inside. Positions are compared as whole
// numbers of 1e-7: in doubles (45.80 − 45.70) / 0.1 lies below 1 and would fall into the wrong row.

const FINEST = 1e7;
/** So many cells are kept at most. */
export const MOST_CELLS = 200_000;

export interface Cell {
  readonly i: number;
  readonly j: number;
  readonly values: number[];
}

export interface Grid {
  readonly add: (x: number, y: number, value: number) => void;
  /** By j, then i. */
  readonly cells: () => readonly Cell[];
  /** Edges of a cell: x of the lower and upper one, y of both. */
  readonly edges: (cell: Pick<Cell, 'i' | 'j'>) => readonly [x0: number, y0: number, x1: number, y1: number];
}

/** `size` and `origin` in the unit of the positions, rounded to 1e-7. Throws RangeError when there are more than MOST_CELLS. */
export function createGrid(size: number, origin: readonly [x: number, y: number]): Grid {
  const step = Math.round(size * FINEST);
  const [x0, y0] = origin.map((value) => Math.round(value * FINEST)) as [number, number];
  const cells = new Map<string, Cell>();
  const place = (value: number, from: number): number => Math.floor((Math.round(value * FINEST) - from) / step);
  const edge = (index: number, from: number): number => (from + index * step) / FINEST;
  return {
    add(x, y, value) {
      const [i, j] = [place(x, x0), place(y, y0)];
      const key = `${i},${j}`;
      const cell = cells.get(key);
      if (cell !== undefined) cell.values.push(value);
      else {
        if (cells.size === MOST_CELLS) throw new RangeError('too many cells');
        cells.set(key, { i, j, values: [value] });
      }
    },
    cells: () => [...cells.values()].sort((a, b) => a.j - b.j || a.i - b.i),
    edges: ({ i, j }) => [edge(i, x0), edge(j, y0), edge(i + 1, x0), edge(j + 1, y0)],
  };
}
