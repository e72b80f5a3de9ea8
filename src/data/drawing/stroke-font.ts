// Letters as strokes, so that a picture has readable text on a machine without fonts. A glyph is drawn on a grid of hexadecimal digits `xy`:
// baseline y = 4, height of small letters a, of capitals d, depth 1. A stroke that begins with `~` is a curve (quadratic B-spline).

const BOWL = '~3a 5a 54 04 0a 3a';
const RING = '~3d 6d 64 04 0d 3d';

const GLYPHS: Readonly<Record<string, string>> = {
  A: '04 3d 64|17 57',
  B: '04 0d|~0d 6d 69 09|~09 79 74 04',
  C: '~6b 6d 0d 04 64 66',
  D: '04 0d|~0d 2d 6d 64 24 04',
  E: '6d 0d 04 64|09 49',
  F: '6d 0d 04|09 49',
  G: '~6b 6d 0d 04 64 68|68 48',
  H: '04 0d|64 6d|09 69',
  I: '04 0d',
  J: '4d 46|~46 44 04 06',
  K: '04 0d|5d 08|2a 64',
  L: '0d 04 54',
  M: '04 0d 47 8d 84',
  N: '04 0d 64 6d',
  O: RING,
  P: '04 0d|~0d 6d 68 08',
  Q: `${RING}|46 73`,
  R: '04 0d|~0d 6d 68 08|38 64',
  S: '~6b 6d 0d 09 69 64 04 06',
  T: '0d 6d|3d 34',
  U: '0d 07|~07 04 64 67|67 6d',
  V: '0d 34 6d',
  W: '0d 24 4c 64 8d',
  X: '0d 64|6d 04',
  Y: '0d 39 6d|39 34',
  Z: '0d 6d 04 64',
  a: `${BOWL}|5a 54`,
  b: `0d 04|${BOWL}`,
  c: '~59 5a 0a 04 54 55',
  d: `5d 54|${BOWL}`,
  e: '07 57|~57 5a 0a 04 54 55',
  f: '~4d 1d 1a|1a 14|0a 3a',
  g: `${BOWL}|5a 53|~53 51 01 02`,
  h: '0d 04|~07 0a 5a 57|57 54',
  i: '0a 04|0c 0d',
  j: '2a 23|~23 21 01|2c 2d',
  k: '0d 04|4a 06|27 44',
  l: '0d 04',
  m: '0a 04|~07 0a 4a 47|47 44|~47 4a 8a 87|87 84',
  n: '0a 04|~07 0a 5a 57|57 54',
  o: BOWL,
  p: `0a 01|${BOWL}`,
  q: `5a 51|${BOWL}`,
  r: '0a 04|~07 0a 3a',
  s: '~49 4a 0a 07 47 44 04 05',
  t: '1d 16|~16 14 34|0a 3a',
  u: '0a 07|~07 04 54 57|5a 54',
  v: '0a 24 4a',
  w: '0a 24 49 64 8a',
  x: '0a 44|4a 04',
  y: '0a 24|4a 11',
  z: '0a 4a 04 44',
  0: '~3d 5d 54 04 0d 3d',
  1: '0b 2d 24',
  2: '~0b 0d 5d 59 04|04 54',
  3: '~0b 0d 5d 59 29|~29 59 54 04 06',
  4: '44 4d 07 57',
  5: '5d 0d 09|~09 0a 5a 54 04 06',
  6: `~4d 0d 07|${BOWL}`,
  7: '0d 5d 14',
  8: '~3d 5d 59 09 0d 3d|~39 59 54 04 09 39',
  9: '~3d 5d 57 07 0d 3d|~5a 54 14',
  '.': '04 05',
  ',': '14 02',
  ':': '04 05|09 0a',
  ';': '14 02|19 1a',
  '!': '04 05|07 0d',
  '?': '~0b 0d 4d 49 28|28 27|24 25',
  '-': '08 38',
  '−': '08 48',
  '–': '08 58',
  '—': '08 78',
  '+': '08 48|26 2a',
  '=': '07 47|09 49',
  '±': '09 49|27 2b|05 45',
  '×': '06 4a|46 0a',
  '*': '27 2d|08 4c|48 0c',
  '/': '02 4d',
  '\\': '0d 42',
  '|': '02 0e',
  _: '03 53',
  '^': '0b 2d 4b',
  '~': '~07 0a 47 4a',
  '`': '0d 1b',
  "'": '0b 0d',
  '’': '1d 0b',
  '"': '0b 0d|2b 2d',
  '(': '~2e 0b 06 22',
  ')': '~0e 2b 26 02',
  '[': '2e 0e 02 22',
  ']': '0e 2e 22 02',
  '{': '~3e 1e 19 08 17 12 32',
  '}': '~0e 2e 29 38 27 22 02',
  '<': '4b 08 45',
  '>': '0b 48 05',
  '≤': '4c 09 46|03 43',
  '≥': '0c 49 06|03 43',
  '≈': '~06 08 46 48|~09 0b 49 4b',
  '%': '04 6d|~1d 2d 2a 0a 0d 1d|~57 67 64 44 47 57',
  '‰': '04 6d|~1d 2d 2a 0a 0d 1d|~57 67 64 44 47 57|~97 a7 a4 84 87 97',
  '°': '~1d 2d 2a 0a 0d 1d',
  '#': '14 2d|44 5d|07 67|0a 6a',
  '&': '~64 0c 0d 3d 4b 07 04 34 58',
  '@': '~67 47 4a 6a 66 86 8d 0d 04 74',
  $: '~6b 6d 0d 09 69 64 04 06|3e 33',
  '·': '08 09',
  '…': '04 05|24 25|44 45',
  µ: '0a 01|~07 04 54 57|5a 54',
  Δ: '04 3d 64 04',
  Ω: '04 24|~24 06 0d 6d 66 44|44 64',
  δ: `${BOWL}|~3a 0c 0d 4d`,
  σ: `${BOWL}|3a 6a`,
  λ: '0d 54|29 04',
  ρ: `01 07|${BOWL}`,
  ß: '01 0a|~0a 0d 4d 49 29|~29 59 54 24',
  ø: `${BOWL}|04 5a`,
  Ø: `${RING}|04 6d`,
};

