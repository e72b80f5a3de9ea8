/** @jsxRuntime automatic @jsxImportSource preact */
// Records by year as bars that are links; the same figures stand in each bar's name, so that nothing is told by drawing alone.
import type { FacetValue } from '../../model/query.ts';
import type { Page } from '../page.ts';

const HEIGHT = 96;
const BAR = 22;

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
  const every = Math.max(1, Math.ceil(bars.length / 12));
  return (
    <figure class="years">
      <figcaption>{label}</figcaption>
      <svg viewBox={`0 0 ${bars.length * BAR} ${HEIGHT + 34}`} width={Math.min(bars.length * BAR * 1.4, 760)}>
        <title>{label}</title>
        {bars.map(({ year, count }, i) => {
          const height = count === 0 ? 0 : Math.max(2, (count / highest) * HEIGHT);
          const words = `${year}${page.t.colon} ${page.say.number(count)}`;
          return (
            <>
              {count > 0 && (
                <a href={href(year)} aria-label={words}>
                  <title>{words}</title>
                  <rect class="reach" x={i * BAR} y={0} width={BAR} height={HEIGHT + 14} />
                  <rect class="bar" x={i * BAR + 2} y={HEIGHT + 14 - height} width={BAR - 4} height={height} />
                </a>
              )}
              {(bars.length - 1 - i) % every === 0 && (
                <text x={i * BAR + BAR / 2} y={HEIGHT + 29} text-anchor="middle">
                  {year}
                </text>
              )}
            </>
          );
        })}
        <line x1={0} x2={bars.length * BAR} y1={HEIGHT + 14} y2={HEIGHT + 14} />
      </svg>
    </figure>
  );
}
