// The document of one data set as the data discovery API of ACTRIS gives it (keys as its Python client shows them): what it is, who may use it,
// at which facility, which variables, and where its files are.
import { codeOf } from '../../model/codes.ts';
import type { Link } from '../../model/description.ts';
import type { RecordFormat, RecordView } from '../../model/format.ts';
import type { Geometry, Position } from '../../model/geometry.ts';
import type { CatalogRecord } from '../../model/record.ts';
import type { ActrisFacility, Service } from '../../model/service.ts';
import { inLanguage } from '../../model/text.ts';
import { citationText } from './citation-parts.ts';
import { distinct } from './parties.ts';
import { doiAddress, linksOf } from './record-links.ts';
import { abstractIn, titleIn } from './text.ts';

export const ACTRIS = 'actris';
/** Of the data centre's unit for in-situ observations. */
const IN_SITU = 'In-Situ';
/** Farther from the facility than this, a record was made elsewhere: half a minute of arc or so on the ground. */
const NEAR_DEGREES = 0.01;

/** Names in the vocabulary of ACTRIS; other words stay as they are. */
const MATRICES: { readonly [matrix: string]: string } = { aerosol: 'aerosol particle phase', gas: 'gas phase' };
const PLATFORM_TYPE = 'observation platform, fixed';

type DescribedService = Pick<Service, 'name' | 'actris'>;

/** The format `actris`. `services`: where their facilities are. */
export function createActris(services: readonly DescribedService[] = []): RecordFormat {
  const facilities = new Map(services.map(({ name, actris }) => [name, actris]));
  return {
    id: ACTRIS,
    title: 'ACTRIS',
    mediaType: 'application/vnd.vobs.actris+json',
    extension: ACTRIS,
    purpose: 'protocol',
    write: (record, view) => JSON.stringify(actrisDocument(record, view, facilities.get(record.service) ?? null)),
  };
}

/** Does the record's point lie at the facility? Degrees are near enough here. */
export function isAtFacility({ geometry }: Pick<CatalogRecord, 'geometry'>, { position }: ActrisFacility): boolean {
  if (geometry?.type !== 'Point') return false;
  const [longitude, latitude] = geometry.coordinates;
  return Math.abs(longitude - position[0]) <= NEAR_DEGREES && Math.abs(latitude - position[1]) <= NEAR_DEGREES;
}

export function actrisDocument(record: CatalogRecord, view: RecordView, facility: ActrisFacility | null): object {
  const { language, site } = view;
  const known = facility !== null && isAtFacility(record, facility);
  return {
    dataset_metadata: {
      file_identifier: record.identifier,
      repository: { repository_id: facility === null ? site.shortName : IN_SITU },
      time_file_created: record.entered,
      time_metadata_created: record.entered,
      time_content_revised: record.updated,
    },
    identification: {
      identifier:
        record.doi === null
          ? { pid: view.uri(record), pid_type: 'URL' }
          : { pid: doiAddress(record.doi), pid_type: 'DOI' },
      title: titleIn(record, language),
      abstract: abstractIn(record, language),
      // Organisations alone: the catalogue names no persons.
      roles: [],
      organisations: organisationsOf(record, view),
    },
    usage_information: {
      data_licence: record.licence.id,
      metadata_licence: site.licence.id,
      citation: citationText(record, view),
      acknowledgement: site.attribution,
    },
    product_type: 'observation',
    facility: known ? facilityOf(facility) : placeOf(record, view),
    spatial_extent: withHeight(record.geometry, record.elevation),
    temporal_extent: periodOf(record),
    variables: variablesOf(record, view, facility),
    distribution_information: distributionOf(record, view),
  };
}

function organisationsOf(record: CatalogRecord, { site }: RecordView): readonly object[] {
  const contacts = record.contacts.length > 0 ? record.contacts : [site.organisation];
  return distinct(contacts).map(({ organisation, identifier, email }) => ({
    name: organisation,
    role_code: contacts.filter((other) => other.organisation === organisation).map(({ role }) => role),
    ...(identifier === undefined ? {} : { identifier }),
    ...(email === undefined ? {} : { email }),
  }));
}

function facilityOf({
  identifier,
  name,
  type,
  position,
  elevation,
  country,
  wmoRegion,
  nationalFacility,
}: ActrisFacility) {
  return {
    identifier,
    name,
    facility_type: type,
    location: { type: 'Point', coordinates: [...position, elevation] },
    country_code: country,
    wmo_region: wmoRegion,
    actris_national_facility: nationalFacility,
  };
}

