// The rows of a record at the old data address: a JSON array of one object a row as the old clients read it, or any other encoding by its ending.
import type { DataAccess } from '../../data/data-access.ts';
import { withHistory } from '../../data/tables/provenance.ts';
import type { Codec } from '../../formats/codecs/codec.ts';
import { CODECS } from '../../formats/codecs/codecs.ts';
import { EPOS_SERIES, type EposSeries, type EposSeriesId, writeEposSeries } from '../../formats/codecs/epos-series.ts';
import { titleIn } from '../../formats/writers/text.ts';
import { contentDisposition } from '../../http/content-disposition.ts';
import type { Links } from '../../http/links.ts';
import type { AppContext } from '../../http/protocol.ts';
import { streamBody } from '../../http/streaming.ts';
import { AppError } from '../../model/errors.ts';
import { FormatFault } from '../../model/format-fault.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { Service } from '../../model/service.ts';
import { WHOLE } from '../../model/table.ts';
import { inLanguage } from '../../model/text.ts';
import { JSON_TYPE } from './listing.ts';

const CSV_TYPE = 'text/csv; charset=utf-8; header=present';

/** Endings that the address takes besides json. */
export const ROW_FORMATS: readonly string[] = CODECS.filter(({ write, id }) => write && id !== 'json').map(
  ({ extension }) => extension,
);

/** One array from objects one a line. */
async function* array(lines: AsyncIterable<Uint8Array>): AsyncGenerator<string> {
  const decoder = new TextDecoder();
  let before = '[';
  for await (const piece of lines) {
    const text = decoder.decode(piece, { stream: true });
    if (text === '') continue;
    // Each piece ends with its last line.
    yield `${before}\n${text.trimEnd().replaceAll('\n', ',\n')}`;
    before = ',';
  }
  yield before === '[' ? '[]\n' : '\n]\n';
}

async function* refusing(bytes: AsyncIterable<Uint8Array>): AsyncGenerator<Uint8Array> {
  try {
    yield* bytes;
  } catch (error) {
    if (!(error instanceof FormatFault)) throw error;
    throw new AppError('not-acceptable', { detail: error.detail, cause: error });
  }
}

/** Writes the rows of a record that has some and whose data the caller may take. `format`: json or one of `ROW_FORMATS`. */
export async function writeRows(
  ctx: AppContext,
  { data, clock }: { readonly data: DataAccess; readonly clock: () => number },
  record: CatalogRecord,
  format: string,
): Promise<void> {
  const { service, id } = record;
  const wanted = format === 'json' ? 'ndjson' : format;
  const codec = CODECS.find(({ extension }) => extension === wanted) as Codec;
  const selection = { service, record: id, cut: WHOLE, limit: null };
  const now = clock();
  const table = withHistory(await data.rows(selection, ctx.state.viewer), now, `taken from ${record.identifier}`);
  const fileName = `${service}-${id}.${format}`;
  const bytes = codec.write?.(table, { now, fileName, language: ctx.state.language }) ?? [];
  if (format === 'json') {
    await streamBody(ctx, JSON_TYPE, array(bytes as AsyncIterable<Uint8Array>));
    return;
  }
  ctx.set('Content-Disposition', contentDisposition('attachment', fileName));
  const type = format === 'csv' ? CSV_TYPE : codec.mediaType;
  await streamBody(ctx, type, refusing(bytes as AsyncIterable<Uint8Array>));
}

export function isEpos(id: string): id is EposSeriesId {
  return EPOS_SERIES.some((known) => known.id === id);
}

/** Writes the rows as EPOS shows them natively: in its table, on its map, or in both. */
export async function writeEposRows(
  ctx: AppContext,
  { data, links }: { readonly data: DataAccess; readonly links: Pick<Links, 'uri' | 'recordLinks'> },
  service: Service,
  record: CatalogRecord,
  id: EposSeriesId,
): Promise<void> {
  const { language, viewer } = ctx.state;
  const selection = { service: service.name, record: record.id, cut: WHOLE, limit: null };
  const table = await data.rows(selection, viewer);
  const given = links.recordLinks(record).filter(({ role, type }) => role === 'data' && type !== undefined);
  async function* series(): AsyncGenerator<EposSeries> {
    yield {
      table,
      identifier: record.identifier,
      name: titleIn(record, language),
      links: [
        ...given.map(({ href, title, type }) => ({ href, label: title ?? 'Data', type: type ?? '' })),
        { href: links.uri(record), label: language === 'fr' ? 'Notice' : 'Record', type: 'text/html' },
      ],
    };
  }
  const kind = { id: service.name, label: inLanguage(service.title, language) };
  const mediaType = EPOS_SERIES.find((known) => known.id === id)?.mediaType ?? '';
  await streamBody(ctx, `${mediaType}; charset=utf-8`, writeEposSeries(series(), kind, id));
}
