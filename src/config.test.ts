import { describe, expect, it } from 'vitest';
import { logLevels, parseConfig, settings } from './config.ts';

const defaults = {
  data: './data',
  host: '127.0.0.1',
  port: 8080,
  store: { kind: 'sqlite', folder: null },
  storeConnections: 10,
  logLevel: 'info',
  trustedProxies: [],
  dataRequestsPerWindow: 150,
  authAttemptsPerWindow: 15,
  authFailuresPerAddress: 100,
  ingestRequestsPerWindow: 0,
  maxDocumentBytes: 1_048_576,
  maxBodyBytes: 67_108_864,
  maxEvents: 10_000,
};

const storeUrl = '"sqlite", "sqlite:FOLDER" or "postgres://LOGIN:PASSWORD@HOST:PORT/DATABASE"';

describe('the configuration', () => {
  it('has defaults for everything: the limits of the specification', () => {
    expect(parseConfig({})).toEqual({ ok: true, value: defaults });
  });

  it('does not show a password that may be in a store it cannot read', () => {
    const config = parseConfig({ VOXGAUGE_STORE: 'postgre://ann:secret@db/calls' });
    expect(config.ok ? '' : config.error.join()).toMatch(/^VOXGAUGE_STORE must be .*, got a value that is not shown/);
    expect(JSON.stringify(config)).not.toContain('secret');
  });

  it('cannot be changed once it is read', () => {
    const config = parseConfig({});
    expect(config.ok && Object.isFrozen(config.value)).toBe(true);
  });

  it('takes no notice of other variables', () => {
    expect(parseConfig({ PATH: '/bin', PORT: 'x', voxgauge_port: '1', MY_VOXGAUGE_PORT: '1' })).toEqual(
      parseConfig({}),
    );
  });

  it('takes a variable that is not set for none', () => {
    expect(parseConfig({ VOXGAUGE_PORT: undefined })).toEqual(parseConfig({}));
  });

  it.each([
    { variable: 'VOXGAUGE_DATA', text: '/var/lib/voxgauge', want: { data: '/var/lib/voxgauge' } },
    { variable: 'VOXGAUGE_HOST', text: '::', want: { host: '::' } },
    { variable: 'VOXGAUGE_PORT', text: '0', want: { port: 0 } },
    { variable: 'VOXGAUGE_STORE', text: 'sqlite', want: { store: { kind: 'sqlite', folder: null } } },
    { variable: 'VOXGAUGE_STORE', text: 'sqlite:/srv', want: { store: { kind: 'sqlite', folder: '/srv' } } },
    ...['postgres://ann:x@db.example:5433/calls?sslmode=require', 'postgresql://localhost/calls'].map((url) => ({
      variable: 'VOXGAUGE_STORE',
      text: url,
      want: { store: { kind: 'postgres', url } },
    })),
    {
      variable: 'VOXGAUGE_TRUSTED_PROXIES',
      text: '10.0.0.1, 192.168.0.0/16,,',
      want: { trustedProxies: ['10.0.0.1', '192.168.0.0/16'] },
    },
    { variable: 'VOXGAUGE_TRUSTED_PROXIES', text: '', want: { trustedProxies: [] } },
    ...logLevels.map((level) => ({ variable: 'VOXGAUGE_LOG_LEVEL', text: level, want: { logLevel: level } })),
  ])('$variable="$text" is taken', ({ variable, text, want }) => {
    expect(parseConfig({ [variable]: text })).toEqual({ ok: true, value: { ...defaults, ...want } });
  });

  it.each([
    { variable: 'VOXGAUGE_DATA', text: '', must: 'not empty' },
    { variable: 'VOXGAUGE_HOST', text: '', must: 'not empty' },
    ...['proxy.local', '10.0.0.1/33', '10.0.0.1/8/8', '10.0.0.1; ::1'].map((text) => ({
      variable: 'VOXGAUGE_TRUSTED_PROXIES',
      text,
      must: 'addresses, networks such as 10.0.0.0/8, or loopback, linklocal, uniquelocal, separated by commas',
    })),
    ...['mysql', 'sqlite:', 'postgres://localhost', 'postgres:calls'].map((text) => ({
      variable: 'VOXGAUGE_STORE',
      text,
      must: storeUrl,
    })),
    { variable: 'VOXGAUGE_LOG_LEVEL', text: 'loud', must: `one of ${logLevels.join(', ')}` },
    { variable: 'VOXGAUGE_LOG_LEVEL', text: 'INFO', must: `one of ${logLevels.join(', ')}` },
  ])('$variable="$text" is refused with what it must be', ({ variable, text, must }) => {
    expect(parseConfig({ [variable]: text })).toEqual({
      ok: false,
      error: [`${variable} must be ${must}, got "${text}"`],
    });
  });
});

