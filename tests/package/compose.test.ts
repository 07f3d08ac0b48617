import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { parse } from 'yaml';
import { parseConfig } from '../../src/config.ts';

interface Service {
  readonly environment?: Readonly<Record<string, string>>;
  readonly depends_on?: Readonly<Record<string, unknown>>;
}

interface Compose {
  readonly services: Readonly<Record<string, Service>>;
}

const read = (file: string): Compose =>
  parse(readFileSync(new URL(`../../${file}`, import.meta.url), 'utf8'), { merge: true, logLevel: 'error' });

describe('the compose files', () => {
  const alone = read('compose.yaml');
  const cluster = read('compose.citus.yaml');

  it('give servers settings that they take', () => {
    for (const name of ['voxgauge-1', 'voxgauge-2']) {
      const { environment = {} } = alone.services[name] ?? {};
      const set = Object.entries(environment).map(([key, value]) => [key, value.replace(/\$\{.*?\}/, 'secret')]);
      const config = parseConfig(Object.fromEntries(set));
      expect(config.ok && config.value.store).toEqual({
        kind: 'postgres',
        url: 'postgres://voxgauge:secret@postgres:5432/voxgauge',
      });
    }
  });

  it('depend only on what is there', () => {
    const names = new Set([...Object.keys(alone.services), ...Object.keys(cluster.services)]);
    const wanted = [alone, cluster].flatMap(({ services }) =>
      Object.values(services).flatMap(({ depends_on = {} }) => Object.keys(depends_on)),
    );
    expect(wanted.filter((name) => !names.has(name))).toEqual([]);
    expect(new Set(wanted)).toContain('postgres');
  });
});
