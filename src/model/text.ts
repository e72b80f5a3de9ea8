// Text in the two languages of the catalogue. ISO 639-1 codes here; each writer turns them into its own list.

export const LANGUAGES = ['en', 'fr'] as const;
export type Language = (typeof LANGUAGES)[number];

/** The same text in one or both languages. */
export type Localised = { readonly [L in Language]?: string };

/** Gives the text in the wanted language, else in the other one, else an empty string. */
export function inLanguage(text: Localised | undefined, language: Language): string {
  return text?.[language] ?? text?.en ?? text?.fr ?? '';
}
