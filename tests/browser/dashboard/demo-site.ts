import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { createInterface } from 'node:readline';

/** What `voxgauge demo --json` prints. */
interface Printed {
  readonly address: string;
  readonly tool: string;
  readonly login: string;
  readonly password: string;
  readonly ingest_key: string;
}

export interface DemoSite extends Printed {
  readonly close: () => Promise<void>;
}

const program = join(import.meta.dirname, '../../../bin/voxgauge.js');

/** Starts the real program with the calls of its demo, as a process of its own. */
export async function startDemoSite({ days = 90, seed = 1 } = {}): Promise<DemoSite> {
  const demo = spawn(
    process.execPath,
    [program, 'demo', '--port', '0', '--json', '--days', `${days}`, '--seed', `${seed}`],
    {
      stdio: ['ignore', 'pipe', 'inherit'],
    },
  );
  const line = await firstLine(demo);
  const printed: Printed = JSON.parse(line);
  return {
    ...printed,
    async close() {
      const ended = once(demo, 'exit');
      demo.kill('SIGTERM');
      await ended;
    },
  };
}

async function firstLine({ stdout, exitCode }: ChildProcess): Promise<string> {
  if (stdout !== null) for await (const line of createInterface({ input: stdout })) return line;
  throw new Error(`the demo ended with code ${exitCode} before it was ready`);
}
