// Colours that people with every kind of colour vision tell apart.

/** Okabe and Ito (2008), the light yellow left out because it vanishes on white. */
export const SERIES_COLOURS = ['#0072b2', '#d55e00', '#009e73', '#cc79a7', '#56b4e9', '#e69f00', '#000000', '#7f7f7f'];

/** Viridis at nine places. */
const VIRIDIS = ['#440154', '#472d7b', '#3b528b', '#2c728e', '#21918c', '#28ae80', '#5ec962', '#addc30', '#fde725'];

const channel = (colour: string, n: number): number => Number.parseInt(colour.slice(1 + 2 * n, 3 + 2 * n), 16);

/** The colour of a share of the scale, 0 dark to 1 bright. */
export function scaleColour(share: number): string {
  const place = Math.min(1, Math.max(0, share)) * (VIRIDIS.length - 1);
  const low = Math.min(VIRIDIS.length - 2, Math.floor(place));
  const [from, to] = [VIRIDIS[low] as string, VIRIDIS[low + 1] as string];
  const part = place - low;
  const parts = [0, 1, 2].map((n) => Math.round(channel(from, n) + part * (channel(to, n) - channel(from, n))));
  return `#${parts.map((value) => value.toString(16).padStart(2, '0')).join('')}`;
}
