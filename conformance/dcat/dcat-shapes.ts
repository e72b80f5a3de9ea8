// What DCAT-AP 3 and GeoDCAT-AP 3 demand of each class, as far as our documents use it; asked of the triples themselves.
import { Parser, type Quad, type Term } from 'n3';

const PREFIXES = {
  adms: 'http://www.w3.org/ns/adms#',
  dcat: 'http://www.w3.org/ns/dcat#',
  dct: 'http://purl.org/dc/terms/',
  foaf: 'http://xmlns.com/foaf/0.1/',
  geo: 'http://www.opengis.net/ont/geosparql#',
  geodcatap: 'http://data.europa.eu/930/',
  locn: 'http://www.w3.org/ns/locn#',
  rdf: 'http://www.w3.org/1999/02/22-rdf-syntax-ns#',
  rdfs: 'http://www.w3.org/2000/01/rdf-schema#',
  skos: 'http://www.w3.org/2004/02/skos/core#',
  vcard: 'http://www.w3.org/2006/vcard/ns#',
  xsd: 'http://www.w3.org/2001/XMLSchema#',
} as const;

const RDF_TYPE = `${PREFIXES.rdf}type`;

interface Shape {
  readonly demanded: readonly string[];
  /** At most one value. */
  readonly single: readonly string[];
}

/** Class → properties by their short names. */
const SHAPES: { readonly [type: string]: Shape } = {
  'dcat:Catalog': { demanded: ['dct:title', 'dct:description', 'dct:publisher'], single: ['dct:publisher'] },
  'dcat:Dataset': {
    demanded: ['dct:title', 'dct:description', 'dct:identifier', 'dct:publisher', 'dcat:contactPoint', 'dcat:theme'],
    single: ['dct:publisher', 'dct:issued', 'dct:accessRights', 'dct:accrualPeriodicity', 'dcat:version'],
  },
  'dcat:DatasetSeries': {
    demanded: ['dct:title', 'dct:description', 'dct:publisher', 'dcat:contactPoint'],
    single: ['dct:publisher', 'dct:issued', 'dct:accrualPeriodicity'],
  },
  'dcat:DataService': {
    demanded: ['dct:title', 'dcat:endpointURL', 'dct:publisher', 'dcat:contactPoint'],
    single: ['dct:publisher', 'dct:accessRights'],
  },
  'dcat:CatalogRecord': {
    demanded: ['foaf:primaryTopic', 'dct:modified'],
    single: ['foaf:primaryTopic', 'dct:modified', 'dct:issued'],
  },
  'dcat:Distribution': {
    demanded: ['dcat:accessURL'],
    single: ['dct:license', 'dct:format', 'dcat:mediaType', 'dcat:byteSize'],
  },
  'foaf:Agent': { demanded: ['foaf:name'], single: [] },
  'vcard:Organization': { demanded: ['vcard:fn'], single: [] },
  'dct:PeriodOfTime': { demanded: [], single: ['dcat:startDate', 'dcat:endDate'] },
  'dct:Location': { demanded: [], single: ['dcat:bbox', 'dcat:centroid', 'locn:geometry'] },
  'dct:ProvenanceStatement': { demanded: ['rdfs:label'], single: [] },
  'adms:Identifier': { demanded: ['skos:notation'], single: ['skos:notation'] },
};
/** Properties whose value is an address or a node, never a text. */
const RESOURCES =
  'dct:publisher dct:creator dct:license dct:accessRights dct:language dct:format dcat:mediaType dcat:accessURL dcat:downloadURL dcat:landingPage ' +
  'dcat:theme dct:accrualPeriodicity dcat:inSeries dcat:endpointURL dcat:endpointDescription dcat:servesDataset foaf:primaryTopic foaf:page dct:conformsTo ' +
  'dcat:dataset dcat:service dcat:record dct:spatial dct:temporal dcat:distribution dcat:contactPoint vcard:hasEmail geodcatap:referenceSystem';
