// The ExecuteResponse of WPS 1.0.0 (OGC 05-007r7, 10.3): the process, its status, what was asked where lineage is wanted, and the outputs once
// there are any; in pieces, because outputs stand in it.
import { xmlAttribute, xmlContent, xmlText } from '../../formats/writers/text.ts';
import type { Links } from '../../http/links.ts';
import type { Job } from '../../model/job.ts';
import type {
  ExecuteRequest,
  InputDescription,
  InputValue,
  OutputDescription,
  ProcessDescription,
  WantedOutput,
} from '../../model/process.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import type { JobResult } from '../../processing/processing.ts';
import { resultPath } from '../../processing/result-path.ts';
import { contentPieces, encodingOf } from './content.ts';
import { jobFaultReport } from './errors.ts';
import { boxAttributes, corners, formatAttributes, literalCharacters } from './values.ts';
import { DATA_TYPES, DIALECTS, LANGUAGE_TAGS, XLINK } from './vocabulary.ts';

export interface ResponseParts {
  readonly job: Job;
  readonly process: ProcessDescription;
  /** What was asked; null: no longer known. */
  readonly request: ExecuteRequest | null;
  /** null: there are none. */
  readonly results: readonly JobResult[] | null;
  readonly hasLineage: boolean;
  /** Does the document stay at an address of its own? */
  readonly isStored: boolean;
  readonly language: Language;
  readonly links: Links;
  /** RFC 3339: when the document was made. */
  readonly now: string;
}

const heading = ({ id, title }: Pick<OutputDescription, 'id' | 'title'>, language: Language): string =>
  `<ows:Identifier>${xmlText(id)}</ows:Identifier><ows:Title>${xmlText(inLanguage(title, language))}</ows:Title>`;

export const statusPath = (job: string): string => `/wps/status/${job}`;

function opening({ job, isStored, language, links }: ResponseParts): string {
  const { wps, ows } = DIALECTS['1.0.0'];
  const instance = links.url('/wps', { service: 'WPS', version: '1.0.0', request: 'GetCapabilities' });
  const location = isStored ? ` statusLocation="${xmlAttribute(links.url(statusPath(job.id)))}"` : '';
  return (
    `<wps:ExecuteResponse xmlns:wps="${wps}" xmlns:ows="${ows}" xmlns:xlink="${XLINK}" service="WPS" version="1.0.0" ` +
    `xml:lang="${LANGUAGE_TAGS[language]}" serviceInstance="${xmlAttribute(instance)}"${location}>`
  );
}

/** A client cuts the text without a look whether there is one: there always is. */
function status({ job, language, now }: ResponseParts): string {
  const words = xmlText(inLanguage(job.message, language)) || job.state;
  const time = job.finished ?? now;
  const inside = (): string => {
    switch (job.state) {
      case 'accepted':
        return `<wps:ProcessAccepted>${words}</wps:ProcessAccepted>`;
      case 'running': {
        // The schema ends at 99.
        const percent = Math.max(0, Math.min(99, Math.floor(job.progress)));
        return `<wps:ProcessStarted percentCompleted="${percent}">${words}</wps:ProcessStarted>`;
      }
      case 'successful':
        return `<wps:ProcessSucceeded>${words}</wps:ProcessSucceeded>`;
      default: {
        const fault = job.fault ?? { reason: 'job-gone', detail: job.message, input: null };
        return `<wps:ProcessFailed>${jobFaultReport(fault, '1.0.0', language)}</wps:ProcessFailed>`;
      }
    }
  };
  return `<wps:Status creationTime="${xmlAttribute(time)}">${inside()}</wps:Status>`;
}

/** Where rows or a file of ours that were taken as an input are found. */
function ownAddress(value: InputValue & { kind: 'record' | 'file' }, links: Links): string {
  if (value.kind === 'file') return links.url(`/files/${value.asset}`);
  const record = value.record === null ? '' : `/${value.record}`;
  return links.url(`/id/${encodeURIComponent(value.service)}${record}`);
}