/** What is drawn with the signs of another one. */
const SAME: Readonly<Record<string, string>> = {
  μ: 'µ',
  '⋅': '·',
  '•': '·',
  '‑': '-',
  '‐': '-',
  '‘': "'",
  '“': '"',
  '”': '"',
  '«': '"',
  '»': '"',
  œ: 'oe',
  Œ: 'OE',
  æ: 'ae',
  Æ: 'AE',
};

/** Strokes of accents above a letter of the height a; above capitals they stand three higher. */
const ACCENTS: Readonly<Record<string, string>> = {
  '\u0300': '1d 2b',
  '\u0301': '2b 3d',
  '\u0302': '1b 2d 3b',
  '\u0303': '~0b 1d 3b 4d',
  '\u0308': '1c 1d|3c 3d',
  '\u030a': '~2d 3d 3b 1b 1d 2d',
  '\u0327': '~34 32 11',
};
const UNKNOWN = '04 0d 5d 54 04';
const RAISED = '⁰¹²³⁴⁵⁶⁷⁸⁹⁻⁺';
const LOWERED = '₀₁₂₃₄₅₆₇₈₉₋₊';
const SMALL = '0123456789-+';
/** Grid units of one em. */
const EM = 12.5;
const GAP = 2;
const BLANK = 4;

type Point = readonly [x: number, y: number];

interface Placed {
  readonly strokes: string;
  /** Grid units from the left; scale and lift of raised and lowered signs. */
  readonly x: number;
  readonly scale: number;
  readonly lift: number;
}

const pointsOf = (stroke: string): readonly Point[] =>
  stroke
    .replace('~', '')
    .split(' ')
    .map((pair): Point => [Number.parseInt(pair[0] ?? '0', 16), Number.parseInt(pair[1] ?? '0', 16) - 4]);

function widthOf(strokes: string): number {
  return strokes.split('|').reduce((most, stroke) => Math.max(most, ...pointsOf(stroke).map(([x]) => x)), 0);
}

/** Glyphs of the text from left to right, and the width of all in grid units. */
function place(text: string): { readonly placed: readonly Placed[]; readonly width: number } {
  const placed: Placed[] = [];
  let x = 0;
  let before = { x: 0, tall: false };
  const signs = [...text.normalize('NFD')].flatMap((sign) => [...(SAME[sign] ?? sign)]);
  for (const sign of signs) {
    const accent = ACCENTS[sign];
    if (accent !== undefined) {
      placed.push({ strokes: accent, x: before.x, scale: 1, lift: before.tall && sign !== '\u0327' ? 3 : 0 });
      continue;
    }
    if (/\s/.test(sign)) {
      x += BLANK;
      continue;
    }
    const [raised, lowered] = [RAISED.indexOf(sign), LOWERED.indexOf(sign)];
    const small = SMALL[Math.max(raised, lowered)];
    const strokes = GLYPHS[small ?? sign] ?? UNKNOWN;
    const scale = small === undefined ? 1 : 0.62;
    placed.push({ strokes, x, scale, lift: raised >= 0 ? 4.5 : lowered >= 0 ? -1.5 : 0 });
    before = { x, tall: /[A-ZÀ-Þ]/.test(sign) };
    x += widthOf(strokes) * scale + GAP;
  }
  return { placed, width: Math.max(0, x - GAP) };
}

const short = (value: number): string => String(Math.round(value * 100) / 100);

function curve(points: readonly Point[], at: (point: Point) => string): string {
  const [first = [0, 0] as Point] = points;
  let path = `M${at(first)}`;
  for (let n = 1; n < points.length - 1; n++) {
    const [here, next] = [points[n] as Point, points[n + 1] as Point];
    const to: Point = n === points.length - 2 ? next : [(here[0] + next[0]) / 2, (here[1] + next[1]) / 2];
    path += `Q${at(here)} ${at(to)}`;
  }
  return path;
}

/** Width of the text in pixels where an em has `size` of them. */
export function strokeTextWidth(text: string, size: number): number {
  return (place(text).width * size) / EM;
}

/** SVG path data of the text: baseline at y, the left end at x; to be stroked, not filled. A sign without a glyph is an empty box. */
export function strokeText(text: string, x: number, y: number, size: number): string {
  const unit = size / EM;
  return place(text)
    .placed.flatMap(({ strokes, x: left, scale, lift }) => {
      const at = ([px, py]: Point) =>
        `${short(x + (left + px * scale) * unit)} ${short(y - (py * scale + lift) * unit)}`;
      return strokes.split('|').map((stroke) => {
        const points = pointsOf(stroke);
        return stroke.startsWith('~') ? curve(points, at) : `M${points.map(at).join('L')}`;
      });
    })
    .join('');
}
