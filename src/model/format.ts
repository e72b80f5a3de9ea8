// A record format: one function from record to document. The registry in `formats/record-formats.ts` lists them; every protocol offers them.
import type { Codes } from './codes.ts';
import type { Link } from './description.ts';
import type { CatalogRecord } from './record.ts';
import type { Site } from './site.ts';
import type { Language } from './text.ts';

/** What a writer may know besides the record. `links` gives the absolute links of our mounted doors for that record, in the order of use. */
export interface RecordView {
  readonly language: Language;
  readonly links: (record: CatalogRecord) => readonly Link[];
  /** Absolute stable address `{base}/id/{os}/{id}`. */
  readonly uri: (record: CatalogRecord) => string;
  readonly site: Site;
  readonly codes: Codes;
  /** Number that makes gml:id unique when several records stand in one document; 0 alone. */
  readonly sequence: number;
}

export interface RecordFormat {
  /** `iso19139`, `oai_dc`, `csw`, `geojson`, `atom`. */
  readonly id: string;
  readonly title: string;
  readonly mediaType: string;
  /** File name ending and `?f=` value. */
  readonly extension: string;
  /** XML namespace of the root, where it is XML. */
  readonly namespace?: string;
  /** Absolute; a path where the schema is one of ours. */
  readonly schemaLocation?: string;
  /**
   * Absent: a description of its own, linked from every document. `citation`: for reference managers, linked from the page alone.
   * `protocol`: a form that one protocol wants, given to those who ask for it by name.
   */
  readonly purpose?: 'citation' | 'protocol';
  /** One whole document (XML without declaration, so that it can be embedded). */
  readonly write: (record: CatalogRecord, view: RecordView) => string;
}
