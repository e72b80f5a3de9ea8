// radar-summary: events of a Doppler radar by thresholds with hysteresis. What a mass would need (a calibration) is not invented here.
import { createEventFinder, type EventRules, meanPower, type RadarEvent } from '../../data/tables/radar-events.ts';
import { medianStep } from '../../data/tables/step.ts';
import type { JsonValue } from '../../model/json.ts';
import {
  type Chunk,
  type Column,
  cellSize,
  columnIndex,
  NO_METADATA,
  type Table,
  timeIndex,
} from '../../model/table.ts';
import { tableOutputs } from '../formats.ts';
import { complexOutput, DATETIME, INPUT, jsonOutput, optional, preset, required, several, source } from '../ports.ts';
import { defineProcess } from '../process.ts';
import { cutTable, demandTime, refuse } from '../tables.ts';

/** How one number is made of the gates of a record. */
type Reduce = (chunk: Chunk, row: number) => number;

/** Place of a variable of numbers, with gates or without. */
function variableOf(table: Table, parameter: string, name: string): number {
  const index = columnIndex(table, name);
  const column = table.columns[index];
  if (column !== undefined && column.dimensions.length <= 1 && ['number', 'integer'].includes(column.type))
    return index;
  const list = table.columns
    .filter(({ type }) => type === 'number' || type === 'integer')
    .map((c) => c.name)
    .join(', ');
  throw refuse(
    parameter,
    `${name} is no variable of numbers; there are: ${list}`,
    `${name} n'est pas une variable de nombres ; il y a : ${list}`,
  );
}

function reducer(
  table: Table,
  index: number,
  gates: readonly number[],
  reduce: (values: readonly number[]) => number,
): Reduce {
  const size = cellSize(table.dimensions, table.columns[index] as Column);
  const unknown = gates.find((gate) => gate >= size);
  if (unknown !== undefined)
    throw refuse(
      'gate',
      `there is no gate ${unknown}: there are 0 to ${size - 1}`,
      `il n'y a pas de porte ${unknown} : il y a 0 à ${size - 1}`,
    );
  if (size === 1) return (chunk, row) => (chunk.values[index] as Float64Array)[row] as number;
  const wanted = gates.length > 0 ? gates : Array.from({ length: size }, (_, n) => n);
  return (chunk, row) => {
    const values = wanted.map((gate) => (chunk.values[index] as Float64Array)[row * size + gate] as number);
    return reduce(values.filter((value) => !Number.isNaN(value)));
  };
}

const greatest = (values: readonly number[]): number => (values.length === 0 ? Number.NaN : Math.max(...values));

const column = (name: string, type: Column['type'], unit: string | null, en: string): Column => ({
  name,
  type,
  unit,
  standardName: null,
  label: { en },
  missing: null,
  dimensions: [],
  attributes: {},
});

function eventsTable(
  events: readonly RadarEvent[],
  source: Table,
  units: readonly (string | null)[],
  comment: string,
): Table {
  const of = (value: (event: RadarEvent) => number) => Float64Array.from(events, value);
  const [power = null, velocity = null] = units;
  const values = [
    of(({ start }) => start),
    of(({ end }) => end),
    of(({ start, end }) => (end - start) / 1000),
    of(({ records }) => records),
    of(({ maximumPower }) => maximumPower),
    of(({ maximumPowerAt }) => maximumPowerAt),
    of(({ meanPower: mean }) => mean),
    of(({ maximumVelocity }) => maximumVelocity),
    of(({ completeness }) => completeness),
  ];
  return {
    metadata: { ...NO_METADATA, ...source.metadata, featureType: null, comment },
    columns: [
      column('start', 'time', null, 'first record of the event'),
      column('end', 'time', null, 'last record of the event'),
      column('duration', 'number', 's', 'duration'),
      column('records', 'integer', null, 'records with a power'),
      column('maximum_power', 'number', power, 'maximum power'),
      column('maximum_power_time', 'time', null, 'time of the maximum power'),
      column('mean_power', 'number', power, 'mean power, averaged in linear units'),
      column('maximum_velocity', 'number', velocity, 'maximum velocity'),
      column('completeness', 'number', 'percent', 'records that the usual step makes one expect'),
    ],
    dimensions: [],
    fixed: [],
    axis: { column: 'start', end: 'end' },
    rows: events.length,
    repeatable: true,
    chunks: async function* () {
      if (events.length > 0) yield { rows: events.length, values };
    },
  };
}

const DESCRIPTIVE = 'descriptive, not a mass';
const THRESHOLD = (en: string, fr: string) => ({
  title: { en: `${en} threshold`, fr: `Seuil de ${fr}` },
  abstract: { en: 'In the unit of the power.', fr: 'Dans l’unité de la puissance.' },
});

