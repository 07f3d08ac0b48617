import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type Cli, CommandError, type RunningServer, type StoreRole } from './cli/cli.ts';
import { runProgram } from './cli/program.ts';
import { type Config, parseConfig } from './config.ts';
import type { ReadPhone } from './domain/phone.ts';
import { lockPlace, migrateStore, openStore, type StorePlace } from './store/open.ts';
import { type Store, type StoreObserver, StoreUnavailable } from './store/store.ts';

const nowMs = (): number => Date.now();

const logBytesAtOnce = 8192;
const flushLogEveryMs = 100;

/** Takes back what a progress bar has left in the line; nothing where there is no terminal. */
const clearLine = process.stderr.isTTY ? '\r\u001b[2K' : '';

/** Makes what commands work with. Each part is loaded when it is first asked for: most commands need few, and start at once. */
function createCli(config: Config): { readonly cli: Cli; readonly close: () => Promise<void> } {
  let store: Promise<Store> | null = null;
  let numberingPlan: Promise<ReadPhone> | null = null;
  const openedStore = () => {
    store ??= openData(config, { committed: () => {} }, { waitMs: commandWaitMs });
    return store;
  };
  const readPhone = () => {
    numberingPlan ??= import('./numbering/numbering-plan.ts').then(({ openNumberingPlan }) => openNumberingPlan());
    return numberingPlan;
  };
  const others: { readonly close: () => Promise<void> }[] = [];
  const cli: Cli = {
    config,
    nowMs,
    store: openedStore,
    async openStoreAt(place, role) {
      const other = await openOther({ ...config, store: place }, role);
      others.push(other);
      return other.store;
    },
    migrate: () =>
      orUnusable(placeOf(config), () => migrateStore(placeOf(config), storeOptions({ waitMs: commandWaitMs }))),
    readPhone,
    async intake() {
      const { Calendars } = await import('./ingest/document-reader.ts');
      const { Intake } = await import('./ingest/intake.ts');
      const options = { store: await openedStore(), calendars: new Calendars(), readPhone: await readPhone(), nowMs };
      return new Intake({ ...config, ...options });
    },
    startServer: async (changes) => startServer({ ...config, ...changes }, await readPhone()),
    startDemoServer: async (changes) => startDemoServer({ ...config, ...changes }, await readPhone()),
    stdin: process.stdin,
    print: (line) => process.stdout.write(`${line}\n`),
    say: (line) => process.stderr.write(`${clearLine}${line}\n`),
    rewrite: process.stderr.isTTY ? (line) => process.stderr.write(`${clearLine}${line}`) : null,
  };
  const close = async () => {
    await (await store?.catch(() => null))?.close();
    for (const other of others) await other.close();
  };
  return { cli, close };
}

/** Opens a store that an option of a command names. */
async function openOther(
  config: Config,
  role: StoreRole,
): Promise<{ readonly store: Store; readonly close: () => Promise<void> }> {
  const place = placeOf(config);
  const isAlone = role === 'to';
  const release = isAlone ? await orUnusable(place, () => lockPlace(place), role) : () => {};
  if (release === null) {
    throw new CommandError(
      unusableAs(role, place, 'a server or another copy works in it, which must be stopped first'),
    );
  }
  try {
    const options = { ...storeOptions({ waitMs: commandWaitMs }), isAlone, mustExist: !isAlone };
    const observer = { committed: () => {} };
    const store = await orUnusable(place, () => openStore(place, { observer, ...options }), role);
    return { store, close: () => store.close().finally(release) };
  } catch (error) {
    release();
    throw error;
  }
}

function placeOf({ store, data, storeConnections }: Config): StorePlace {
  if (store.kind === 'postgres') return { ...store, connections: storeConnections };
  return { kind: 'sqlite', folder: store.folder ?? data };
}

/** How long a command waits for a database; a server waits until it is there. */
const commandWaitMs = 10_000;

const storeOptions = ({ isServer = false, waitMs = 0 }) => ({ nowMs: nowMs(), isServer, waitMs, onWait: sayWaiting });

function openData(
  config: Config,
  observer: StoreObserver,
  how: { isServer?: boolean; waitMs: number },
): Promise<Store> {
  return orUnusable(placeOf(config), () => openStore(placeOf(config), { observer, ...storeOptions(how) }));
}

function sayWaiting(reason: string): void {
  process.stderr.write(`${clearLine}voxgauge: waiting: ${reason}\n`);
}

/** `role` tells which option of a command names the place; without one, settings do. */
async function orUnusable<T>(place: StorePlace, open: () => T | Promise<T>, role: StoreRole | null = null): Promise<T> {
  try {
    return await open();
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    const message = role === null ? unusable(place, error, reason) : unusableAs(role, place, reason);
    throw new CommandError(message, { cause: error });
  }
}

