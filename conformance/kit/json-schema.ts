// JSON Schema (2020-12 vocabulary as ajv reads it), and what many JSON documents share: links.
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';

const ajv = new Ajv({ strict: false, allErrors: true });
addFormats.default(ajv);
const compiled = new WeakMap<object, ValidateFunction>();

/** Faults of a value in words; empty = valid. */
export function schemaFaults(schema: object, value: unknown): readonly string[] {
  const validate = compiled.get(schema) ?? ajv.compile(schema);
  compiled.set(schema, validate);
  if (validate(value)) return [];
  return (validate.errors ?? []).map(({ instancePath, message }) => `${instancePath || '/'} ${message}`);
}

export interface JsonLink {
  readonly rel?: string;
  readonly href?: string;
  readonly type?: string;
  readonly method?: string;
  readonly body?: unknown;
}
export interface Linked {
  readonly links?: readonly JsonLink[];
}

/** The first link with a relation. */
export const linkOf = (document: Linked, rel: string): JsonLink | undefined =>
  document.links?.find((link) => link.rel === rel);

/** RFC 9457 and what OGC APIs take for an exception (`code`, `description`). */
export const PROBLEM = {
  type: 'object',
  anyOf: [{ required: ['title'] }, { required: ['type'] }, { required: ['code'] }],
  properties: {
    type: { type: 'string' },
    title: { type: 'string', minLength: 1 },
    status: { type: 'integer', minimum: 400, maximum: 599 },
    detail: { type: 'string' },
  },
};
