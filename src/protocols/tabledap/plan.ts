// Query → table: what is read, what is asked of the database, and what is done to the rows on their way. Everything that is wrong with the query
// is told before a row is read.
import type { DataAccess } from '../../data/data-access.ts';
import { type Condition, filterRows, selectColumns } from '../../data/tables/conditions.ts';
import { columnsToRead, flatten } from '../../data/tables/flatten.ts';
import { withPositions } from '../../data/tables/positions.ts';
import { printTime } from '../../formats/codecs/iso-time.ts';
import { wholeMatch } from '../../formats/syntax/pattern.ts';
import { AppError, type ParameterFault, SyntaxFault } from '../../model/errors.ts';
import { type Column, type Cut, columnIndex, type Selection, type Table } from '../../model/table.ts';
import type { Viewer } from '../../model/viewer.ts';
import type { DataSet } from './data-set.ts';
import { type RowFunction, rowFunction } from './functions.ts';
import type { Constraint, TabledapQuery } from './query.ts';
import { offsetInstant, parseInstant } from './times.ts';

export interface Plan {
  readonly set: DataSet;
  /** In the order of the answer. */
  readonly variables: readonly Column[];
  readonly conditions: readonly Condition[];
  readonly functions: readonly RowFunction[];
  readonly selection: Selection;
  /** Columns of the data set that the conditions or the answer need. */
  readonly needed: readonly string[];
  /** Does the answer depend on the moment at which it is asked? */
  readonly relative: boolean;
}

export interface PlanParts {
  readonly data: DataAccess;
  /** Milliseconds since 1970. */
  readonly clock: () => number;
}

const shown = (text: string): string => text.slice(0, 100);

/** Runs a parser; what it throws becomes a fault of the part. */
function attempt<T>(part: string, faults: ParameterFault[], make: () => T): T | null {
  try {
    return make();
  } catch (error) {
    if (!(error instanceof SyntaxFault)) throw error;
    faults.push({ parameter: shown(part), detail: error.detail });
    return null;
  }
}

function columnNamed(set: DataSet, name: string): Column {
  const variable = set.variables.find(({ column }) => column.name === name);
  if (variable !== undefined) return variable.column;
  const list = set.variables.map(({ column }) => column.name).join(', ');
  throw new SyntaxFault(
    `there is no variable ${name.slice(0, 60)}; there are: ${list}`,
    `il n'y a pas de variable ${name.slice(0, 60)} ; il y a : ${list}`,
  );
}

const EXTREME = /^(min|max)\(\s*(?:s\.)?([A-Za-z_]\w*)\s*\)(.*)$/s;

/** `max(time)-1day`, `min(record)`: known where the data set says its range. */
function extremeValue(set: DataSet, column: Column, match: RegExpExecArray): number {
  const [, which, name = '', rest = ''] = match;
  const range = set.variables.find((variable) => variable.column.name === columnNamed(set, name).name)?.attributes
    .actual_range;
  if (!Array.isArray(range)) {
    throw new SyntaxFault(
      `the range of ${name} is not known; min and max are for the variable of time`,
      `l'étendue de ${name} n'est pas connue ; min et max sont pour la variable de temps`,
    );
  }
  const bound = (range as readonly number[])[which === 'min' ? 0 : 1] as number;
  if (column.type === 'time') return offsetInstant(bound * 1000, rest);
  const offset =
    rest.trim() === ''
      ? 0
      : Number(
          rest
            .trim()
            .replace(/^ /, '+')
            .replace(/^([+-])\s+/, '$1'),
        );
  if (Number.isNaN(offset))
    throw new SyntaxFault(
      'after min() or max() stands nothing, or + or - and a number',
      'après min() ou max(), rien, ou + ou - et un nombre',
    );
  return bound + offset;
}

function wantedValue(set: DataSet, column: Column, { value }: Constraint, now: number): number | string {
  if (column.type === 'text') return value;
  const extreme = EXTREME.exec(value.trim());
  if (extreme !== null) return extremeValue(set, column, extreme);
  if (column.type === 'time') return parseInstant(value, now);
  const text = value.trim();
  const number = text === '' || /^nan$/i.test(text) ? Number.NaN : Number(text);
  if (Number.isNaN(number) && text !== '' && !/^nan$/i.test(text))
    throw new SyntaxFault(`${column.name} is a number`, `${column.name} est un nombre`);
  return number;
}

/** A number as it stands in a text answer. */
const printOf = ({ type }: Column): ((value: number) => string) => (type === 'time' ? printTime : String);

function conditionOf(set: DataSet, constraint: Constraint, now: number): Condition {
  const column = columnNamed(set, constraint.variable);
  if (constraint.operator === '=~')
    return { column: column.name, test: wholeMatch(constraint.value), print: printOf(column) };
  return { column: column.name, comparison: constraint.operator, value: wantedValue(set, column, constraint, now) };
}

