// The texts of DAP2 (OPeNDAP, NASA ESE-RFC-004.1.2): DDS, the structure of a sequence of rows, and DAS, the attributes.
import type { Attribute, Attributes, Column } from '../../model/table.ts';
import type { Variable } from './attributes.ts';
import { DATA_TYPES, type DataType, dataTypeOf } from './data-types.ts';

/** The structure of the sequence `s` with these variables. */
export function ddsText(columns: readonly Column[]): string {
  const variables = columns.map((column) => `    ${DATA_TYPES[dataTypeOf(column)].dap} ${column.name};\n`).join('');
  return `Dataset {\n  Sequence {\n${variables}  } s;\n} s;\n`;
}

function quoted(text: string): string {
  return `"${text.replaceAll('\\', '\\\\').replaceAll('"', '\\"')}"`;
}

/** Numbers of floating types have a point or an exponent. */
export function numberText(value: number, type: DataType): string {
  const text = String(value);
  return (type === 'double' || type === 'float') && /^-?\d+$/.test(text) ? `${text}.0` : text;
}

/** An attribute of a variable has the variable's type where it says something of its values. */
export function attributeType(name: string, value: Attribute, type: DataType): DataType {
  if (typeof value === 'string') return 'String';
  if (name === 'actual_range' || name === '_FillValue' || name === 'missing_value' || name === 'flag_values')
    return type === 'String' ? 'double' : type;
  return 'double';
}

function attributeLine(name: string, value: Attribute, type: DataType, indent: string): string {
  const kind = attributeType(name, value, type);
  const values =
    typeof value === 'string'
      ? [quoted(value)]
      : (typeof value === 'number' ? [value] : value).map((each) => numberText(each, kind));
  return `${indent}${DATA_TYPES[kind].dap} ${name} ${values.join(', ')};\n`;
}

/** The attributes of the variables, and of the data set as a whole. */
export function dasText(variables: readonly Variable[], globals: Attributes): string {
  const own = variables.map(({ column, type, attributes }) => {
    const lines = Object.entries(attributes).map(([name, value]) => attributeLine(name, value, type, '    '));
    return `  ${column.name} {\n${lines.join('')}  }\n`;
  });
  const all = Object.entries(globals).map(([name, value]) => attributeLine(name, value, 'double', '    '));
  return `Attributes {\n s {\n${own.join('')} }\n  NC_GLOBAL {\n${all.join('')}  }\n}\n`;
}
