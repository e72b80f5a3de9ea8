// Version, formats and status codes of HAPI 3.3 (section 4.2).
import type { Localised } from '../../model/text.ts';

export const VERSION = '3.3';
export const ROOT = '/hapi';
export const JSON_TYPE = 'application/json; charset=utf-8';

export const FORMATS = ['csv', 'binary', 'json'] as const;
export type Format = (typeof FORMATS)[number];
export const DEPTHS = ['dataset', 'all'] as const;
export type Depth = (typeof DEPTHS)[number];

export const STATUS = {
  1200: { en: 'OK', fr: 'OK' },
  1201: { en: 'OK - no data for time range', fr: 'OK - pas de données dans la période' },
  1400: { en: 'Bad request - user input error', fr: 'Requête incorrecte - erreur de saisie' },
  1401: { en: 'Bad request - unknown API parameter name', fr: 'Requête incorrecte - paramètre de requête inconnu' },
  1402: { en: 'Bad request - syntax error in start time', fr: 'Requête incorrecte - erreur de syntaxe du début' },
  1403: { en: 'Bad request - syntax error in stop time', fr: 'Requête incorrecte - erreur de syntaxe de la fin' },
  1404: {
    en: 'Bad request - start equal to or after stop',
    fr: 'Requête incorrecte - début égal ou postérieur à la fin',
  },
  1405: {
    en: 'Bad request - start < startDate and/or stop > stopDate',
    fr: 'Requête incorrecte - hors de startDate–stopDate',
  },
  1406: { en: 'Bad request - unknown dataset id', fr: 'Requête incorrecte - jeu de données inconnu' },
  1407: { en: 'Bad request - unknown dataset parameter', fr: 'Requête incorrecte - paramètre du jeu inconnu' },
  1408: { en: 'Bad request - too much time or data requested', fr: 'Requête incorrecte - trop de données demandées' },
  1409: { en: 'Bad request - unsupported output format', fr: 'Requête incorrecte - format non pris en charge' },
  1410: {
    en: 'Bad request - unsupported include value',
    fr: 'Requête incorrecte - valeur de include non prise en charge',
  },
  1411: {
    en: 'Bad request - out-of-order or duplicate parameters',
    fr: 'Requête incorrecte - paramètres en désordre ou répétés',
  },
  1412: {
    en: 'Bad request - unsupported resolve_references value',
    fr: 'Requête incorrecte - valeur de resolve_references',
  },
  1413: { en: 'Bad request - unsupported depth value', fr: 'Requête incorrecte - valeur de depth' },
  1500: { en: 'Internal server error', fr: 'Erreur interne du serveur' },
  1501: { en: 'Internal server error - upstream request error', fr: 'Erreur interne du serveur - erreur en amont' },
} as const satisfies { readonly [code: number]: Localised };
export type StatusCode = keyof typeof STATUS;

export interface Status {
  readonly HAPI: string;
  readonly status: { readonly code: StatusCode; readonly message: string };
}

/** The members that every JSON answer begins with. */
export function statusOf(code: StatusCode, detail?: string): Status {
  const message = detail === undefined ? STATUS[code].en : `${STATUS[code].en}; ${detail}`;
  return { HAPI: VERSION, status: { code, message } };
}
