// The only reader of the environment: one table of settings {name, form, default, help} gives a frozen object, the text of
// `vobs serve --help` and the table of the README. An unknown or malformed VOBS_* stops the start.
import { readFileSync } from 'node:fs';
import { isAbsolute, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseEnv } from 'node:util';
import ipaddr from 'ipaddr.js';

/** What a value looks like, for messages and documentation, and how it is read. `read` throws when the text is something else. */
interface Kind<T> {
  readonly form: string;
  readonly read: (text: string) => T;
}

interface Setting<T> {
  readonly name: string;
  readonly kind: Kind<T>;
  /** As it would be written in the environment; null: the value is then null. */
  readonly default: string | null;
  readonly help: string;
}

const fail = (): never => {
  throw new TypeError();
};

const text: Kind<string> = { form: 'text', read: (value) => value };
const directory: Kind<string> = { form: 'path', read: (value) => (isAbsolute(value) ? value : resolve(value)) };
const file = directory;

function integer(minimum: number, maximum: number): Kind<number> {
  return {
    form: `integer ${minimum} to ${maximum}`,
    read: (value) => {
      const number = /^\d+$/.test(value) ? Number(value) : Number.NaN;
      return number >= minimum && number <= maximum ? number : fail();
    },
  };
}

function oneOf<const Value extends string>(...values: readonly Value[]): Kind<Value> {
  return { form: values.join(' | '), read: (value) => values.find((known) => known === value) ?? fail() };
}

/** Milliseconds. */
const duration: Kind<number> = {
  form: 'duration such as 500ms, 10s or 2min',
  read: (value) => {
    const [, digits, unit] = /^(\d{1,6})(ms|s|min)$/.exec(value) ?? fail();
    return Number(digits) * (unit === 'ms' ? 1 : unit === 's' ? 1000 : 60_000);
  },
};

/** Bytes. */
const size: Kind<number> = {
  form: 'size such as 500kB or 2MB',
  read: (value) => {
    const [, digits, unit] = /^(\d{1,6})(B|kB|MB)$/.exec(value) ?? fail();
    return Number(digits) * (unit === 'B' ? 1 : unit === 'kB' ? 1000 : 1_000_000);
  },
};

const webAddress: Kind<string> = {
  form: 'http:// or https:// address without query',
  read: (value) => {
    const url = new URL(value);
    if (!/^https?:$/.test(url.protocol) || url.search || url.hash || url.username) return fail();
    return value.replace(/\/+$/, '');
  },
};

const filePlace: Kind<string> = {
  form: 'path, or s3://bucket or s3://bucket/prefix',
  read: (value) => {
    if (/^s3:/.test(value))
      return /^s3:\/\/[a-z0-9][a-z0-9.-]{1,61}[a-z0-9](\/[\w.-]+)*\/?$/.test(value) ? value : fail();
    return /^\w+:\/\//.test(value) ? fail() : directory.read(value);
  },
};

const databaseAddress: Kind<string> = {
  form: 'postgres://user:password@host:port/database',
  read: (value) => (/^postgres(ql)?:$/.test(new URL(value).protocol) ? value : fail()),
};

function list<T>(item: Kind<T>): Kind<readonly T[]> {
  return {
    form: `${item.form}, several separated by commas`,
    read: (value) =>
      value
        .split(',')
        .map((part) => part.trim())
        .filter((part) => part !== '')
        .map((part) => item.read(part)),
  };
}

const network: Kind<string> = {
  form: 'address or network such as 10.0.0.1 or 10.0.0.0/8',
  read: (value) => {
    if (value.includes('/')) ipaddr.parseCIDR(value);
    else ipaddr.parse(value);
    return value;
  },
};

const origin: Kind<string> = {
  form: '* or origins such as https://maps.example.org',
  read: (value) => (value === '*' || new URL(value).origin === value ? value : fail()),
};

const remoteHost: Kind<string> = {
  form: 'host, *.host, * or http://host:port',
  read: (value) => {
    if (value === '*' || /^(?:\*\.)?[a-z0-9-]+(?:\.[a-z0-9-]+)*$/i.test(value)) return value;
    return value.startsWith('http://') && new URL(value).origin === value ? value : fail();
  },
};

