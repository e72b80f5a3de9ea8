// One output as the body of the answer, without any document around it (OGC 05-007r7, 10.3; OGC 14-065r2, Execute).
import { Readable } from 'node:stream';
import type { AppContext } from '../../http/protocol.ts';
import { sendFile } from '../../http/send-file.ts';
import { sendText } from '../../http/send-text.ts';
import type { Job } from '../../model/job.ts';
import type { ProcessDescription, WantedOutput } from '../../model/process.ts';
import type { JobResult } from '../../processing/processing.ts';
import { base64Pieces } from './content.ts';
import { literalValue } from './job-documents.ts';
import { boxAttributes, corners, literalCharacters } from './values.ts';
import { DIALECTS, type Version, XML_DECLARATION, XML_TYPE } from './vocabulary.ts';

const PLAIN = 'text/plain; charset=utf-8';

function send(ctx: AppContext, type: string, text: string): void {
  ctx.set('Content-Type', type);
  sendText(ctx, text);
}

/** Version 2.0 gives a literal as an element, unless characters are asked. */
function sendLiteral(
  ctx: AppContext,
  output: JobResult['output'] & { readonly kind: 'literal' },
  process: ProcessDescription,
  version: Version,
  wanted: WantedOutput | undefined,
): void {
  const isPlain = (wanted?.format?.mediaType ?? '').toLowerCase().startsWith('text/plain');
  if (version === '1.0.0' || isPlain) send(ctx, PLAIN, literalCharacters(output.value));
  else send(ctx, XML_TYPE, `${XML_DECLARATION}${literalValue(output, process, true)}\n`);
}

export async function sendRaw(
  ctx: AppContext,
  { output, open }: JobResult,
  about: {
    readonly job: Job;
    readonly process: ProcessDescription;
    readonly version: Version;
    readonly wanted: WantedOutput | undefined;
  },
): Promise<void> {
  const { version, wanted, process, job } = about;
  if (output.kind === 'literal') sendLiteral(ctx, output, process, version, wanted);
  else if (output.kind === 'box') {
    const attributes = boxAttributes(output);
    const box = `<ows:BoundingBox xmlns:ows="${DIALECTS[version].ows}"${attributes}>${corners(output)}</ows:BoundingBox>`;
    send(ctx, XML_TYPE, `${XML_DECLARATION}${box}\n`);
  } else if (open !== null) {
    const bytes = await open();
    const { mediaType } = output.format;
    if (wanted?.format?.encoding === 'base64') {
      ctx.set('Content-Type', mediaType);
      ctx.set('Content-Transfer-Encoding', 'base64');
      ctx.body = Readable.from(base64Pieces(bytes.stream()), { objectMode: false });
    } else {
      sendFile(ctx, { bytes, mediaType, name: output.name, sha256: output.sha256, modified: job.finished });
    }
  }
}
