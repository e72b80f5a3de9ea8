// NASA Ames → NetCDF classic in MB of text per second of CPU, and the memory that it takes. Makes its own file.
//   node --import tsx bench/convert.ts -- --megabytes 200
import { createWriteStream } from 'node:fs';
import { mkdtemp, rm, stat } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { pipeline } from 'node:stream/promises';
import { parseArgs } from 'node:util';
import { codecNamed, readTable } from '../src/formats/codecs/codecs.ts';
import { fileSource } from '../src/storage/files/file-source.ts';

const { values } = parseArgs({
  options: { megabytes: { type: 'string', default: '100' }, to: { type: 'string', default: 'netcdf3' } },
  allowPositionals: true,
});
const wanted = Number(values.megabytes) * 1e6;
const VARIABLES = 8;

/** One row a second: times, ten-digit numbers, small ones, and gaps. */
function* lines(): Generator<string> {
  const names = Array.from({ length: VARIABLES }, (_, n) => `variable ${n} (hPa)`);
  yield `${15 + VARIABLES} 1001\nDoe, Jane\nObservatory\nBench\nBench\n1 1\n2024 01 01 2024 02 01\n1\nTime (seconds)\n${VARIABLES}\n`;
  yield `${names.map(() => '1').join(' ')}\n${names.map(() => '99999.9').join(' ')}\n${names.join('\n')}\n0\n1\nheading\n`;
  let written = 0;
  let text = '';
  for (let row = 0; written < wanted; row++) {
    text += row;
    for (let n = 0; n < VARIABLES; n++) {
      const value = (row * (n + 3)) % 9973;
      text += value % 50 === 0 ? ' 99999.9' : ` ${(value / (n < 4 ? 10 : 1000)).toFixed(n < 4 ? 1 : 4)}`;
    }
    text += '\n';
    if (text.length < 65_536) continue;
    written += text.length;
    yield text;
    text = '';
  }
  yield text;
}

const directory = await mkdtemp(join(tmpdir(), 'vobs-convert-'));
try {
  const input = join(directory, 'a.na');
  await pipeline(Readable.from(lines()), createWriteStream(input));
  const { size } = await stat(input);
  const target = codecNamed(values.to);
  if (target?.write === undefined) throw new Error(`${values.to} is not written`);
  let peak = 0;
  const before = process.memoryUsage().rss;
  const timer = setInterval(() => {
    peak = Math.max(peak, process.memoryUsage().rss);
  }, 50);
  const cpu = process.cpuUsage();
  const started = performance.now();
  const { table } = await readTable(await fileSource(input));
  const bytes = target.write(table, { now: 0, fileName: 'a', language: 'en' });
  await pipeline(Readable.from(bytes), createWriteStream(join(directory, 'a.out')));
  const { user, system } = process.cpuUsage(cpu);
  clearInterval(timer);
  const seconds = (user + system) / 1e6;
  const output = (await stat(join(directory, 'a.out'))).size;
  process.stdout.write(
    `NASA Ames → ${target.id}: ${(size / 1e6).toFixed(0)} MB of text in ${seconds.toFixed(2)} s of CPU (${((performance.now() - started) / 1000).toFixed(2)} s), ` +
      `${(size / 1e6 / seconds).toFixed(1)} MB/s; ${(output / 1e6).toFixed(0)} MB written, memory grew by ${((Math.max(peak, before) - before) / 1e6).toFixed(0)} MB\n`,
  );
} finally {
  await rm(directory, { recursive: true, force: true });
}
