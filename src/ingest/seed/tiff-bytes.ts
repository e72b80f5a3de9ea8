// A small GeoTIFF (TIFF 6.0, OGC GeoTIFF 1.1): one band of 32-bit numbers, uncompressed, on WGS 84 longitude and latitude.

export interface Raster {
  readonly width: number;
  readonly height: number;
  /** Row by row from the north-west corner. */
  readonly values: Float32Array;
  /** West, south, east, north in degrees: outer edges of the outer cells. */
  readonly bounds: readonly [number, number, number, number];
}

const SHORT = 3;
const LONG = 4;
const DOUBLE = 12;
const SIZE: { readonly [type: number]: number } = { [SHORT]: 2, [LONG]: 4, [DOUBLE]: 8 };
type Tag = readonly [tag: number, type: number, values: readonly number[]];

/** GTModelType geographic, GTRasterType area, GeographicType EPSG:4326. */
const GEO_KEYS = [1, 1, 1, 3, 1024, 0, 1, 2, 1025, 0, 1, 1, 2048, 0, 1, 4326];

/** The bytes, little endian. */
export function tiffBytes({ width, height, values, bounds }: Raster): Uint8Array {
  const [west, south, east, north] = bounds;
  const pixels = width * height * 4;
  const tags: readonly Tag[] = [
    [256, LONG, [width]],
    [257, LONG, [height]],
    [258, SHORT, [32]],
    [259, SHORT, [1]],
    [262, SHORT, [1]],
    [273, LONG, [8]],
    [277, SHORT, [1]],
    [278, LONG, [height]],
    [279, LONG, [pixels]],
    [339, SHORT, [3]],
    [33550, DOUBLE, [(east - west) / width, (north - south) / height, 0]],
    [33922, DOUBLE, [0, 0, 0, west, north, 0]],
    [34735, SHORT, GEO_KEYS],
  ];
  const directory = 8 + pixels;
  const outside = directory + 2 + tags.length * 12 + 4;
  const long = tags.reduce((sum, [, type, list]) => sum + beyond(type, list.length), 0);
  const bytes = new DataView(new ArrayBuffer(outside + long));
  bytes.setUint32(0, 0x49492a00);
  bytes.setUint32(4, directory, true);
  for (const [n, value] of values.entries()) bytes.setFloat32(8 + n * 4, value, true);
  bytes.setUint16(directory, tags.length, true);
  let free = outside;
  for (const [n, [tag, type, list]] of tags.entries()) {
    const at = directory + 2 + n * 12;
    bytes.setUint16(at, tag, true);
    bytes.setUint16(at + 2, type, true);
    bytes.setUint32(at + 4, list.length, true);
    const extra = beyond(type, list.length);
    if (extra > 0) bytes.setUint32(at + 8, free, true);
    for (const [i, value] of list.entries()) {
      const place = (extra > 0 ? free : at + 8) + i * (SIZE[type] ?? 0);
      if (type === SHORT) bytes.setUint16(place, value, true);
      else if (type === LONG) bytes.setUint32(place, value, true);
      else bytes.setFloat64(place, value, true);
    }
    free += extra;
  }
  return new Uint8Array(bytes.buffer);
}

/** Bytes of values that do not fit their entry. */
function beyond(type: number, count: number): number {
  const size = (SIZE[type] ?? 0) * count;
  return size > 4 ? size : 0;
}
