// Jobs from entry to result over a real queue and real threads.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ANONYMOUS } from '../../src/model/viewer.ts';
import { openProcessingTest } from '../fixtures/processing.ts';

const test = suite('jobs');
const options = { protocol: 'test', address: '192.0.2.1', isSynchronous: false };
const csv = 'time,value\n2024-01-01T00:00:00Z,10\n2024-01-01T00:10:00Z,12\n';

test('a job runs and its result can be read', async () => {
  const { processing, close } = await openProcessingTest();
  try {
    const request = {
      process: 'statistics',
      inputs: { input: [{ kind: 'text', text: csv, format: { mediaType: 'text/csv' } }] },
      outputs: null,
      response: 'document',
    } as const;
    const job = await processing.submit(request, ANONYMOUS, options);
    assert.is(job.state, 'accepted');
    const done = await processing.wait(job.id, ANONYMOUS, 20_000);
    assert.is(done.state, 'successful', JSON.stringify(done.fault));
    console.log(done);
    const results = await processing.results(job.id, ANONYMOUS);
    const source = await results[0]?.open?.();
    const bytes = await source?.readAt(0, source.size);
    console.log(
      new TextDecoder().decode(bytes),
      results.map((r) => r.output),
    );
    console.log(JSON.stringify(await processing.provenance(job.id, ANONYMOUS)));
  } finally {
    await close();
  }
});

test.run();
