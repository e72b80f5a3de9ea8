// `/actris/metadata/page/{n}`: the data sets of the services that belong to a facility of ACTRIS, a page at a time, from page 0. A page past the
// end is an empty list; one data set alone is at its record's address with `?f=actris`.
import { ACTRIS } from '../../formats/writers/actris.ts';
import { linkHeader } from '../../http/link-header.ts';
import type { AppContext, Route } from '../../http/protocol.ts';
import { AppError } from '../../model/errors.ts';
import { EVERYTHING } from '../../model/query.ts';
import type { PartnerParts } from './index.ts';

const ROOT = '/actris/metadata/page';
export const ACTRIS_PAGE = 100;
const JSON_TYPE = 'application/json; charset=utf-8';
/** A page beyond it would not be a list but a mistake. */
const MOST_PAGE = 1_000_000;

export function actrisRoutes({ catalogue, mappings, formats, links, caching, view }: PartnerParts): readonly Route[] {
  const format = formats.find(({ id }) => id === ACTRIS);
  const services = mappings.services.filter(({ actris }) => actris !== null).map(({ name }) => name);
  if (format === undefined || services.length === 0) return [];

  async function page(ctx: AppContext): Promise<void> {
    const { n = '' } = ctx.params;
    if (!/^\d{1,7}$/.test(n) || Number(n) > MOST_PAGE) throw new AppError('not-found');
    const number = Number(n);
    if (caching.notModified(ctx, await catalogue.revision(), `actris-${number}`)) return;
    const found = await catalogue.search(
      {
        ...EVERYTHING,
        services,
        levels: ['dataset'],
        sort: [{ key: 'identifier', descending: false }],
        start: { kind: 'offset', offset: number * ACTRIS_PAGE },
        limit: ACTRIS_PAGE,
      },
      ctx.state.viewer,
    );
    const own = view(ctx.state.language);
    const next = (number + 1) * ACTRIS_PAGE < (found.total ?? 0);
    if (next) ctx.set('Link', linkHeader([{ rel: 'next', href: links.url(`${ROOT}/${number + 1}`) }]));
    ctx.set('Content-Type', JSON_TYPE);
    ctx.set('X-Total-Count', String(found.total ?? 0));
    ctx.body = `[${found.records.map((record) => format?.write(record, own)).join(',\n')}]`;
  }

  return [
    {
      method: 'GET',
      path: `${ROOT}/:n`,
      doc: {
        summary: 'ACTRIS: data sets, a page at a time',
        parameters: [
          {
            name: 'n',
            in: 'path',
            required: true,
            description: 'Number of the page, from 0',
            schema: { type: 'integer', minimum: 0, maximum: MOST_PAGE },
          },
        ],
        produces: ['application/json'],
      },
      handle: page,
    },
  ];
}
