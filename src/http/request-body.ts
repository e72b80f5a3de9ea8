// Reads the body of a POST, at most so many bytes: 413 beyond, 415 for a coding or a media type that is not understood.
import { AppError } from '../model/errors.ts';
import type { AppContext } from './protocol.ts';
import { type DecodedQuery, decodeQuery } from './query-string.ts';

const FORM = 'application/x-www-form-urlencoded';

/** The whole body. Throws AppError `body-too-large`, `unsupported-media-type` (a Content-Encoding), `malformed-request` (it breaks off). */
export async function readBody(ctx: AppContext, maximum: number): Promise<Buffer> {
  const coding = ctx.req.headers['content-encoding'];
  if (coding !== undefined && coding !== 'identity') {
    const detail = { en: 'bodies are read without Content-Encoding', fr: 'le corps est lu sans Content-Encoding' };
    throw new AppError('unsupported-media-type', { detail });
  }
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    for await (const chunk of ctx.req as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > maximum) break;
      chunks.push(chunk);
    }
  } catch (cause) {
    throw new AppError('malformed-request', { detail: { en: 'the body breaks off', fr: 'le corps est coupé' }, cause });
  }
  if (length > maximum) {
    const detail = { en: `at most ${maximum} bytes`, fr: `au plus ${maximum} octets` };
    throw new AppError('body-too-large', { detail });
  }
  return Buffer.concat(chunks);
}

/** Media type of the body in lower case, without parameters; the empty text when it is not said. */
export function bodyType(ctx: AppContext): string {
  return (ctx.req.headers['content-type'] ?? '').split(';', 1)[0]?.trim().toLowerCase() ?? '';
}

/** The pairs of a form (application/x-www-form-urlencoded; also when no type is said). Throws as `readBody`, and `unsupported-media-type`. */
export async function readForm(ctx: AppContext, maximum: number): Promise<DecodedQuery> {
  const type = bodyType(ctx);
  if (type !== '' && type !== FORM) {
    throw new AppError('unsupported-media-type', { detail: { en: `${FORM} is wanted`, fr: `${FORM} est attendu` } });
  }
  const body = await readBody(ctx, maximum);
  // Raw bytes as Latin-1, as a query string comes; both are decoded as UTF-8.
  return decodeQuery(body.toString('latin1').trim());
}