export const radarSummary = defineProcess({
  id: 'radar-summary',
  version: '1.0.0',
  title: { en: 'Radar event summary', fr: 'Synthèse d’événements radar' },
  abstract: {
    en: 'Events of a Doppler radar by two thresholds of power (hysteresis): start, end, duration, records, maximum power and its time, mean power (averaged in linear units when it is in dB), maximum velocity, completeness. Descriptive, not a mass.',
    fr: 'Événements d’un radar Doppler par deux seuils de puissance (hystérésis) : début, fin, durée, enregistrements, puissance maximale et sa date, puissance moyenne (en unités linéaires quand elle est en dB), vitesse maximale, complétude. Descriptif, pas une masse.',
  },
  keywords: ['radar', 'Doppler', 'events', 'volcano'],
  inputs: {
    input: source(INPUT),
    power_variable: required(
      'string',
      {
        title: { en: 'Power', fr: 'Puissance' },
        abstract: { en: 'Name of the variable of power.', fr: 'Nom de la variable de puissance.' },
      },
      { longest: 200 },
    ),
    velocity_variable: optional(
      'string',
      {
        title: { en: 'Velocity', fr: 'Vitesse' },
        abstract: { en: 'Name of the variable of velocity.', fr: 'Nom de la variable de vitesse.' },
      },
      { longest: 200 },
    ),
    datetime: DATETIME,
    gate: several(
      'integer',
      {
        title: { en: 'Range gates', fr: 'Portes' },
        abstract: {
          en: 'Gates to look at, from 0; none: all of them. Their powers are averaged.',
          fr: 'Portes à considérer, depuis 0 ; aucune : toutes. Leurs puissances sont moyennées.',
        },
      },
      100,
      { minimum: 0, maximum: 10_000 },
    ),
    on_threshold: required('double', THRESHOLD('On', 'début')),
    off_threshold: optional('double', THRESHOLD('Off', 'fin')),
    min_duration: preset('duration', 'PT10S', {
      title: { en: 'Least duration', fr: 'Durée minimale' },
      abstract: { en: 'Shorter events are left out.', fr: 'Les événements plus courts sont omis.' },
    }),
    merge_gap: preset('duration', 'PT60S', {
      title: { en: 'Gap', fr: 'Pause' },
      abstract: {
        en: 'An event ends after so long below the off-threshold.',
        fr: 'Un événement finit après ce temps sous le seuil de fin.',
      },
    }),
  },
  outputs: {
    events: complexOutput(
      {
        title: { en: 'Events', fr: 'Événements' },
        abstract: { en: 'One row an event.', fr: 'Une ligne par événement.' },
      },
      tableOutputs('csv'),
    ),
    summary: jsonOutput({
      title: { en: 'Summary', fr: 'Résumé' },
      abstract: {
        en: 'Number of events, their total duration, the rules.',
        fr: 'Nombre d’événements, leur durée totale, les règles.',
      },
    }),
  },
  example: {
    input: [
      {
        kind: 'text',
        text: `time,power,velocity\n${[5, 12, 20, 18, 9, 4, 3].map((p, n) => `2024-01-01T00:00:${String(n * 5).padStart(2, '0')}Z,${p},${p * 2}`).join('\n')}\n`,
        format: { mediaType: 'text/csv' },
      },
    ],
    power_variable: [{ kind: 'text', text: 'power' }],
    velocity_variable: [{ kind: 'text', text: 'velocity' }],
    on_threshold: [{ kind: 'text', text: '10' }],
    off_threshold: [{ kind: 'text', text: '8' }],
  },
  suits: ({ service, level }) => level === 'dataset' && service === 'voldorad',
  run: async (inputs, context) => {
    const { on_threshold: on } = inputs;
    const off = inputs.off_threshold ?? on;
    if (off > on) throw refuse('off_threshold', 'must not lie above on_threshold', 'ne doit pas dépasser on_threshold');
    const table = await cutTable(inputs.input, { variables: [], datetime: inputs.datetime });
    demandTime(table, 'input');
    const time = timeIndex(table);
    const power = variableOf(table, 'power_variable', inputs.power_variable);
    const velocity =
      inputs.velocity_variable === null ? -1 : variableOf(table, 'velocity_variable', inputs.velocity_variable);
    const isDecibel = /^dB/i.test(table.columns[power]?.unit ?? 'dB');
    const powerOf = reducer(table, power, inputs.gate, (values) => meanPower(values, isDecibel));
    const velocityOf = velocity < 0 ? () => Number.NaN : reducer(table, velocity, inputs.gate, greatest);
    const rules: EventRules = {
      on,
      off,
      minDuration: inputs.min_duration.milliseconds,
      mergeGap: inputs.merge_gap.milliseconds,
      step: await medianStep(table),
      isDecibel,
    };
    const finder = createEventFinder(rules);
    const events: RadarEvent[] = [];
    const take = (event: RadarEvent | null) => {
      if (event !== null) events.push(event);
    };
    for await (const chunk of table.chunks())
      for (let row = 0; row < chunk.rows; row++)
        take(
          finder.add((chunk.values[time] as Float64Array)[row] as number, powerOf(chunk, row), velocityOf(chunk, row)),
        );
    take(finder.end());
    context.progress(1);
    const units = [table.columns[power]?.unit ?? null, table.columns[velocity]?.unit ?? null];
    const summary: JsonValue = {
      note: DESCRIPTIVE,
      events: events.length,
      duration: events.reduce((sum, { start, end }) => sum + (end - start) / 1000, 0),
      maximum_power: events.length === 0 ? null : Math.max(...events.map(({ maximumPower }) => maximumPower)),
      on_threshold: on,
      off_threshold: off,
      min_duration: rules.minDuration / 1000,
      merge_gap: rules.mergeGap / 1000,
      averaged: isDecibel ? 'in linear units' : 'as they are',
    };
    return {
      events: () => ({ kind: 'table', table: eventsTable(events, table, units, DESCRIPTIVE), name: 'events' }),
      summary: () => ({ kind: 'json', value: summary, name: 'summary' }),
    };
  },
});
