// Runs the drills: what must survive. `npm run drills [-- NAME…]`; the last line is `N passed, N failed`, a drill that its machine cannot do is named with the reason.
import { readdirSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** A drill gives lines to print, throws when something did not survive, and gives `skipped` where the machine lacks what it needs. */
export type Drill = (say: (line: string) => void) => Promise<'done' | { readonly skipped: string }>;

const wanted = process.argv.slice(2);
const files = readdirSync(fileURLToPath(new URL('.', import.meta.url)))
  .filter((file) => file.endsWith('.drill.ts'))
  .filter((file) => wanted.length === 0 || wanted.some((word) => file.includes(word)))
  .sort();
let passed = 0;
let failed = 0;
let skipped = 0;
for (const file of files) {
  const { drill } = (await import(new URL(file, import.meta.url).href)) as { readonly drill: Drill };
  const started = Date.now();
  const say = (line: string) => process.stdout.write(`  ${line}\n`);
  process.stdout.write(`${file}\n`);
  try {
    const outcome = await drill(say);
    if (outcome === 'done') passed++;
    else {
      skipped++;
      say(`skipped: ${outcome.skipped}`);
    }
  } catch (error) {
    failed++;
    say(`FAILED: ${(error as Error).stack}`);
  }
  say(`${((Date.now() - started) / 1000).toFixed(1)} s`);
}
process.stdout.write(`${passed} passed, ${failed} failed${skipped > 0 ? `, ${skipped} skipped` : ''}\n`);
process.exit(failed > 0 ? 1 : 0);
