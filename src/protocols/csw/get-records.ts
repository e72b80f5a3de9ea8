// GetRecords: the page that was asked as GetRecordsResponse or as an Atom feed; only the numbers for hits; the request back for validate
// (OGC 07-006r1 10.8; OGC 12-176r7 7.3).
import type { Catalogue } from '../../catalogue/catalogue.ts';
import { hoistDeclarations } from '../../formats/writers/bare-element.ts';
import { xmlAttribute, xmlText } from '../../formats/writers/text.ts';
import type { Caching } from '../../http/caching.ts';
import type { AppContext } from '../../http/protocol.ts';
import { AppError } from '../../model/errors.ts';
import type { RecordView } from '../../model/format.ts';
import type { ResultPage } from '../../model/query.ts';
import type { Language } from '../../model/text.ts';
import { type Call, dialectOf } from './call.ts';
import { invalid, OwsError } from './errors.ts';
import { type FeedParts, writeFeed } from './feed.ts';
import { type GetRecordsRequest, type RequestParts, readGetRecords } from './get-records-request.ts';
import { writeRecords } from './record-writer.ts';
import { sendXml } from './reply.ts';
import { ATOM_TYPE, type Dialect } from './vocabulary.ts';

export interface GetRecordsDeps extends RequestParts, FeedParts {
  readonly catalogue: Catalogue;
  readonly caching: Caching;
  readonly view: (language: Language, sequence: number) => RecordView;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

const second = (milliseconds: number): string => `${new Date(milliseconds).toISOString().slice(0, 19)}Z`;

/** 0: nothing more. Where no records are asked, the next one is the first of the page. */
export function nextRecord(startPosition: number, returned: number, total: number): number {
  const next = startPosition + returned;
  return next <= total ? next : 0;
}

/** Prefixes that the root of an answer binds. */
const rootBindings = (dialect: Dialect): ReadonlyMap<string, string> => new Map([['csw', dialect.csw]]);

function writeResponse(
  request: GetRecordsRequest,
  page: ResultPage,
  dialect: Dialect,
  view: (sequence: number) => RecordView,
  now: number,
): string {
  const { output, startPosition, requestId } = request;
  const { declarations, elements } = hoistDeclarations(
    writeRecords(page.records, request, view),
    rootBindings(dialect),
  );
  const total = page.total ?? 0;
  const returned = elements.length;
  const next = nextRecord(startPosition, returned, total);
  // Chosen elements are no set.
  const set = request.elements === null ? ` elementSet="${output.set}"` : '';
  const status =
    dialect.version === '3.0.0'
      ? ` status="${returned === 0 ? 'none' : returned === total ? 'complete' : 'subset'}"`
      : '';
  return (
    `<csw:GetRecordsResponse xmlns:csw="${dialect.csw}"${declarations} version="${dialect.version}">` +
    `${requestId === null ? '' : `<csw:RequestId>${xmlText(requestId)}</csw:RequestId>`}` +
    `<csw:SearchStatus timestamp="${second(now)}"/>` +
    `<csw:SearchResults numberOfRecordsMatched="${total}" numberOfRecordsReturned="${returned}" nextRecord="${next}"` +
    `${set} recordSchema="${xmlAttribute(output.schema.uri)}"${status}>${elements.join('\n')}</csw:SearchResults></csw:GetRecordsResponse>`
  );
}

function acknowledge(call: Call, requestId: string | null, address: string, now: number): string {
  const { csw } = dialectOf(call);
  // Pairs have no XML to give back: they are echoed as their address.
  const echo = call.sent ?? `<request xmlns="">${xmlText(address)}</request>`;
  return (
    `<csw:Acknowledgement xmlns:csw="${csw}" timeStamp="${second(now)}"><csw:EchoedRequest>${echo}</csw:EchoedRequest>` +
    `${requestId === null ? '' : `<csw:RequestId>${xmlText(requestId)}</csw:RequestId>`}</csw:Acknowledgement>`
  );
}

/** An identifier that nobody has, asked alone, is 404 in 3.0 (requirement 141). */
function refuseUnknown(request: GetRecordsRequest, page: ResultPage): void {
  if (!request.single || page.total !== 0) return;
  throw new OwsError(
    [invalid('recordIds', 'there is no such record', 'il n’y a pas de tel enregistrement')],
    'not-found',
  );
}

/** Gives the handler. */
export function createGetRecords(deps: GetRecordsDeps): (ctx: AppContext, call: Call) => Promise<void> {
  const { catalogue, caching, clock } = deps;
  return async (ctx, call) => {
    const { viewer, language } = ctx.state;
    const request = readGetRecords(call, deps);
    const isGet = ctx.method === 'GET' || ctx.method === 'HEAD';
    if (request.resultType === 'validate') {
      const document = acknowledge(call, request.requestId, ctx.req.url ?? '', clock());
      return sendXml(ctx, document, request.output.mediaType, call.envelope);
    }
    const { mediaType } = request.output;
    if (isGet && caching.notModified(ctx, await catalogue.revision(), `csw ${mediaType}`)) return;
    const page = await catalogue.search(request.query, viewer);
    if (call.version === '3.0.0') refuseUnknown(request, page);
    const view = (sequence: number): RecordView => deps.view(language, sequence);
    if (mediaType === ATOM_TYPE) {
      if (call.envelope !== null) throw new AppError('not-acceptable');
      return sendXml(ctx, writeFeed(call, request, page, view, ctx.state.language, deps), ATOM_TYPE, null);
    }
    sendXml(ctx, writeResponse(request, page, dialectOf(call), view, clock()), mediaType, call.envelope);
  };
}
