// The closed list of errors. Each protocol only translates an entry into its own envelope; the status and the meaning stand here once.
import type { Localised } from './text.ts';

export const ERRORS = {
  'invalid-parameter': { status: 400, title: { en: 'Invalid parameter', fr: 'Paramètre invalide' } },
  'unknown-parameter': { status: 400, title: { en: 'Unknown parameter', fr: 'Paramètre inconnu' } },
  'missing-parameter': { status: 400, title: { en: 'Missing parameter', fr: 'Paramètre manquant' } },
  'malformed-request': { status: 400, title: { en: 'Malformed request', fr: 'Requête mal formée' } },
  'uri-too-long': { status: 414, title: { en: 'Address too long', fr: 'Adresse trop longue' } },
  'precondition-failed': { status: 412, title: { en: 'Precondition failed', fr: 'Condition préalable non remplie' } },
  'range-not-satisfiable': { status: 416, title: { en: 'No such bytes', fr: 'Octets inexistants' } },
  'body-too-large': { status: 413, title: { en: 'Body too large', fr: 'Corps trop volumineux' } },
  'answer-too-large': { status: 413, title: { en: 'Answer too large', fr: 'Réponse trop volumineuse' } },
  unauthorized: { status: 401, title: { en: 'Authentication required', fr: 'Authentification requise' } },
  forbidden: { status: 403, title: { en: 'Access refused', fr: 'Accès refusé' } },
  'not-found': { status: 404, title: { en: 'Not found', fr: 'Introuvable' } },
  'method-not-allowed': { status: 405, title: { en: 'Method not allowed', fr: 'Méthode non autorisée' } },
  gone: { status: 410, title: { en: 'No longer there', fr: 'N’existe plus' } },
  'not-acceptable': { status: 406, title: { en: 'No such representation', fr: 'Représentation non disponible' } },
  'unsupported-media-type': {
    status: 415,
    title: { en: 'Unsupported media type', fr: 'Type de média non pris en charge' },
  },
  'too-many-requests': { status: 429, title: { en: 'Too many requests', fr: 'Trop de requêtes' } },
  internal: { status: 500, title: { en: 'Internal error', fr: 'Erreur interne' } },
  'not-supported': { status: 501, title: { en: 'Not supported', fr: 'Non pris en charge' } },
  'database-unavailable': { status: 503, title: { en: 'Database unavailable', fr: 'Base de données indisponible' } },
  busy: { status: 503, title: { en: 'Too busy', fr: 'Trop occupé' } },
  'storage-full': { status: 507, title: { en: 'No room left for files', fr: 'Plus de place pour les fichiers' } },
  'storage-unavailable': { status: 503, title: { en: 'File store unavailable', fr: 'Dépôt de fichiers indisponible' } },
  'query-too-long': { status: 503, title: { en: 'The search took too long', fr: 'La recherche a pris trop de temps' } },
} as const satisfies Record<string, { status: number; title: Localised }>;

export type ErrorCode = keyof typeof ERRORS;

/** What is wrong with one parameter: its name as the caller wrote it, and what is allowed. */
export interface ParameterFault {
  readonly parameter: string;
  readonly detail: Localised;
}

/** An error that the caller is told of. `faults` has one entry per wrong parameter. */
export class AppError extends Error {
  readonly code: ErrorCode;
  readonly faults: readonly ParameterFault[];
  readonly detail: Localised | undefined;
  constructor(
    code: ErrorCode,
    options: { faults?: readonly ParameterFault[]; detail?: Localised; cause?: unknown } = {},
  ) {
    super(options.detail?.en ?? options.faults?.map((f) => `${f.parameter}: ${f.detail.en}`).join('; ') ?? code, {
      cause: options.cause,
    });
    this.name = 'AppError';
    this.code = code;
    this.faults = options.faults ?? [];
    this.detail = options.detail;
  }
  get status(): number {
    return ERRORS[this.code].status;
  }
}

/** Thrown by a parser of `formats/syntax`: what is wrong with a text, without knowing which parameter held it. */
export class SyntaxFault extends Error {
  readonly detail: Localised;
  constructor(en: string, fr: string) {
    super(en);
    this.name = 'SyntaxFault';
    this.detail = { en, fr };
  }
}
