// What a service's generator gives for one row, and the small words that the generators share: dates, two languages, positions.

import type { MetadataInput } from '../../mapping/row.ts';
import type { Geometry, Position } from '../../model/geometry.ts';
import type { Language } from '../../model/text.ts';
import type { Random } from './random.ts';
import { utm } from './utm.ts';

/** A row without its service and number. `wgs84` says where it stands when the stored numbers are projected. */
export interface Draft extends Omit<MetadataInput, 'service' | 'id'> {
  readonly wgs84?: Position;
}

/** How the rows of one service are made: first its fixed ones, then row `index` from its own numbers. */
export interface SeedService {
  readonly name: string;
  readonly fixed: readonly Draft[];
  row(index: number, random: Random): Draft;
}

export const MINUTE = 60_000;
export const HOUR = 60 * MINUTE;
export const DAY = 24 * HOUR;

/** Milliseconds of a UTC date-time text such as `2015-12-03T02:30`. */
export function at(text: string): number {
  const value = Date.parse(text.includes('T') ? `${text}Z` : `${text}T00:00Z`);
  if (Number.isNaN(value)) throw new RangeError(`not a date: ${text}`);
  return value;
}

export function day(ms: number): string {
  return new Date(ms).toISOString().slice(0, 10);
}

/** RFC 3339, whole seconds. */
export function stamp(ms: number): string {
  return `${new Date(ms).toISOString().slice(0, 19)}Z`;
}

/** Begin and end with their times of day; an end of null is left open. */
export function period(begin: number, end: number | null) {
  const [date_b, time_b] = dateAndTime(begin);
  const [date_e, time_e] = end === null ? [null, null] : dateAndTime(end);
  return { date_b, time_b, date_e, time_e } as const;
}

/** Begin and end as plain days, without any time of day. */
export function days(begin: number, end: number | null) {
  return { date_b: day(begin), time_b: null, date_e: end === null ? null : day(end), time_e: null } as const;
}

function dateAndTime(ms: number): readonly [string, string] {
  const text = new Date(ms).toISOString();
  return [text.slice(0, 10), text.slice(11, 19)];
}

interface Wording {
  readonly title: string;
  readonly abstract: string;
}

/** Name and description in the row's own language, and the other language as translation. */
export function wording(lang: Language, texts: { readonly en: Wording; readonly fr: Wording }) {
  const other: Language = lang === 'en' ? 'fr' : 'en';
  return {
    lang,
    name: texts[lang].title,
    description: texts[lang].abstract,
    translations: { [other]: texts[other] },
  } as const;
}

/** A point as the table stores it in EPSG:4326. */
export function point(position: Position, elevation: number | null) {
  return { longitude: position[0], latitude: position[1], epsg: 4326, elevation } as const;
}

/** A point of La Réunion as the table stores it in EPSG:2975 (RGR92 / UTM 40 south): easting and northing. */
export function reunionPoint(position: Position, elevation: number | null) {
  const [longitude, latitude] = utm(position, 40, 'south');
  return { longitude, latitude, epsg: 2975, elevation, wgs84: position } as const;
}

/** The rectangle of two corners, drawn anticlockwise (RFC 7946 section 3.1.6). */
export function rectangle(west: number, south: number, east: number, north: number): Geometry {
  return {
    type: 'Polygon',
    coordinates: [
      [
        [west, south],
        [east, south],
        [east, north],
        [west, north],
        [west, south],
      ],
    ],
  };
}

/** A position somewhere within so many degrees of another. */
export function near(position: Position, degrees: number, random: Random): Position {
  return [
    random.number(position[0] - degrees, position[0] + degrees, 5),
    random.number(position[1] - degrees, position[1] + degrees, 5),
  ];
}
