// The queries of data: position, area, one location (19-086r6, 8.2). No data: 204, with the type that the data would have had.
import type { RecordRows } from '../../data/records-with-rows.ts';
import { negotiate } from '../../http/negotiate.ts';
import { noContent } from '../../http/no-content.ts';
import { readParameters } from '../../http/parameters.ts';
import type { AppContext } from '../../http/protocol.ts';
import { streamBody } from '../../http/streaming.ts';
import { AppError } from '../../model/errors.ts';
import { FormatFault } from '../../model/format-fault.ts';
import type { Position } from '../../model/geometry.ts';
import { WHOLE } from '../../model/table.ts';
import type { Collection } from './collection.ts';
import { AREA, LOCATION, POSITION } from './parameters.ts';
import { askedCollection, type EdrParts, READING } from './parts.ts';
import {
  checkedNames,
  checkLevels,
  type FoundSeries,
  foundSeries,
  seriesIn,
  seriesNear,
  type Wanted,
} from './tables.ts';
import { DATA_OFFERS, type DataOffer } from './vocabulary.ts';
import { writeData } from './writers.ts';

/** What every query has read. */
interface Read extends Omit<Wanted, 'area' | 'time'> {
  readonly datetime: Wanted['time'];
  readonly f: string | null;
}

interface Query {
  readonly collection: Collection;
  readonly wanted: Wanted;
  readonly single: boolean;
  readonly sources: () => Promise<readonly RecordRows[]>;
}

function wantedOf(collection: Collection, asked: Read, area: Wanted['area']): Wanted {
  checkLevels(collection, asked.z);
  const { z, points, thinning } = asked;
  return { time: asked.datetime, names: checkedNames(collection, asked.names), z, area, points, thinning };
}

/** The first series that has rows, and the others after it; null: there is none. */
async function withFirst(all: AsyncGenerator<FoundSeries>): Promise<AsyncGenerator<FoundSeries> | null> {
  const first = await all.next();
  if (first.done) return null;
  async function* chained(): AsyncGenerator<FoundSeries> {
    if (!first.done) yield first.value;
    yield* all;
  }
  return chained();
}

async function answer(ctx: AppContext, parts: EdrParts, asked: Read, query: Query): Promise<void> {
  const offer: DataOffer = negotiate<DataOffer>({ f: asked.f, accept: ctx.req.headers.accept }, DATA_OFFERS);
  const { collection, wanted, single } = query;
  const { viewer, language } = ctx.state;
  if (parts.caching.notModified(ctx, await parts.records.revision(collection.id), `edr-${offer.id}`)) return;
  const all = await withFirst(foundSeries(parts, collection, await query.sources(), wanted, viewer));
  const type = `${offer.mediaType}; charset=utf-8`;
  if (all === null) return noContent(ctx, type);
  ctx.set('Content-Language', language);
  try {
    await streamBody(ctx, type, writeData(offer, all, { collection, links: parts.links, language, single }));
  } catch (fault) {
    if (!(fault instanceof FormatFault)) throw fault;
    // Too many values, or a key that is new: the first names what to do, the second is read again next time.
    throw new AppError('invalid-parameter', {
      faults: [{ parameter: 'datetime', detail: fault.detail }],
      cause: fault,
    });
  }
}

function offered(collection: Collection, query: Collection['queries'][number]): void {
  if (!collection.queries.includes(query)) throw new AppError('not-found');
}

export async function answerPosition(ctx: AppContext, parts: EdrParts): Promise<void> {
  const collection = await askedCollection(ctx, parts);
  offered(collection, 'position');
  const asked = readParameters(POSITION, ctx.querystring, READING);
  const { coords } = asked;
  const positions: readonly Position[] = coords.type === 'Point' ? [coords.coordinates] : coords.coordinates;
  const sources = () => seriesNear(parts, collection, positions, asked.datetime, ctx.state.viewer);
  await answer(ctx, parts, asked, { collection, wanted: wantedOf(collection, asked, null), single: false, sources });
}

export async function answerArea(ctx: AppContext, parts: EdrParts): Promise<void> {
  const collection = await askedCollection(ctx, parts);
  const asked = readParameters(AREA, ctx.querystring, READING);
  const { coords, datetime } = asked;
  const sources = () => seriesIn(parts, collection, coords, datetime, ctx.state.viewer);
  await answer(ctx, parts, asked, { collection, wanted: wantedOf(collection, asked, coords), single: false, sources });
}

/** The record of the address. Throws what its data deserve: `not-found`, `unauthorized`, `forbidden`. */
async function recordAsked(ctx: AppContext, { records, data }: EdrParts, { id }: Collection): Promise<RecordRows> {
  const text = ctx.params.locationId ?? '';
  const { viewer } = ctx.state;
  const number = /^[1-9]\d{0,8}$/.test(text) ? Number(text) : null;
  if (number === null) throw new AppError('not-found');
  const found = (await records.all(id, viewer)).find(({ record }) => record.id === number);
  if (found !== undefined) return found;
  await data.rows({ service: id, record: number, cut: WHOLE, limit: 1 }, viewer);
  throw new AppError('not-found');
}

export async function answerLocation(ctx: AppContext, parts: EdrParts): Promise<void> {
  const collection = await askedCollection(ctx, parts);
  const asked = readParameters(LOCATION, ctx.querystring, READING);
  const wanted = wantedOf(collection, asked, null);
  const record = await recordAsked(ctx, parts, collection);
  await answer(ctx, parts, asked, { collection, wanted, single: true, sources: async () => [record] });
}
