// Noise that changes smoothly with time, for invented measurements: the same for a name and an instant on every machine, so that the records of
// one site tell the same weather.

function lattice(hash: number, place: number): number {
  let t = Math.imul(hash ^ Math.imul(place, 0x9e3779b1), 0x85ebca6b);
  t = Math.imul(t ^ (t >>> 13), 0xc2b2ae35);
  return ((t ^ (t >>> 16)) >>> 0) / 2147483648 - 1;
}

function hash(text: string): number {
  let value = 0x811c9dc5;
  for (let at = 0; at < text.length; at += 1) value = Math.imul(value ^ text.charCodeAt(at), 0x01000193);
  return value | 0;
}

/** A function of time, -1…1, that takes a new direction about every `period` milliseconds. */
export function smooth(name: string, period: number): (at: number) => number {
  const own = hash(name);
  return (at) => {
    const place = Math.floor(at / period);
    const part = at / period - place;
    const weight = part * part * (3 - 2 * part);
    return lattice(own, place) * (1 - weight) + lattice(own, place + 1) * weight;
  };
}
