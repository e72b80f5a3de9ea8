// The rows of observations of the demo catalogue: which record has which, as chunks for the writer of rows. Each kind of service makes its own;
// the same rows at every scale, a larger one only goes on.
import type { MetadataInput } from '../../mapping/row.ts';
import type { Chunk, Values } from '../../model/table.ts';
import type { DataShape, ShapeColumn } from '../../storage/data-shape.ts';
import { at } from './draft.ts';
import { coppdd, lidarProfiles, radioactivity, windAndRain } from './observed-air.ts';
import { activity, gases, radar, rocks } from './observed-eruptions.ts';
import { airbornePhysics } from './observed-flights.ts';
import { experiments, positions, shocks } from './observed-ground.ts';
import { cloudWater, groundWater } from './observed-water.ts';
import { type Random, rowRandom, SEED } from './random.ts';
import { type Scale, seedRows } from './rows.ts';

/** Values of a row by column; what is not there is missing. Times are milliseconds since 1970. */
export type Observation = { readonly [column: string]: number | string | null | readonly number[] };

/** A seeded record, as the makers of its rows see it. */
export interface Observed {
  readonly id: number;
  readonly scale: Scale;
  readonly fields: NonNullable<MetadataInput['fields']>;
  readonly instrument: string;
  /** Milliseconds since 1970; an open or absent end is the begin. */
  readonly begin: number;
  readonly end: number;
  readonly input: MetadataInput;
  readonly random: Random;
}

/** null: the record has no rows at this scale. */
export type Maker = (about: Observed) => Iterable<Observation> | null;

const MAKERS: { readonly [service: string]: Maker } = {
  airborne: airbornePhysics,
  auverwatch: groundWater,
  biocap: cloudWater,
  copdd: coppdd,
  dynvolc: rocks,
  gazvolc: gases,
  hotvolc: activity,
  lidar: lidarProfiles,
  opme: windAndRain,
  presse: experiments,
  rayonnement: radioactivity,
  renag: positions,
  sismo: shocks,
  voldorad: radar,
};

function observed(input: MetadataInput, scale: Scale): Observed | null {
  if (!input.date_b || input.id === undefined) return null;
  const begin = at(`${input.date_b}T${input.time_b ?? '00:00'}`);
  const end = input.date_e ? at(`${input.date_e}T${input.time_e ?? '23:59:59'}`) : begin;
  return {
    id: input.id,
    scale,
    fields: input.fields ?? {},
    instrument: input.instrument?.[0] ?? '',
    begin,
    end: Math.max(begin, end),
    input,
    random: rowRandom(SEED, `${input.service} rows`, input.id),
  };
}

/** Rows that a chunk has at most. */
const ROWS = 4096;

function missing(column: ShapeColumn, rows: number): Values {
  if (column.kind === 'text') return new Array<string | null>(rows).fill(null);
  return new Float64Array(rows * column.size).fill(Number.NaN);
}

function chunkOf(shape: DataShape, rows: readonly (readonly [record: number, row: Observation])[]): Chunk {
  const values = shape.columns.map((column) => {
    const out = missing(column, rows.length);
    rows.forEach(([record, row], n) => {
      const value = column.name === 'record' ? record : row[column.name];
      if (value === null || value === undefined) return;
      if (Array.isArray(value)) (out as Float64Array).set(value, n * column.size);
      else (out as unknown[])[n] = value;
    });
    return out;
  });
  return { rows: rows.length, values };
}

/** Rows of one service in chunks of the shape's columns; none for a service that the demo has no rows of. */
export function* observationChunks(
  shape: DataShape,
  scale: Scale,
  records: Iterable<MetadataInput> = recordsOf(shape.service, scale),
): Iterable<Chunk> {
  const make = MAKERS[shape.service];
  if (make === undefined) return;
  let rows: (readonly [number, Observation])[] = [];
  for (const input of records) {
    const about = observed(input, scale);
    for (const row of (about === null ? null : make(about)) ?? []) {
      rows.push([input.id as number, row]);
      if (rows.length < ROWS) continue;
      yield chunkOf(shape, rows);
      rows = [];
    }
  }
  if (rows.length > 0) yield chunkOf(shape, rows);
}

function* recordsOf(service: string, scale: Scale): Iterable<MetadataInput> {
  for (const { input } of seedRows(scale, SEED, service)) yield input;
}
