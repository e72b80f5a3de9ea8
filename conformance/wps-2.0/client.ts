// Requests of WPS 2.0 and what is looked for in the answers.
import { type Answer, type Http, type Pairs, withQuery } from '../kit/http.ts';
import { must, none, schemas, type Target } from '../kit/requirement.ts';

export interface Facts {
  readonly address: string;
  readonly capabilities: Answer;
  readonly processes: readonly string[];
}

/** What the executable test suite (ets-wps20) asks: it has this name written into it. */
export const ECHO = 'org.n52.javaps.test.EchoProcess';
export const NOBODY = 'nobody.invalid';
const WPS = 'http://www.opengis.net/wps/2.0';
const OWS = 'http://www.opengis.net/ows/2.0';
const ROOT = `xmlns:wps="${WPS}" xmlns:ows="${OWS}" xmlns:xlink="http://www.w3.org/1999/xlink" service="WPS"`;

export const V2 = { service: 'WPS', version: '2.0.0' };
export const ask = (http: Http, address: string, pairs: Pairs): Promise<Answer> => http.get(withQuery(address, pairs));
export const post = (http: Http, address: string, body: string): Promise<Answer> =>
  http.post(address, 'text/xml', body);
export const getCapabilities = `<wps:GetCapabilities ${ROOT}/>`;
export const describe = (id: string): string =>
  `<wps:DescribeProcess ${ROOT} version="2.0.0"><ows:Identifier>${id}</ows:Identifier></wps:DescribeProcess>`;
export const ofJob = (operation: string, id: string): string =>
  `<wps:${operation} ${ROOT} version="2.0.0"><wps:JobID>${id}</wps:JobID></wps:${operation}>`;

export const LITERAL =
  '<wps:Input id="literalInput"><wps:Data><wps:LiteralValue>hello_literal</wps:LiteralValue></wps:Data></wps:Input>';
export const COMPLEX =
  '<wps:Input id="complexInput"><wps:Data mimeType="text/xml"><testElement>hello_complex</testElement></wps:Data></wps:Input>';

export interface How {
  readonly mode?: string;
  readonly response?: string;
  readonly process?: string;
}
export function execute(content: string, { mode = 'sync', response = 'document', process = ECHO }: How = {}): string {
  return `<wps:Execute ${ROOT} version="2.0.0" mode="${mode}" response="${response}"><ows:Identifier>${process}</ows:Identifier>${content}</wps:Execute>`;
}

export function fine(answer: Answer, root: string): Answer {
  must(answer.status === 200, `status 200 expected, ${answer.status} found`, answer);
  const { name, namespace } = answer.xml();
  must(name === root && namespace === WPS, `wps:${root} expected, ${name} of ${namespace} found`, answer);
  return answer;
}

/** An exception report of OWS 2.0 under a status of failure, with this code where one is given. */
export function refused(answer: Answer, code?: string): void {
  must(answer.status >= 400, `a status of failure expected, ${answer.status} found`, answer);
  const report = answer.xml();
  must(report.name === 'ExceptionReport' && report.namespace === OWS, 'no ows:ExceptionReport of OWS 2.0', answer);
  const codes = report.all('//ows2:Exception/@exceptionCode');
  must(
    code === undefined ? codes.length > 0 : codes.includes(code),
    `${code} expected, ${codes.join(', ') || 'nothing'} found`,
    answer,
  );
}

export function valid(answer: Answer, target: Target): void {
  none(schemas(target).faults(answer.text, 'wps2'), 'not valid', answer);
}
