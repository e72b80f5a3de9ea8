// ebas-hourly: hourly means, percentiles and flags as ACTRIS and EBAS want them.
import { hourly } from '../../data/tables/hourly.ts';
import { medianStep } from '../../data/tables/step.ts';
import { periodCode } from '../../formats/codecs/ebas-header.ts';
import { ebasAttribute, ebasValue } from '../../formats/codecs/ebas-keys.ts';
import type { Table } from '../../model/table.ts';
import { tableOutputs } from '../formats.ts';
import { complexOutput, INPUT, optional, preset, several, source } from '../ports.ts';
import { defineProcess } from '../process.ts';
import { demandTime, refuse } from '../tables.ts';

const HOUR = 3_600_000;

/** Header keys of hourly data; the samples' own resolution is kept as the original one. */
function withKeys(table: Table, step: number): Table {
  const { attributes } = table.metadata;
  if (ebasValue(attributes, 'Data definition') === null) return table;
  const original =
    ebasValue(attributes, 'Orig. time res.') ?? ebasValue(attributes, 'Resolution code') ?? periodCode(step);
  const keys = {
    Statistics: 'arithmetic mean',
    'Resolution code': '1h',
    'Sample duration': '1h',
    'Orig. time res.': original,
  };
  const own = Object.fromEntries(Object.entries(keys).map(([key, value]) => [ebasAttribute(key), value]));
  const { [ebasAttribute('Set type code')]: _set, [ebasAttribute('Period code')]: _period, ...rest } = attributes;
  return { ...table, metadata: { ...table.metadata, attributes: { ...rest, ...own } } };
}

export const ebasHourly = defineProcess({
  id: 'ebas-hourly',
  version: '1.0.0',
  title: { en: 'EBAS hourly averages', fr: 'Moyennes horaires EBAS' },
  abstract: {
    en: 'Arithmetic mean and percentiles 15.87 and 84.13 of the valid samples of each hour (UTC), with their flags and one for the completeness of the hour (390 to 395, 999). EBAS NASA Ames when the input is EBAS and no format is asked, else CSV, which has the number of samples too.',
    fr: 'Moyenne arithmétique et percentiles 15,87 et 84,13 des échantillons valides de chaque heure (UTC), avec leurs drapeaux et un pour la complétude de l’heure (390 à 395, 999). EBAS NASA Ames quand l’entrée est EBAS et qu’aucun format n’est demandé, sinon CSV, qui a aussi le nombre d’échantillons.',
  },
  keywords: ['EBAS', 'ACTRIS', 'hourly mean', 'percentile', 'flags'],
  inputs: {
    input: source(INPUT),
    component: several(
      'string',
      {
        title: { en: 'Components', fr: 'Composants' },
        abstract: { en: 'Names of the variables; none: all of them.', fr: 'Noms des variables ; aucun : toutes.' },
      },
      100,
      { longest: 200 },
    ),
    flag_invalid_below: preset(
      'double',
      50,
      {
        title: { en: 'Invalid below', fr: 'Invalide sous' },
        abstract: {
          en: 'Percent of the expected samples below which an hour is flagged invalid (391, 393, 395).',
          fr: 'Pourcentage des échantillons attendus sous lequel une heure est marquée invalide (391, 393, 395).',
        },
      },
      { minimum: 0, maximum: 100, unit: 'percent' },
    ),
    expected: optional(
      'integer',
      {
        title: { en: 'Expected samples', fr: 'Échantillons attendus' },
        abstract: {
          en: 'Samples of a complete hour; left out: by the usual step.',
          fr: 'Échantillons d’une heure complète ; absent : selon le pas usuel.',
        },
      },
      { minimum: 1, maximum: 10_000_000 },
    ),
  },
  outputs: {
    result: complexOutput(
      {
        title: { en: 'Hourly averages', fr: 'Moyennes horaires' },
        abstract: {
          en: 'One row an hour, from the first sample to the last.',
          fr: 'Une ligne par heure, du premier échantillon au dernier.',
        },
      },
      tableOutputs('ebas'),
    ),
  },
  example: {
    input: [
      {
        kind: 'text',
        text: `time,ozone\n${[10, 12, 11, 13, 50, 9].map((v, n) => `2024-01-01T00:${n}0:00Z,${v}`).join('\n')}\n`,
        format: { mediaType: 'text/csv' },
      },
    ],
  },
  run: async ({ input, component, flag_invalid_below, expected }, context) => {
    const table = await input.table();
    demandTime(table, 'input');
    const step = await medianStep(table);
    const perHour = expected ?? Math.max(1, Math.round(HOUR / step));
    if (!Number.isFinite(perHour))
      throw refuse(
        'expected',
        'the step of the samples is not known: say how many an hour has',
        'le pas des échantillons n’est pas connu : dites combien une heure en a',
      );
    const preferred = input.format() === 'ebas' ? 'ebas' : 'csv';
    const made = hourly(table, {
      variables: component.length === 0 ? null : component,
      expected: perHour,
      invalidBelow: flag_invalid_below,
      withCounts: (context.format('result') ?? preferred) !== 'ebas',
      now: context.now,
    });
    return {
      result: () => ({ kind: 'table', table: withKeys(made, step), name: 'hourly', format: preferred }),
    };
  },
});
