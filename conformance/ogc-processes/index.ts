// OGC API Processes Part 1 (18-062r2): after ets-ogcapi-processes10. What is run is the echo process, by its name, as the suite wants one.
import { setTimeout as sleep } from 'node:timers/promises';
import type { Answer, Http } from '../kit/http.ts';
import { type JsonLink, linkOf, PROBLEM, schemaFaults } from '../kit/json-schema.ts';
import { given, must, none, type Requirement, same, type Target } from '../kit/requirement.ts';
import { runnable } from '../kit/run-standard.ts';

interface Summary {
  readonly id?: string;
  readonly version?: string;
  readonly jobControlOptions?: readonly string[];
  readonly links?: readonly JsonLink[];
}
interface Description extends Summary {
  readonly inputs?: {
    readonly [id: string]: {
      readonly minOccurs?: number;
      readonly schema?: { readonly type?: string; readonly format?: string; readonly contentMediaType?: string };
    };
  };
  readonly outputs?: { readonly [id: string]: { readonly schema?: object } };
}
interface Status {
  readonly jobID?: string;
  readonly status?: string;
  readonly type?: string;
  readonly links?: readonly JsonLink[];
}
interface Facts {
  readonly base: string;
  readonly list: Answer;
  readonly processes: readonly Summary[];
  readonly echo: { readonly id: string; readonly description: Answer; readonly text: string } | undefined;
}

const req = (name: string): string => `http://www.opengis.net/spec/ogcapi-processes-1/1.0/req/core/${name}`;
const CLAUSE = 'OGC 18-062r2';
const WORD = 'teststring';
const STATUS = {
  type: 'object',
  required: ['jobID', 'status', 'type'],
  properties: {
    jobID: { type: 'string', minLength: 1 },
    type: { const: 'process' },
    status: { enum: ['accepted', 'running', 'successful', 'failed', 'dismissed'] },
    progress: { type: 'integer', minimum: 0, maximum: 100 },
    created: { type: 'string', format: 'date-time' },
  },
};
const SUMMARY = {
  type: 'object',
  required: ['id', 'version'],
  properties: {
    id: { type: 'string', minLength: 1 },
    version: { type: 'string' },
    jobControlOptions: { type: 'array', items: { enum: ['sync-execute', 'async-execute', 'dismiss'] } },
  },
};
const DESCRIPTION = {
  ...SUMMARY,
  required: ['id', 'version', 'inputs', 'outputs'],
  properties: {
    ...SUMMARY.properties,
    inputs: { type: 'object', additionalProperties: { type: 'object', required: ['schema'] } },
    outputs: { type: 'object', minProperties: 1, additionalProperties: { type: 'object', required: ['schema'] } },
  },
};

function exception(answer: Answer, status: number, type?: string): void {
  same(answer.status, status, 'status', answer);
  must(
    ['application/problem+json', 'application/json'].includes(answer.media),
    `a JSON exception expected, "${answer.type}" found`,
    answer,
  );
  none(schemaFaults({ ...PROBLEM, required: ['type'] }, answer.json()), 'exception', answer);
  if (type !== undefined)
    must(answer.json<{ type: string }>().type.endsWith(`/${type}`), `type ${type} expected`, answer);
}

const execute = (
  http: Http,
  { base, echo }: Facts,
  body: object,
  headers: { readonly [name: string]: string } = {},
): Promise<Answer> =>
  http.post(
    `${base}/processes/${given(echo, 'no echo process').id}/execution`,
    'application/json',
    JSON.stringify(body),
    headers,
  );

const inputs = ({ echo }: Facts, more: object = {}) => ({
  inputs: { [given(echo, 'no echo process').text]: WORD, ...more },
});

/** Asks a job until it ends, at most some seconds. */
async function ended(http: Http, address: string): Promise<Answer> {
  for (let i = 0; ; i++) {
    const answer = await http.get(address);
    if (i >= 60 || !['accepted', 'running'].includes(answer.json<Status>().status ?? '')) return answer;
    await sleep(250);
  }
}

