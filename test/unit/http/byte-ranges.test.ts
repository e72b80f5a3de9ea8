import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { byteRanges } from '../../../src/http/byte-ranges.ts';
import { conditionOf, rangeCounts } from '../../../src/http/conditions.ts';
import { contentDisposition } from '../../../src/http/content-disposition.ts';

const ranges = suite('ranges of bytes');
const range = (first: number, last: number) => ({ first, last });

const CASES: readonly (readonly [header: string | undefined, found: ReturnType<typeof byteRanges>])[] = [
  [undefined, 'whole'],
  ['bytes=0-0', [range(0, 0)]],
  ['bytes=0-', [range(0, 99)]],
  ['bytes=90-200', [range(90, 99)]],
  ['bytes=-10', [range(90, 99)]],
  ['bytes=-1000', [range(0, 99)]],
  ['BYTES = 1-2 , ,5-6', [range(1, 2), range(5, 6)]],
  ['bytes=0-1,200-300', [range(0, 1)]],
  ['bytes=100-', 'none'],
  ['bytes=-0', 'none'],
  ['bytes=5-4', 'whole'],
  ['bytes=1-2,5-4', 'whole'],
  ['bytes=', 'whole'],
  ['bytes=a-b', 'whole'],
  ['bytes=0x1-2', 'whole'],
  ['bytes=-', 'whole'],
  ['bytes=1-2-3', 'whole'],
  ['lines=1-2', 'whole'],
  ['bytes=99999999999999999999-', 'whole'],
  [
    `bytes=${Array.from({ length: 50 }, (_, n) => `${n}-${n}`).join(',')}`,
    Array.from({ length: 50 }, (_, n) => range(n, n)),
  ],
  [`bytes=${Array.from({ length: 51 }, (_, n) => `${n}-${n}`).join(',')}`, 'none'],
  ['bytes=0-,0-,0-', 'none'],
];
for (const [header, found] of CASES) {
  ranges(`${header}`.slice(0, 60), () => assert.equal(byteRanges(header, 100), found));
}
ranges('of a file without bytes none is there', () => {
  assert.is(byteRanges('bytes=0-', 0), 'none');
  assert.is(byteRanges('bytes=-1', 0), 'none');
  assert.is(byteRanges(undefined, 0), 'whole');
});
ranges.run();

const conditions = suite('conditions');
const validators = { etag: '"abc"', modified: Date.UTC(2025, 5, 1) };
const [before, same, after] = [-1000, 0, 1000].map((shift) => new Date(validators.modified + shift).toUTCString());
const CONDITIONS: readonly (readonly [Record<string, string | undefined>, ReturnType<typeof conditionOf>])[] = [
  [{}, 'go'],
  [{ 'if-none-match': '"abc"' }, 'not modified'],
  [{ 'if-none-match': 'W/"abc", "x"' }, 'not modified'],
  [{ 'if-none-match': '*' }, 'not modified'],
  [{ 'if-none-match': '"x"', 'if-modified-since': after }, 'go'],
  [{ 'if-modified-since': same }, 'not modified'],
  [{ 'if-modified-since': before }, 'go'],
  [{ 'if-modified-since': 'yesterday' }, 'go'],
  [{ 'if-match': '"abc"' }, 'go'],
  [{ 'if-match': '*' }, 'go'],
  [{ 'if-match': 'W/"abc"' }, 'failed'],
  [{ 'if-match': '"x", "y"' }, 'failed'],
  [{ 'if-unmodified-since': before }, 'failed'],
  [{ 'if-unmodified-since': same }, 'go'],
  [{ 'if-match': '"abc"', 'if-unmodified-since': before }, 'go'],
  [{ 'if-match': '"abc"', 'if-none-match': '"abc"' }, 'not modified'],
];
for (const [headers, found] of CONDITIONS) {
  conditions(JSON.stringify(headers), () => assert.is(conditionOf(headers, validators), found));
}
conditions('If-Range wants the same strong tag or the same date', () => {
  assert.ok(rangeCounts(undefined, validators));
  assert.ok(rangeCounts('"abc"', validators));
  assert.ok(rangeCounts(same, validators));
  for (const other of ['W/"abc"', '"x"', before, after, 'nonsense']) assert.not(rangeCounts(other, validators), other);
});
conditions.run();

const names = suite('names to save by');
names('the true name where it is plain, else a plain one beside it', () => {
  assert.is(contentDisposition('attachment', 'flight 12.ict'), 'attachment; filename="flight 12.ict"');
  assert.is(
    contentDisposition('inline', 'été "1"\r\nX: y.png'),
    'inline; filename="ete _1___X_ y.png"; filename*=UTF-8\'\'%C3%A9t%C3%A9%20%221%22%0D%0AX%3A%20y.png',
  );
  assert.is(
    contentDisposition('attachment', "a'(b)*.nc"),
    'attachment; filename="a_(b)_.nc"; filename*=UTF-8\'\'a%27%28b%29%2A.nc',
  );
});
names.run();
