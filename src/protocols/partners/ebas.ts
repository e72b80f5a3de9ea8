// File sets of EBAS: `/ebas/{service}.txt` lists the addresses of the files that the caller may take, one a line; `/ebas/{service}/{id}.nas` is
// the file of one record, EBAS NASA Ames 1.1. The same files hang on the records as links, so that a harvest of the set `partner:ebas` has them.
import { createRecordsWithRows } from '../../data/records-with-rows.ts';
import { ebasTable, ebasUse } from '../../federation/ebas-table.ts';
import { ebas } from '../../formats/codecs/ebas.ts';
import { contentDisposition } from '../../http/content-disposition.ts';
import type { AppContext, ParameterDoc, Route } from '../../http/protocol.ts';
import { streamBody } from '../../http/streaming.ts';
import type { Link } from '../../model/description.ts';
import { AppError } from '../../model/errors.ts';
import { FormatFault } from '../../model/format-fault.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { Service } from '../../model/service.ts';
import { WHOLE } from '../../model/table.ts';
import type { PartnerParts } from './index.ts';

const ROOT = '/ebas';
const TYPE = 'text/plain';
const SERVICE: ParameterDoc = { name: 'os', in: 'path', required: true, description: 'Short name of the service' };

const pathOf = ({ service, id }: Pick<CatalogRecord, 'service' | 'id'>): string => `${ROOT}/${service}/${id}.nas`;

const withFiles = (services: readonly Service[]): ReadonlyMap<string, Service> =>
  new Map(services.filter(({ actris }) => actris?.ebas !== undefined).map((service) => [service.name, service]));

/** The EBAS file of a record, where there is one. */
export function ebasLinks(services: readonly Service[]): (record: CatalogRecord) => readonly Link[] {
  const known = withFiles(services);
  return (record) => {
    const service = known.get(record.service);
    if (service === undefined || ebasUse(record, service) === null) return [];
    return [
      {
        role: 'data',
        href: pathOf(record),
        type: TYPE,
        title: 'EBAS NASA Ames',
        protocol: 'WWW:DOWNLOAD-1.0-http--download',
      },
    ];
  };
}

export function ebasRoutes({ catalogue, data, mappings, links, caching, clock }: PartnerParts): readonly Route[] {
  const services = withFiles(mappings.services);
  if (services.size === 0) return [];
  const records = createRecordsWithRows({ data, catalogue });

  function serviceOf(ctx: AppContext): Service {
    const service = services.get(ctx.params.os ?? '');
    if (service === undefined) throw new AppError('not-found');
    return service;
  }

  async function list(ctx: AppContext): Promise<void> {
    const service = serviceOf(ctx);
    if (caching.notModified(ctx, await records.revision(service.name), 'ebas-list')) return;
    const all = await records.all(service.name, ctx.state.viewer);
    ctx.set('Content-Type', 'text/plain; charset=utf-8');
    ctx.body = all
      .filter(({ record }) => ebasUse(record, service) !== null)
      .map(({ record }) => `${links.url(pathOf(record))}\n`)
      .join('');
  }

  async function file(ctx: AppContext): Promise<void> {
    const service = serviceOf(ctx);
    const { id = '' } = ctx.params;
    const { viewer, language } = ctx.state;
    const record = /^[1-9]\d{0,8}$/.test(id)
      ? await catalogue.get({ service: service.name, id: Number(id) }, viewer)
      : null;
    const use = record === null ? null : ebasUse(record, service);
    if (record === null || use === null) throw new AppError('not-found');
    const rows = await data.rows({ service: service.name, record: record.id, cut: WHOLE, limit: null }, viewer);
    if (caching.notModified(ctx, `${record.change}.${await data.revision(service.name)}`, 'ebas')) return;
    const table = await ebasTable(rows, record, use);
    const name = `${record.service}-${record.id}.nas`;
    try {
      ctx.set('Content-Disposition', contentDisposition('attachment', name));
      const bytes = ebas.write?.(table, { now: clock(), fileName: name, language });
      if (bytes === undefined) throw new AppError('not-supported');
      await streamBody(ctx, `${TYPE}; charset=utf-8`, bytes);
    } catch (error) {
      if (!(error instanceof FormatFault)) throw error;
      // The rows are not what EBAS takes: the caller cannot mend that, and other formats hold them.
      throw new AppError('not-acceptable', { detail: error.detail, cause: error });
    }
  }

  return [
    {
      method: 'GET',
      path: `${ROOT}/:os.txt`,
      doc: {
        summary: 'EBAS: addresses of the files of a service, one a line',
        parameters: [SERVICE],
        produces: ['text/plain'],
      },
      handle: list,
    },
    {
      method: 'GET',
      path: `${ROOT}/:os/:id.nas`,
      doc: {
        summary: 'EBAS: the rows of a record as EBAS NASA Ames 1.1',
        parameters: [
          SERVICE,
          { name: 'id', in: 'path', required: true, description: 'Number of the record', schema: { type: 'integer' } },
        ],
        produces: [TYPE],
      },
      handle: file,
    },
  ];
}
