// The parameters of the workloads: searches that each match at least ten records, identifiers, and deep positions; the same for both servers.
import { type BenchRecord, randomOf } from './records.ts';

export interface Search {
  readonly q: string;
  readonly bbox: readonly number[];
  readonly start: string;
  readonly end: string;
}
export interface Parameters {
  readonly total: number;
  readonly searches: readonly Search[];
  readonly ids: readonly string[];
  readonly deep: readonly number[];
}

interface Sketch {
  readonly id: string;
  readonly bbox: readonly number[];
  readonly begin: string;
  readonly end: string;
  readonly words: ReadonlySet<string>;
  readonly keywords: readonly string[];
}

/** Plain words of four letters and more; one with an accent would be stemmed differently by the two servers. */
const plainWords = (text: string) =>
  text
    .toLowerCase()
    .split(/[^\p{L}]+/u)
    .filter((word) => /^[a-z]{4,}$/.test(word));

function holds(search: Search, record: Sketch): boolean {
  const [west = 0, south = 0, east = 0, north = 0] = search.bbox;
  const [w = 0, s = 0, e = 0, n = 0] = record.bbox;
  return (
    w <= east &&
    e >= west &&
    s <= north &&
    n >= south &&
    record.words.has(search.q) &&
    record.begin >= search.start &&
    record.end <= search.end
  );
}

/** Collects records one by one, then draws `count` sets of parameters. */
export function parameterDrawer(): { add(record: BenchRecord): void; draw(count: number): Parameters } {
  const sketches: Sketch[] = [];
  return {
    add(record) {
      const keywords = plainWords(record.keywords.join(' '));
      const words = new Set([...keywords, ...plainWords(`${record.title} ${record.description}`)]);
      sketches.push({ id: record.id, bbox: record.bbox, begin: record.begin, end: record.end, words, keywords });
    },
    draw(count) {
      const random = randomOf(7);
      const pick = <T>(list: readonly T[]): T => list[Math.floor(random() * list.length)] as T;
      const searches: Search[] = [];
      for (let attempt = 0; searches.length < count && attempt < count * 500; attempt++) {
        const near = pick(sketches);
        const half = 0.25 + random() * 2.5;
        const [w = 0, s = 0] = near.bbox;
        const year = 1992 + Math.floor(random() * 25);
        const search: Search = {
          q: pick(near.keywords),
          bbox: [
            Math.max(-180, w - half),
            Math.max(-90, s - half),
            Math.min(180, w + half),
            Math.min(90, s + half),
          ].map((x) => Number(x.toFixed(3))),
          start: `${year}-01-01T00:00:00Z`,
          end: `${year + 2 + Math.floor(random() * 8)}-12-31T23:59:59Z`,
        };
        let hits = 0;
        for (let i = 0; i < sketches.length && hits < 10; i++) if (holds(search, sketches[i] as Sketch)) hits++;
        if (hits === 10) searches.push(search);
      }
      if (searches.length < count)
        throw new Error(`only ${searches.length} searches with ten hits: the catalogue is too small`);
      const total = sketches.length;
      return {
        total,
        searches,
        ids: Array.from({ length: count }, () => pick(sketches).id),
        // 90 % of the way down, each a page further.
        deep: Array.from({ length: count }, (_, k) => Math.floor(total * 0.9) + 10 * k),
      };
    },
  };
}
