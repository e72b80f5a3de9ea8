// Care for quiet: CPU time of processes from /proc, and a run that is repeated while other work on the machine disturbs it.
import { readdirSync, readFileSync } from 'node:fs';
import { setTimeout as sleep } from 'node:timers/promises';

const TICK = 10; // milliseconds; USER_HZ is 100 on Linux

interface Stat {
  readonly parent: number;
  readonly ticks: number;
}

function statOf(pid: number): Stat {
  const text = readFileSync(`/proc/${pid}/stat`, 'utf8');
  const fields = text.slice(text.lastIndexOf(')') + 2).split(' ');
  return { parent: Number(fields[1]), ticks: fields.slice(11, 15).reduce((sum, field) => sum + Number(field), 0) };
}

/** A process and all its descendants. */
function family(root: number): number[] {
  const parents = new Map<number, number>();
  for (const name of readdirSync('/proc')) {
    if (!/^\d+$/.test(name)) continue;
    try {
      parents.set(Number(name), statOf(Number(name)).parent);
    } catch {
      // It ended between the listing and the reading.
    }
  }
  const found = parents.has(root) ? [root] : [];
  for (const member of found) for (const [pid, parent] of parents) if (parent === member) found.push(pid);
  return found;
}

/** Milliseconds of CPU that a process and its descendants have used. */
export function cpuOf(root: number): number {
  return family(root).reduce((sum, pid) => {
    try {
      return sum + statOf(pid).ticks * TICK;
    } catch {
      return sum;
    }
  }, 0);
}

function cpuOfMachine(): number {
  const fields = /^cpu +(.*)$/m.exec(readFileSync('/proc/stat', 'utf8'))?.[1]?.split(' ').map(Number) ?? [];
  const at = (i: number) => fields[i] ?? 0;
  return (at(0) + at(1) + at(2) + at(5) + at(6) + at(7)) * TICK;
}

export interface Measured<T> {
  readonly result: T;
  /** Cores that neither the roots nor this process kept busy meanwhile. */
  readonly neighbours: number;
  /** Milliseconds of CPU of each root. */
  readonly cpu: readonly number[];
}

/** Runs `work` when the machine is quiet, again while neighbours disturb it (`tries` at most), and gives the least disturbed run. */
export async function quietly<T>(
  roots: readonly number[],
  work: () => Promise<T>,
  options: { tries?: number; patience?: number } = {},
): Promise<Measured<T>> {
  const allowed = 0.15;
  let best: Measured<T> | undefined;
  for (let attempt = 0; attempt < (options.tries ?? 3); attempt++) {
    for (let waited = 0; waited < (options.patience ?? 20); waited++) {
      const before = cpuOfMachine();
      await sleep(500);
      if ((cpuOfMachine() - before) / 500 <= allowed) break;
    }
    const used = () => [...roots, process.pid].map(cpuOf);
    const before = { machine: cpuOfMachine(), own: used(), at: performance.now() };
    const result = await work();
    const own = used().map((after, i) => after - (before.own[i] ?? 0));
    const foreign = cpuOfMachine() - before.machine - own.reduce((sum, x) => sum + x, 0);
    const neighbours = Math.max(0, foreign / (performance.now() - before.at));
    if (best === undefined || neighbours < best.neighbours)
      best = { result, neighbours, cpu: own.slice(0, roots.length) };
    if (best.neighbours <= allowed) break;
  }
  return best as Measured<T>;
}
