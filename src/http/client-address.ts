// Address of the caller. X-Forwarded-For is believed only when the socket's peer is a configured proxy, and read from the
// right past trusted hops: what a caller writes itself stands further left (ASVS 5.0, 4.1.3).
import type { IncomingMessage } from 'node:http';
import ipaddr from 'ipaddr.js';

type Network = ReturnType<typeof ipaddr.parseCIDR>;

function parse(address: string): ReturnType<typeof ipaddr.process> | null {
  try {
    return ipaddr.process(address);
  } catch {
    return null;
  }
}

/** A test whether an address is one of the listed addresses or lies in one of the listed networks. IPv4-mapped IPv6 counts as IPv4. */
export function addressList(listed: readonly string[]): (address: string) => boolean {
  const networks: Network[] = listed.map((entry) => {
    if (entry.includes('/')) return ipaddr.parseCIDR(entry);
    const single = ipaddr.process(entry);
    return [single, single.kind() === 'ipv4' ? 32 : 128];
  });
  return (address) => {
    const parsed = parse(address);
    return parsed !== null && networks.some((network) => network[0].kind() === parsed.kind() && parsed.match(network));
  };
}

/** The address of the caller as text; the empty string when the socket is gone. */
export function clientAddress(trustedProxies: readonly string[]): (request: IncomingMessage) => string {
  const trusted = addressList(trustedProxies);
  return (request) => {
    const peer = request.socket.remoteAddress ?? '';
    const forwarded = request.headers['x-forwarded-for'];
    if (trustedProxies.length === 0 || forwarded === undefined || !trusted(peer)) return peer;
    const hops = String(forwarded)
      .split(',')
      .map((hop) => hop.trim());
    for (const hop of hops.reverse()) {
      const parsed = parse(hop);
      if (parsed === null) return peer;
      if (!trusted(hop)) return parsed.toString();
    }
    return peer;
  };
}
