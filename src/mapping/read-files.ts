// Reads the files of a mappings folder: JSON documents by their path, XML templates as text, and a hash of all of them.
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join, relative, sep } from 'node:path';
import type { MappingFault } from './fault.ts';

export interface MappingFiles {
  /** Parsed JSON by path below the folder: `site.json`, `services/voldorad.json`. */
  readonly documents: ReadonlyMap<string, unknown>;
  readonly templates: ReadonlyMap<string, string>;
  /** SHA-256 over every path and content, 16 hexadecimal digits. */
  readonly hash: string;
  /** Files that are no JSON, or cannot be read. */
  readonly faults: readonly MappingFault[];
}

/** Every `.json` and `.xml` below the folder, in order of path. Throws when the folder itself cannot be read. */
export function readMappingFiles(directory: string): MappingFiles {
  const documents = new Map<string, unknown>();
  const templates = new Map<string, string>();
  const faults: MappingFault[] = [];
  const hash = createHash('sha256');
  for (const file of filesBelow(directory)) {
    const text = readFileSync(join(directory, file), 'utf8').replace(/^\uFEFF/, '');
    hash.update(`${file}\0${text}\0`);
    if (file.endsWith('.xml')) {
      templates.set(file, text);
      continue;
    }
    try {
      documents.set(file, JSON.parse(text));
    } catch (error) {
      faults.push({ file, pointer: '', reason: `not JSON: ${error instanceof Error ? error.message : String(error)}` });
    }
  }
  return { documents, templates, hash: hash.digest('hex').slice(0, 16), faults };
}

function filesBelow(directory: string): readonly string[] {
  return readdirSync(directory, { withFileTypes: true, recursive: true })
    .filter((entry) => entry.isFile() && /\.(json|xml)$/.test(entry.name) && !entry.name.startsWith('.'))
    .map((entry) => relative(directory, join(entry.parentPath, entry.name)).split(sep).join('/'))
    .sort();
}
