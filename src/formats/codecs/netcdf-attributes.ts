// Types of the numeric attributes that we write.
import type { Attribute } from '../../model/table.ts';
import type { NetCdfType } from './netcdf-dataset.ts';

/** Attributes that must have the type of their variable (CF-1.8, sections 2.5.1 and 3.5). */
const LIKE_THE_VARIABLE = [
  '_FillValue',
  'missing_value',
  'flag_values',
  'flag_masks',
  'valid_min',
  'valid_max',
  'valid_range',
  'actual_range',
];

/** The numbers of an attribute; null: it is text. */
export function attributeNumbers(value: Attribute): readonly number[] | null {
  if (typeof value === 'string') return null;
  return typeof value === 'number' ? [value] : value;
}

/** The type of an attribute of numbers on a variable of the type `variable`, or on the file (null). */
export function attributeType(name: string, values: readonly number[], variable: NetCdfType | null): NetCdfType {
  if (variable !== null && variable !== 'char' && LIKE_THE_VARIABLE.includes(name)) return variable;
  return values.every((value) => Number.isInteger(value) && Math.abs(value) < 2 ** 31) ? 'int32' : 'float64';
}
