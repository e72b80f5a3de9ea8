// A data set: the rows of one observation service as this viewer may take them, with the variables and attributes that clients of ERDDAP read
// (COARDS, CF-1.8, ACDD-1.3).
import type { DataAccess, DataDescription } from '../../data/data-access.ts';
import type { RecordRows, RecordsWithRows } from '../../data/records-with-rows.ts';
import { plainColumns } from '../../data/tables/flatten.ts';
import { type PlacedRecord, positionColumns } from '../../data/tables/positions.ts';
import { utc } from '../../formats/codecs/acdd-write.ts';
import type { Box } from '../../model/geometry.ts';
import type { Service } from '../../model/service.ts';
import { type Attributes, type Column, standardIndex, type TableMetadata, WHOLE } from '../../model/table.ts';
import { inLanguage, type Language } from '../../model/text.ts';
import { scopeOf, type Viewer } from '../../model/viewer.ts';
import { DATA_TYPES, type DataType, dataTypeOf } from './data-types.ts';

export interface Variable {
  readonly column: Column;
  readonly type: DataType;
  readonly attributes: Attributes;
}

export interface DataSet {
  readonly id: string;
  readonly description: DataDescription;
  readonly metadata: TableMetadata;
  readonly variables: readonly Variable[];
  readonly globals: Attributes;
  readonly records: readonly RecordRows[];
  readonly box: Box | null;
  readonly places: ReadonlyMap<number, PlacedRecord>;
  /** Changes with the rows, the records and who may see them. */
  readonly revision: string;
}

export interface DataSetParts {
  readonly data: DataAccess;
  readonly records: RecordsWithRows;
  readonly services: ReadonlyMap<string, Service>;
  /** Absolute address of a path of ours. */
  readonly url: (path: string) => string;
}

export const TIME_UNITS = 'seconds since 1970-01-01T00:00:00Z';
const AXES: Readonly<Record<string, readonly [axis: string, coordinate: string]>> = {
  time: ['T', 'Time'],
  longitude: ['X', 'Lon'],
  latitude: ['Y', 'Lat'],
  altitude: ['Z', 'Height'],
};

/** The place of records that have one point. */
function placesOf(records: readonly RecordRows[]): ReadonlyMap<number, PlacedRecord> {
  return new Map(
    records.flatMap(({ record: { id, geometry, elevation } }) => {
      if (geometry?.type !== 'Point') return [];
      const [longitude, latitude] = geometry.coordinates;
      return [[id, { longitude, latitude, altitude: elevation ?? Number.NaN }] as const];
    }),
  );
}

/** Around all records; a box across the antimeridian counts as the whole circle of longitudes. */
function boxOf(records: readonly RecordRows[]): Box | null {
  const boxes = records.flatMap(({ record: { bbox } }) => (bbox === null ? [] : [bbox]));
  if (boxes.length === 0) return null;
  const crosses = boxes.some(([west, , east]) => west > east);
  const of = (n: 0 | 1 | 2 | 3, pick: (a: number, b: number) => number) =>
    boxes.map((box) => box[n]).reduce((a, b) => pick(a, b));
  return [crosses ? -180 : of(0, Math.min), of(1, Math.min), crosses ? 180 : of(2, Math.max), of(3, Math.max)];
}

/** First and last value, where they are known without reading the rows. */
function rangeOf(
  column: Column,
  time: boolean,
  description: DataDescription,
  records: readonly RecordRows[],
  places: DataSet['places'],
): readonly [number, number] | null {
  if (time) return description.time === null ? null : [description.time.start / 1000, description.time.end / 1000];
  const of = (values: readonly number[]): readonly [number, number] | null => {
    const known = values.filter(Number.isFinite);
    return known.length === 0 ? null : [known.reduce((a, b) => Math.min(a, b)), known.reduce((a, b) => Math.max(a, b))];
  };
  if (column.name === 'record') return of(records.map(({ record }) => record.id));
  const isOwn = description.columns.some(({ name }) => name === column.name);
  return isOwn || !(column.name in AXES)
    ? null
    : of([...places.values()].map((place) => place[column.name as keyof PlacedRecord] ?? Number.NaN));
}

