// The locator map's frame: the box is always inside it, round lines, the antimeridian, a scale that is true in the middle.
import * as fc from 'fast-check';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { mapFrame } from '../../src/portal/map-frame.ts';

const frames = suite('frame of the locator map');

const degrees = (limit: number) => fc.double({ min: -limit, max: limit, noNaN: true });

frames('every corner of the box is in the picture', () => {
  fc.assert(
    fc.property(degrees(180), degrees(180), degrees(90), degrees(90), (west, east, a, b) => {
      const box = [west, Math.min(a, b), east, Math.max(a, b)] as const;
      const frame = mapFrame(box);
      for (const corner of [
        [west, box[1]],
        [east, box[3]],
      ] as const) {
        const [x, y] = frame.place(corner);
        assert.ok(
          x >= -0.1 && x <= frame.width + 0.1 && y >= -0.1 && y <= frame.height + 0.1,
          `${box} ${corner}: ${x} ${y} of ${frame.width} ${frame.height}`,
        );
      }
      assert.ok(frame.height > 20 && frame.height <= 250);
    }),
    { numRuns: 2000 },
  );
});

frames('a point stands in the middle, north is up', () => {
  const frame = mapFrame([55.71, -21.24, 55.71, -21.24]);
  assert.equal(frame.place([55.71, -21.24]), [180, 125]);
  assert.ok(frame.place([55.71, -21])[1] < 125);
  assert.ok(frame.place([55.9, -21.24])[0] > 180);
});

frames('a box across the antimeridian is one piece', () => {
  const frame = mapFrame([179, -18, -179, -16]);
  const [left] = frame.place([179, -17]);
  const [right] = frame.place([-179, -17]);
  assert.ok(left < 180 && right > 180 && right - left < 200);
});

frames('the scale bar has the length that it says', () => {
  const frame = mapFrame([15, 37.7, 15, 37.7]);
  assert.is(frame.scale?.kilometres, 20);
  const kilometresPerDegree = 111.32 * Math.cos((37.7 * Math.PI) / 180);
  const pixels = frame.place([15 + 20 / kilometresPerDegree, 37.7])[0] - frame.place([15, 37.7])[0];
  assert.ok(Math.abs(pixels - (frame.scale?.pixels ?? 0)) < 1);
  assert.is(mapFrame([-98, -19, 169, 46]).scale, null);
});

frames.run();
