// What a reader gives: the part of a record that a document carries. Absent = null or empty.
import type { Contact, Link, ThemeReference } from '../../model/description.ts';
import type { Box, Geometry } from '../../model/geometry.ts';
import type { CatalogRecord, FieldValue, Level, ProductLevel } from '../../model/record.ts';
import type { Language, Localised } from '../../model/text.ts';
import type { Moment, RecordTime } from '../../model/time.ts';

export interface ReadRecord {
  readonly level: Level;
  readonly identifier: string | null;
  readonly parent: string | null;
  readonly version: string | null;
  /** Bare form `10.x/y`. */
  readonly doi: string | null;
  readonly uri: string | null;
  readonly lang: Language;
  readonly title: string | null;
  readonly abstract: string | null;
  readonly translations: CatalogRecord['translations'];
  readonly time: RecordTime;
  /** Reference system of the resource; geometry and box are WGS 84, longitude first. */
  readonly epsg: number | null;
  readonly geometry: Geometry | null;
  readonly bbox: Box | null;
  readonly elevation: number | null;
  readonly elevationMax: number | null;
  readonly authorization: number | null;
  readonly embargoUntil: string | null;
  readonly acquisition: number | null;
  readonly format: number | null;
  readonly productLevel: ProductLevel | null;
  readonly instruments: readonly string[];
  readonly platform: string | null;
  readonly keywords: readonly string[];
  readonly places: readonly string[];
  readonly topics: readonly string[];
  readonly themes: readonly ThemeReference[];
  readonly contacts: readonly Contact[];
  readonly licence: { readonly id: string | null; readonly title: string | null; readonly url: string | null } | null;
  readonly lineage: Localised | null;
  readonly resolutionMetres: number | null;
  readonly maintenance: string | null;
  readonly status: string | null;
  readonly created: Moment | null;
  readonly published: Moment | null;
  /** RFC 3339, UTC, whole seconds. */
  readonly updated: string | null;
  readonly links: readonly Link[];
  readonly fields: { readonly [name: string]: FieldValue };
}

/** A document that says nothing. */
export const NOTHING_READ: ReadRecord = {
  level: 'dataset',
  identifier: null,
  parent: null,
  version: null,
  doi: null,
  uri: null,
  lang: 'en',
  title: null,
  abstract: null,
  translations: {},
  time: { kind: 'none' },
  epsg: null,
  geometry: null,
  bbox: null,
  elevation: null,
  elevationMax: null,
  authorization: null,
  embargoUntil: null,
  acquisition: null,
  format: null,
  productLevel: null,
  instruments: [],
  platform: null,
  keywords: [],
  places: [],
  topics: [],
  themes: [],
  contacts: [],
  licence: null,
  lineage: null,
  resolutionMetres: null,
  maintenance: null,
  status: null,
  created: null,
  published: null,
  updated: null,
  links: [],
  fields: {},
};

/** `en`, `eng`, `en-GB` → en; `fr`, `fre`, `fra` → fr; anything else → null. */
export function languageOf(code: string | undefined | null): Language | null {
  const start = code?.trim().toLowerCase().slice(0, 2);
  return start === 'en' || start === 'fr' ? start : null;
}

/** `https://doi.org/10.x/y`, `doi:10.x/y`, `10.x/y` → `10.x/y`; null when it is no DOI. */
export function doiOf(text: string | undefined): string | null {
  return /^(?:https?:\/\/(?:dx\.)?doi\.org\/|doi:\s*)?(10\.\d{4,9}\/\S+)$/i.exec(text?.trim() ?? '')?.[1] ?? null;
}
