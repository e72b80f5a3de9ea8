// `/data/{os}/{id}[.{ext}]` and `/data/{os}[.{ext}]`: the rows of a record, or of a whole service, in every encoding, whole or cut.
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { DataAccess } from '../../data/data-access.ts';
import { type DataLayout, dataLayout } from '../../data/data-columns.ts';
import type { Caching } from '../../http/caching.ts';
import type { Links } from '../../http/links.ts';
import { describeParameters } from '../../http/parameters.ts';
import type { AppContext, ParameterDoc, Protocol, Route } from '../../http/protocol.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import type { Link } from '../../model/description.ts';
import { AppError } from '../../model/errors.ts';
import type { CatalogRecord } from '../../model/record.ts';
import { answerRows, FORMATS } from './answer.ts';
import { answerList } from './list.ts';
import { DATA_PARAMETERS } from './request.ts';

export interface DataDependencies {
  readonly catalogue: Catalogue;
  readonly data: DataAccess;
  readonly caching: Caching;
  readonly links: Links;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  readonly mappings: Pick<Mappings, 'services'>;
}

/** Encodings that a record's links name; the others are a `?f=` away. */
const LINKED = ['csv', 'netcdf3', 'json'] as const;
const DOWNLOAD = 'WWW:DOWNLOAD-1.0-http--download';

/** A dataset's own rows, or those of the whole service behind its series record; both know whether there are any. */
function recordLinks(record: CatalogRecord): readonly Link[] {
  if (!record.hasRows || record.level === 'service') return [];
  const service = encodeURIComponent(record.service);
  const path = record.level === 'series' ? `/data/${service}` : `/data/${service}/${record.id}`;
  return LINKED.flatMap((id) => {
    const offer = FORMATS.find((known) => known.id === id);
    if (offer === undefined) return [];
    const { extension, mediaType, codec } = offer;
    const format = codec.title[record.lang] ?? codec.title.en ?? id;
    return [
      {
        role: 'data',
        href: `${path}.${extension}`,
        type: mediaType,
        title: `Observations (${format})`,
        protocol: DOWNLOAD,
      } as const,
    ];
  });
}

/** `12.csv` → `12` and `csv`; names have no dot. */
function parted(segment: string): { readonly name: string; readonly ending: string | null } {
  const dot = segment.indexOf('.');
  return dot < 0 ? { name: segment, ending: null } : { name: segment.slice(0, dot), ending: segment.slice(dot + 1) };
}

const SERVICE: ParameterDoc = {
  name: 'service',
  in: 'path',
  required: true,
  description: 'Observation service; with an ending that tells the format, such as voldorad.csv',
};
const RECORD: ParameterDoc = {
  name: 'id',
  in: 'path',
  required: true,
  description: 'Number of the record in its service; with an ending that tells the format, such as 12.nc',
};

export function createData(given: DataDependencies): Protocol {
  const layouts = new Map<string, DataLayout>();
  for (const service of given.mappings.services) {
    const layout = dataLayout(service);
    if (layout !== null) layouts.set(service.name, layout);
  }
  const deps = { ...given, layouts };
  const produces = [...new Set(FORMATS.map(({ mediaType }) => mediaType))];
  const responses = { '304': 'The caller has the same rows' };
  const parameters = describeParameters(DATA_PARAMETERS);

  const list: Route = {
    method: 'GET',
    path: '/data',
    doc: {
      summary: 'Services that have rows, their columns, and the encodings',
      produces: ['application/json'],
      responses,
    },
    handle: (ctx: AppContext) => answerList(ctx, { ...given, services: given.mappings.services }),
  };
  const whole: Route = {
    method: 'GET',
    path: '/data/:service',
    doc: {
      summary: 'Rows of all records of a service that the caller may take, in the order of time',
      parameters: [SERVICE, ...parameters],
      produces,
      responses,
    },
    handle: async (ctx: AppContext) => {
      const { name, ending } = parted(ctx.params.service ?? '');
      await answerRows(ctx, deps, { service: name, record: null, ending });
    },
  };
  const single: Route = {
    method: 'GET',
    path: '/data/:service/:id',
    doc: {
      summary: 'Rows of one record, whole or cut, in every encoding',
      parameters: [{ ...SERVICE, description: 'Observation service' }, RECORD, ...parameters],
      produces: [...produces, 'application/csvm+json'],
      responses,
    },
    handle: async (ctx: AppContext) => {
      const { name, ending } = parted(ctx.params.id ?? '');
      if (!/^[1-9]\d{0,9}$/.test(name)) throw new AppError('not-found');
      await answerRows(ctx, deps, { service: ctx.params.service ?? '', record: Number(name), ending });
    },
  };
  return { name: 'data', routes: [list, whole, single], recordLinks };
}
