// Quick-look and thumbnail of a record: the picture that was deposited as one, else made of its image file, else a chart of its rows.
// What was deposited as a picture of the record is as public as its metadata; what is made of the data is for who may take them.
import type { Asset, AssetRole } from '../model/asset.ts';
import { bytesInMemory } from '../model/byte-source.ts';
import { AppError } from '../model/errors.ts';
import type { CatalogRecord } from '../model/record.ts';
import { WHOLE } from '../model/table.ts';
import type { Language } from '../model/text.ts';
import type { Viewer } from '../model/viewer.ts';
import type { DataAccess } from './data-access.ts';
import { drawChart } from './drawing/chart.ts';
import { chartOfTable } from './drawing/chart-of-table.ts';
import { svgToPng } from './drawing/rasterise.ts';
import type { FileAccess } from './files.ts';
import { isPicture, preview } from './preview.ts';

export type PictureSize = 'quicklook' | 'thumbnail';

/** Longest side in pixels. */
const PIXELS: { readonly [S in PictureSize]: number } = { quicklook: 1024, thumbnail: 256 };
/** A chart is drawn larger than its thumbnail, so that its legend does not hide the lines. */
const DRAWN_SMALL = 640;
const ORDER: { readonly [S in PictureSize]: readonly AssetRole[] } = {
  quicklook: ['overview', 'data', 'thumbnail'],
  thumbnail: ['thumbnail', 'overview', 'data'],
};

/** The file of the record that its picture of this size is made of; null: it has none. */
export function pictureFile({ assets }: Pick<CatalogRecord, 'assets'>, size: PictureSize): Asset | null {
  for (const role of ORDER[size]) {
    const found = assets.find((asset) => asset.role === role && isPicture(asset.mediaType));
    if (found !== undefined) return found;
  }
  return null;
}

/** Has the record a picture, or something that one can be made of? */
export function hasPicture(record: Pick<CatalogRecord, 'assets' | 'hasRows'>, size: PictureSize): boolean {
  return pictureFile(record, size) !== null || record.hasRows;
}

export interface Pictures {
  /**
   * PNG. Throws AppError `not-found` (nothing to draw), `unauthorized` or `forbidden` (made of data that the viewer may not take),
   * `not-supported` (no image library, or an image that cannot be read).
   */
  png(record: CatalogRecord, size: PictureSize, viewer: Viewer, language: Language): Promise<Uint8Array>;
}

export function createPictures({ files, data }: { files: FileAccess; data: DataAccess }): Pictures {
  return {
    async png(record, size, viewer, language) {
      const file = pictureFile(record, size);
      if (file !== null) return preview((await files.open(file.id, viewer)).bytes, PIXELS[size]);
      if (!record.hasRows) throw new AppError('not-found');
      return chartOfRows(record, size, viewer, language, data);
    },
  };
}

async function chartOfRows(
  { service, id }: CatalogRecord,
  size: PictureSize,
  viewer: Viewer,
  language: Language,
  data: DataAccess,
): Promise<Uint8Array> {
  const table = await data.rows({ service, record: id, cut: WHOLE, limit: null }, viewer);
  const small = size === 'thumbnail';
  const width = small ? DRAWN_SMALL : PIXELS[size];
  try {
    const chart = await chartOfTable(table, { x: null, variables: null, split: null, width, language });
    const panels = small ? chart.panels.slice(0, 1) : chart.panels;
    const height = Math.round(width * (small ? 0.6 : 0.25 * panels.length + 0.25));
    const png = await svgToPng(drawChart({ ...chart, panels }, { width, height, lettering: 'strokes' }));
    if (png !== null) return small ? preview(bytesInMemory(png), PIXELS[size]) : png;
  } catch (error) {
    // Rows without a column of numbers: nothing to draw.
    if (error instanceof AppError && error.code === 'invalid-parameter') throw new AppError('not-found');
    throw error;
  } finally {
    await table.close?.();
  }
  throw new AppError('not-supported');
}
