// Five hundred requests, each with something wrong: every one is answered by an exception that names a reason, none makes a job.
import supertest from 'supertest';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { rowRandom } from '../../../src/ingest/seed/random.ts';
import type { JsonValue } from '../../../src/model/json.ts';
import { PROCESSES } from '../../../src/processing/registry.ts';
import { exampleOf } from '../../../src/protocols/ogc-processes/example.ts';
import { testApp } from '../../fixtures/app.ts';
import { onEmbedded } from '../../fixtures/database.ts';

const test = suite('bad execute requests');
const REQUESTS = onEmbedded() ? 100 : 500;

type Body = { readonly inputs: { readonly [input: string]: JsonValue } } & { readonly [member: string]: unknown };
interface Bad {
  readonly what: string;
  readonly body: string;
}
type Spoil = (body: Body, pick: <T>(list: readonly T[]) => T) => unknown;

const without = (inputs: Body['inputs'], name: string) =>
  Object.fromEntries(Object.entries(inputs).filter(([id]) => id !== name));
const STRANGE: readonly JsonValue[] = [
  null,
  {},
  { a: { b: [] } },
  -1e308,
  '\u0000',
  'x'.repeat(20_000),
  [[[]]],
  { value: {}, mediaType: 'no/such' },
];

/** Each makes a good request wrong for certain. */
const SPOILERS: { readonly [what: string]: Spoil } = {
  'no inputs at all': () => ({}),
  'an input that is not there': (body, pick) => ({
    ...body,
    inputs: { ...body.inputs, [pick(['foo', '__proto__x', 'Input', 'input ', 'constructor'])]: pick(STRANGE) },
  }),
  'a wrong media type': (body) => ({
    ...body,
    inputs: {
      ...body.inputs,
      ...Object.fromEntries(
        Object.keys(body.inputs)
          .filter((id) => id.startsWith('input'))
          .map((id) => [id, { value: 'a', mediaType: 'wrong/type' }]),
      ),
    },
  }),
  'a foreign address': (body, pick) => ({
    ...body,
    inputs: {
      ...body.inputs,
      ...Object.fromEntries(
        Object.keys(body.inputs)
          .filter((id) => id.startsWith('input'))
          .map((id) => [
            id,
            {
              href: pick([
                'http://127.0.0.1:22/',
                'file:///etc/passwd',
                'http://169.254.169.254/latest',
                'https://user:pw@example.org/',
                'gopher://x',
                'not an address',
                'http://[::1]/',
                'data:,x',
              ]),
            },
          ]),
      ),
    },
  }),
  'an address of ours without data': (body, pick) => ({
    ...body,
    inputs: {
      ...body.inputs,
      ...Object.fromEntries(
        Object.keys(body.inputs)
          .filter((id) => id.startsWith('input'))
          .map((id) => [
            id,
            {
              href: pick([
                '/data/none/1',
                '/files/00000000-0000-4000-8000-000000000000/x',
                '/jobs/00000000-0000-4000-8000-000000000000/results/x',
                '/csw',
                '/records/none',
                '/data/../etc',
              ]),
            },
          ]),
      ),
    },
  }),
  'an output that is not there': (body, pick) => ({ ...body, outputs: { [pick(['none', 'results', '0'])]: {} } }),
  'a format that is not made': (body, pick) => ({
    ...body,
    outputs: Object.fromEntries(
      ['result', 'pairs', 'events', 'report', 'files', 'svg'].map((id) => [
        id,
        { format: { mediaType: pick(['video/mp4', 'x', 'application/pdf']) } },
      ]),
    ),
  }),
  'a wrong response': (body) => ({ ...body, response: 'loud' }),
  'outputs that are a list': (body) => ({ ...body, outputs: ['result'] }),
  'inputs that are a list': (body) => ({ ...body, inputs: [body.inputs] }),
  'a wrong transmission': (body) => ({ ...body, outputs: { result: { transmissionMode: 'pigeon' } } }),
  'a subscriber that must not be told': (body) => ({ ...body, subscriber: { successUri: 'http://127.0.0.1/' } }),
  'a missing input': (body, pick) => ({
    ...body,
    inputs: without(
      body.inputs,
      pick(Object.keys(body.inputs).filter((id) => /^(?:input|variable|cell|on_thr|power)/.test(id))),
    ),
  }),
  'a body that is no object': (_body, pick) =>
    pick(STRANGE.filter((value) => typeof value !== 'object' || value === null || Array.isArray(value))),
};

/** Texts that are no JSON. */
const BROKEN = [
  '',
  '{',
  '{"inputs":',
  'inputs=1',
  '<Execute/>',
  '{"inputs":{}}}',
  '\u00ff',
  '{"a":01}',
  'undefined',
  "{'inputs':{}}",
];

function drawn(count: number): readonly (Bad & { readonly process: string })[] {
  const random = rowRandom(20_241_124, 'bad requests', 0);
  const pick = <T>(list: readonly T[]): T => list[Math.floor(random.next() * list.length)] as T;
  return Array.from({ length: count }, () => {
    const { description } = pick(PROCESSES);
    const good: Body = exampleOf(description);
    if (random.next() < 0.1) return { process: description.id, what: 'no JSON', body: pick(BROKEN) };
    const what = pick(Object.keys(SPOILERS));
    return { process: description.id, what, body: JSON.stringify(SPOILERS[what]?.(good, pick)) ?? 'null' };
  });
}

test('every one is answered by an exception with its reason', async () => {
  const app = await testApp();
  const api = supertest(app.server);
  for (const { process, what, body } of drawn(REQUESTS)) {
    const answer = await api.post(`/processes/${process}/execution`).set('Content-Type', 'application/json').send(body);
    const told = `${process}, ${what}: ${answer.status} ${answer.text.slice(0, 300)} to ${body.slice(0, 300)}`;
    assert.ok([400, 403, 404, 413].includes(answer.status), told);
    assert.match(answer.headers['content-type'] ?? '', /^application\/problem\+json/, told);
    assert.type(answer.body.type, 'string', told);
    assert.ok(answer.body.detail || answer.body.errors?.length > 0, told);
    assert.not.match(answer.text, /node_modules|\/src\/|SELECT |at \w+ \(/, told);
  }
  assert.equal(await app.database.query(null, 'SELECT id FROM job'), []);
});

test.run();
