// Global attributes of the NetCDF files that we write: CF-1.8 section 2.6, ACDD-1.3. Extents are those of the rows.
import { type Attribute, type Column, standardIndex, type Table, timeIndex } from '../../model/table.ts';
import type { WriteOptions } from './codec.ts';
import type { TableProfile } from './table-profile.ts';

/** `2024-05-02T08:00:00Z` */
export const utc = (milliseconds: number): string => new Date(milliseconds).toISOString().replace(/\.\d+Z$/, 'Z');

/** ISO 8601, in days and the rest: `P1DT2H`. */
export function duration(milliseconds: number): string {
  const total = Math.max(0, Math.round(milliseconds / 1000));
  const days = Math.floor(total / 86_400);
  const [h, m, s] = [Math.floor((total % 86_400) / 3600), Math.floor((total % 3600) / 60), total % 60];
  const time = `${h > 0 ? `${h}H` : ''}${m > 0 ? `${m}M` : ''}${s > 0 ? `${s}S` : ''}`;
  if (days === 0 && time === '') return 'PT0S';
  return `P${days > 0 ? `${days}D` : ''}${time === '' ? '' : `T${time}`}`;
}

type Entries = readonly (readonly [name: string, value: Attribute | null | undefined])[];

function coverage(table: Table, profile: TableProfile): Entries {
  const time = profile.columns[timeIndex(table)];
  const ends = table.columns.findIndex((column) => column.name === table.axis?.end);
  const last = profile.columns[ends]?.max ?? time?.max;
  if (time === undefined || last === undefined || Number.isNaN(time.min) || Number.isNaN(last)) return [];
  const step = profile.step.max - profile.step.min < 1000 ? profile.step.min : Number.NaN;
  return [
    ['time_coverage_start', utc(time.min)],
    ['time_coverage_end', utc(last)],
    ['time_coverage_duration', duration(last - time.min)],
    ['time_coverage_resolution', step > 0 ? duration(step) : null],
  ];
}

function extent(table: Table, profile: TableProfile): Entries {
  const { station } = table.metadata;
  const range = (standardName: string, fixed: number | null | undefined): readonly [number, number] | null => {
    if (typeof fixed === 'number') return [fixed, fixed];
    const column = profile.columns[standardIndex(table, standardName)];
    return column === undefined || Number.isNaN(column.min) ? null : [column.min, column.max];
  };
  const latitude = range('latitude', station?.latitude);
  const longitude = range('longitude', station?.longitude);
  const vertical = range('altitude', station?.elevation);
  const verticalUnit =
    typeof station?.elevation === 'number' ? 'm' : (table.columns[standardIndex(table, 'altitude')]?.unit ?? 'm');
  return [
    ['geospatial_lat_min', latitude?.[0]],
    ['geospatial_lat_max', latitude?.[1]],
    ['geospatial_lat_units', latitude ? 'degrees_north' : null],
    ['geospatial_lon_min', longitude?.[0]],
    ['geospatial_lon_max', longitude?.[1]],
    ['geospatial_lon_units', longitude ? 'degrees_east' : null],
    ['geospatial_vertical_min', vertical?.[0]],
    ['geospatial_vertical_max', vertical?.[1]],
    ['geospatial_vertical_units', vertical ? verticalUnit : null],
    ['geospatial_vertical_positive', vertical ? 'up' : null],
  ];
}

/** Whether the rows are a track: they have a longitude, a latitude and a time each. */
export function isTrack(table: Table): boolean {
  return standardIndex(table, 'longitude') >= 0 && standardIndex(table, 'latitude') >= 0 && timeIndex(table) >= 0;
}

/** Where the rows are: along a track, at a fixed station, or nowhere that is known. */
export function placeOf(table: Table): 'track' | 'station' | null {
  const { station } = table.metadata;
  if (timeIndex(table) < 0) return null;
  if (isTrack(table)) return 'track';
  return typeof station?.latitude === 'number' && typeof station.longitude === 'number' ? 'station' : null;
}

/** timeSeries, trajectory, point (where the table says so) or null; what the file cannot back, such as profiles along a track, is not claimed (CF-1.8, section 9). */
export function featureTypeOf(table: Table): 'timeSeries' | 'trajectory' | 'point' | null {
  const place = placeOf(table);
  if (place === null || table.columns.some(({ dimensions }) => dimensions.length > 0)) return null;
  if (place === 'station') return 'timeSeries';
  return table.metadata.featureType === 'point' ? 'point' : 'trajectory';
}

function people(table: Table): Entries {
  const { creators } = table.metadata;
  const joined = (values: readonly (string | null)[]) =>
    values.some((value) => value !== null) ? values.map((value) => value ?? '').join('; ') : null;
  return [
    ['creator_name', joined(creators.map(({ name }) => name))],
    ['creator_email', joined(creators.map(({ email }) => email))],
    ['creator_institution', joined(creators.map(({ organisation }) => organisation))],
  ];
}

const CDM_TYPES = { timeSeries: 'Station', trajectory: 'Trajectory', point: 'Point' } as const;

/** The attributes in the order of their importance; a value of the table goes before one that we make up for want of it. */
export function globalAttributes(
  table: Table,
  profile: TableProfile,
  options: WriteOptions,
): { [name: string]: Attribute } {
  const { metadata } = table;
  const variables = table.columns
    .map(({ standardName, name }) => standardName ?? name)
    .filter((name) => name !== 'time');
  const title = metadata.title ?? options.fileName ?? 'Table';
  const featureType = featureTypeOf(table);
  const step = `${utc(options.now)} written as NetCDF by vobs`;
  const entries: Entries = [
    ['Conventions', 'CF-1.8, ACDD-1.3'],
    ['featureType', featureType],
    ['cdm_data_type', featureType === null ? null : CDM_TYPES[featureType]],
    ['title', title],
    ['summary', metadata.summary ?? title],
    ['keywords', (metadata.keywords.length > 0 ? metadata.keywords : [...new Set(variables)].slice(0, 20)).join(', ')],
    ['id', metadata.identifier],
    ['institution', metadata.institution],
    ['source', metadata.source],
    ['project', metadata.project],
    ['license', metadata.licence],
    ['doi', metadata.doi],
    ['comment', metadata.comment],
    ['acknowledgement', metadata.acknowledgement],
    ['date_modified', metadata.modified],
    ['date_created', utc(options.now)],
    ...people(table),
    ...extent(table, profile),
    ...coverage(table, profile),
    ['history', [...metadata.history, step].join('\n')],
  ];
  const attributes: { [name: string]: Attribute } = {};
  for (const [name, value] of entries)
    if (value !== null && value !== undefined && value !== '') attributes[name] = value;
  return { ...attributes, ...metadata.attributes };
}

/** ACDD-1.3 `coverage_content_type` of a column, as its type suggests. */
export function contentTypeOf({ type, standardName }: Pick<Column, 'type' | 'standardName'>): string {
  const isCoordinate = type === 'time' || ['longitude', 'latitude', 'altitude', 'height'].includes(standardName ?? '');
  if (isCoordinate) return 'coordinate';
  if (type === 'flags') return 'qualityInformation';
  return type === 'text' ? 'auxiliaryInformation' : 'physicalMeasurement';
}
