// Colours of the style sheet, light and dark: text against its ground at least 4.5, drawings and frames of controls at least 3 (WCAG 2.2, 1.4.3 and 1.4.11).
import { readFileSync } from 'node:fs';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const sheet = readFileSync(new URL('../../src/portal/styles/base.css', import.meta.url), 'utf8');
const [light = '', dark = ''] = sheet.split('@media (prefers-color-scheme: dark)');

const colours = (css: string): ReadonlyMap<string, string> =>
  new Map([...css.matchAll(/--([\w-]+): (#[0-9a-f]{6});/g)].map(([, name = '', value = '']) => [name, value]));

/** Relative luminance (WCAG 2.2, definition). */
function luminance(colour: string): number {
  const [red = 0, green = 0, blue = 0] = [1, 3, 5].map((i) => {
    const part = Number.parseInt(colour.slice(i, i + 2), 16) / 255;
    return part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4;
  });
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

function contrast(one: string, other: string): number {
  const [brighter = 0, darker = 0] = [luminance(one), luminance(other)].sort((a, b) => b - a);
  return (brighter + 0.05) / (darker + 0.05);
}

const TEXTS = [
  ...['ground', 'raised', 'sea', 'wrong-ground', 'care-ground'].map((ground) => ['ink', ground] as const),
  ...['ground', 'raised', 'sea'].map((ground) => ['quiet', ground] as const),
  ...['ground', 'raised', 'wrong-ground'].map((ground) => ['link', ground] as const),
  ['head-ink', 'head'],
  ['accent-ink', 'accent'],
  ['good', 'good-ground'],
  ['care', 'care-ground'],
  ['wrong', 'ground'],
] as const;
const DRAWINGS = [
  ['bar', 'ground'],
  ['accent', 'sea'],
  ['quiet', 'ground'],
] as const;

const suiteOf = suite('contrast of the pages');

for (const [name, css] of [
  ['light', light],
  ['dark', dark],
] as const) {
  suiteOf(name, () => {
    const all = colours(css);
    const check = (pairs: readonly (readonly [string, string])[], least: number) => {
      for (const [one, other] of pairs) {
        const ratio = contrast(all.get(one) ?? '', all.get(other) ?? '');
        assert.ok(ratio >= least, `${one} on ${other}: ${ratio.toFixed(2)}`);
      }
    };
    check(TEXTS, 4.5);
    check(DRAWINGS, 3);
  });
}

suiteOf.run();
