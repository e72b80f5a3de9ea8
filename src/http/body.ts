// The body of a request: its bytes counted while they come (chunked ones too), then as text in the encoding that it declares, or as the
// pairs of a form. The announced length has been checked before; what is not announced ends at the same limit.
import { AppError, type ParameterFault } from '../model/errors.ts';
import type { AppContext } from './protocol.ts';
import { decodeQuery } from './query-string.ts';

export interface RequestBody {
  readonly bytes: Buffer;
  /** Without parameters, in lower case; empty when the request says none. */
  readonly mediaType: string;
  /** Of the Content-Type header, in lower case; null: not said. */
  readonly charset: string | null;
}

const tooLarge = (most: number): AppError =>
  new AppError('body-too-large', { detail: { en: `at most ${most} bytes`, fr: `au plus ${most} octets` } });

/** The parts of a Content-Type header (RFC 9110, 8.3). */
export function contentTypeOf(header: string | undefined): Pick<RequestBody, 'mediaType' | 'charset'> {
  const [mediaType = '', ...parameters] = (header ?? '').split(';').map((part) => part.trim());
  const charset = parameters.find((parameter) => /^charset=/i.test(parameter))?.slice(8);
  return { mediaType: mediaType.toLowerCase(), charset: charset?.replace(/^"(.*)"$/, '$1').toLowerCase() || null };
}

/**
 * Reads the whole body, at most `most` bytes. Throws AppError `body-too-large` as soon as there are more,
 * `unsupported-media-type` for a compressed body, `malformed-request` when the caller breaks it off.
 */
export async function readBody(ctx: AppContext, most: number): Promise<RequestBody> {
  const { req, res } = ctx;
  const coding = (req.headers['content-encoding'] ?? 'identity').trim().toLowerCase();
  if (coding !== 'identity' && coding !== '') {
    throw new AppError('unsupported-media-type', {
      detail: { en: 'the body must not be compressed', fr: 'le corps ne doit pas être compressé' },
    });
  }
  const chunks: Buffer[] = [];
  let length = 0;
  try {
    // The stream stays whole when we stop reading: the answer must still reach the caller.
    for await (const chunk of req.iterator({ destroyOnReturn: false }) as AsyncIterable<Buffer>) {
      length += chunk.length;
      if (length > most) throw tooLarge(most);
      chunks.push(chunk);
    }
  } catch (error) {
    if (error instanceof AppError) {
      res.setHeader('Connection', 'close');
      req.resume();
      throw error;
    }
    throw new AppError('malformed-request', {
      detail: { en: 'the body broke off', fr: 'le corps s’est interrompu' },
      cause: error,
    });
  }
  return { bytes: Buffer.concat(chunks, length), ...contentTypeOf(req.headers['content-type']) };
}

/** The body as UTF-8 text without byte order mark. Throws AppError `malformed-request` for other bytes. */
export function bodyText({ bytes }: RequestBody): string {
  try {
    return new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch (cause) {
    throw new AppError('malformed-request', {
      detail: { en: 'the body is not valid UTF-8', fr: 'le corps n’est pas de l’UTF-8 valide' },
      cause,
    });
  }
}

/** The pairs of an application/x-www-form-urlencoded body, with the faults of its encoding. */
export function bodyForm(body: RequestBody): {
  readonly pairs: readonly (readonly [name: string, value: string])[];
  readonly faults: readonly ParameterFault[];
} {
  return decodeQuery(bodyText(body).trim());
}
