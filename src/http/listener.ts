// The socket: listening, and a stop that lets requests in flight end.
import { readFileSync } from 'node:fs';
import { createServer as createPlainServer, type RequestListener, type Server } from 'node:http';
import { createServer as createTlsServer } from 'node:https';

export interface ListenerOptions {
  readonly host: string;
  readonly port: number;
  readonly tlsCertificate: string | null;
  readonly tlsKey: string | null;
  readonly maxUrlLength: number;
}

/** A server that is not listening yet. Addresses of up to 250 kB are read, so that a long one is answered with 414 and not cut off. */
export function createListener(handler: RequestListener, options: Omit<ListenerOptions, 'host' | 'port'>): Server {
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

/** Accepts nothing new, lets requests in flight end for at most so many milliseconds, then breaks them off. */
export async function stopListening(server: Server, milliseconds: number): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  server.closeIdleConnections();
  // A connection that was busy a moment ago may be idle now and would be kept alive.
  const sweep = setInterval(() => server.closeIdleConnections(), 100);
  const end = setTimeout(() => server.closeAllConnections(), milliseconds);
  await closed;
  clearInterval(sweep);
  clearTimeout(end);
}