/** Where a record was made that is not of the facility: its platform, else its place. */
function placeOf(record: CatalogRecord, { language, site }: RecordView): object {
  const [platform] = record.platformUses;
  const name = platform === undefined ? record.places[0] : inLanguage(platform.title, language);
  return {
    identifier: platform?.id ?? record.service,
    name: name || site.shortName,
    facility_type: PLATFORM_TYPE,
    location: record.geometry?.type === 'Point' ? withHeight(record.geometry, record.elevation) : null,
    country_code: null,
    wmo_region: null,
    actris_national_facility: false,
  };
}

/** GeoJSON, longitude first; a point has its height above mean sea level in metres where it is known. */
function withHeight(geometry: Geometry | null, elevation: number | null): object | null {
  if (geometry?.type !== 'Point' || elevation === null) return geometry;
  const [longitude, latitude]: Position = geometry.coordinates;
  return { type: 'Point', coordinates: [longitude, latitude, elevation] };
}

function periodOf({ time }: CatalogRecord): object {
  if (time.kind === 'none') return { time_period_begin: null, time_period_end: null };
  const [begin, end] = time.kind === 'instant' ? [time.at, time.at] : [time.begin, time.end];
  return { time_period_begin: begin, time_period_end: end };
}

const textField = ({ fields }: CatalogRecord, name: string): string | null => {
  const value = fields[name];
  return typeof value === 'string' && value !== '' ? value : null;
};

/** `1h` → `PT1H`, `5mn` → `PT5M`, `1d` → `P1D`; a duration stays one. */
function durationOf(text: string | null): string | null {
  const [, count, unit] = /^(\d+)\s*(s|mn|min|h|d|w|mo|y)$/.exec(text ?? '') ?? [];
  const period: { readonly [unit: string]: string } = {
    s: `PT${count}S`,
    mn: `PT${count}M`,
    min: `PT${count}M`,
    h: `PT${count}H`,
    d: `P${count}D`,
    w: `P${count}W`,
    mo: `P${count}M`,
    y: `P${count}Y`,
  };
  return unit === undefined ? text : (period[unit] ?? text);
}

function variablesOf(record: CatalogRecord, view: RecordView, facility: ActrisFacility | null): readonly object[] {
  const name = textField(record, 'parameter');
  if (name === null) return [];
  const matrix = textField(record, 'matrix');
  const instruments = record.instrumentUses.map(({ title }) => inLanguage(title, view.language));
  return [
    {
      variable_name: name,
      variable_property_of_interest: name.replaceAll('_', ' '),
      object_of_interest: matrix,
      variable_matrix: matrix === null ? null : (MATRICES[matrix] ?? matrix),
      unit: textField(record, 'unit'),
      timeliness: record.productLevel === 'raw' ? 'preliminary' : 'final',
      instrument: instruments,
      framework: facility?.framework ?? [],
      method: codeOf(view.codes.acquisition, record.acquisition)?.label.en ?? null,
      temporal_resolution: durationOf(textField(record, 'resolution')),
    },
  ];
}

const FORMATS: readonly (readonly [pattern: RegExp, name: string])[] = [
  [/netcdf/, 'NetCDF'],
  [/nasa-ames|ebas/, 'NASA Ames'],
  [/csv/, 'CSV'],
  [/covjson|prs\.coverage/, 'CoverageJSON'],
  [/json/, 'JSON'],
  [/tiff/, 'GeoTIFF'],
];

function distributionOf(record: CatalogRecord, view: RecordView): readonly object[] {
  // Registered accounts are refused nobody, but a program without one is refused.
  const restricted = record.authorization !== 0 || record.embargoUntil !== null;
  return linksOf(record, view)
    .filter((link) => link.role === 'data')
    .map((link: Link) => ({
      data_format: FORMATS.find(([pattern]) => pattern.test(link.type ?? ''))?.[1] ?? link.type ?? 'unknown',
      dataset_url: link.href,
      protocol: 'HTTP',
      access_restriction: { restricted },
      ...(link.length === undefined ? {} : { transfersize: { size: Math.ceil(link.length / 1000), unit: 'KB' } }),
    }));
}
