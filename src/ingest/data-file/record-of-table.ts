// From the header of a data file, and what its rows cover, to the record that describes it. What the file does not say is the service's.
import type { MetadataInput } from '../../mapping/row.ts';
import type { Codes } from '../../model/codes.ts';
import type { Contact } from '../../model/description.ts';
import type { Geometry } from '../../model/geometry.ts';
import type { FieldValue } from '../../model/record.ts';
import type { Service } from '../../model/service.ts';
import type { Column, Table, TableMetadata } from '../../model/table.ts';
import { inLanguage } from '../../model/text.ts';
import type { TableScan } from './scan-table.ts';

export interface DescribedFile {
  readonly table: Table;
  readonly scan: TableScan;
  /** Name of the file, without folder. */
  readonly name: string;
  /** Of the codec that reads it. */
  readonly format: string;
}

/** Of the customer's columns, in characters. */
const TITLE = 150;
const DESCRIPTION = 200;
const MOST_KEYWORDS = 25;
const DAY_MS = 86_400_000;

/** Formats of files → names in codes.json. */
const FORMAT_NAMES: { readonly [codec: string]: string } = {
  'nasa-ames': 'nasa-ames',
  ebas: 'nasa-ames',
  icartt: 'nasa-ames',
  netcdf3: 'netcdf',
  netcdf4: 'netcdf',
  csv: 'csv',
};

/** Cut at a word where there is one, with a sign that something is left out. */
function shortened(text: string, most: number): string {
  const clean = text.replace(/[\u0000-\u001f\u007f\s]+/g, ' ').trim();
  if (clean.length <= most) return clean;
  const cut = clean.slice(0, most - 1);
  const word = cut.lastIndexOf(' ');
  return `${cut.slice(0, word > most / 2 ? word : most - 1).replace(/[\s,;:]+$/, '')}…`;
}

/** Columns that hold what was measured. */
function variables({ columns, axis }: Table): readonly Column[] {
  const coordinates = new Set(['longitude', 'latitude', 'time']);
  return columns.filter(
    ({ name, type, standardName }) =>
      (type === 'number' || type === 'integer') &&
      name !== axis?.column &&
      name !== axis?.end &&
      !coordinates.has(standardName ?? ''),
  );
}

const wordsOf = (column: Column): string =>
  shortened(column.standardName?.replaceAll('_', ' ') ?? inLanguage(column.label, 'en') ?? column.name, 80);

function dateAndTime(milliseconds: number): readonly [date: string, time: string] {
  const text = new Date(milliseconds).toISOString();
  return [text.slice(0, 10), text.slice(11, 19)];
}

function periodOf({ time }: TableScan): Partial<MetadataInput> {
  if (time === null) return {};
  const [date_b, time_b] = dateAndTime(time.start);
  const [date_e, time_e] = dateAndTime(time.end);
  return { date_b, time_b, date_e, time_e };
}

/** Fixed coordinates of a grid: its outline. */
function outline({ fixed, dimensions }: Table): Geometry | null {
  const columns = [...fixed, ...dimensions.flatMap(({ coordinate }) => coordinate ?? [])];
  const range = (standardName: string): readonly [number, number] | null => {
    const found = columns.find(({ column }) => column.standardName === standardName && column.type === 'number');
    const numbers = found === undefined ? [] : [...(found.values as Float64Array)].filter(Number.isFinite);
    return numbers.length === 0 ? null : [Math.min(...numbers), Math.max(...numbers)];
  };
  const [x, y] = [range('longitude'), range('latitude')];
  if (x === null || y === null || x[0] < -180 || x[1] > 180 || y[0] < -90 || y[1] > 90) return null;
  if (x[0] === x[1] || y[0] === y[1]) return { type: 'Point', coordinates: [x[0], y[0]] };
  const ring = [
    [x[0], y[0]],
    [x[1], y[0]],
    [x[1], y[1]],
    [x[0], y[1]],
    [x[0], y[0]],
  ] as const;
  return { type: 'Polygon', coordinates: [ring] };
}

