// Requests of OAI-PMH 2.0 and what a harvester keeps of the answers.
import { type Answer, type Http, type Pairs, withQuery } from '../kit/http.ts';
import { must, type Target } from '../kit/requirement.ts';
import type { Doc } from '../kit/xml.ts';
import type { SchemaSet } from '../kit/xsd.ts';

export interface Header {
  readonly identifier: string;
  readonly datestamp: string;
  readonly deleted: boolean;
  readonly sets: readonly string[];
}

export interface Format {
  readonly prefix: string;
  readonly schema: string;
  readonly namespace: string;
}

export interface Facts {
  readonly address: string;
  readonly identify: Answer;
  readonly formats: readonly Format[];
  readonly sets: readonly string[];
  /** Headers in oai_dc, from the beginning. */
  readonly headers: readonly Header[];
  /** Were they all? */
  readonly complete: boolean;
  /** completeListSize of the first page; null: none was given. */
  readonly size: number | null;
}

export const ask = (http: Http, address: string, pairs: Pairs): Promise<Answer> => http.get(withQuery(address, pairs));

/** An answer of a verb: 200, XML, the frame, no error. */
export async function of(http: Http, address: string, pairs: Pairs): Promise<Answer> {
  const answer = await ask(http, address, pairs);
  frame(answer);
  const errors = answer.xml().all('/oai:OAI-PMH/oai:error/@code');
  must(errors.length === 0, `error ${errors.join(', ')} for ${JSON.stringify(pairs)}`, answer);
  return answer;
}

/** What every answer has, errors as well: status 200, text/xml, responseDate in UTC, request. */
export function frame(answer: Answer): void {
  must(answer.status === 200, `status 200 expected, ${answer.status} found`, answer);
  must(answer.media === 'text/xml', `Content-Type text/xml expected, "${answer.type}" found`, answer);
  const document = answer.xml();
  must(
    document.name === 'OAI-PMH' && document.namespace === 'http://www.openarchives.org/OAI/2.0/',
    'no OAI-PMH document',
    answer,
  );
  must(
    /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(document.text('/*/oai:responseDate')),
    'responseDate is no UTC date-time',
    answer,
  );
  must(document.count('/*/oai:request') === 1, 'no request element', answer);
}

export function refused(answer: Answer, code: string): void {
  frame(answer);
  const codes = answer.xml().all('/oai:OAI-PMH/oai:error/@code');
  must(codes.includes(code), `error ${code} expected, ${codes.join(', ') || 'none'} found`, answer);
  const bare = ['badVerb', 'badArgument'].includes(code);
  if (bare)
    must(answer.xml().count('/*/oai:request/@*') === 0, `the request element has attributes after ${code}`, answer);
}

export const headersOf = (document: Doc): readonly Header[] =>
  document.nodes('//oai:header').map((header) => ({
    identifier: header.text('oai:identifier'),
    datestamp: header.text('oai:datestamp'),
    deleted: header.text('@status') === 'deleted',
    sets: header.all('oai:setSpec'),
  }));

export interface Harvest {
  readonly headers: readonly Header[];
  readonly complete: boolean;
  readonly first: Answer;
  readonly pages: readonly Answer[];
}

/** Follows resumption tokens, at most so many pages. */
export async function harvest(http: Http, address: string, pairs: Pairs, most = 100): Promise<Harvest> {
  const first = await of(http, address, pairs);
  const pages = [first];
  const headers = [...headersOf(first.xml())];
  let token = first.xml().text('//oai:resumptionToken');
  while (token !== '' && pages.length < most) {
    const page = await of(http, address, { verb: pairs.verb, resumptionToken: token });
    pages.push(page);
    headers.push(...headersOf(page.xml()));
    token = page.xml().text('//oai:resumptionToken');
  }
  return { headers, complete: token === '', first, pages };
}

/** The schema set that knows a metadata namespace besides OAI-PMH itself. */
export function setFor(namespace: string): SchemaSet | null {
  if (namespace.includes('/19115/-3/')) return 'oai-mdb';
  if (namespace === 'http://datacite.org/schema/kernel-4') return 'oai-datacite';
  return ['http://www.openarchives.org/OAI/2.0/oai_dc/', 'http://www.isotc211.org/2005/gmd'].includes(namespace)
    ? 'oai'
    : null;
}

/** The latest datestamp. */
export const latest = ({ headers }: Facts): string =>
  headers
    .map(({ datestamp }) => datestamp)
    .sort()
    .at(-1) ?? '';

export const xsdFaults = (target: Target, answer: Answer, set: SchemaSet): readonly string[] =>
  target.xsd?.faults(answer.text, set) ?? [];
