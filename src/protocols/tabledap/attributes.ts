// What a data set and its variables say of themselves, in the words that clients of ERDDAP read: COARDS, CF-1.8, ACDD-1.3.
import type { DataDescription } from '../../data/data-access.ts';
import { positionColumns } from '../../data/tables/positions.ts';
import { utc } from '../../formats/codecs/acdd-write.ts';
import type { Box } from '../../model/geometry.ts';
import type { Service } from '../../model/service.ts';
import { type Attributes, type Column, standardIndex, type TableMetadata } from '../../model/table.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import { DATA_TYPES, type DataType } from './data-types.ts';

export const TIME_UNITS = 'seconds since 1970-01-01T00:00:00Z';
/** The coordinates of CF by their standard names. */
export const AXES: Readonly<Record<string, readonly [axis: string, coordinate: string]>> = {
  time: ['T', 'Time'],
  longitude: ['X', 'Lon'],
  latitude: ['Y', 'Lat'],
  altitude: ['Z', 'Height'],
};

export interface Variable {
  readonly column: Column;
  readonly type: DataType;
  readonly attributes: Attributes;
}

/** Of a variable; `range`: its first and last value, in seconds for time; `isAxis`: it is the time that orders the rows. */
export function attributesOf(
  column: Column,
  range: readonly [number, number] | null,
  type: DataType,
  language: Language,
  isAxis: boolean,
): Attributes {
  const { standardName, unit, label, attributes } = column;
  const isTime = column.type === 'time';
  const axis = AXES[isTime ? (isAxis ? 'time' : '') : (standardName ?? '')];
  const fill = DATA_TYPES[type].missing;
  const other = inLanguage(label, language === 'en' ? 'fr' : 'en');
  const name = inLanguage(label, language) || column.name;
  return {
    ...(axis === undefined ? {} : { _CoordinateAxisType: axis[1] }),
    ...(fill === null ? {} : { _FillValue: fill }),
    ...(range === null ? {} : { actual_range: range }),
    ...(axis === undefined ? {} : { axis: axis[0] }),
    ...(isTime ? { calendar: 'proleptic_gregorian' } : {}),
    ioos_category: categoryOf(column),
    long_name: name,
    ...(other === '' || other === name ? {} : { [`long_name_${language === 'en' ? 'fr' : 'en'}`]: other }),
    ...(standardName === null ? {} : { standard_name: standardName }),
    ...(isTime ? { time_origin: '01-JAN-1970 00:00:00', units: TIME_UNITS } : unit === null ? {} : { units: unit }),
    ...attributes,
  };
}

/** The categories of IOOS that are told by a name or a type; `Other` for the rest. */
function categoryOf({ type, standardName, name, unit }: Column): string {
  if (type === 'time') return 'Time';
  if (['longitude', 'latitude', 'altitude', 'depth'].includes(standardName ?? '')) return 'Location';
  if (name === 'record' || type === 'text') return 'Identifier';
  const words = `${standardName ?? ''} ${name}`;
  const known: readonly (readonly [RegExp, string])[] = [
    [/temperature/, 'Temperature'],
    [/wind|gust/, 'Wind'],
    [/pressure/, 'Pressure'],
    [/humidity|rain|precipitation|radiation|cloud/, 'Meteorology'],
    [/flag|quality/, 'Quality'],
    [/fraction_of|concentration/, 'Contaminants'],
  ];
  return known.find(([pattern]) => pattern.test(words))?.[1] ?? (unit === null ? 'Other' : 'Unknown');
}

/** A track has one position for each time; rows that have a position but are told apart by something else are points. */
function cdmType(description: DataDescription, { data }: Service): 'Trajectory' | 'Point' | 'TimeSeries' | 'Other' {
  const hasPlace = standardIndex(description, 'longitude') >= 0 && standardIndex(description, 'latitude') >= 0;
  if (hasPlace) return data?.key.includes(description.axis?.column ?? '') ? 'Trajectory' : 'Point';
  return description.axis !== null && positionColumns(description).length > 0 ? 'TimeSeries' : 'Other';
}

function extents(description: DataDescription, box: Box | null): Attributes {
  const { time } = description;
  return {
    ...(box === null
      ? {}
      : {
          Easternmost_Easting: box[2],
          geospatial_lat_max: box[3],
          geospatial_lat_min: box[1],
          geospatial_lat_units: 'degrees_north',
          geospatial_lon_max: box[2],
          geospatial_lon_min: box[0],
          geospatial_lon_units: 'degrees_east',
          Northernmost_Northing: box[3],
          Southernmost_Northing: box[1],
          Westernmost_Easting: box[0],
        }),
    ...(time === null ? {} : { time_coverage_end: utc(time.end), time_coverage_start: utc(time.start) }),
  };
}

export interface Described {
  readonly service: Service;
  readonly description: DataDescription;
  readonly metadata: TableMetadata;
  readonly variables: readonly Variable[];
  readonly box: Box | null;
  /** RFC 3339: the last change of its records; empty: it has none. */
  readonly updated: string;
  /** Absolute: where people read of it. */
  readonly page: string;
}

/** Of the data set as a whole. */
export function globalsOf(described: Described, language: Language): Attributes {
  const { service, description, metadata, variables, box, updated, page } = described;
  const cdm = cdmType(description, service);
  const named = (names: readonly string[]) =>
    names.filter((name) => variables.some(({ column }) => column.name === name)).join(', ');
  const texts = variables
    .filter(({ column, type }) => column.name === 'record' || type === 'String')
    .map(({ column }) => column.name);
  const subset = [...new Set([...texts, ...(cdm === 'TimeSeries' ? ['latitude', 'longitude', 'altitude'] : [])])];
  const creator = metadata.creators[0];
  return {
    cdm_data_type: cdm,
    ...(cdm === 'TimeSeries'
      ? { cdm_timeseries_variables: named(['record', 'latitude', 'longitude', 'altitude']) }
      : {}),
    ...(cdm === 'Trajectory' ? { cdm_trajectory_variables: named(['record']) } : {}),
    Conventions: 'COARDS, CF-1.8, ACDD-1.3',
    ...(creator === undefined
      ? {}
      : { creator_name: creator.organisation ?? creator.name, creator_type: 'institution' }),
    ...(creator?.email ? { creator_email: creator.email } : {}),
    ...(updated === '' ? {} : { date_metadata_modified: updated }),
    ...(metadata.doi === null ? {} : { doi: metadata.doi, references: `https://doi.org/${metadata.doi}` }),
    ...extents(description, box),
    ...(cdm === 'Other' ? {} : { featureType: cdm.charAt(0).toLowerCase() + cdm.slice(1) }),
    id: service.name,
    infoUrl: page,
    institution: metadata.institution ?? service.contacts[0]?.organisation ?? '',
    keywords: service.keywords.map((keyword) => inLanguage(keyword, language)).join(', '),
    license: metadata.licence ?? service.licence.url,
    sourceUrl: page,
    subsetVariables: named(subset),
    summary: inLanguage(service.abstract, language),
    title: inLanguage(service.title, language) || service.name,
  };
}