const requirements: readonly Requirement<Facts>[] = [
  {
    id: req('process-list-success'),
    title: 'The list of processes has summaries and links; limit cuts it',
    clause: `${CLAUSE}, process list`,
    needs: 'core',
    check: async ({ list, processes, base }, { http }) => {
      same([list.status, list.media], [200, 'application/json'], 'status and type', list);
      must(processes.length > 0 && linkOf(list.json(), 'self')?.href, 'no processes or no self link', list);
      none(
        processes.flatMap((each) => schemaFaults(SUMMARY, each)),
        'summaries',
        list,
      );
      const one = await http.get(`${base}/processes?limit=1`);
      same(one.json<{ processes?: readonly unknown[] }>().processes?.length, 1, 'processes of limit=1', one);
    },
  },
  {
    id: req('process-success'),
    title: 'Every process is described with inputs and outputs, each with a schema',
    clause: `${CLAUSE}, process description`,
    needs: 'description',
    check: async ({ processes, base }, { http }) => {
      for (const { id } of processes) {
        const answer = await http.get(`${base}/processes/${id}`);
        same([answer.status, answer.media], [200, 'application/json'], 'status and type', answer);
        none(schemaFaults(DESCRIPTION, answer.json()), String(id), answer);
        same(answer.json<Summary>().id, id, 'id', answer);
      }
    },
  },
  {
    id: req('process-exception-no-such-process'),
    title: 'An unknown process is 404 with the exception no-such-process, described and executed',
    clause: `${CLAUSE}, exceptions`,
    needs: 'core',
    check: async ({ base }, { http }) => {
      exception(await http.get(`${base}/processes/no-such-process-7f3a`), 404, 'no-such-process');
      exception(
        await http.post(`${base}/processes/no-such-process-7f3a/execution`, 'application/json', '{"inputs":{}}'),
        404,
        'no-such-process',
      );
    },
  },
  {
    id: req('process-execute-sync-raw-value-one'),
    title: 'Executed synchronously, one output comes as it is',
    clause: `${CLAUSE}, execute`,
    needs: 'core',
    check: async (facts, { http }) => {
      const answer = await execute(http, facts, {
        ...inputs(facts),
        outputs: { [facts.echo?.text ?? '']: {} },
        response: 'raw',
      });
      same(answer.status, 200, 'status', answer);
      must(answer.text.includes(WORD), 'the output is not the input', answer);
    },
  },
  {
    id: req('process-execute-sync-document'),
    title: 'Executed synchronously with response=document, the outputs come by their names',
    clause: `${CLAUSE}, execute`,
    needs: 'core',
    check: async (facts, { http }) => {
      const answer = await execute(http, facts, { ...inputs(facts), response: 'document' });
      same([answer.status, answer.media], [200, 'application/json'], 'status and type', answer);
      const value = answer.json<{ [id: string]: unknown }>()[facts.echo?.text ?? ''];
      must(
        value === WORD || (value as { value?: unknown } | undefined)?.value === WORD,
        'the output is not the input',
        answer,
      );
    },
  },
  {
    id: req('process-execute-inputs'),
    title: 'A missing mandatory input, an unknown one and a body that is none are refused',
    clause: `${CLAUSE}, execute; invalid inputs`,
    needs: 'core',
    check: async (facts, { http }) => {
      for (const body of [
        '{"invalid-execute-request":true',
        JSON.stringify({ inputs: { no_such_input: 1, [given(facts.echo, 'no echo process').text]: WORD } }),
        JSON.stringify({ inputs: { [facts.echo?.text ?? '']: { not: 'a text' } } }),
      ]) {
        const answer = await http.post(`${facts.base}/processes/${facts.echo?.id}/execution`, 'application/json', body);
        exception(answer, 400);
      }
    },
  },
  {
    id: req('process-execute-success-async'),
    title: 'Prefer: respond-async gives 201 with Location; the job ends successful and its results are the outputs',
    clause: `${CLAUSE}, execute, job status, results`,
    needs: 'core',
    check: async (facts, { http }) => {
      const answer = await execute(
        http,
        facts,
        { ...inputs(facts), response: 'document' },
        { Prefer: 'respond-async' },
      );
      same(answer.status, 201, 'status', answer);
      const location = given(answer.headers.location, 'no Location');
      none(schemaFaults(STATUS, answer.json()), 'status', answer);
      const status = await ended(http, location);
      none(schemaFaults(STATUS, status.json()), 'status', status);
      same(status.json<Status>().status, 'successful', 'status of the job', status);
      const results = await http.get(
        linkOf(status.json<Status>(), 'http://www.opengis.net/def/rel/ogc/1.0/results')?.href ?? `${location}/results`,
      );
      same(results.status, 200, 'status of the results', results);
      must(results.text.includes(WORD), 'the output is not the input', results);
    },
  },
  {
    id: req('job-results-exception-results-not-ready'),
    title: 'Results of a job that runs are 404 with result-not-ready; it can be dismissed',
    clause: `${CLAUSE}, results; dismiss`,
    needs: 'dismiss',
    check: async (facts, { http }) => {
      const pause = given(facts.echo?.description.json<Description>().inputs?.pause, 'the echo process has no pause');
      must(pause.schema?.type !== undefined, 'no schema of pause');
      const answer = await execute(
        http,
        facts,
        { ...inputs(facts, { pause: 20 }), response: 'document' },
        { Prefer: 'respond-async' },
      );
      const location = given(answer.headers.location, 'no Location');
      exception(await http.get(`${location}/results`), 404, 'result-not-ready');
      const dismissed = await http.send('DELETE', location);
      same(
        [dismissed.status, dismissed.json<Status>().status],
        [200, 'dismissed'],
        'status and status of the job',
        dismissed,
      );
    },
  },
  {
    id: req('job-exception-no-such-job'),
    title: 'An unknown job and its results are 404 with no-such-job',
    clause: `${CLAUSE}, exceptions`,
    needs: 'core',
    check: async ({ base }, { http }) => {
      const job = `${base}/jobs/00000000-0000-4000-8000-000000000000`;
      exception(await http.get(job), 404, 'no-such-job');
      exception(await http.get(`${job}/results`), 404, 'no-such-job');
    },
  },
  {
    id: 'http://www.opengis.net/spec/ogcapi-processes-1/1.0/req/job-list/job-list-success',
    title: 'The list of jobs holds statuses and links',
    clause: `${CLAUSE}, job list`,
    needs: 'job-list',
    check: async ({ base }, { http }) => {
      const answer = await http.get(`${base}/jobs`);
      same([answer.status, answer.media], [200, 'application/json'], 'status and type', answer);
      const { jobs } = answer.json<{ jobs?: readonly Status[] }>();
      must(Array.isArray(jobs) && linkOf(answer.json(), 'self')?.href, 'no jobs or no self link', answer);
      none(
        (jobs ?? []).flatMap((each) => schemaFaults(STATUS, each)),
        'jobs',
        answer,
      );
    },
  },
];

