import { isIP } from 'node:net';
import { failed, ok, type Result } from './domain/result.ts';

/** Everything that can be set, read once. Defaults stand in {@link settings}, and in docs/operating.md. */
export interface Config {
  /** Folder of the SQLite database. */
  readonly data: string;
  readonly host: string;
  /** 0 takes any port that is free. */
  readonly port: number;
  /** Where the store is: in a folder, or in a PostgreSQL database. */
  readonly store: StoreUrl;
  /** To a PostgreSQL database: for reading, and as many again for writing. */
  readonly storeConnections: number;
  readonly logLevel: LogLevel;
  /** Addresses (or networks) of proxies whose `X-Forwarded-For` is believed; empty for none. */
  readonly trustedProxies: readonly string[];
  /** A window is 15 minutes. */
  readonly dataRequestsPerWindow: number;
  readonly authAttemptsPerWindow: number;
  readonly authFailuresPerAddress: number;
  /** 0 for no limit. */
  readonly ingestRequestsPerWindow: number;
  readonly maxDocumentBytes: number;
  readonly maxBodyBytes: number;
  readonly maxEvents: number;
}

export const logLevels = ['fatal', 'error', 'warn', 'info', 'debug', 'trace', 'silent'] as const;
export type LogLevel = (typeof logLevels)[number];

type Environment = Readonly<Record<string, string | undefined>>;
type Parse<T> = (text: string) => Result<T, string>;
type Setting<T> = { readonly variable: string; readonly fallback: T; readonly parse: Parse<T> };
type Settings = { readonly [K in keyof Config]: Setting<Config[K]> };

const setting = <T>(variable: string, fallback: T, parse: Parse<T>): Setting<T> => ({ variable, fallback, parse });
const count =
  (least: number, most: number) =>
  (text: string): Result<number, string> =>
    /^\d+$/.test(text) && Number(text) >= least && Number(text) <= most
      ? ok(Number(text))
      : failed(`a whole number from ${least} to ${most}`);
const text = (value: string): Result<string, string> => (value === '' ? failed('not empty') : ok(value));
/** What Fastify's `trustProxy` understands. */
function proxies(value: string): Result<readonly string[], string> {
  const named = value
    .split(',')
    .map((part) => part.trim())
    .filter((part) => part !== '');
  if (named.every(isNetwork)) return ok(named);
  return failed('addresses, networks such as 10.0.0.0/8, or loopback, linklocal, uniquelocal, separated by commas');
}

function isNetwork(text: string): boolean {
  if (['loopback', 'linklocal', 'uniquelocal'].includes(text)) return true;
  const [address = '', bits, ...rest] = text.split('/');
  const family = isIP(address);
  if (family === 0 || rest.length > 0) return false;
  return bits === undefined || (/^\d{1,3}$/.test(bits) && Number(bits) <= (family === 4 ? 32 : 128));
}

/** A store as it is written down: `sqlite`, `sqlite:FOLDER` or `postgres://…`. */
export type StoreUrl =
  /** null for the folder that VOXGAUGE_DATA names. */
  { readonly kind: 'sqlite'; readonly folder: string | null } | { readonly kind: 'postgres'; readonly url: string };

export function parseStoreUrl(value: string): Result<StoreUrl, string> {
  if (value === 'sqlite') return ok({ kind: 'sqlite', folder: null });
  if (/^sqlite:./.test(value)) return ok({ kind: 'sqlite', folder: value.slice('sqlite:'.length) });
  if (/^postgres(ql)?:\/\//.test(value) && URL.canParse(value) && new URL(value).pathname.length > 1) {
    return ok({ kind: 'postgres', url: value });
  }
  return failed('"sqlite", "sqlite:FOLDER" or "postgres://LOGIN:PASSWORD@HOST:PORT/DATABASE"');
}

/** A value as it may be shown. A URL that cannot be read may have a password anywhere. */
const shown = (variable: string, value: string): string =>
  variable === 'VOXGAUGE_STORE' && value.includes('@')
    ? 'a value that is not shown, for it may hold a password'
    : `"${value}"`;
