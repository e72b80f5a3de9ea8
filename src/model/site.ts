// Who publishes the catalogue (mappings/site.json), and the gazetteer (mappings/places.json).
import type { Contact, Licence } from './description.ts';
import type { Box, Position } from './geometry.ts';
import type { Localised } from './text.ts';

export interface Site {
  readonly title: Localised;
  /** At most 16 characters (OpenSearch ShortName). */
  readonly shortName: string;
  readonly description: Localised;
  /** First part of our identifiers: `opgc`. */
  readonly identifierPrefix: string;
  readonly organisation: Contact;
  readonly contacts: readonly Contact[];
  readonly licence: Licence;
  readonly attribution: string;
}

export interface Place {
  readonly id: string;
  readonly kind: 'volcano' | 'station' | 'site' | 'country' | 'zone';
  readonly name: Localised;
  readonly otherNames: readonly string[];
  /** Longitude, latitude; null for areas that are only a box. */
  readonly position: Position | null;
  readonly bbox: Box;
  readonly elevation: number | null;
  /** The larger place that holds this one (its id): the country of a volcano. */
  readonly within: string | null;
}
