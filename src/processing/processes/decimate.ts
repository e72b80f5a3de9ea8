// decimate: fewer rows that draw the same line.
import { decimate as decimated } from '../../data/tables/decimate.ts';
import { repeatable } from '../../formats/codecs/table-profile.ts';
import { tableOutputs } from '../formats.ts';
import { complexOutput, DATETIME, INPUT, preset, required, source } from '../ports.ts';
import { defineProcess } from '../process.ts';
import { cutTable, demandTime, numberIndex } from '../tables.ts';

export const decimate = defineProcess({
  id: 'decimate',
  version: '1.0.0',
  title: { en: 'Decimation for plots', fr: 'Décimation pour tracé' },
  abstract: {
    en: 'Fewer rows that draw the same line: by the largest triangles (lttb), which keep the shape, or by the smallest and greatest values (minmax), which keep every peak. Rows are kept as they are; nothing is averaged.',
    fr: 'Moins de lignes pour le même tracé : par les plus grands triangles (lttb), qui gardent la forme, ou par les plus petites et plus grandes valeurs (minmax), qui gardent chaque pic. Les lignes restent telles quelles ; rien n’est moyenné.',
  },
  keywords: ['decimation', 'plot', 'LTTB'],
  inputs: {
    input: source(INPUT),
    variable: required(
      'string',
      {
        title: { en: 'Variable', fr: 'Variable' },
        abstract: { en: 'The variable whose line is kept.', fr: 'La variable dont le tracé est gardé.' },
      },
      { longest: 200 },
    ),
    datetime: DATETIME,
    points: preset(
      'integer',
      2000,
      {
        title: { en: 'Number of rows', fr: 'Nombre de lignes' },
        abstract: { en: 'Rows that the result has at most.', fr: 'Lignes que le résultat a au plus.' },
      },
      { minimum: 3, maximum: 20_000 },
    ),
    method: preset(
      'string',
      'lttb',
      {
        title: { en: 'Method', fr: 'Méthode' },
        abstract: { en: 'lttb, minmax, or none.', fr: 'lttb, minmax, ou none (aucune).' },
      },
      { allowed: ['lttb', 'minmax', 'none'] },
    ),
  },
  outputs: {
    result: complexOutput(
      {
        title: { en: 'Decimated table', fr: 'Table décimée' },
        abstract: { en: 'Time and the variable.', fr: 'Le temps et la variable.' },
      },
      tableOutputs('csv'),
    ),
  },
  example: {
    input: [
      {
        kind: 'text',
        text: `time,power\n${[0, 1, 5, 1, 0, -4, 0, 2, 1, 0].map((y, n) => `2024-01-01T00:00:0${n}Z,${y}`).join('\n')}\n`,
        format: { mediaType: 'text/csv' },
      },
    ],
    variable: [{ kind: 'text', text: 'power' }],
    points: [{ kind: 'text', text: '5' }],
  },
  run: async ({ input, variable, datetime, points, method }, context) => {
    const whole = await input.table();
    numberIndex(whole, 'variable', variable);
    demandTime(whole, 'input');
    const table = await repeatable(await cutTable(input, { variables: [variable], datetime }));
    const result =
      method === 'none'
        ? table
        : await decimated(table, {
            method: method === 'minmax' ? 'minmax' : 'lttb',
            points,
            variable,
            now: context.now,
          });
    return { result: () => ({ kind: 'table', table: result, name: 'decimated' }) };
  },
});
