// One answer of rows: the right to them, the format, the part that is asked, and what the format cannot hold, told with the data.
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { DataAccess } from '../../data/data-access.ts';
import type { DataLayout } from '../../data/data-columns.ts';
import { decimate } from '../../data/tables/decimate.ts';
import { withHistory } from '../../data/tables/provenance.ts';
import type { Codec, WriteOptions } from '../../formats/codecs/codec.ts';
import { CODECS } from '../../formats/codecs/codecs.ts';
import type { Caching } from '../../http/caching.ts';
import { contentDisposition } from '../../http/content-disposition.ts';
import type { Links } from '../../http/links.ts';
import { negotiate } from '../../http/negotiate.ts';
import type { AppContext } from '../../http/protocol.ts';
import { sendText } from '../../http/send-text.ts';
import { streamBody } from '../../http/streaming.ts';
import { AppError } from '../../model/errors.ts';
import { FormatFault } from '../../model/format-fault.ts';
import type { Table } from '../../model/table.ts';
import { type DataRequest, readDataRequest } from './request.ts';

export interface AnswerParts {
  readonly catalogue: Catalogue;
  readonly data: DataAccess;
  /** Of the services that have rows. */
  readonly layouts: ReadonlyMap<string, DataLayout>;
  readonly caching: Caching;
  readonly links: Links;
  readonly clock: () => number;
}

/** Which rows an address names. */
export interface Addressed {
  readonly service: string;
  /** null: those of the whole service. */
  readonly record: number | null;
  /** What follows the first dot of the address; null: no dot. */
  readonly ending: string | null;
}

/** CSV on the Web (Tabular data model, 5.4): the description of `x.csv` stands at `x.csv-metadata.json`. */
export const COMPANION_ENDING = 'csv-metadata.json';
const DESCRIPTION_TYPE = 'application/csvm+json';

type WritingCodec = Codec & { readonly write: NonNullable<Codec['write']> };
const isWritten = (codec: Codec): codec is WritingCodec => codec.write !== undefined;
const OFFERS = CODECS.filter(isWritten).map((codec) => ({
  id: codec.id,
  mediaType: codec.mediaType,
  extension: codec.extension,
  otherTypes: [] as readonly string[],
  codec,
}));
const FIRST = OFFERS.findIndex(({ id }) => id === 'csv');
/** CSV for who asks for nothing. */
export const FORMATS = [...OFFERS.slice(FIRST, FIRST + 1), ...OFFERS.slice(0, FIRST), ...OFFERS.slice(FIRST + 1)];

function chosenCodec(ctx: AppContext, ending: string | null, f: string | null): WritingCodec {
  const other = FORMATS.find(({ codec }) => ending !== null && codec.otherExtensions?.includes(ending.toLowerCase()));
  if (other) return other.codec;
  return negotiate({ suffix: ending, f, accept: ctx.req.headers.accept }, FORMATS).codec;
}

/** Of the record, or of the whole catalogue where many records are concerned; with that of the rows. */
async function revisionOf(
  { catalogue, data }: AnswerParts,
  { service, record }: Addressed,
  ctx: AppContext,
): Promise<string> {
  const rows = await data.revision(service);
  if (record === null) return `${await catalogue.revision()}.${rows}`;
  const found = await catalogue.get({ service, id: record }, ctx.state.viewer);
  return `${found?.change ?? 0}.${rows}`;
}

const compact = (at: number): string =>
  new Date(at)
    .toISOString()
    .replace(/[-:]|\.\d+/g, '')
    .replace(/T000000Z$/, '');

function fileName({ service, record }: Addressed, { cut }: DataRequest, extension: string): string {
  const { time } = cut;
  const period = time === null ? [] : [[time.start, time.end].map((at) => (at === null ? '' : compact(at))).join('-')];
  return `${[service, ...(record === null ? [] : [record]), ...period].join('-')}.${extension}`;
}

/** Header values hold a line of plain characters. */
const headerText = (text: string): string =>
  text
    .normalize('NFKD')
    .replace(/[^\x20-\x7e]+/g, ' ')
    .slice(0, 2000);

