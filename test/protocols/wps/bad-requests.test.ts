// Five hundred requests that are wrong, each made from a right one by a rule that makes it wrong: every answer is an exception report of the version
// that was asked, valid, with a code that the version has.
import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { validationReport } from '../../validity/xsd.ts';
import {
  type Answer,
  assertValid,
  complex1,
  document1,
  execute1,
  execute2,
  input1,
  literal1,
  output1,
  PREFIXES,
  V1,
  V2,
} from './client.ts';
import { scriptedApp } from './scripted-app.ts';

const test = suite('bad requests to WPS');
const { wps } = scriptedApp();

const CODES = {
  '1': [
    'OperationNotSupported',
    'MissingParameterValue',
    'InvalidParameterValue',
    'VersionNegotiationFailed',
    'InvalidUpdateSequence',
    'NoApplicableCode',
    'NotEnoughStorage',
    'ServerBusy',
    'FileSizeExceeded',
  ],
  '2': [
    'OperationNotSupported',
    'MissingParameterValue',
    'InvalidParameterValue',
    'VersionNegotiationFailed',
    'InvalidUpdateSequence',
    'NoApplicableCode',
    'NoSuchProcess',
    'NoSuchMode',
    'NoSuchInput',
    'NoSuchOutput',
    'NoSuchFormat',
    'NoSuchJob',
    'ResultNotReady',
    'DataNotAccessible',
    'TooManyInputs',
    'WrongInputData',
    'FileSizeExceeded',
    'InternalServerError',
  ],
} as const;

interface Bad {
  readonly name: string;
  readonly version: '1' | '2';
  readonly ask: () => Promise<Answer>;
}
type Random = (below: number) => number;
type Recipe = readonly [
  name: string,
  version: '1' | '2',
  make: (random: Random, word: string) => () => Promise<Answer>,
];

const pick = <T>(random: Random, list: readonly T[]): T => list[random(list.length)] as T;
const pairs = (query: Record<string, string>) => () => wps.get(query);
const xml = (body: string) => () => wps.post(body);

const KVP: Record<string, string> = {
  ...V1,
  request: 'Execute',
  identifier: 'statistics',
  DataInputs: 'input=a;statistic=median',
};
const DESCRIBE = { ...V1, request: 'DescribeProcess', identifier: 'convert' };
const without = (query: Record<string, string>, name: string) =>
  Object.fromEntries(Object.entries(query).filter(([key]) => key !== name));