const CLASSES: { readonly [key: string]: string } = {
  core: 'core',
  description: 'ogc-process-description',
  'job-list': 'job-list',
  dismiss: 'dismiss',
};

async function discover({ http, door }: Target) {
  const address = door('ogc-processes', '/');
  const landing = await http.get(address, { Accept: 'application/json' });
  if (landing.status === 404 || landing.media !== 'application/json')
    return { absent: `no landing page in JSON at ${address}` };
  const base = address.replace(/\/$/, '');
  const conformance = await http.get(linkOf(landing.json(), 'conformance')?.href ?? `${base}/conformance`, {
    Accept: 'application/json',
  });
  const { conformsTo = [] } = conformance.json<{ conformsTo?: readonly string[] }>();
  const claims = new Set(
    Object.keys(CLASSES).filter((key) =>
      conformsTo.includes(`http://www.opengis.net/spec/ogcapi-processes-1/1.0/conf/${CLASSES[key]}`),
    ),
  );
  if (claims.size === 0) return { absent: 'the conformance declaration names no class of OGC API Processes' };
  const list = await http.get(`${base}/processes?limit=100`, { Accept: 'application/json' });
  const { processes = [] } = list.json<{ processes?: readonly Summary[] }>();
  const id = processes.map((each) => each.id ?? '').find((each) => /^echo|echo$/i.test(each));
  const description = id === undefined ? undefined : await http.get(`${base}/processes/${id}`);
  const [text] =
    Object.entries(description?.json<Description>().inputs ?? {}).find(
      ([, { schema }]) =>
        schema?.type === 'string' && schema.format === undefined && schema.contentMediaType === undefined,
    ) ?? [];
  const echo =
    id === undefined || description === undefined || text === undefined ? undefined : { id, description, text };
  return { claims, facts: { base, list, processes, echo } satisfies Facts };
}

export const ogcProcesses = runnable<Facts>({
  name: 'ogc-processes',
  title: 'OGC API Processes 1.0, Part 1 (18-062r2)',
  classes: { core: 'Core', description: 'OGC Process Description', 'job-list': 'Job List', dismiss: 'Dismiss' },
  discover,
  requirements,
});
