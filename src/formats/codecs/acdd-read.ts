// Global attributes of NetCDF files (ACDD-1.3, CF-1.8 section 2.6.2) as the metadata of a table.
import { type Attributes, FEATURE_TYPES, NO_METADATA, type Party, type TableMetadata } from '../../model/table.ts';
import type { NetCdfDataset, NetCdfVariable } from './netcdf-dataset.ts';

/** Said by the fields of the metadata, or made anew from the rows whenever a file is written. */
const SAID_OTHERWISE = new Set(
  'id title summary featureType institution source project license doi keywords comment acknowledgement date_modified history creator_name creator_email creator_institution Conventions cdm_data_type geospatial_lat_min geospatial_lat_max geospatial_lon_min geospatial_lon_max geospatial_vertical_min geospatial_vertical_max time_coverage_start time_coverage_end time_coverage_duration'.split(
    ' ',
  ),
);

const text = (attributes: Attributes, name: string): string | null => {
  const value = attributes[name];
  if (value === undefined || value === '') return null;
  return String(value);
};

const listOf = (value: string | null, separator: RegExp): readonly string[] =>
  value === null ? [] : value.split(separator).map((part) => part.trim());

function creatorsOf(attributes: Attributes): readonly Party[] {
  const names = listOf(text(attributes, 'creator_name'), /;/);
  const emails = listOf(text(attributes, 'creator_email'), /;/);
  const organisations = listOf(text(attributes, 'creator_institution'), /;/);
  const nth = (list: readonly string[], n: number) => (list.length === names.length ? list[n] || null : null);
  return names
    .filter((name) => name !== '')
    .map((name, n) => ({
      name,
      organisation: organisations.length === 1 ? (organisations[0] ?? null) : nth(organisations, n),
      email: nth(emails, n),
    }));
}

/** What the global attributes say; those that no field of the metadata has keep their names. */
export function metadataOfAttributes(attributes: Attributes, station: TableMetadata['station']): TableMetadata {
  const featureType = text(attributes, 'featureType');
  const doi = /10\.\d{4,9}\/[^\s"<>]+/.exec(text(attributes, 'doi') ?? '');
  const own = Object.entries(attributes).filter(([name]) => !SAID_OTHERWISE.has(name));
  return {
    ...NO_METADATA,
    identifier: text(attributes, 'id'),
    title: text(attributes, 'title'),
    summary: text(attributes, 'summary'),
    featureType: FEATURE_TYPES.find((known) => known.toLowerCase() === featureType?.toLowerCase()) ?? null,
    station,
    creators: creatorsOf(attributes),
    institution: text(attributes, 'institution'),
    source: text(attributes, 'source'),
    project: text(attributes, 'project'),
    licence: text(attributes, 'license'),
    doi: doi?.[0] ?? null,
    keywords: listOf(text(attributes, 'keywords'), /,/).filter((word) => word !== ''),
    comment: text(attributes, 'comment'),
    acknowledgement: text(attributes, 'acknowledgement'),
    modified: text(attributes, 'date_modified'),
    history: listOf(text(attributes, 'history'), /\n/),
    attributes: Object.fromEntries(own),
  };
}

const isAlone = (variable: NetCdfVariable) =>
  variable.dimensions.length === 0 && variable.type !== 'char' && variable.type !== 'string';

function coordinate(dataset: NetCdfDataset, kind: 'latitude' | 'longitude' | 'altitude'): NetCdfVariable | undefined {
  const unit = { latitude: /^degrees?_?(north|N)$/, longitude: /^degrees?_?(east|E)$/, altitude: /^$/ }[kind];
  return dataset.variables.find(
    (v) =>
      isAlone(v) &&
      (v.attributes.standard_name === kind || v.name === kind || unit.test(String(v.attributes.units ?? '-'))),
  );
}

async function numberAt(dataset: NetCdfDataset, variable: NetCdfVariable | undefined): Promise<number | null> {
  if (variable === undefined) return null;
  const [value] = (await dataset.read(variable, 0, 1)) as Float64Array;
  const fill = variable.attributes._FillValue;
  if (value === undefined || !Number.isFinite(value) || value === fill || Math.abs(value) > 1e30) return null;
  // 2.964886 is stored in four bytes as 2.9648859500885: seven digits are all that they hold.
  return variable.type === 'float32' ? Number(value.toPrecision(7)) : value;
}

/** A fixed place of the whole file that its attributes name. */
function ofAttributes(attributes: Attributes): TableMetadata['station'] {
  const number = (...names: string[]) => {
    for (const name of names) {
      const value = Number.parseFloat(String(attributes[name] ?? ''));
      if (Number.isFinite(value)) return value;
    }
    return null;
  };
  const fixed = (axis: string) =>
    attributes[`geospatial_${axis}_min`] === attributes[`geospatial_${axis}_max`]
      ? number(`geospatial_${axis}_min`)
      : null;
  const [latitude, longitude] = [fixed('lat'), fixed('lon')];
  if (latitude === null || longitude === null) return null;
  const name = attributes.ebas_station_name;
  return {
    name: typeof name === 'string' ? name : null,
    latitude,
    longitude,
    elevation: fixed('vertical'),
  };
}

/**
 * Where a fixed station stands: from single latitude and longitude variables, else from the attributes. `variables` are those that say
 * nothing but this, as we write them (CF-1.8, section H.2.1); others stay variables of the table.
 */
export async function stationOf(
  dataset: NetCdfDataset,
): Promise<{ readonly station: TableMetadata['station']; readonly variables: readonly string[] }> {
  const [lat, lon, alt] = [
    coordinate(dataset, 'latitude'),
    coordinate(dataset, 'longitude'),
    coordinate(dataset, 'altitude'),
  ];
  const named = dataset.variables.find(
    (v) =>
      (v.attributes.cf_role === 'timeseries_id' || v.name === 'station_name') &&
      v.type === 'char' &&
      v.dimensions.length === 1,
  );
  if (lat === undefined || lon === undefined) return { station: ofAttributes(dataset.attributes), variables: [] };
  const label =
    named === undefined
      ? null
      : ((await dataset.read(
          named,
          0,
          dataset.dimensions.find((d) => d.name === named.dimensions[0])?.size ?? 0,
        )) as Uint8Array);
  const station = {
    name: label === null ? null : new TextDecoder().decode(label).replace(/\0+$/, '') || null,
    latitude: await numberAt(dataset, lat),
    longitude: await numberAt(dataset, lon),
    elevation: await numberAt(dataset, alt),
  };
  const ours = named?.name === 'station_name' && lat.name === 'lat' && lon.name === 'lon';
  const own = [named, lat, lon, ...(alt?.name === 'alt' ? [alt] : [])].flatMap((variable) => variable?.name ?? []);
  return { station, variables: ours ? own : [] };
}