const RESOURCE_PROPERTIES = new Set(RESOURCES.split(' '));
const TYPED: { readonly [property: string]: RegExp } = {
  'dct:issued': /#date(Time)?$/,
  'dct:created': /#date(Time)?$/,
  'dct:modified': /#date(Time)?$/,
  'dcat:startDate': /#date(Time)?$/,
  'dcat:endDate': /#date(Time)?$/,
  'dcat:bbox': /#wktLiteral$/,
  'dcat:centroid': /#wktLiteral$/,
  'locn:geometry': /#wktLiteral$/,
  'dcat:byteSize': /#nonNegativeInteger$/,
  'dcat:spatialResolutionInMeters': /#decimal$/,
};
const LEXICAL: { readonly [type: string]: RegExp } = {
  date: /^\d{4}-\d\d-\d\d$/,
  dateTime: /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/,
  decimal: /^[+-]?\d+(\.\d+)?$/,
  nonNegativeInteger: /^\d+$/,
  wktLiteral: /^(POINT|POINT Z|MULTIPOINT|LINESTRING|MULTILINESTRING|POLYGON|MULTIPOLYGON)\([-0-9., ()]+\)$/,
};

/** Triples of a Turtle document; throws with the line where it is no Turtle. */
export function turtleQuads(document: string): readonly Quad[] {
  return new Parser({ format: 'Turtle' }).parse(document);
}

/** Faults in words; empty = every node of a known class has what it must, and every property has its kind of value. */
export function dcatFaults(quads: readonly Quad[]): readonly string[] {
  const faults: string[] = [];
  const subjects = new Map<string, Map<string, Term[]>>();
  for (const { subject, predicate, object } of quads) {
    const properties = subjects.get(subject.value) ?? new Map<string, Term[]>();
    subjects.set(subject.value, properties);
    const name = short(predicate.value);
    const values = properties.get(name);
    if (values === undefined) properties.set(name, [object]);
    else values.push(object);
  }
  const known = new Set<string>();
  for (const [subject, properties] of subjects) {
    for (const type of properties.get(short(RDF_TYPE)) ?? []) {
      const name = short(type.value);
      const shape = SHAPES[name];
      known.add(name);
      if (shape === undefined) faults.push(`${subject}: unknown class ${name}`);
      for (const property of shape?.demanded ?? []) {
        if (!properties.has(property)) faults.push(`${subject} (${name}): no ${property}`);
      }
      for (const property of shape?.single ?? []) {
        if ((properties.get(property)?.length ?? 0) > 1) faults.push(`${subject} (${name}): several ${property}`);
      }
    }
    for (const [name, values] of properties) for (const value of values) faults.push(...valueFaults(name, value));
  }
  if (!['dcat:Dataset', 'dcat:DatasetSeries', 'dcat:DataService'].some((type) => known.has(type)))
    faults.push('nothing is described');
  return faults;
}

function valueFaults(name: string, value: Term): readonly string[] {
  if (!name.includes(':') || name.startsWith('http')) return [`unknown property ${name}`];
  if (RESOURCE_PROPERTIES.has(name) && value.termType === 'Literal') return [`${name} is a text: ${value.value}`];
  if (value.termType === 'NamedNode' && !/^[a-z][a-z0-9+.-]*:\S+$/i.test(value.value))
    return [`${name}: ${value.value} is no address`];
  if (value.termType !== 'Literal') return TYPED[name] === undefined ? [] : [`${name} is no text`];
  const type = value.datatype.value;
  if (TYPED[name] !== undefined && !TYPED[name].test(type)) return [`${name} has the type ${type}`];
  const form = LEXICAL[type.slice(type.lastIndexOf('#') + 1)];
  return form === undefined || form.test(value.value) ? [] : [`${name}: ${value.value} is no ${type}`];
}

function short(address: string): string {
  for (const [prefix, start] of Object.entries(PREFIXES)) {
    if (address.startsWith(start)) return `${prefix}:${address.slice(start.length)}`;
  }
  return address;
}
