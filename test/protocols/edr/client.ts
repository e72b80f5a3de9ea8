// A reader of EDR that knows nothing of src: documents, CoverageJSON as series of values by axis, GeoJSON.
import type { Server } from 'node:http';
import request from 'supertest';

export interface Answer {
  readonly status: number;
  readonly type: string;
  readonly headers: { readonly [name: string]: string };
  readonly text: string;
}

export async function ask(
  server: Server,
  address: string,
  headers: { readonly [name: string]: string } = {},
): Promise<Answer> {
  const response = await request(server)
    .get(address)
    .set(headers)
    .buffer(true)
    .parse((incoming, done) => {
      const pieces: Buffer[] = [];
      incoming.on('data', (piece: Buffer) => pieces.push(piece));
      incoming.on('end', () => done(null, Buffer.concat(pieces)));
    });
  const text = Buffer.isBuffer(response.body) ? response.body.toString() : '';
  return {
    status: response.status,
    type: (response.headers['content-type'] ?? '').split(';')[0] ?? '',
    headers: response.headers,
    text,
  };
}

interface NdArray {
  readonly type: 'NdArray';
  readonly dataType: 'float' | 'integer' | 'string';
  readonly axisNames?: readonly string[];
  readonly shape?: readonly number[];
  readonly values: readonly (number | string | null)[];
}
export interface Coverage {
  readonly type: 'Coverage';
  readonly id?: string;
  readonly domain: {
    readonly type: 'Domain';
    readonly domainType?: string;
    readonly axes: {
      readonly [axis: string]: {
        readonly values: readonly unknown[];
        readonly dataType?: string;
        readonly coordinates?: readonly string[];
      };
    };
    readonly referencing: readonly {
      readonly coordinates: readonly string[];
      readonly system: { readonly type: string };
    }[];
  };
  readonly parameters: {
    readonly [name: string]: {
      readonly type: string;
      readonly unit?: object;
      readonly observedProperty: { readonly label: object };
    };
  };
  readonly ranges: { readonly [name: string]: NdArray };
  readonly [member: string]: unknown;
}

/** What is wrong with a coverage (OGC 21-069r2): axes, shapes, types, referencing. */
export function coverageFaults({ type, domain, parameters, ranges }: Coverage): readonly string[] {
  const faults: string[] = [];
  if (type !== 'Coverage' || domain.type !== 'Domain') faults.push('type');
  const { axes, referencing, domainType } = domain;
  const lengths = new Map(Object.entries(axes).map(([name, { values }]) => [name, values.length]));
  for (const [name, { values }] of Object.entries(axes)) {
    const texts = values.map((value) => JSON.stringify(value));
    if (values.length === 0 || new Set(texts).size !== values.length || texts.includes('null'))
      faults.push(`axis ${name}`);
  }
  if (domainType === 'PointSeries') {
    for (const name of ['x', 'y', 'z']) if ((lengths.get(name) ?? 1) !== 1) faults.push(`${name} of a point`);
    for (const name of lengths.keys())
      if (!['x', 'y', 'z', 't'].includes(name)) faults.push(`axis ${name} of a series`);
    if (!lengths.has('x') || !lengths.has('t')) faults.push('no x or t');
  }
  if (domainType === 'Trajectory' && axes.composite?.dataType !== 'tuple') faults.push('composite');
  const referenced = referencing.flatMap(({ coordinates }) => coordinates);
  for (const name of ['x', 'y', 't'])
    if (lengths.has(name) && !referenced.includes(name)) faults.push(`${name} has no system`);
  if (Object.keys(parameters).join() !== Object.keys(ranges).join()) faults.push('parameters are not the ranges');
  for (const [name, { axisNames = [], shape = [], values, dataType }] of Object.entries(ranges)) {
    const wanted = axisNames.map((axis) => lengths.get(axis));
    if (JSON.stringify(wanted) !== JSON.stringify(shape)) faults.push(`${name}: shape ${shape} for ${axisNames}`);
    if (values.length !== shape.reduce((a, b) => a * b, 1)) faults.push(`${name}: ${values.length} values`);
    const isType = (value: number | string | null) =>
      value === null ||
      (dataType === 'string'
        ? typeof value === 'string'
        : typeof value === 'number' && (dataType === 'float' || Number.isInteger(value)));
    if (!values.every(isType)) faults.push(`${name}: no ${dataType}`);
  }
  for (const [name, { type: own, observedProperty }] of Object.entries(parameters)) {
    if (own !== 'Parameter' || Object.keys(observedProperty.label).length === 0) faults.push(`parameter ${name}`);
  }
  return faults;
}

/** The coverages of an answer, one or many. */
export function coveragesOf(text: string): readonly Coverage[] {
  const document = JSON.parse(text) as Coverage | { readonly type: string; readonly coverages: readonly Coverage[] };
  return 'coverages' in document ? (document.coverages as readonly Coverage[]) : [document];
}

export interface EdrFeature {
  readonly type: 'Feature';
  readonly id: string;
  readonly geometry: { readonly type: string; readonly coordinates: readonly number[] } | null;
  readonly properties: { readonly [name: string]: unknown };
}

/** What EDR GeoJSON wants of each feature. */
export function featureFaults(features: readonly EdrFeature[]): readonly string[] {
  return features.flatMap(({ type, id, geometry, properties }) => {
    const faults: string[] = [];
    if (type !== 'Feature' || typeof id !== 'string' || geometry === undefined) faults.push(`${id}: no feature`);
    const { datetime, label, edrqueryendpoint, 'parameter-name': names } = properties;
    if (typeof datetime !== 'string' || typeof label !== 'string' || !Array.isArray(names))
      faults.push(`${id}: properties`);
    if (typeof edrqueryendpoint !== 'string' || !URL.canParse(edrqueryendpoint)) faults.push(`${id}: address`);
    return faults;
  });
}
