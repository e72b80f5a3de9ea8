// A request for a data set in one of its kinds of answers.
import type { DataAccess } from '../../data/data-access.ts';
import { parquet } from '../../formats/codecs/parquet.ts';
import type { Caching } from '../../http/caching.ts';
import { contentDisposition } from '../../http/content-disposition.ts';
import type { AppContext } from '../../http/protocol.ts';
import { sendText } from '../../http/send-text.ts';
import { streamBody } from '../../http/streaming.ts';
import { AppError } from '../../model/errors.ts';
import type { Chunk, Table } from '../../model/table.ts';
import { dasText, ddsText } from './dap-text.ts';
import type { DataSet, DataSets } from './data-set.ts';
import { noDataSet, noRows, TEXT_TYPE } from './errors.ts';
import { ALL_TYPES, IMAGES, NETCDF_TYPES, PARQUET, ROW_FILES } from './file-types.ts';
import { htmlRows } from './html-rows.ts';
import { isProfile, lineVariable, pngImage, svgImage, withVariable } from './image.ts';
import { netCdf } from './netcdf.ts';
import type { Pages } from './pages.ts';
import { makePlan, type Plan, tableOf } from './plan.ts';
import { parseQuery, type TabledapQuery } from './query.ts';

export interface AnswerParts {
  readonly data: DataAccess;
  readonly sets: DataSets;
  /** Absolute address of a path of ours. */
  readonly url: (path: string) => string;
  readonly caching: Caching;
  readonly pages: Pages;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** The rows once, where there is one; throws `not-found` as ERDDAP does where there is none. */
async function someRows(table: Table): Promise<AsyncIterable<Chunk>> {
  const iterator = table.chunks()[Symbol.asyncIterator]();
  let first = await iterator.next();
  while (!first.done && first.value.rows === 0) first = await iterator.next();
  if (first.done) throw noRows();
  return (async function* () {
    try {
      for (let next: IteratorResult<Chunk> = first; !next.done; next = await iterator.next()) yield next.value;
    } finally {
      await iterator.return?.();
    }
  })();
}

async function demandRows(table: Table): Promise<void> {
  for await (const { rows } of table.chunks()) if (rows > 0) return;
  throw noRows();
}

function unknownType(type: string): AppError {
  const list = ALL_TYPES.map((each) => `.${each}`).join(', ');
  const name = type.slice(0, 40);
  return new AppError('invalid-parameter', {
    faults: [
      {
        parameter: `.${name}`,
        detail: {
          en: `is no type of answer; there are: ${list}`,
          fr: `n'est pas un type de réponse ; il y a : ${list}`,
        },
      },
    ],
  });
}

function sendHeader(ctx: AppContext, text: string, kind: string): void {
  ctx.set('Content-Type', TEXT_TYPE);
  ctx.set('Content-Description', kind);
  ctx.set('XDODS-Server', 'dods/3.7');
  sendText(ctx, text);
}

const withoutBody = (ctx: AppContext): boolean => ctx.method === 'HEAD';

interface Asked {
  readonly ctx: AppContext;
  readonly set: DataSet;
  readonly type: string;
  readonly query: TabledapQuery;
  /** By which the lines of a picture are told apart. */
  readonly split: string | null;
  readonly plan: Plan;
}

async function sendImage({ ctx, set, type, query, split, plan }: Asked, table: Table): Promise<void> {
  const request = {
    plan,
    profile: isProfile(query, set),
    split,
    graphics: query.graphics,
    size: IMAGES[type] ?? [480, 360],
    transparent: type === 'transparentPng',
    language: ctx.state.language,
  } as const;
  await demandRows(table);
  const image = type === 'svg' ? await svgImage(table, request) : await pngImage(table, request);
  ctx.set('Content-Type', typeof image === 'string' ? 'image/svg+xml' : 'image/png');
  if (typeof image === 'string') sendText(ctx, image);
  else ctx.body = Buffer.from(image.buffer, image.byteOffset, image.byteLength);
}

async function sendRows(asked: Asked, parts: AnswerParts): Promise<void> {
  const { ctx, set, type, plan } = asked;
  const table = await tableOf(plan, parts, ctx.state.viewer);
  const file = ROW_FILES[type];
  if (file !== undefined) {
    const chunks = await someRows(table);
    const pieces = file.write(table, chunks);
    if (file.saved !== null)
      ctx.set('Content-Disposition', contentDisposition('attachment', `${set.id}.${file.saved}`));
    for (const [name, value] of Object.entries(file.headers ?? {})) ctx.set(name, value);
    return streamBody(ctx, file.mediaType, pieces);
  }
  if ((NETCDF_TYPES as readonly string[]).includes(type)) {
    await demandRows(table);
    const fileName = `${set.id}.nc`;
    ctx.set('Content-Disposition', contentDisposition('attachment', fileName));
    const address = parts.url(
      `/erddap/tabledap/${set.id}.${type}${ctx.querystring === '' ? '' : `?${ctx.querystring}`}`,
    );
    return streamBody(
      ctx,
      'application/x-netcdf',
      netCdf(table, { plan, address, fileName, now: parts.clock() }, type === 'ncCF'),
    );
  }
  if (type === PARQUET) {
    await demandRows(table);
    const fileName = `${set.id}.parquet`;
    ctx.set('Content-Disposition', contentDisposition('attachment', fileName));
    const write = parquet.write as NonNullable<typeof parquet.write>;
    return streamBody(ctx, parquet.mediaType, write(table, { now: parts.clock(), fileName, language: 'en' }));
  }
  if (type in IMAGES) return sendImage(asked, table);
  return streamBody(
    ctx,
    'text/html;charset=UTF-8',
    htmlRows(table, await someRows(table), String(set.globals.title), ctx.state.language),
  );
}

/** Answers `{id}.{type}?{query}`. */
export async function answerDataSet(ctx: AppContext, parts: AnswerParts, id: string, type: string): Promise<void> {
  if (!ALL_TYPES.includes(type)) throw unknownType(type);
  const asked = parseQuery(ctx.querystring);
  const set = await parts.sets.one(id, ctx.state.viewer, ctx.state.language);
  if (set === null) throw noDataSet(id, parts.data.services);
  const split = type in IMAGES ? lineVariable(asked, set) : null;
  const query = withVariable(asked, split);
  const plan = makePlan(set, query, parts);
  // What `now` means changes without a change of the rows.
  if (!plan.relative && parts.caching.notModified(ctx, set.revision, `tabledap ${type}`)) return;
  if (type === 'dds') return sendHeader(ctx, ddsText(plan.variables), 'dods-dds');
  if (type === 'das') return sendHeader(ctx, dasText(set.variables, set.globals), 'dods-das');
  if (type === 'html') return parts.pages.dataSet(ctx, set);
  if (withoutBody(ctx) && type in IMAGES) {
    ctx.set('Content-Type', type === 'svg' ? 'image/svg+xml' : 'image/png');
    ctx.status = 200;
    return;
  }
  return sendRows({ ctx, set, type, query, split, plan }, parts);
}
