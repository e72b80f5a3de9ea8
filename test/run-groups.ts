// Which test files run in one process: those that share a fixture's database.
import { readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';

export interface Group {
  readonly name: string;
  readonly files: readonly string[];
  /** Its files may open a database. */
  readonly database: boolean;
}

/** Modules that keep a database for all tests of a process, the one that decides first; then those whose tests open their own. */
const SHARED = [
  ['the demo catalogue', 'fixtures/demo-app.ts'],
  ['the pages', 'portal/portal-app.ts'],
  ['the set of the CSW suites', 'protocols/csw/suite-set.ts'],
  ['the conformance set', 'fixtures/conformance-app.ts'],
  ['filtered records', 'fixtures/filter-database.ts'],
  ['the store', 'fixtures/store.ts'],
  ['the small catalogue', 'fixtures/app.ts'],
  ['databases of their own', 'fixtures/database.ts'],
  ['databases of their own', 'fixtures/embedded.ts'],
  ['databases of their own', 'fixtures/private-cluster.ts'],
] as const;
const NONE = 'no database';
/** More files than these are divided, so that no process is left running alone for long. */
const MOST_FILES = 20;

/** All files below the root that a file imports, directly or through others. */
function importsOf(root: string, file: string, known = new Set<string>()): ReadonlySet<string> {
  for (const [, path = ''] of readFileSync(file, 'utf8').matchAll(/ from '(\.{1,2}\/[^']+)'/g)) {
    const imported = resolve(dirname(file), path);
    if (!imported.startsWith(root) || known.has(imported)) continue;
    known.add(imported);
    importsOf(root, imported, known);
  }
  return known;
}

/** `files` absolute, below `root` (with its last slash). The groups with most files come first. */
export function groupsOf(root: string, files: readonly string[]): readonly Group[] {
  const found = new Map<string, string[]>();
  for (const file of files) {
    const imported = importsOf(root, file);
    const [name] = SHARED.find(([, path]) => imported.has(join(root, path))) ?? [NONE];
    found.set(name, [...(found.get(name) ?? []), file]);
  }
  const groups = [...found].flatMap(([name, members]) => {
    const parts = name === NONE ? 1 : Math.ceil(members.length / MOST_FILES);
    const size = Math.ceil(members.length / parts);
    return Array.from({ length: parts }, (_, part) => ({
      name: parts === 1 ? name : `${name}, part ${part + 1}`,
      files: members.slice(part * size, (part + 1) * size),
      database: name !== NONE,
    }));
  });
  return groups.sort((a, b) => b.files.length - a.files.length);
}
