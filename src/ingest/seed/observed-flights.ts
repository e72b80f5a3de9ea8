// Rows of the demo catalogue along a flight: position every second over the legs of its track, the state of the air, and cloud droplets by size.
import type { Position } from '../../model/geometry.ts';
import type { Maker, Observation, Observed } from './observations.ts';
import { round } from './random.ts';
import { smooth } from './smooth.ts';

const CLASSES = 30;
/** Middles of the size classes, µm. */
const SIZES = Array.from({ length: CLASSES }, (_, n) => (n < 12 ? 2.5 + n : 15 + 2 * (n - 12)));
const MINUTE = 60_000;

/** Where the aircraft is after a part of its way, by the legs' lengths on the map. */
function along(track: readonly Position[]): (part: number) => Position {
  const ends: number[] = [0];
  for (let n = 1; n < track.length; n++) {
    const [a, b] = [track[n - 1] as Position, track[n] as Position];
    ends.push((ends[n - 1] as number) + Math.hypot((b[0] - a[0]) * Math.cos((a[1] * Math.PI) / 180), b[1] - a[1]));
  }
  const length = ends.at(-1) ?? 0;
  let leg = 1;
  return (part) => {
    const way = part * length;
    while (leg < track.length - 1 && (ends[leg] as number) < way) leg++;
    const [a, b] = [track[leg - 1] as Position, track[leg] as Position];
    const [from, to] = [ends[leg - 1] as number, ends[leg] as number];
    const share = to === from ? 0 : (way - from) / (to - from);
    return [round(a[0] + share * (b[0] - a[0]), 6), round(a[1] + share * (b[1] - a[1]), 6)];
  };
}

function* seconds({ begin, end, input, id }: Observed, step: number): Iterable<Observation> {
  const track = input.footprint?.type === 'LineString' ? input.footprint.coordinates : [];
  if (track.length < 2) return;
  const position = along(track);
  const ground = input.elevation ?? 0;
  const ceiling = input.elevation_max ?? 5000;
  const layers = smooth(`levels of flight ${id}`, 18 * MINUTE);
  const clouds = smooth(`clouds of flight ${id}`, 2 * MINUTE);
  for (let at = begin; at <= end; at += step * 1000) {
    // Climbs and descends during a tenth of the flight each.
    const part = (at - begin) / (end - begin);
    const climb = Math.min(1, part * 10, (1 - part) * 10);
    const altitude = ground + (ceiling - ground) * climb * (0.8 + 0.2 * layers(at));
    const [longitude, latitude] = position(part);
    const temperature = 18 - 0.0065 * altitude + 1.5 * layers(at + 5 * MINUTE);
    const cloud = climb === 1 ? Math.max(0, clouds(at) - 0.35) : 0;
    const middle = 7 + 9 * cloud;
    yield {
      time: at,
      latitude,
      longitude,
      altitude: round(altitude, 1),
      pressure: round(1013.25 * (1 - 2.25577e-5 * altitude) ** 5.25588, 2),
      temperature: round(temperature, 2),
      lwc: round(0.85 * cloud, 3),
      droplets:
        cloud === 0
          ? new Array<number>(CLASSES).fill(0)
          : SIZES.map((size) => round(190 * cloud * Math.exp(-(((size - middle) / 4) ** 2)), 2)),
    };
  }
}

/** One value a second for the first flights, one every ten seconds for a few more. */
export const airbornePhysics: Maker = (about) => {
  const [fine, coarse] = about.scale === 'demo' ? [1, 6] : [12, 120];
  if (about.end === about.begin || about.id > coarse) return null;
  return seconds(about, about.id <= fine ? 1 : 10);
};
