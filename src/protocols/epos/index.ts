// What EPOS's ingestor reads: EPOS-DCAT-AP descriptions of each DDSS, made from the service files, an index of them, and their catalogue.
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { Caching } from '../../http/caching.ts';
import type { Links } from '../../http/links.ts';
import { oneOf } from '../../http/parameter-kinds.ts';
import { describeParameters, parameterTable, readParameters } from '../../http/parameters.ts';
import type { AppContext, Protocol, Route, RouteDoc } from '../../http/protocol.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import type { EposService, Service } from '../../model/service.ts';
import { ANONYMOUS } from '../../model/viewer.ts';
import { type Described, fileOf, PROFILES, type Profile, parametersOf } from './described.ts';
import { catalogueDocument, ddssDocument } from './documents.ts';

export interface EposDependencies {
  readonly catalogue: Catalogue;
  readonly mappings: Pick<Mappings, 'services' | 'site'>;
  readonly links: Links;
  readonly caching: Caching;
}

const ROOT = '/epos';
const TURTLE = 'text/turtle';

const PARAMETERS = parameterTable({
  profile: {
    name: 'profile',
    parse: oneOf(PROFILES),
    default: 'v3',
    options: PROFILES,
    doc: { en: 'Version of EPOS-DCAT-AP: v3 (default) or v1', fr: 'Version d’EPOS-DCAT-AP : v3 (par défaut) ou v1' },
  },
});

const profileOf = (ctx: AppContext): Profile =>
  readParameters(PARAMETERS, ctx.querystring, { unknown: 'ignore', emptyIsAbsent: true }).profile;

export function createEpos(deps: EposDependencies): Protocol {
  const { catalogue, links, caching } = deps;
  const { services, site } = deps.mappings;
  const publisher = { site, url: (path: string) => links.url(path) };
  const every = services.flatMap((service) => service.epos.map((epos) => ({ service, epos })));

  async function describe({ service, epos }: { service: Service; epos: EposService }): Promise<Described> {
    // What everybody sees: the description is the same for every caller.
    const series = await catalogue.get({ service: service.name, id: 0 }, ANONYMOUS);
    const modified = series?.updated ?? `${service.published}T00:00:00Z`;
    return { service, epos, parameters: parametersOf(service, epos), modified };
  }
  async function send(
    ctx: AppContext,
    type: string,
    make: (profile: Profile) => Promise<string> | string,
  ): Promise<void> {
    const profile = profileOf(ctx);
    if (caching.notModified(ctx, await catalogue.revision(), `epos-${profile}`)) return;
    ctx.set('Content-Type', `${type}; charset=utf-8`);
    ctx.body = await make(profile);
  }
  const route = (path: string, doc: RouteDoc, handle: Route['handle']): Route => ({
    method: 'GET',
    path: `${ROOT}/${path}`,
    doc: { ...doc, parameters: describeParameters(PARAMETERS) },
    handle,
  });
  return {
    name: 'epos',
    routes: [
      route(
        'index.txt',
        { summary: 'EPOS: addresses of the descriptions, one a line', produces: ['text/plain'] },
        (ctx) =>
          send(ctx, 'text/plain', (profile) => {
            const query = profile === 'v3' ? {} : { profile };
            return every.map(({ epos }) => `${links.url(`${ROOT}/${fileOf(epos)}`, query)}\n`).join('');
          }),
      ),
      route('catalog.ttl', { summary: 'EPOS: the catalogue with all its descriptions', produces: [TURTLE] }, (ctx) =>
        send(ctx, TURTLE, async (profile) =>
          catalogueDocument(await Promise.all(every.map(describe)), publisher, profile),
        ),
      ),
      ...every.map((one) =>
        route(
          fileOf(one.epos),
          { summary: `EPOS: description of ${one.epos.ddss} (${one.service.name}), EPOS-DCAT-AP`, produces: [TURTLE] },
          (ctx) => send(ctx, TURTLE, async (profile) => ddssDocument(await describe(one), publisher, profile)),
        ),
      ),
    ],
  };
}
