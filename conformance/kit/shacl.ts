// A small SHACL checker (W3C SHACL 2017, section 4) for the constraints that the shapes of EPOS use: minCount, maxCount, datatype, class, node,
// nodeKind, in, or. A violation is what has no severity of its own; what has another one is a warning.
import { Parser, Store, type Term } from 'n3';

const SH = 'http://www.w3.org/ns/shacl#';
const RDF = 'http://www.w3.org/1999/02/22-rdf-syntax-ns#';
const RDFS = 'http://www.w3.org/2000/01/rdf-schema#';
const XSD = 'http://www.w3.org/2001/XMLSchema#';

export interface ShaclResult {
  readonly severity: 'Violation' | 'Warning' | 'Info';
  readonly focus: string;
  readonly path: string;
  readonly message: string;
}

export type Shapes = Store;

const CONSTRAINTS = new Set(
  ['minCount', 'maxCount', 'datatype', 'class', 'node', 'nodeKind', 'in', 'or'].map((name) => SH + name),
);
const KNOWN = new Set(
  [
    'path',
    'property',
    'targetClass',
    'severity',
    'message',
    'description',
    'name',
    'prefixes',
    'declare',
    'prefix',
    'namespace',
  ].map((name) => SH + name),
);

/** Throws where the shapes use what this checker cannot check. */
export function readShapes(text: string): Shapes {
  const store = new Store(new Parser({ format: 'text/turtle' }).parse(text));
  for (const { value } of store.getPredicates(null, null, null)) {
    if (value.startsWith(SH) && !CONSTRAINTS.has(value) && !KNOWN.has(value))
      throw new Error(`${value} is not checked`);
  }
  return store;
}

const objects = (store: Store, subject: Term, property: string): Term[] =>
  store.getObjects(subject as never, property, null);

function list(store: Store, head: Term): readonly Term[] {
  const items: Term[] = [];
  for (let at: Term | undefined = head; at !== undefined && at.value !== `${RDF}nil`; ) {
    items.push(...objects(store, at, `${RDF}first`));
    at = objects(store, at, `${RDF}rest`)[0];
  }
  return items;
}

/** Values of the lexical forms that the documents use. */
const FORMS: { readonly [datatype: string]: RegExp } = {
  [`${XSD}boolean`]: /^(true|false|1|0)$/,
  [`${XSD}date`]: /^\d{4}-\d{2}-\d{2}(Z|[+-]\d{2}:\d{2})?$/,
  [`${XSD}dateTime`]: /^\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?(Z|[+-]\d{2}:\d{2})?$/,
  [`${XSD}decimal`]: /^[+-]?(\d+(\.\d*)?|\.\d+)$/,
};

function hasDatatype(value: Term, datatype: string): boolean {
  if (value.termType !== 'Literal' || value.datatype.value !== datatype) return false;
  return FORMS[datatype]?.test(value.value) ?? true;
}

function hasClass(data: Store, value: Term, wanted: string): boolean {
  if (value.termType === 'Literal') return false;
  const seen = new Set<string>();
  const waiting = objects(data, value, `${RDF}type`);
  for (let type = waiting.pop(); type !== undefined; type = waiting.pop()) {
    if (type.value === wanted) return true;
    if (seen.has(type.value)) continue;
    seen.add(type.value);
    waiting.push(...objects(data, type, `${RDFS}subClassOf`));
  }
  return false;
}

/** Does one value fulfil a shape without a path? Gives what it does not. */
function faultsOf(shapes: Store, data: Store, shape: Term, value: Term): readonly string[] {
  const faults: string[] = [];
  for (const { value: datatype } of objects(shapes, shape, `${SH}datatype`)) {
    if (!hasDatatype(value, datatype)) faults.push(`datatype ${datatype}`);
  }
  for (const { value: wanted } of objects(shapes, shape, `${SH}class`)) {
    if (!hasClass(data, value, wanted)) faults.push(`class ${wanted}`);
  }
  for (const { value: kind } of objects(shapes, shape, `${SH}nodeKind`)) {
    const kinds = kind.slice(SH.length).split('Or');
    const own = { NamedNode: 'IRI', BlankNode: 'BlankNode', Literal: 'Literal' }[value.termType as 'NamedNode'];
    if (!kinds.includes(own)) faults.push(`nodeKind ${kind}`);
  }
  for (const node of objects(shapes, shape, `${SH}node`)) faults.push(...faultsOf(shapes, data, node, value));
  for (const head of objects(shapes, shape, `${SH}in`)) {
    if (!list(shapes, head).some((item) => item.equals(value as never))) faults.push('in');
  }
  for (const head of objects(shapes, shape, `${SH}or`)) {
    const branches = list(shapes, head);
    if (!branches.some((branch) => faultsOf(shapes, data, branch, value).length === 0))
      faults.push(`or of ${branches.length}`);
  }
  return faults;
}

function checkProperty(shapes: Store, data: Store, property: Term, focus: Term): readonly ShaclResult[] {
  const path = objects(shapes, property, `${SH}path`)[0]?.value ?? '';
  const severity = (objects(shapes, property, `${SH}severity`)[0]?.value.slice(SH.length) ??
    'Violation') as ShaclResult['severity'];
  const values = objects(data, focus, path);
  const number = (name: string) => objects(shapes, property, SH + name).map(({ value }) => Number(value));
  const result = (message: string): ShaclResult => ({ severity, focus: focus.value, path, message });
  return [
    ...number('minCount')
      .filter((least) => values.length < least)
      .map((least) => result(`minCount ${least}`)),
    ...number('maxCount')
      .filter((most) => values.length > most)
      .map((most) => result(`maxCount ${most}`)),
    ...values.flatMap((value) =>
      faultsOf(shapes, data, property, value).map((fault) => result(`${fault}: ${value.value}`)),
    ),
  ];
}

/** Every result over a graph: each shape with a target class, each node of that class. */
export function checkShapes(shapes: Shapes, data: Store): readonly ShaclResult[] {
  const results: ShaclResult[] = [];
  for (const { subject: shape, object: target } of shapes.getQuads(null, `${SH}targetClass`, null, null)) {
    const targets = data.getSubjects(`${RDF}type`, target, null).filter((node) => hasClass(data, node, target.value));
    for (const focus of targets) {
      for (const property of objects(shapes, shape, `${SH}property`)) {
        results.push(...checkProperty(shapes, data, property, focus));
      }
    }
  }
  return results;
}
