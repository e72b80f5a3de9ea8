// The one list of processes; every processing door offers them, in this order.
import type { Process } from './process.ts';
import { convert } from './processes/convert.ts';
import { correlate } from './processes/correlate.ts';
import { decimate } from './processes/decimate.ts';
import { ebasExport } from './processes/ebas-export.ts';
import { ebasHourly } from './processes/ebas-hourly.ts';
import { echo } from './processes/echo.ts';
import { echoWps } from './processes/echo-wps.ts';
import { gridAggregate } from './processes/grid-aggregate.ts';
import { quicklook } from './processes/quicklook.ts';
import { radarSummary } from './processes/radar-summary.ts';
import { statistics } from './processes/statistics.ts';
import { subset } from './processes/subset.ts';
import { validate } from './processes/validate.ts';

export const PROCESSES: readonly Process[] = [
  convert,
  statistics,
  ebasHourly,
  subset,
  decimate,
  correlate,
  gridAggregate,
  radarSummary,
  validate,
  ebasExport,
  quicklook,
];

/** For test suites of the dialects; offered by a setting only. */
export const ECHO_PROCESSES: readonly Process[] = [echo, echoWps];

/** A process of that id or alias; null: there is none. */
export function processNamed(id: string): Process | null {
  const all = [...PROCESSES, ...ECHO_PROCESSES];
  return all.find(({ description }) => description.id === id || description.aliases.includes(id)) ?? null;
}
