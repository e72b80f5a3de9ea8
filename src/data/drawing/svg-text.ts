// Text in a drawing: as text of SVG, which a browser can read out and search, or as strokes, which need no font.
import { xmlText } from '../../formats/writers/text.ts';
import { strokeText, strokeTextWidth } from './stroke-font.ts';

export type Lettering = 'text' | 'strokes';

export interface TextOptions {
  /** Pixels of an em. */
  readonly size: number;
  readonly anchor?: 'start' | 'middle' | 'end';
  readonly colour?: string;
  /** From bottom to top. */
  readonly upright?: boolean;
  readonly bold?: boolean;
}

/** Pixels that the text is wide; fonts of browsers are a little narrower. */
export const textWidth = strokeTextWidth;

/** The text without what does not fit into so many pixels; cut texts end in `…`. */
export function fitted(text: string, size: number, width: number): string {
  if (textWidth(text, size) <= width) return text;
  let end = text.length;
  while (end > 0 && textWidth(`${text.slice(0, end)}…`, size) > width) end -= 1;
  return `${text.slice(0, end).trimEnd()}…`;
}

/** An element with the text; (x, y) is the anchor on the baseline. */
export function svgText(lettering: Lettering, text: string, x: number, y: number, options: TextOptions): string {
  const { size, anchor = 'start', colour = '#222', upright = false, bold = false } = options;
  const turn = upright ? ` transform="rotate(-90 ${x} ${y})"` : '';
  if (lettering === 'text') {
    const weight = bold ? ' font-weight="600"' : '';
    return `<text x="${x}" y="${y}" font-size="${size}" text-anchor="${anchor}" fill="${colour}"${weight}${turn}>${xmlText(text)}</text>`;
  }
  const shift = anchor === 'start' ? 0 : textWidth(text, size) / (anchor === 'middle' ? 2 : 1);
  const path = strokeText(text, x - shift, y, size);
  if (path === '') return '';
  const width = Math.round(size * (bold ? 14 : 10)) / 100;
  return `<path d="${path}" fill="none" stroke="${colour}" stroke-width="${width}" stroke-linecap="round" stroke-linejoin="round"${turn}/>`;
}
