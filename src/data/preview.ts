// A small picture of an image file: PNG, JPEG, WebP, GIF, or TIFF and GeoTIFF, whose numbers are stretched over the greys where they are no colours.
// The library is large and native, so it is loaded when the first picture is asked for.
import type { ByteSource } from '../model/byte-source.ts';
import { AppError } from '../model/errors.ts';

type Sharp = typeof import('sharp').default;

const PICTURE = /^image\/(png|jpeg|webp|gif|tiff)\b/i;
/** A picture of more pixels would take the memory of all others. */
const MOST_PIXELS = 100_000_000;
/** Of a file that is not on this machine and must be held. */
const MOST_BYTES = 256 * 1024 * 1024;
const PATIENCE_S = 20;

/** Can a small picture be made of files of this media type? */
export function isPicture(mediaType: string): boolean {
  return PICTURE.test(mediaType);
}

let library: Sharp | null | undefined;

async function loadLibrary(): Promise<Sharp> {
  if (library === undefined) {
    library = await import('sharp').then(
      (module) => module.default,
      () => null,
    );
    // Pictures of one request must not take all threads and keep what they read.
    library?.cache(false);
    library?.concurrency(1);
  }
  if (library !== null) return library;
  throw new AppError('not-supported', {
    detail: {
      en: 'the image library (sharp) is not installed on this server; the file itself can be downloaded',
      fr: "la bibliothèque d'images (sharp) n'est pas installée sur ce serveur ; le fichier lui-même peut être téléchargé",
    },
  });
}

async function inputOf(source: ByteSource): Promise<string | Uint8Array> {
  if (source.path !== undefined) return source.path;
  if (source.size > MOST_BYTES) throw unreadable('the image is too large', "l'image est trop grande");
  return source.readAt(0, source.size);
}

const unreadable = (en: string, fr: string, cause?: unknown): AppError =>
  new AppError('not-supported', {
    detail: { en: `no picture can be made of it: ${en}`, fr: `aucune vignette possible : ${fr}` },
    cause,
  });

/**
 * PNG of the image, at most so many pixels wide and high, never enlarged; of several pages the first. Throws AppError `not-supported` where
 * the library is absent, or the image broken or of more than 100 million pixels.
 */
export async function preview(source: ByteSource, most: number): Promise<Uint8Array> {
  const sharp = await loadLibrary();
  const input = await inputOf(source);
  const open = () => sharp(input, { limitInputPixels: MOST_PIXELS, failOn: 'error', sequentialRead: true, page: 0 });
  try {
    const { depth } = await open().metadata();
    const numbers = depth !== undefined && depth !== 'uchar';
    const stretched = numbers ? await stretch(open) : open();
    return await stretched
      .rotate()
      .resize({ width: most, height: most, fit: 'inside', withoutEnlargement: true })
      .timeout({ seconds: PATIENCE_S })
      .png({ compressionLevel: 7 })
      .toBuffer();
  } catch (cause) {
    if (cause instanceof AppError) throw cause;
    throw unreadable('it is damaged or of a kind that is not read', 'elle est abîmée ou d’un type non lu', cause);
  }
}

/** Phases, temperatures and heights: from the smallest to the greatest value over all greys. */
async function stretch(open: () => ReturnType<Sharp>): Promise<ReturnType<Sharp>> {
  const { channels } = await open().stats();
  const low = Math.min(...channels.map(({ min }) => min));
  const high = Math.max(...channels.map(({ max }) => max));
  if (!Number.isFinite(low) || !Number.isFinite(high) || high <= low) return open();
  const factor = 255 / (high - low);
  return open().linear(factor, -low * factor);
}
