// Rows of a record as a table that the EBAS codec takes (NILU, EBAS NASA Ames 1.1): components, units, statistics and the mandatory keys of the
// header, from the record and from what the service's file says of the facility.
import { ebasAttribute } from '../formats/codecs/ebas-keys.ts';
import { isAtFacility } from '../formats/writers/actris.ts';
import type { Contact } from '../model/description.ts';
import type { CatalogRecord, ProductLevel } from '../model/record.ts';
import type { ActrisFacility, EbasFiles, Service } from '../model/service.ts';
import type { Attributes, Chunk, Column, FlagSet, Table, Values } from '../model/table.ts';
import { columnIndex } from '../model/table.ts';

/** What a record is in the words of EBAS. */
export interface EbasUse {
  readonly facility: ActrisFacility;
  readonly ebas: EbasFiles;
  readonly component: string;
  readonly unit: string;
  readonly matrix: string;
  readonly instrument: string;
  readonly instrumentType: string;
}

/** 0 raw, 1 quality checked, 2 final. */
const DATA_LEVELS: { readonly [L in ProductLevel]: string } = { raw: '0', validated: '1', product: '2' };
/** Columns of the record's own parameter, and the statistics that they are. */
const STATISTICS: { readonly [column: string]: string } = {
  value: 'arithmetic mean',
  percentile_15_87: 'percentile:15.87',
  percentile_84_13: 'percentile:84.13',
};
const FLAG = 'flag';

/** null: the record has no rows that EBAS has words for: another place, several instruments, a matrix or an instrument that is not listed. */
export function ebasUse(record: CatalogRecord, service: Pick<Service, 'actris'>): EbasUse | null {
  const { actris: facility } = service;
  const ebas = facility?.ebas;
  if (facility === null || ebas === undefined || record.level !== 'dataset' || !record.hasRows) return null;
  if (!isAtFacility(record, facility)) return null;
  const { parameter, unit, matrix } = record.fields;
  const known = record.instruments.filter((id) => Object.hasOwn(ebas.instruments, id));
  const [instrument] = known;
  if (typeof parameter !== 'string' || typeof matrix !== 'string' || instrument === undefined || known.length > 1) {
    return null;
  }
  const [instrumentType, ebasMatrix] = [ebas.instruments[instrument], ebas.matrices[matrix]];
  if (instrumentType === undefined || ebasMatrix === undefined) return null;
  return {
    facility,
    ebas,
    component: parameter,
    unit: typeof unit === 'string' ? unit : 'no unit',
    matrix: ebasMatrix,
    instrument,
    instrumentType,
  };
}

/** The table with the words of EBAS. The rows are read once to leave out columns without any value. */
export async function ebasTable(table: Table, record: CatalogRecord, use: EbasUse): Promise<Table> {
  const filled = await filledColumns(table);
  const flag = columnIndex(table, FLAG);
  const variables = table.columns.flatMap((column, place) => {
    const own = filled.has(place) ? variableOf(column, use) : null;
    return own === null ? [] : [{ place, column: flag < 0 ? own : { ...own, ancillary: [FLAG] } }];
  });
  const times = [table.axis?.column, table.axis?.end].flatMap((name) => {
    const place = name === undefined || name === null ? -1 : columnIndex(table, name);
    return place < 0 ? [] : [{ place, column: table.columns[place] as Column }];
  });
  const flags = flag < 0 ? [] : [{ place: flag, column: flagColumn(table.columns[flag] as Column) }];
  const chosen = [...times, ...variables, ...flags];
  const single = variables.some(({ column }) => column.name in STATISTICS);
  return {
    ...table,
    columns: chosen.map(({ column }) => column),
    dimensions: [],
    fixed: [],
    metadata: {
      ...table.metadata,
      institution: use.ebas.organisation,
      project: use.facility.framework.join(' '),
      attributes: keysOf(record, use, single),
    },
    chunks: () => chosenChunks(table, chosen),
  };
}

