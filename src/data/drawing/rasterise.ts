// SVG → PNG. The library is large and native, so it is loaded when the first picture is asked for; where it is absent, callers answer with the SVG.

/** Is the fault that the library, or its part for this machine, is not installed? */
function isAbsent(fault: unknown): boolean {
  return (
    (fault as NodeJS.ErrnoException | null)?.code === 'ERR_MODULE_NOT_FOUND' ||
    /Could not load the "sharp"/.test(String(fault))
  );
}

/**
 * PNG of the drawing at one pixel for each unit; null: there is no library for it on this machine. No font is needed where the letters are
 * strokes. Throws what the library throws at an SVG that it cannot read.
 */
export async function svgToPng(svg: string): Promise<Uint8Array | null> {
  let sharp: typeof import('sharp').default;
  try {
    sharp = (await import('sharp')).default;
  } catch (fault) {
    if (isAbsent(fault)) return null;
    throw fault;
  }
  // Colours of drawings are few: a palette makes the file a third as large.
  const bytes = await sharp(Buffer.from(svg), { density: 72 }).png({ palette: true, effort: 4 }).toBuffer();
  return new Uint8Array(bytes.buffer, bytes.byteOffset, bytes.byteLength);
}
