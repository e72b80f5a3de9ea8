// The public schema of OpenAPI 3.0 documents.
import { Validator } from '@seriousme/openapi-schema-validator';

/** Faults in words; empty = valid. */
export async function validate(document: object): Promise<readonly string[]> {
  const { valid, errors } = await new Validator().validate(structuredClone(document) as { [name: string]: unknown });
  if (valid) return [];
  return Array.isArray(errors)
    ? errors.map((error) => `${error.instancePath ?? ''} ${error.message ?? ''}`)
    : [String(errors)];
}
