// What may be asked of `/data/{os}[/{id}]`: a format, a period, a box, variables, a number of rows, fewer rows for drawing. All faults are told at once.
import { parseBox } from '../../formats/syntax/box.ts';
import { parseInterval } from '../../formats/syntax/datetime.ts';
import { commaList, integer, oneOf, text } from '../../http/parameter-kinds.ts';
import { type Parameter, type ParameterValues, parameterTable, readParameters } from '../../http/parameters.ts';
import { AppError, SyntaxFault } from '../../model/errors.ts';
import type { Cut } from '../../model/table.ts';

export const METHODS = ['m4', 'minmax', 'lttb'] as const;
export type Method = (typeof METHODS)[number];

const MOST_POINTS = 100_000;
const name = text(200);

/** `columns`: of the service; null: whatever is asked (for the documentation). */
function tableFor(columns: readonly string[] | null) {
  const known = (item: string): string => {
    if (columns === null || columns.includes(item)) return name(item);
    const list = columns.join(', ');
    throw new SyntaxFault(
      `there is no ${item.slice(0, 64)}; there are: ${list}`,
      `il n'y a pas de ${item.slice(0, 64)} ; il y a : ${list}`,
    );
  };
  return parameterTable({
    f: {
      name: 'f',
      parse: name,
      doc: {
        en: 'Format, where the address has no ending: its name, file ending or media type',
        fr: 'Format, si l’adresse n’a pas de terminaison : nom, terminaison de fichier ou type de média',
      },
    } satisfies Parameter<string>,
    time: {
      name: 'time',
      aliases: ['datetime'],
      parse: parseInterval,
      doc: {
        en: 'Period: start/end, both included, .. for an open end; a day or a moment alone. A day is kept to its end',
        fr: 'Période : début/fin, bornes incluses, .. pour une borne ouverte ; ou un jour, un instant. Un jour compte entier',
      },
    },
    bbox: {
      name: 'bbox',
      parse: parseBox,
      doc: {
        en: 'west,south,east,north in degrees; west > east crosses the antimeridian. Of the rows where they have positions, else of their records',
        fr: 'ouest,sud,est,nord en degrés ; ouest > est traverse l’antiméridien. Des lignes si elles ont une position, sinon des enregistrements',
      },
    },
    variables: {
      name: 'variables',
      parse: commaList(known),
      doc: {
        en: 'Columns in the wanted order, with commas; the time and the position of a track always stay',
        fr: 'Colonnes dans l’ordre voulu, séparées par des virgules ; le temps et la position d’une trajectoire restent',
      },
    },
    limit: {
      name: 'limit',
      parse: integer(0),
      minimum: 0,
      doc: { en: 'At most so many rows', fr: 'Nombre de lignes au plus' },
    },
    points: {
      name: 'points',
      parse: integer(3, MOST_POINTS),
      minimum: 3,
      maximum: MOST_POINTS,
      doc: {
        en: 'Fewer rows, for drawing: so many intervals of time (m4) or rows (minmax, lttb)',
        fr: 'Moins de lignes, pour un tracé : autant d’intervalles de temps (m4) ou de lignes (minmax, lttb)',
      },
    },
    method: {
      name: 'method',
      parse: oneOf(METHODS),
      options: METHODS,
      doc: {
        en: 'How rows are chosen: m4 (default) keeps first, last, smallest and greatest value of each variable in each interval; minmax the extremes, lttb the shape, of the first variable',
        fr: 'Choix des lignes : m4 (défaut) garde première, dernière, plus petite et plus grande valeur de chaque variable par intervalle ; minmax les extrêmes, lttb la forme, de la première variable',
      },
    },
    lang: {
      name: 'lang',
      parse: oneOf(['en', 'fr']),
      options: ['en', 'fr'],
      doc: { en: 'Language of labels', fr: 'Langue des libellés' },
    },
  });
}

export const DATA_PARAMETERS = tableFor(null);

export interface DataRequest {
  readonly f: string | null;
  readonly cut: Cut;
  readonly limit: number | null;
  readonly decimation: { readonly points: number; readonly method: Method } | null;
  /** What was asked of the rows, as it stands in the address; the empty text: all of them. */
  readonly asked: string;
}

function askedText({ time, bbox, variables, limit }: ParameterValues<typeof DATA_PARAMETERS>): string {
  const moment = (at: number | null) => (at === null ? '..' : new Date(at).toISOString());
  const parts = [
    time === null || (time.start === null && time.end === null) ? '' : `time ${moment(time.start)}/${moment(time.end)}`,
    bbox === null ? '' : `bbox ${bbox.join(',')}`,
    variables === null ? '' : `variables ${variables.join(',')}`,
    limit === null ? '' : `at most ${limit} rows`,
  ];
  return parts.filter((part) => part !== '').join(', ');
}

/** Throws AppError with a fault for every wrong parameter. `hasTime`: rows of the service have a time of their own. */
export function readDataRequest(query: string, columns: readonly string[], hasTime: boolean): DataRequest {
  const values = readParameters(tableFor(columns), query, { unknown: 'refuse', emptyIsAbsent: true });
  const { time, bbox, variables, limit, points, method } = values;
  const timeless = hasTime ? [] : [...(time === null ? [] : ['time']), ...(points === null ? [] : ['points'])];
  const faults = timeless.map((parameter) => ({
    parameter,
    detail: { en: 'the rows have no time of their own', fr: "les lignes n'ont pas de temps propre" },
  }));
  if (method !== null && points === null) {
    const detail = { en: 'is wanted with points', fr: 'va avec points' };
    faults.push({ parameter: 'method', detail });
  }
  if (faults.length > 0) throw new AppError('invalid-parameter', { faults });
  return {
    f: values.f,
    cut: { time, box: bbox, variables },
    limit,
    decimation: points === null ? null : { points, method: method ?? 'm4' },
    asked: askedText(values),
  };
}
