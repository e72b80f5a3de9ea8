// The paper of a drawing: its SVG element with title and background, the frame of a plot, marks of axes, and scales from values to pixels.
import { xmlText } from '../../formats/writers/text.ts';
import { fitted, type Lettering, svgText } from './svg-text.ts';
import type { Tick } from './ticks.ts';

export interface Area {
  readonly left: number;
  readonly top: number;
  readonly width: number;
  readonly height: number;
}

/** Value → pixel. */
export type Scale = (value: number) => number;

export const pixel = (value: number): number => Math.round(value * 10) / 10;

export function linearScale(start: number, end: number, from: number, to: number): Scale {
  const span = end - start || 1;
  return (value) => from + ((value - start) / span) * (to - from);
}

export function logarithmicScale(start: number, end: number, from: number, to: number): Scale {
  const linear = linearScale(Math.log(start), Math.log(end), from, to);
  return (value) => (value > 0 ? linear(Math.log(value)) : Number.NaN);
}

export const GREY = '#666';
const GRID = '#e3e3e3';
export const SMALL_TEXT = 11;

/** Vertical marks below the area. A label that would touch the one before it is left out. */
export function bottomAxis(
  lettering: Lettering,
  area: Area,
  ticks: readonly Tick[],
  scale: Scale,
  labels: boolean,
): string {
  const bottom = area.top + area.height;
  let end = Number.NEGATIVE_INFINITY;
  return ticks
    .map(({ at, label, context }) => {
      const x = pixel(scale(at));
      const line = `<path d="M${x} ${area.top}V${bottom}" stroke="${GRID}"/><path d="M${x} ${bottom}v4" stroke="${GREY}"/>`;
      const half = (Math.max(label.length, context?.length ?? 0) * SMALL_TEXT) / 3.4;
      // The last label stays on the paper.
      const middle = Math.min(x, pixel(area.left + area.width + 14 - half));
      if (!labels || middle - half < end) return line;
      end = middle + half + 4;
      const text = { size: SMALL_TEXT, anchor: 'middle' as const };
      const second =
        context === undefined ? '' : svgText(lettering, context, middle, bottom + 31, { ...text, colour: GREY });
      return `${line}${svgText(lettering, label, middle, bottom + 17, text)}${second}`;
    })
    .join('');
}

export function leftAxis(lettering: Lettering, area: Area, ticks: readonly Tick[], scale: Scale): string {
  return ticks
    .map(({ at, label }) => {
      const y = pixel(scale(at));
      const line = `<path d="M${area.left} ${y}h${area.width}" stroke="${GRID}"/><path d="M${area.left} ${y}h-4" stroke="${GREY}"/>`;
      const text = svgText(lettering, label, area.left - 7, pixel(y + SMALL_TEXT * 0.36), {
        size: SMALL_TEXT,
        anchor: 'end',
      });
      return line + text;
    })
    .join('');
}

export function border({ left, top, width, height }: Area): string {
  return `<rect x="${left}" y="${top}" width="${width}" height="${height}" fill="none" stroke="${GREY}"/>`;
}

export interface Paper {
  readonly width: number;
  readonly height: number;
  readonly title: string;
  /** One sentence on what is drawn, for who cannot see it. */
  readonly description: string;
  /** Small text at the lower edge; empty: none. */
  readonly note: string;
  readonly lettering: Lettering;
  readonly transparent: boolean;
}

/** Height of the lines above the plots. */
export const HEAD = 30;
/** Height of the note below them. */
export const FOOT = 18;

/** The whole document around what is drawn. */
export function svgDocument(paper: Paper, content: string): string {
  const { width, height, title, description, note, lettering, transparent } = paper;
  const background = transparent ? '' : `<rect width="${width}" height="${height}" fill="#fff"/>`;
  const head = svgText(lettering, fitted(title, 14, width - 20), 10, 20, { size: 14, bold: true });
  const foot =
    note === '' ? '' : svgText(lettering, fitted(note, 10, width - 20), 10, height - 6, { size: 10, colour: GREY });
  return `<svg xmlns="http://www.w3.org/2000/svg" width="${width}" height="${height}" viewBox="0 0 ${width} ${height}" role="img" font-family="sans-serif"><title>${xmlText(title)}</title><desc>${xmlText(description)}</desc>${background}${head}${content}${foot}</svg>`;
}
