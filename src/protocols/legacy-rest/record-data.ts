// `/rest2/req.php/{os}/data/id/{id}[/{format}]`: the data of one record for who may take them: its rows where it has some, else its service's fields
// and the files that it has.
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { DataAccess } from '../../data/data-access.ts';
import { EPOS_SERIES } from '../../formats/codecs/epos-series.ts';
import { csv, dataJson, dataRow } from '../../formats/writers/data-row.ts';
import type { Caching } from '../../http/caching.ts';
import type { Links } from '../../http/links.ts';
import { acceptable } from '../../http/negotiate.ts';
import type { AppContext } from '../../http/protocol.ts';
import { AppError } from '../../model/errors.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { Service } from '../../model/service.ts';
import { mayTakeData } from '../../model/viewer.ts';
import { JSON_TYPE } from './listing.ts';
import { isEpos, ROW_FORMATS, writeEposRows, writeRows } from './row-data.ts';

interface Format {
  readonly id: string;
  readonly mediaType: string;
}

const FORMATS: readonly [Format, Format] = [
  { id: 'json', mediaType: JSON_TYPE },
  { id: 'csv', mediaType: 'text/csv; charset=utf-8; header=present' },
];
/** Of rows alone: what EPOS shows natively is also given to who accepts it. */
const OTHERS: readonly Format[] = [
  ...EPOS_SERIES,
  ...ROW_FORMATS.filter((id) => id !== 'csv').map((id) => ({ id, mediaType: '' })),
];

const ACCEPTED: readonly Format[] = [...FORMATS, ...EPOS_SERIES];

export interface RecordDataDependencies {
  readonly catalogue: Catalogue;
  readonly data: DataAccess;
  readonly caching: Caching;
  readonly links: Pick<Links, 'url' | 'uri' | 'recordLinks'>;
  /** Milliseconds since 1970; an embargo ends with its day. */
  readonly clock: () => number;
}

/**
 * Answers the rows of the record, or a list of one row of its fields. Throws 400 for what is no number or no format of ours, 404 for what is
 * absent or not to be seen, 401 or 403 where the metadata are public and the data are not, 406 for a format that cannot hold them.
 */
export function createRecordData(deps: RecordDataDependencies, service: Service): (ctx: AppContext) => Promise<void> {
  return async (ctx) => {
    const format = formatOf(ctx);
    const id = idOf(ctx.params.id ?? '');
    const revision = await deps.catalogue.revision();
    const record = id === null ? null : await deps.catalogue.get({ service: service.name, id }, ctx.state.viewer);
    if (record === null || record.level !== 'dataset') throw new AppError('not-found');
    checkAccess(ctx, record, deps.clock);
    const rows = record.hasRows ? await deps.data.revision(service.name) : '0';
    if (deps.caching.notModified(ctx, `${revision}.${rows}`, `old-data-${format.id}`)) return;
    if (record.hasRows) {
      if (isEpos(format.id)) await writeEposRows(ctx, deps, service, record, format.id);
      else await writeRows(ctx, deps, record, format.id);
      return;
    }
    if (OTHERS.includes(format) && ctx.params.format) {
      const detail = {
        en: 'the record has no rows: json or csv',
        fr: "l'enregistrement n'a pas de lignes : json ou csv",
      };
      throw new AppError('not-acceptable', { detail });
    }
    ctx.status = 200;
    ctx.set('Content-Type', format.id === 'csv' ? format.mediaType : JSON_TYPE);
    if (format.id === 'csv') ctx.set('Content-Disposition', `attachment; filename="${service.name}-${record.id}.csv"`);
    ctx.body = format.id === 'csv' ? csv([dataRow(service, record)]) : fieldsJson(service, record, deps.links);
  };
}

/** The path's own format, else what the caller accepts, else JSON: this door has no 406. */
function formatOf(ctx: AppContext): Format {
  const named = ctx.params.format;
  if (named === undefined || named === '') return acceptable(ctx.req.headers.accept, ACCEPTED) ?? FORMATS[0];
  const found = [...FORMATS, ...OTHERS].find(({ id }) => id === named.toLowerCase());
  if (found) return found;
  const list = [...FORMATS, ...OTHERS].map(({ id }) => id).join(', ');
  const detail = { en: `must be one of: ${list}`, fr: `doit être l’une des valeurs : ${list}` };
  throw new AppError('invalid-parameter', { faults: [{ parameter: 'format', detail }] });
}

/** The row of the fields; the files of the record that has some stand with it. */
function fieldsJson(service: Service, record: CatalogRecord, links: Pick<Links, 'url'>): string {
  const files = record.assets.filter(({ role }) => role === 'data' || role === 'source');
  if (files.length === 0) return dataJson(service, record);
  const list = files.map(({ id, name, mediaType, size, sha256 }) => ({
    name,
    href: links.url(`/files/${id}/${encodeURIComponent(name)}`),
    type: mediaType,
    size,
    sha256,
  }));
  return `${JSON.stringify([{ ...dataRow(service, record), files: list }])}\n`;
}

/** null: a number that no record can have. */
function idOf(text: string): number | null {
  if (!/^\d+$/.test(text)) {
    const detail = { en: 'must be the number of a record', fr: 'doit être le numéro d’un enregistrement' };
    throw new AppError('invalid-parameter', { faults: [{ parameter: 'id', detail }] });
  }
  const id = Number(text);
  return id >= 1 && id < 2 ** 31 ? id : null;
}

function checkAccess(ctx: AppContext, record: CatalogRecord, clock: () => number): void {
  const today = new Date(clock()).toISOString().slice(0, 10);
  if (mayTakeData(ctx.state.viewer, record, today)) return;
  throw new AppError(ctx.state.viewer.account === null ? 'unauthorized' : 'forbidden');
}
