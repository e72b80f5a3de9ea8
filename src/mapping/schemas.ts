// The JSON Schemas (draft 2020-12) of `schemas/`, compiled once, and their faults in words.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ErrorObject } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import { below, type MappingFault } from './fault.ts';

/** Gives the check against a schema, compiled when it is first asked for. */
export type Schemas = (name: SchemaName) => Validate;

export type SchemaName = 'site' | 'codes' | 'places' | 'doors' | 'service' | 'record';

/** JSON pointer and reason of each fault; empty where the value is as the schema wants it. */
export type Validate = (value: unknown) => readonly Pick<MappingFault, 'pointer' | 'reason'>[];

const FOLDER = fileURLToPath(new URL('../../schemas/', import.meta.url));

export function createSchemas(): Schemas {
  const ajv = new Ajv2020({
    allErrors: true,
    discriminator: true,
    strict: true,
    strictTypes: false,
    strictRequired: false,
  });
  formats.default(ajv);
  for (const file of readdirSync(FOLDER).filter((name) => name.endsWith('.json'))) {
    ajv.addSchema(JSON.parse(readFileSync(`${FOLDER}${file}`, 'utf8')) as object);
  }
  return (name) => {
    const validate = ajv.getSchema(`https://example.org/vobs/schemas/${name}.json`);
    if (validate === undefined) throw new Error(`no schema ${name}.json`);
    return (value) => (validate(value) === true ? [] : faultsOf(validate.errors ?? []));
  };
}

/** Of what stands below an anyOf, oneOf or contains, the deeper fault tells more than "none fits"; for contains it is the other way round. */
function faultsOf(errors: readonly ErrorObject[]): ReturnType<Validate> {
  const told = errors.filter(({ keyword, schemaPath, params }) => {
    // "Or null" is one of the alternatives nearly everywhere: that a value is not null says nothing.
    if (keyword === 'type' && params.type === 'null') return false;
    if (keyword === 'anyOf' || keyword === 'oneOf') {
      return !errors.some((other) => other.schemaPath.startsWith(`${schemaPath}/`));
    }
    return !schemaPath.includes('/contains/');
  });
  const faults = new Map(told.map((error) => [`${pointerOf(error)} ${reasonOf(error)}`, error]));
  return [...faults.values()].map((error) => ({ pointer: pointerOf(error), reason: reasonOf(error) }));
}

function pointerOf(error: ErrorObject): string {
  if (error.keyword === 'additionalProperties') {
    return below(error.instancePath, String(error.params.additionalProperty));
  }
  return error.instancePath;
}

function reasonOf(error: ErrorObject): string {
  switch (error.keyword) {
    case 'additionalProperties':
      return 'is not known here';
    case 'required':
      return `lacks '${String(error.params.missingProperty)}'`;
    case 'enum':
      return `must be one of ${(error.params.allowedValues as readonly unknown[]).map((value) => JSON.stringify(value)).join(', ')}`;
    case 'const':
      return `must be ${JSON.stringify(error.params.allowedValue)}`;
    case 'discriminator':
      return 'is of no known type';
    case 'contains':
      return 'lacks a contact with the role pointOfContact and an e-mail address';
    default:
      return error.message ?? error.keyword;
  }
}
