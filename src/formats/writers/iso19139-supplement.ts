// What ISO 19139 has no element for, as `key=value` lines of gmd:supplementalInformation: our codes and the service's own fields.
import type { CatalogRecord, FieldValue } from '../../model/record.ts';

const PLAIN_DATE = /^\d{4}-\d{2}-\d{2}/;
const LIKE_JSON = /^["[{]|^-?[\d.]|^(true|false|null)$/;
const BREAK = /[\n\r\u2028\u2029]/;

/** Lines in a fixed order; undefined when there is none. Texts that a reader would take for something else are in JSON quotes. */
export function supplementOf(record: CatalogRecord): string | undefined {
  let text =
    line('authorization', record.authorization) +
    line('embargo_until', record.embargoUntil) +
    line('acquisition', record.acquisition) +
    line('format', record.format) +
    line('product_level', record.productLevel);
  for (const instrument of record.instruments) text += line('instrument', instrument);
  text += line('platform', record.platform);
  for (const name in record.fields) text += line(`${record.service}:${name}`, record.fields[name] ?? null);
  return text === '' ? undefined : text.slice(1);
}

function line(key: string, value: FieldValue): string {
  if (value === null || value === '') return '';
  const written =
    typeof value === 'number' || (typeof value === 'string' && isPlain(value)) ? value : JSON.stringify(value);
  return `\n${key}=${written}`;
}

/** Does the text read back as itself? Not when it looks like a JSON value, or has blanks at its ends or a line break in it. */
function isPlain(text: string): boolean {
  if (text.trim() !== text || BREAK.test(text)) return false;
  return !LIKE_JSON.test(text) || PLAIN_DATE.test(text);
}