describe('a number', () => {
  const numbers = [
    { variable: 'VOXGAUGE_PORT', key: 'port', least: 0, most: 65_535 },
    { variable: 'VOXGAUGE_STORE_CONNECTIONS', key: 'storeConnections', least: 1, most: 1000 },
    { variable: 'VOXGAUGE_DATA_REQUESTS_PER_WINDOW', key: 'dataRequestsPerWindow', least: 1, most: 1_000_000_000 },
    { variable: 'VOXGAUGE_AUTH_ATTEMPTS_PER_WINDOW', key: 'authAttemptsPerWindow', least: 1, most: 1_000_000_000 },
    { variable: 'VOXGAUGE_AUTH_FAILURES_PER_ADDRESS', key: 'authFailuresPerAddress', least: 1, most: 1_000_000_000 },
    { variable: 'VOXGAUGE_INGEST_REQUESTS_PER_WINDOW', key: 'ingestRequestsPerWindow', least: 0, most: 1_000_000_000 },
    { variable: 'VOXGAUGE_INGEST_MAX_DOCUMENT_BYTES', key: 'maxDocumentBytes', least: 1024, most: 1_073_741_824 },
    { variable: 'VOXGAUGE_INGEST_MAX_BODY_BYTES', key: 'maxBodyBytes', least: 1024, most: 1_073_741_824 },
    { variable: 'VOXGAUGE_INGEST_MAX_EVENTS', key: 'maxEvents', least: 1, most: 1_000_000 },
  ] as const;

  it.each(numbers)('$variable is one from $least to $most', ({ variable, key, least, most }) => {
    for (const value of [least, most]) {
      expect(parseConfig({ [variable]: `${value}` })).toEqual({ ok: true, value: { ...defaults, [key]: value } });
    }
    for (const text of [
      `${least - 1}`,
      `${most + 1}`,
      '',
      ' 1024',
      '1024.5',
      '1e4',
      '0x400',
      '+1024',
      'many',
      '1_024',
    ]) {
      const error = `${variable} must be a whole number from ${least} to ${most}, got "${text}"`;
      expect(parseConfig({ [variable]: text })).toEqual({ ok: false, error: [error] });
    }
  });

  it('is what every setting is that is not tested above', () => {
    const others = [
      'VOXGAUGE_DATA',
      'VOXGAUGE_HOST',
      'VOXGAUGE_STORE',
      'VOXGAUGE_LOG_LEVEL',
      'VOXGAUGE_TRUSTED_PROXIES',
    ];
    const tested = [...others, ...numbers.map(({ variable }) => variable)];
    expect(
      Object.values(settings)
        .map(({ variable }) => variable)
        .sort(),
    ).toEqual(tested.sort());
  });
});

describe('an environment with several problems', () => {
  it('is refused with all of them together, unknown variables too', () => {
    const found = parseConfig({
      VOXGAUGE_PORT: '99999',
      VOXGAUGE_PROT: '8080',
      VOXGAUGE_LOG_LEVEL: 'loud',
      VOXGAUGE_: '',
      VOXGAUGE_HOST: '::',
    });
    const known = Object.values(settings).map(({ variable }) => variable);
    expect(found).toEqual({
      ok: false,
      error: [
        `VOXGAUGE_PROT is not a setting of Voxgauge; its settings are ${known.join(', ')}`,
        `VOXGAUGE_ is not a setting of Voxgauge; its settings are ${known.join(', ')}`,
        'VOXGAUGE_PORT must be a whole number from 0 to 65535, got "99999"',
        `VOXGAUGE_LOG_LEVEL must be one of ${logLevels.join(', ')}, got "loud"`,
      ],
    });
  });
});
