// The addresses of OGC API Processes as data.
import { describeParameters, type ParameterTable } from '../../http/parameters.ts';
import type { ParameterDoc, Route, RouteDoc, Schema } from '../../http/protocol.ts';
import { DOCUMENT, JOBS, LIST, RESULTS } from './parameters.ts';
import { HTML_TYPE, JSON_TYPE } from './vocabulary.ts';

type Handle = Route['handle'];
export interface Handlers {
  readonly processes: Handle;
  readonly process: Handle;
  readonly execute: Handle;
  readonly toProcess: Handle;
  readonly jobs: Handle;
  readonly job: Handle;
  readonly dismiss: Handle;
  readonly results: Handle;
  readonly result: Handle;
  readonly provenance: Handle;
}

const named = (name: string): Schema => ({ $ref: `#/components/schemas/${name}` });

/** `processes`: ids, for the description of the parameter; `maxBody`: bytes of the largest request that runs one. */
export function routesOf(
  handle: Handlers,
  processes: readonly string[],
  maxWait: number,
  maxBody: number,
): readonly Route[] {
  const inPath: readonly ParameterDoc[] = [
    {
      name: 'processId',
      in: 'path',
      required: true,
      description: 'Id of a process',
      schema: { type: 'string', enum: processes },
    },
    {
      name: 'jobId',
      in: 'path',
      required: true,
      description: 'Id of a job',
      schema: { type: 'string', format: 'uuid' },
    },
    { name: 'outputId', in: 'path', required: true, description: 'Id of an output' },
    { name: 'name', in: 'path', required: true, description: 'Name of the file, which changes nothing' },
  ];
  const doc = (path: string, summary: string, table: ParameterTable, more: Partial<RouteDoc>): RouteDoc => ({
    summary,
    parameters: [...inPath.filter(({ name }) => new RegExp(`:${name}\\b`).test(path)), ...describeParameters(table)],
    ...more,
  });
  const page = (schema: string): Partial<RouteDoc> => ({
    produces: [JSON_TYPE, HTML_TYPE],
    content: { [JSON_TYPE]: named(schema) },
  });
  const route = (
    method: Route['method'],
    path: string,
    summary: string,
    table: ParameterTable,
    more: Partial<RouteDoc>,
    own: Handle,
  ): Route => ({
    method,
    path,
    doc: doc(path, summary, table, more),
    handle: own,
  });
  const results: Partial<RouteDoc> = {
    produces: [JSON_TYPE, 'multipart/related', '*/*'],
    content: { [JSON_TYPE]: named('results') },
  };
  const executed: Partial<RouteDoc> = {
    ...results,
    body: { required: true, content: { [JSON_TYPE]: named('execute') } },
    responses: {
      200: `The results; the caller waits at most ${maxWait} s`,
      201: 'Prefer: respond-async: the job was made, its status stands at Location',
      204: 'All results are given by reference, in the Link header',
    },
  };
  const one = '/processes/:processId';
  const job = '/jobs/:jobId';
  return [
    route('GET', '/processes', 'Processes', LIST, page('processList'), handle.processes),
    route('GET', one, 'One process with its inputs and outputs', DOCUMENT, page('process'), handle.process),
    { ...route('POST', `${one}/execution`, 'Run a process', {}, executed, handle.execute), maxBody },
    route(
      'GET',
      `${one}/execution`,
      'Leads to the description, which says what to post here',
      {},
      { responses: { 303: 'The process is described at Location' } },
      handle.toProcess,
    ),
    route('GET', '/jobs', 'Jobs of the caller', JOBS, page('jobList'), handle.jobs),
    route('GET', job, 'Status of a job', DOCUMENT, page('statusInfo'), handle.job),
    route(
      'DELETE',
      job,
      'Stop a job, or remove its results',
      {},
      { produces: [JSON_TYPE], content: { [JSON_TYPE]: named('statusInfo') } },
      handle.dismiss,
    ),
    route(
      'GET',
      `${job}/results`,
      'Results of a job',
      RESULTS,
      {
        ...results,
        produces: [JSON_TYPE, HTML_TYPE, 'multipart/related', '*/*'],
        responses: { 200: 'The results', 204: 'All results are given by reference, in the Link header' },
      },
      handle.results,
    ),
    route('GET', `${job}/results/:outputId{/:name}`, 'One result of a job', {}, { produces: ['*/*'] }, handle.result),
    route(
      'GET',
      `${job}/provenance`,
      'From what, how and with what a job was made',
      DOCUMENT,
      { produces: [JSON_TYPE, HTML_TYPE], content: { [JSON_TYPE]: { type: 'object' } } },
      handle.provenance,
    ),
  ];
}
