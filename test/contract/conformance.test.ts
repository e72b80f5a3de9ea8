// The self-check must be able to fail: it finds nothing at our application, and each planted fault behind a server that spoils one thing.
// It judges by public answers alone, so that it imports nothing from src.
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { createHttp, curlLine } from '../../conformance/kit/http.ts';
import { countsOf, linesOf, reportOf, summaryOf, tableOf } from '../../conformance/kit/report.ts';
import type { Target } from '../../conformance/kit/requirement.ts';
import type { Outcome } from '../../conformance/kit/run-standard.ts';
import { STANDARDS } from '../../conformance/standards.ts';
import { openTestApp, type TestApp } from '../fixtures/app.ts';
import { onEmbedded } from '../fixtures/database.ts';
import { PLANTED_FAULTS } from '../fixtures/planted-faults.ts';
import { type SpoilingProxy, spoilingProxy } from '../fixtures/spoiling-proxy.ts';

const test = suite('conformance self-check');
const folder = fileURLToPath(new URL('../../conformance', import.meta.url));
let proxy: SpoilingProxy;
let app: TestApp;

test.before(async () => {
  proxy = await spoilingProxy();
  app = await openTestApp({
    settings: { VOBS_BASE_URL: proxy.url, VOBS_PROCESSING_THREADS: '1', VOBS_ECHO_PROCESS: 'on' },
    clock: Date.now,
  });
  proxy.before(app.server);
  await app.writer.withdraw([
    { service: 'dynvolc', id: 3 },
    { service: 'dynvolc', id: 4 },
  ]);
});
test.after(async () => {
  proxy.close();
  await app.close();
});

const target = (url = proxy.url): Target => ({
  base: url,
  http: createHttp(),
  xsd: null,
  door: (_, usual) => `${url}${usual}`,
});

test('it imports nothing from src', () => {
  const files = readdirSync(folder, { recursive: true, encoding: 'utf8' })
    .filter((file) => file.endsWith('.ts'))
    .filter((file) => !/^(drills|clients)[/\\]/.test(file));
  const faults = files.filter((file) => /from '[^']*\/src\//.test(readFileSync(join(folder, file), 'utf8')));
  assert.equal(faults, []);
  assert.ok(files.length > 30);
});

test('every requirement has an address of its own', async () => {
  proxy.spoil(() => ({ status: 404, headers: {}, body: '' }));
  const outcomes = await Promise.all(STANDARDS.map((standard) => standard.run(target())));
  assert.equal(
    outcomes.map((list) => list.map(({ outcome }) => outcome)),
    STANDARDS.map(() => ['not claimed']),
  );
  const demanded = await STANDARDS[0]?.run(target(), { all: true });
  assert.is(demanded?.[0]?.outcome, 'failed');
});

for (const standard of STANDARDS) {
  test(`${standard.name}: nothing is found at the clean application`, async () => {
    proxy.spoil(null);
    const outcomes = await standard.run(target(), { all: true });
    assert.equal(outcomes.filter(({ outcome }) => outcome === 'failed').map(linesOf), []);
    assert.is(outcomes.length, standard.size);
    assert.is(new Set(outcomes.map(({ id }) => id)).size, standard.size, 'each requirement has its own address');
    assert.ok(outcomes.filter(({ outcome }) => outcome === 'passed').length > standard.size / 2);
  });
}

// Faults are planted in answers, behind any database.
const planted = PLANTED_FAULTS.filter((_, n) => !onEmbedded() || n % 4 === 0);
for (const { standard: name, name: fault, seen, spoil } of planted) {
  test(`${name}: ${fault} is seen`, async () => {
    proxy.spoil(spoil);
    const standard = STANDARDS.find((each) => each.name === name);
    assert.ok(standard);
    const failed = (await standard.run(target(), { only: [seen] })).filter(({ outcome }) => outcome === 'failed');
    assert.ok(failed.length > 0, `nothing of ${seen} failed`);
    assert.ok(failed.every(({ id }) => id.includes(seen) || id.endsWith('/discovery')));
    assert.match(failed[0]?.shown?.curl ?? '', /^curl -i .*'http:\/\/127\.0\.0\.1/);
  });
}

test('each standard has three planted faults at least', () => {
  for (const { name } of STANDARDS) {
    assert.ok(PLANTED_FAULTS.filter(({ standard }) => standard === name).length >= 3, name);
  }
});

const failedOutcome: Outcome = {
  standard: 's',
  id: 'urn:x',
  title: 'It holds',
  clause: 'c',
  class: 'k',
  outcome: 'failed',
  reason: 'it does not',
  shown: {
    method: 'POST',
    url: 'http://a/b',
    headers: { Accept: 'x' },
    body: "it's",
    curl: 'curl',
    status: 500,
    type: 't',
    answer: 'no',
  },
  milliseconds: 1,
};

test('lines, table, sum and report tell every outcome', () => {
  const outcomes: Outcome[] = [
    failedOutcome,
    { ...failedOutcome, outcome: 'passed' },
    { ...failedOutcome, outcome: 'skipped', reason: 'why' },
  ];
  assert.match(linesOf(failedOutcome), /^FAILED {6}urn:x {2}It holds\n +it does not\n +curl\n +→ 500 t no$/);
  assert.equal(countsOf(outcomes), { passed: 1, failed: 1, skipped: 1, 'not claimed': 0 });
  assert.is(summaryOf(outcomes), '1 passed, 1 failed, 1 skipped, 0 not claimed');
  assert.match(tableOf(outcomes), /s +k +1 +1 +1 +0/);
  const report = JSON.parse(
    reportOf(outcomes, { url: 'u', schemas: null, validated: 2, requests: 3, milliseconds: 4 }),
  );
  assert.equal([report.url, report.counts.failed, report.outcomes.length], ['u', 1, 3]);
});

test('a request is shown so that a shell sends it', () => {
  assert.is(
    curlLine({ method: 'POST', url: "http://a/b?c='d'", headers: { 'Content-Type': 'text/xml' }, body: '<a/>' }),
    "curl -i -X POST 'http://a/b?c='\\''d'\\''' -H 'Content-Type: text/xml' --data-binary '<a/>'",
  );
});

test.run();
