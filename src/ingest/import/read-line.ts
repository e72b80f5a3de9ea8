// One line of the file → one row for the table, or every reason why not.
import type { MetadataInput } from '../../mapping/row.ts';
import { type Codes, codeOf } from '../../model/codes.ts';
import { SyntaxFault } from '../../model/errors.ts';
import type { Service } from '../../model/service.ts';
import type { Localised } from '../../model/text.ts';
import type { CellDialect } from './cells.ts';
import type { Column } from './columns.ts';

export interface LineFault {
  /** From 1; null: the line as a whole. */
  readonly column: number | null;
  readonly name: string;
  readonly detail: Localised;
}
export type LineReading = { readonly row: MetadataInput } | { readonly faults: readonly LineFault[] };

const isEmpty = (cell: string) => cell === '' || cell === '\\N';

type Values = Map<string, unknown>;

function readCells(
  names: readonly string[],
  columns: readonly Column[],
  cells: readonly string[],
  dialect: CellDialect,
  faults: LineFault[],
): Values {
  const values: Values = new Map();
  columns.forEach((column, i) => {
    const cell = (cells[i] ?? '').trim();
    if (column === null || isEmpty(cell)) return;
    try {
      values.set(column.target, column.read(cell, dialect));
    } catch (error) {
      if (!(error instanceof SyntaxFault)) throw error;
      faults.push({ column: i + 1, name: names[i] ?? '', detail: error.detail });
    }
  });
  return values;
}

/** A date cell may hold the time too; a time column beside it must then be empty or equal. */
function splitMoments(values: Values, faults: LineFault[]): void {
  for (const end of ['b', 'e']) {
    const moment = values.get(`date_${end}`) as { date: string; time: string | null } | undefined;
    if (moment === undefined) {
      if (values.has(`time_${end}`)) {
        faults.push({
          column: null,
          name: `time_${end}`,
          detail: { en: `a time without date_${end}`, fr: `une heure sans date_${end}` },
        });
      }
      continue;
    }
    const time = values.get(`time_${end}`);
    if (moment.time !== null && time !== undefined && time !== moment.time) {
      faults.push({
        column: null,
        name: `time_${end}`,
        detail: { en: `differs from the time within date_${end}`, fr: `diffère de l'heure donnée dans date_${end}` },
      });
    }
    values.set(`date_${end}`, moment.date);
    if (moment.time !== null) values.set(`time_${end}`, moment.time);
  }
}

function checkCodes(values: Values, codes: Codes, faults: LineFault[]): void {
  const lists = { authorization_: codes.authorization, acquisition: codes.acquisition, format: codes.format };
  for (const [name, list] of Object.entries(lists)) {
    const code = values.get(name) as number | undefined;
    if (code === undefined || codeOf<{ code: number }>(list, code)) continue;
    const known = list.map((entry) => entry.code).join(', ');
    faults.push({
      column: null,
      name,
      detail: { en: `${code} is not a known code (${known})`, fr: `${code} n'est pas un code connu (${known})` },
    });
  }
}

/** `fields.radar` and `translations.fr.title` become nested; everything else stays a column. */
function nest(values: Values): Record<string, unknown> {
  const row: Record<string, unknown> = {};
  for (const [target, value] of values) {
    const path = target.split('.');
    let place = row;
    for (const step of path.slice(0, -1)) {
      place[step] ??= {};
      place = place[step] as Record<string, unknown>;
    }
    place[path.at(-1) ?? target] = value;
  }
  return row;
}

function defaultsOf(service: Service): Partial<MetadataInput> {
  const { authorization, acquisition, format, lang } = service.defaults;
  return { authorization_: authorization, acquisition, format, lang };
}

/** Reads a line; `cells` beside `columns`. An empty cell and `\N` are null; a missing code takes the service's default. */
export function readLine(
  names: readonly string[],
  columns: readonly Column[],
  cells: readonly string[],
  dialect: CellDialect,
  service: Service,
  codes: Codes,
): LineReading {
  const faults: LineFault[] = [];
  if (cells.length !== columns.length) {
    return {
      faults: [
        {
          column: null,
          name: '',
          detail: {
            en: `${cells.length} cells under ${columns.length} columns`,
            fr: `${cells.length} cellules pour ${columns.length} colonnes`,
          },
        },
      ],
    };
  }
  const values = readCells(names, columns, cells, dialect, faults);
  splitMoments(values, faults);
  checkCodes(values, codes, faults);
  if (!values.has('id') && !faults.some((fault) => fault.name.toLowerCase() === 'id')) {
    faults.push({ column: null, name: 'id', detail: { en: 'is empty', fr: 'est vide' } });
  }
  if (values.get('id') === 0) {
    faults.push({
      column: null,
      name: 'id',
      detail: { en: '0 is the number of the service itself', fr: '0 est le numéro du service lui-même' },
    });
  }
  if (values.has('latitude') !== values.has('longitude')) {
    faults.push({
      column: null,
      name: 'latitude, longitude',
      detail: { en: 'one without the other', fr: "l'une sans l'autre" },
    });
  }
  if (faults.length > 0) return { faults };
  return { row: { ...defaultsOf(service), ...nest(values), service: service.name } };
}
