// `/aeris/{service}.json`: everything that the catalogue says of one observation service, for the catalogue of AERIS.
import { aerisDump } from '../../federation/aeris-dump.ts';
import { AERIS } from '../../formats/writers/aeris.ts';
import type { AppContext, Route } from '../../http/protocol.ts';
import { streamBody } from '../../http/streaming.ts';
import { AppError } from '../../model/errors.ts';
import type { PartnerParts } from './index.ts';

export function aerisRoutes({ catalogue, mappings, formats, caching, clock, view }: PartnerParts): readonly Route[] {
  const format = formats.find(({ id }) => id === AERIS);
  if (format === undefined) return [];
  const names = new Set(mappings.services.map(({ name }) => name));

  async function dump(ctx: AppContext): Promise<void> {
    const { os = '' } = ctx.params;
    if (format === undefined || !names.has(os)) throw new AppError('not-found');
    if (caching.notModified(ctx, await catalogue.revision(), AERIS)) return;
    const { viewer, language } = ctx.state;
    const pieces = aerisDump(os, viewer, { catalogue, format, view: view(language), now: clock() });
    await streamBody(ctx, 'application/json; charset=utf-8', pieces);
  }

  return [
    {
      method: 'GET',
      path: '/aeris/:os.json',
      doc: {
        summary: 'AERIS: all records of one observation service as one JSON document',
        parameters: [{ name: 'os', in: 'path', required: true, description: 'Short name of the service' }],
        produces: ['application/json'],
      },
      handle: dump,
    },
  ];
}
