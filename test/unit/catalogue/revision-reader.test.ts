import { test } from 'uvu';
import * as assert from 'uvu/assert';
import type { Queries } from '../../../src/storage/database.ts';
import { createRevisionReader } from '../../../src/storage/revision.ts';

/** A database whose revision can be raised between the start of a read and its end. */
function slowDatabase() {
  let revision = 1;
  let reads = 0;
  let fails = 0;
  const ends: (() => void)[] = [];
  const queries = {
    async query() {
      reads += 1;
      const read = String(revision);
      await new Promise<void>((resolve) => ends.push(resolve));
      if (fails > 0) {
        fails -= 1;
        throw new Error('the database has gone');
      }
      return [{ revision: read }];
    },
  } as unknown as Queries;
  const settle = () => new Promise((resolve) => setImmediate(resolve));
  return {
    queries,
    raise: () => {
      revision += 1;
    },
    failOnce: () => {
      fails += 1;
    },
    reads: () => reads,
    end: async () => {
      ends.shift()?.();
      await settle();
    },
  };
}

test('an answer was read after it was asked for, and one read serves all who wait', async () => {
  const database = slowDatabase();
  const revision = createRevisionReader(database.queries);
  const first = revision();
  database.raise();
  const later = [revision(), revision(), revision()];
  assert.is(database.reads(), 1);
  await database.end();
  assert.is(await first, '1');
  assert.is(database.reads(), 2);
  database.raise();
  const last = revision();
  await database.end();
  assert.equal(await Promise.all(later), ['2', '2', '2']);
  await database.end();
  assert.is(await last, '3');
  assert.is(database.reads(), 3);
});

test('a read that fails fails for those who asked for it alone', async () => {
  const database = slowDatabase();
  const revision = createRevisionReader(database.queries);
  database.failOnce();
  const first = revision();
  const second = revision();
  const refused = first.then(
    () => 'read',
    () => 'refused',
  );
  await database.end();
  assert.is(await refused, 'refused');
  await database.end();
  assert.is(await second, '1');
  const third = revision();
  await database.end();
  assert.is(await third, '1');
});

test.run();
