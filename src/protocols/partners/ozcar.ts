// `/ozcar/{producer}.json`: the pivot document 1.2 of a producer; `/ozcar/{producer}/{observation}.txt`: the data of one observation;
// `/ozcar/{producer}/{dataset}.zip`: those of a data set. What everybody may take, whoever asks.
import { datasetId, observationFiles, pivotDocument } from '../../federation/ozcar-pivot.ts';
import { readSites, type Site } from '../../federation/ozcar-series.ts';
import { type ZipEntry, zip } from '../../formats/writers/zip.ts';
import { contentDisposition } from '../../http/content-disposition.ts';
import type { AppContext, ParameterDoc, Route } from '../../http/protocol.ts';
import { streamBody } from '../../http/streaming.ts';
import { createFindPlace } from '../../mapping/place-names.ts';
import { AppError } from '../../model/errors.ts';
import type { OzcarProducer, Service } from '../../model/service.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import type { PartnerParts } from './index.ts';

const ROOT = '/ozcar';

interface Kept {
  readonly revision: string;
  readonly sites: Promise<readonly Site[]>;
}

export function ozcarRoutes(parts: PartnerParts): readonly Route[] {
  const { catalogue, data, mappings, links, caching, clock } = parts;
  const producers = new Map(
    mappings.services.flatMap((service) =>
      service.ozcar === null ? [] : [[service.ozcar.producerId, { service, producer: service.ozcar }] as const],
    ),
  );
  if (producers.size === 0) return [];
  const findPlace = createFindPlace(mappings.places);
  const kept = new Map<string, Kept>();

  function producerOf(ctx: AppContext): { readonly service: Service; readonly producer: OzcarProducer } {
    const found = producers.get(ctx.params.producer ?? '');
    if (found === undefined) throw new AppError('not-found');
    return found;
  }

  async function revisionOf(service: Service): Promise<string> {
    const [records, rows] = await Promise.all([catalogue.revision(), data.revision(service.name)]);
    return `${records}.${rows}`;
  }

  /** Read again when a record or a row has changed, or the day, with which embargoes end. */
  async function sitesOf(service: Service, revision: string, language: Language): Promise<readonly Site[]> {
    const key = `${service.name} ${language}`;
    const now = `${revision} ${Math.floor(clock() / 86_400_000)}`;
    const known = kept.get(key);
    if (known?.revision === now) return known.sites;
    const titleOf = (site: string) => inLanguage(findPlace(site)?.name, language) || site;
    const sites = readSites(service, { catalogue, data, clock }, titleOf);
    kept.set(key, { revision: now, sites });
    sites.catch(() => kept.delete(key));
    return sites;
  }

  async function pivot(ctx: AppContext): Promise<void> {
    const { service, producer } = producerOf(ctx);
    const { language } = ctx.state;
    const revision = await revisionOf(service);
    if (caching.notModified(ctx, revision, 'ozcar')) return;
    const document = pivotDocument(service, producer, await sitesOf(service, revision, language), {
      language,
      url: links.url,
      fileUrl: (file) => links.url(`${ROOT}/${producer.producerId}/${file}`),
    });
    ctx.set('Content-Type', 'application/json; charset=utf-8');
    ctx.body = JSON.stringify(document);
  }

  async function observation(ctx: AppContext): Promise<void> {
    const { service, producer } = producerOf(ctx);
    const revision = await revisionOf(service);
    const name = `${ctx.params.observation}.txt`;
    for (const site of await sitesOf(service, revision, ctx.state.language)) {
      const file = observationFiles(service, producer, site).find((one) => one.name === name);
      if (file === undefined) continue;
      if (caching.notModified(ctx, revision, 'ozcar-data')) return;
      ctx.set('Content-Type', 'text/plain; charset=utf-8');
      ctx.set('Content-Disposition', contentDisposition('attachment', name));
      ctx.body = file.text;
      return;
    }
    throw new AppError('not-found');
  }

  async function dataset(ctx: AppContext): Promise<void> {
    const { service, producer } = producerOf(ctx);
    const revision = await revisionOf(service);
    const sites = await sitesOf(service, revision, ctx.state.language);
    const site = sites.find(({ name, series }) => series.size > 0 && datasetId(producer, name) === ctx.params.dataset);
    if (site === undefined) throw new AppError('not-found');
    if (caching.notModified(ctx, revision, 'ozcar-zip')) return;
    ctx.set('Content-Disposition', contentDisposition('attachment', `${ctx.params.dataset}.zip`));
    await streamBody(ctx, 'application/zip', zip(entriesOf(observationFiles(service, producer, site)), clock()));
  }

  const producer = pathParameter('producer', 'Four capitals of the producer', [...producers.keys()]);
  const json = ['application/json'];
  return [
    {
      method: 'GET',
      path: `${ROOT}/:producer.json`,
      doc: { summary: 'Theia|OZCAR: pivot document 1.2 of a producer', parameters: [producer], produces: json },
      handle: pivot,
    },
    {
      method: 'GET',
      path: `${ROOT}/:producer/:observation.txt`,
      doc: {
        summary: 'Theia|OZCAR: data of one observation',
        parameters: [producer, pathParameter('observation', 'observationId of the pivot document')],
        produces: ['text/plain'],
      },
      handle: observation,
    },
    {
      method: 'GET',
      path: `${ROOT}/:producer/:dataset.zip`,
      doc: {
        summary: 'Theia|OZCAR: data of all observations of a data set',
        parameters: [producer, pathParameter('dataset', 'datasetId of the pivot document')],
        produces: ['application/zip'],
      },
      handle: dataset,
    },
  ];
}

function pathParameter(name: string, description: string, values?: readonly string[]): ParameterDoc {
  return {
    name,
    in: 'path',
    required: true,
    description,
    ...(values === undefined ? {} : { schema: { type: 'string', enum: values } }),
  };
}

async function* entriesOf(
  files: readonly { readonly name: string; readonly text: string }[],
): AsyncGenerator<ZipEntry> {
  for (const { name, text } of files) yield { name, bytes: bytesOf(text) };
}

async function* bytesOf(text: string): AsyncGenerator<Uint8Array> {
  yield Buffer.from(text);
}
