// The search keys of the OpenSearch binding: the parameter of GetRecords and its name in templates (OGC 12-176r7 tables 6 and 7).

export const OSDD_PARAMETERS = [
  { name: 'q', template: 'searchTerms' },
  { name: 'startPosition', template: 'startIndex' },
  { name: 'maxRecords', template: 'count' },
  { name: 'recordIds', template: 'geo:uid' },
  { name: 'bbox', template: 'geo:box' },
  { name: 'geometry', template: 'geo:geometry' },
  { name: 'relation', template: 'geo:relation' },
  { name: 'lat', template: 'geo:lat' },
  { name: 'lon', template: 'geo:lon' },
  { name: 'radius', template: 'geo:radius' },
] as const;
