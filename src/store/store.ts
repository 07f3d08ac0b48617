import type { AccessStore, AccountStore, KeyStore, NumberStore, SessionStore, TokenStore } from './access-store.ts';
import type { CallStore, RejectStore } from './call-store.ts';
import type { TransferStore } from './transfer-store.ts';

/**
 * The store: documents, the contributions that they have made, the sums that reports read, and who may do what.
 * Every method is one transaction, and a write is durable (committed and synced) when its promise resolves.
 * Stores add integers and read sums; they never divide. Times are UNIX milliseconds unless the name says otherwise.
 */
export interface Store {
  readonly accounts: AccountStore;
  readonly numbers: NumberStore;
  readonly keys: KeyStore;
  readonly tokens: TokenStore;
  readonly sessions: SessionStore;
  readonly access: AccessStore;
  readonly calls: CallStore;
  readonly rejects: RejectStore;
  readonly transfer: TransferStore;

  /** Documents that were handed in and are not written yet. */
  waitingDocuments(): number;
  /** Rejects when the store cannot be used. */
  ping(): Promise<void>;
  /** Writes a consistent copy to a file that must not exist yet, while the store is in use. */
  backup(path: string): Promise<void>;
  /** Finishes the writes that were accepted, then closes. */
  close(): Promise<void>;
}

/**
 * Thrown by every other method when the store cannot be used now: its database is gone, busy, full or read-only. Nothing is wrong with
 * what was asked for, and asking again later is right. The message says what is the matter, and holds nothing secret.
 */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
}

/** What it took to bring a store to the schema of this version. */
export interface Migrated {
  /** Names of the migrations that were missing. */
  readonly applied: readonly string[];
  /** Tables that were distributed over the workers of a Citus cluster. */
  readonly distributed: readonly string[];
}

/** What a store tells of its work while it works, for the operator's metrics. */
export interface StoreObserver {
  committed(commit: { readonly durationMs: number; readonly requests: number; readonly documents: number }): void;
}