const logLevel = (value: string): Result<LogLevel, string> => {
  const level = logLevels.find((candidate) => candidate === value);
  return level === undefined ? failed(`one of ${logLevels.join(', ')}`) : ok(level);
};

const manyBytes = 1_073_741_824;
const manyRequests = 1_000_000_000;

export const settings: Settings = {
  data: setting('VOXGAUGE_DATA', './data', text),
  host: setting('VOXGAUGE_HOST', '127.0.0.1', text),
  port: setting('VOXGAUGE_PORT', 8080, count(0, 65_535)),
  store: setting<StoreUrl>('VOXGAUGE_STORE', { kind: 'sqlite', folder: null }, parseStoreUrl),
  storeConnections: setting('VOXGAUGE_STORE_CONNECTIONS', 10, count(1, 1000)),
  logLevel: setting('VOXGAUGE_LOG_LEVEL', 'info', logLevel),
  trustedProxies: setting('VOXGAUGE_TRUSTED_PROXIES', [], proxies),
  dataRequestsPerWindow: setting('VOXGAUGE_DATA_REQUESTS_PER_WINDOW', 150, count(1, manyRequests)),
  authAttemptsPerWindow: setting('VOXGAUGE_AUTH_ATTEMPTS_PER_WINDOW', 15, count(1, manyRequests)),
  authFailuresPerAddress: setting('VOXGAUGE_AUTH_FAILURES_PER_ADDRESS', 100, count(1, manyRequests)),
  ingestRequestsPerWindow: setting('VOXGAUGE_INGEST_REQUESTS_PER_WINDOW', 0, count(0, manyRequests)),
  maxDocumentBytes: setting('VOXGAUGE_INGEST_MAX_DOCUMENT_BYTES', 1_048_576, count(1024, manyBytes)),
  maxBodyBytes: setting('VOXGAUGE_INGEST_MAX_BODY_BYTES', 67_108_864, count(1024, manyBytes)),
  maxEvents: setting('VOXGAUGE_INGEST_MAX_EVENTS', 10_000, count(1, 1_000_000)),
};

/** Reads the environment; the problems are all there are, each with the variable, what it must be and what it is. */
export function parseConfig(environment: Environment): Result<Config, readonly string[]> {
  const problems = unknownVariables(environment);
  const read = <T>({ variable, fallback, parse }: Setting<T>): T => {
    const given = environment[variable];
    if (given === undefined) return fallback;
    const parsed = parse(given);
    if (parsed.ok) return parsed.value;
    problems.push(`${variable} must be ${parsed.error}, got ${shown(variable, given)}`);
    return fallback;
  };
  const config: Config = {
    data: read(settings.data),
    host: read(settings.host),
    port: read(settings.port),
    store: read(settings.store),
    storeConnections: read(settings.storeConnections),
    logLevel: read(settings.logLevel),
    trustedProxies: read(settings.trustedProxies),
    dataRequestsPerWindow: read(settings.dataRequestsPerWindow),
    authAttemptsPerWindow: read(settings.authAttemptsPerWindow),
    authFailuresPerAddress: read(settings.authFailuresPerAddress),
    ingestRequestsPerWindow: read(settings.ingestRequestsPerWindow),
    maxDocumentBytes: read(settings.maxDocumentBytes),
    maxBodyBytes: read(settings.maxBodyBytes),
    maxEvents: read(settings.maxEvents),
  };
  return problems.length === 0 ? ok(Object.freeze(config)) : failed(problems);
}

function unknownVariables(environment: Environment): string[] {
  const known = new Set(Object.values(settings).map(({ variable }) => variable));
  const unknown = Object.keys(environment).filter((name) => name.startsWith('VOXGAUGE_') && !known.has(name));
  return unknown.map((name) => `${name} is not a setting of Voxgauge; its settings are ${[...known].join(', ')}`);
}
