// CSW 2.0.2 and 3.0.0 at one address, 2.0.2 alone at its alias: pairs, XML and SOAP become calls, calls are answered, errors become reports.
import type { Catalogue } from '../../catalogue/catalogue.ts';
import { type Envelope, SOAP_TYPES, wrapFault } from '../../formats/syntax/soap.ts';
import { xmlTextOf } from '../../formats/syntax/xml-bytes.ts';
import { bodyForm, readBody } from '../../http/body.ts';
import type { Caching } from '../../http/caching.ts';
import type { DocumentMemory } from '../../http/document-memory.ts';
import type { Links } from '../../http/links.ts';
import { acceptable } from '../../http/negotiate.ts';
import type { AppContext, Protocol, Route } from '../../http/protocol.ts';
import type { Mappings } from '../../mapping/mappings.ts';
import { createQueryables } from '../../mapping/queryables.ts';
import type { AppError } from '../../model/errors.ts';
import type { RecordFormat } from '../../model/format.ts';
import type { Call, Path } from './call.ts';
import { createReadConstraint } from './constraint.ts';
import { createDescribeRecord } from './describe-record.ts';
import { exceptionReport } from './errors.ts';
import { createGetCapabilities } from './get-capabilities.ts';
import { createGetDomain } from './get-domain.ts';
import { createGetRecordById, createGetRepositoryItem } from './get-record-by-id.ts';
import { createGetRecords } from './get-records.ts';
import { callOfPairs, callOfQuery, versionOfQuery } from './kvp-call.ts';
import { createAnswerOsdd } from './osdd.ts';
import { createOutputSchemas } from './output-schemas.ts';
import { createViews } from './record-writer.ts';
import {
  ATOM_TYPE,
  DIALECTS,
  type Operation,
  OSDD_TYPE,
  type Version,
  XML_DECLARATION,
  XML_TYPES,
} from './vocabulary.ts';
import { callOfXml } from './xml-call.ts';

