// What filters may hold, as each version says it (Filter Encoding 1.1, OGC 04-095; 2.0, OGC 09-026r2).
import { FES, OGC } from './vocabulary.ts';

const SPATIAL = [
  'BBOX',
  'Equals',
  'Disjoint',
  'Intersects',
  'Touches',
  'Crosses',
  'Within',
  'Contains',
  'Overlaps',
  'Beyond',
  'DWithin',
];
const COMPARISONS = [
  'EqualTo',
  'NotEqualTo',
  'LessThan',
  'GreaterThan',
  'LessThanEqualTo',
  'GreaterThanEqualTo',
  'Like',
  'Between',
  'NullCheck',
];
const OPERANDS = ['Envelope', 'Point', 'LineString', 'Polygon'];
const OPERANDS_20 = [...OPERANDS, 'MultiPoint', 'MultiCurve', 'MultiSurface'];
const COMPARISONS_20 = [
  'PropertyIsEqualTo',
  'PropertyIsNotEqualTo',
  'PropertyIsLessThan',
  'PropertyIsGreaterThan',
  'PropertyIsLessThanOrEqualTo',
  'PropertyIsGreaterThanOrEqualTo',
  'PropertyIsLike',
  'PropertyIsNull',
  'PropertyIsBetween',
];
const TEMPORAL = [
  'After',
  'Before',
  'Begins',
  'BegunBy',
  'TContains',
  'During',
  'TEquals',
  'TOverlaps',
  'Meets',
  'OverlappedBy',
  'MetBy',
  'Ends',
  'EndedBy',
];

/** Conformance classes of FES 2.0 that hold here. */
const HOLDS = new Set([
  'ImplementsResourceId',
  'ImplementsMinStandardFilter',
  'ImplementsStandardFilter',
  'ImplementsMinSpatialFilter',
  'ImplementsSpatialFilter',
  'ImplementsMinTemporalFilter',
  'ImplementsTemporalFilter',
  'ImplementsSorting',
  'ImplementsMinimumXPath',
]);
const CLASSES = [
  'ImplementsQuery',
  'ImplementsAdHocQuery',
  'ImplementsFunctions',
  'ImplementsResourceId',
  'ImplementsMinStandardFilter',
  'ImplementsStandardFilter',
  'ImplementsMinSpatialFilter',
  'ImplementsSpatialFilter',
  'ImplementsMinTemporalFilter',
  'ImplementsTemporalFilter',
  'ImplementsVersionNav',
  'ImplementsSorting',
  'ImplementsExtendedOperators',
  'ImplementsMinimumXPath',
  'ImplementsSchemaElementFunc',
];

const each = (names: readonly string[], element: (name: string) => string): string => names.map(element).join('');

export function filterCapabilities11(): string {
  return (
    `<ogc:Filter_Capabilities xmlns:ogc="${OGC}" xmlns:gml="http://www.opengis.net/gml"><ogc:Spatial_Capabilities>` +
    `<ogc:GeometryOperands>${each(OPERANDS, (name) => `<ogc:GeometryOperand>gml:${name}</ogc:GeometryOperand>`)}</ogc:GeometryOperands>` +
    `<ogc:SpatialOperators>${each(SPATIAL, (name) => `<ogc:SpatialOperator name="${name}"/>`)}</ogc:SpatialOperators>` +
    '</ogc:Spatial_Capabilities><ogc:Scalar_Capabilities><ogc:LogicalOperators/>' +
    `<ogc:ComparisonOperators>${each(COMPARISONS, (name) => `<ogc:ComparisonOperator>${name}</ogc:ComparisonOperator>`)}</ogc:ComparisonOperators>` +
    '</ogc:Scalar_Capabilities><ogc:Id_Capabilities><ogc:EID/><ogc:FID/></ogc:Id_Capabilities></ogc:Filter_Capabilities>'
  );
}

/** Its constraints are in OWS 1.1, as the schema wants them. */
export function filterCapabilities20(): string {
  const holds = (name: string): string =>
    `<fes:Constraint name="${name}"><ows11:NoValues/><ows11:DefaultValue>${HOLDS.has(name) ? 'TRUE' : 'FALSE'}</ows11:DefaultValue></fes:Constraint>`;
  return (
    `<fes:Filter_Capabilities xmlns:fes="${FES}" xmlns:gml="http://www.opengis.net/gml/3.2" xmlns:ows11="http://www.opengis.net/ows/1.1">` +
    `<fes:Conformance>${each(CLASSES, holds)}</fes:Conformance>` +
    '<fes:Id_Capabilities><fes:ResourceIdentifier name="fes:ResourceId"/></fes:Id_Capabilities>' +
    '<fes:Scalar_Capabilities><fes:LogicalOperators/>' +
    `<fes:ComparisonOperators>${each(COMPARISONS_20, (name) => `<fes:ComparisonOperator name="${name}"/>`)}</fes:ComparisonOperators></fes:Scalar_Capabilities>` +
    `<fes:Spatial_Capabilities><fes:GeometryOperands>${each(OPERANDS_20, (name) => `<fes:GeometryOperand name="gml:${name}"/>`)}</fes:GeometryOperands>` +
    `<fes:SpatialOperators>${each(SPATIAL, (name) => `<fes:SpatialOperator name="${name}"/>`)}</fes:SpatialOperators></fes:Spatial_Capabilities>` +
    '<fes:Temporal_Capabilities><fes:TemporalOperands><fes:TemporalOperand name="gml:TimeInstant"/><fes:TemporalOperand name="gml:TimePeriod"/></fes:TemporalOperands>' +
    `<fes:TemporalOperators>${each(TEMPORAL, (name) => `<fes:TemporalOperator name="${name}"/>`)}</fes:TemporalOperators></fes:Temporal_Capabilities>` +
    '</fes:Filter_Capabilities>'
  );
}
