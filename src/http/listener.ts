// The socket: listening, and a stop that lets requests in flight end.
import { readFileSync } from 'node:fs';
import { createServer as createPlainServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';
import { Server as SocketServer } from 'node:net';
import { setTimeout as sleep } from 'node:timers/promises';

export interface ListenerOptions {
  /** PEM files; both null: plain HTTP. */
  readonly tlsCertificate: string | null;
  readonly tlsKey: string | null;
}

/** A server that is not listening yet. Addresses of up to 250 kB are read, so that a long one is answered with 414 and not cut off. */
export function createListener(handler: RequestListener, options: ListenerOptions): Server {
  const limits = {
    maxHeaderSize: 250_000,
    requestTimeout: 60_000,
    headersTimeout: 20_000,
    keepAliveTimeout: 15_000,
  };
  const server: Server =
    options.tlsCertificate !== null && options.tlsKey !== null
      ? createTlsServer(
          { ...limits, cert: readFileSync(options.tlsCertificate), key: readFileSync(options.tlsKey) },
          handler,
        )
      : createPlainServer(limits, handler);
  return server;
}

/** Resolves when the server listens; rejects with a sentence that names the address. */
export function listen(server: Server, host: string, port: number): Promise<void> {
  return new Promise((resolve, reject) => {
    server.once('error', (error: NodeJS.ErrnoException) => {
      const reason = error.code === 'EADDRINUSE' ? 'is in use by another program' : error.message;
      reject(new Error(`cannot listen on ${host}:${port}: ${reason}`));
    });
    server.listen(port, host, resolve);
  });
}

/** Milliseconds between two looks for connections that have nothing to say. */
const SWEEP = 300;

export interface StopTimes {
  /** Milliseconds during which requests are still accepted: what waits at the door is let in, and a proxy sees `/readyz` change. */
  readonly delay: number;
  /** Milliseconds that requests in flight may then still take before they are broken off. */
  readonly timeout: number;
}

/**
 * Ends keep-alive, accepts nothing new after the delay, lets requests in flight end. The close of node:http would also cut connections
 * whose request has arrived but is not read yet; the socket's own close does not.
 */
export async function stopListening(server: Server, { delay, timeout }: StopTimes): Promise<void> {
  server.prependListener('request', (_request, response) => {
    response.shouldKeepAlive = false;
  });
  if (delay > 0) await sleep(delay);
  const closed = new Promise<void>((resolve) => SocketServer.prototype.close.call(server, () => resolve()));
  const sweep = setInterval(() => server.closeIdleConnections(), SWEEP);
  const end = setTimeout(() => server.closeAllConnections(), timeout);
  await closed;
  clearInterval(sweep);
  clearTimeout(end);
}
