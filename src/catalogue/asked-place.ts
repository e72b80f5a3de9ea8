// A place name as a spatial condition (geo:name of OGC 10-032r8; place names of the old addresses): the gazetteer decides.
import { createFindPlace } from '../mapping/place-names.ts';
import type { Position } from '../model/geometry.ts';
import type { Area } from '../model/query.ts';
import type { Place } from '../model/site.ts';

function centre(place: Place): Position {
  if (place.position !== null) return place.position;
  const [west, south, east, north] = place.bbox;
  const middle = (west + (west > east ? east + 360 : east)) / 2;
  return [middle > 180 ? middle - 360 : middle, (south + north) / 2];
}

/**
 * Gives the function from a name (accents and case do not count) and a radius in metres to an area: the place's box, or the circle around
 * its position where a radius is asked. null: the gazetteer does not know the name, so nothing can be found there.
 */
export function createPlaceArea(places: readonly Place[]): (name: string, metres: number | null) => Area | null {
  const find = createFindPlace(places);
  return (name, metres) => {
    const place = find(name);
    if (place === undefined) return null;
    return metres === null ? { kind: 'box', box: place.bbox } : { kind: 'circle', centre: centre(place), metres };
  };
}
