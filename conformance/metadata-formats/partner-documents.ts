// The JSON documents that partners are given, against the schemas in `schemas/` (draft 2020-12), and what a schema does not see.
import { readdirSync, readFileSync } from 'node:fs';
import { Ajv2020 } from 'ajv/dist/2020.js';
import addFormats from 'ajv-formats';

export type PartnerDocument = 'actris-dataset' | 'aeris-record' | 'aeris-dump' | 'ozcar-pivot';

const FOLDER = new URL('../../schemas/', import.meta.url);

function compile(): Ajv2020 {
  const ajv = new Ajv2020({ allErrors: true, strict: false });
  addFormats.default(ajv);
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.json'))) {
    ajv.addSchema(JSON.parse(readFileSync(new URL(file, FOLDER), 'utf8')) as object);
  }
  return ajv;
}

let memo: Ajv2020 | undefined;

/** Faults in words; empty = as the schema wants it. */
export function partnerDocumentFaults(name: PartnerDocument, value: unknown): readonly string[] {
  memo ??= compile();
  const validate = memo.getSchema(`https://example.org/vobs/schemas/${name}.json`);
  if (validate === undefined) return [`no schema ${name}.json`];
  if (validate(value) === true) return otherFaults(value);
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`);
}

const isObject = (value: unknown): value is { readonly [name: string]: unknown } =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** Periods end after they begin; longitude comes first and lies on the Earth. */
function otherFaults(value: unknown): readonly string[] {
  if (Array.isArray(value)) return value.flatMap(otherFaults);
  if (!isObject(value)) return [];
  const faults: string[] = [];
  for (const [begin, end] of [
    ['time_period_begin', 'time_period_end'],
    ['begin', 'end'],
    ['dateBeg', 'dateEnd'],
  ] as const) {
    const [from, to] = [value[begin], value[end]];
    if (typeof from === 'string' && typeof to === 'string' && Date.parse(from) > Date.parse(to) + 86_400_000)
      faults.push(`${from} is after ${to}`);
  }
  if (value.type === 'Point' && Array.isArray(value.coordinates)) {
    const [longitude, latitude] = value.coordinates as readonly number[];
    if (!(Math.abs(longitude ?? 999) <= 180 && Math.abs(latitude ?? 999) <= 90)) faults.push('a point off the Earth');
  }
  return [...faults, ...Object.values(value).flatMap(otherFaults)];
}
