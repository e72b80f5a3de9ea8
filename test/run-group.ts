// One process of the test run: imports the files that it is given, runs their suites, and ends even where a pool or a worker is still open.
import { basename } from 'node:path';
import { run } from 'uvu/run';

await run(process.argv.slice(2).map((file) => ({ file, name: basename(file) })));
process.exit(process.exitCode);
