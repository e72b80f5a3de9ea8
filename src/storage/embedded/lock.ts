// One process at a time on the directory of the embedded database: PGlite itself would let a second one in and ruin the data. The lock
// names its process by number and start time, so that a killed process leaves no dead lock, not even when its number is used again.
import { execFileSync } from 'node:child_process';
import { linkSync, readFileSync, renameSync, rmSync, unlinkSync, writeFileSync } from 'node:fs';

interface Holder {
  readonly pid: number;
  /** When the process began, in the machine's own words; null where they cannot be had. */
  readonly started: string | null;
}

/** Thrown when another process, or another part of this one, has the directory open. */
export class DirectoryInUse extends Error {
  constructor(file: string, pid: number) {
    super(`the embedded database is in use by process ${pid} (${file})`);
    this.name = 'DirectoryInUse';
  }
}

/** Takes the lock file and gives the function that frees it; it is freed at the end of the process too. */
export function takeLock(file: string): () => void {
  const own: Holder = { pid: process.pid, started: startOf(process.pid) };
  const content = JSON.stringify(own);
  for (let attempt = 0; attempt < 5; attempt++) {
    if (createWith(file, content)) {
      const release = () => {
        process.off('exit', release);
        if (read(file) === content) rmSync(file, { force: true });
      };
      process.once('exit', release);
      return release;
    }
    const found = read(file);
    if (found === null) continue;
    const holder = parse(found);
    if (holder && isAlive(holder)) throw new DirectoryInUse(file, holder.pid);
    removeStale(file, found);
  }
  throw new DirectoryInUse(file, parse(read(file) ?? '')?.pid ?? 0);
}

/** The file appears with its content or not at all. */
function createWith(file: string, content: string): boolean {
  const draft = `${file}.${process.pid}`;
  writeFileSync(draft, content);
  try {
    linkSync(draft, file);
    return true;
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'EEXIST') return false;
    throw error;
  } finally {
    unlinkSync(draft);
  }
}

/** Another process may have replaced the dead lock meanwhile: what was moved away must be what was read. */
function removeStale(file: string, content: string): void {
  const aside = `${file}.stale.${process.pid}`;
  try {
    renameSync(file, aside);
  } catch {
    return;
  }
  if (read(aside) === content) rmSync(aside, { force: true });
  else renameSync(aside, file);
}

function read(file: string): string | null {
  try {
    return readFileSync(file, 'utf8');
  } catch {
    return null;
  }
}

function parse(content: string): Holder | null {
  try {
    const holder = JSON.parse(content) as Holder;
    return Number.isInteger(holder.pid) && holder.pid > 0 ? holder : null;
  } catch {
    return null;
  }
}

function isAlive({ pid, started }: Holder): boolean {
  try {
    process.kill(pid, 0);
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code !== 'EPERM') return false;
  }
  const now = startOf(pid);
  return started === null || now === null || started === now;
}

/** Boot and tick of the start of a process on Linux, the time of `ps` elsewhere, null where neither is to be had. */
function startOf(pid: number): string | null {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
    const boot = readFileSync('/proc/sys/kernel/random/boot_id', 'utf8').trim();
    // The name of the program, in brackets, may hold blanks; the start is the 20th field after it (proc(5)).
    return `${boot} ${stat.slice(stat.lastIndexOf(')') + 2).split(' ')[19]}`;
  } catch {
    return startByPs(pid);
  }
}

function startByPs(pid: number): string | null {
  try {
    return execFileSync('ps', ['-o', 'lstart=', '-p', String(pid)], { encoding: 'utf8' }).trim() || null;
  } catch {
    return null;
  }
}
