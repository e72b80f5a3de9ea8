// quicklook: a chart of variables over time, or a map of positions, as SVG and PNG.

import { drawChart } from '../../data/drawing/chart.ts';
import { chartOfTable } from '../../data/drawing/chart-of-table.ts';
import { mapOfTable } from '../../data/drawing/map-of-table.ts';
import { drawMap } from '../../data/drawing/position-map.ts';
import { svgToPng } from '../../data/drawing/rasterise.ts';
import { validValues } from '../../data/tables/valid-values.ts';
import { standardIndex, type Table } from '../../model/table.ts';
import { PNG_FORMAT, SVG_FORMAT } from '../formats.ts';
import { BBOX, complexOutput, DATETIME, INPUT, preset, source, VARIABLES } from '../ports.ts';
import { defineProcess } from '../process.ts';
import { cutTable, refuse } from '../tables.ts';

interface Picture {
  readonly kind: 'chart' | 'map';
  readonly variables: readonly string[];
  readonly width: number;
  readonly height: number;
  readonly language: 'en' | 'fr';
}

/** The drawing as SVG. `lettering`: letters for browsers, strokes for pictures. */
async function drawn(table: Table, picture: Picture, lettering: 'text' | 'strokes'): Promise<string> {
  const { kind, variables, width, height, language } = picture;
  if (kind === 'map') {
    const map = await mapOfTable(table, { value: variables[0] ?? null, language });
    return drawMap(map, { width, height, lettering });
  }
  const wanted = variables.length === 0 ? null : variables;
  const chart = await chartOfTable(table, { x: null, variables: wanted, split: null, width, language });
  return drawChart(chart, { width, height, lettering });
}

async function* once(bytes: Uint8Array): AsyncGenerator<Uint8Array> {
  yield bytes;
}

const SIZE = (en: string, fr: string) => ({ title: { en, fr }, abstract: { en: 'Pixels.', fr: 'Pixels.' } });

export const quicklook = defineProcess({
  id: 'quicklook',
  version: '1.0.0',
  title: { en: 'Quick-look', fr: 'Aperçu' },
  abstract: {
    en: 'A chart of variables over time, or a map of positions, as SVG and PNG. Every peak stays visible, however long the series is.',
    fr: 'Un graphique de variables dans le temps, ou une carte de positions, en SVG et PNG. Chaque pic reste visible, quelle que soit la longueur de la série.',
  },
  keywords: ['chart', 'map', 'picture'],
  inputs: {
    input: source(INPUT),
    variables: VARIABLES,
    datetime: DATETIME,
    bbox: BBOX,
    kind: preset(
      'string',
      'auto',
      {
        title: { en: 'Kind', fr: 'Genre' },
        abstract: {
          en: 'chart, map, or auto: a map of tracks, a chart of the rest.',
          fr: 'chart, map, ou auto : une carte des trajets, un graphique du reste.',
        },
      },
      { allowed: ['auto', 'chart', 'map'] },
    ),
    width: preset('integer', 900, SIZE('Width', 'Largeur'), { minimum: 200, maximum: 4000 }),
    height: preset('integer', 500, SIZE('Height', 'Hauteur'), { minimum: 150, maximum: 4000 }),
    language: preset(
      'string',
      'en',
      { title: { en: 'Language', fr: 'Langue' }, abstract: { en: 'Of labels.', fr: 'Des libellés.' } },
      { allowed: ['en', 'fr'] },
    ),
  },
  outputs: {
    svg: complexOutput(
      { title: { en: 'SVG', fr: 'SVG' }, abstract: { en: 'The picture as vectors.', fr: 'L’image en vecteurs.' } },
      [SVG_FORMAT],
    ),
    png: complexOutput(
      { title: { en: 'PNG', fr: 'PNG' }, abstract: { en: 'The picture as pixels.', fr: 'L’image en pixels.' } },
      [PNG_FORMAT],
    ),
  },
  example: {
    input: [
      {
        kind: 'text',
        text: 'time,power\n2024-01-01T00:00:00Z,1\n2024-01-01T00:01:00Z,5\n2024-01-01T00:02:00Z,2\n',
        format: { mediaType: 'text/csv' },
      },
    ],
  },
  run: async (inputs) => {
    const table = validValues(
      await cutTable(inputs.input, { variables: [], datetime: inputs.datetime, bbox: inputs.bbox }),
    );
    const isTrack = table.metadata.featureType === 'trajectory' && standardIndex(table, 'longitude') >= 0;
    const kind = inputs.kind === 'map' || (inputs.kind === 'auto' && isTrack) ? 'map' : 'chart';
    const { variables, width, height } = inputs;
    const picture: Picture = { kind, variables, width, height, language: inputs.language === 'fr' ? 'fr' : 'en' };
    return {
      svg: async () => ({
        kind: 'bytes',
        bytes: once(new TextEncoder().encode(await drawn(table, picture, 'text'))),
        format: SVG_FORMAT,
        name: 'quicklook',
      }),
      png: async () => {
        const png = await svgToPng(await drawn(table, picture, 'strokes'));
        if (png === null)
          throw refuse('png', 'this server makes no PNG: ask for svg', 'ce serveur ne fait pas de PNG : demandez svg');
        return { kind: 'bytes', bytes: once(png), format: PNG_FORMAT, name: 'quicklook' };
      },
    };
  },
});