function unusable(place: StorePlace, error: unknown, reason: string): string {
  if (place.kind === 'sqlite')
    return `the data folder ${place.folder} cannot be used: ${reason}; VOXGAUGE_DATA names another`;
  if (error instanceof StoreUnavailable) return `${reason}; VOXGAUGE_STORE says where it is, and with which login`;
  return `the database that VOXGAUGE_STORE names cannot be used: ${reason}`;
}

function unusableAs(role: StoreRole, place: StorePlace, reason: string): string {
  const what = place.kind === 'sqlite' ? `the folder ${place.folder}` : 'the database';
  return `${what} that --${role} names cannot be used: ${reason}`;
}

async function startDemoServer(config: Config, readPhone: ReadPhone): Promise<RunningServer> {
  const data = mkdtempSync(join(tmpdir(), 'voxgauge-demo-'));
  const remove = () => rmSync(data, { recursive: true });
  try {
    const server = await startServer({ ...config, data, store: { kind: 'sqlite', folder: null } }, readPhone);
    return { ...server, stopped: server.stopped.then(remove) };
  } catch (error) {
    remove();
    throw error;
  }
}

async function startServer(config: Config, readPhone: ReadPhone): Promise<RunningServer> {
  const place = placeOf(config);
  const release = await orUnusable(place, () => lockPlace(place));
  if (release === null) {
    const { folder } = place.kind === 'sqlite' ? place : { folder: config.data };
    throw new CommandError(`another server works in ${folder}; stop it, or name another folder in VOXGAUGE_DATA`);
  }
  const { createServer } = await import('./server.ts');
  const { pino } = await import('pino');
  // Lines are written in the background, and many at a time: a write for each would cost as much as its request.
  const log = pino.destination({ dest: 1, sync: false, minLength: logBytesAtOnce, periodicFlush: flushLogEveryMs });
  let isLogging = true;
  log.on('error', (error) => {
    isLogging = false;
    // Destroyed, it does not wait for the disk when the process ends.
    log.destroy();
    process.stderr.write(`voxgauge: the log cannot be written, and ends here: ${error.message}\n`);
  });
  const server = await createServer({
    config,
    readPhone,
    version: packageVersion(),
    openStore: (observer) => openData(config, observer, { isServer: true, waitMs: Number.POSITIVE_INFINITY }),
    nowMs,
    logTo: { write: (line) => isLogging && log.write(line) },
  });
  const address = await server.listen().catch(async (error) => {
    await server.close();
    release();
    throw new CommandError(listenProblem(error, config), { cause: error });
  });
  const { store, intake } = server;
  const asked = Promise.withResolvers<void>();
  let isStopping = false;
  const stop = () => {
    isStopping = true;
    asked.resolve();
  };
  signalled().then(stop);
  const stopped = asked.promise
    .then(() => server.close())
    .then(() => {
      if (isLogging) log.flushSync();
    })
    .finally(release);
  return { address, store, intake, stop, isStopping: () => isStopping, stopped };
}

function listenProblem(error: unknown, { host, port }: Config): string {
  const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
  if (isTaken) return `port ${port} of ${host} is taken; name another with --port or VOXGAUGE_PORT`;
  const reason = error instanceof Error ? error.message : String(error);
  return `cannot listen on ${host} port ${port}: ${reason}; name others with --host and --port`;
}

const endSignals = ['SIGTERM', 'SIGINT'] as const;

/** npm passes on what a terminal or systemd has sent to all processes anyway, so one wish to end may arrive twice. */
const sameWishMs = 1000;

/** Resolves when the process is asked to end. Asked again, later than {@link sameWishMs}, it ends at once. */
function signalled(): Promise<void> {
  return new Promise((resolve) => {
    let askedMs: number | null = null;
    const onSignal = (signal: NodeJS.Signals) => {
      askedMs ??= performance.now();
      resolve();
      if (performance.now() - askedMs < sameWishMs) return;
      for (const other of endSignals) process.removeListener(other, onSignal);
      process.kill(process.pid, signal);
    };
    for (const signal of endSignals) process.on(signal, onSignal);
  });
}

/** Whoever reads the output may go away early, as `head` does: that ends the command, and is no error to be reported. */
function endQuietlyWithoutReader(): void {
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    if (error.code !== 'EPIPE') throw error;
    process.exit(1);
  });
}

async function main(): Promise<number> {
  // What is written holds numbers of callers: it is for its owner only.
  process.umask(0o077);
  endQuietlyWithoutReader();
  const config = parseConfig(process.env);
  if (!config.ok) {
    for (const problem of config.error) process.stderr.write(`voxgauge: ${problem}\n`);
    return 2;
  }
  const { cli, close } = createCli(config.value);
  const code = await runProgram(process.argv.slice(2), cli, packageVersion());
  await close();
  return code;
}

function packageVersion(): string {
  const manifest: { version: string } = JSON.parse(readFileSync(new URL('../package.json', import.meta.url), 'utf8'));
  return manifest.version;
}

process.exitCode = await main();
