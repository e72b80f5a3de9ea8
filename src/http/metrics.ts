// Measurements for Prometheus. Requests are counted here by route (its template, never the raw path), method and status: a histogram of
// prom-client takes five times as long for each observation. Process figures and rare counters are prom-client's.
import { Counter, collectDefaultMetrics, Gauge, Registry } from 'prom-client';

export interface Observation {
  readonly route: string;
  readonly method: string;
  readonly status: number;
  readonly seconds: number;
  readonly bytes: number;
}

export interface Metrics {
  readonly observe: (observation: Observation) => void;
  readonly authenticationFailed: (reason: string) => void;
  /** Text in the exposition format, and its media type. */
  readonly print: () => Promise<string>;
  readonly contentType: string;
}

/** Upper ends of the classes of durations, seconds. */
const BUCKETS = [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10] as const;
const DURATION = 'vobs_http_request_duration_seconds';
const SIZE = 'vobs_http_response_bytes_total';

interface Cell {
  readonly labels: string;
  /** Observations in each class alone, the last one without an upper end. */
  readonly classes: number[];
  seconds: number;
  bytes: number;
}

const escaped = (text: string) => text.replaceAll('\\', '\\\\').replaceAll('"', '\\"').replaceAll('\n', '\\n');

function printCell({ labels, classes, seconds }: Cell): string {
  let sum = 0;
  const lines = classes.map((count, index) => {
    sum += count;
    return `${DURATION}_bucket{${labels},le="${BUCKETS[index] ?? '+Inf'}"} ${sum}`;
  });
  return [...lines, `${DURATION}_sum{${labels}} ${seconds}`, `${DURATION}_count{${labels}} ${sum}`].join('\n');
}

function printCells(cells: readonly Cell[]): string {
  return [
    `# HELP ${DURATION} From the arrival of a request to the end of its answer`,
    `# TYPE ${DURATION} histogram`,
    ...cells.map(printCell),
    `# HELP ${SIZE} Bytes of answers`,
    `# TYPE ${SIZE} counter`,
    ...cells.map(({ labels, bytes }) => `${SIZE}{${labels}} ${bytes}`),
    '',
  ].join('\n');
}

/** Routes, methods and statuses are few, so the cells are. */
function createCells() {
  const cells = new Map<string, Cell>();
  return {
    list: () => [...cells.values()],
    find({ route, method, status }: Observation): Cell {
      const key = `${status} ${method} ${route}`;
      let cell = cells.get(key);
      if (cell === undefined) {
        const labels = `route="${escaped(route)}",method="${method}",status="${status}"`;
        cell = { labels, classes: new Array(BUCKETS.length + 1).fill(0), seconds: 0, bytes: 0 };
        cells.set(key, cell);
      }
      return cell;
    },
  };
}

export function createMetrics(version: string): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const failures = new Counter({
    name: 'vobs_authentication_failures_total',
    help: 'Refused logins',
    labelNames: ['reason'],
    registers,
  });
  new Gauge({ name: 'vobs_build_info', help: 'Version in use', labelNames: ['version'], registers }).set(
    { version },
    1,
  );
  const cells = createCells();
  return {
    observe(observation) {
      const cell = cells.find(observation);
      let place = 0;
      while (place < BUCKETS.length && observation.seconds > BUCKETS[place]!) place += 1;
      cell.classes[place]! += 1;
      cell.seconds += observation.seconds;
      cell.bytes += observation.bytes;
    },
    authenticationFailed: (reason) => failures.inc({ reason }),
    print: async () => `${await registry.metrics()}${printCells(cells.list())}`,
    contentType: registry.contentType,
  };
}
