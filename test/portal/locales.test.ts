// The portal's words: both languages have the same keys with the same kinds of values, and dates, numbers and places are written as each wants.
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { MESSAGES } from '../../src/portal/locales/messages.ts';
import { createWording } from '../../src/portal/wording.ts';

const locales = suite('words of the portal');

/** `a.b` → kind of the value, with the number of words that a phrase takes. */
function shape(value: unknown, path = ''): readonly string[] {
  if (value !== null && typeof value === 'object') {
    return Object.entries(value).flatMap(([key, part]) => shape(part, `${path}.${key}`));
  }
  return [`${path} ${typeof value === 'function' ? `phrase of ${value.length}` : typeof value}`];
}

locales('English and French have the same keys', () => {
  assert.equal(shape(MESSAGES.fr), shape(MESSAGES.en));
  assert.ok(shape(MESSAGES.en).length > 150);
});

locales('no text is empty, and every phrase uses each of its words', () => {
  for (const messages of Object.values(MESSAGES)) {
    const walk = (value: unknown, path: string): void => {
      if (typeof value === 'string') assert.ok(value.trim() !== '', path);
      else if (typeof value === 'function') {
        const words = Array.from({ length: value.length }, (_, i) => `word${i}`);
        const said = String(value(...words));
        for (const word of words) assert.match(said, word, path);
      } else if (value !== null && typeof value === 'object') {
        for (const [key, part] of Object.entries(value)) walk(part, `${path}.${key}`);
      }
    };
    walk(messages, '');
  }
});

const en = createWording('en', MESSAGES.en);
const fr = createWording('fr', MESSAGES.fr);
const plain = (text: string) => text.replace(/[\u00a0\u202f]/g, ' ');

locales('a day stays a day, hours are UTC and say so', () => {
  assert.is(en.moment('2015-08-24'), '24 August 2015');
  assert.is(fr.moment('2015-08-24'), '24 août 2015');
  assert.is(fr.moment('2015-08-01'), '1er août 2015');
  assert.is(fr.moment('2015-08-11'), '11 août 2015');
  assert.is(en.moment('2015-08-24T14:50:00Z'), '24 August 2015, 14:50 UTC');
  assert.is(fr.moment('2015-08-24T14:50:07Z'), '24 août 2015 à 14:50:07 UTC');
});

locales('periods: closed, of one day, open at either end, unknown', () => {
  const period = (begin: string | null, end: string | null) => ({ kind: 'period', begin, end }) as const;
  const day = period('2015-08-24T14:50:00Z', '2015-08-24T15:10:00Z');
  assert.is(en.time(day), '24 August 2015, 14:50–15:10 UTC');
  assert.is(fr.time(day), '24 août 2015, 14:50–15:10 UTC');
  assert.is(en.time(period('2015-08-24', '2015-08-26')), '24 August 2015 to 26 August 2015');
  assert.is(fr.time(period('2015-08-24', '2015-08-26')), 'du 24 août 2015 au 26 août 2015');
  assert.is(en.time(period('2015-08-24', null)), 'since 24 August 2015');
  assert.is(fr.time(period(null, '2015-08-24')), 'jusqu’au 24 août 2015');
  assert.is(en.time({ kind: 'instant', at: '2015-08-24T14:50:00Z' }), '24 August 2015, 14:50 UTC');
  assert.is(en.time({ kind: 'none' }), 'unknown');
  assert.is(en.time(period('2015-08-24', '2015-08-24T12:00:00Z')), '24 August 2015, 12:00 UTC');
});

locales('numbers and positions in the form of the language, latitude first', () => {
  assert.is(en.number(12_345.678), '12,345.678');
  assert.is(plain(fr.number(12_345.678)), '12 345,678');
  assert.is(plain(en.position([55.71, -21.24])), '21.24° S, 55.71° E');
  assert.is(plain(fr.position([-61.66, 16.04])), '16,04° N, 61,66° O');
  assert.is(plain(en.position([0, 0])), '0°, 0°');
  assert.is(plain(fr.metres(2300)), '2 300 m');
});

locales.run();
