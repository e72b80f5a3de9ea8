// Validates XML documents against the public schemas, offline. Any test may use it: validateXml(xml, set) → errors. The schema folder is
// that of VOBS_SCHEMAS, else the one that may lie beside the checkout; without one the tests say how many documents were skipped.
import path from 'node:path';
import { fileURLToPath } from 'node:url';
import { createXsd, isSchemaFolder, type SchemaSet, type Xsd } from '../../conformance/kit/xsd.ts';

export type { SchemaSet } from '../../conformance/kit/xsd.ts';

const xsd = xsdOfFolder();
let skipped = 0;

function xsdOfFolder(): Xsd | null {
  const beside = fileURLToPath(new URL('../../../shared/xsd', import.meta.url));
  const folder = path.resolve(process.env.VOBS_SCHEMAS ?? beside);
  return isSchemaFolder(folder) ? createXsd(folder) : null;
}

/** Is there a schema folder? Without one, validateXml only counts what it skips. */
export function haveSchemas(): boolean {
  return xsd !== null;
}

/** What the schema set says against the document; empty = valid, or skipped where there are no schemas. */
export function validateXml(xml: string, set: SchemaSet): readonly string[] {
  if (xsd !== null) return xsd.faults(xml, set);
  skipped++;
  return [];
}

/** Documents validated and skipped in this process so far. */
export function validationCounts(): { readonly validated: number; readonly skipped: number } {
  return { validated: xsd?.validated() ?? 0, skipped };
}

/** One line for the end of a test file: `validated: 120` or `skipped: 120 (no schema folder)`. */
export function validationReport(): string {
  return xsd === null ? `skipped: ${skipped} (no schema folder)` : `validated: ${xsd.validated()}`;
}
