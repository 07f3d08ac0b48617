import type { Cli } from '../../src/cli/cli.ts';
import { runProgram } from '../../src/cli/program.ts';
import { parseConfig } from '../../src/config.ts';

/** What a command line prints that ends before it opens anything: help, and complaints about how it was called. */
export async function runInProcess(words: readonly string[]) {
  const config = parseConfig({});
  if (!config.ok) throw new Error(config.error.join('\n'));
  const stdout: string[] = [];
  const stderr: string[] = [];
  const refuse = () => {
    throw new Error('the command line was taken for a right one');
  };
  const cli: Cli = {
    config: config.value,
    nowMs: refuse,
    store: refuse,
    openStoreAt: refuse,
    migrate: refuse,
    intake: refuse,
    readPhone: refuse,
    startServer: refuse,
    startDemoServer: refuse,
    stdin: (async function* () {})(),
    print: (line) => stdout.push(line),
    say: (line) => stderr.push(line),
    rewrite: null,
  };
  const code = await runProgram(words, cli, '1.2.3');
  return { code, stdout: stdout.join('\n'), stderr: stderr.join('\n') };
}
