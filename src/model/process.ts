// What a process takes and gives, as every processing dialect describes it (WPS 1.0.0 and 2.0 descriptions, OGC API Processes 18-062r2, 7.9).
import type { JsonValue } from './json.ts';
import type { CatalogRecord } from './record.ts';
import type { Localised } from './text.ts';

/** A format of a complex value. */
export interface MediaFormat {
  /** `text/csv`, `application/x-netcdf`. */
  readonly mediaType: string;
  /** How bytes are written inside a document; absent: text, or JSON. */
  readonly encoding?: 'base64';
  /** Address of the schema or profile that tells formats of one media type apart. */
  readonly schema?: string;
  /** Our name for it: that of the codec that reads and writes it, or `svg`, `png`, `json`, `zip`. */
  readonly id: string;
}

export const LITERAL_TYPES = ['string', 'integer', 'double', 'boolean', 'duration', 'dateTime'] as const;
/** Data types of literals: XML Schema part 2 names; duration ISO 8601, dateTime an instant or an interval `start/end` as OGC APIs write it. */
export type LiteralType = (typeof LITERAL_TYPES)[number];

export interface LiteralKind {
  readonly kind: 'literal';
  readonly type: LiteralType;
  readonly allowed?: readonly (string | number)[];
  readonly minimum?: number;
  readonly maximum?: number;
  /** Longest text in characters. */
  readonly longest?: number;
  readonly default?: string | number | boolean;
  /** UDUNITS text. */
  readonly unit?: string;
  /** One value is a list of this type. */
  readonly isList?: true;
}

export interface ComplexKind {
  readonly kind: 'complex';
  /** The first one is the default; never empty. */
  readonly formats: readonly MediaFormat[];
  /** Most that may stand inside a request, in megabytes. */
  readonly mostMegabytes?: number;
}

export interface BoxKind {
  readonly kind: 'box';
  /** CRS names; the first one is the default. */
  readonly crs: readonly string[];
}

export type PortKind = LiteralKind | ComplexKind | BoxKind;

export interface OutputDescription {
  readonly id: string;
  readonly title: Localised;
  readonly abstract: Localised;
  readonly type: PortKind;
  /** JSON Schema as OpenAPI 3.0 writes it. */
  readonly schema: PortSchema;
}

export interface InputDescription extends OutputDescription {
  /** 0 or 1. */
  readonly minOccurs: number;
  readonly maxOccurs: number;
  /** A record or a file of ours may be given by reference. */
  readonly isSource: boolean;
}

export type PortSchema = { readonly [keyword: string]: unknown };

export interface ProcessDescription {
  /** Also the path segment and the WPS identifier. */
  readonly id: string;
  /** Other names that it answers to. */
  readonly aliases: readonly string[];
  readonly version: string;
  readonly title: Localised;
  /** Never empty: clients want one for every process. */
  readonly abstract: Localised;
  readonly keywords: readonly string[];
  /** In the order of presentation. */
  readonly inputs: readonly InputDescription[];
  /** Never empty. */
  readonly outputs: readonly OutputDescription[];
  /** Inputs that can be executed as they are. */
  readonly example: { readonly [input: string]: readonly InputValue[] };
  /** Can the process be offered for this record (whose data the caller may take)? */
  readonly suits: (record: Pick<CatalogRecord, 'service' | 'level'>) => boolean;
}

/** What a dialect was told of the format of a value. */
export interface GivenFormat {
  readonly mediaType?: string;
  readonly encoding?: string;
  readonly schema?: string;
}

/**
 * A value of an input as a request gives it, in no dialect. `text`: characters of a literal (`"5"` is a number where one is wanted), or the
 * content of a complex value, base64 where `format.encoding` says so. `json`: a value of a JSON document, of the type that it has there.
 * `reference`: any address; ours are resolved inside, with the caller's rights. `record`: rows or file of a record of ours. `file`: an
 * asset by its UUID. `box`: corners in the axis order of `crs` (null: longitude, latitude).
 */
export type InputValue =
  | { readonly kind: 'text'; readonly text: string; readonly format?: GivenFormat; readonly unit?: string }
  | { readonly kind: 'json'; readonly value: JsonValue; readonly format?: GivenFormat }
  | { readonly kind: 'reference'; readonly href: string; readonly format?: GivenFormat }
  | { readonly kind: 'record'; readonly service: string; readonly record: number | null }
  | { readonly kind: 'file'; readonly asset: string; readonly format?: GivenFormat }
  | {
      readonly kind: 'box';
      readonly lower: readonly number[];
      readonly upper: readonly number[];
      readonly crs: string | null;
    };

export interface WantedOutput {
  readonly format?: GivenFormat;
  /** How the dialect shall give it; absent: by value. */
  readonly transmission?: 'value' | 'reference';
}

/** One execution, in no dialect. */
export interface ExecuteRequest {
  readonly process: string;
  /** Values in the order given. */
  readonly inputs: { readonly [input: string]: readonly InputValue[] };
  /** Which outputs, in which order; null: all of them. */
  readonly outputs: { readonly [output: string]: WantedOutput } | null;
  readonly response: 'raw' | 'document';
}
