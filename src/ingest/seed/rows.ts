// The demo catalogue as rows of the table: 16 services, the same rows at every scale, a larger scale only goes on. Needs no database.
import type { MetadataInput } from '../../mapping/row.ts';
import type { Position } from '../../model/geometry.ts';
import { lidar, opme, rayonnement } from './atmosphere.ts';
import { airborne, drones, presse } from './campaigns.ts';
import { complete } from './common.ts';
import { copdd } from './copdd.ts';
import type { Draft, SeedService } from './draft.ts';
import { EDGE_ROWS } from './edges.ts';
import { hotvolc } from './hotvolc.ts';
import { renag, sismo } from './networks.ts';
import { oi2 } from './oi2.ts';
import { rowRandom, SEED } from './random.ts';
import { dynvolc, gazvolc } from './samples.ts';
import { voldorad } from './voldorad.ts';
import { auverwatch, biocap } from './water.ts';

export const SCALES = ['demo', 'full', 'million'] as const;
export type Scale = (typeof SCALES)[number];

/** Records of each service at each scale; `full` is what a believable observatory has. */
export const COUNTS: { readonly [service: string]: { readonly [S in Scale]: number } } = {
  airborne: { demo: 60, full: 120, million: 400 },
  auverwatch: { demo: 300, full: 1000, million: 1200 },
  biocap: { demo: 150, full: 400, million: 400 },
  copdd: { demo: 800, full: 5000, million: 60_000 },
  drones: { demo: 30, full: 40, million: 200 },
  dynvolc: { demo: 320, full: 800, million: 4000 },
  gazvolc: { demo: 150, full: 300, million: 2000 },
  hotvolc: { demo: 1900, full: 50_000, million: 600_000 },
  lidar: { demo: 100, full: 200, million: 6000 },
  oi2: { demo: 450, full: 1500, million: 10_000 },
  opme: { demo: 100, full: 200, million: 6000 },
  presse: { demo: 60, full: 120, million: 800 },
  rayonnement: { demo: 80, full: 150, million: 1000 },
  renag: { demo: 100, full: 150, million: 3000 },
  sismo: { demo: 150, full: 200, million: 5000 },
  voldorad: { demo: 1250, full: 20_000, million: 300_000 },
};

const GENERATORS = (seed: number): readonly SeedService[] => [
  airborne(),
  auverwatch(),
  biocap(),
  copdd(),
  drones(),
  dynvolc(rowRandom(seed, 'dynvolc', 0)),
  gazvolc(rowRandom(seed, 'gazvolc', 0)),
  hotvolc(rowRandom(seed, 'hotvolc', 0)),
  lidar(),
  oi2(rowRandom(seed, 'oi2', 0)),
  opme(),
  presse(),
  rayonnement(),
  renag(),
  sismo(),
  voldorad(rowRandom(seed, 'voldorad', 0)),
];

/** A row, and where it stands on WGS 84 (longitude, latitude), whatever coordinate system its numbers are in. */
export interface SeedRow {
  readonly input: MetadataInput;
  readonly wgs84: Position | null;
  /** What is special about the row; null for the many. */
  readonly edge: string | null;
}

export function seedCount(scale: Scale): number {
  return Object.values(COUNTS).reduce((sum, count) => sum + count[scale], 0);
}

/**
 * All rows of a scale, service by service (or those of one); ids of a service run from 1. The same on every machine and every day.
 */
export function* seedRows(scale: Scale, seed: number = SEED, only: string | null = null): Iterable<SeedRow> {
  for (const service of GENERATORS(seed)) {
    if (only !== null && service.name !== only) continue;
    const edges = EDGE_ROWS.filter((row) => row.service === service.name);
    const fixed: readonly { readonly edge: string | null; readonly draft: Draft }[] = [
      ...service.fixed.map((draft) => ({ edge: null, draft })),
      ...edges,
    ];
    const count = COUNTS[service.name]?.[scale] ?? 0;
    for (let id = 1; id <= count; id += 1) {
      const random = rowRandom(seed, service.name, id);
      const known = fixed[id - 1];
      const draft = known?.draft ?? service.row(id, random);
      yield {
        input: complete(service.name, id, draft, random),
        wgs84: positionOf(draft),
        edge: known?.edge ?? null,
      };
    }
  }
}

function positionOf(draft: Draft): Position | null {
  if (draft.wgs84) return draft.wgs84;
  if (draft.longitude == null || draft.latitude == null) return null;
  return [draft.longitude, draft.latitude];
}
