// Stable HTTP URIs (`/id/…`): they name a thing, and answer 303 to its best representation (W3C, Cool URIs for the Semantic Web, 4.3).
import type { Catalogue, RecordKey } from '../catalogue/catalogue.ts';
import { type Links, queryText } from '../http/links.ts';
import { acceptable, type Offer } from '../http/negotiate.ts';
import type { AppContext, Protocol, Route } from '../http/protocol.ts';
import type { Mappings } from '../mapping/mappings.ts';
import { foldName } from '../mapping/place-names.ts';
import type { Contact } from '../model/description.ts';
import { DOOR_SERVICE } from '../model/door.ts';
import { AppError } from '../model/errors.ts';
import { parameterOf } from './answer.ts';
import { recordPath } from './page.ts';

export interface StableAddressDependencies {
  readonly catalogue: Catalogue;
  readonly mappings: Mappings;
  readonly links: Links;
  readonly protocols: readonly Pick<Protocol, 'name'>[];
}

/** The page first: it is what a caller without wishes gets. */
const CATALOGUE: readonly Offer[] = [
  { id: 'html', mediaType: 'text/html', otherTypes: ['application/xhtml+xml', 'application/json'] },
  { id: 'dcat-ttl', mediaType: 'text/turtle', extension: 'ttl' },
  { id: 'dcat-jsonld', mediaType: 'application/ld+json', extension: 'jsonld' },
];

const LARGEST = 2_147_483_647;

/** Name of an organisation as a path segment: `Université Clermont Auvergne` → `universite-clermont-auvergne`. */
export function organisationSegment(name: string): string {
  return foldName(name)
    .replace(/[^a-z0-9]+/g, '-')
    .replace(/^-|-$/g, '');
}

/** Organisations of the site and of its services that have an address, by segment; the site's own also by the identifiers' prefix. */
function organisations({ site, services }: Mappings): ReadonlyMap<string, string> {
  const all: readonly Contact[] = [
    site.organisation,
    ...site.contacts,
    ...services.flatMap((service) => service.contacts),
  ];
  const found = new Map<string, string>();
  for (const contact of all) {
    const address = contact.url ?? contact.identifier;
    const segment = organisationSegment(contact.organisation);
    if (address && /^https?:\/\//.test(address) && !found.has(segment)) found.set(segment, address);
  }
  const own = found.get(organisationSegment(site.organisation.organisation));
  if (own) found.set(site.identifierPrefix, own);
  return found;
}

export function createStableAddresses(deps: StableAddressDependencies): readonly Route[] {
  const { catalogue, links } = deps;
  const known = organisations(deps.mappings);

  function seeOther(ctx: AppContext, location: string): void {
    ctx.status = 303;
    ctx.set('Location', location);
    ctx.set('Cache-Control', 'no-cache');
    ctx.set('Vary', 'Accept, Authorization');
    ctx.set('Content-Type', 'text/plain; charset=utf-8');
    ctx.body = `${location}\n`;
  }

  /** The whole catalogue as data where somebody asks for data and a door gives it, else its first page. */
  function catalogueItself(ctx: AppContext): void {
    const f = parameterOf(ctx, 'f');
    const isMounted = deps.protocols.some((protocol) => protocol.name === 'dcat');
    const named = CATALOGUE.find((offer) => f !== null && (offer.id === f || offer.extension === f));
    const wanted = named ?? (f === null ? acceptable(ctx.req.headers.accept, CATALOGUE) : undefined);
    if (isMounted && wanted?.extension !== undefined) seeOther(ctx, links.url(`/dcat.${wanted.extension}`));
    else seeOther(ctx, links.url('/', { f, lang: parameterOf(ctx, 'lang') }));
  }

  async function toRecord(ctx: AppContext, key: RecordKey): Promise<void> {
    const record =
      (await catalogue.get(key, ctx.state.viewer)) ?? ('uuid' in key ? null : await catalogue.withdrawn(key));
    if (!record) throw new AppError('not-found');
    const query = queryText({ f: parameterOf(ctx, 'f'), lang: parameterOf(ctx, 'lang') });
    seeOther(ctx, links.url(recordPath(record.identifier)) + query);
  }

  const toDoor = (ctx: AppContext): Promise<void> => {
    const name = ctx.params.name ?? ctx.params.id ?? '';
    return toRecord(ctx, { identifier: `${deps.mappings.site.identifierPrefix}:${DOOR_SERVICE}:${name}` });
  };

  function keyOf(ctx: AppContext): RecordKey {
    const { os = '', id = '' } = ctx.params;
    const number = /^[1-9]\d{0,9}$/.test(id) ? Number(id) : 0;
    if (number < 1 || number > LARGEST) throw new AppError('not-found');
    return { service: os, id: number };
  }

  function organisation(ctx: AppContext): void {
    const address = known.get(ctx.params.o ?? '');
    if (address === undefined) throw new AppError('not-found');
    seeOther(ctx, address);
  }

  const doc = (summary: string) => ({
    summary: `${summary}: 303 to it`,
    parameters: [{ name: 'f', in: 'query' as const, required: false, description: 'format, passed on' }],
  });
  return [
    {
      method: 'GET',
      path: '/id/catalog',
      doc: doc('Stable address of the catalogue'),
      handle: catalogueItself,
    },
    { method: 'GET', path: '/id/org/:o', doc: doc('Stable address of an organisation'), handle: organisation },
    {
      method: 'GET',
      path: '/id/record/:os/:id',
      doc: doc('Stable address of the description of a record'),
      handle: (ctx) => (ctx.params.os === DOOR_SERVICE ? toDoor(ctx) : toRecord(ctx, keyOf(ctx))),
    },
    {
      method: 'GET',
      path: '/id/record/:os',
      doc: doc('Stable address of the description of an observation service'),
      handle: (ctx) => toRecord(ctx, { service: ctx.params.os ?? '', id: 0 }),
    },
    {
      method: 'GET',
      path: '/id/service/:name',
      doc: doc('Stable address of a web service'),
      handle: toDoor,
    },
    {
      method: 'GET',
      path: '/id/:os/:id',
      doc: doc('Stable address of a record'),
      handle: (ctx) => toRecord(ctx, keyOf(ctx)),
    },
    {
      method: 'GET',
      path: '/id/:os',
      doc: doc('Stable address of an observation service'),
      handle: (ctx) => toRecord(ctx, { service: ctx.params.os ?? '', id: 0 }),
    },
  ];
}
