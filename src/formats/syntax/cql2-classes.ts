// The conformance classes of CQL2 (OGC 21-065r2) that the parsers and the search keep, for every API that takes CQL2.

const BASE = 'http://www.opengis.net/spec/cql2/1.0/conf/';
const NAMES =
  'cql2-text cql2-json basic-cql2 advanced-comparison-operators case-insensitive-comparison accent-insensitive-comparison ' +
  'basic-spatial-functions basic-spatial-functions-plus spatial-functions temporal-functions array-functions property-property arithmetic';

export const CQL2_CLASSES: readonly string[] = NAMES.split(' ').map((name) => BASE + name);
