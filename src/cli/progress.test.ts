import { describe, expect, it } from 'vitest';
import { parseConfig } from '../config.ts';
import type { Cli } from './cli.ts';
import { Progress } from './progress.ts';

/** A command line whose clock the test sets, with a terminal or without. */
function openCli({ hasTerminal }: { readonly hasTerminal: boolean }) {
  const clock = { nowMs: 5000 };
  const said: string[] = [];
  const rewritten: string[] = [];
  const config = parseConfig({});
  if (!config.ok) throw new Error(config.error.join('\n'));
  const unused = () => {
    throw new Error('progress asks for nothing but the time');
  };
  const cli: Cli = {
    config: config.value,
    nowMs: () => clock.nowMs,
    store: unused,
    openStoreAt: unused,
    migrate: unused,
    intake: unused,
    readPhone: unused,
    startServer: unused,
    startDemoServer: unused,
    stdin: (async function* () {})(),
    print: unused,
    say: (line) => said.push(line),
    rewrite: hasTerminal ? (line) => rewritten.push(line) : null,
  };
  return { cli, clock, said, rewritten };
}

/** Shows a step every 50 ms for 2.5 seconds, 1000 calls a second. */
function run(hasTerminal: boolean) {
  const { cli, clock, said, rewritten } = openCli({ hasTerminal });
  const progress = new Progress(cli, 'calls.ndjson');
  for (let documents = 50; documents <= 2500; documents += 50) {
    clock.nowMs += 50;
    progress.show({ documents, share: documents / 10_000 });
  }
  progress.end();
  return { said, rewritten };
}

describe('the progress of an import', () => {
  it('is a plain line a second where there is no terminal', () => {
    expect(run(false)).toEqual({
      said: ['calls.ndjson: 1000 calls, 10 %, 1000 a second', 'calls.ndjson: 2000 calls, 20 %, 1000 a second'],
      rewritten: [],
    });
  });

  it('is a bar on a terminal, drawn ten times a second, and gone at the end', () => {
    const { said, rewritten } = run(true);
    expect(said).toEqual([]);
    expect(rewritten.length).toBe(26);
    expect(rewritten[0]).toBe('[------------------------------] calls.ndjson: 100 calls, 1 %, 1000 a second');
    expect(rewritten[24]).toBe('[########----------------------] calls.ndjson: 2500 calls, 25 %, 1000 a second');
    expect(rewritten[25]).toBe('');
  });

  it('has no share where the end is not known', () => {
    const { cli, clock, said } = openCli({ hasTerminal: false });
    const progress = new Progress(cli, 'standard input');
    clock.nowMs += 2000;
    progress.show({ documents: 3, share: null });
    expect(said).toEqual(['standard input: 3 calls, 2 a second']);
  });
});