function attributesOf(
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
export function categoryOf({ type, standardName, name, unit }: Column): string {
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

function globalsOf(
  parts: DataSetParts,
  service: Service,
  made: Omit<DataSet, 'globals' | 'revision'>,
  language: Language,
): Attributes {
  const { description, metadata, variables, records, box } = made;
  const cdm = cdmType(description, service);
  const named = (names: readonly string[]) =>
    names.filter((name) => variables.some(({ column }) => column.name === name)).join(', ');
  const texts = variables
    .filter(({ column, type }) => column.name === 'record' || (type === 'String' && !column.dimensions.length))
    .map(({ column }) => column.name);
  const subset = [...new Set([...texts, ...(cdm === 'TimeSeries' ? ['latitude', 'longitude', 'altitude'] : [])])];
  const creator = metadata.creators[0];
  const updated =
    records
      .map(({ record }) => record.updated)
      .sort()
      .at(-1) ?? '';
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
    infoUrl: parts.url(`/services/${service.name}`),
    institution: metadata.institution ?? service.contacts[0]?.organisation ?? '',
    keywords: service.keywords.map((keyword) => inLanguage(keyword, language)).join(', '),
    license: metadata.licence ?? service.licence.url,
    sourceUrl: parts.url(`/services/${service.name}`),
    subsetVariables: named(subset),
    summary: inLanguage(service.abstract, language),
    title: inLanguage(service.title, language) || service.name,
  };
}

async function makeDataSet(
  parts: DataSetParts,
  service: Service,
  viewer: Viewer,
  language: Language,
  revision: string,
): Promise<DataSet | null> {
  const id = service.name;
  const description = await parts.data.describe(id, viewer);
  if (description === null) return null;
  const records = await parts.records.all(id, viewer);
  const { metadata } = await parts.data.rows({ service: id, record: null, cut: WHOLE, limit: null }, viewer);
  const places = placesOf(records);
  const time = description.axis?.column;
  const plain = plainColumns(description).map(({ column }) => column);
  const columns = [...plain, ...positionColumns({ columns: plain })];
  const variables = columns.map((column): Variable => {
    const type = dataTypeOf(column);
    const range = rangeOf(column, column.name === time, description, records, places);
    return { column, type, attributes: attributesOf(column, range, type, language, column.name === time) };
  });
  const made = { id, description, metadata, variables, records, box: boxOf(records), places };
  return { ...made, globals: globalsOf(parts, service, made, language), revision };
}

export interface DataSets {
  /** null: there is none of that name. A viewer who may take no row of it has it without extents. */
  readonly one: (id: string, viewer: Viewer, language: Language) => Promise<DataSet | null>;
  /** Those that have a row for this viewer, by name. */
  readonly all: (viewer: Viewer, language: Language) => Promise<readonly DataSet[]>;
}

/** Data sets that are kept: services × scopes × languages. */
const MOST_KEPT = 200;

/** Descriptions are kept until the rows or the records change. */
export function createDataSets(parts: DataSetParts): DataSets {
  const kept = new Map<string, { readonly revision: string; readonly set: Promise<DataSet | null> }>();

  async function one(id: string, viewer: Viewer, language: Language): Promise<DataSet | null> {
    const service = parts.services.get(id);
    if (service === undefined || !parts.data.services.includes(id)) return null;
    const revision = await parts.records.revision(id);
    const key = `${id}\n${language}\n${scopeOf(viewer)}`;
    const known = kept.get(key);
    if (known?.revision === revision) return known.set;
    if (kept.size >= MOST_KEPT) kept.clear();
    const set = makeDataSet(parts, service, viewer, language, revision);
    kept.set(key, { revision, set });
    // What failed is asked again.
    set.catch(() => kept.delete(key));
    return set;
  }

  return {
    one,
    async all(viewer, language) {
      const sets = await Promise.all(parts.data.services.map((id) => one(id, viewer, language)));
      return sets.filter((set): set is DataSet => set !== null && set.records.length > 0);
    },
  };
}