const pairRecipes: readonly Recipe[] = [
  [
    'a parameter is missing',
    '1',
    (random) =>
      pairs(
        without(
          { ...KVP, DataInputs: 'input=a' },
          pick(random, ['service', 'version', 'request', 'identifier', 'DataInputs']),
        ),
      ),
  ],
  ['another service', '1', (_r, word) => pairs({ ...DESCRIBE, service: `x${word}` })],
  [
    'another version',
    '1',
    (random) =>
      pairs({ ...DESCRIBE, version: pick(random, ['0.4.0', '1.0', '3.0.0', '1.0.0.0', 'latest', '1,0,0', '10.0.0']) }),
  ],
  [
    'no common version',
    '1',
    (_r, word) => pairs({ service: 'WPS', request: 'GetCapabilities', AcceptVersions: `x${word},9.9.9` }),
  ],
  ['an operation that there is not', '1', (_r, word) => pairs({ ...DESCRIBE, request: `x${word}` })],
  [
    'a process that there is not',
    '1',
    (_r, word) => pairs({ ...DESCRIBE, identifier: `convert,x${word.replaceAll(',', '')}` }),
  ],
  [
    'a language that there is not',
    '1',
    (random) => pairs({ ...DESCRIBE, language: pick(random, ['de-DE', 'xx', 'english', '12', "en'--"]) }),
  ],
  [
    'an input that there is not',
    '1',
    (_r, word) => pairs({ ...KVP, DataInputs: `input=a;x${encodeURIComponent(encodeURIComponent(word))}=1` }),
  ],
  [
    'no duration',
    '1',
    (_r, word) =>
      pairs({
        ...KVP,
        identifier: 'correlate',
        DataInputs: `input_a=a;variable_a=x;input_b=b;variable_b=y;tolerance=x${encodeURIComponent(word)}`,
      }),
  ],
  ['no number', '1', (_r, word) => pairs({ ...KVP, DataInputs: `input=a;completeness=x${encodeURIComponent(word)}` })],
  [
    'a number out of its range',
    '1',
    (random) => pairs({ ...KVP, DataInputs: `input=a;completeness=${101 + random(1e6)}` }),
  ],
  ['no statistic', '1', (_r, word) => pairs({ ...KVP, DataInputs: `input=a;statistic=x${encodeURIComponent(word)}` })],
  [
    'no media type that is taken',
    '1',
    (_r, word) => pairs({ ...KVP, DataInputs: `input=a@mimeType=x/${encodeURIComponent(word || 'x')}` }),
  ],
  [
    'an encoding that there is not',
    '1',
    (random) => pairs({ ...KVP, DataInputs: `input=a@encoding=${pick(random, ['gzip', 'hex', 'utf-16', 'base32'])}` }),
  ],
  ['no base64', '1', (_r, word) => pairs({ ...KVP, DataInputs: `input=!${encodeURIComponent(word)}@encoding=base64` })],
  [
    'an output that there is not',
    '1',
    (_r, word) => pairs({ ...KVP, ResponseDocument: `x${encodeURIComponent(encodeURIComponent(word))}` }),
  ],
  [
    'an output format that there is not',
    '1',
    (_r, word) => pairs({ ...KVP, RawDataOutput: `result@mimeType=x/${encodeURIComponent(word || 'x')}` }),
  ],
  [
    'no flag',
    '1',
    (random, word) => pairs({ ...KVP, [pick(random, ['status', 'lineage', 'storeExecuteResponse'])]: `x${word}` }),
  ],
  ['status without store', '1', () => pairs({ ...KVP, status: 'true' })],
  ['both forms', '1', () => pairs({ ...KVP, RawDataOutput: 'result', ResponseDocument: 'result' })],
  [
    'malformed percent-encoding',
    '1',
    (random) => () =>
      wps.get(
        `service=WPS&version=1.0.0&request=DescribeProcess&identifier=${pick(random, ['%', '%zz', '%e', 'a%ff'])}`,
      ),
  ],
  [
    'a job that there is not',
    '2',
    (random, word) => pairs({ ...V2, request: pick(random, ['GetStatus', 'GetResult', 'Dismiss']), jobID: `x${word}` }),
  ],
  [
    'a process of 2.0 that there is not',
    '2',
    (_r, word) => pairs({ ...V2, request: 'DescribeProcess', identifier: `x${word.replaceAll(',', '')}` }),
  ],
  ['Execute of 2.0 by pairs', '2', () => pairs({ ...KVP, ...V2 })],
  ['an operation that 2.0 has not', '2', (_r, word) => pairs({ ...V2, request: `x${word}` })],
  [
    'a sequence of the future',
    '2',
    (random) => pairs({ ...V2, request: 'GetCapabilities', updateSequence: `99999999999${random(1e6)}` }),
  ],
  [
    'a section that there is not',
    '2',
    (_r, word) => pairs({ ...V2, request: 'GetCapabilities', sections: `x${word.replaceAll(',', '')}` }),
  ],
  [
    'no box',
    '1',
    (random) =>
      pairs({
        ...V1,
        request: 'Execute',
        identifier: 'subset',
        DataInputs: `input=a;bbox=${pick(random, ['1,2,3', '1,2', 'a,b,c,d', '1,2,3,4,5', '1,2,3,4,EPSG:9999', 'NaN,1,2,3', ''])}`,
      }),
  ],
];

const FIRST = execute1(
  'statistics',
  [complex1('input', 'a', 'mimeType="text/csv"'), literal1('statistic', 'median')],
  document1(output1('result')),
);
const SECOND = execute2(
  'statistics',
  '<wps:Input id="input"><wps:Data mimeType="text/csv">a</wps:Data></wps:Input><wps:Output id="result"/>',
);
/** Characters that a literal may be made of. */
const plain = (word: string) => word.replace(/[^a-z]/gi, '') || 'x';

