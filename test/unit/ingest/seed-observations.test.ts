import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { observationChunks } from '../../../src/ingest/seed/observations.ts';
import { seedRows } from '../../../src/ingest/seed/rows.ts';
import { dataShapes } from '../../../src/storage/data-shape.ts';
import { testMappings } from '../../fixtures/database.ts';

const rows = suite('demo observations');
const { services } = testMappings();
const shapes = [...dataShapes(services).values()];

rows('are there for every service that has a table, and within the period of their record', () => {
  for (const shape of shapes) {
    const records = [...seedRows('demo', undefined, shape.service)].map(({ input }) => input);
    const time = shape.columns.findIndex(({ name }) => name === shape.time?.name);
    const record = shape.columns.findIndex(({ name }) => name === 'record');
    let count = 0;
    for (const { rows: size, values } of observationChunks(shape, 'demo', records)) {
      count += size;
      for (let row = 0; row < size; row += 97) {
        const input = records[(values[record]?.[row] as number) - 1];
        assert.ok(input, shape.service);
        const at = time < 0 ? Number.NaN : (values[time]?.[row] as number);
        if (Number.isNaN(at)) continue;
        const [begin, end] = [input.date_b ?? '', input.date_e ?? input.date_b ?? ''];
        const day = new Date(at).toISOString().slice(0, 10);
        // Readings of a sample without an end of its own may last into the next day.
        assert.ok(
          day >= begin && (day <= end || !input.date_e),
          `${shape.service} ${input.id}: ${day} in ${begin}/${end}`,
        );
      }
    }
    assert.ok(count > 50, `${shape.service}: ${count} rows`);
  }
});

rows('are the same every time', () => {
  const first = (name: string) => {
    const shape = shapes.find(({ service }) => service === name);
    // As text: a missing value equals a missing value.
    for (const chunk of shape ? observationChunks(shape, 'demo') : []) return JSON.stringify(chunk);
    return '';
  };
  for (const name of ['voldorad', 'copdd', 'gazvolc']) {
    const made = first(name);
    assert.ok(made !== '', name);
    assert.ok(first(name) === made, name);
  }
});

rows('a larger scale has those of a smaller one, and at least a million', () => {
  let total = 0;
  const shape = shapes.find(({ service }) => service === 'copdd');
  for (const chunk of shape ? observationChunks(shape, 'full') : []) {
    total += chunk.rows;
    if (total > 1_000_000) break;
  }
  assert.ok(total > 1_000_000, `${total} rows`);
});

rows('VOLDORAD sees a paroxysm rise and die', () => {
  const shape = shapes.find(({ service }) => service === 'voldorad');
  assert.ok(shape);
  const column = (name: string) => shape.columns.findIndex((known) => known.name === name);
  const strongest = new Map<number, number>();
  for (const { rows: size, values } of observationChunks(shape, 'demo')) {
    for (let row = 0; row < size; row++) {
      const record = values[column('record')]?.[row] as number;
      const power = values[column('power_pos')]?.[row] as number;
      strongest.set(record, Math.max(strongest.get(record) ?? -200, power));
    }
  }
  // Records 1 to 6 are the twenty-minute parts of the paroxysm of 3 December 2015; the 25th is of a quiet hour.
  const [onset = 0, climax = 0, quiet = 0] = [1, 4, 25].map((record) => strongest.get(record));
  assert.ok(climax > onset + 15 && onset > quiet, `${onset} ${climax} ${quiet}`);
});

rows.run();
