// Language of an answer: `?lang=`, then Accept-Language (RFC 9110, 12.5.4), then English.
import { LANGUAGES, type Language } from '../model/text.ts';

function fromHeader(header: string): Language {
  let best: Language = 'en';
  let bestQuality = 0;
  for (const part of header.split(',')) {
    const [range = '', ...parameters] = part.split(';').map((piece) => piece.trim().toLowerCase());
    const weight = parameters.find((parameter) => parameter.startsWith('q='));
    const quality = weight === undefined ? 1 : Number(weight.slice(2));
    const language = LANGUAGES.find((known) => range === known || range.startsWith(`${known}-`));
    if (language && quality > bestQuality) {
      best = language;
      bestQuality = quality;
    }
  }
  return best;
}

/** `query` is the raw query string; another value of `lang` than a known language counts as none. */
export function languageOf(query: string, header: string | undefined): Language {
  if (query.includes('lang=')) {
    const asked = /(?:^|&)lang=(en|fr)(?:&|$)/.exec(query)?.[1];
    if (asked) return asked as Language;
  }
  return header === undefined ? 'en' : fromHeader(header);
}
