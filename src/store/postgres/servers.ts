import { setTimeout as sleep } from 'node:timers/promises';
import type { Client } from 'pg';
import { type Database, endOf } from './database.ts';
import { unavailable } from './failures.ts';
import { serversLock } from './locks.ts';
import { migrations } from './migrations.ts';

const againAfterMs = 1000;

/** Shows in the database that a server is at work, for as long as it is, over a connection of its own. */
export class ServerPresence {
  readonly #database: Database;
  #client: Client | null = null;
  #isEnded = false;

  constructor(database: Database) {
    this.#database = database;
  }

  async begin(): Promise<void> {
    const client = await this.#database.connect();
    if (this.#isEnded) {
      await endOf(client);
      return;
    }
    this.#client = client;
    try {
      await client.query(`SELECT pg_advisory_lock_shared(${serversLock})`);
      endIfOutdated((await client.query(selectNewest)).rows[0]?.newest);
    } catch (error) {
      await endOf(client);
      throw unavailable(error, this.#database.where);
    }
    client.once('end', () => this.#return());
  }

  async end(): Promise<void> {
    this.#isEnded = true;
    if (this.#client !== null) await endOf(this.#client);
  }

  /** The connection is gone, as when the database was restarted. Until it is back there is nothing to be protected from. */
  async #return(): Promise<void> {
    while (!this.#isEnded) {
      await sleep(againAfterMs, undefined, { ref: false });
      try {
        if (this.#isEnded) return;
        await this.begin();
        return;
      } catch {
        // It is tried until it comes back or the server ends; readiness tells whether the database can be used.
      }
    }
  }
}

/**
 * The schema may have been changed while the connection was gone. What this server would go on to write would be as the old one had it, so
 * the process ends, and whoever watches it has to start the newer version.
 */
function endIfOutdated(newest: unknown): void {
  if (Number(newest) <= migrations().length) return;
  setImmediate(() => {
    throw new Error('a newer version of Voxgauge has changed the schema of the database: start that version');
  });
}

const selectNewest = 'SELECT max(number) AS newest FROM migrations';