const ownMappings = fileURLToPath(new URL('../mappings', import.meta.url));

function table<const Table extends { readonly [property: string]: Setting<unknown> }>(settings: Table): Table {
  return settings;
}

const TABLE = table({
  baseUrl: {
    name: 'VOBS_BASE_URL',
    kind: webAddress,
    default: null,
    help: 'Public address of the site, used in every link; it may hold a path, such as https://data.example.org/vobs. Default: http://localhost and the port.',
  },
  host: { name: 'VOBS_HOST', kind: text, default: '127.0.0.1', help: 'Address to listen on; 0.0.0.0 for all.' },
  port: { name: 'VOBS_PORT', kind: integer(1, 65535), default: '8080', help: 'Port to listen on.' },
  databaseUrl: {
    name: 'VOBS_DATABASE_URL',
    kind: databaseAddress,
    default: null,
    help: 'PostgreSQL with PostGIS. Without it the embedded demo database in the data directory is used.',
  },
  databasePool: {
    name: 'VOBS_DATABASE_POOL',
    kind: integer(1, 200),
    default: '10',
    help: 'Largest number of connections to PostgreSQL.',
  },
  statementTimeout: {
    name: 'VOBS_STATEMENT_TIMEOUT',
    kind: duration,
    default: '10s',
    help: 'A statement that runs longer is ended, and the caller told so (503).',
  },
  dataDirectory: {
    name: 'VOBS_DATA_DIRECTORY',
    kind: directory,
    default: './var',
    help: 'Where files and the embedded database are kept.',
  },
  fileStore: {
    name: 'VOBS_FILE_STORE',
    kind: filePlace,
    default: null,
    help: 'Where the files of records are kept: a directory (without it, files in the data directory), or an S3-compatible store.',
  },
  s3Endpoint: {
    name: 'VOBS_S3_ENDPOINT',
    kind: webAddress,
    default: null,
    help: "Address of the S3-compatible store; default: Amazon's of the region.",
  },
  s3Region: { name: 'VOBS_S3_REGION', kind: text, default: 'us-east-1', help: 'Region of the S3-compatible store.' },
  s3AccessKey: {
    name: 'VOBS_S3_ACCESS_KEY',
    kind: text,
    default: null,
    help: 'Access key of the S3-compatible store.',
  },
  s3SecretKey: {
    name: 'VOBS_S3_SECRET_KEY',
    kind: text,
    default: null,
    help: 'Secret key of the S3-compatible store.',
  },
  mappings: {
    name: 'VOBS_MAPPINGS',
    kind: directory,
    default: ownMappings,
    help: 'Directory of the mapping documents: site, codes, services, templates.',
  },
  logLevel: {
    name: 'VOBS_LOG_LEVEL',
    kind: oneOf('trace', 'debug', 'info', 'warn', 'error', 'silent'),
    default: 'info',
    help: 'Least important message that the log holds; info has one line a request.',
  },
  trustedProxies: {
    name: 'VOBS_TRUSTED_PROXIES',
    kind: list(network),
    default: '',
    help: 'Proxies whose X-Forwarded-For is believed.',
  },
  corsOrigins: {
    name: 'VOBS_CORS_ORIGINS',
    kind: list(origin),
    default: '*',
    help: 'Web pages of which sites may read the answers.',
  },
  maxUrlLength: {
    name: 'VOBS_MAX_URL_LENGTH',
    kind: integer(1000, 100_000),
    default: '16000',
    help: 'Longest request address in characters; a longer one is answered with 414.',
  },
  cswErrorStatus: {
    name: 'VOBS_CSW_ERROR_STATUS',
    kind: oneOf('4xx', '200'),
    default: '4xx',
    help: 'HTTP status of exception reports of CSW 2.0.2; old harvesters read the report only under 200.',
  },
  maxBody: {
    name: 'VOBS_MAX_BODY',
    kind: size,
    default: '2MB',
    help: 'Largest request body; a larger one is answered with 413.',
  },
  processingThreads: {
    name: 'VOBS_PROCESSING_THREADS',
    kind: integer(0, 64),
    default: null,
    help: 'Threads that run jobs of processes, beside one for jobs that somebody waits for. Default: the number of cores less one, at least one. 0: this server leaves jobs to others.',
  },
  processingMemory: {
    name: 'VOBS_PROCESSING_MEMORY',
    kind: size,
    default: '512MB',
    help: 'Memory that one job may hold.',
  },
  processingTime: {
    name: 'VOBS_PROCESSING_TIME',
    kind: duration,
    default: '30min',
    help: 'How long a job may run.',
  },
  processingWait: {
    name: 'VOBS_PROCESSING_WAIT',
    kind: duration,
    default: '60s',
    help: 'How long a job may run that the caller waits for.',
  },
  processingInput: {
    name: 'VOBS_PROCESSING_INPUT',
    kind: size,
    default: '500MB',
    help: 'Largest input of a job from another site, and most bytes of its results.',
  },
  processingBody: {
    name: 'VOBS_PROCESSING_BODY',
    kind: size,
    default: '10MB',
    help: 'Largest request that executes a process, with the inputs that stand in it; larger ones are given by reference.',
  },
  processingDays: {
    name: 'VOBS_PROCESSING_DAYS',
    kind: integer(1, 365),
    default: '7',
    help: 'Days that results are kept; those of callers without an account for one day.',
  },
  jobsRunning: {
    name: 'VOBS_JOBS_RUNNING',
    kind: integer(1, 1000),
    default: '2',
    help: 'Jobs of one caller that run at a time.',
  },
  jobsWaiting: {
    name: 'VOBS_JOBS_WAITING',
    kind: integer(1, 100_000),
    default: '20',
    help: 'Jobs of one caller that wait or run; more are refused with 429.',
  },
  jobsDaily: {
    name: 'VOBS_JOBS_DAILY',
    kind: integer(1, 1_000_000),
    default: '200',
    help: 'Jobs of one caller in 24 hours; more are refused with 429.',
  },
  jobsQueue: {
    name: 'VOBS_JOBS_QUEUE',
    kind: integer(1, 1_000_000),
    default: '500',
    help: 'Jobs of all callers that wait; more are refused with 503.',
  },
  remoteHosts: {
    name: 'VOBS_REMOTE_HOSTS',
    kind: list(remoteHost),
    default: '',
    help: 'Other sites that jobs may read inputs from and tell of their end: data.example.org, *.example.org, http://host:port for plain HTTP, * for all by HTTPS. Only public addresses are asked.',
  },
  echoProcess: {
    name: 'VOBS_ECHO_PROCESS',
    kind: oneOf('off', 'on'),
    default: 'off',
    help: 'Offer the echo processes that test suites of WPS and OGC API Processes ask for.',
  },
  maxPageSize: {
    name: 'VOBS_MAX_PAGE_SIZE',
    kind: integer(1, 10_000),
    default: '1000',
    help: 'Most records in one page of an answer.',
  },
  recordGeometries: {
    name: 'VOBS_RECORD_GEOMETRIES',
    kind: oneOf('exact', 'polygons'),
    default: 'exact',
    help: 'Geometries of OGC API Records: exact, or polygons for clients that read no points (QGIS MetaSearch).',
  },
  metricsAllow: {
    name: 'VOBS_METRICS_ALLOW',
    kind: list(network),
    default: '127.0.0.1,::1',
    help: 'Who may read /metrics.',
  },
  tlsCertificate: {
    name: 'VOBS_TLS_CERTIFICATE',
    kind: file,
    default: null,
    help: 'PEM file of the certificate chain; with the key the server speaks HTTPS itself.',
  },
  tlsKey: { name: 'VOBS_TLS_KEY', kind: file, default: null, help: 'PEM file of the private key.' },
  stopDelay: {
    name: 'VOBS_STOP_DELAY',
    kind: duration,
    default: '500ms',
    help: 'How long requests are still accepted after the server is told to stop, while /readyz answers 503 so that a proxy sends them elsewhere.',
  },
  stopTimeout: {
    name: 'VOBS_STOP_TIMEOUT',
    kind: duration,
    default: '10s',
    help: 'How long requests in flight may then still take before they are broken off.',
  },
});

