// An observation service as its file in `mappings/services/` describes it.
import type {
  Contact,
  InstrumentConfiguration,
  Licence,
  PlatformUse,
  Relation,
  ThemeReference,
} from './description.ts';
import type { Box, Geometry, Position } from './geometry.ts';
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

/** How one parameter of a service's old address limits its records; an empty value limits nothing. */
export interface OldParameter {
  /** As it stands in the address; a name in braces in the template's path is a path segment, every other one a query key. */
  readonly name: string;
  /**
   * `begin` and `end` of the asked period (records that overlap it, ends included); `elevation`, `longitude`, `latitude` (degrees of the
   * record's own extent), `box` (`(west,south,east,north)`), `instrument` and `platform` (identifier), `format` (of the answer),
   * `count`, `page` (from 1) and `index` (from 0) of one page, or `field:{name}`.
   */
  readonly target: string;
  /** `flag`: true keeps the records whose field is true, false limits nothing. Not read for begin, end, box and the paging ones. */
  readonly operator: 'equals' | 'min' | 'max' | 'contains' | 'flag';
  readonly type: FieldType | 'box';
  /** Required by the published template. The server itself takes an absent one as no limit. */
  readonly required: boolean;
  /** What a form proposes; never assumed by the server. */
  readonly default?: string;
  readonly values?: readonly string[];
  /** Smallest and greatest value allowed. */
  readonly min?: number;
  readonly max?: number;
  readonly label?: Localised;
}

/** An old address besides `/rest2/req.php/{service}`. */
export interface OldTemplate {
  /** From the root, without the base path, path segments in braces: `/rest2/req.php/voldorad/spectra/{startDate}/{endDate}`. */
  readonly path: string;
  readonly parameters: readonly OldParameter[];
  /** Fields that a record must have to be listed at this address. */
  readonly where: { readonly [field: string]: string | number | boolean };
  /** Records in one answer when the caller asks for no count; absent: all of them. */
  readonly pageSize?: number;
  readonly title?: Localised;
}

/** One variable of an EPOS template: what the EPOS form shows for it. What is absent here is as the old parameter has it. */
export interface EposParameter {
  /** Name of a parameter of the old address, or a part of one. */
  readonly name: string;
  /** Where the variable is one number inside a box parameter: which parameter, and which place in it (0 west … 3 north). */
  readonly part?: { readonly of: string; readonly index: 0 | 1 | 2 | 3 };
  readonly label?: Localised;
  readonly required?: boolean;
  readonly default?: string;
  readonly values?: readonly string[];
}

/** One DDSS of EPOS that the service serves (EPOS-DCAT-AP; identifiers as published in 2019). */
export interface EposService {
  /** `WP11-DDSS-024` */
  readonly ddss: string;
  /** Last part of the Turtle file's name: `voldorad` in `WP11-DDSS-024-voldorad.ttl`. */
  readonly file: string;
  readonly title: Localised;
  readonly description: Localised;
  /** Path below the base URL with the expander's braces, blanks after commas kept. */
  readonly template: string;
  /** Path of the entry page that the template belongs to. */
  readonly entrypoint: string;
  /** Path of `old` that answers: an `old.templates[].path`, or `/rest2/req.php/{service}`. */
  readonly address: string;
  readonly identifiers: { readonly webService: string; readonly distribution: string; readonly operation: string };
  readonly datasets: readonly {
    readonly identifier: string;
    readonly title: Localised;
    readonly description: Localised;
    /** DCMI type: Dataset, Image, Collection, PhysicalObject. */
    readonly type: string;
    readonly begin: string | null;
    readonly keywords: readonly string[];
    readonly where: { readonly [field: string]: string | number | boolean };
  }[];
  readonly theme: {
    readonly id: string;
    readonly label: Localised;
    readonly definition: Localised;
    readonly scheme: string;
  };
  /** Dublin Core frequency: `continuous`, `irregular`. */
  readonly frequency: string;
  readonly parameters: readonly EposParameter[];
}

/** The service seen as a resto collection (PEPS). A property is a constant, or a record value with an optional table of replacements. */
export interface RestoCollection {
  readonly collection: string;
  readonly properties: {
    readonly [property: string]:
      | { readonly value: string | number }
      | { readonly from: string; readonly map?: { readonly [value: string]: string } };
  };
  /** Footprint of a record that has none of its own. */
  readonly footprint: Geometry | null;
}

/**
 * A value of a STAC item: a constant; what the record has (`begin`, `end`, `resolution`, `platform`, `field:{name}`; of several names a
 * list without repetitions), by a table where there is one (what the table lacks is left out); or the days from one date to another.
 */
export type StacProperty =
  | { readonly value: string | number | readonly (string | number)[] }
  | { readonly from: string | readonly string[]; readonly map?: { readonly [value: string]: string | number } }
  | { readonly days: readonly [from: string, to: string] };

