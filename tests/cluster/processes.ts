import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';

const program = fileURLToPath(new URL('../../bin/voxgauge.js', import.meta.url));

type Settings = Readonly<Record<string, string>>;

/** A server of the product, in a process of its own. */
export interface AppProcess {
  /** Resolves when the server listens; rejects when the process ends before. */
  readonly listening: Promise<string>;
  /** What it has said on standard error so far. */
  said(): string;
  /** Lines of its log so far. */
  log(): string;
  /** Resolves with the exit code when the process is gone; null when a signal took it. */
  readonly exited: Promise<number | null>;
  /** Whether it has ended, and nobody had asked it to. */
  hasDied(): boolean;
  /** Takes the process's life, and waits until it is gone. */
  kill(): Promise<void>;
  /** Asks it to end, and waits. */
  stop(): Promise<number | null>;
}

/** Starts `voxgauge serve` on a database, on any free port. */
export function startApp(url: string, settings: Settings = {}): AppProcess {
  const child = run(['serve', '--json'], {
    VOXGAUGE_STORE: url,
    VOXGAUGE_PORT: '0',
    VOXGAUGE_LOG_LEVEL: 'error',
    ...settings,
  });
  const exited = once(child, 'exit').then(() => child.exitCode);
  const lines: string[] = [];
  const { promise: listening, resolve, reject } = Promise.withResolvers<string>();
  createInterface({ input: child.stdout }).on('line', (line) => {
    lines.push(line);
    const { address } = JSON.parse(line);
    if (typeof address === 'string') resolve(address);
  });
  const said = textOf(child.stderr);
  let isAsked = false;
  const end = (signal: NodeJS.Signals) => {
    isAsked = true;
    child.kill(signal);
    return exited;
  };
  exited.then(() => reject(new Error(`the server ended before it listened: ${said()}`)));
  // Who waits for it is told; who kills the server earlier need not be.
  listening.catch(() => {});
  return {
    listening,
    said,
    log: () => lines.join('\n'),
    exited,
    hasDied: () => !isAsked && (child.exitCode !== null || child.signalCode !== null),
    kill: async () => {
      await end('SIGKILL');
    },
    stop: () => end('SIGTERM'),
  };
}

export interface Ran {
  readonly code: number | null;
  readonly stdout: string;
  readonly stderr: string;
  readonly durationMs: number;
}

/** Runs a command of the product on a database, to its end. */
export async function runCommand(url: string, words: readonly string[]): Promise<Ran> {
  const startedMs = performance.now();
  const child = run(words, { VOXGAUGE_STORE: url });
  const [stdout, stderr] = [textOf(child.stdout), textOf(child.stderr)];
  await once(child, 'close');
  return { code: child.exitCode, stdout: stdout(), stderr: stderr(), durationMs: performance.now() - startedMs };
}

/** The same for a command that must succeed; returns what it has printed as JSON. */
export async function runJson(url: string, words: readonly string[]): Promise<Readonly<Record<string, unknown>>> {
  const { code, stdout, stderr } = await runCommand(url, [...words, '--json']);
  if (code !== 0) throw new Error(`voxgauge ${words.join(' ')} ended with ${code}: ${stderr}`);
  return JSON.parse(stdout);
}

function run(words: readonly string[], settings: Settings) {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('VOXGAUGE_'));
  return spawn(process.execPath, [program, ...words], {
    env: { ...Object.fromEntries(inherited), ...settings },
    stdio: ['ignore', 'pipe', 'pipe'],
  });
}

function textOf(stream: NonNullable<ChildProcess['stdout']>): () => string {
  const chunks: Buffer[] = [];
  stream.on('data', (chunk) => chunks.push(chunk));
  return () => Buffer.concat(chunks).toString();
}
