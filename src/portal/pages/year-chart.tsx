/** @jsxRuntime automatic @jsxImportSource preact */
// Records by year as bars that are links; the same figures stand in each bar's name, so that nothing is told by drawing alone.
import type { FacetValue } from '../../model/query.ts';
import type { Page } from '../page.ts';

const HEIGHT = 96;
/** Width of a bar: the year fits below each wide one, below every second narrow one. */
const NARROW = 22;
const WIDE = 40;
const MOST_WIDE = 14;

/** Every year between the first and the last, those without records included; at most 60 bars (the latest). */
function filled(years: readonly FacetValue[]): readonly { readonly year: number; readonly count: number }[] {
  const counts = new Map(
    years.filter(({ value }) => /^\d{4}$/.test(value)).map(({ value, count }) => [Number(value), count]),
  );
  if (counts.size === 0) return [];
  const last = Math.max(...counts.keys());
  const first = Math.max(Math.min(...counts.keys()), last - 59);
  return Array.from({ length: last - first + 1 }, (_, i) => ({ year: first + i, count: counts.get(first + i) ?? 0 }));
}

export function YearChart({
  page,
  years,
  label,
  href,
}: {
  page: Page;
  years: readonly FacetValue[];
  label: string;
  href: (year: number) => string;
}) {
  const bars = filled(years);
  if (bars.length < 2) return null;
  const highest = Math.max(...bars.map((bar) => bar.count));
  const isWide = bars.length <= MOST_WIDE;
  const bar = isWide ? WIDE : NARROW;
  const every = isWide ? 1 : Math.max(2, Math.ceil(bars.length / 12));
  return (
    <figure class="years">
      <figcaption>{label}</figcaption>
      <svg
        viewBox={`0 0 ${bars.length * bar} ${HEIGHT + 34}`}
        width={Math.min(bars.length * bar * (isWide ? 1 : 1.4), 760)}
      >
        <title>{label}</title>
        {bars.map(({ year, count }, i) => {
          const height = count === 0 ? 0 : Math.max(2, (count / highest) * HEIGHT);
          const words = `${year}${page.t.colon} ${page.say.number(count)}`;
          return (
            <>
              {count > 0 && (
                <a href={href(year)} aria-label={words}>
                  <title>{words}</title>
                  <rect class="reach" x={i * bar} y={0} width={bar} height={HEIGHT + 14} />
                  <rect class="bar" x={i * bar + 2} y={HEIGHT + 14 - height} width={bar - 4} height={height} />
                </a>
              )}
              {(bars.length - 1 - i) % every === 0 && (
                <text x={i * bar + bar / 2} y={HEIGHT + 29} text-anchor="middle">
                  {year}
                </text>
              )}
            </>
          );
        })}
        <line x1={0} x2={bars.length * bar} y1={HEIGHT + 14} y2={HEIGHT + 14} />
      </svg>
    </figure>
  );
}
