import fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { parseBox, parseBracketedBox, printBox } from '../../../src/formats/syntax/box.ts';
import type { Box } from '../../../src/model/geometry.ts';
import { neverFailsOtherwise, refuses } from './faults.ts';

const test = suite('boxes');

test('west,south,east,north; the antimeridian and no size at all are legal', () => {
  assert.equal(parseBox('2,45,4,46'), [2, 45, 4, 46]);
  assert.equal(parseBox(' -180 , -90 , 180 , 90 '), [-180, -90, 180, 90]);
  assert.equal(parseBox('170,-20,-170,-10'), [170, -20, -170, -10]);
  assert.equal(parseBox('0,0,0,0'), [0, 0, 0, 0]);
  assert.equal(parseBox('-1e-7,0,1e-7,0'), [-1e-7, 0, 1e-7, 0]);
});

test('other things are refused with the reason', () => {
  for (const text of ['', '-18sd0,-90,180,90', '1,2,3', '1,2,3,4,5', '1,,3,4', '1;2;3;4', 'a,b,c,d', 'NaN,0,0,0']) {
    refuses(parseBox, text, /four numbers/);
  }
  refuses(parseBox, '514432,5429689,514433,5429690', /longitudes/);
  refuses(parseBox, '45,91,46,92', /latitudes/);
  refuses(parseBox, '2,46,4,45', /south is greater/);
  refuses(parseBox, '(2,45,4,46)', /four numbers/);
});

test('the old addresses write brackets, and an empty box is an absent one', () => {
  assert.equal(parseBracketedBox('(-28,57,-1.5,68.5)'), [-28, 57, -1.5, 68.5]);
  assert.equal(parseBracketedBox('2,45,4,46'), [2, 45, 4, 46]);
  for (const text of ['', '()', '(,,,)', '( , , , )', '(?)', ',,,', '(?,?,?,?)'])
    assert.is(parseBracketedBox(text), null);
  refuses(parseBracketedBox, '(1,2,3,)', /four numbers/);
  refuses(parseBracketedBox, '((1,2,3,4))', /four numbers/);
});

test('what is printed is read back equal', () => {
  const degree = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true }).map((x) => x + 0);
  const box = fc
    .tuple(degree(180), degree(90), degree(180), degree(90))
    .map(([w, a, e, b]): Box => [w, Math.min(a, b), e, Math.max(a, b)]);
  fc.assert(fc.property(box, (b) => assert.equal(parseBox(printBox(b)), b)));
});

test('any text gives a value or a fault', () => {
  const pieces = ['1', '-', ',', '.', '(', ')', '?', '90', '180', ' ', '\0', 'e9'];
  neverFailsOtherwise(parseBox, pieces);
  neverFailsOtherwise(parseBracketedBox, pieces);
});

test.run();