/** The station where the file names one, else where the rows were taken, else the outline of the grid. */
function placeOf(table: Table, { place, altitude }: TableScan): Partial<MetadataInput> {
  const { station } = table.metadata;
  const heights =
    altitude === null ? {} : { elevation: Math.round(altitude.min), elevation_max: Math.round(altitude.max) };
  if (place === null && station?.longitude != null && station.latitude != null) {
    const { longitude, latitude, elevation } = station;
    const at = longitude > 180 ? longitude - 360 : longitude;
    return {
      longitude: at,
      latitude,
      epsg: 4326,
      ...(elevation === null ? heights : { elevation: Math.round(elevation) }),
    };
  }
  const geometry = place ?? outline(table);
  if (geometry === null) return heights;
  if (geometry.type !== 'Point') return { footprint: geometry, ...heights };
  const [longitude, latitude] = geometry.coordinates;
  return { longitude, latitude, epsg: 4326, ...heights };
}

/** The organisation in a line that may hold a code before it and an address after it. */
function organisationOf(text: string): string {
  const parts = text
    .split(',')
    .map((part) => part.replaceAll('"', '').trim())
    .filter((part) => part !== '');
  const named = /^[A-Z]{2}\d\dL$/.test(parts[0] ?? '') ? parts.slice(1) : parts;
  const whole = named.join(', ');
  return shortened(whole.length <= 80 && !/\d/.test(whole) ? whole : (named[0] ?? whole), 200);
}

/** Who made the data beside who answers for the service: organisations only, persons stay in the file. */
function contactsOf({ creators, institution }: TableMetadata, service: Service): readonly Contact[] | null {
  const known = new Set(service.contacts.map(({ organisation }) => organisation.toLowerCase()));
  const names = creators.flatMap(({ organisation }) => organisation ?? []);
  const given = names.length > 0 ? names : institution === null ? [] : [institution];
  const makers = [...new Set(given.map(organisationOf))].filter(
    (name) => name !== '' && !known.has(name.toLowerCase()),
  );
  if (makers.length === 0) return null;
  return [...service.contacts, ...makers.map((organisation): Contact => ({ organisation, role: 'originator' }))];
}

/** Fields of the service that the file has under the same name. */
function fieldsOf({ attributes }: TableMetadata, service: Service): { readonly [name: string]: FieldValue } | null {
  const given = new Map(Object.entries(attributes).map(([name, value]) => [name.toLowerCase(), value]));
  const found = service.fields.flatMap(({ name, type, values }) => {
    const value = given.get(name.toLowerCase());
    const fits =
      type === 'text'
        ? typeof value === 'string' && (values?.includes(value) ?? true)
        : type === 'number' && typeof value === 'number';
    return fits ? [[name, value as FieldValue] as const] : [];
  });
  return found.length === 0 ? null : Object.fromEntries(found);
}

function embargoOf({ time }: TableScan, { defaults }: Service): string | null {
  if (defaults.embargoDays === null || time === null) return null;
  return new Date(time.end + defaults.embargoDays * DAY_MS).toISOString().slice(0, 10);
}

/** The row of the record, without its number. */
export function recordOfTable(file: DescribedFile, service: Service, codes: Codes): Omit<MetadataInput, 'id'> {
  const { table, scan, name, format } = file;
  const { metadata } = table;
  const measured = [...new Set(variables(table).map(wordsOf))];
  const title = metadata.title ?? metadata.source ?? name;
  const about = metadata.summary ?? metadata.comment ?? `${measured.slice(0, 12).join(', ')} (${name})`;
  const licence = metadata.licence?.trim() ?? '';
  const { defaults } = service;
  return {
    service: service.name,
    name: shortened(title, TITLE),
    description: shortened(about, DESCRIPTION),
    authorization_: defaults.authorization,
    acquisition: defaults.acquisition,
    format: codes.format.find((entry) => entry.name === FORMAT_NAMES[format])?.code ?? defaults.format,
    lang: 'en',
    ...periodOf(scan),
    ...placeOf(table, scan),
    keywords: [...new Set([...metadata.keywords, ...measured])]
      .map((word) => shortened(word, 80))
      .slice(0, MOST_KEYWORDS),
    contacts: contactsOf(metadata, service),
    doi: metadata.doi,
    licence: /^(https?:\/\/\S{4,90}|[A-Za-z0-9][\w.+-]{1,60})$/.test(licence) ? licence : null,
    data_created: /^\d{4}-\d\d-\d\d/.exec(metadata.modified ?? '')?.[0] ?? null,
    fields: fieldsOf(metadata, service),
    embargo_until: embargoOf(scan, service),
  };
}
