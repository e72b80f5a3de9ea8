// vobs convert: files in, files out, and what is told of what goes wrong.
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { PassThrough } from 'node:stream';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { runCommandLine } from '../../../src/cli/command.ts';
import { EBAS, ICARTT, PLAIN } from '../../fixtures/data-files.ts';

const test = suite('vobs convert');
const folder = mkdtempSync(join(tmpdir(), 'vobs-convert-test-'));
const file = (name: string) => join(folder, name);
writeFileSync(file('a.nas'), EBAS);
writeFileSync(file('a.ict'), ICARTT);
writeFileSync(file('a.na'), PLAIN);
writeFileSync(file('broken.nas'), EBAS.replace('845.00', 'cold'));
test.after(() => rmSync(folder, { recursive: true, force: true }));

async function run(...args: string[]): Promise<{ code: number; out: string; err: string }> {
  const [stdout, stderr] = [new PassThrough(), new PassThrough()];
  let [out, err] = ['', ''];
  stdout.on('data', (chunk: Buffer) => {
    out += chunk.toString();
  });
  stderr.on('data', (chunk: Buffer) => {
    err += chunk.toString();
  });
  const code = await runCommandLine(['convert', ...args], {
    stdin: new PassThrough(),
    stdout,
    stderr,
    environment: {},
  });
  return { code, out, err };
}

test('by the endings of the names, and back again', async () => {
  assert.equal(await run(file('a.nas'), file('a.nc')), { code: 0, out: '', err: '' });
  assert.equal(await run(file('a.nc'), file('b.nas')), { code: 0, out: '', err: '' });
  const rows = (name: string) => readFileSync(file(name), 'utf8').trim().split('\n').slice(-4);
  assert.equal(rows('b.nas'), rows('a.nas'));
});

test('a part, with its description beside it, which is read again', async () => {
  const { code } = await run(
    file('a.nas'),
    file('a.csv'),
    '--start',
    '2023-01-01T01:00:00Z',
    '--end',
    '2023-01-01T02:59:59Z',
    '--variables',
    'pressure',
  );
  assert.is(code, 0);
  assert.equal(readFileSync(file('a.csv'), 'utf8').split('\r\n'), [
    'start_time,end_time,pressure,pressure_qc',
    '2023-01-01T01:00:00Z,2023-01-01T02:00:00Z,845.1,',
    '2023-01-01T02:00:00Z,2023-01-01T03:00:00Z,845,',
    '',
  ]);
  assert.is((await run(file('a.csv'), file('c.nas'))).code, 0, 'the header of EBAS was kept in the description');
  assert.match(readFileSync(file('c.nas'), 'utf8'), /^Startdate: {20}20230101010000$/m);
  assert.match(
    readFileSync(file('a.csv-metadata.json'), 'utf8'),
    /converted from EBAS NASA Ames 1\.1 a\.nas to CSV by vobs/,
  );
});

test('a box on a track, to the standard output', async () => {
  const { code, out } = await run(
    file('a.ict'),
    '-',
    '--to',
    'geojson',
    '--bbox',
    '3.168,45.786,3.169,45.788',
    '--quiet',
  );
  assert.is(code, 0);
  assert.is(JSON.parse(out).features.length, 3);
});

test('what the target cannot hold is told', async () => {
  const { code, err } = await run(file('a.nas'), file('lost.na'));
  assert.is(code, 0);
  assert.match(err, /nasa-ames: columns of text, of flags .* are left out: pressure_qc, numflag_2/);
});

test('faults: the line, exit code 1, and no half of a file', async () => {
  const { code, err } = await run(file('broken.nas'), file('broken.nc'));
  assert.is(code, 1);
  assert.match(err, /broken\.nas: line 72: 'cold' is not a number/);
  assert.equal(
    readdirSync(folder).filter((name) => name.startsWith('broken.nc')),
    [],
  );
  assert.match((await run(file('none.na'), file('none.nc'))).err, /ENOENT/);
  const refused = await run(file('a.na'), file('refused.nas'));
  assert.is(refused.code, 1);
  assert.match(refused.err, /wants keys that the table lacks: Station code, Matrix/);
});

test('wrong use: exit code 2 and the reason', async () => {
  const wrong = async (...args: string[]) => {
    const { code, err } = await run(...args);
    assert.is(code, 2, err);
    return err;
  };
  assert.match(await wrong(file('a.na')), /an input file and an output file are wanted/);
  assert.match(await wrong(file('a.na'), file('a.xyz')), /--to is one of nasa-ames, ebas, icartt, netcdf3, netcdf4/);
  assert.match(await wrong(file('a.na'), file('a')), /has no ending that tells the format/);
  assert.match(await wrong(file('a.na'), file('a.nc'), '--start', 'yesterday'), /--start: .*is not a date/);
  assert.match(
    await wrong(file('a.na'), file('a.nc'), '--start', '2024-02-01', '--end', '2024-01-01'),
    /--start is after --end/,
  );
  assert.match(await wrong(file('a.na'), file('a.nc'), '--bbox', '1,2,3'), /--bbox: .*is not a box/);
  assert.match(
    await wrong(file('a.na'), file('a.nc'), '--variables', 'ozone'),
    /--variables: there is no ozone; there are: time, Ascent rate/,
  );
  assert.match(await wrong(file('a.na'), file('a.nc'), '--from', 'geojson'), /--from is one of/);
});

test.run();
