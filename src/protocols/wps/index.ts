// WPS 1.0.0 and 2.0 at one address, 2.0 alone at its own, over the processes and jobs that every processing door shares: pairs, XML and SOAP become
// calls, calls are answered, errors become exception reports.
import type { Catalogue } from '../../catalogue/catalogue.ts';
import { type Envelope, likelyEnvelope } from '../../formats/syntax/soap.ts';
import { xmlTextOf } from '../../formats/syntax/xml-bytes.ts';
import { readBody } from '../../http/body.ts';
import type { Caching } from '../../http/caching.ts';
import type { Links } from '../../http/links.ts';
import type { AppContext, Protocol, Route } from '../../http/protocol.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import { AppError } from '../../model/errors.ts';
import type { Processing } from '../../processing/processing.ts';
import type { Call } from './call.ts';
import { createDocuments } from './documents.ts';
import { exceptionReport, missing, statusOf, WpsError } from './errors.ts';
import { createExecute } from './execute.ts';
import { createJobStatus } from './job-status.ts';
import { callOfQuery, versionOfQuery } from './kvp-call.ts';
import { likelyVersion } from './negotiation.ts';
import { sendReport } from './reply.ts';
import { PATHS, type Path, type Version } from './vocabulary.ts';
import { callOfXml, versionOfText } from './xml-call.ts';

export interface WpsDeps {
  readonly processing: Processing;
  readonly catalogue: Pick<Catalogue, 'revision'>;
  readonly mappings: Pick<Mappings, 'site'>;
  readonly links: Links;
  readonly caching: Caching;
  /** `processingBody`: bytes of the largest request. */
  readonly config: { readonly processingBody: number };
  /** Milliseconds since 1970. */
  readonly clock: () => number;
  /** Of the caller. */
  readonly address: (ctx: AppContext) => string;
}

/** In which version and envelope an error of this request is told. */
interface Style {
  readonly version: Version;
  readonly envelope: Envelope | null;
}

const CAPABILITIES = 'service=WPS&request=GetCapabilities';

export function createWps(deps: WpsDeps): Protocol {
  const { processing, links, clock, address, config, mappings } = deps;
  const limits = { mostMegabytes: config.processingBody / 1_000_000 };
  const documents = createDocuments({ ...deps, site: mappings.site, limits });
  const execute = createExecute({ processing, links, clock, address });
  const jobs = createJobStatus({ processing, links, clock, address });
  const styles = new WeakMap<object, Style>();

  async function answer(ctx: AppContext, call: Call): Promise<void> {
    styles.set(ctx, call);
    switch (call.operation) {
      case 'GetCapabilities':
        return documents.answerCapabilities(ctx, call);
      case 'DescribeProcess':
        return documents.answerDescriptions(ctx, call);
      case 'Execute':
        // Asking for the headers of an answer must not set anything going.
        if (ctx.method === 'HEAD') throw new AppError('method-not-allowed');
        return execute(ctx, call);
      default:
        if (ctx.method === 'HEAD' && call.operation === 'Dismiss') throw new AppError('method-not-allowed');
        return jobs.answerJob(ctx, call);
    }
  }

  const get =
    (path: Path): Route['handle'] =>
    (ctx) => {
      styles.set(ctx, { version: versionOfQuery(ctx.querystring, path), envelope: null });
      return answer(ctx, callOfQuery(ctx.querystring === '' ? CAPABILITIES : ctx.querystring, path));
    };

  const post =
    (path: Path): Route['handle'] =>
    async (ctx) => {
      styles.set(ctx, { version: likelyVersion(path, null), envelope: null });
      const body = await readBody(ctx, config.processingBody);
      // Pairs in the address do not count here: the request is the body.
      if (body.bytes.every((byte) => byte <= 0x20)) throw new WpsError([missing('request')]);
      const text = xmlTextOf(body.bytes, body.charset);
      const version = PATHS[path] ?? versionOfText(text) ?? likelyVersion(path, null);
      styles.set(ctx, { version, envelope: likelyEnvelope(text) });
      return answer(ctx, callOfXml(text, path, config.processingBody));
    };

  const fail = (ctx: AppContext, error: AppError): void => {
    const style = styles.get(ctx) ?? { version: ctx.path === '/wps/2.0' ? '2.0.0' : '1.0.0', envelope: null };
    const { version, envelope } = style;
    const { language } = ctx.state;
    const report = exceptionReport(error, version, language);
    // The binding of SOAP 1.1 knows one status for faults.
    ctx.status = envelope === '1.1' ? 500 : statusOf(error, version);
    sendReport(ctx, report, { envelope, reason: error.message, language });
  };

  return {
    name: 'wps',
    routes: routesOf(get, post, jobs.answerStatus1, config.processingBody),
    siteLinks: SITE_LINKS,
    fail,
  };
}

const SITE_LINKS = [
  {
    role: 'related',
    href: '/wps?service=WPS&request=GetCapabilities',
    type: 'text/xml',
    title: 'WPS 1.0.0',
  },
  { role: 'related', href: '/wps/2.0?service=WPS&request=GetCapabilities', type: 'text/xml', title: 'WPS 2.0' },
] as const;

function routesOf(
  get: (path: Path) => Route['handle'],
  post: (path: Path) => Route['handle'],
  status: Route['handle'],
  maxBody: number,
): readonly Route[] {
  const produces = ['text/xml'];
  return [
    {
      method: 'GET',
      path: '/wps',
      doc: { summary: 'WPS 1.0.0, and 2.0 where it is asked, key-value pairs; capabilities without any', produces },
      handle: get('/wps'),
    },
    {
      method: 'POST',
      path: '/wps',
      doc: { summary: 'WPS 1.0.0 and 2.0, XML or SOAP', produces },
      maxBody,
      handle: post('/wps'),
    },
    {
      method: 'GET',
      path: '/wps/2.0',
      doc: { summary: 'WPS 2.0 alone, key-value pairs; capabilities without any', produces },
      handle: get('/wps/2.0'),
    },
    {
      method: 'POST',
      path: '/wps/2.0',
      doc: { summary: 'WPS 2.0 alone, XML or SOAP', produces },
      maxBody,
      handle: post('/wps/2.0'),
    },
    {
      method: 'GET',
      path: '/wps/status/:job',
      doc: {
        summary: 'How a job stands, and its outputs when it has ended: the response document of WPS 1.0.0',
        parameters: [{ name: 'job', in: 'path', required: true, description: 'UUID of the job' }],
        produces,
      },
      handle: status,
    },
  ];
}
