// statistics: mean, median, percentiles and others in windows of time.

import { parseStatistic, type Statistic } from '../../data/tables/statistics.ts';
import { medianStep } from '../../data/tables/step.ts';
import { validValues, withoutFlags } from '../../data/tables/valid-values.ts';
import type { WindowWidth } from '../../data/tables/window-edges.ts';
import { windows } from '../../data/tables/windows.ts';
import { repeatable } from '../../formats/codecs/table-profile.ts';
import { parseDuration } from '../../formats/syntax/duration.ts';
import type { Table } from '../../model/table.ts';
import { tableOutputs } from '../formats.ts';
import {
  complexOutput,
  DATETIME,
  INPUT,
  literalOutput,
  optional,
  preset,
  several,
  source,
  VARIABLES,
} from '../ports.ts';
import { defineProcess } from '../process.ts';
import { counted, cutTable, demandTime, numberIndex, refuse } from '../tables.ts';

const NAMES = ['mean', 'median', 'min', 'max', 'sum', 'count', 'stddev', 'first', 'last', 'percentile'];

function widthOf(text: string): WindowWidth {
  if (text === 'all') return 'all';
  const { months, milliseconds } = parseDuration(text);
  if (months > 0 && milliseconds > 0)
    throw refuse(
      'window',
      'months and years go with no other unit',
      'les mois et les années ne se mélangent pas à une autre unité',
    );
  if (months === 0 && milliseconds < 1000) throw refuse('window', 'must be at least PT1S', 'doit être d’au moins PT1S');
  return months > 0 ? { months } : milliseconds;
}

/** The statistics in the order asked; `percentile` stands for each of the percentiles, the median when none is given. */
function statisticsOf(names: readonly string[], percentiles: readonly number[]): readonly Statistic[] {
  const asked = names.length > 0 ? names : percentiles.length > 0 ? ['percentile'] : ['mean', 'count'];
  return [...new Set(asked)].flatMap((name): readonly Statistic[] => {
    if (name === 'percentile')
      return (percentiles.length > 0 ? percentiles : [50]).map((p): Statistic => `percentile:${p}`);
    return [parseStatistic(name) ?? 'mean'];
  });
}

/** Values that a window should have: as the caller says, else its length by the usual step of the table. */
async function expectedOf(
  table: Table,
  given: number | null,
): Promise<((start: number, end: number) => number) | null> {
  if (given !== null) return () => given;
  const step = await medianStep(table);
  return Number.isNaN(step) ? null : (start, end) => Math.max(1, Math.round((end - start) / step));
}

