// The load: keep-alive connections on raw sockets, one request in flight on each, in a process of its own so that it shares no event loop
// with what it measures. Only addresses of this machine. Asked and answered over the process channel.
import { connect, type Socket } from 'node:net';

export interface LoadOrder {
  readonly port: number;
  readonly paths: readonly string[];
  readonly clients: number;
  readonly milliseconds: number;
  readonly headers: string;
}
export interface LoadResult {
  readonly requests: number;
  readonly errors: number;
  readonly milliseconds: number;
  readonly p50: number;
  readonly p99: number;
  readonly bytes: number;
}

/** Length of the first whole answer in the buffer, or -1. Answers carry Content-Length, or are chunked, or have no body (204, 304). */
function answerLength(buffer: Buffer): number {
  const head = buffer.indexOf('\r\n\r\n');
  if (head < 0) return -1;
  const text = buffer.toString('latin1', 0, head);
  const length = /\r\ncontent-length: *(\d+)/i.exec(text)?.[1];
  if (length !== undefined) {
    const end = head + 4 + Number(length);
    return buffer.length >= end ? end : -1;
  }
  if (!/\r\ntransfer-encoding: *chunked/i.test(text)) return head + 4;
  const end = buffer.indexOf('\r\n0\r\n\r\n', head + 2);
  return end < 0 ? -1 : end + 7;
}

async function run(order: LoadOrder): Promise<LoadResult> {
  const requests = order.paths.map((path) =>
    Buffer.from(`GET ${path} HTTP/1.1\r\nHost: 127.0.0.1:${order.port}\r\n${order.headers}\r\n`),
  );
  const latencies: number[] = [];
  let next = 0;
  let errors = 0;
  let bytes = 0;
  const started = performance.now();
  const stop = started + order.milliseconds;
  const client = () =>
    new Promise<void>((resolve) => {
      const socket: Socket = connect(order.port, '127.0.0.1');
      socket.setNoDelay(true);
      let buffer = Buffer.alloc(0);
      let sent = 0;
      const send = () => {
        if (performance.now() >= stop) {
          socket.end();
          resolve();
          return;
        }
        sent = performance.now();
        socket.write(requests[next++ % requests.length] as Buffer);
      };
      socket.on('connect', send);
      socket.on('error', () => {
        errors++;
        resolve();
      });
      socket.on('close', () => resolve());
      socket.on('data', (chunk) => {
        buffer = buffer.length === 0 ? chunk : Buffer.concat([buffer, chunk]);
        const end = answerLength(buffer);
        if (end < 0) return;
        latencies.push(performance.now() - sent);
        if (buffer[9] !== 0x32 && buffer[9] !== 0x33) errors++; // neither 2xx nor 3xx
        bytes += end;
        buffer = buffer.subarray(end);
        send();
      });
    });
  await Promise.all(Array.from({ length: order.clients }, client));
  latencies.sort((a, b) => a - b);
  const at = (share: number) =>
    latencies[Math.min(latencies.length - 1, Math.ceil(latencies.length * share) - 1)] ?? Number.NaN;
  return {
    requests: latencies.length,
    errors,
    milliseconds: performance.now() - started,
    p50: at(0.5),
    p99: at(0.99),
    bytes: Math.round(bytes / Math.max(1, latencies.length)),
  };
}

process.on('message', (order: LoadOrder) => {
  run(order).then((result) => process.send?.(result));
});
