// DataInputs, ResponseDocument and RawDataOutput of WPS 1.0.0 as key-value pairs (OGC 05-007r7, 10.2): `id=value@attribute=value;id=…`. Values
// are percent-encoded inside the parameter, which is encoded again as a whole; clients also write the separators as they are and the values
// encoded once. So the separators are looked for in the text in which they stand, and the parts are decoded afterwards.
import { excerpt } from '../../formats/syntax/excerpt.ts';
import type { GivenFormat, InputValue } from '../../model/process.ts';
import type { AskedOutput } from './call.ts';
import { type Exception, invalid, onlyGet } from './errors.ts';
import { formatOf } from './given-format.ts';

/** `id=value@name=value…`: attribute names in lower case, without the prefix of xlink. */
interface Part {
  readonly id: string;
  /** null: there is no `=`. */
  readonly value: string | null;
  readonly attributes: ReadonlyMap<string, string>;
}

function decoded(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    // A percent sign that encodes nothing stands for itself: values need no encoding twice.
    return text;
  }
}

/** Undoes both encodings of a part. */
const twice = (text: string, isRaw: boolean): string => decoded(isRaw ? decoded(text.replaceAll('+', ' ')) : text);

function partOf(text: string, isRaw: boolean): Part {
  const [first = '', ...others] = text.split('@');
  const at = first.indexOf('=');
  const pairs = others
    .filter((each) => each.trim() !== '')
    .map((each): readonly [string, string] => {
      const sign = each.indexOf('=');
      const name = twice(sign < 0 ? each : each.slice(0, sign), isRaw);
      return [
        name
          .trim()
          .toLowerCase()
          .replace(/^xlink:/, ''),
        sign < 0 ? '' : twice(each.slice(sign + 1), isRaw),
      ];
    });
  return {
    id: twice(at < 0 ? first : first.slice(0, at), isRaw).trim(),
    value: at < 0 ? null : twice(first.slice(at + 1), isRaw),
    attributes: new Map(pairs),
  };
}

/** `raw`: the value as it stands in the address, before any decoding. */
function partsOf(raw: string): readonly Part[] {
  // A client that encodes the separators with all the rest leaves no sign of them in the raw text.
  const isRaw = raw.includes('=') || raw.includes(';') || raw.includes('@');
  const whole = (isRaw ? raw : decoded(raw.replaceAll('+', ' '))).trim();
  const bare = whole.replace(/^(?:\[|%5[bB])(.*)(?:\]|%5[dD])$/s, '$1');
  return bare
    .split(';')
    .filter((each) => each.trim() !== '')
    .map((each) => partOf(each, isRaw));
}

function inputOf({ id, value, attributes }: Part, faults: Exception[]): InputValue {
  if ([value ?? '', ...attributes.values()].some((text) => text.includes('\0')))
    faults.push(invalid(id, 'the character NUL is not allowed', 'le caractère NUL n’est pas autorisé'));
  const format = formatOf(id, (name) => attributes.get(name.toLowerCase()), faults);
  const href = attributes.get('href');
  if (href !== undefined && href !== '') {
    const method = attributes.get('method') ?? '';
    if (method !== '' && method.toUpperCase() !== 'GET') faults.push(onlyGet(id));
    return { kind: 'reference', href, ...withFormat(format) };
  }
  const unit = attributes.get('uom');
  return { kind: 'text', text: value ?? '', ...withFormat(format), ...(unit ? { unit } : {}) };
}

const withFormat = (format: GivenFormat | null): { readonly format?: GivenFormat } =>
  format === null ? {} : { format };

/** The values in their order. A part that names nothing is a fault. */
export function readDataInputs(raw: string, faults: Exception[]): readonly (readonly [string, InputValue])[] {
  return partsOf(raw).flatMap((part) => {
    if (part.id !== '') return [[part.id, inputOf(part, faults)] as const];
    faults.push(invalid('DataInputs', 'an input without a name', 'une entrée sans nom'));
    return [];
  });
}

const isTrue = (text: string | undefined): boolean => text !== undefined && (text === '' || /^(?:true|1)$/i.test(text));

/** `parameter`: ResponseDocument or RawDataOutput, for messages. */
export function readOutputs(raw: string, parameter: string, faults: Exception[]): readonly AskedOutput[] {
  return partsOf(raw).flatMap((part): AskedOutput[] => {
    // An output is only named; some clients end the name with `=`.
    if (part.id === '' || (part.value ?? '') !== '') {
      const shown = excerpt(part.id);
      faults.push(invalid(parameter, `${shown} is no output`, `${shown} n’est pas une sortie`));
      return [];
    }
    const format = formatOf(part.id, (name) => part.attributes.get(name.toLowerCase()), faults);
    const isReference = part.attributes.has('asreference') && isTrue(part.attributes.get('asreference'));
    return [{ id: part.id, ...withFormat(format), transmission: isReference ? 'reference' : 'value' }];
  });
}
