// What RFC 7946 asks of a Feature and geojson-validation does not look at: ranges, closed right-hand rings, no step across the antimeridian,
// a bbox of the right length, no `crs`.
type Json = { readonly [name: string]: unknown };
type Numbers = readonly number[];

/** Faults in words; empty = none. */
export function featureFaults(feature: Json): readonly string[] {
  const faults: string[] = [];
  if (feature.type !== 'Feature') faults.push('type is not Feature');
  if ('crs' in feature) faults.push('has a crs');
  if (typeof feature.properties !== 'object') faults.push('no properties');
  if (!('geometry' in feature)) faults.push('no geometry member');
  if (feature.bbox !== undefined) faults.push(...boxFaults(feature.bbox as Numbers));
  const box = feature.bbox as Numbers | undefined;
  const crosses = box !== undefined && (box[0] ?? 0) > (box[box.length / 2] ?? 0);
  if (feature.geometry !== null) faults.push(...geometryFaults(feature.geometry as Json, crosses));
  return faults;
}

function boxFaults(box: Numbers): readonly string[] {
  if (box.length !== 4 && box.length !== 6) return ['bbox has neither four nor six numbers'];
  const [west = 0, south = 0, east = 0, north = 0] = box.length === 4 ? box : [box[0], box[1], box[3], box[4]];
  return [
    ...positionFaults([west, south]),
    ...positionFaults([east, north]),
    ...(south > north ? ['bbox: south above north'] : []),
  ];
}

function geometryFaults(geometry: Json, crosses: boolean): readonly string[] {
  const coordinates = geometry.coordinates as never;
  switch (geometry.type) {
    case 'Point':
      return positionFaults(coordinates);
    case 'MultiPoint':
      return (coordinates as readonly Numbers[]).flatMap(positionFaults);
    case 'LineString':
      return lineFaults(coordinates, crosses);
    case 'MultiLineString':
      return (coordinates as readonly (readonly Numbers[])[]).flatMap((line) => lineFaults(line, crosses));
    case 'Polygon':
      return polygonFaults(coordinates, crosses);
    case 'MultiPolygon':
      return (coordinates as readonly (readonly (readonly Numbers[])[])[]).flatMap((rings) =>
        polygonFaults(rings, crosses),
      );
    default:
      return [`geometry of type ${String(geometry.type)}`];
  }
}

function positionFaults(position: Numbers): readonly string[] {
  const [longitude = Number.NaN, latitude = Number.NaN] = position;
  if (position.length < 2 || position.length > 3 || !position.every(Number.isFinite))
    return ['a position without numbers'];
  return Math.abs(longitude) > 180 || Math.abs(latitude) > 90
    ? [`${longitude}, ${latitude} is not longitude, latitude`]
    : [];
}

/** A long step is a fault in a feature whose box says that it crosses the antimeridian; else it is only a long step. */
function lineFaults(line: readonly Numbers[], crosses: boolean): readonly string[] {
  const faults = line.flatMap(positionFaults);
  if (line.length < 2) faults.push('a line of less than two positions');
  if (crosses && line.some(([longitude = 0], i) => i > 0 && Math.abs(longitude - (line[i - 1]?.[0] ?? 0)) > 180))
    faults.push('a step across the antimeridian');
  return faults;
}

function polygonFaults(rings: readonly (readonly Numbers[])[], crosses: boolean): readonly string[] {
  return rings.flatMap((ring, index) => {
    const faults = [...lineFaults(ring, crosses)];
    const last = ring[ring.length - 1];
    if (ring.length < 4 || last?.[0] !== ring[0]?.[0] || last?.[1] !== ring[0]?.[1])
      faults.push('a ring that is not closed');
    if (areaOf(ring) > 0 !== (index === 0)) faults.push('a ring that is not right-handed');
    return faults;
  });
}

function areaOf(ring: readonly Numbers[]): number {
  return ring.slice(1).reduce((sum, [x = 0, y = 0], i) => sum + ((ring[i]?.[0] ?? 0) * y - x * (ring[i]?.[1] ?? 0)), 0);
}
