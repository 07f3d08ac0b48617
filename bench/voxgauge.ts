import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Readable } from 'node:stream';
import { text } from 'node:stream/consumers';
import { pipeline } from 'node:stream/promises';
import { setTimeout as sleep } from 'node:timers/promises';

const program = join(import.meta.dirname, '../bin/voxgauge.js');
const environment = ({ folder, store = 'sqlite' }: Pick<Place, 'folder' | 'store'>) => ({
  ...process.env,
  VOXGAUGE_DATA: folder,
  VOXGAUGE_STORE: store,
  VOXGAUGE_PORT: '0',
  VOXGAUGE_DATA_REQUESTS_PER_WINDOW: '1000000000',
});

/** Where a process of Voxgauge works, and what sees to it that the process ends. */
export interface Place {
  readonly folder: string;
  /** As in VOXGAUGE_STORE; SQLite in the folder by default. */
  readonly store?: string;
  readonly cleanup: AsyncDisposableStack;
}

/** Runs a command on a data folder to its end; returns what it printed. */
export async function runVoxgauge(
  { folder, store, cleanup }: Place,
  words: readonly string[],
  input: Iterable<string> = [],
): Promise<string> {
  const child = spawn(process.execPath, [program, ...words], {
    env: environment({ folder, ...(store === undefined ? {} : { store }) }),
    stdio: ['pipe', 'pipe', 'inherit'],
  });
  cleanup.defer(() => void child.kill());
  const ended = once(child, 'close');
  const [printed] = await Promise.all([text(child.stdout), pipeline(Readable.from(input), child.stdin)]);
  const [code] = await ended;
  if (code !== 0) throw new Error(`voxgauge ${words.join(' ')} ended with ${code}: ${printed}`);
  return printed;
}

/** A server in a process of its own, as an operator runs it: its log goes to a file. */
export class VoxgaugeServer {
  readonly address: string;
  readonly pid: number;
  readonly #child: ChildProcess;

  constructor(address: string, child: ChildProcess) {
    this.address = address;
    if (child.pid === undefined) throw new Error('the server has no process id');
    this.pid = child.pid;
    this.#child = child;
  }

  static async start({ folder, store, cleanup }: Place, flags: readonly string[] = []): Promise<VoxgaugeServer> {
    const logPath = join(folder, 'server.log');
    const log = openSync(logPath, 'w');
    const child = spawn(process.execPath, [...flags, program, 'serve', '--json'], {
      env: environment({ folder, ...(store === undefined ? {} : { store }) }),
      stdio: ['ignore', log, 'inherit'],
    });
    closeSync(log);
    cleanup.defer(() => void child.kill());
    const server = new VoxgaugeServer(await addressIn(logPath, child), child);
    return cleanup.use(server);
  }

  /** Asks the server to end, and waits until it has. */
  async [Symbol.asyncDispose](): Promise<void> {
    if (this.#child.exitCode !== null || this.#child.signalCode !== null) return;
    const exited = once(this.#child, 'exit');
    this.#child.kill('SIGTERM');
    await exited;
  }
}

const startTimeoutMs = 60_000;

async function addressIn(logPath: string, child: ChildProcess): Promise<string> {
  const untilMs = performance.now() + startTimeoutMs;
  while (performance.now() < untilMs && child.exitCode === null) {
    const printed = readFileSync(logPath, 'utf8');
    const [, address] = /^\{"address":"([^"]+)"\}$/m.exec(printed) ?? [];
    if (address !== undefined) return address;
    await sleep(20);
  }
  child.kill('SIGKILL');
  throw new Error(`the server did not start; its log: ${readFileSync(logPath, 'utf8')}`);
}
