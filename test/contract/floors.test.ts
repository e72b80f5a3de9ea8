// The rule of floors: a folder of src/ imports only from lower floors. There is no list of exceptions.
import { readdirSync, readFileSync } from 'node:fs';
import { join, posix, relative, sep } from 'node:path';
import { fileURLToPath } from 'node:url';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';

const src = fileURLToPath(new URL('../../src', import.meta.url));
const FLOORS: Readonly<Record<string, number>> = {
  model: 1,
  'config.ts': 2,
  http: 2,
  mapping: 2,
  formats: 2,
  storage: 3,
  catalogue: 4,
  accounts: 4,
  data: 5,
  processing: 6,
  ingest: 6,
  federation: 6,
  protocols: 7,
  portal: 7,
  'main.ts': 8,
  'app.ts': 8,
  cli: 8,
};
/** What the four folders of formats/ may take from each other. */
const SHARED_IN_FORMATS = ['formats/syntax/xml.ts', 'formats/writers/xml-template.ts', 'formats/writers/text.ts'];

interface Import {
  readonly from: string;
  readonly to: string;
}

function sources(): string[] {
  return readdirSync(src, { recursive: true, encoding: 'utf8' })
    .filter((file) => /\.tsx?$/.test(file))
    .map((file) => file.split(sep).join('/'));
}

function importsOf(file: string): Import[] {
  const text = readFileSync(join(src, file), 'utf8');
  const found: Import[] = [];
  for (const match of text.matchAll(/(?:from|import)\s*\(?\s*'(\.[^']+)'/g)) {
    found.push({ from: file, to: posix.normalize(posix.join(posix.dirname(file), match[1] ?? '')) });
  }
  return found;
}

/** The room that a file stands in: its top folder, below protocols/ the protocol, inside formats/ the notation kind. */
function room(file: string): string {
  const [top = '', second = ''] = file.split('/');
  return top === 'protocols' || (top === 'formats' && file.split('/').length > 2) ? `${top}/${second}` : top;
}

function floor(file: string): number | undefined {
  return FLOORS[file.split('/')[0] ?? ''];
}

export function faultOf({ from, to }: Import): string | null {
  if (to.startsWith('..')) return null;
  const here = floor(from);
  const there = floor(to);
  if (here === undefined) return `${from} stands on no floor`;
  if (there === undefined) return `${from} imports ${to}, which stands on no floor`;
  if (room(from) === room(to)) return null;
  if (here === 8 && there === 8) return null;
  const inFormats = from.startsWith('formats/') && to.startsWith('formats/');
  // The registry of formats stands above the four folders of its own house.
  if (inFormats && from.split('/').length === 2) return null;
  if (inFormats)
    return SHARED_IN_FORMATS.includes(to)
      ? null
      : `${from} imports ${to}: only ${SHARED_IN_FORMATS.join(', ')} are shared`;
  if (there >= here) return `${from} (floor ${here}) imports ${to} (floor ${there})`;
  if (to.startsWith('http/') && here < 7) return `${from} imports ${to}: http is for protocols and the application`;
  return null;
}

const floors = suite('rule of floors');

floors('every import goes down', () => {
  const faults = sources()
    .flatMap(importsOf)
    .map(faultOf)
    .filter((fault) => fault !== null);
  assert.equal(faults, []);
});

floors('the rule finds what it must find', () => {
  assert.match(faultOf({ from: 'model/query.ts', to: 'http/links.ts' }) ?? '', /floor 1/);
  assert.match(faultOf({ from: 'protocols/csw/index.ts', to: 'protocols/opensearch/index.ts' }) ?? '', /floor 7/);
  assert.match(faultOf({ from: 'http/links.ts', to: 'mapping/load.ts' }) ?? '', /floor 2/);
  assert.match(faultOf({ from: 'catalogue/search.ts', to: 'http/links.ts' }) ?? '', /http is for/);
  assert.match(faultOf({ from: 'formats/readers/iso19139.ts', to: 'formats/writers/geojson.ts' }) ?? '', /shared/);
  assert.is(faultOf({ from: 'protocols/csw/index.ts', to: 'catalogue/catalogue.ts' }), null);
});

floors('no cycle between files', () => {
  const edges = new Map<string, string[]>();
  for (const file of sources()) {
    const text = readFileSync(join(src, file), 'utf8').replace(/import type [^;]+;/g, '');
    const to = [...text.matchAll(/from\s+'(\.[^']+)'/g)].map((m) =>
      posix.normalize(posix.join(posix.dirname(file), m[1] ?? '')),
    );
    edges.set(file, to);
  }
  const done = new Set<string>();
  const path: string[] = [];
  const visit = (file: string): void => {
    if (path.includes(file)) throw new Error(`cycle: ${[...path.slice(path.indexOf(file)), file].join(' → ')}`);
    if (done.has(file)) return;
    path.push(file);
    for (const next of edges.get(file) ?? []) visit(next);
    path.pop();
    done.add(file);
  };
  for (const file of edges.keys()) visit(file);
});

floors('at most three levels below src, no file over 500 lines, no folder named utils', () => {
  const faults = sources().flatMap((file) => {
    const lines = readFileSync(join(src, file), 'utf8').split('\n').length;
    return [
      ...(file.split('/').length > 4 ? [`${file}: too deep`] : []),
      ...(lines > 500 ? [`${file}: ${lines} lines`] : []),
      ...(/(?:^|\/)(?:utils?|helpers?|common)\//.test(file) ? [`${file}: name the concept`] : []),
    ];
  });
  assert.equal(faults, []);
  assert.is(relative(src, join(src, 'model')), 'model');
});

floors('each file says in its first line what it is in charge of', () => {
  const faults = sources().filter((file) => !/^\/[/*]/.test(readFileSync(join(src, file), 'utf8')));
  assert.equal(faults, []);
});

floors.run();
