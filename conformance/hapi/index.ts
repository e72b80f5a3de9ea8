// HAPI 3.3: capabilities, catalogue, descriptions, data in every format, and every code of an error.
import { schemaFaults } from '../kit/json-schema.ts';
import { given, must, none, type Requirement, same, type Target } from '../kit/requirement.ts';
import { runnable } from '../kit/run-standard.ts';
import {
  ask,
  cellsOf,
  type Dataset,
  type Facts,
  fine,
  type Info,
  recordLength,
  refused,
  rowsOf,
  width,
} from './client.ts';

const CLAUSE = 'HAPI 3.3';
const rule = (name: string): string => `hapi/3.3/${name}`;
const INFO = {
  type: 'object',
  required: ['startDate', 'stopDate', 'parameters'],
  properties: {
    startDate: { type: 'string', pattern: '^\\d{4}-' },
    stopDate: { type: 'string', pattern: '^\\d{4}-' },
    parameters: {
      type: 'array',
      minItems: 1,
      items: {
        type: 'object',
        required: ['name', 'type', 'units', 'fill'],
        properties: {
          name: { type: 'string', minLength: 1 },
          type: { enum: ['isotime', 'double', 'integer', 'string'] },
          length: { type: 'integer', minimum: 1 },
          size: { type: 'array', items: { type: 'integer', minimum: 1 } },
          fill: { type: ['string', 'null'] },
          bins: { type: 'array', items: { type: 'object', required: ['name', 'units'] } },
        },
        if: { properties: { type: { enum: ['isotime', 'string'] } } },
        // biome-ignore lint/suspicious/noThenProperty: a keyword of JSON Schema
        then: { required: ['length'] },
        else: { not: { required: ['length'] } },
      },
    },
  },
};

const infoOf = ({ info }: Dataset): Info => info.json<Info>();
const parametersOf = (dataset: Dataset) => infoOf(dataset).parameters ?? [];
const data = (facts: Facts, more: object = {}) => ({
  dataset: facts.asked.id,
  start: facts.asked.start,
  stop: facts.asked.stop,
  ...more,
});

