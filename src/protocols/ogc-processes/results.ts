// Results of a job (18-062r2, 7.11.4 and 7.13): the document keyed by output, one output as it is, several as multipart, or links alone.
import { randomUUID } from 'node:crypto';
import type { WebLink } from '../../formats/writers/document-html.ts';
import { linkHeader } from '../../http/link-header.ts';
import type { Links } from '../../http/links.ts';
import { acceptable } from '../../http/negotiate.ts';
import type { AppContext } from '../../http/protocol.ts';
import { sendFile } from '../../http/send-file.ts';
import { streamBody } from '../../http/streaming.ts';
import type { Job, JobOutput } from '../../model/job.ts';
import type { ExecuteRequest } from '../../model/process.ts';
import type { JobResult } from '../../processing/processing.ts';
import { ProcessingFault } from '../../processing/processing.ts';
import { resultPath } from './documents.ts';
import { JSON_TYPE } from './vocabulary.ts';

/** A file that is larger stands as a link in the results document, whatever was asked: it would have to be held. */
const MOST_INLINE = 5_000_000;

export interface Wanted {
  readonly request: Pick<ExecuteRequest, 'outputs' | 'response'>;
  /** By `Prefer: return`, else as the request says of each output. */
  readonly transmission?: 'value' | 'reference' | null;
}

function isByReference({ output, kind }: JobOutput, { request, transmission }: Wanted): boolean {
  if (kind !== 'file') return false;
  return (transmission ?? request.outputs?.[output]?.transmission ?? 'value') === 'reference';
}

/** The address of a file result ends in its name, which clients save it by. */
export function resultAddress(job: Job, output: JobOutput, links: Links): string {
  const path = resultPath(job.id, output.output);
  return links.url(output.kind === 'file' ? `${path}/${encodeURIComponent(output.name)}` : path);
}

function linkOf(job: Job, output: JobOutput, links: Links): WebLink {
  const type = output.kind === 'file' ? output.format.mediaType : JSON_TYPE;
  return { href: resultAddress(job, output, links), rel: output.output, type };
}

async function bytesOf({ open }: JobResult): Promise<Buffer> {
  const source = await open?.();
  return source === undefined ? Buffer.alloc(0) : Buffer.from(await source.readAt(0, source.size));
}

/** The value of a literal or a box as JSON. */
export function plainValue(output: JobOutput): unknown {
  if (output.kind === 'literal') return output.value;
  return output.kind === 'box' ? { bbox: [...output.lower, ...output.upper], crs: output.crs } : null;
}

/** A qualified value: JSON as it is, text as text, the rest in base64. */
async function qualified(
  result: JobResult & { readonly output: JobOutput & { readonly kind: 'file' } },
): Promise<unknown> {
  const { format } = result.output;
  const bytes = await bytesOf(result);
  if (/[/+]json$/.test(format.mediaType))
    return { value: JSON.parse(bytes.toString('utf8')) as unknown, mediaType: format.mediaType };
  if (format.encoding === 'base64')
    return { value: bytes.toString('base64'), mediaType: format.mediaType, encoding: 'base64' };
  return { value: bytes.toString('utf8'), mediaType: format.mediaType };
}

async function documentOf(
  job: Job,
  results: readonly JobResult[],
  wanted: Wanted,
  links: Links,
): Promise<{ readonly [output: string]: unknown }> {
  const document: Record<string, unknown> = {};
  for (const result of results) {
    const { output } = result;
    if (output.kind !== 'file') document[output.output] = plainValue(output);
    else if (isByReference(output, wanted) || output.size > MOST_INLINE) {
      document[output.output] = {
        href: resultAddress(job, output, links),
        type: output.format.mediaType,
        title: output.name,
      };
    } else document[output.output] = await qualified({ ...result, output });
  }
  return document;
}

/** Results are of their owner alone. */
export function privately(ctx: AppContext): void {
  ctx.set('Cache-Control', 'private, no-store');
}