async function filledColumns(table: Table): Promise<ReadonlySet<number>> {
  const filled = new Set<number>();
  for await (const { values } of table.chunks()) {
    values.forEach((own, place) => {
      if (own instanceof Float64Array && !filled.has(place) && own.some((value) => !Number.isNaN(value)))
        filled.add(place);
    });
  }
  return filled;
}

function variableOf(column: Column, { ebas, component, unit, matrix }: EbasUse): Column | null {
  const words = (own: string, ownUnit: string, statistics: string): Column => ({
    ...column,
    attributes: {
      ebas_component: own,
      ebas_unit: ownUnit,
      ebas_matrix: matrix,
      ebas_statistics: statistics,
    },
  });
  const statistics = Object.hasOwn(STATISTICS, column.name) ? STATISTICS[column.name] : undefined;
  if (statistics !== undefined) return words(component, unit, statistics);
  const own = Object.hasOwn(ebas.columns, column.name) ? ebas.columns[column.name] : undefined;
  return own === undefined ? null : words(own.component, own.unit, 'arithmetic mean');
}

const flagColumn = (column: Column): Column => ({ ...column, type: 'flags', unit: null, attributes: {} });

interface Chosen {
  readonly place: number;
  readonly column: Column;
}

async function* chosenChunks(table: Table, chosen: readonly Chosen[]): AsyncGenerator<Chunk> {
  for await (const { rows, values } of table.chunks()) {
    yield {
      rows,
      values: chosen.map(({ place, column }): Values => {
        const own = values[place] as Values;
        if (column.type !== 'flags' || !(own instanceof Float64Array)) return own;
        return Array.from(own, (flag): FlagSet => (Number.isNaN(flag) || flag === 0 ? [] : [flag]));
      }),
    };
  }
}

/** Values of the header by the names that the codec gives its keys. `single`: the file is of one component. */
function keysOf(record: CatalogRecord, use: EbasUse, single: boolean): Attributes {
  const { facility, ebas, component, unit, matrix, instrument, instrumentType } = use;
  const [longitude, latitude] = facility.position;
  const laboratory = ebas.keys['Laboratory code'] ?? '';
  const keys: { readonly [key: string]: string | null } = {
    ...ebas.keys,
    'Represents DOI': record.doi,
    Statistics: 'arithmetic mean',
    'Data level': record.productLevel === null ? null : DATA_LEVELS[record.productLevel],
    'Station latitude': String(latitude),
    'Station longitude': String(longitude),
    'Station altitude': `${facility.elevation.toFixed(1)}m`,
    Component: single ? component : null,
    Unit: single ? unit : null,
    Matrix: matrix,
    'Instrument type': instrumentType,
    'Instrument name': `${instrument}_01`,
    'Method ref': `${laboratory}_${instrument}_method`,
    Originator: peopleOf(record.contacts, ['originator', 'author', 'principalInvestigator']),
    Submitter: peopleOf(record.contacts, ['publisher', 'distributor', 'pointOfContact']),
    Comment: `${record.identifier} ${record.title}`.replaceAll(':', ' '),
  };
  return Object.fromEntries(
    Object.entries(keys).flatMap(([key, value]) => (value ? [[ebasAttribute(key), value]] : [])),
  );
}

/** Eleven fields, names of persons left empty: name, first name, e-mail, organisation, acronym, unit, address 1 and 2, ZIP, town, country. */
function peopleOf(contacts: readonly Contact[], roles: readonly string[]): string | null {
  const found = contacts.find(({ role }) => roles.includes(role)) ?? contacts[0];
  if (found === undefined) return null;
  const { organisation, email, address } = found;
  const cells = [
    '',
    '',
    email,
    organisation,
    '',
    '',
    address?.street,
    '',
    address?.postalCode,
    address?.city,
    address?.country,
  ];
  return cells.map((cell = '') => (cell.includes(',') ? `"${cell}"` : cell)).join(', ');
}
