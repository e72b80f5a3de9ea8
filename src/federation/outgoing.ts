// Requests that we send to others because a caller asked for it: only to hosts that the site allows, only to public addresses, which are
// looked up once and then connected to, with limits of time, size and redirections. The caller's login and cookies are never sent.
import { lookup as lookUp } from 'node:dns/promises';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { request as httpsRequest } from 'node:https';
import type { LookupFunction } from 'node:net';
import { createGunzip } from 'node:zlib';
import ipaddr from 'ipaddr.js';
import { SyntaxFault } from '../model/errors.ts';

export interface OutgoingOptions {
  /** `data.example.org`, `*.example.org`, `http://host:port` (plain HTTP is only for hosts named so), `*`: every host by HTTPS. Empty: none. */
  readonly hosts: readonly string[];
  /** May this address be connected to? Absent: public ones only. */
  readonly mayReach?: (address: string) => boolean;
  /** All addresses of a host; absent: by DNS. */
  readonly resolve?: (host: string) => Promise<readonly { readonly address: string; readonly family: number }[]>;
}

export interface Fetched {
  /** Without parameters, lower case; empty: not said. */
  readonly mediaType: string;
  /** Last segment of the path. */
  readonly name: string;
  /** Breaks off beyond the limit. */
  readonly bytes: AsyncIterable<Uint8Array>;
}

export interface Outgoing {
  /** Throws SyntaxFault when the address must not be asked; asks nobody. */
  readonly check: (href: string) => URL;
  /** Throws SyntaxFault when it cannot be had; `most` bytes, also after decompression. */
  readonly get: (href: string, most: number) => Promise<Fetched>;
  /** Sends a JSON document and forgets the answer. */
  readonly post: (href: string, body: string) => Promise<void>;
}

const REDIRECTIONS = 3;
const PATIENCE = 30_000;

/** Unicast addresses of the public internet; not those of private networks, of this machine, of links, of tunnels to IPv4. */
export function isPublicAddress(address: string): boolean {
  try {
    return ipaddr.process(address).range() === 'unicast';
  } catch {
    return false;
  }
}

const fault = (en: string, fr: string): SyntaxFault => new SyntaxFault(en, fr);

function isAllowed(url: URL, hosts: readonly string[]): boolean {
  return hosts.some((entry) => {
    if (entry.startsWith('http://')) return url.origin === new URL(entry).origin;
    if (url.protocol !== 'https:' || url.port !== '') return false;
    if (entry === '*') return true;
    const host = entry.toLowerCase();
    return host.startsWith('*.') ? url.hostname.endsWith(host.slice(1)) : url.hostname === host;
  });
}

function checked(href: string, hosts: readonly string[]): URL {
  const url = URL.canParse(href) ? new URL(href) : null;
  if (url === null || !/^https?:$/.test(url.protocol) || url.username !== '' || url.password !== '')
    throw fault('an https address without login is wanted', 'une adresse https sans identifiant est attendue');
  if (!isAllowed(url, hosts))
    throw fault(
      `the host ${url.host} is not among those that this server may ask`,
      `l'hôte ${url.host} n'est pas de ceux que ce serveur peut interroger`,
    );
  return url;
}

async function addressOf(
  url: URL,
  options: OutgoingOptions,
): Promise<{ readonly address: string; readonly family: number }> {
  const host = url.hostname.replace(/^\[|\]$/g, '');
  const resolve = options.resolve ?? ((name: string) => lookUp(name, { all: true, verbatim: true }));
  const mayReach = options.mayReach ?? isPublicAddress;
  const all = await resolve(host).catch(() => []);
  const [first] = all;
  if (first === undefined) throw fault(`the host ${host} is not known`, `l'hôte ${host} est inconnu`);
  // One private address among public ones is enough to refuse: which one is taken would be chance.
  if (!all.every(({ address }) => mayReach(address)))
    throw fault(`the host ${host} is not a public one`, `l'hôte ${host} n'est pas public`);
  return first;
}