export const statistics = defineProcess({
  id: 'statistics',
  version: '1.0.0',
  title: { en: 'Window statistics', fr: 'Statistiques par fenêtre' },
  abstract: {
    en: 'Mean, median, percentiles and other statistics of each variable in windows of time [start, end) in UTC. Values that flags call invalid are left out, directions are averaged by their vectors, and windows that are too incomplete are missing; their count stays. Standard deviation by n − 1; percentiles linear between order statistics.',
    fr: 'Moyenne, médiane, percentiles et autres statistiques de chaque variable par fenêtres de temps [début, fin) en UTC. Les valeurs que les drapeaux disent invalides sont écartées, les directions sont moyennées par leurs vecteurs, et les fenêtres trop incomplètes sont manquantes ; leur compte reste. Écart type par n − 1 ; percentiles linéaires entre statistiques d’ordre.',
  },
  keywords: ['statistics', 'mean', 'percentile', 'time series'],
  inputs: {
    input: source(INPUT),
    variables: VARIABLES,
    datetime: DATETIME,
    window: preset(
      'string',
      'PT1H',
      {
        title: { en: 'Window', fr: 'Fenêtre' },
        abstract: {
          en: 'An ISO 8601 duration of at least PT1S (P1M and P1Y on the calendar), or all.',
          fr: 'Une durée ISO 8601 d’au moins PT1S (P1M et P1Y sur le calendrier), ou all.',
        },
      },
      { longest: 40 },
    ),
    origin: preset('dateTime', '1970-01-01T00:00:00Z', {
      title: { en: 'Origin', fr: 'Origine' },
      abstract: { en: 'A moment at which a window starts.', fr: 'Un moment où commence une fenêtre.' },
    }),
    statistic: several(
      'string',
      {
        title: { en: 'Statistics', fr: 'Statistiques' },
        abstract: {
          en: 'Which statistics; none: mean and count.',
          fr: 'Quelles statistiques ; aucune : moyenne et compte.',
        },
      },
      20,
      { allowed: NAMES },
    ),
    percentile: several(
      'double',
      {
        title: { en: 'Percentiles', fr: 'Percentiles' },
        abstract: {
          en: 'Percentiles for the statistic percentile.',
          fr: 'Percentiles pour la statistique percentile.',
        },
      },
      20,
      { minimum: 0, maximum: 100, unit: 'percent' },
    ),
    completeness: preset(
      'double',
      0,
      {
        title: { en: 'Least completeness', fr: 'Complétude minimale' },
        abstract: {
          en: 'Percent of the expected values below which the statistics of a window are missing.',
          fr: 'Pourcentage des valeurs attendues sous lequel les statistiques d’une fenêtre sont manquantes.',
        },
      },
      { minimum: 0, maximum: 100, unit: 'percent' },
    ),
    expected: optional(
      'integer',
      {
        title: { en: 'Expected values', fr: 'Valeurs attendues' },
        abstract: {
          en: 'Values that a complete window has; left out: by the usual step of the table.',
          fr: 'Valeurs d’une fenêtre complète ; absent : selon le pas usuel de la table.',
        },
      },
      { minimum: 1, maximum: 100_000_000 },
    ),
    valid_flags_only: preset('boolean', true, {
      title: { en: 'Valid values only', fr: 'Valeurs valides seulement' },
      abstract: {
        en: 'Values that flags call invalid or missing are left out.',
        fr: 'Les valeurs que les drapeaux disent invalides ou manquantes sont écartées.',
      },
    }),
    circular: several(
      'string',
      {
        title: { en: 'Directions', fr: 'Directions' },
        abstract: {
          en: 'Variables that are angles in degrees; none: those whose unit and name say so.',
          fr: 'Variables qui sont des angles en degrés ; aucune : celles dont l’unité et le nom le disent.',
        },
      },
      20,
      { longest: 200 },
    ),
    wind: several(
      'string',
      {
        title: { en: 'Wind', fr: 'Vent' },
        abstract: {
          en: 'A direction and its speed: the mean direction is then weighted by the speed, and the speed of the mean vector is given.',
          fr: 'Une direction et sa vitesse : la direction moyenne est alors pondérée par la vitesse, et la vitesse du vecteur moyen est donnée.',
        },
      },
      2,
      { longest: 200 },
    ),
  },
  outputs: {
    result: complexOutput(
      {
        title: { en: 'Statistics', fr: 'Statistiques' },
        abstract: {
          en: 'One row a window: its start, its end, and each statistic of each variable.',
          fr: 'Une ligne par fenêtre : son début, sa fin, et chaque statistique de chaque variable.',
        },
      },
      tableOutputs('csv'),
    ),
    windows: literalOutput('integer', {
      title: { en: 'Number of windows', fr: 'Nombre de fenêtres' },
      abstract: { en: 'How many windows the result has.', fr: 'Combien de fenêtres le résultat a.' },
    }),
  },
  example: {
    input: [
      {
        kind: 'text',
        text: `time,value\n${[10, 12, 11, 13, 50, 9].map((v, n) => `2024-01-01T00:${n}0:00Z,${v}`).join('\n')}\n`,
        format: { mediaType: 'text/csv' },
      },
    ],
    window: [{ kind: 'text', text: 'PT1H' }],
    statistic: [
      { kind: 'text', text: 'mean' },
      { kind: 'text', text: 'median' },
    ],
  },
  run: async (inputs, context) => {
    const { input, variables, datetime, percentile, statistic } = inputs;
    const whole = await input.table();
    demandTime(whole, 'input');
    for (const name of variables) numberIndex(whole, 'variables', name);
    for (const name of inputs.circular) numberIndex(whole, 'circular', name);
    const [direction, speed] = inputs.wind;
    if (inputs.wind.length === 1)
      throw refuse('wind', 'a direction and a speed are wanted', 'une direction et une vitesse sont attendues');
    for (const name of inputs.wind) numberIndex(whole, 'wind', name);
    const asked = variables.length === 0 ? [] : [...new Set([...variables, ...inputs.wind])];
    const cut = await cutTable(input, { variables: asked, datetime });
    // The usual step is read from the rows before the statistics are.
    const table = inputs.completeness > 0 && inputs.expected === null ? await repeatable(cut) : cut;
    const valid = withoutFlags(inputs.valid_flags_only ? validValues(table) : table);
    const expected = inputs.completeness > 0 ? await expectedOf(table, inputs.expected) : null;
    const made = windows(valid, {
      width: widthOf(inputs.window),
      origin: inputs.origin.start ?? 0,
      statistics: statisticsOf(statistic, percentile),
      now: context.now,
      fill: true,
      completeness: inputs.completeness,
      ...(expected === null ? {} : { expected }),
      circular: inputs.circular.length === 0 ? null : inputs.circular,
      wind: direction === undefined || speed === undefined ? null : { direction, speed },
    });
    const result = counted(made);
    return {
      result: () => ({ kind: 'table', table: result.table, name: 'statistics' }),
      windows: async () => ({ kind: 'literal', value: await result.rows() }),
    };
  },
});
