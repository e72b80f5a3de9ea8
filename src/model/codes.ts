// What the numbers of `authorization_`, `acquisition` and `format` mean, in every vocabulary (mappings/codes.json).
import type { Localised } from './text.ts';

export interface AccessCode {
  readonly code: number;
  readonly name: 'open' | 'registered' | 'partner' | 'internal';
  readonly label: Localised;
  /** Whole otherConstraints text; `{date}` is the embargo's end. */
  readonly text: Localised;
  readonly inspire: { readonly uri: string; readonly label: string };
  readonly classification: string;
  readonly dcat: string;
  readonly free: boolean;
  readonly openAccess: string;
}
export interface AcquisitionCode {
  readonly code: number;
  readonly name: string;
  readonly label: Localised;
  readonly maintenance: string;
  readonly progress: string;
  readonly frequency: string;
  readonly dcmitype: string;
}
export interface FormatCode {
  readonly code: number;
  readonly name: string;
  readonly label: Localised;
  readonly mediaType: string;
  readonly fileType: string;
  readonly isoName: string;
  readonly spatialRepresentation: string | null;
}
export interface Codes {
  readonly authorization: readonly AccessCode[];
  readonly acquisition: readonly AcquisitionCode[];
  readonly format: readonly FormatCode[];
}

/** Finds an entry by its number; undefined for null and for numbers that the table lacks. */
export function codeOf<T extends { readonly code: number }>(list: readonly T[], code: number | null): T | undefined {
  return code === null ? undefined : list.find((entry) => entry.code === code);
}