const requirements: readonly Requirement<Facts>[] = [
  {
    id: rule('capabilities'),
    title: 'The capabilities name csv among the formats',
    clause: `${CLAUSE}, 3.2 capabilities`,
    needs: 'hapi',
    check: ({ capabilities }) => {
      const { outputFormats = [] } = fine(capabilities).json<{ outputFormats?: readonly string[] }>();
      must(outputFormats.includes('csv'), 'no csv', capabilities);
      none(
        outputFormats.filter((name) => !/^(csv|binary|json|x_\w+)$/.test(name)),
        'unknown formats',
        capabilities,
      );
    },
  },
  {
    id: rule('about'),
    title: 'About tells id, title and contact',
    clause: `${CLAUSE}, 3.1 about`,
    needs: 'hapi',
    check: async (facts, { http }) => {
      const answer = fine(await ask(http, facts, 'about', {}));
      const about = answer.json<{ id?: string; title?: string; contact?: string }>();
      must(about.id && about.title && about.contact, 'id, title or contact is missing', answer);
    },
  },
  {
    id: rule('catalog'),
    title: 'The catalogue lists data sets, each once',
    clause: `${CLAUSE}, 3.3 catalog`,
    needs: 'hapi',
    check: ({ catalog, ids }) => {
      fine(catalog);
      same(new Set(ids).size, ids.length, 'different data sets', catalog);
      must(
        ids.every((id) => id !== ''),
        'an empty id',
        catalog,
      );
    },
  },
  {
    id: rule('info'),
    title: 'Descriptions have period and parameters; the first is the time, which has no fill',
    clause: `${CLAUSE}, 3.4 info`,
    needs: 'hapi',
    check: ({ datasets }) => {
      for (const dataset of datasets) {
        fine(dataset.info);
        none(schemaFaults(INFO, infoOf(dataset)), dataset.id, dataset.info);
        const [time] = parametersOf(dataset);
        same([time?.type, time?.units, time?.fill], ['isotime', 'UTC', null], 'first parameter', dataset.info);
        const names = parametersOf(dataset).map(({ name }) => name);
        same(new Set(names).size, names.length, 'different names', dataset.info);
        must(
          (infoOf(dataset).startDate ?? '') < (infoOf(dataset).stopDate ?? ''),
          'startDate is not before stopDate',
          dataset.info,
        );
      }
    },
  },
  {
    id: rule('info/parameters'),
    title: 'A description of chosen parameters holds the time and them',
    clause: `${CLAUSE}, 3.4 info`,
    needs: 'hapi',
    check: async (facts, { http }) => {
      const [time, , third = parametersOf(facts.asked)[1]] = parametersOf(facts.asked);
      const answer = fine(await ask(http, facts, 'info', { dataset: facts.asked.id, parameters: third?.name }));
      same(
        answer.json<Info>().parameters?.map(({ name }) => name),
        [time?.name, third?.name],
        'parameters',
        answer,
      );
    },
  },
  {
    id: rule('data/csv'),
    title:
      'csv has a line for each record, times of one length that rise within the period, and a value for each parameter',
    clause: `${CLAUSE}, 3.6 data`,
    needs: 'hapi',
    check: async (facts, { http }) => {
      const answer = await ask(http, facts, 'data', data(facts));
      same([answer.status, answer.media], [200, 'text/csv'], 'status and type', answer);
      const rows = rowsOf(answer);
      must(rows.length > 0, 'no rows', answer);
      const parameters = parametersOf(facts.asked);
      const times = rows.map((row) => cellsOf(row)[0] ?? '');
      none(
        times.filter((time) => time.length !== parameters[0]?.length || !time.endsWith('Z')),
        'time of another length',
        answer,
      );
      none(
        times.filter((time, i) => i > 0 && time <= (times[i - 1] ?? '')),
        'time that does not rise',
        answer,
      );
      none(
        times.filter((time) => time < facts.asked.start || time >= facts.asked.stop),
        'outside of the period',
        answer,
      );
      none(
        rows.filter((row) => cellsOf(row).length !== width(parameters)).map((row) => `${cellsOf(row).length} values`),
        `not ${width(parameters)} values`,
        answer,
      );
    },
  },
  {
    id: rule('data/half-open'),
    title: 'start counts and stop does not: two halves that touch are the whole',
    clause: `${CLAUSE}, 3.6 data`,
    needs: 'hapi',
    check: async (facts, { http }) => {
      const whole = await ask(http, facts, 'data', data(facts));
      const times = rowsOf(whole).map((row) => cellsOf(row)[0] ?? '');
      const middle = given(times.length > 2 && times[Math.floor(times.length / 2)], 'too few rows');
      const first = await ask(http, facts, 'data', data(facts, { stop: middle }));
      const second = await ask(http, facts, 'data', data(facts, { start: middle }));
      same(rowsOf(first).length + rowsOf(second).length, rowsOf(whole).length, 'rows of both halves', second);
      must(rowsOf(second)[0]?.startsWith(middle), 'start does not count', second);
    },
  },
  {
    id: rule('data/json'),
    title: 'json holds the description and the same records as csv',
    clause: `${CLAUSE}, 3.6 data`,
    needs: 'json',
    check: async (facts, { http }) => {
      const answer = fine(await ask(http, facts, 'data', data(facts, { format: 'json' })));
      const csv = await ask(http, facts, 'data', data(facts));
      same(answer.json<Info>().data?.length, rowsOf(csv).length, 'records', answer);
      same(
        answer.json<Info>().data?.map(([time]) => time),
        rowsOf(csv).map((row) => cellsOf(row)[0]),
        'times',
        answer,
      );
    },
  },
  {
    id: rule('data/binary'),
    title: 'binary holds as many records as csv, each as long as its types',
    clause: `${CLAUSE}, 3.6.3 binary`,
    needs: 'binary',
    check: async (facts, { http }) => {
      const answer = await ask(http, facts, 'data', data(facts, { format: 'binary' }));
      const csv = await ask(http, facts, 'data', data(facts));
      same(answer.bytes.length, rowsOf(csv).length * recordLength(parametersOf(facts.asked)), 'bytes', answer);
      const length = parametersOf(facts.asked)[0]?.length ?? 0;
      same(answer.bytes.subarray(0, length).toString(), cellsOf(rowsOf(csv)[0] ?? '')[0], 'first time', answer);
    },
  },
  {
    id: rule('data/header'),
    title: 'include=header writes the description before the records, each line with #',
    clause: `${CLAUSE}, 3.6 data`,
    needs: 'hapi',
    check: async (facts, { http }) => {
      const answer = await ask(http, facts, 'data', data(facts, { include: 'header' }));
      const lines = rowsOf(answer);
      const header = lines.filter((line) => line.startsWith('#'));
      must(
        header.length > 0 && lines.findIndex((line) => !line.startsWith('#')) === header.length,
        'the header does not stand before the data',
        answer,
      );
      const info = JSON.parse(header.map((line) => line.slice(1)).join('\n')) as Info;
      same(
        info.parameters?.map(({ name }) => name),
        parametersOf(facts.asked).map(({ name }) => name),
        'parameters',
        answer,
      );
    },
  },
  {
    id: rule('data/parameters'),
    title: 'Chosen parameters come with the time, in the order of the description; another order is refused',
    clause: `${CLAUSE}, 3.6 data, 4 status 1411`,
    needs: 'hapi',
    check: async (facts, { http }) => {
      const [, a, b] = parametersOf(facts.asked);
      given(b, 'fewer than two parameters');
      const answer = await ask(http, facts, 'data', data(facts, { parameters: `${a?.name},${b?.name}` }));
      const expected = width(parametersOf(facts.asked).slice(0, 3));
      none(
        rowsOf(answer).filter((row) => cellsOf(row).length !== expected),
        'other values',
        answer,
      );
      refused(await ask(http, facts, 'data', data(facts, { parameters: `${b?.name},${a?.name}` })), 1411);
    },
  },
  {
    id: rule('status'),
    title: 'Each fault has its code, with its HTTP status, in JSON',
    clause: `${CLAUSE}, 4 status codes`,
    needs: 'hapi',
    check: async (facts, { http }) => {
      const { start, stop } = facts.asked;
      const faults: readonly (readonly [number, string, object])[] = [
        [1401, 'catalog', { nonsense: '1' }],
        [1401, 'data', data(facts, { nonsense: '1' })],
        [1402, 'data', data(facts, { start: 'yesterday' })],
        [1403, 'data', data(facts, { stop: '2020-13-01' })],
        [1404, 'data', data(facts, { start: stop, stop: start })],
        [1405, 'data', data(facts, { start: '1700-01-01', stop: '1700-01-02' })],
        [1406, 'info', { dataset: 'no-such-dataset-7f3a' }],
        [1406, 'data', data(facts, { dataset: 'no-such-dataset-7f3a' })],
        [1407, 'info', { dataset: facts.asked.id, parameters: 'no_such_parameter' }],
        [1409, 'data', data(facts, { format: 'xls' })],
        [1410, 'data', data(facts, { include: 'footer' })],
      ];
      for (const [code, path, pairs] of faults) refused(await ask(http, facts, path, pairs as never), code);
    },
  },
  {
    id: rule('cors'),
    title: 'Scripts of every origin may read; other methods than GET and HEAD are refused',
    clause: `${CLAUSE}, 5 cross-origin`,
    needs: 'hapi',
    check: async (facts, { http }) => {
      const answer = await http.get(`${facts.base}/capabilities`, { Origin: 'https://client.invalid' });
      must(
        ['*', 'https://client.invalid'].includes(answer.headers['access-control-allow-origin'] ?? ''),
        'no Access-Control-Allow-Origin',
        answer,
      );
      const post = await http.post(`${facts.base}/capabilities`, 'application/json', '{}');
      must([405, 501].includes(post.status), `status 405 expected, ${post.status} found`, post);
    },
  },
];

