import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { suite } from 'uvu';
import * as assert from 'uvu/assert';
import { ConfigFault, readConfig, SETTINGS, settingsText } from '../../../src/config.ts';

const NONE = '/nonexistent/.env';
const config = suite('settings');

function faults(environment: { readonly [name: string]: string }): string {
  try {
    readConfig(environment, NONE);
  } catch (error) {
    if (error instanceof ConfigFault) return error.message;
    throw error;
  }
  return '';
}

config('nothing need be set', () => {
  const settings = readConfig({}, NONE);
  assert.is(settings.baseUrl, 'http://localhost:8080');
  assert.is(settings.databaseUrl, null);
  assert.is(settings.statementTimeout, 10_000);
  assert.equal(settings.metricsAllow, ['127.0.0.1', '::1']);
  assert.ok(Object.isFrozen(settings));
  assert.throws(() => Object.assign(settings, { port: 1 }));
});

config('values are read by their kind', () => {
  const settings = readConfig(
    {
      VOBS_BASE_URL: 'https://data.example.org/vobs/',
      VOBS_PORT: '80',
      VOBS_STATEMENT_TIMEOUT: '2min',
      VOBS_MAX_BODY: '500kB',
      VOBS_TRUSTED_PROXIES: '10.0.0.0/8, ::1',
      VOBS_DATABASE_URL: '',
      OTHER: 'x',
    },
    NONE,
  );
  assert.is(settings.baseUrl, 'https://data.example.org/vobs');
  assert.is(settings.port, 80);
  assert.is(settings.statementTimeout, 120_000);
  assert.is(settings.maxBody, 500_000);
  assert.equal(settings.trustedProxies, ['10.0.0.0/8', '::1']);
  assert.is(settings.databaseUrl, null);
});

config('unknown and malformed settings stop the start, all at once, with the allowed form', () => {
  const text = faults({
    VOBS_PROT: '80',
    VOBS_PORT: '0x50',
    VOBS_BASE_URL: 'data.example.org',
    VOBS_LOG_LEVEL: 'loud',
    VOBS_STATEMENT_TIMEOUT: '10',
    VOBS_TRUSTED_PROXIES: '10.0.0.300',
    VOBS_DATABASE_URL: 'mysql://x',
    VOBS_CORS_ORIGINS: 'https://a.example.org/path',
    VOBS_TLS_KEY: 'key.pem',
  });
  for (const name of [
    'VOBS_PROT is no setting',
    'VOBS_PORT must be: integer 1 to 65535',
    'VOBS_BASE_URL',
    'VOBS_LOG_LEVEL',
    'VOBS_STATEMENT_TIMEOUT must be: duration such as',
    'VOBS_TRUSTED_PROXIES',
    'VOBS_DATABASE_URL',
    'VOBS_CORS_ORIGINS',
    'VOBS_TLS_CERTIFICATE and VOBS_TLS_KEY',
  ]) {
    assert.match(text, name);
  }
  assert.is(text.split('\n').length, 9);
});

config('a database password is not repeated in the message', () => {
  assert.not.match(faults({ VOBS_DATABASE_URL: 'mysql://user:hidden@x/y' }), 'hidden');
});

config('.env is read; what is set wins over it', () => {
  const directory = mkdtempSync(join(tmpdir(), 'vobs-'));
  try {
    const file = join(directory, '.env');
    writeFileSync(file, '# settings\nVOBS_PORT=81\nVOBS_HOST="0.0.0.0"\n');
    const settings = readConfig({ VOBS_PORT: '82' }, file);
    assert.equal([settings.port, settings.host], [82, '0.0.0.0']);
    writeFileSync(file, 'VOBS_UNKNOWN=1\n');
    assert.throws(() => readConfig({}, file), /VOBS_UNKNOWN/);
  } finally {
    rmSync(directory, { recursive: true });
  }
});

config('each setting is documented', () => {
  const text = settingsText();
  for (const { name, help, form } of SETTINGS) {
    assert.match(name, /^VOBS_[A-Z0-9_]+$/);
    assert.ok(help.length > 10 && text.includes(name) && text.includes(form), name);
  }
});

config.run();