/** Variables of the same prefix that only the tests and the conformance runs read. */
const OTHER_NAMES = ['VOBS_SCHEMAS', 'VOBS_TEST_COMPLETE', 'VOBS_TEST_DATABASE_URL', 'VOBS_TEST_EMBEDDED'];

type ValueOf<S> = S extends { readonly kind: Kind<infer T>; readonly default: infer D }
  ? D extends null
    ? T | null
    : T
  : never;
type Values = { readonly [Property in keyof typeof TABLE]: ValueOf<(typeof TABLE)[Property]> };

export interface Config extends Omit<Values, 'baseUrl'> {
  readonly baseUrl: string;
}

/** The settings as documentation: what stands in the README and in `vobs serve --help`. */
export const SETTINGS: readonly {
  readonly name: string;
  readonly form: string;
  readonly default: string;
  readonly help: string;
}[] = Object.values(TABLE).map((setting) => ({
  name: setting.name,
  form: setting.kind.form,
  default: setting.default === ownMappings ? 'mappings' : (setting.default ?? ''),
  help: setting.help,
}));

/** Everything that is wrong with the environment, one line each. */
export class ConfigFault extends Error {
  constructor(lines: readonly string[]) {
    super(lines.join('\n'));
    this.name = 'ConfigFault';
  }
}