async function discover({ http, door }: Target) {
  const base = door('hapi', '/hapi');
  const capabilities = await http.get(`${base}/capabilities`);
  if (capabilities.status === 404) return { absent: `nothing answers at ${base}/capabilities` };
  const catalog = await http.get(`${base}/catalog`);
  const ids = (catalog.json<{ catalog?: readonly { id?: string }[] }>().catalog ?? []).map(({ id }) => id ?? '');
  const chosen = ids.filter((_, i) => i % Math.ceil(ids.length / 8) === 0);
  const datasets: Dataset[] = [];
  for (const id of chosen) datasets.push({ id, info: await ask(http, { base }, 'info', { dataset: id }) });
  const first = datasets.find((dataset) => parametersOf(dataset).length > 2) ?? datasets[0];
  if (first === undefined) return { absent: 'the catalogue is empty' };
  const { startDate = '', stopDate = '' } = infoOf(first);
  const { outputFormats = [] } = capabilities.json<{ outputFormats?: readonly string[] }>();
  const claims = new Set(['hapi', ...outputFormats.filter((name) => name !== 'csv')]);
  return {
    claims,
    facts: {
      base,
      capabilities,
      catalog,
      ids,
      datasets,
      asked: { ...first, start: startDate, stop: stopDate },
    } satisfies Facts,
  };
}

export const hapi = runnable<Facts>({
  name: 'hapi',
  title: 'HAPI 3.3 (Heliophysics Application Programmer’s Interface)',
  classes: { hapi: 'HAPI', json: 'JSON data', binary: 'Binary data' },
  discover,
  requirements,
});
