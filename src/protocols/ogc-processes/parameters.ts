// Parameters of the addresses (18-062r2, 7.10, 7.13, 7.17); a table each, which parses and describes.
import { parseInterval } from '../../formats/syntax/datetime.ts';
import { commaList, integer, oneOf, text } from '../../http/parameter-kinds.ts';
import { type ParameterValues, parameterTable } from '../../http/parameters.ts';
import { JOB_STATES } from '../../model/job.ts';
import type { Localised } from '../../model/text.ts';
import type { JobFilter } from '../../processing/processing.ts';
import { DEFAULT_LIMIT, MOST } from './vocabulary.ts';

const doc = (en: string, fr: string): Localised => ({ en, fr });

const COMMON = {
  f: {
    name: 'f',
    parse: text(40),
    options: ['json', 'html'],
    doc: doc(
      'Representation; without it the Accept header decides',
      'Représentation ; à défaut l’en-tête Accept décide',
    ),
  },
  lang: {
    name: 'lang',
    parse: text(2),
    options: ['en', 'fr'],
    doc: doc('Language of titles and texts', 'Langue des titres et des textes'),
  },
} as const;

const PAGE = {
  limit: {
    name: 'limit',
    parse: integer(1, MOST),
    default: DEFAULT_LIMIT,
    minimum: 1,
    maximum: MOST,
    schema: { type: 'integer', minimum: 1, maximum: MOST, default: DEFAULT_LIMIT },
    doc: doc('Entries on a page', 'Entrées sur une page'),
  },
  offset: {
    name: 'offset',
    parse: integer(0, 10_000_000),
    default: 0,
    minimum: 0,
    schema: { type: 'integer', minimum: 0, default: 0 },
    doc: doc('Entries before the first one', 'Entrées avant la première'),
  },
} as const;

export const DOCUMENT = parameterTable(COMMON);
export const LIST = parameterTable({
  record: {
    name: 'record',
    parse: text(300),
    doc: doc(
      'Processes for the data of this record, by its identifier',
      'Processus pour les données de cette notice, par son identifiant',
    ),
  },
  ...PAGE,
  ...COMMON,
});

/** Whole seconds; the standard's schema is a list of them, of which the first counts. */
const seconds = commaList(integer(0, 100_000_000), 2);
const SECONDS = { type: 'array', items: { type: 'integer', minimum: 0 } } as const;

export const JOBS = parameterTable({
  type: {
    name: 'type',
    parse: commaList(oneOf(['process'])),
    repeatable: true,
    doc: doc('Kind of jobs', 'Genre de travaux'),
  },
  processID: {
    name: 'processID',
    parse: commaList(text(100)),
    repeatable: true,
    doc: doc('Jobs of these processes', 'Travaux de ces processus'),
  },
  status: {
    name: 'status',
    parse: commaList(oneOf(JOB_STATES)),
    repeatable: true,
    doc: doc('Jobs in these states', 'Travaux dans ces états'),
  },
  datetime: {
    name: 'datetime',
    parse: parseInterval,
    doc: doc(
      'Jobs that were created then: an instant or an interval',
      'Travaux créés alors : un instant ou un intervalle',
    ),
  },
  minDuration: {
    name: 'minDuration',
    parse: seconds,
    schema: SECONDS,
    doc: doc('Seconds that it has taken at least', 'Secondes qu’il a pris au moins'),
  },
  maxDuration: {
    name: 'maxDuration',
    parse: seconds,
    schema: SECONDS,
    doc: doc('Seconds that it has taken at most', 'Secondes qu’il a pris au plus'),
  },
  ...PAGE,
  ...COMMON,
});

export const RESULTS = parameterTable({
  outputs: {
    name: 'outputs',
    parse: commaList(text(100)),
    repeatable: true,
    doc: doc('These outputs only', 'Ces sorties seulement'),
  },
  ...COMMON,
});

/** The filter that the parameters ask for; lists that are repeated are one list. */
export function filterOf(values: ParameterValues<typeof JOBS>): JobFilter {
  const { processID, status, datetime, minDuration, maxDuration, limit, offset } = values;
  const [processes, states] = [processID.flat(), status.flat()];
  return {
    processes: processes.length === 0 ? null : processes,
    states: states.length === 0 ? null : states,
    created: datetime,
    minDuration: minDuration?.[0] ?? null,
    maxDuration: maxDuration?.[0] ?? null,
    limit,
    offset,
  };
}