/** One output: a file as its bytes, a literal as text or JSON. */
export async function sendResult(ctx: AppContext, result: JobResult, job: Job): Promise<void> {
  const { output, open } = result;
  privately(ctx);
  if (output.kind === 'file') {
    const bytes = await open?.();
    if (bytes === undefined) throw new ProcessingFault([{ parameter: output.output, reason: 'job-gone', detail: {} }]);
    const { format, name, sha256 } = output;
    const charset = /^text\/|[/+]json$|\+xml$/.test(format.mediaType) ? '; charset=utf-8' : '';
    sendFile(ctx, { bytes, mediaType: format.mediaType + charset, name, sha256, modified: job.finished });
    return;
  }
  const value = plainValue(output);
  const offers = [
    { id: 'text', mediaType: 'text/plain' },
    { id: 'json', mediaType: JSON_TYPE },
  ];
  const offer = typeof value === 'object' ? offers[1] : (acceptable(ctx.req.headers.accept, offers) ?? offers[0]);
  ctx.set('Content-Type', `${offer?.mediaType ?? JSON_TYPE}; charset=utf-8`);
  ctx.body = offer?.id === 'text' ? String(value) : JSON.stringify(value);
}

/** multipart/related (RFC 2387): one part for each output, named by its Content-ID. */
async function* parts(
  job: Job,
  results: readonly JobResult[],
  wanted: Wanted,
  links: Links,
  boundary: string,
): AsyncGenerator<Uint8Array> {
  const encoder = new TextEncoder();
  for (const result of results) {
    const { output, open } = result;
    const head = (type: string, more = '') =>
      encoder.encode(`--${boundary}\r\nContent-ID: <${output.output}>\r\nContent-Type: ${type}\r\n${more}\r\n`);
    if (output.kind !== 'file') {
      yield head(JSON_TYPE);
      yield encoder.encode(JSON.stringify(plainValue(output)));
    } else if (isByReference(output, wanted)) {
      yield head(output.format.mediaType, `Content-Location: ${resultAddress(job, output, links)}\r\n`);
    } else {
      yield head(output.format.mediaType, `Content-Disposition: attachment; filename="${output.name}"\r\n`);
      const bytes = await open?.();
      if (bytes !== undefined) yield* bytes.stream();
    }
    yield encoder.encode('\r\n');
  }
  yield encoder.encode(`--${boundary}--\r\n`);
}

/** `application/json` alone, without multipart, asks for the document (the suite reads it so). */
function wantsDocument(accept: string | undefined): boolean {
  const offers = [
    { id: 'multipart', mediaType: 'multipart/related' },
    { id: 'json', mediaType: JSON_TYPE },
  ];
  return acceptable(accept, offers)?.id === 'json';
}

/** All results as table 3.4 has it: response × number of outputs × transmission. */
export async function sendResults(
  ctx: AppContext,
  job: Job,
  results: readonly JobResult[],
  wanted: Wanted,
  links: Links,
): Promise<void> {
  privately(ctx);
  const [only] = results;
  const isRaw = wanted.request.response === 'raw';
  if (isRaw && results.length > 0 && results.every(({ output }) => isByReference(output, wanted))) {
    ctx.set('Link', linkHeader(results.map(({ output }) => linkOf(job, output, links))));
    ctx.status = 204;
    return;
  }
  if (isRaw && only !== undefined && results.length === 1) return sendResult(ctx, only, job);
  if (isRaw && results.length > 1 && !wantsDocument(ctx.req.headers.accept)) {
    const boundary = `vobs-${randomUUID()}`;
    ctx.compress = false;
    return streamBody(ctx, `multipart/related; boundary=${boundary}`, parts(job, results, wanted, links, boundary));
  }
  ctx.set('Content-Type', `${JSON_TYPE}; charset=utf-8`);
  ctx.body = `${JSON.stringify(await documentOf(job, results, wanted, links))}\n`;
}
