// The colours of a scale with their values, beside a map or a grid.
import { linearScale, pixel, SMALL_TEXT } from './frame.ts';
import { scaleColour } from './palette.ts';
import { fitted, type Lettering, svgText } from './svg-text.ts';
import { numberTicks } from './ticks.ts';

/** The colours from the smallest to the greatest value, at the right edge. */
export function colourBar(
  lettering: Lettering,
  area: { left: number; top: number; height: number },
  low: number,
  high: number,
  label: string,
): string {
  const STEPS = 64;
  const { left, top, height } = area;
  const each = height / STEPS;
  const parts = Array.from({ length: STEPS }, (_, n) => {
    const y = pixel(top + height - (n + 1) * each);
    return `<rect x="${left}" y="${y}" width="14" height="${pixel(each + 0.6)}" fill="${scaleColour((n + 0.5) / STEPS)}"/>`;
  });
  const scale = linearScale(low, high, top + height, top);
  const ticks = numberTicks(low, high, Math.max(2, Math.floor(height / 40))).map(({ at, label: text }) =>
    svgText(lettering, text, left + 19, pixel(scale(at) + SMALL_TEXT * 0.36), { size: SMALL_TEXT }),
  );
  const name = svgText(lettering, fitted(label, SMALL_TEXT, height), left + 74, pixel(top + height / 2), {
    size: SMALL_TEXT,
    anchor: 'middle',
    upright: true,
  });
  return parts.join('') + ticks.join('') + name;
}
