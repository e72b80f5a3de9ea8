// Does the server's memory stay where it is while a harvester takes the whole catalogue? Every page of an OAI-PMH harvest is asked one after
// the other, and the resident set is read after each.
import { readFileSync } from 'node:fs';

const TOKEN = /<resumptionToken[^>]*>([^<]+)</;

export interface HarvestMemory {
  readonly records: number;
  readonly pages: number;
  readonly seconds: number;
  /** Resident set in MB: before the first page, and its greatest value afterwards. */
  readonly before: number;
  readonly greatest: number;
}

function residentMegabytes(pid: number): number {
  const kilobytes = /^VmRSS:\s+(\d+) kB/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1];
  return Number(kilobytes) / 1024;
}

/** Harvests all records as `metadataPrefix` from the server of that process. Throws when a page is not one. Linux only. */
export async function harvestMemory(base: string, pid: number, metadataPrefix: string): Promise<HarvestMemory> {
  const before = residentMegabytes(pid);
  const started = performance.now();
  let [records, pages, greatest] = [0, 0, before];
  let path: string | null = `/oai?verb=ListRecords&metadataPrefix=${metadataPrefix}`;
  while (path !== null) {
    const text: string = await (await fetch(base + path, { headers: { 'accept-encoding': 'identity' } })).text();
    const found = text.split('<record>').length - 1;
    if (found === 0) throw new Error(`${path} gives no records: ${text.slice(0, 400)}`);
    records += found;
    pages++;
    greatest = Math.max(greatest, residentMegabytes(pid));
    const token: string | undefined = TOKEN.exec(text)?.[1];
    path = token === undefined ? null : `/oai?verb=ListRecords&resumptionToken=${token}`;
  }
  return { records, pages, seconds: (performance.now() - started) / 1000, before, greatest };
}
