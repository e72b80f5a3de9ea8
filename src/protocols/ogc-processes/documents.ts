// Documents of OGC API Processes: process summaries and descriptions (18-062r2, 7.9 and 7.10), status of jobs (7.12).
import type { WebLink } from '../../formats/writers/document-html.ts';
import type { Links } from '../../http/links.ts';
import type { Job } from '../../model/job.ts';
import type { InputDescription, OutputDescription, ProcessDescription } from '../../model/process.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import { HTML_TYPE, JOB_CONTROL, JSON_TYPE, REL, TRANSMISSION } from './vocabulary.ts';

export type Members = { readonly [name: string]: unknown };

export const processPath = (id: string): string => `/processes/${encodeURIComponent(id)}`;
export const jobPath = (id: string): string => `/jobs/${id}`;
export const resultPath = (job: string, output: string): string =>
  `${jobPath(job)}/results/${encodeURIComponent(output)}`;

/** Without its links. */
export function summaryOf(process: ProcessDescription, language: Language): Members {
  return {
    id: process.id,
    version: process.version,
    title: inLanguage(process.title, language),
    description: inLanguage(process.abstract, language),
    keywords: process.keywords,
    jobControlOptions: JOB_CONTROL,
    outputTransmission: TRANSMISSION,
  };
}

export function summaryLinks(process: ProcessDescription, links: Links): readonly WebLink[] {
  const href = links.url(processPath(process.id));
  return [
    { rel: 'self', href, type: JSON_TYPE, title: 'Process description' },
    { rel: 'alternate', href: `${href}?f=html`, type: HTML_TYPE, title: 'Process description for people' },
  ];
}

function portOf(port: OutputDescription, language: Language): Members {
  return {
    title: inLanguage(port.title, language),
    description: inLanguage(port.abstract, language),
    schema: port.schema,
  };
}

function inputOf(input: InputDescription, language: Language): Members {
  return { ...portOf(input, language), minOccurs: input.minOccurs, maxOccurs: input.maxOccurs };
}

const byId = <Port extends { readonly id: string }>(ports: readonly Port[], write: (port: Port) => Members): Members =>
  Object.fromEntries(ports.map((port) => [port.id, write(port)]));

/** Without its links. */
export function descriptionOf(process: ProcessDescription, language: Language): Members {
  return {
    ...summaryOf(process, language),
    inputs: byId(process.inputs, (input) => inputOf(input, language)),
    outputs: byId(process.outputs, (output) => portOf(output, language)),
  };
}

export function executeLink(process: ProcessDescription, links: Links): WebLink {
  return {
    rel: REL.execute,
    href: links.url(`${processPath(process.id)}/execution`),
    type: JSON_TYPE,
    title: 'Execute',
  };
}

/**
 * statusInfo without its links; members of version 2.0 beside those of 1.0, which clients of both read. A member without a value is left
 * out.
 */
export function statusOf(job: Job, language: Language): Members {
  const { started, finished, expires, fault } = job;
  return {
    jobID: job.id,
    id: job.id,
    processID: job.process,
    type: 'process',
    processingEntityType: 'ogc-api-processes',
    status: job.state,
    message: inLanguage(fault?.detail ?? job.message, language),
    progress: job.progress,
    created: job.created,
    ...(started === null ? {} : { started }),
    ...(finished === null ? {} : { finished }),
    updated: job.updated,
    ...(expires === null ? {} : { expires }),
    ...(fault === null
      ? {}
      : { exception: { reason: fault.reason, ...(fault.input === null ? {} : { input: fault.input }) } }),
  };
}

export function statusLinks(job: Job, links: Links): readonly WebLink[] {
  const href = links.url(jobPath(job.id));
  const process = links.url(processPath(job.process));
  const own: readonly WebLink[] = [
    { rel: 'self', href, type: JSON_TYPE, title: 'Status' },
    { rel: 'monitor', href, type: JSON_TYPE, title: 'Status' },
    { rel: 'up', href: process, type: JSON_TYPE, title: 'Process' },
  ];
  if (job.state !== 'successful') return own;
  return [
    ...own,
    { rel: REL.results, href: `${href}/results`, type: JSON_TYPE, title: 'Results' },
    { rel: REL.provenance, href: `${href}/provenance`, type: JSON_TYPE, title: 'Provenance' },
  ];
}
