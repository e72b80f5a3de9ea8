// OGC API Processes, Part 1 (18-062r2) with job list, dismiss and callbacks, at the root of the site beside the other OGC APIs.
import { acceptable } from '../../http/negotiate.ts';
import type { LandingLink, Protocol } from '../../http/protocol.ts';
import type { Link } from '../../model/description.ts';
import type { CatalogRecord } from '../../model/record.ts';
import { writeException } from './errors.ts';
import { jobHandlers } from './job-handlers.ts';
import type { OgcProcessesParts } from './parts.ts';
import { processHandlers } from './process-handlers.ts';
import { resultHandlers } from './result-handlers.ts';
import { routesOf } from './routes.ts';
import { SCHEMAS } from './schemas.ts';
import { CALLBACK_CLASS, CONFORMANCE, JSON_TYPE, OFFERS, REL } from './vocabulary.ts';

const LANDING: readonly LandingLink[] = [
  { rel: 'processes', href: '/processes', type: JSON_TYPE, title: 'Processes' },
  { rel: REL.processes, href: '/processes', type: JSON_TYPE, title: 'Processes' },
  { rel: REL.jobs, href: '/jobs', type: JSON_TYPE, title: 'Jobs' },
];

const ERROR_OFFERS = [{ ...OFFERS[0], otherTypes: ['application/problem+json'] }, OFFERS[1]];

export function createOgcProcesses(parts: OgcProcessesParts): Protocol {
  const { processing, links, frame, config } = parts;
  const ids = processing.processes.map(({ id }) => id);
  const handlers = { ...processHandlers(parts), ...jobHandlers(parts), ...resultHandlers(parts) };
  const processLink = ({ identifier }: CatalogRecord): Link => ({
    role: 'process',
    href: `/processes?record=${encodeURIComponent(identifier)}`,
    type: JSON_TYPE,
    title: 'Processes for these data',
  });
  return {
    name: 'ogc-processes',
    routes: routesOf(handlers, ids, processing.synchronousSeconds, config.processingBody),
    conformance: config.remoteHosts.length > 0 ? [...CONFORMANCE, CALLBACK_CLASS] : CONFORMANCE,
    landingLinks: LANDING,
    schemas: SCHEMAS,
    fail: (ctx, error) => {
      const isPage = acceptable(ctx.req.headers.accept, ERROR_OFFERS)?.id === 'html';
      if (isPage) frame.fail(ctx, error);
      else writeException(ctx, error, links.url('/errors'));
    },
    recordLinks: (record) => (processing.applicable(record).length === 0 ? [] : [processLink(record)]),
  };
}
