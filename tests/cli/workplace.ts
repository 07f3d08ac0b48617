import { type ChildProcess, spawn } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, resolve } from 'node:path';
import { DatabaseSync, type SQLOutputValue } from 'node:sqlite';
import { setTimeout as delay } from 'node:timers/promises';

/** What a process has left behind. */
export interface Ended {
  /** null when a signal has ended it. */
  readonly code: number | null;
  readonly signal: NodeJS.Signals | null;
  readonly stdout: string;
  readonly stderr: string;
}

/** A process that runs. */
export interface Running {
  /** What it has written so far. */
  readonly output: { readonly stdout: string; readonly stderr: string };
  readonly ended: Promise<Ended>;
  signal(signal: NodeJS.Signals): void;
  /** Sends it to the whole process group, as a terminal does; the process must lead one. */
  signalGroup(signal: NodeJS.Signals): void;
}

export interface RunningServer extends Running {
  /** `http://127.0.0.1:41609` */
  readonly address: string;
}

interface Surroundings {
  readonly stdin?: string | Uint8Array;
  readonly environment?: Environment;
  /** Where it is started, if not in the folder of the workplace. */
  readonly in?: string;
  /** Whether it leads a process group of its own, as in a terminal. */
  readonly isGroup?: boolean;
}

interface WorkplaceOptions {
  /** The bin/voxgauge.js that is run; that of the repository if none is named. */
  readonly program?: string;
  readonly environment?: Environment;
}

type Environment = Readonly<Record<string, string>>;

export const repository = resolve(import.meta.dirname, '../..');
const sourceProgram = join(repository, 'bin/voxgauge.js');
/** Compiled code is kept between starts, which halves what most of them take. */
const compileCache = join(repository, 'node_modules/.cache/voxgauge-tests');

/**
 * A folder of its own to run `voxgauge` in, as a user would: `data` is its data folder, `temporary` what processes take for
 * the system's. Removing it ends whatever still runs.
 */
export class Workplace {
  readonly folder = mkdtempSync(join(tmpdir(), 'voxgauge-cli-'));
  readonly data = join(this.folder, 'data');
  readonly temporary = join(this.folder, 'temporary');
  readonly #program: string;
  readonly #environment: Environment;
  readonly #running = new Map<Running, { readonly isGroup: boolean }>();

  constructor({ program = sourceProgram, environment = {} }: WorkplaceOptions = {}) {
    this.#program = program;
    this.#environment = environment;
    mkdirSync(this.temporary);
  }

  /** Runs a command line to its end. */
  run(words: readonly string[], surroundings: Surroundings = {}): Promise<Ended> {
    return this.start(words, surroundings).ended;
  }

  /** Runs a command line that must succeed; returns its standard output without the last line break. */
  async output(words: readonly string[], surroundings: Surroundings = {}): Promise<string> {
    const { code, stdout, stderr } = await this.run(words, surroundings);
    if (code !== 0) throw new Error(`voxgauge ${words.join(' ')} ended with ${code}: ${stderr}`);
    return stdout.trimEnd();
  }

  /** The same for a command that prints JSON. */
  async json(words: readonly string[], surroundings: Surroundings = {}): Promise<unknown> {
    return JSON.parse(await this.output([...words, '--json'], surroundings));
  }

  start(words: readonly string[], surroundings: Surroundings = {}): Running {
    return this.startProgram(process.execPath, [this.#program, ...words], surroundings);
  }

  /** Starts any program in the folder. */
  startProgram(file: string, words: readonly string[], surroundings: Surroundings = {}): Running {
    const { stdin, environment, in: cwd = this.folder, isGroup = false } = surroundings;
    const env = this.#environmentOf(environment);
    const child = spawn(file, words, { cwd, detached: isGroup, env, stdio: 'pipe' });
    // A process may end without having read all that it was given.
    child.stdin.on('error', () => {});
    child.stdin.end(stdin ?? '');
    const running = runningOf(child);
    this.#running.set(running, { isGroup });
    running.ended.finally(() => this.#running.delete(running));
    return running;
  }

  /** Runs `serve` on a free port until it listens. */
  async serve(words: readonly string[] = [], surroundings: Surroundings = {}): Promise<RunningServer> {
    const server = this.start(['serve', '--json', '--port', '0', ...words], surroundings);
    return { ...server, address: await addressOf(server) };
  }

  path(name: string): string {
    return join(this.folder, name);
  }

  write(name: string, content: string | Uint8Array): string {
    writeFileSync(this.path(name), content);
    return this.path(name);
  }

  /** Reads rows of the database, past the program. */
  rows(sql: string, folder = this.data): readonly Readonly<Record<string, SQLOutputValue>>[] {
    const database = new DatabaseSync(join(folder, 'voxgauge.db'), { readOnly: true, timeout: 10_000 });
    try {
      return database.prepare(sql).all();
    } finally {
      database.close();
    }
  }

  async remove(): Promise<void> {
    for (const [running, { isGroup }] of this.#running) {
      if (isGroup) running.signalGroup('SIGKILL');
      else running.signal('SIGKILL');
    }
    await Promise.all([...this.#running.keys()].map(({ ended }) => ended));
    rmSync(this.folder, { recursive: true });
  }

  #environmentOf(environment: Environment | undefined): NodeJS.ProcessEnv {
    const inherited = Object.entries(process.env).filter(([name]) => !/^(VOXGAUGE_|NODE_OPTIONS$)/.test(name));
    return {
      ...Object.fromEntries(inherited),
      TMPDIR: this.temporary,
      NODE_COMPILE_CACHE: compileCache,
      VOXGAUGE_DATA: this.data,
      VOXGAUGE_LOG_LEVEL: 'warn',
      ...this.#environment,
      ...environment,
    };
  }
}

function runningOf(child: ChildProcess): Running {
  const output = { stdout: '', stderr: '' };
  child.stdout?.setEncoding('utf8').on('data', (text: string) => {
    output.stdout += text;
  });
  child.stderr?.setEncoding('utf8').on('data', (text: string) => {
    output.stderr += text;
  });
  const ended = new Promise<Ended>((resolve, reject) => {
    child.once('error', reject);
    child.once('close', (code, signal) => resolve({ code, signal, ...output }));
  });
  const { pid } = child;
  if (pid === undefined) throw new Error('the process could not be started');
  return {
    output,
    ended,
    signal: (signal) => child.kill(signal),
    signalGroup: (signal) => process.kill(-pid, signal),
  };
}

/** Waits for the line of JSON in which a server tells its address. */
export async function addressOf(server: Running): Promise<string> {
  const find = () => /"address":"(http:[^"]+)"/.exec(server.output.stdout)?.[1];
  return until(find, server);
}

/** Waits until `find` finds something. Fails when a process that it waits for has ended before. */
export async function until<T>(find: () => T | undefined, running?: Running): Promise<T> {
  const ended: { value?: Ended } = {};
  running?.ended.then((value) => {
    ended.value = value;
  });
  for (;;) {
    const hasEnded = ended.value;
    const found = find();
    if (found !== undefined) return found;
    if (hasEnded !== undefined) {
      throw new Error(`the process has ended with ${hasEnded.code ?? hasEnded.signal}: ${hasEnded.stderr}`);
    }
    await delay(5);
  }
}