function inputContent(value: InputValue, description: InputDescription, links: Links): string {
  const { kind } = description.type;
  switch (value.kind) {
    case 'reference':
      return `<wps:Reference xlink:href="${xmlAttribute(value.href)}"${formatAttributes(value.format ?? {})}/>`;
    case 'record':
    case 'file':
      return `<wps:Reference xlink:href="${xmlAttribute(ownAddress(value, links))}"/>`;
    case 'box':
      return `<wps:Data><wps:BoundingBoxData${boxAttributes(value)}>${corners(value)}</wps:BoundingBoxData></wps:Data>`;
    default: {
      const text = value.kind === 'text' ? value.text : literalCharacters(value.value);
      if (kind === 'complex') {
        return `<wps:Data><wps:ComplexData${formatAttributes(value.format ?? {})}>${xmlContent(text)}</wps:ComplexData></wps:Data>`;
      }
      const unit = value.kind === 'text' && value.unit !== undefined ? ` uom="${xmlAttribute(value.unit)}"` : '';
      return `<wps:Data><wps:LiteralData${unit}>${xmlContent(text)}</wps:LiteralData></wps:Data>`;
    }
  }
}

function lineage({ process, request, language, links }: ResponseParts): string {
  if (request === null) return '';
  const inputs = process.inputs.flatMap((input) =>
    (request.inputs[input.id] ?? []).map(
      (value) => `<wps:Input>${heading(input, language)}${inputContent(value, input, links)}</wps:Input>`,
    ),
  );
  const outputs = process.outputs
    .filter(({ id }) => request.outputs === null || Object.hasOwn(request.outputs, id))
    .map((output) => {
      const { format = {}, transmission } = request.outputs?.[output.id] ?? {};
      const reference = transmission === 'reference' && output.type.kind === 'complex';
      return `<wps:Output asReference="${reference}"${formatAttributes(format)}>${heading(output, language)}</wps:Output>`;
    });
  return (
    (inputs.length === 0 ? '' : `<wps:DataInputs>${inputs.join('')}</wps:DataInputs>`) +
    `<wps:OutputDefinitions>${outputs.join('')}</wps:OutputDefinitions>`
  );
}

async function* outputValue(
  { output, open }: JobResult,
  description: OutputDescription,
  wanted: WantedOutput | undefined,
  { job, links }: ResponseParts,
): AsyncGenerator<string> {
  if (output.kind === 'literal') {
    const type = description.type.kind === 'literal' && !description.type.isList ? description.type.type : 'string';
    yield `<wps:Data><wps:LiteralData dataType="${DATA_TYPES[type]}">${xmlContent(literalCharacters(output.value))}</wps:LiteralData></wps:Data>`;
  } else if (output.kind === 'box') {
    yield `<wps:Data><wps:BoundingBoxData${boxAttributes(output)}>${corners(output)}</wps:BoundingBoxData></wps:Data>`;
  } else if (wanted?.transmission === 'reference' || open === null) {
    // What lies there is the file as it is, in no encoding. Version 1.0.0 has this href in no namespace.
    const { mediaType, schema } = output.format;
    const format = { mediaType, ...(schema === undefined ? {} : { schema }) };
    yield `<wps:Reference href="${xmlAttribute(links.url(resultPath(job.id, output)))}"${formatAttributes(format)}/>`;
  } else {
    const encoding = encodingOf(output.format, wanted?.format);
    const { mediaType, schema } = output.format;
    const format = {
      mediaType,
      ...(encoding === null ? {} : { encoding }),
      ...(schema === undefined ? {} : { schema }),
    };
    yield `<wps:Data><wps:ComplexData${formatAttributes(format)}>`;
    yield* contentPieces(await open(), output.format, encoding);
    yield '</wps:ComplexData></wps:Data>';
  }
}

/** One `wps:ExecuteResponse` element, without XML declaration. */
export async function* executeResponse(parts: ResponseParts): AsyncGenerator<string> {
  const { process, job, results, language, request } = parts;
  const words = `<ows:Abstract>${xmlText(inLanguage(process.abstract, language))}</ows:Abstract>`;
  yield opening(parts) +
    `<wps:Process wps:processVersion="${xmlAttribute(job.version)}">${heading(process, language)}${words}</wps:Process>${status(parts)}` +
    (parts.hasLineage ? lineage(parts) : '');
  if (results !== null && results.length > 0) {
    yield '<wps:ProcessOutputs>';
    for (const result of results) {
      const description = process.outputs.find(({ id }) => id === result.output.output);
      if (description === undefined) continue;
      yield `<wps:Output>${heading(description, language)}`;
      yield* outputValue(result, description, request?.outputs?.[description.id], parts);
      yield '</wps:Output>';
    }
    yield '</wps:ProcessOutputs>';
  }
  yield '</wps:ExecuteResponse>';
}
