// What words find: stems of both languages at once, accents folded, phrases, exclusions, names with hyphens.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { emptyStore, radarRow, type Store } from '../fixtures/store.ts';

const words = suite<Store>('words');
words.before(async (context) => {
  Object.assign(context, await emptyStore());
  const plain = { description: null, keywords: [] };
  await context.writer.write([
    radarRow(1, { ...plain, name: 'Éruption de l’Etna, coulées de lave' }),
    radarRow(2, { ...plain, name: 'Lava flows of the Puy-de-Dôme' }),
    radarRow(3, { ...plain, name: 'Puy de Dôme station: radar/lidar' }),
    radarRow(4, { ...plain, name: 'Record', fields: { sample: 'olivine', depth: 12, tags: ['basaltes', 'x'] } }),
    radarRow(5, { ...plain, name: 'Record', lang: 'en', translations: { fr: { abstract: 'Nuages volcaniques' } } }),
    radarRow(6, { ...plain, name: 'Internal quartz', authorization_: 3 }),
  ]);
});

const TABLE: readonly (readonly [asked: string, found: readonly number[]])[] = [
  ['eruption', [1]],
  ['ÉRUPTIONS etna', [1]],
  ['lave', [1, 2]],
  ['lava flow', [2]],
  ['"lava flow"', [2]],
  ['"flow lava"', []],
  ['lave -flows', [1]],
  ['lave -"lava flow"', [1]],
  ['puy-de-dome', [2, 3]],
  ['"puy de dôme"', [2, 3]],
  ['lidar', [3]],
  ['the lidar', [3]],
  ['le lidar', [3]],
  ['olivine basalte', [4]],
  ['nuage volcanique', [5]],
  ['coulées flows', []],
  // Each word by the stem of its own language.
  ['nuage records', [5]],
  ['nowhere', []],
];

words('the table', async ({ database }) => {
  for (const [asked, found] of TABLE) {
    const rows = await database.query<{ id: number }>(
      'test_words',
      'SELECT m.id FROM metadata m JOIN metadata_search s USING (n) WHERE s.words @@ search_query($1) ORDER BY m.id',
      [asked],
    );
    assert.equal(
      rows.map((row) => row.id),
      found,
      asked,
    );
  }
});

words('nothing to look for gives no query', async ({ database }) => {
  for (const asked of ['', ' ', '-', '"', '""', '-""', '…'])
    assert.equal(await database.query(null, 'SELECT search_query($1) AS q', [asked]), [{ q: null }], asked);
});

words('the vocabulary holds words as they are written, found without accents', async ({ database }) => {
  const rows = await database.query<{ word: string }>(
    null,
    "SELECT word FROM vocabulary WHERE folded IN ('eruption', 'dome', 'de', 'basaltes', '12') ORDER BY folded",
  );
  assert.equal(
    rows.map((row) => row.word),
    ['basaltes', 'dôme', 'éruption'],
  );
});

words.run();