/** The bounds that all conditions on a column put on it; null: none, or it is asked for what is missing. */
function boundsOf(conditions: readonly Condition[], name: string): readonly [low: number, high: number] | null {
  let [low, high] = [Number.NEGATIVE_INFINITY, Number.POSITIVE_INFINITY];
  for (const condition of conditions) {
    if (condition.column !== name || 'test' in condition || typeof condition.value !== 'number') continue;
    const { comparison, value } = condition;
    if (Number.isNaN(value)) continue;
    if (comparison === '=' || comparison === '>' || comparison === '>=') low = Math.max(low, value);
    if (comparison === '=' || comparison === '<' || comparison === '<=') high = Math.min(high, value);
  }
  return low === Number.NEGATIVE_INFINITY && high === Number.POSITIVE_INFINITY ? null : [low, high];
}

/** What the database can narrow down; the conditions are looked at again row by row. */
function cutOf({ description }: DataSet, conditions: readonly Condition[]): Pick<Cut, 'time' | 'box'> {
  const { axis, columns } = description;
  const time =
    axis === null || columns[columnIndex(description, axis.column)]?.type !== 'time'
      ? null
      : boundsOf(conditions, axis.column);
  const finite = (value: number) => (Number.isFinite(value) ? value : null);
  const named = (standard: string) =>
    columns.find(({ standardName, dimensions }) => standardName === standard && dimensions.length === 0)?.name;
  const [x, y] = [named('longitude'), named('latitude')];
  const [width, height] = [
    x === undefined ? null : boundsOf(conditions, x),
    y === undefined ? null : boundsOf(conditions, y),
  ];
  const isBox = width !== null && height !== null && width[0] >= -180 && width[1] <= 180 && width[0] <= width[1];
  return {
    time: time === null ? null : { start: finite(time[0]), end: finite(time[1]) },
    box: isBox ? [width[0], Math.max(-90, height[0]), width[1], Math.min(90, height[1])] : null,
  };
}

/** One record where the conditions leave one alone: its rows are found faster, and the answer has its title. */
function recordOf(conditions: readonly Condition[]): number | null {
  const equal = conditions.find(
    (condition) => condition.column === 'record' && 'comparison' in condition && condition.comparison === '=',
  );
  const value = equal !== undefined && 'value' in equal ? equal.value : null;
  return typeof value === 'number' && Number.isInteger(value) && value > 0 ? value : null;
}

/** Throws AppError `invalid-parameter` with a fault for every part of the query that asks for what there is not. */
export function makePlan(set: DataSet, query: TabledapQuery, { clock }: PlanParts): Plan {
  const faults: ParameterFault[] = [];
  const now = clock();
  const variables =
    query.variables.length === 0
      ? set.variables.map(({ column }) => column)
      : query.variables.flatMap((name) => attempt(name, faults, () => columnNamed(set, name)) ?? []);
  const conditions = query.constraints.flatMap(
    (constraint) => attempt(constraint.text, faults, () => conditionOf(set, constraint, now)) ?? [],
  );
  const functions = query.functions.flatMap(
    (call) => attempt(call.text, faults, () => rowFunction(call, variables)) ?? [],
  );
  if (faults.length > 0) throw new AppError('invalid-parameter', { faults });
  const needed = [...new Set([...variables.map(({ name }) => name), ...conditions.map(({ column }) => column)])];
  const read = columnsToRead(set.description, needed);
  const isPlaced = needed.some(
    (name) =>
      !set.description.columns.some((column) => column.name === name) &&
      set.variables.some(({ column }) => column.name === name),
  );
  return {
    set,
    variables,
    conditions,
    functions,
    needed,
    selection: {
      service: set.id,
      record: recordOf(conditions),
      cut: {
        variables: isPlaced
          ? [...new Set([...read, 'record'])].filter((name) => columnIndex(set.description, name) >= 0)
          : read,
        ...cutOf(set, conditions),
      },
      limit: null,
    },
    relative: query.constraints.some(({ value }) => /^\s*(now|min\(|max\()/i.test(value)),
  };
}

/** The rows of the answer; nothing is read before the first chunk is asked for. */
export async function tableOf(plan: Plan, { data }: PlanParts, viewer: Viewer): Promise<Table> {
  const { set, needed, conditions, variables, functions } = plan;
  const rows = await data.rows(plan.selection, viewer);
  const positions = set.variables.map(({ column }) => column.name).filter((name) => needed.includes(name));
  const own = columnIndex(set.description, 'record') >= 0 ? [...new Set([...needed, 'record'])] : needed;
  const placed = withPositions(flatten(rows, own), positions, set.places);
  const kept = selectColumns(
    filterRows(placed, conditions),
    variables.map(({ name }) => name),
  );
  const { metadata } = kept;
  const titled = { ...kept, metadata: { ...metadata, title: metadata.title ?? String(set.globals.title) } };
  return functions.reduce((table: Table, apply) => apply(table), titled);
}
