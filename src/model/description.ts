// Parts that describe a record or a service: who, under which licence, with which instrument, and where else.
import type { AssetRole } from './asset.ts';
import type { Language, Localised } from './text.ts';

/** Values of CI_RoleCode (ISO 19115). */
export const ROLES = [
  'resourceProvider',
  'custodian',
  'owner',
  'user',
  'distributor',
  'originator',
  'pointOfContact',
  'principalInvestigator',
  'processor',
  'publisher',
  'author',
] as const;
export type Role = (typeof ROLES)[number];

/** An organisation in a role; never a person. */
export interface Contact {
  readonly organisation: string;
  readonly role: Role;
  readonly email?: string;
  readonly url?: string;
  readonly identifier?: string;
  readonly address?: {
    readonly street?: string;
    readonly city?: string;
    readonly postalCode?: string;
    readonly country?: string;
  };
}

export interface Licence {
  /** SPDX identifier, such as `CC-BY-NC-4.0`. */
  readonly id: string;
  readonly title: string;
  readonly url: string;
}

/** A term of a thesaurus with its address. */
export interface ThemeReference {
  readonly label: Localised;
  readonly uri: string;
}

export interface InstrumentConfiguration {
  /** `YYYY-MM-DD`; `to` null = in force. */
  readonly from: string;
  readonly to: string | null;
  readonly description: Localised;
  readonly settings: { readonly [name: string]: string | number };
}

export interface InstrumentUse {
  readonly id: string;
  readonly title: Localised;
  readonly type: Localised;
  readonly description?: Localised;
  readonly platform?: string;
  /** The configurations in force during the record (all of them for a series). */
  readonly configurations: readonly InstrumentConfiguration[];
}

export interface PlatformUse {
  readonly id: string;
  readonly title: Localised;
  readonly description?: Localised;
}

/** How the record stands to what a link leads to (relationType of DataCite): the record … it. */
export const RELATIONS = [
  'IsIdenticalTo',
  'IsVariantFormOf',
  'IsSourceOf',
  'IsDerivedFrom',
  'IsContinuedBy',
  'Continues',
  'IsNewVersionOf',
  'IsPreviousVersionOf',
  'IsVersionOf',
  'HasVersion',
  'IsPartOf',
  'HasPart',
  'IsDocumentedBy',
  'IsCitedBy',
  'References',
] as const;
export type Relation = (typeof RELATIONS)[number];

/** What a link is for; writers turn it into their own rel, protocol and function. */
export type LinkRole =
  | 'self'
  | 'alternate'
  | 'landing'
  | 'data'
  | 'quicklook'
  | 'thumbnail'
  | 'doi'
  | 'search'
  | 'collection'
  | 'up'
  | 'related'
  /** Processes that can be run on the record's data. */
  | 'process'
  | 'licence';

export interface Link {
  readonly role: LinkRole;
  /** Absolute. */
  readonly href: string;
  readonly type?: string;
  readonly title?: string;
  readonly language?: Language;
  /** Free text of gmd:protocol, such as `WWW:DOWNLOAD-1.0-http--download`. */
  readonly protocol?: string;
  /** Record format identifier behind an `alternate`, such as `iso19139`. */
  readonly format?: string;
  readonly length?: number;
  /** Of a `related` one: how the record stands to it. Absent: it is documented there. */
  readonly relation?: Relation;
  /** What for the file of a record is, where the link leads to one. */
  readonly asset?: AssetRole;
  /** Of the bytes behind it: 64 hexadecimal digits, lower case. */
  readonly sha256?: string;
}