/** Name of an asset for the data links that it fits: by a word of the file's name, by media type, or both. */
export interface StacAsset {
  readonly name: string;
  readonly title: Localised;
  readonly roles: readonly string[];
  readonly file?: string;
  readonly type?: string;
  /** UDUNITS text. */
  readonly unit?: string;
}

/** What STAC says of the records whose fields are as `where` has them; extensions are told by the prefixes of the properties. */
export interface StacRule {
  readonly where: { readonly [field: string]: string | number | boolean };
  readonly properties: { readonly [property: string]: StacProperty };
  readonly assets: readonly StacAsset[];
}

export interface ActrisFacility {
  readonly identifier: string;
  readonly name: string;
  readonly type: string;
  readonly position: Position;
  readonly elevation: number;
  readonly country: string;
  readonly wmoRegion: string;
  readonly nationalFacility: boolean;
  readonly framework: readonly string[];
  /** What EBAS NASA Ames files of the facility say; absent: no such files are offered. */
  readonly ebas?: EbasFiles;
}

/** Only records of these instruments and matrices are offered as EBAS files: EBAS fixes the words. */
export interface EbasFiles {
  /** Value by key of the header: `Laboratory code` → `FR29L`. */
  readonly keys: { readonly [key: string]: string };
  /** Third line of the header: laboratory code, name, acronym, unit, address, ZIP, town, country. */
  readonly organisation: string;
  /** Ours → EBAS `Instrument type`. */
  readonly instruments: { readonly [id: string]: string };
  /** Ours → EBAS `Matrix`. */
  readonly matrices: { readonly [matrix: string]: string };
  /** Columns that are a variable of their own: component and unit as EBAS has them. Others are statistics of the record's parameter. */
  readonly columns: { readonly [column: string]: { readonly component: string; readonly unit: string } };
}

export interface OzcarProducer {
  /** Four capitals. */
  readonly producerId: string;
  readonly name: string;
  readonly title: Localised;
  readonly objectives: Localised;
  readonly measuredVariables: Localised;
  readonly fundings: readonly {
    readonly type: string;
    readonly acronym: string;
    readonly name: string;
    readonly iso3166: string;
  }[];
}

/** A place of a partner that holds the records whose fields are as `where` has them, and how they stand to what is there. */
export interface HeldElsewhere {
  readonly partner: string;
  readonly title: Localised;
  readonly url: string;
  readonly relation: Relation;
  readonly where: { readonly [field: string]: string | number | boolean };
}

/** A column of the service's data rows (`data_{service}`). */
export interface DataColumn {
  readonly name: string;
  readonly type: FieldType;
  readonly label: Localised;
  /** UDUNITS text; null: no unit (text, flag, count). */
  readonly unit: string | null;
  /** CF standard name. */
  readonly standardName?: string;
  /** Fixed inner dimension: range gates, size classes. */
  readonly dimension?: DataDimension;
  readonly values?: readonly string[];
  /** Field of the record that holds the unit, where records of the service have different ones. */
  readonly unitField?: string;
}

export interface DataDimension {
  readonly name: string;
  readonly size: number;
  readonly unit: string | null;
  readonly label?: Localised;
  /** CF standard name of the coordinate. */
  readonly standardName?: string;
  /** What each place means, in `unit`: one number for each, or an even step; absent: counted only. */
  readonly coordinates?: readonly number[] | { readonly first: number; readonly step: number };
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
    /** Field that the old answers give as `localization`; null: the first place of the record. */
    readonly localization: string | null;
    /** Of `/rest2/req.php/{service}`, besides `timestart` and `timeend` that every service has. It lists every record of the service. */
    readonly parameters: readonly OldParameter[];
    readonly templates: readonly OldTemplate[];
  };
  readonly epos: readonly EposService[];
  readonly resto: RestoCollection | null;
  /** What STAC items have beyond what every record has; absent: nothing. */
  readonly stac?: readonly StacRule[];
  readonly actris: ActrisFacility | null;
  readonly ozcar: OzcarProducer | null;
  /** Where partners hold what the service's records are, or what is made of them; absent: nowhere. */
  readonly elsewhere?: readonly HeldElsewhere[];
  /**
   * Data rows: columns, and the names of those that make the natural key. `series`: fields of the records (or `instrument`, `platform`) in
   * which those records agree that are one time series together; none: all of the service are. null: the service has files only.
   */
  readonly data: {
    readonly key: readonly string[];
    readonly columns: readonly DataColumn[];
    readonly series?: readonly string[];
  } | null;
  readonly import: ImportDialect;
  /** JSON pointers of values in this file that the observatory has yet to confirm. */
  readonly toConfirm: readonly string[];
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
