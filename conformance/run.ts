// The conformance self-check: `npm run conformance -- --url URL [--schemas DIR] [--report FILE.json]`. Asks a server, whichever it is, for
// everything that the standards demand which it claims; one line for each requirement, a table of classes, exit code 1 where one failed.
import { writeFileSync } from 'node:fs';
import path from 'node:path';
import { parseArgs } from 'node:util';
import { createHttp } from './kit/http.ts';
import { countsOf, linesOf, reportOf, summaryOf, tableOf } from './kit/report.ts';
import type { Target } from './kit/requirement.ts';
import type { Outcome } from './kit/run-standard.ts';
import { createXsd, isSchemaFolder } from './kit/xsd.ts';
import { STANDARDS } from './standards.ts';

const USAGE = `npm run conformance -- --url URL [options]

  --url URL            base address of the server, for example http://127.0.0.1:8080
  --schemas DIR        folder of public schemas laid out as {host}/{path}; without it nothing is validated against XSD (also VOBS_SCHEMAS)
  --report FILE.json   writes every outcome for machines
  --standard NAME      only this standard; may come several times
  --only WORD          only requirements whose address or title holds the word; may come several times
  --door NAME=URL      address of a standard that is not at its usual place below the base; may come several times
  --all                a standard that the server does not offer is a failure
  --list               names the standards and the number of their requirements, asks nothing
`;

function options() {
  const { values } = parseArgs({
    options: {
      url: { type: 'string' },
      schemas: { type: 'string' },
      report: { type: 'string' },
      standard: { type: 'string', multiple: true },
      only: { type: 'string', multiple: true },
      door: { type: 'string', multiple: true },
      all: { type: 'boolean' },
      list: { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  return values;
}

function fail(message: string): never {
  process.stderr.write(`${message}\n\n${USAGE}`);
  process.exit(2);
}

function asked(): ReturnType<typeof options> {
  try {
    return options();
  } catch (error) {
    return fail((error as Error).message);
  }
}

const values = asked();
if (values.help === true) {
  process.stdout.write(USAGE);
  process.exit(0);
}
if (values.list === true) {
  for (const { name, title, size } of STANDARDS)
    process.stdout.write(`${name.padEnd(18)} ${String(size).padStart(4)}  ${title}\n`);
  process.exit(0);
}
const url = (values.url ?? fail('--url is wanted')).replace(/\/+$/, '');
if (!URL.canParse(url)) fail(`--url: ${url} is no address`);
const folder = values.schemas ?? process.env.VOBS_SCHEMAS;
const schemas = folder === undefined || folder === '' ? null : path.resolve(folder);
if (schemas !== null && !isSchemaFolder(schemas)) fail(`--schemas: ${schemas} holds no schemas.opengis.net`);
const unknown = (values.standard ?? []).filter((name) => !STANDARDS.some((standard) => standard.name === name));
if (unknown.length > 0)
  fail(`--standard: ${unknown.join(', ')} is none of ${STANDARDS.map(({ name }) => name).join(', ')}`);
const doors = new Map(
  (values.door ?? []).map((text) => [text.slice(0, text.indexOf('=')), text.slice(text.indexOf('=') + 1)]),
);

const started = Date.now();
const http = createHttp();
const target: Target = {
  base: url,
  http,
  xsd: schemas === null ? null : createXsd(schemas),
  door: (standard, usual) => doors.get(standard) ?? `${url}${usual}`,
};
const outcomes: Outcome[] = [];
for (const standard of STANDARDS) {
  if (values.standard !== undefined && !values.standard.includes(standard.name)) continue;
  process.stdout.write(`\n${standard.title}\n`);
  const tell = (outcome: Outcome): void => {
    process.stdout.write(`${linesOf(outcome)}\n`);
  };
  outcomes.push(...(await standard.run(target, { tell, all: values.all === true, only: values.only ?? [] })));
}
const milliseconds = Date.now() - started;
const validated = target.xsd?.validated() ?? 0;
if (values.report !== undefined)
  writeFileSync(
    values.report,
    reportOf(outcomes, { url, schemas, validated, requests: http.requests(), milliseconds }),
  );
process.stdout.write(`\n${tableOf(outcomes)}\n\n`);
process.stdout.write(
  `${http.requests()} requests, ${validated} documents validated, ${(milliseconds / 1000).toFixed(1)} s\n`,
);
process.stdout.write(`${summaryOf(outcomes)}\n`);
const { failed, passed } = countsOf(outcomes);
process.exit(failed > 0 || passed === 0 ? 1 : 0);
