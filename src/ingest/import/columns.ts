// Which column of the file is which column of the table: the customer's names, our own beside them, and the fields of the service.
import { parseWkt } from '../../formats/syntax/wkt.ts';
import { AppError, type ParameterFault, SyntaxFault } from '../../model/errors.ts';
import { LEVELS, PRODUCT_LEVELS } from '../../model/record.ts';
import type { FieldDefinition, Service } from '../../model/service.ts';
import { LANGUAGES } from '../../model/text.ts';
import {
  type CellDialect,
  readBoolean,
  readDate,
  readDateTime,
  readInteger,
  readNumber,
  readText,
  readTime,
} from './cells.ts';

/** A column of the file: where its value goes and how its text is read. null: a column of the importer's own (`_line`, `_reason`), passed over. */
export type Column = { readonly target: string; readonly read: (text: string, dialect: CellDialect) => unknown } | null;

function oneOf<T extends string>(values: readonly T[]): (text: string) => T {
  return (text) => {
    const found = values.find((value) => value === text);
    if (found === undefined)
      throw new SyntaxFault(
        `'${text}' is not one of ${values.join(', ')}`,
        `« ${text} » n'est pas parmi ${values.join(', ')}`,
      );
    return found;
  };
}
const list = (text: string) =>
  readText(text)
    .split('|')
    .map((item) => item.trim())
    .filter((item) => item !== '');
const text = (length?: number) => (value: string) => readText(value, length);

/** Every column of the table that a file may name. */
const TABLE_COLUMNS: Readonly<Record<string, (value: string, dialect: CellDialect) => unknown>> = {
  id: readInteger,
  name: text(150),
  description: text(200),
  authorization_: readInteger,
  date_b: readDateTime,
  time_b: readTime,
  date_e: readDateTime,
  time_e: readTime,
  latitude: readNumber,
  longitude: readNumber,
  elevation: readInteger,
  epsg: readInteger,
  acquisition: readInteger,
  format: readInteger,
  level: oneOf(LEVELS.filter((level) => level === 'dataset')),
  version: text(50),
  doi: text(200),
  lang: oneOf(LANGUAGES),
  keywords: list,
  product_level: oneOf(PRODUCT_LEVELS),
  instrument: list,
  platform: text(200),
  licence: text(100),
  resolution_m: readNumber,
  elevation_max: readInteger,
  data_created: readDate,
  data_published: readDate,
  embargo_until: readDate,
  access_groups: list,
  footprint: parseWkt,
};

function fieldReader(field: FieldDefinition): (value: string, dialect: CellDialect) => unknown {
  switch (field.type) {
    case 'integer':
      return readInteger;
    case 'number':
      return readNumber;
    case 'boolean':
      return readBoolean;
    case 'date':
      return readDate;
    case 'datetime':
      return (value, dialect) => {
        const { date, time } = readDateTime(value, dialect);
        return time === null ? date : `${date}T${time}Z`;
      };
    case 'text':
      return field.values === undefined ? text() : oneOf(field.values);
  }
}

function columnOf(name: string, service: Service): Column | undefined {
  const plain = name.trim();
  if (plain.startsWith('_')) return null;
  const declared = service.import.columns[plain] ?? plain;
  const target = declared.toLowerCase();
  if (Object.hasOwn(TABLE_COLUMNS, target))
    return { target, read: TABLE_COLUMNS[target] as (value: string) => unknown };
  const translation = /^translations\.(en|fr)\.(title|abstract)$/.exec(declared);
  if (translation) return { target: declared, read: text() };
  const field = service.fields.find((f) => f.name.toLowerCase() === target.replace(/^fields\./, ''));
  return field && { target: `fields.${field.name}`, read: fieldReader(field) };
}

/** The columns in the order of the file. Throws AppError that names every column that the table and the service do not have, and every repeated one. */
export function columnsOf(names: readonly string[], service: Service): readonly Column[] {
  const faults: ParameterFault[] = [];
  const seen = new Map<string, number>();
  const columns = names.map((name, i) => {
    const column = columnOf(name, service);
    const parameter = `line 1, column ${i + 1} (${name})`;
    if (column === undefined) {
      faults.push({
        parameter,
        detail: {
          en: `neither a column of the table nor a field of ${service.name}`,
          fr: `ni colonne de la table ni champ de ${service.name}`,
        },
      });
      return null;
    }
    const earlier = column && seen.get(column.target);
    if (earlier !== undefined && earlier !== null) {
      faults.push({
        parameter,
        detail: { en: `stands twice (column ${earlier} too)`, fr: `présente deux fois (colonne ${earlier} aussi)` },
      });
    }
    if (column) seen.set(column.target, i + 1);
    return column;
  });
  if (!seen.has('id')) {
    faults.push({
      parameter: 'line 1',
      detail: {
        en: 'no column id: without it a second import would double the records',
        fr: 'aucune colonne id : sans elle un second import doublerait les fiches',
      },
    });
  }
  if (faults.length > 0) throw new AppError('invalid-parameter', { faults });
  return columns;
}
