import type { RowSum } from '../domain/applied.ts';
import type { AccountId } from './access-store.ts';
import type { ImportProgress, RecordedCall, Reject } from './call-store.ts';

/** What there is besides documents, their sums and rejects, by table; a table stands behind those that its rows refer to. */
export const controlTables = [
  'accounts',
  'users',
  'ingest_keys',
  'api_tokens',
  'credentials',
  'sessions',
  'numbers',
  'shares',
  'imports',
] as const;
export type ControlTable = (typeof controlTables)[number];

/** A row by the names of its columns, which are the same in all engines. */
export type ControlRow = Readonly<Record<string, string | number | boolean | null>>;
export type Control = Readonly<Record<ControlTable, readonly ControlRow[]>>;

/** What makes one store's control rows those of another. */
export interface ControlChanges {
  /** New ones, and those that are there under their key with something else in them. */
  readonly changed: Control;
  readonly gone: Control;
  /** Numbers that are there with another owner: their sums go along. */
  readonly given: readonly { readonly accountId: AccountId; readonly phone: string }[];
}

/** The place of a document in the order in which an account's were stored: by time, and by call id (bytes of UTF-8) within it. */
export interface DocumentPlace {
  readonly storedAtMs: number;
  readonly callId: string;
}

/** A document as it is stored. */
export interface StoredDocument extends RecordedCall {
  readonly storedAtMs: number;
}

/** How much is read at a time. */
export interface ChunkSize {
  readonly documents: number;
  readonly bytes: number;
}

/** Some of an account's documents, in the order of their places. */
export interface DocumentChunk {
  readonly documents: readonly StoredDocument[];
  /** Behind what was looked at: where to go on. A call whose document is gone has a place too. */
  readonly next: DocumentPlace;
  /** Whether there were no more at the moment. */
  readonly isLast: boolean;
}

/** What changes about a reject whenever it does; its bytes stay. */
export interface RejectHead {
  readonly rejectId: number;
  /** Of the bytes, hex. */
  readonly sha256: string;
  readonly times: number;
  readonly lastAtMs: number;
}

/** Under this name of a source, `imports` keeps how far an account has been copied into this store. It is no control row. */
export const copySource = 'voxgauge copy';

/** How far an account has come, to be saved with what has brought it there. */
export interface Copied {
  readonly progress: ImportProgress;
  readonly nowMs: number;
}

export interface RejectChanges {
  /** Ids of those to forget. */
  readonly gone: readonly number[];
  readonly rejects: readonly Reject[];
}

/**
 * The part of the port for moving everything into another store, whatever its engine, with ids and times as they are. Reading changes nothing and
 * locks nobody out. Writing again what was written changes nothing.
 */
export interface TransferStore {
  /** All control rows, at one moment. Quotas are not among them. */
  control(): Promise<Control>;
  /** Afterwards new rows get ids above all that are there. */
  takeControl(changes: ControlChanges): Promise<void>;
  /** Documents behind a place: as many as asked for at the most, and no more bytes unless it is one document. */
  documents(accountId: AccountId, after: DocumentPlace, most: ChunkSize): Promise<DocumentChunk>;
  /**
   * Stores documents as they are, each in the place of the one of its call, with exactly the sums of its `applied`, and saves the
   * import progress of {@link copySource} with them. Returns how many were not there. Their numbers must be.
   */
  takeDocuments(accountId: AccountId, documents: readonly StoredDocument[], saved: Copied): Promise<number>;
  /** Adds to sums that have lost documents, and so cannot come from them. Done twice, it adds twice. */
  addSums(accountId: AccountId, rows: readonly RowSum[]): Promise<void>;
  /** All of an account, in the order of their ids. */
  rejectHeads(accountId: AccountId): Promise<readonly RejectHead[]>;
  /** Forgets rejects, then keeps others under their own ids. */
  takeRejects(accountId: AccountId, changes: RejectChanges): Promise<void>;
}
