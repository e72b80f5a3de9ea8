// Requests of WPS 1.0.0 and what is looked for in the answers.
import { type Answer, type Http, type Pairs, withQuery } from '../kit/http.ts';
import { must, none, schemas, type Target } from '../kit/requirement.ts';

export interface Facts {
  readonly address: string;
  readonly capabilities: Answer;
  /** Identifiers of the processes that are offered. */
  readonly processes: readonly string[];
  /** As the capabilities list them. */
  readonly languages: readonly string[];
}

/** The name that the executable test suite of WPS 2.0 has written into it; the self-check knows no other process of any server. */
export const ECHO = {
  id: 'org.n52.javaps.test.EchoProcess',
  input: 'literalInput',
  output: 'literalOutput',
  xml: 'complexOutput',
};
export const NOBODY = 'nobody.invalid';
const WPS = 'http://www.opengis.net/wps/1.0.0';
const OWS = 'http://www.opengis.net/ows/1.1';
const ROOT = `xmlns:wps="${WPS}" xmlns:ows="${OWS}" xmlns:xlink="http://www.w3.org/1999/xlink" service="WPS"`;

export const ask = (http: Http, address: string, pairs: Pairs): Promise<Answer> => http.get(withQuery(address, pairs));
export const capabilitiesPairs = { service: 'WPS', request: 'GetCapabilities' };
export const describePairs = { service: 'WPS', version: '1.0.0', request: 'DescribeProcess' };

export const post = (http: Http, address: string, body: string): Promise<Answer> =>
  http.post(address, 'text/xml', body);
export const getCapabilities = (content = ''): string =>
  `<wps:GetCapabilities ${ROOT}>${content}</wps:GetCapabilities>`;
export const describe = (...ids: readonly string[]): string =>
  `<wps:DescribeProcess ${ROOT} version="1.0.0">${ids.map((id) => `<ows:Identifier>${id}</ows:Identifier>`).join('')}</wps:DescribeProcess>`;

/** Execute of the echo process. `form`: content of ResponseForm. */
export function execute(form = '', text = 'hello', attributes = ''): string {
  return (
    `<wps:Execute ${ROOT} version="1.0.0" ${attributes}><ows:Identifier>${ECHO.id}</ows:Identifier><wps:DataInputs><wps:Input>` +
    `<ows:Identifier>${ECHO.input}</ows:Identifier><wps:Data><wps:LiteralData>${text}</wps:LiteralData></wps:Data></wps:Input></wps:DataInputs>` +
    `${form === '' ? '' : `<wps:ResponseForm>${form}</wps:ResponseForm>`}</wps:Execute>`
  );
}
export const document = (attributes: string): string =>
  `<wps:ResponseDocument ${attributes}><wps:Output><ows:Identifier>${ECHO.output}</ows:Identifier></wps:Output></wps:ResponseDocument>`;

/** 200 and this root. */
export function fine(answer: Answer, root: string): Answer {
  must(answer.status === 200, `status 200 expected, ${answer.status} found`, answer);
  must(answer.media.endsWith('xml'), `XML expected, "${answer.type}" found`, answer);
  const { name, namespace } = answer.xml();
  must(name === root && namespace === WPS, `wps:${root} expected, ${name} of ${namespace} found`, answer);
  return answer;
}

/** An exception report of OWS 1.1 under a status of failure, with this code where one is given. */
export function refused(answer: Answer, code?: string, locator?: string): void {
  must(answer.status >= 400, `a status of failure expected, ${answer.status} found`, answer);
  const report = answer.xml();
  must(report.name === 'ExceptionReport' && report.namespace === OWS, 'no ows:ExceptionReport of OWS 1.1', answer);
  must(report.text('/*/@version') === '1.0.0', 'the report has no version 1.0.0', answer);
  const codes = report.all('//ows11:Exception/@exceptionCode');
  must(
    code === undefined ? codes.length > 0 : codes.includes(code),
    `${code} expected, ${codes.join(', ') || 'nothing'} found`,
    answer,
  );
  if (locator === undefined) return;
  const locators = report.all('//ows11:Exception/@locator').map((each) => each.toLowerCase());
  must(
    locators.includes(locator.toLowerCase()),
    `locator ${locator} expected, ${locators.join(', ') || 'none'} found`,
    answer,
  );
}

export function valid(answer: Answer, target: Target): void {
  none(schemas(target).faults(answer.text, 'wps1'), 'not valid', answer);
}
