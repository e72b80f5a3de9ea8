// The series of a service as Theia|OZCAR counts them: one for each site and each measured column, from the rows that everybody may take; a
// record without rows gives the numbers that it has itself under the names of the columns.
import type { Catalogue } from '../catalogue/catalogue.ts';
import type { DataAccess } from '../data/data-access.ts';
import { parseDateTime } from '../formats/syntax/datetime.ts';
import type { InstrumentUse } from '../model/description.ts';
import type { Position } from '../model/geometry.ts';
import { EVERYTHING } from '../model/query.ts';
import type { CatalogRecord, ProductLevel } from '../model/record.ts';
import type { DataColumn, Service } from '../model/service.ts';
import { columnIndex, type Table, timeIndex, WHOLE } from '../model/table.ts';
import { ANONYMOUS, mayTakeData } from '../model/viewer.ts';

export interface Point {
  /** Milliseconds since 1970. */
  readonly time: number;
  readonly value: number;
}

export interface Site {
  /** As the records name it; the last part of identifiers is made of it. */
  readonly name: string;
  readonly title: string;
  readonly position: Position | null;
  readonly elevation: number | null;
  readonly instruments: readonly InstrumentUse[];
  readonly levels: readonly ProductLevel[];
  /** RFC 3339: the last change of any of its records. */
  readonly updated: string;
  /** By column, in the order of time; columns without a value are not there. */
  readonly series: ReadonlyMap<string, readonly Point[]>;
}

export interface SeriesSource {
  readonly catalogue: Catalogue;
  readonly data: DataAccess;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

interface Growing {
  title: string;
  position: Position | null;
  elevation: number | null;
  updated: string;
  readonly instruments: Map<string, InstrumentUse>;
  readonly levels: Set<ProductLevel>;
  readonly series: Map<string, Point[]>;
}

/** Columns of numbers that are observations. */
export function observedColumns({ data }: Pick<Service, 'data'>): readonly DataColumn[] {
  const columns = data?.columns ?? [];
  return columns.filter(({ type, dimension }) => type === 'number' && dimension === undefined);
}

/** Sites in the order of their names. `titleOf`: what people call a site. */
export async function readSites(
  service: Service,
  { catalogue, data, clock }: SeriesSource,
  titleOf: (site: string) => string,
): Promise<readonly Site[]> {
  const columns = observedColumns(service);
  const today = new Date(clock()).toISOString().slice(0, 10);
  const sites = new Map<string, Growing>();
  const siteOfRecord = new Map<number, Growing>();
  const withRows = new Set((await data.records(service.name, ANONYMOUS)).map(({ record }) => record));
  const query = { ...EVERYTHING, services: [service.name], levels: ['dataset' as const] };
  for await (const records of catalogue.stream(query, ANONYMOUS)) {
    for (const record of records) {
      const name = siteNameOf(record, service);
      if (name === null) continue;
      const site = sites.get(name) ?? emptySite(titleOf(name));
      sites.set(name, site);
      siteOfRecord.set(record.id, site);
      describe(site, record);
      if (!withRows.has(record.id) && mayTakeData(ANONYMOUS, record, today)) addOwn(site, record, columns);
    }
  }
  if (withRows.size > 0) await addRows(await wholeTable(service, data), siteOfRecord, columns);
  return [...sites]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, site]) => ({
      name,
      ...site,
      instruments: [...site.instruments.values()],
      levels: [...site.levels].sort(),
      series: new Map([...site.series].map(([column, points]) => [column, points.sort((a, b) => a.time - b.time)])),
    }));
}

const emptySite = (title: string): Growing => ({
  title,
  position: null,
  elevation: null,
  updated: '',
  instruments: new Map(),
  levels: new Set(),
  series: new Map(),
});

function siteNameOf({ fields }: CatalogRecord, { old }: Service): string | null {
  const value = fields[old.localization ?? 'site'];
  return typeof value === 'string' && value !== '' ? value : null;
}

function describe(site: Growing, record: CatalogRecord): void {
  if (site.position === null && record.geometry?.type === 'Point') site.position = record.geometry.coordinates;
  site.elevation ??= record.elevation;
  if (record.updated > site.updated) site.updated = record.updated;
  for (const use of record.instrumentUses) site.instruments.set(use.id, use);
  if (record.productLevel !== null) site.levels.add(record.productLevel);
}

function add(site: Growing, column: string, point: Point): void {
  const points = site.series.get(column);
  if (points === undefined) site.series.set(column, [point]);
  else points.push(point);
}

function addOwn(site: Growing, record: CatalogRecord, columns: readonly DataColumn[]): void {
  const { time, fields } = record;
  const begin = time.kind === 'instant' ? time.at : time.kind === 'period' ? time.begin : null;
  if (begin === null) return;
  const at = parseDateTime(begin).start;
  for (const { name } of columns) {
    const value = fields[name];
    if (typeof value === 'number') add(site, name, { time: at, value });
  }
}

function wholeTable(service: Service, data: DataAccess): Promise<Table> {
  return data.rows({ service: service.name, record: null, cut: WHOLE, limit: null }, ANONYMOUS);
}

async function addRows(
  table: Table,
  siteOfRecord: ReadonlyMap<number, Growing>,
  columns: readonly DataColumn[],
): Promise<void> {
  const [time, record] = [timeIndex(table), columnIndex(table, 'record')];
  const wanted = columns.map(({ name }) => ({ name, place: columnIndex(table, name) }));
  for await (const { rows, values } of table.chunks()) {
    const [times, owners] = [values[time] as Float64Array, values[record] as Float64Array];
    for (let row = 0; row < rows; row++) {
      const site = siteOfRecord.get(owners[row] as number);
      const at = times[row] as number;
      if (site === undefined || Number.isNaN(at)) continue;
      for (const { name, place } of wanted) {
        const value = (values[place] as Float64Array)[row] as number;
        if (!Number.isNaN(value)) add(site, name, { time: at, value });
      }
    }
  }
}