/** Connects to that address and no other, whatever the name says meanwhile. */
function pinned({ address, family }: { readonly address: string; readonly family: number }): LookupFunction {
  return (_host, options, callback) => {
    if (options.all) callback(null, [{ address, family }]);
    else callback(null, address, family);
  };
}

interface Sending {
  readonly method: 'GET' | 'POST';
  readonly headers: { readonly [name: string]: string };
  readonly body?: string;
  readonly signal: AbortSignal;
}

async function send(url: URL, sending: Sending, options: OutgoingOptions): Promise<IncomingMessage> {
  const address = await addressOf(url, options);
  const request = url.protocol === 'https:' ? httpsRequest : httpRequest;
  return new Promise((resolve, reject) => {
    const { method, headers, body, signal } = sending;
    const outgoing = request(url, { method, headers, signal, lookup: pinned(address), agent: false }, resolve);
    outgoing.once('error', (error) =>
      reject(
        fault(
          `the host ${url.host} did not answer: ${error.message.slice(0, 100)}`,
          `l'hôte ${url.host} n'a pas répondu`,
        ),
      ),
    );
    outgoing.end(body);
  });
}

async function follow(
  href: string,
  sending: Sending,
  options: OutgoingOptions,
): Promise<{ readonly url: URL; readonly answer: IncomingMessage }> {
  let url = checked(href, options.hosts);
  for (let n = 0; n <= REDIRECTIONS; n++) {
    const answer = await send(url, sending, options);
    const { statusCode = 0, headers } = answer;
    if (statusCode < 300 || statusCode > 399 || headers.location === undefined) return { url, answer };
    answer.destroy();
    url = checked(new URL(headers.location, url).href, options.hosts);
  }
  throw fault('the address redirects too often', 'l’adresse redirige trop souvent');
}

async function* limited(answer: IncomingMessage, most: number): AsyncGenerator<Uint8Array> {
  const isPacked = /^(?:x-)?gzip$/i.test(answer.headers['content-encoding'] ?? '');
  const unpacked = isPacked ? answer.pipe(createGunzip()) : answer;
  answer.once('error', (error) => unpacked.destroy(error));
  let size = 0;
  try {
    for await (const piece of unpacked as AsyncIterable<Buffer>) {
      size += piece.length;
      if (size > most) throw fault(`larger than ${most} bytes`, `plus de ${most} octets`);
      yield piece;
    }
  } catch (error) {
    if (error instanceof SyntaxFault) throw error;
    throw fault('the answer broke off', 'la réponse s’est interrompue');
  } finally {
    answer.destroy();
  }
}

export function createOutgoing(options: OutgoingOptions): Outgoing {
  return {
    check: (href) => checked(href, options.hosts),
    async get(href, most) {
      const headers = { accept: '*/*', 'accept-encoding': 'gzip', 'user-agent': 'vobs' };
      const sending: Sending = { method: 'GET', headers, signal: AbortSignal.timeout(PATIENCE) };
      const { url, answer } = await follow(href, sending, options);
      if (answer.statusCode !== 200) {
        answer.destroy();
        throw fault(
          `${url.host} answers with status ${answer.statusCode}`,
          `${url.host} répond avec le statut ${answer.statusCode}`,
        );
      }
      return {
        mediaType: (answer.headers['content-type'] ?? '').split(';')[0]?.trim().toLowerCase() ?? '',
        name: decodeURIComponent(url.pathname.split('/').at(-1) ?? '').slice(0, 200),
        bytes: limited(answer, most),
      };
    },
    async post(href, body) {
      const headers = {
        'content-type': 'application/json',
        'content-length': String(Buffer.byteLength(body)),
        'user-agent': 'vobs',
      };
      const sending: Sending = { method: 'POST', headers, body, signal: AbortSignal.timeout(PATIENCE) };
      const answer = await send(checked(href, options.hosts), sending, options);
      answer.destroy();
    },
  };
}
