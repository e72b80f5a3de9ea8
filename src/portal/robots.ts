// What search engines are told: robots.txt (RFC 9309) and sitemaps (sitemaps.org 0.9, at most 50 000 addresses a file), of public records alone.
import type { Catalogue } from '../catalogue/catalogue.ts';
import { xmlText } from '../formats/writers/text.ts';
import type { Links } from '../http/links.ts';
import type { AppContext, Route } from '../http/protocol.ts';
import { streamBody } from '../http/streaming.ts';
import type { Mappings } from '../mapping/mappings.ts';
import { AppError } from '../model/errors.ts';
import { EVERYTHING } from '../model/query.ts';
import { ANONYMOUS } from '../model/viewer.ts';
import { recordPath } from './page.ts';

const MOST = 50_000;
const PROLOG = '<?xml version="1.0" encoding="UTF-8"?>\n';
const NAMESPACE = 'xmlns="http://www.sitemaps.org/schemas/sitemap/0.9"';

export interface RobotsDependencies {
  readonly catalogue: Catalogue;
  readonly mappings: Mappings;
  readonly links: Links;
}

export function createRobots({ catalogue, mappings, links }: RobotsDependencies): readonly Route[] {
  const address = (path: string) => xmlText(links.url(path));

  async function* sitemapOf(service: string): AsyncGenerator<string> {
    yield `${PROLOG}<urlset ${NAMESPACE}>\n<url><loc>${address(`/services/${service}`)}</loc></url>\n`;
    let written = 1;
    for await (const records of catalogue.stream({ ...EVERYTHING, services: [service] }, ANONYMOUS)) {
      const room = MOST - written;
      yield records
        .slice(0, room)
        .map(
          (record) =>
            `<url><loc>${address(recordPath(record.identifier))}</loc><lastmod>${record.updated}</lastmod></url>\n`,
        )
        .join('');
      written += records.length;
      if (written >= MOST) break;
    }
    yield '</urlset>\n';
  }

  function index(ctx: AppContext): void {
    const entries = mappings.services.map(
      (service) => `<sitemap><loc>${address(`/sitemaps/${service.name}.xml`)}</loc></sitemap>\n`,
    );
    ctx.set('Content-Type', 'application/xml; charset=utf-8');
    ctx.body = `${PROLOG}<sitemapindex ${NAMESPACE}>\n${entries.join('')}</sitemapindex>\n`;
  }

  async function sitemap(ctx: AppContext): Promise<void> {
    const name = /^(.+)\.xml$/.exec(ctx.params.file ?? '')?.[1];
    const service = mappings.services.find((entry) => entry.name === name);
    if (!service) throw new AppError('not-found');
    await streamBody(ctx, 'application/xml; charset=utf-8', sitemapOf(service.name));
  }

  function robots(ctx: AppContext): void {
    ctx.set('Content-Type', 'text/plain; charset=utf-8');
    ctx.body = `User-agent: *\nDisallow: ${links.basePath}/search?\nAllow: /\n\nSitemap: ${links.url('/sitemap.xml')}\n`;
  }

  const xml = ['application/xml'];
  return [
    {
      method: 'GET',
      path: '/robots.txt',
      doc: { summary: 'What crawlers may read', produces: ['text/plain'] },
      handle: robots,
    },
    { method: 'GET', path: '/sitemap.xml', doc: { summary: 'Index of the sitemaps', produces: xml }, handle: index },
    {
      method: 'GET',
      path: '/sitemaps/:file',
      doc: { summary: 'Public records of one service', produces: xml },
      handle: sitemap,
    },
  ];
}
