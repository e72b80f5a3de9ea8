// Requests of CSW 3.0 in pairs and in XML, its exception reports, its answers.
import { type Answer, type Headers, type Http, type Pairs, withQuery } from '../kit/http.ts';
import { must, none, type Target } from '../kit/requirement.ts';
import type { Doc } from '../kit/xml.ts';
import type { SchemaSet } from '../kit/xsd.ts';

export const CSW = 'http://www.opengis.net/cat/csw/3.0';

export interface Facts {
  readonly address: string;
  readonly capabilities: Answer;
  /** Twenty csw:Record in full. */
  readonly records: Answer;
  /** Address of the description document that the capabilities name, or of the base address itself. */
  readonly description: string;
}

export const kvp = (http: Http, address: string, pairs: Pairs, headers: Headers = {}): Promise<Answer> =>
  http.get(withQuery(address, { service: 'CSW', version: '3.0.0', ...pairs }), headers);

/** A GetRecords in pairs whose answer is a GetRecordsResponse. */
export async function search(target: Target, facts: Facts, pairs: Pairs): Promise<Answer> {
  const answer = await kvp(target.http, facts.address, { request: 'GetRecords', typeNames: 'Record', ...pairs });
  must(answer.status === 200, `status 200 expected, ${answer.status} found`, answer);
  must(
    answer.xml().name === 'GetRecordsResponse' && answer.xml().namespace === CSW,
    'no csw:GetRecordsResponse',
    answer,
  );
  return answer;
}

export const matched = (answer: Answer): number =>
  Number(answer.xml().text('//csw3:SearchResults/@numberOfRecordsMatched') || Number.NaN);
export const returned = (answer: Answer): number =>
  Number(answer.xml().text('//csw3:SearchResults/@numberOfRecordsReturned') || Number.NaN);
export const results = (answer: Answer): readonly Doc[] => answer.xml().nodes('//csw3:SearchResults/*');
export const ids = (answer: Answer): readonly string[] => answer.xml().all('//csw3:SearchResults/*/dc:identifier[1]');

export function valid(target: Target, answer: Answer, set: SchemaSet = 'csw3'): void {
  if (target.xsd !== null) none(target.xsd.faults(answer.text, set), 'not valid', answer);
}

/** An OWS 2.0 exception report with status, code and locator. */
export function refused(answer: Answer, code: string, locator?: string, status = 400): void {
  must(answer.status === status, `status ${status} expected, ${answer.status} found`, answer);
  must(/xml$/.test(answer.media), `an exception report in XML expected, "${answer.type}" found`, answer);
  const report = answer.xml();
  must(
    report.name === 'ExceptionReport' && report.namespace === 'http://www.opengis.net/ows/2.0',
    'no ows:ExceptionReport of OWS 2.0',
    answer,
  );
  must(report.text('/*/@version') === '3.0.0', `version 3.0.0 expected, ${report.text('/*/@version')} found`, answer);
  const codes = report.all('//ows2:Exception/@exceptionCode');
  must(codes.includes(code), `exceptionCode ${code} expected, ${codes.join(', ')} found`, answer);
  if (locator === undefined) return;
  const locators = report.all('//ows2:Exception/@locator').map((text) => text.toLowerCase());
  must(
    locators.some((text) => text.includes(locator.toLowerCase())),
    `locator ${locator} expected, ${locators.join(', ')} found`,
    answer,
  );
}
