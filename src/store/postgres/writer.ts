import type { AccountId } from '../access-store.ts';
import type { StoreObserver } from '../store.ts';
import type { Database } from './database.ts';
import type { Memory } from './memory.ts';
import type { Parameter, Session } from './session.ts';

/** Writes other than those of calls: one at a time each, told to the observer, and noticed by what is kept in memory. */
export class Writer {
  readonly database: Database;
  readonly memory: Memory;
  readonly #observer: StoreObserver;

  constructor(database: Database, memory: Memory, observer: StoreObserver) {
    this.database = database;
    this.memory = memory;
    this.#observer = observer;
  }

  async run<T>(work: (session: Session) => Promise<T>, options: { isRepeatable?: boolean } = {}): Promise<T> {
    const startedMs = performance.now();
    try {
      return await this.database.write(work, options);
    } finally {
      // Also after a failure: nobody knows whether a commit that was not answered came through.
      this.memory.forget();
      this.#observer.committed({ durationMs: performance.now() - startedMs, requests: 1, documents: 0 });
    }
  }

  /** One statement; returns how many rows it changed. Done twice, it must do what it does once. */
  change(sql: string, ...parameters: readonly Parameter[]): Promise<number> {
    return this.run((session) => session.run(sql, ...parameters), { isRepeatable: true });
  }

  /** Work on what belongs to an account, while nobody else writes to it. */
  inAccount<T>(accountId: AccountId, work: (session: Session) => Promise<T>): Promise<T> {
    return this.run(
      async (session) => {
        await lockAccount(session, accountId);
        return work(session);
      },
      { isRepeatable: true },
    );
  }
}

/**
 * Makes the writers of an account wait for each other, from here to the end of the transaction. They would anyway: nearly every
 * batch adds to the same rows of today. One after the other, none of them meets another half done, and no two can wait in a ring.
 */
export async function lockAccount(session: Session, accountId: AccountId): Promise<void> {
  if ((await session.rows(lockTenant, accountId)).length > 0) return;
  await session.run(insertTenant, accountId);
  await session.rows(lockTenant, accountId);
}

const lockTenant = 'SELECT account_id FROM tenants WHERE account_id = $1 FOR UPDATE';
const insertTenant = 'INSERT INTO tenants (account_id) VALUES ($1) ON CONFLICT DO NOTHING';
