// What a schema cannot say about one service file: names that must be unique or known, dates that must not overlap.
import { type Codes, codeOf } from '../model/codes.ts';
import type { InstrumentConfiguration } from '../model/description.ts';
import type { DataDimension, Service } from '../model/service.ts';
import { below } from './fault.ts';
import { COMMON_FIELDS } from './fields.ts';

/** Tells one fault of the file at hand. */
export type Tell = (pointer: string, reason: string) => void;

/** Names that the public addresses use in the place of a service's (`/id/service/…`, `/collections/records`). */
export const RESERVED_NAMES: readonly string[] = ['service', 'org', 'record', 'catalog', 'records'];

/** Columns of the table `metadata` that an import may fill. */
export const IMPORT_COLUMNS: readonly string[] =
  'id name description authorization_ date_b time_b date_e time_e latitude longitude elevation epsg acquisition format doi version lang keywords product_level instrument platform licence resolution_m elevation_max data_created data_published embargo_until access_groups'.split(
    ' ',
  );

export function checkService(service: Service, file: string, codes: Codes | undefined, tell: Tell): void {
  const expected = file.slice(file.lastIndexOf('/') + 1).replace(/\.json$/, '');
  if (service.name !== expected) tell('/name', `the file is called ${expected}.json`);
  if (RESERVED_NAMES.includes(service.name)) tell('/name', `'${service.name}' is a reserved name`);
  if (codes !== undefined) checkDefaults(service, codes, tell);
  checkInstruments(service, tell);
  checkFields(service, tell);
  checkData(service, tell);
  checkImport(service, tell);
  if (service.extent.begin !== null && service.extent.end !== null && service.extent.end < service.extent.begin) {
    tell('/extent/end', 'lies before the begin');
  }
  service.toConfirm.forEach((pointer, index) => {
    if (valueAt(service, pointer) === undefined) tell(below('/toConfirm', index), `nothing stands at ${pointer}`);
  });
}

/** Tells each value that an earlier one has already. */
export function tellRepeated(values: readonly string[], pointerOf: (index: number) => string, tell: Tell): void {
  const seen = new Set<string>();
  values.forEach((value, index) => {
    if (seen.has(value)) tell(pointerOf(index), `'${value}' stands twice`);
    seen.add(value);
  });
}

function checkDefaults({ defaults }: Service, codes: Codes, tell: Tell): void {
  for (const name of ['authorization', 'acquisition', 'format'] as const) {
    const code = defaults[name];
    if (code !== null && codeOf<{ readonly code: number }>(codes[name], code) === undefined) {
      tell(`/defaults/${name}`, `${code} is not a code of ${name} in codes.json`);
    }
  }
}

function checkInstruments({ instruments, platforms }: Service, tell: Tell): void {
  tellRepeated(
    instruments.map(({ id }) => id),
    (index) => below('/instruments', index, 'id'),
    tell,
  );
  tellRepeated(
    platforms.map(({ id }) => id),
    (index) => below('/platforms', index, 'id'),
    tell,
  );
  instruments.forEach((instrument, index) => {
    const at = below('/instruments', index);
    if (instrument.platform !== undefined && !platforms.some(({ id }) => id === instrument.platform)) {
      tell(below(at, 'platform'), `'${instrument.platform}' is not a platform of this service`);
    }
    checkConfigurations(instrument.configurations, below(at, 'configurations'), tell);
  });
}

function checkConfigurations(configurations: readonly InstrumentConfiguration[], at: string, tell: Tell): void {
  configurations.forEach((configuration, index) => {
    const { from, to } = configuration;
    if (to !== null && to < from) tell(below(at, index, 'to'), `${to} lies before ${from}`);
    const other = configurations.findIndex(
      (earlier, before) =>
        before < index && (earlier.to === null || from <= earlier.to) && (to === null || earlier.from <= to),
    );
    if (other >= 0) tell(below(at, index), `overlaps with configuration ${other} of the same instrument`);
  });
}

function checkFields({ fields }: Service, tell: Tell): void {
  tellRepeated(
    fields.map(({ name }) => name),
    (index) => below('/fields', index, 'name'),
    tell,
  );
  fields.forEach(({ name, type, values }, index) => {
    if (COMMON_FIELDS.some((common) => common.name === name)) {
      tell(below('/fields', index, 'name'), `'${name}' is the name of a field that every record has`);
    }
    values?.forEach((value, place) => {
      if ((type === 'integer' || type === 'number') && !Number.isFinite(Number(value))) {
        tell(below('/fields', index, 'values', place), `'${value}' is not a ${type}`);
      }
    });
  });
}

function checkData({ data, fields }: Service, tell: Tell): void {
  if (data === null) return;
  const names = data.columns.map(({ name }) => name);
  tellRepeated(names, (index) => below('/data/columns', index, 'name'), tell);
  data.key.forEach((name, index) => {
    if (!names.includes(name)) tell(below('/data/key', index), `'${name}' is not a column of the data`);
  });
  if (data.columns.find(({ name }) => name === 'record')?.type !== 'integer') {
    tell('/data/columns', "there is no column 'record' of integers: the number of the record that a row belongs to");
  }
  data.series?.forEach((name, index) => {
    if (name !== 'instrument' && name !== 'platform' && !fields.some((field) => field.name === name)) {
      tell(below('/data/series', index), `'${name}' is not a field of this service, instrument or platform`);
    }
  });
  const dimensions = new Map<string, DataDimension>();
  data.columns.forEach(({ name, type, dimension, unitField }, index) => {
    const at = below('/data/columns', index);
    if (unitField !== undefined && !fields.some((field) => field.name === unitField)) {
      tell(below(at, 'unitField'), `'${unitField}' is not a field of this service`);
    }
    if (dimension === undefined) return;
    if (type !== 'number') tell(below(at, 'type'), 'a column with a dimension holds numbers');
    if (data.key.includes(name)) tell(below(at, 'dimension'), 'a part of the natural key has one value');
    checkDimension(dimension, dimensions, below(at, 'dimension'), tell);
  });
}

/** One name is one dimension, and each of its places has a coordinate or none has. */
function checkDimension(dimension: DataDimension, known: Map<string, DataDimension>, at: string, tell: Tell): void {
  const { name, size, coordinates } = dimension;
  const other = known.get(name);
  if (other !== undefined && JSON.stringify(other) !== JSON.stringify(dimension)) {
    tell(at, `another column describes the dimension '${name}' differently`);
  }
  known.set(name, other ?? dimension);
  if (Array.isArray(coordinates) && coordinates.length !== size) {
    tell(below(at, 'coordinates'), `there are ${coordinates.length} for ${size} places`);
  }
}

function checkImport(service: Service, tell: Tell): void {
  for (const [column, target] of Object.entries(service.import.columns)) {
    const field = target.startsWith('fields.') ? target.slice('fields.'.length) : null;
    const known = field === null ? IMPORT_COLUMNS.includes(target) : service.fields.some(({ name }) => name === field);
    if (!known)
      tell(
        below('/import/columns', column),
        `'${target}' is neither a column of the table nor a field of this service`,
      );
  }
}

/** The value at a JSON pointer (RFC 6901); undefined where there is none. */
function valueAt(document: unknown, pointer: string): unknown {
  if (pointer === '') return document;
  let at: unknown = document;
  for (const step of pointer.slice(1).split('/')) {
    if (typeof at !== 'object' || at === null) return undefined;
    at = (at as { readonly [key: string]: unknown })[step.replaceAll('~1', '/').replaceAll('~0', '~')];
  }
  return at;
}