type Environment = { readonly [name: string]: string | undefined };

/** The environment with what `.env` adds to it; variables that are set win. */
function withEnvFile(environment: Environment, path: string): Environment {
  try {
    return { ...parseEnv(readFileSync(path, 'utf8')), ...environment };
  } catch (error) {
    if ((error as NodeJS.ErrnoException).code === 'ENOENT') return environment;
    throw new ConfigFault([`${path} cannot be read: ${(error as Error).message}`]);
  }
}

/**
 * Reads the settings from the environment and from `.env` of the working directory. Empty is unset. Throws ConfigFault that
 * names every unknown or malformed VOBS_* variable and the allowed form.
 */
export function readConfig(environment: Environment, envFile = '.env'): Config {
  const given = withEnvFile(environment, envFile);
  const faults: string[] = [];
  const known = new Set([...Object.values(TABLE).map((setting) => setting.name), ...OTHER_NAMES]);
  for (const name of Object.keys(given)) {
    if (name.startsWith('VOBS_') && !known.has(name))
      faults.push(`${name} is no setting; there are: ${[...known].join(', ')}`);
  }
  const values: Record<string, unknown> = {};
  for (const [property, setting] of Object.entries<Setting<unknown>>(TABLE)) {
    const value = given[setting.name]?.trim() || setting.default;
    try {
      values[property] = value === null ? null : setting.kind.read(value);
    } catch {
      faults.push(`${setting.name} must be: ${setting.kind.form}`);
    }
  }
  if ((values.tlsCertificate === null) !== (values.tlsKey === null)) {
    faults.push('VOBS_TLS_CERTIFICATE and VOBS_TLS_KEY must be set together');
  }
  if (String(values.fileStore).startsWith('s3:') && (values.s3AccessKey === null || values.s3SecretKey === null)) {
    faults.push('VOBS_FILE_STORE names an S3-compatible store: VOBS_S3_ACCESS_KEY and VOBS_S3_SECRET_KEY must be set');
  }
  if (faults.length > 0) throw new ConfigFault(faults);
  values.baseUrl ??= `${values.tlsKey === null ? 'http' : 'https'}://localhost:${values.port}`;
  return Object.freeze(values) as unknown as Config;
}

/** The table of settings as plain text. */
export function settingsText(): string {
  return SETTINGS.map((setting) => {
    const standard = setting.default === '' ? '' : ` Default: ${setting.default}.`;
    return `  ${setting.name}  (${setting.form})\n      ${setting.help}${standard}`;
  }).join('\n');
}