export interface CswDeps {
  readonly catalogue: Catalogue;
  readonly mappings: Mappings;
  /** Every registered record format; those of csw:Record, ISO 19139 and Atom must be there. */
  readonly formats: readonly RecordFormat[];
  readonly links: Links;
  readonly caching: Caching;
  readonly documents: DocumentMemory;
  readonly config: { readonly maxBody: number; readonly cswErrorStatus: '4xx' | '200' };
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

/** In which version and envelope an error of this request is told. */
interface Style {
  readonly version: Version;
  readonly envelope: Envelope | null;
}
type Handler = (ctx: AppContext, call: Call) => Promise<void> | void;

const CAPABILITIES = new Map([
  ['service', 'CSW'],
  ['request', 'GetCapabilities'],
]);
const XML_OFFERS = XML_TYPES.map((mediaType) => ({ id: mediaType, mediaType }));
const BASE_OFFERS = [
  ...XML_OFFERS,
  { id: 'osdd', mediaType: OSDD_TYPE, otherTypes: ['application/vnd.a9.opensearchdescription+xml'] },
];
const RECORD_OFFERS = [...XML_OFFERS, { id: ATOM_TYPE, mediaType: ATOM_TYPE }];
/** Operations whose answers are records; Accept chooses their format where outputFormat does not. */
const GIVES_RECORDS: readonly Operation[] = ['GetRecords', 'GetRecordById'];

/** Accept as outputFormat (OGC 12-176r7 6.3.2): only what names one of our types chooses another than the first. */
function withAccepted(call: Call, accept: string | undefined): Call {
  if (call.version !== '3.0.0' || !GIVES_RECORDS.includes(call.operation) || accept === undefined) return call;
  if (call.parameters.get('outputformat')) return call;
  const chosen = acceptable(accept, RECORD_OFFERS);
  if (chosen === undefined || chosen === RECORD_OFFERS[0]) return call;
  return { ...call, parameters: new Map([...call.parameters, ['outputformat', chosen.mediaType]]) };
}

function createHandlers(deps: CswDeps): { readonly [O in Operation]: Handler } {
  const { catalogue, caching, links, mappings, clock } = deps;
  const queryables = createQueryables(mappings);
  const schemas = createOutputSchemas(deps.formats);
  const shared = {
    catalogue,
    caching,
    links,
    mappings,
    queryables,
    schemas,
    clock,
    view: createViews(links, mappings),
  };
  const whole = deps.formats.find(({ id }) => id === 'iso19139');
  if (whole === undefined) throw new Error('CSW needs the record format iso19139');
  const byId = { ...shared, whole: whole.write, documents: deps.documents };
  return {
    GetCapabilities: createGetCapabilities(shared),
    DescribeRecord: createDescribeRecord(schemas),
    GetDomain: createGetDomain(shared),
    GetRecords: createGetRecords({ ...shared, constraint: createReadConstraint(queryables) }),
    GetRecordById: createGetRecordById(byId),
    GetRepositoryItem: createGetRepositoryItem(byId),
  };
}

export function createCsw(deps: CswDeps): Protocol {
  const handlers = createHandlers(deps);
  const answerOsdd = createAnswerOsdd(deps);
  const styles = new WeakMap<object, Style>();

  const answer = (ctx: AppContext, call: Call): Promise<void> | void => {
    styles.set(ctx, call);
    return handlers[call.operation](ctx, call);
  };

  const get =
    (path: Path) =>
    (ctx: AppContext): Promise<void> | void => {
      styles.set(ctx, { version: versionOfQuery(ctx.querystring, path), envelope: null });
      if (ctx.querystring !== '')
        return answer(ctx, withAccepted(callOfQuery(ctx.querystring, path), ctx.req.headers.accept));
      if (path === '/csw' && acceptable(ctx.req.headers.accept, BASE_OFFERS)?.id === 'osdd') return answerOsdd(ctx);
      return answer(ctx, callOfPairs([...CAPABILITIES], [], path));
    };

  const post =
    (path: Path) =>
    async (ctx: AppContext): Promise<void> => {
      styles.set(ctx, { version: versionOfQuery(ctx.querystring, path), envelope: null });
      const body = await readBody(ctx, deps.config.maxBody);
      // Clients send XML under the type of forms, too: what begins as XML is XML.
      const first = body.bytes.find((byte) => byte > 0x20);
      if (body.mediaType === 'application/x-www-form-urlencoded' && first !== 0x3c && first !== 0xef) {
        const { pairs, faults } = bodyForm(body);
        return answer(ctx, callOfPairs(pairs, faults, path));
      }
      const text = xmlTextOf(body.bytes, body.charset);
      if (text.includes('http://www.opengis.net/cat/csw/2.0.2')) styles.set(ctx, { version: '2.0.2', envelope: null });
      return answer(ctx, callOfXml(text, path));
    };

  const fail = (ctx: AppContext, error: AppError): void => {
    const { version, envelope } = styles.get(ctx) ?? {
      version: versionOfQuery(ctx.querystring, '/csw'),
      envelope: null,
    };
    const { language } = ctx.state;
    const report = exceptionReport(error, DIALECTS[version], language);
    const document = envelope === null ? report : wrapFault(report, error.message, envelope, language);
    // The binding of SOAP 1.1 knows one status for faults; what asks who somebody is keeps its own everywhere.
    if (envelope === '1.1') ctx.status = 500;
    else if (version === '2.0.2' && deps.config.cswErrorStatus === '200' && ctx.status !== 401) ctx.status = 200;
    ctx.set('Content-Type', envelope === null ? XML_TYPES[0] : SOAP_TYPES[envelope]);
    ctx.set('Content-Language', language);
    ctx.body = `${XML_DECLARATION}${document}\n`;
  };

  return {
    name: 'csw',
    routes: routesOf(get, post, answerOsdd),
    siteLinks: SITE_LINKS,
    conformance: CONFORMANCE,
    fail,
  };
}

const SITE_LINKS = [
  { role: 'search', href: '/csw/osdd.xml', type: OSDD_TYPE, title: 'CSW 3.0' },
  { role: 'related', href: '/csw?service=CSW&request=GetCapabilities', type: 'application/xml', title: 'CSW 3.0.0' },
  {
    role: 'related',
    href: '/csw?service=CSW&version=2.0.2&request=GetCapabilities',
    type: 'application/xml',
    title: 'CSW 2.0.2',
  },
] as const;

const CONFORMANCE = [
  'OpenSearch',
  'GetCapabilities-XML',
  'GetRecordById-XML',
  'GetRecords-Basic-XML',
  'GetDomain-XML',
  'GetDomain-KVP',
  'Filter-CQL',
  'Filter-FES-XML',
  'Filter-FES-KVP-Advanced',
].map((name) => `http://www.opengis.net/spec/csw/3.0/conf/${name}`);

function routesOf(
  get: (path: Path) => Route['handle'],
  post: (path: Path) => Route['handle'],
  osdd: Route['handle'],
): readonly Route[] {
  const produces = [...XML_TYPES, ATOM_TYPE, OSDD_TYPE];
  const both = 'CSW 2.0.2 and 3.0.0';
  return [
    {
      method: 'GET',
      path: '/csw',
      doc: { summary: `${both}, key-value pairs; capabilities of 3.0.0 without any`, produces },
      handle: get('/csw'),
    },
    { method: 'POST', path: '/csw', doc: { summary: `${both}, XML, SOAP or a form`, produces }, handle: post('/csw') },
    {
      method: 'GET',
      path: '/csw/2.0.2',
      doc: { summary: 'CSW 2.0.2 alone, for clients that do not say a version', produces: XML_TYPES },
      handle: get('/csw/2.0.2'),
    },
    {
      method: 'POST',
      path: '/csw/2.0.2',
      doc: { summary: 'CSW 2.0.2 alone, XML, SOAP or a form', produces: XML_TYPES },
      handle: post('/csw/2.0.2'),
    },
    {
      method: 'GET',
      path: '/csw/osdd.xml',
      doc: { summary: 'OpenSearch description of CSW 3.0', produces: [OSDD_TYPE] },
      handle: osdd,
    },
  ];
}
