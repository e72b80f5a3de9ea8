// Names of the places of a record: the one that its own field names, else the smallest place of the gazetteer around its position;
// with the larger places that hold it.
import type { Box } from '../model/geometry.ts';
import type { Place } from '../model/site.ts';
import { inLanguage, type Language } from '../model/text.ts';

/** Text for comparing names: lower case, no accents, `_`, `-` and apostrophes as blanks. */
export function foldName(text: string): string {
  return text
    .normalize('NFD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[_\s'’-]+/g, ' ')
    .trim();
}

/** The place of that id, name (in either language) or other name, without regard to case, accents, `_` and `-`. */
export function createFindPlace(places: readonly Place[]): (name: string) => Place | undefined {
  const byName = new Map<string, Place>();
  for (const place of places) {
    for (const name of [place.id, place.name.en, place.name.fr, ...place.otherNames]) {
      const key = name === undefined ? '' : foldName(name);
      if (key !== '' && !byName.has(key)) byName.set(key, place);
    }
  }
  return (name) => byName.get(foldName(name));
}

/**
 * Gives the function from a record's own place name (or null) and box to its place names in a language, smallest first.
 * Countries are never guessed from a box, whose borders are too rough: they come from the place that lies in them. A zone (an
 * area of observation) is taken only when the record's box is exactly the zone's.
 */
export function createPlaceNames(
  places: readonly Place[],
): (name: string | null, box: Box | null, language: Language) => readonly string[] {
  const find = createFindPlace(places);
  const byId = new Map(places.map((place) => [place.id, place]));
  const zones = places.filter((place) => place.kind === 'zone');
  const local = places
    .filter((place) => place.kind !== 'country' && place.kind !== 'zone')
    .sort((a, b) => sizeOf(a.bbox) - sizeOf(b.bbox));
  const named = new Map<string, readonly string[]>();
  const chain = (place: Place, language: Language): readonly string[] => {
    const names: string[] = [];
    for (let at: Place | undefined = place; at; at = at.within === null ? undefined : byId.get(at.within)) {
      names.push(inLanguage(at.name, language));
    }
    return names;
  };
  const chains = new Map(places.map((place) => [place, { en: chain(place, 'en'), fr: chain(place, 'fr') }]));
  const ofName = (name: string, language: Language): readonly string[] => {
    const key = `${language} ${name}`;
    let names = named.get(key);
    if (names === undefined) {
      const place = find(name);
      names = (place && chains.get(place)?.[language]) ?? [name.replaceAll('_', ' ')];
      if (named.size < 10_000) named.set(key, names);
    }
    return names;
  };
  return (name, box, language) => {
    if (name !== null && name.trim() !== '') return ofName(name, language);
    const place =
      box === null
        ? undefined
        : (local.find((near) => holds(near.bbox, box)) ?? zones.find((zone) => equal(zone.bbox, box)));
    return (place && chains.get(place)?.[language]) ?? [];
  };
}

function holds(outer: Box, inner: Box): boolean {
  return (
    inner[0] >= outer[0] && inner[2] <= outer[2] && inner[1] >= outer[1] && inner[3] <= outer[3] && inner[0] <= inner[2]
  );
}

function equal(a: Box, b: Box): boolean {
  return a[0] === b[0] && a[1] === b[1] && a[2] === b[2] && a[3] === b[3];
}

function sizeOf([west, south, east, north]: Box): number {
  return (east - west) * (north - south);
}