/** The rows with what was done to them in their history; fewer of them where that is asked. */
async function askedTable(
  ctx: AppContext,
  table: Table,
  { service, record }: Addressed,
  { cut, decimation, asked }: DataRequest,
  now: number,
): Promise<Table> {
  const source = record === null ? `service ${service}` : (table.metadata.identifier ?? `${service} ${record}`);
  const taken = withHistory(table, now, `taken from ${source}${asked === '' ? '' : `: ${asked}`}`);
  if (decimation === null) return taken;
  const variable = cut.variables?.find((name) => isDrawn(table, name)) ?? null;
  const fewer = await decimate(taken, { ...decimation, variable, now });
  const step = fewer.metadata.history.slice(taken.metadata.history.length).at(-1);
  if (step !== undefined) ctx.set('Vobs-Decimation', headerText(step.replace(/^\S+ /, '')));
  return fewer;
}

function isDrawn({ columns }: Table, wanted: string): boolean {
  const column = columns.find(({ name }) => name === wanted);
  return column !== undefined && ['number', 'integer'].includes(column.type) && column.dimensions.length === 0;
}

/** What the format cannot hold goes into the history, which most formats keep, and into a header. */
function withLosses(ctx: AppContext, table: Table, codec: Codec, now: number): Table {
  const losses = codec.loses(table).map((loss) => loss.en ?? loss.fr ?? '');
  if (losses.length === 0) return table;
  ctx.set('Vobs-Losses', headerText(losses.join(' | ')));
  return withHistory(table, now, `written as ${codec.title.en}, which cannot hold: ${losses.join('; ')}`);
}

/** A table that the format cannot hold is no fault of the server. */
async function* written(codec: WritingCodec, table: Table, options: WriteOptions): AsyncGenerator<Uint8Array> {
  try {
    yield* codec.write(table, options);
  } catch (error) {
    if (!(error instanceof FormatFault)) throw error;
    throw new AppError('not-acceptable', { detail: error.detail, cause: error });
  }
}

/**
 * Answers the rows. Throws AppError `not-found`, `unauthorized`, `forbidden`, `not-acceptable` (no such format, or it cannot hold these rows),
 * `invalid-parameter` and its kin with a fault for every wrong parameter.
 */
export async function answerRows(ctx: AppContext, parts: AnswerParts, of: Addressed): Promise<void> {
  const layout = parts.layouts.get(of.service);
  if (layout === undefined) throw new AppError('not-found');
  const columns = layout.columns.map(({ name }) => name);
  const describing = of.ending === COMPANION_ENDING;
  const request = readDataRequest(ctx.querystring, columns, layout.axis !== null);
  const codec = chosenCodec(ctx, describing ? 'csv' : of.ending, request.f);
  const revision = await revisionOf(parts, of, ctx);
  // The right to the rows comes before what the caller may have kept of them.
  const { service, record } = of;
  const rows = await parts.data.rows({ service, record, cut: request.cut, limit: request.limit }, ctx.state.viewer);
  if (parts.caching.notModified(ctx, revision, describing ? 'csvw' : codec.id)) return;
  const now = parts.clock();
  const table = withLosses(ctx, await askedTable(ctx, rows, of, request, now), codec, now);
  const name = fileName(of, request, codec.extension);
  const options: WriteOptions = { now, fileName: name, language: ctx.state.language };
  if (describing) {
    const companion = codec.companion?.(table, options);
    if (companion === undefined) throw new AppError('not-found');
    ctx.set('Content-Type', DESCRIPTION_TYPE);
    sendText(ctx, companion.text);
    return;
  }
  ctx.set('Content-Language', ctx.state.language);
  ctx.set('Content-Disposition', contentDisposition('attachment', name));
  if (codec.companion !== undefined) {
    const query = ctx.querystring === '' ? '' : `?${ctx.querystring}`;
    const own = [service, ...(record === null ? [] : [record])].join('/');
    const address = `${parts.links.url(`/data/${own}.${COMPANION_ENDING}`)}${query}`;
    ctx.set('Link', `<${address}>; rel="describedby"; type="${DESCRIPTION_TYPE}"`);
  }
  const type = codec.mediaType.startsWith('text/') ? `${codec.mediaType}; charset=utf-8` : codec.mediaType;
  await streamBody(ctx, type, written(codec, table, options));
}
