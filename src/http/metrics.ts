// Measurements for Prometheus: one histogram of durations and sizes by route (its template, never the raw path), method and status.
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';

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

export function createMetrics(version: string): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const registers = [registry];
  const labelNames = ['route', 'method', 'status'];
  const duration = new Histogram({
    name: 'vobs_http_request_duration_seconds',
    help: 'From the arrival of a request to the end of its answer',
    labelNames,
    buckets: [0.001, 0.005, 0.02, 0.1, 0.5, 2, 10],
    registers,
  });
  const size = new Counter({ name: 'vobs_http_response_bytes_total', help: 'Bytes of answers', labelNames, registers });
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
  return {
    observe({ route, method, status, seconds, bytes }) {
      const labels = { route, method, status };
      duration.observe(labels, seconds);
      size.inc(labels, bytes);
    },
    authenticationFailed: (reason) => failures.inc({ reason }),
    print: () => registry.metrics(),
    contentType: registry.contentType,
  };
}