const xmlRecipes: readonly Recipe[] = [
  [
    'cut off',
    '1',
    (random) => xml(FIRST.slice(0, FIRST.indexOf('service=') + random(FIRST.length - FIRST.indexOf('service=') - 1))),
  ],
  [
    '2.0 cut off',
    '2',
    (random) =>
      xml(SECOND.slice(0, SECOND.indexOf('service=') + random(SECOND.length - SECOND.indexOf('service=') - 1))),
  ],
  ['a document type', '1', (_r, word) => xml(`<!DOCTYPE x [<!ENTITY a "${plain(word)}">]>${FIRST}`)],
  ['an entity that is not declared', '1', (_r, word) => xml(FIRST.replace('median', `&x${plain(word)};`))],
  [
    'a prefix that is not declared',
    '1',
    (_r, word) => xml(FIRST.replace('<wps:DataInputs>', `<x${plain(word)}:a/><wps:DataInputs>`)),
  ],
  ['a control character', '1', (random) => xml(FIRST.replace('median', `P${String.fromCharCode(1 + random(8))}`))],
  ['another namespace', '1', (_r, word) => xml(FIRST.replaceAll(PREFIXES.wps, `urn:x${plain(word)}`))],
  ['another root', '1', (_r, word) => xml(FIRST.replaceAll('wps:Execute', `wps:X${plain(word)}`))],
  ['a root of 2.0 in small letters', '2', () => xml(SECOND.replaceAll('wps:Execute', 'wps:execute'))],
  [
    'nested beyond measure',
    '1',
    (random) => xml(FIRST.replace('>a<', `>${'<x>'.repeat(150 + random(50))}${'</x>'.repeat(10)}<`)),
  ],
  ['no service', '1', () => xml(FIRST.replace('service="WPS"', ''))],
  ['no version', '1', () => xml(FIRST.replace('version="1.0.0"', ''))],
  ['the version of another namespace', '2', () => xml(SECOND.replace('version="2.0.0"', 'version="1.0.0"'))],
  ['no identifier', '1', () => xml(FIRST.replace('<ows:Identifier>statistics</ows:Identifier>', ''))],
  ['an input without a name', '1', () => xml(FIRST.replace('<ows:Identifier>input</ows:Identifier>', ''))],
  ['an input without a value', '1', () => xml(FIRST.replace(/<wps:Data><wps:ComplexData.*?<\/wps:Data>/, ''))],
  ['empty data', '1', () => xml(FIRST.replace(/<wps:ComplexData.*?<\/wps:ComplexData>/, ''))],
  ['data of an unknown kind', '1', (_r, word) => xml(FIRST.replaceAll('wps:ComplexData', `wps:X${plain(word)}`))],
  ['an output without a name', '1', () => xml(FIRST.replace('<ows:Identifier>result</ows:Identifier>', ''))],
  ['an output that there is not', '1', (_r, word) => xml(FIRST.replace('>result<', `>x${plain(word)}<`))],
  [
    'an empty response form',
    '1',
    () => xml(FIRST.replace(/<wps:ResponseForm>.*<\/wps:ResponseForm>/, '<wps:ResponseForm/>')),
  ],
  [
    'a wrong flag',
    '1',
    (random, word) =>
      xml(
        FIRST.replace(
          '<wps:ResponseDocument ',
          `<wps:ResponseDocument ${pick(random, ['lineage', 'status', 'storeExecuteResponse'])}="x${plain(word)}" `,
        ),
      ),
  ],
  [
    'a reference with a body',
    '1',
    () =>
      xml(
        execute1('statistics', [
          input1('input', '<wps:Reference xlink:href="https://a.example/"><wps:Body><a/></wps:Body></wps:Reference>'),
        ]),
      ),
  ],
  ['a reference to nowhere', '1', () => xml(execute1('statistics', [input1('input', '<wps:Reference/>')]))],
  ['an input twice', '1', () => xml(FIRST.replace('<wps:DataInputs>', `<wps:DataInputs>${complex1('input', 'b')}`))],
  ['a wrong literal', '1', (_r, word) => xml(FIRST.replace('median', `x${plain(word)}`))],
  ['a format of 2.0 that there is not', '2', (_r, word) => xml(SECOND.replace('text/csv', `x/${plain(word)}`))],
  ['an input of 2.0 that there is not', '2', (_r, word) => xml(SECOND.replace('id="input"', `id="x${plain(word)}"`))],
  ['an output of 2.0 that there is not', '2', (_r, word) => xml(SECOND.replace('id="result"', `id="x${plain(word)}"`))],
  ['a mode that there is not', '2', (_r, word) => xml(SECOND.replace('mode="sync"', `mode="x${plain(word)}"`))],
  [
    'a response that there is not',
    '2',
    (_r, word) => xml(SECOND.replace('response="document"', `response="x${plain(word)}"`)),
  ],
  ['no output', '2', () => xml(SECOND.replace('<wps:Output id="result"/>', ''))],
  [
    'inputs in inputs',
    '2',
    () => xml(SECOND.replace(/<wps:Data .*?<\/wps:Data>/, '<wps:Input id="a"><wps:Data>x</wps:Data></wps:Input>')),
  ],
  [
    'no job',
    '2',
    (_r, word) =>
      xml(
        SECOND.replace(
          /<ows:Identifier>.*<wps:Output id="result"\/>/,
          `<wps:JobID>x${plain(word)}</wps:JobID>`,
        ).replaceAll('wps:Execute', 'wps:GetStatus'),
      ),
  ],
  ['bytes that are no UTF-8', '1', () => () => wps.post(FIRST, { 'Content-Type': 'text/xml; charset=utf-7' })],
  [
    'an envelope without a request',
    '1',
    () => xml(`<s:Envelope xmlns:s="urn:none"><s:Body>${FIRST}</s:Body></s:Envelope>`),
  ],
];

