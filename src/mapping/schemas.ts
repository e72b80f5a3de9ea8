// The JSON Schemas (draft 2020-12) of `schemas/`, compiled once, and their faults in words.
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import type { ErrorObject } from 'ajv';
import { Ajv2020 } from 'ajv/dist/2020.js';
import formats from 'ajv-formats';
import type { MappingFault } from './fault.ts';

export type SchemaName = 'site' | 'codes' | 'places' | 'service' | 'record';

/** JSON pointer and reason of each fault; empty where the value is as the schema wants it. */
export type Validate = (value: unknown) => readonly Pick<MappingFault, 'pointer' | 'reason'>[];

const FOLDER = fileURLToPath(new URL('../../schemas/', import.meta.url));

/** Reads and compiles the schemas; a schema is compiled when it is first asked for. */
export function createSchemas(): (name: SchemaName) => Validate {
  const ajv = new Ajv2020({ allErrors: true, strict: true, strictTypes: false, strictRequired: false });
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

/** Of the alternatives of anyOf/oneOf only the last word is told, unless one of them went deeper. */
function faultsOf(errors: readonly ErrorObject[]): ReturnType<Validate> {
  const told = errors.filter(
    (error) => !['anyOf', 'oneOf', 'if', 'contains'].includes(error.keyword) || isAlone(error, errors),
  );
  const faults = told.map((error) => ({ pointer: pointerOf(error), reason: reasonOf(error) }));
  const seen = new Set<string>();
  return faults.filter(({ pointer, reason }) => {
    const key = `${pointer} ${reason}`;
    const known = seen.has(key);
    seen.add(key);
    return !known;
  });
}

function isAlone(error: ErrorObject, errors: readonly ErrorObject[]): boolean {
  return (
    error.keyword === 'contains' ||
    !errors.some((other) => other !== error && other.schemaPath.startsWith(`${error.schemaPath}/`))
  );
}

function pointerOf(error: ErrorObject): string {
  if (error.keyword === 'additionalProperties') {
    return `${error.instancePath}/${String(error.params.additionalProperty)}`;
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
    case 'contains':
      return 'lacks a contact with the role pointOfContact and an e-mail address';
    default:
      return error.message ?? error.keyword;
  }
}
