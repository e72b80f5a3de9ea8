// Our own `key=value` lines of gmd:supplementalInformation. What others write there is left alone.
import type { FieldValue, ProductLevel } from '../../model/record.ts';
import { PRODUCT_LEVELS } from '../../model/record.ts';
import type { ReadRecord } from './read-record.ts';

type Supplement = Pick<
  ReadRecord,
  'authorization' | 'embargoUntil' | 'acquisition' | 'format' | 'productLevel' | 'instruments' | 'platform' | 'fields'
>;

export function readSupplement(text: string | null): Supplement {
  const values = new Map<string, FieldValue>();
  const instruments: string[] = [];
  const fields: { [name: string]: FieldValue } = {};
  for (const line of text?.split('\n') ?? []) {
    const match = /^(?:([a-z][a-z0-9-]*):)?([A-Za-z_][\w.-]*)=(.*)$/.exec(line.trim());
    if (match === null) continue;
    const [, service, name = '', written = ''] = match;
    if (service !== undefined) fields[name] = parsedValue(written);
    else if (name === 'instrument') instruments.push(String(parsedValue(written)));
    else values.set(name, parsedValue(written));
  }
  const number = (name: string): number | null => {
    const value = values.get(name);
    return typeof value === 'number' ? value : null;
  };
  const string = (name: string): string | null => {
    const value = values.get(name);
    return typeof value === 'string' ? value : null;
  };
  const productLevel = string('product_level');
  return {
    authorization: number('authorization'),
    embargoUntil: string('embargo_until'),
    acquisition: number('acquisition'),
    format: number('format'),
    productLevel: PRODUCT_LEVELS.includes(productLevel as ProductLevel) ? (productLevel as ProductLevel) : null,
    instruments,
    platform: string('platform'),
    fields,
  };
}

/** JSON where it is JSON, else the text itself. */
function parsedValue(written: string): FieldValue {
  if (!/^["[]|^-?\d|^(true|false|null)$/.test(written)) return written;
  try {
    return JSON.parse(written) as FieldValue;
  } catch {
    return written;
  }
}
