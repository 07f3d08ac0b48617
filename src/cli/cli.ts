import type { Config, StoreUrl } from '../config.ts';
import type { ReadPhone } from '../domain/phone.ts';
import type { Intake } from '../ingest/intake.ts';
import type { Migrated, Store } from '../store/store.ts';

/** What commands work with. The composition root makes it; commands open nothing themselves. */
export interface Cli {
  readonly config: Config;
  readonly nowMs: () => number;
  /** Opens the store of the configuration on first use. It is closed when the command ends. */
  readonly store: () => Promise<Store>;
  /**
   * Opens another store; it is closed when the command ends. One to read from must be there; one to write to is made where it is
   * not, and no server works in it meanwhile.
   */
  readonly openStoreAt: (place: StoreUrl, role: StoreRole) => Promise<Store>;
  /** Brings the store to the schema of this version, whoever opens it next. */
  readonly migrate: () => Promise<Migrated>;
  readonly intake: () => Promise<Intake>;
  readonly readPhone: () => Promise<ReadPhone>;
  readonly startServer: (changes: Partial<Config>) => Promise<RunningServer>;
  /** The same in a fresh folder, which is removed when the server stops. */
  readonly startDemoServer: (changes: Partial<Config>) => Promise<RunningServer>;
  readonly stdin: AsyncIterable<Uint8Array>;
  /** Results: one line of text, or of JSON. */
  readonly print: (line: string) => void;
  /** Everything that is said besides the result: progress, hints, warnings. */
  readonly say: (line: string) => void;
  /** Rewrites the line at the bottom of a terminal; null when there is no terminal. */
  readonly rewrite: ((line: string) => void) | null;
}

export type StoreRole = 'from' | 'to';

export interface RunningServer {
  readonly address: string;
  readonly store: Store;
  readonly intake: Intake;
  /** Stops it as if the process were asked to end. */
  readonly stop: () => void;
  readonly isStopping: () => boolean;
  /** Resolves when the process was asked to end and the server has stopped. */
  readonly stopped: Promise<void>;
}

/** The command cannot do what it was asked to; the message says what to do about it. Ends with exit code 1. */
export class CommandError extends Error {
  override readonly name = 'CommandError';
}

/** The command was called in a wrong way. Ends with exit code 2. */
export class UsageError extends Error {
  override readonly name = 'UsageError';
}
