// An observation service as its file in `mappings/services/` describes it.
import type { Contact, InstrumentConfiguration, Licence, PlatformUse, ThemeReference } from './description.ts';
import type { Box } from './geometry.ts';
import type { Localised } from './text.ts';

export const FIELD_TYPES = ['text', 'integer', 'number', 'boolean', 'date', 'datetime'] as const;
export type FieldType = (typeof FIELD_TYPES)[number];

/** A service-specific field of a record (stored in `metadata.fields`). */
export interface FieldDefinition {
  readonly name: string;
  readonly type: FieldType;
  readonly label: Localised;
  readonly unit?: string;
  readonly queryable: boolean;
  readonly values?: readonly string[];
}

/** How one parameter of a service's old address filters its records. */
export interface OldParameter {
  readonly name: string;
  /** A record property: `begin`, `end`, `elevation`, `longitude`, `latitude`, `instrument`, `name`, `place` or `field:{name}`. */
  readonly target: string;
  readonly operator: 'equals' | 'min' | 'max' | 'contains';
  readonly type: FieldType;
  readonly required: boolean;
  readonly default?: string;
  readonly values?: readonly string[];
}

export interface Service {
  /** Short name, the URL segment. */
  readonly name: string;
  readonly title: Localised;
  readonly abstract: Localised;
  readonly lineage: Localised;
  readonly mode: 'realtime' | 'occasional';
  readonly granularity: Localised;
  readonly licence: Licence;
  readonly doi: string | null;
  readonly published: string;
  readonly topics: readonly string[];
  readonly themes: readonly ThemeReference[];
  readonly keywords: readonly Localised[];
  /** MD_MaintenanceFrequencyCode. */
  readonly maintenance: string;
  /** Silence alarm: the longest usual gap between records, an ISO 8601 duration; null = none. */
  readonly cadence: string | null;
  readonly defaults: {
    readonly authorization: number;
    readonly acquisition: number | null;
    readonly format: number | null;
    readonly lang: 'en' | 'fr';
    readonly embargoDays: number | null;
  };
  readonly contacts: readonly Contact[];
  readonly instruments: readonly {
    readonly id: string;
    readonly title: Localised;
    readonly type: Localised;
    readonly description?: Localised;
    readonly platform?: string;
    readonly configurations: readonly InstrumentConfiguration[];
  }[];
  readonly platforms: readonly PlatformUse[];
  readonly fields: readonly FieldDefinition[];
  /** Used for the series record until the service has records of its own. */
  readonly extent: { readonly bbox: Box | null; readonly begin: string | null; readonly end: string | null };
  readonly partners: readonly string[];
  readonly software: readonly { readonly title: Localised; readonly url: string }[];
  readonly old: {
    readonly localization: string | null;
    readonly parameters: readonly OldParameter[];
    readonly templates: readonly {
      readonly path: string;
      readonly parameters: readonly OldParameter[];
      readonly where: { readonly [field: string]: string | number | boolean };
    }[];
  };
  readonly import: ImportDialect;
}

/** How the observatory's own files of this service are written. */
export interface ImportDialect {
  readonly delimiter: string;
  readonly decimal: ',' | '.';
  readonly date: 'dmy' | 'mdy' | 'ymd';
  readonly encoding: 'utf-8' | 'windows-1252';
  /** Column of the file → column of the table or `fields.{name}`, where the file's own name differs. */
  readonly columns: { readonly [column: string]: string };
}
