// StatusInfo and Result of WPS 2.0 (OGC 14-065r2, GetStatus and GetResult): how a job stands, and what came out of it, in pieces.
import { xmlAttribute, xmlContent, xmlText } from '../../formats/writers/text.ts';
import type { Links } from '../../http/links.ts';
import type { Job, JobState } from '../../model/job.ts';
import type { ExecuteRequest, ProcessDescription, WantedOutput } from '../../model/process.ts';
import type { JobResult } from '../../processing/processing.ts';
import { resultPath } from '../../processing/result-path.ts';
import { contentPieces, encodingOf } from './content.ts';
import { boxAttributes, corners, formatAttributes, type LiteralOutput, literalCharacters } from './values.ts';
import { DATA_TYPES, DIALECTS, TYPE_REFERENCE, XLINK } from './vocabulary.ts';

const STATUS: { readonly [S in JobState]: string } = {
  accepted: 'Accepted',
  running: 'Running',
  successful: 'Succeeded',
  failed: 'Failed',
  dismissed: 'Dismissed',
};
const { wps, ows } = DIALECTS['2.0.0'];

/** Seconds until it is worth asking again: a quick job is asked often, a long one seldom. */
function pause(job: Job, now: number): number {
  const elapsed = (now - Date.parse(job.started ?? job.created)) / 1000;
  return Math.min(60, Math.max(1, Math.round(elapsed / 5)));
}

/** When a running job will have ended, as its progress has it so far; null: too early to say. */
function estimate(job: Job, now: number): number | null {
  if (job.state !== 'running' || job.started === null || job.progress < 5) return null;
  const started = Date.parse(job.started);
  return now + Math.max(0, ((now - started) * (100 - job.progress)) / job.progress);
}

const dated = (name: string, milliseconds: number): string =>
  `<wps:${name}>${new Date(milliseconds).toISOString()}</wps:${name}>`;

const expiration = ({ expires }: Job): string =>
  expires === null ? '' : `<wps:ExpirationDate>${xmlText(expires)}</wps:ExpirationDate>`;

/** One `wps:StatusInfo` element, without XML declaration. `now`: milliseconds since 1970. */
export function statusInfo(job: Job, now: number): string {
  const isOpen = job.state === 'accepted' || job.state === 'running';
  const end = estimate(job, now);
  const percent = Math.max(0, Math.min(100, Math.floor(job.progress)));
  return (
    `<wps:StatusInfo xmlns:wps="${wps}"><wps:JobID>${xmlText(job.id)}</wps:JobID><wps:Status>${STATUS[job.state]}</wps:Status>` +
    `${expiration(job)}${end === null ? '' : dated('EstimatedCompletion', end)}` +
    `${isOpen ? dated('NextPoll', now + 1000 * pause(job, now)) : ''}<wps:PercentCompleted>${percent}</wps:PercentCompleted></wps:StatusInfo>`
  );
}

/** One `wps:LiteralValue` element; `isRoot`: it declares its namespace itself. */
export function literalValue(output: LiteralOutput, process: ProcessDescription, isRoot: boolean): string {
  const type = process.outputs.find(({ id }) => id === output.output)?.type;
  const name = type?.kind === 'literal' && !type.isList ? DATA_TYPES[type.type] : 'string';
  return (
    `<wps:LiteralValue${isRoot ? ` xmlns:wps="${wps}"` : ''} dataType="${TYPE_REFERENCE['2.0.0']}${name}">` +
    `${xmlContent(literalCharacters(output.value))}</wps:LiteralValue>`
  );
}

export interface ResultParts {
  readonly job: Job;
  readonly process: ProcessDescription;
  /** What was asked; null: no longer known. */
  readonly request: ExecuteRequest | null;
  readonly results: readonly JobResult[];
  readonly links: Links;
}

const isPlain = (wanted: WantedOutput | undefined): boolean =>
  (wanted?.format?.mediaType?.split(';')[0] ?? '').trim().toLowerCase() === 'text/plain';

async function* outputValue(
  { output, open }: JobResult,
  wanted: WantedOutput | undefined,
  { job, process, links }: ResultParts,
): AsyncGenerator<string> {
  if (wanted?.transmission === 'reference') {
    const { mediaType, schema } = output.kind === 'file' ? output.format : { mediaType: undefined, schema: undefined };
    const format = {
      ...(mediaType === undefined ? {} : { mediaType }),
      ...(schema === undefined ? {} : { schema }),
    };
    yield `<wps:Reference xlink:href="${xmlAttribute(links.url(resultPath(job.id, output)))}"${formatAttributes(format)}/>`;
  } else if (output.kind === 'literal') {
    yield isPlain(wanted)
      ? `<wps:Data mimeType="text/plain">${xmlContent(literalCharacters(output.value))}</wps:Data>`
      : `<wps:Data mimeType="text/xml">${literalValue(output, process, false)}</wps:Data>`;
  } else if (output.kind === 'box') {
    yield `<wps:Data mimeType="text/xml"><ows:BoundingBox${boxAttributes(output)}>${corners(output)}</ows:BoundingBox></wps:Data>`;
  } else if (open !== null) {
    const encoding = encodingOf(output.format, wanted?.format);
    const { mediaType, schema } = output.format;
    yield `<wps:Data${formatAttributes({ mediaType, ...(encoding === null ? {} : { encoding }), ...(schema === undefined ? {} : { schema }) })}>`;
    yield* contentPieces(await open(), output.format, encoding);
    yield '</wps:Data>';
  }
}

/** One `wps:Result` element, without XML declaration. */
export async function* resultDocument(parts: ResultParts): AsyncGenerator<string> {
  const { job, results, request } = parts;
  yield `<wps:Result xmlns:wps="${wps}" xmlns:ows="${ows}" xmlns:xlink="${XLINK}"><wps:JobID>${xmlText(job.id)}</wps:JobID>${expiration(job)}`;
  for (const result of results) {
    const { output } = result.output;
    yield `<wps:Output id="${xmlAttribute(output)}">`;
    yield* outputValue(result, request?.outputs?.[output], parts);
    yield '</wps:Output>';
  }
  yield '</wps:Result>';
}
