// What ISO 19139 has no element for, as `key=value` lines of gmd:supplementalInformation: our codes and the service's own fields.
import type { CatalogRecord, FieldValue } from '../../model/record.ts';

/** Lines in a fixed order; undefined when there is none. Texts that a reader would take for something else are in JSON quotes. */
export function supplementOf(record: CatalogRecord): string | undefined {
  const lines: string[] = [];
  const add = (key: string, value: FieldValue): void => {
    if (value !== null && value !== '') lines.push(`${key}=${written(value)}`);
  };
  add('authorization', record.authorization);
  add('embargo_until', record.embargoUntil);
  add('acquisition', record.acquisition);
  add('format', record.format);
  add('product_level', record.productLevel);
  for (const instrument of record.instruments) add('instrument', instrument);
  add('platform', record.platform);
  for (const [name, value] of Object.entries(record.fields)) add(`${record.service}:${name}`, value);
  return lines.length === 0 ? undefined : lines.join('\n');
}

function written(value: FieldValue): string {
  return typeof value === 'string' && isPlain(value) ? value : JSON.stringify(value);
}

/** Does the text read back as itself? Not when it looks like a JSON value, or has blanks at its ends or a line break in it. */
function isPlain(text: string): boolean {
  if (text !== text.trim() || /[\n\r\u2028\u2029]/.test(text)) return false;
  return /^\d{4}-\d{2}-\d{2}/.test(text) || !/^["[{]|^-?[\d.]|^(true|false|null)$/.test(text);
}
