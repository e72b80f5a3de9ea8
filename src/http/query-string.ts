// Decodes a raw query string once, by ourselves: koa's parsing hides malformed percent-encoding (RFC 3986, 2.1; WHATWG URL, 5.1).
import type { ParameterFault } from '../model/errors.ts';
import type { Localised } from '../model/text.ts';

export interface DecodedQuery {
  /** Names and values in the order of the query, decoded; wrong ones are left out. */
  readonly pairs: readonly (readonly [name: string, value: string])[];
  readonly faults: readonly ParameterFault[];
}

const MALFORMED: Localised = {
  en: 'malformed percent-encoding: each % must be followed by two hexadecimal digits',
  fr: 'encodage pourcent mal formé : chaque % doit être suivi de deux chiffres hexadécimaux',
};
const NOT_UTF8: Localised = {
  en: 'the encoded bytes are not valid UTF-8',
  fr: 'les octets encodés ne sont pas de l’UTF-8 valide',
};
const NUL: Localised = { en: 'the character NUL is not allowed', fr: 'le caractère NUL n’est pas autorisé' };

const utf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/** Decodes one component; gives the fault's text instead when it cannot be decoded. `+` becomes a blank where asked. */
export function decodeText(text: string, plusIsBlank: boolean): string | Localised {
  let plain = plusIsBlank && text.includes('+') ? text.replaceAll('+', ' ') : text;
  if (/[^\0-\x7f]/.test(plain)) {
    // Node hands over raw bytes of the request line as Latin-1; browsers and curl send UTF-8 there.
    try {
      plain = utf8.decode(Buffer.from(plain, 'latin1'));
    } catch {
      return NOT_UTF8;
    }
  }
  if (plain.includes('%')) {
    if (/%(?![0-9a-fA-F]{2})/.test(plain)) return MALFORMED;
    try {
      plain = decodeURIComponent(plain);
    } catch {
      return NOT_UTF8;
    }
  }
  return plain.includes('\0') ? NUL : plain;
}

/** The name as it can be shown in a message: at most 64 characters, nothing that is not printable ASCII. */
function shown(raw: string): string {
  return raw.slice(0, 64).replace(/[^\x20-\x7e]/g, '?');
}

/**
 * Decodes a raw query string (without `?`): empty parts as in `a=1&&b=2` are skipped, a name without `=` has an empty value.
 * `plus`: whether `+` is a blank (as forms write it; the default) or itself.
 */
export function decodeQuery(raw: string, plus: 'blank' | 'plus' = 'blank'): DecodedQuery {
  const pairs: [string, string][] = [];
  const faults: ParameterFault[] = [];
  for (const part of raw.split('&')) {
    if (part === '') continue;
    const at = part.indexOf('=');
    const rawName = at < 0 ? part : part.slice(0, at);
    const name = decodeText(rawName, plus === 'blank');
    const value = at < 0 ? '' : decodeText(part.slice(at + 1), plus === 'blank');
    if (typeof name !== 'string') faults.push({ parameter: shown(rawName), detail: name });
    else if (typeof value !== 'string') faults.push({ parameter: name, detail: value });
    else pairs.push([name, value]);
  }
  return { pairs, faults };
}

/** Key-value pairs of OGC web services (06-121r3, 11.5): names in any case, here in lower case; of a name that stands twice the first value. */
export function foldedPairs(pairs: readonly (readonly [name: string, value: string])[]): Map<string, string> {
  const parameters = new Map<string, string>();
  for (const [name, value] of pairs) {
    const key = name.toLowerCase();
    if (!parameters.has(key)) parameters.set(key, value);
  }
  return parameters;
}
