// npm run bless: rewrites every golden document and the README's tables from what the product writes now. Review the difference before you commit it.
// A folder of golden documents has a documents.ts that exports goldenDocuments(): file name → text.
import { existsSync, mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { testApp } from '../fixtures/app.ts';
import { blessReadme } from '../fixtures/documentation.ts';

type Golden = { goldenDocuments(): ReadonlyMap<string, string> | Promise<ReadonlyMap<string, string>> };

let changed = 0;
for (const folder of readdirSync(new URL('.', import.meta.url), { withFileTypes: true })) {
  const source = new URL(`./${folder.name}/documents.ts`, import.meta.url);
  if (!folder.isDirectory() || !existsSync(source)) continue;
  const target = new URL(`./${folder.name}/blessed/`, import.meta.url);
  const documents = await ((await import(source.href)) as Golden).goldenDocuments();
  mkdirSync(target, { recursive: true });
  for (const old of readdirSync(target)) if (!documents.has(old)) rmSync(new URL(old, target));
  for (const [name, text] of documents) {
    const file = new URL(name, target);
    if (existsSync(file) && readFileSync(file, 'utf8') === text) continue;
    writeFileSync(file, text);
    changed++;
    process.stdout.write(`blessed ${folder.name}/${name}\n`);
  }
}
blessReadme((await testApp()).app.routes);
process.stdout.write(`${changed} documents changed\n`);
process.exit();
