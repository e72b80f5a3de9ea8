// The shape of the portal's words: the keys of the English ones, so that a missing translation does not compile.
import type { Language } from '../../model/text.ts';
import { en } from './en.ts';
import { fr } from './fr.ts';

type Translated<T> = T extends (...words: infer Words) => string
  ? (...words: Words) => string
  : T extends string
    ? string
    : { readonly [K in keyof T]: Translated<T[K]> };

export type Messages = Translated<typeof en>;

export const MESSAGES: { readonly [L in Language]: Messages } = { en, fr };