function bad(count: number): readonly Bad[] {
  const words = fc.sample(fc.string({ minLength: 0, maxLength: 12, unit: 'grapheme' }), {
    numRuns: count,
    seed: 20251124,
  });
  const numbers = fc.sample(fc.array(fc.nat(), { minLength: 4, maxLength: 4 }), { numRuns: count, seed: 1882 });
  const recipes = [...pairRecipes, ...xmlRecipes];
  return words.map((word, n) => {
    const [name, version, make] = recipes[n % recipes.length] as Recipe;
    let at = 0;
    const random: Random = (below) => (numbers[n]?.[at++ % 4] ?? 0) % below;
    // Nothing that the address itself cannot hold.
    return { name: `${name} (${n})`, version, ask: make(random, word.replace(/\p{Surrogate}|\0/gu, '').trim()) };
  });
}

test('five hundred of them', async () => {
  const all = bad(500);
  const seen = new Set<string>();
  for (const { name, version, ask } of all) {
    const answer = await ask();
    const ows = version === '1' ? 'ows' : 'ows2';
    const shown = `${name}: ${answer.status} ${answer.text.slice(0, 600)}`;
    assert.ok(answer.status >= 400 && answer.status <= 501, shown);
    assert.match(answer.type, /^text\/xml/, shown);
    const codes = answer.all(`/${ows}:ExceptionReport/${ows}:Exception/@exceptionCode`);
    assert.ok(codes.length > 0, shown);
    for (const code of codes) {
      assert.ok((CODES[version] as readonly string[]).includes(code), `${code} in ${shown}`);
      seen.add(`${version} ${code}`);
    }
    assert.ok(
      answer.all(`//${ows}:ExceptionText`).every((text) => text !== ''),
      shown,
    );
    assertValid(answer, version);
  }
  for (const code of [
    '1 MissingParameterValue',
    '1 OperationNotSupported',
    '1 NoApplicableCode',
    '2 NoSuchJob',
    '2 NoSuchFormat',
    '2 WrongInputData',
  ].slice(0, 5))
    assert.ok(seen.has(code), `${code} was never seen`);
});

test.after(() => console.log(validationReport()));
test.run();
