// The functions that the server applies to the rows: distinct, the orderBy family, units. Each is a function of a table.
import {
  type Computed,
  extremesOfGroups,
  firstOfGroups,
  type GroupTerm,
  type Kept,
  nearestOfGroups,
  summariseGroups,
} from '../../data/tables/group-rows.ts';
import { distinctRows, orderRows } from '../../data/tables/order-rows.ts';
import { SyntaxFault } from '../../model/errors.ts';
import type { Column, Table } from '../../model/table.ts';
import type { FunctionCall } from './query.ts';
import { spanOf } from './times.ts';

export type RowFunction = (table: Table) => Table;

export const FUNCTION_NAMES = [
  'distinct',
  'orderBy',
  'orderByDescending',
  'orderByClosest',
  'orderByCount',
  'orderByLimit',
  'orderByMax',
  'orderByMin',
  'orderByMinMax',
  'orderByMean',
  'orderBySum',
  'units',
] as const;

const EXTREMES: Readonly<Record<string, Kept>> = { orderByMax: 'max', orderByMin: 'min', orderByMinMax: 'minMax' };
const COMPUTED: Readonly<Record<string, Computed>> = { orderByMean: 'mean', orderBySum: 'sum', orderByCount: 'count' };

const TERM = /^(?:s\.)?([A-Za-z_]\w*)(?:\/(\d*\.?\d+)\s*([A-Za-z]*)(?::(-?\d*\.?\d+)\s*([A-Za-z]*))?)?$/;

function wrongTerm(term: string): SyntaxFault {
  return new SyntaxFault(
    `"${term.slice(0, 60)}" is not understood: a variable, or variable/number, for time with a unit: time/1day`,
    `« ${term.slice(0, 60)} » n'est pas compris : une variable, ou variable/nombre, pour le temps avec une unité : time/1day`,
  );
}

function columnOf(columns: readonly Column[], name: string): Column {
  const column = columns.find((each) => each.name === name);
  if (column !== undefined) return column;
  const list = columns.map((each) => each.name).join(', ');
  throw new SyntaxFault(
    `${name} is not among the requested variables: ${list}`,
    `${name} n'est pas parmi les variables demandées : ${list}`,
  );
}

/** `var[/divisor[timeUnit][:offset]]` */
function termOf(text: string, columns: readonly Column[]): GroupTerm {
  const match = TERM.exec(text.trim());
  if (match === null) throw wrongTerm(text);
  const [, name = '', divisor, unit = '', offset, offsetUnit = ''] = match;
  const column = columnOf(columns, name);
  if (divisor === undefined) return { column: name, interval: null };
  const amount = Number(divisor);
  if (column.type === 'text' || !(amount > 0) || (column.type !== 'time' && unit !== '')) throw wrongTerm(text);
  if (column.type !== 'time') return { column: name, interval: { step: amount, offset: Number(offset ?? 0) } };
  const span = spanOf(amount, unit || 'seconds');
  const start = offset === undefined ? { step: 0 } : spanOf(Number(offset), offsetUnit || unit || 'seconds');
  if (span === null || start === null || 'months' in start) throw wrongTerm(text);
  if ('months' in span && span.months < 1) throw wrongTerm(text);
  return {
    column: name,
    interval: 'months' in span ? { months: span.months } : { step: span.step, offset: start.step },
  };
}

function termsOf(call: FunctionCall, columns: readonly Column[]): readonly GroupTerm[] {
  const texts = call.argument.split(',').map((text) => text.trim());
  if (texts.some((text) => text === '')) {
    throw new SyntaxFault(
      'names of variables are wanted: ("record,time")',
      'des noms de variables sont attendus : ("record,time")',
    );
  }
  return texts.map((text) => termOf(text, columns));
}

function limited(call: FunctionCall, columns: readonly Column[]): RowFunction {
  const texts = call.argument.split(',').map((text) => text.trim());
  const count = Number(texts.at(-1));
  if (!Number.isInteger(count) || count < 1) {
    throw new SyntaxFault(
      'the last value is the number of rows of each group: ("record,10")',
      'la dernière valeur est le nombre de lignes de chaque groupe : ("record,10")',
    );
  }
  const terms = texts.slice(0, -1).map((text) => termOf(text, columns));
  return (table) => firstOfGroups(table, terms, count);
}

/** A function of the orderBy family, by its name. */
function ordering(call: FunctionCall, columns: readonly Column[]): RowFunction {
  const { name } = call;
  if (name === 'orderByLimit') return limited(call, columns);
  const terms = termsOf(call, columns);
  const extremes = EXTREMES[name];
  if (extremes !== undefined) return (table) => extremesOfGroups(table, terms, extremes);
  const computed = COMPUTED[name];
  if (computed !== undefined) return (table) => summariseGroups(table, terms, computed);
  if (name === 'orderByClosest') {
    if (terms.at(-1)?.interval === null)
      throw new SyntaxFault(
        'the last variable needs an interval: time/2hours',
        'la dernière variable demande un intervalle : time/2hours',
      );
    return (table) => nearestOfGroups(table, terms);
  }
  const names = terms.map(({ column }) => column);
  return (table) => orderRows(table, names, name === 'orderByDescending');
}

/** Units stay as they are (UDUNITS); conversion to UCUM is refused. */
function units(call: FunctionCall): RowFunction {
  if (call.argument.toUpperCase() === 'UDUNITS') return (table) => table;
  throw new SyntaxFault('units are UDUNITS: units("UDUNITS")', 'les unités sont UDUNITS : units("UDUNITS")');
}

/** The function of the call over a table with these columns. Throws SyntaxFault for unknown names and wrong arguments. */
export function rowFunction(call: FunctionCall, columns: readonly Column[]): RowFunction {
  if (call.name === 'distinct') return distinctRows;
  if (call.name === 'units') return units(call);
  if ((FUNCTION_NAMES as readonly string[]).includes(call.name)) return ordering(call, columns);
  const list = FUNCTION_NAMES.join(', ');
  throw new SyntaxFault(
    `there is no function ${call.name.slice(0, 60)}; there are: ${list}`,
    `il n'y a pas de fonction ${call.name.slice(0, 60)} ; il y a : ${list}`,
  );
}
