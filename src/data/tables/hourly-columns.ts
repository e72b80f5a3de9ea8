// The columns of hourly statistics, with the header texts that EBAS wants of each (component, unit, Statistics).
import type { Attributes, Column, Table } from '../../model/table.ts';
import type { HourlyVariable } from './hourly.ts';

interface Statistic {
  readonly suffix: string;
  /** EBAS: value of the tag Statistics. */
  readonly ebas: string;
  /** CF 7.3. */
  readonly method: string | null;
  readonly label: string;
}

const MEAN: Statistic = { suffix: 'mean', ebas: 'arithmetic mean', method: 'mean', label: 'arithmetic mean' };
const PERCENTILES: readonly Statistic[] = [
  { suffix: 'perc1587', ebas: 'percentile:15.87', method: null, label: 'percentile 15.87' },
  { suffix: 'perc8413', ebas: 'percentile:84.13', method: null, label: 'percentile 84.13' },
];
const COUNT: Statistic = { suffix: 'count', ebas: 'sample count', method: null, label: 'number of samples' };

/** The line of the variable in an EBAS header, with another statistic; of a table that comes from elsewhere none. */
function headerLine(attributes: Attributes, statistic: Statistic): Attributes {
  const { nasa_ames_vname: line, nasa_ames_vmiss: _missing, nasa_ames_vscal: _scale, ...rest } = attributes;
  const own = { ...rest, ebas_statistics: statistic.ebas };
  if (typeof line !== 'string' || !line.includes(',')) return own;
  return { ...own, nasa_ames_vname: `${line.replace(/,\s*Statistics=[^,]*/, '')}, Statistics=${statistic.ebas}` };
}

function statisticColumn(source: Column, statistic: Statistic, flags: string): Column {
  const { storage: _storage, ancillary: _ancillary, ...rest } = source;
  const { icartt_vname: _icartt, ...attributes } = headerLine(source.attributes, statistic);
  const isCount = statistic === COUNT;
  return {
    ...rest,
    name: `${source.name}_${statistic.suffix}`,
    type: isCount ? 'integer' : 'number',
    unit: isCount ? null : source.unit,
    standardName: isCount ? null : source.standardName,
    label: { en: `${source.label.en ?? source.label.fr ?? source.name}, ${statistic.label}` },
    missing: null,
    ...(isCount ? {} : { ancillary: [flags] }),
    attributes: {
      ...attributes,
      ...(statistic.method === null ? {} : { cell_methods: `time: ${statistic.method} (interval: 1 hour)` }),
    },
  };
}

function flagsColumn(source: Column, name: string): Column {
  return {
    name,
    type: 'flags',
    unit: null,
    standardName: 'status_flag',
    label: { en: `EBAS flags of the hourly ${source.name}` },
    missing: null,
    dimensions: [],
    attributes: {},
  };
}

/** Start, end, then of each variable its statistics and its flags, in the order in which `hourly` gives the values. */
export function hourlyColumns(
  table: Table,
  time: number,
  variables: readonly HourlyVariable[],
  withCounts: boolean,
): readonly Column[] {
  const {
    nasa_ames_xname: _x,
    nasa_ames_vname: _v,
    icartt_xname: _i,
    ...attributes
  } = table.columns[time]?.attributes ?? {};
  const start: Column = { ...(table.columns[time] as Column), name: 'start_time', attributes, missing: null };
  const end: Column = { ...start, name: 'end_time', standardName: null, label: {} };
  const own = variables.flatMap(({ index, isAngle }) => {
    const source = table.columns[index] as Column;
    const flags = `${source.name}_qc`;
    const statistics = [MEAN, ...(isAngle ? [] : PERCENTILES), ...(withCounts ? [COUNT] : [])];
    return [...statistics.map((statistic) => statisticColumn(source, statistic, flags)), flagsColumn(source, flags)];
  });
  return [start, end, ...own];
}
