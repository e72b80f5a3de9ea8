// The observatory's running REST API, which EPOS and older clients call: `/rest2/req.php/…` and HOTVOLC's `/www/php/data_catalog.php`.
// All routes come from the `old` part of the service files; the addresses of EPOS-DCAT-AP of 2019 are answered as they were published.
import type { Catalogue } from '../../catalogue/catalogue.ts';
import type { DataAccess } from '../../data/data-access.ts';
import { EPOS_SERIES } from '../../formats/codecs/epos-series.ts';
import { EPOS_PAYLOADS } from '../../formats/writers/epos-geojson.ts';
import type { Caching } from '../../http/caching.ts';
import type { Links } from '../../http/links.ts';
import type { Protocol, Route, RouteDoc } from '../../http/protocol.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import type { Link } from '../../model/description.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { OldParameter, Service } from '../../model/service.ts';
import { inLanguage } from '../../model/text.ts';
import { type Described, writeEntryPoint, writeEntryPoints } from './entry-point.ts';
import { parametersOf, withFormat } from './limits.ts';
import { createListing } from './listing.ts';
import { createRecordData } from './record-data.ts';
import { ROW_FORMATS } from './row-data.ts';

const ROOT = '/rest2/req.php';
const ENTRY = `${ROOT}/application`;

export interface LegacyRestDependencies {
  readonly catalogue: Catalogue;
  readonly data: DataAccess;
  readonly mappings: Pick<Mappings, 'services'>;
  readonly caching: Caching;
  readonly links: Links;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

export function createLegacyRest(deps: LegacyRestDependencies): Protocol {
  const { services } = deps.mappings;
  return {
    name: 'legacy-rest',
    routes: [...services.flatMap((service) => routesOf(deps, service)), entryList(deps)],
    recordLinks: dataLinks(services),
  };
}

/** An address with what it lists; the service's own one lists every record. */
interface OldAddress extends Described {
  readonly where: { readonly [field: string]: string | number | boolean };
  readonly pageSize: number | null;
}

function addressesOf(service: Service): readonly OldAddress[] {
  const { name, title } = service;
  return [
    { service, path: `${ROOT}/${name}`, title, parameters: parametersOf(service), where: {}, pageSize: null },
    ...service.old.templates.map((template) => ({
      service,
      path: template.path,
      title: template.title ?? title,
      parameters: withFormat(template.parameters),
      where: template.where,
      pageSize: template.pageSize ?? null,
    })),
  ];
}

function routesOf(deps: LegacyRestDependencies, service: Service): readonly Route[] {
  const addresses = addressesOf(service);
  return [
    ...addresses.map((address) => listRoute(deps, address)),
    {
      method: 'GET',
      path: `${ROOT}/${service.name}/data/id/:id{/:format}`,
      doc: {
        summary: `Data of one record of ${service.name}`,
        parameters: [
          { name: 'id', in: 'path', required: true, description: 'Number of the record' },
          {
            name: 'format',
            in: 'path',
            required: false,
            description: `json or csv; of rows also ${[...EPOS_SERIES.map(({ id }) => id), ...ROW_FORMATS.filter((id) => id !== 'csv')].join(', ')}`,
          },
        ],
        produces: ['application/json', 'text/csv', ...EPOS_SERIES.map(({ mediaType }) => mediaType)],
      },
      handle: createRecordData(deps, service),
    },
    ...entryRoutes(deps, service, addresses),
  ];
}

/** `{startDate}` of a template becomes `:p0` of the router, whatever characters the name has. */
function routerPath(path: string): { readonly path: string; readonly names: readonly string[] } {
  const names: string[] = [];
  const routed = path.replace(/\{([^}]*)\}/g, (_, name: string) => `:p${names.push(name.trim()) - 1}`);
  return { path: routed, names };
}

function listRoute(deps: LegacyRestDependencies, address: OldAddress): Route {
  const { path, names } = routerPath(address.path);
  const list = createListing(deps, address);
  return {
    method: 'GET',
    path,
    doc: {
      summary: `Records of ${inLanguage(address.title, 'en')} (${address.path})`,
      parameters: address.parameters.map((parameter) => describe(parameter, names)),
      produces: EPOS_PAYLOADS.map(({ mediaType }) => mediaType),
    },
    handle: (ctx) => list(ctx, Object.fromEntries(names.map((name, at) => [name, ctx.params[`p${at}`] ?? '']))),
  };
}

function describe(parameter: OldParameter, inPath: readonly string[]): NonNullable<RouteDoc['parameters']>[number] {
  const path = inPath.includes(parameter.name);
  return {
    name: parameter.name,
    in: path ? 'path' : 'query',
    required: path,
    description: inLanguage(parameter.label, 'en') || parameter.target,
  };
}

/** `/application/{service}` tells all addresses of the service, `/application/{rest of a template's path}` that one alone. */
function entryRoutes(
  deps: LegacyRestDependencies,
  service: Service,
  addresses: readonly OldAddress[],
): readonly Route[] {
  const entry = (name: string, told: readonly OldAddress[]): Route => ({
    method: 'GET',
    path: `${ENTRY}/${name}`,
    doc: { summary: `Entry point of ${name}: its addresses and their parameters`, produces: ['application/json'] },
    handle: (ctx) => writeEntryPoint(ctx, deps.links, told),
  });
  const single = addresses.slice(1).filter(({ path }) => path.startsWith(`${ROOT}/`));
  return [
    entry(service.name, addresses),
    ...single.map((address) => entry(address.path.slice(ROOT.length + 1).replace(/\/?\{.*$/, ''), [address])),
  ];
}

function entryList(deps: LegacyRestDependencies): Route {
  return {
    method: 'GET',
    path: ENTRY,
    doc: { summary: 'List of the entry points of the observation services', produces: ['application/json'] },
    handle: (ctx) => writeEntryPoints(ctx, deps.links, deps.mappings.services, ENTRY),
  };
}

/** Links to a record's data, for the records that this door has. */
function dataLinks(services: readonly Service[]): (record: CatalogRecord) => readonly Link[] {
  const known = new Set(services.map(({ name }) => name));
  return ({ service, id, level }) => {
    if (level !== 'dataset' || !known.has(service)) return [];
    const data = `${ROOT}/${service}/data/id/${id}`;
    const protocol = 'WWW:DOWNLOAD-1.0-http--download';
    return [
      { role: 'data', href: `${data}/json`, type: 'application/json', title: 'Data (JSON)', protocol },
      { role: 'data', href: `${data}/csv`, type: 'text/csv', title: 'Data (CSV)', protocol },
    ];
  };
}
