// The command `vobs check`: what it prints and how it ends, with the templates compiled as the writers compile them.
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { suite } from 'uvu';
import { equal, match } from 'uvu/assert';
import { command } from '../../../src/cli/check.ts';
import { MAPPINGS_DIRECTORY } from '../../fixtures/mappings.ts';
import { copyMappings } from '../../fixtures/mappings-copy.ts';

const test = suite('vobs check');

test('the project’s own mappings: no fault, 0', async () => {
  const { code, lines } = await run(MAPPINGS_DIRECTORY);
  equal([code, lines.length], [0, 1], lines.join('\n'));
  match(lines[0]!, /^\d+ files, no fault$/);
});

test('each wrong file is named, JSON and templates alike: 1', async () => {
  const copy = copyMappings();
  try {
    copy.change('services/presse.json', { '/title/fr': undefined });
    for (const file of ['atom/entry.xml', 'iso19139/series.xml']) {
      const text = readFileSync(join(copy.directory, file), 'utf8');
      copy.write(file, text.slice(0, text.lastIndexOf('</')));
    }
    const { code, lines } = await run(copy.directory);
    equal(code, 1);
    equal(lines.length, 4, lines.join('\n'));
    match(lines[0]!, /^atom\/entry\.xml: line \d+: /);
    match(lines[1]!, /^iso19139\/series\.xml: line \d+: /);
    equal(lines[2], "services/presse.json#/title: lacks 'fr'");
    match(lines[3]!, /^3 fault\(s\) in \d+ files$/);
  } finally {
    copy.remove();
  }
});

async function run(directory: string): Promise<{ readonly code: number; readonly lines: readonly string[] }> {
  const stdout = new PassThrough();
  const code = await command.run([directory], {
    stdin: new PassThrough(),
    stdout,
    stderr: new PassThrough(),
    environment: {},
  });
  return { code, lines: String(stdout.read()).trimEnd().split('\n') };
}

test.run();
