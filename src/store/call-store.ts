import type { DayRange } from '../domain/buckets.ts';
import type { Day } from '../domain/calendar.ts';
import type { Contribution } from '../domain/contribution.ts';
import type { DaySums } from '../domain/reports/series.ts';
import type { ReportPlan, ReportSums } from '../domain/reports/sums.ts';
import type { Result } from '../domain/result.ts';
import { type Month, printMonth } from '../domain/retention.ts';
import type { Account, AccountId, UserId } from './access-store.ts';
import type { ChunkSize } from './transfer-store.ts';

/** What became of a document that was handed in. */
export const recordOutcomes = ['stored', 'replaced', 'unchanged', 'stale', 'unknownNumber', 'tooOld'] as const;
export type RecordOutcome = (typeof recordOutcomes)[number];

/** A document that was read, with what it contributes. */
export interface RecordedCall {
  readonly callId: string;
  readonly revision: number;
  readonly phone: string;
  readonly startedAtMs: number;
  /** The JSON text as it was sent. */
  readonly document: string;
  /** See `domain/applied.ts`. */
  readonly applied: string;
}

/** What one sender hands in at once. */
export interface Batch {
  readonly calls: readonly RecordedCall[];
  readonly rejects: readonly NewReject[];
  /** IANA name of the zone by whose days the calls count. */
  readonly timeZone: string;
}

/** Why a call of an {@link RecordOutcome} `unknownNumber` is rejected. */
export const unknownNumberReason = (phone: string) => ({
  path: '/phone',
  error: `must be a number of the account, got ${phone}; add it with "voxgauge number add", or use a key that is not strict`,
});

/** Why a call of an {@link RecordOutcome} `tooOld` is rejected. */
export const tooOldReason = (keptFrom: Month) => ({
  path: '/started_at',
  error: `must not be before ${printMonth(keptFrom)}, the first month (in UTC) whose calls are kept: the figures of the time before are final`,
});

/** On whose behalf documents come in. */
export interface Sender {
  readonly accountId: AccountId;
  /** Owner of the numbers that documents add to the account. */
  readonly userId: UserId;
  /** Documents of numbers that the account does not have are refused instead. */
  readonly isStrict: boolean;
}

/** The account has another time zone than the batch was made for: nothing was written, make it anew for the one of now. */
export interface ZoneChanged {
  readonly kind: 'zoneChanged';
}

/** The store has more to write than it will hold, or its disk or lock was not to be had: nothing was written, try again. */
export interface Unavailable {
  readonly kind: 'unavailable';
  readonly reason: string;
}

/** Numbers of an account that a report is about. */
export type NumberSet =
  | { readonly kind: 'one'; readonly phone: string }
  | { readonly kind: 'listed'; readonly phones: readonly string[] }
  | { readonly kind: 'owned'; readonly ownerId: UserId }
  /** Those that a user owns, and those that are shared with the user. */
  | { readonly kind: 'visible'; readonly userId: UserId };

/** Sums of one number, or of all numbers that a user owns. */
export interface DayQuery {
  readonly accountId: AccountId;
  readonly numbers: Extract<NumberSet, { readonly kind: 'one' | 'owned' }>;
  readonly days: DayRange;
}

/** What a report reads of some numbers. */
export interface ReportQuery extends ReportPlan {
  readonly accountId: AccountId;
  readonly numbers: NumberSet;
  /** Of each query of sums. */
  readonly mostRows: number;
}

/** A query of sums has more rows than were wanted at the most. */
export interface TooManyRows {
  readonly kind: 'tooManyRows';
}

/** Reads a stored document anew: what it contributes to its number by the definitions and settings of now. */
export type Recompute = (account: Account, document: string, phone: string) => readonly Contribution[];

/** A row whose sum is not what the documents say. Counters are null where the row is missing. */
export interface Difference {
  readonly rollup: string;
  readonly key: readonly (string | number)[];
  readonly stored: readonly number[] | null;
  readonly expected: readonly number[] | null;
}

export interface VerifyReport {
  readonly documents: number;
  readonly rows: number;
  /** How many rows differ. */
  readonly differences: number;
  /** The first of them, at most 100. */
  readonly examples: readonly Difference[];
  /** The first local day of which rows were compared, or null where all were: see {@link CallStore.dropBefore}. */
  readonly comparedFrom: Day | null;
  /** Accounts that are being counted anew. Their sums were compared with what had been added for each document by then. */
  readonly recounting: readonly Account[];
}

/** How far the calls of an account are counted by its new time zone. */
export interface RecountProgress {
  readonly account: Account;
  /** Documents that were looked at. */
  readonly documents: number;
  /** Documents that there were when it began. */
  readonly total: number;
}

/** What dropping documents has come to. */
export interface Dropped {
  /** The first month that is kept from now on; a later one than was asked for where that was dropped before. */
  readonly keptFrom: Month;
  /** How many documents went; those that an interrupted run has removed are not among them. */
  readonly documents: number;
}

/** How far dropping has come. */
export interface DropStep {
  readonly documents: number;
  /** 0–1 */
  readonly share: number;
}

export interface CallStore {
  /**
   * Takes the calls of a batch in the order given, and keeps its rejects; the outcomes stand in the order of the calls.
   * A call of an unknown number is kept as a reject too, and so is one that is too old: it started before the first month that
   * is kept, or what is stored of it did. All of the batch is written or nothing.
   */
  record(
    sender: Sender,
    batch: Batch,
    nowMs: number,
  ): Promise<Result<readonly RecordOutcome[], Unavailable | ZoneChanged>>;
  /** What is stored of a call, or null. */
  find(accountId: AccountId, callId: string): Promise<StoredCall | null>;
  /** The document of a call, or null. */
  read(accountId: AccountId, callId: string): Promise<CallRecord | null>;
  /** Documents of calls that started in a span of time, the latest first; of those that started together, by descending id. */
  list(query: CallListQuery): Promise<readonly CallRecord[]>;
  /**
   * When the newest document of the account was stored or replaced, or null. A document has its time before its transaction ends, so one
   * may appear shortly after this has reached or passed its time.
   */
  lastStoredAtMs(accountId: AccountId): Promise<number | null>;
  /** Sums by day, in order of days; days without calls may be missing. */
  days(query: DayQuery): Promise<readonly DaySums[]>;
  /** Everything that a report reads, at one moment. Columns of a query are those of `storedRollup`; any other is a bug, and thrown. */
  report(query: ReportQuery): Promise<Result<ReportSums, TooManyRows>>;
  /** How many documents are stored. */
  count(): Promise<number>;
  /** The first month whose documents are kept, or null while all are. It only ever moves forward. */
  keptFrom(): Promise<Month | null>;
  /**
   * Keeps documents from a month on, for good, and removes those of all calls that started before it, of all accounts, while the store is in
   * use. The sums stay as they are. Not one transaction: that the month is the first one comes first, and whatever ends the
   * rest, calling it again goes on. The month must be before the one of now. Throws {@link StoreUnavailable} while an account is being counted
   * anew: figures that are final would be half of one time zone and half of another.
   */
  dropBefore(month: Month, onStep?: (step: DropStep) => void): Promise<Dropped>;
  /**
   * Compares every sum with what the documents give, at one moment, while the store is in use. Where documents were dropped, only
   * the rows that have all theirs: see `wholeRowsFrom` in `domain/retention.ts`.
   */
  verify(recompute: Recompute): Promise<VerifyReport>;
  /**
   * Makes every sum that {@link verify} compares anew from the documents; returns how many there are. Writers wait until it is done.
   */
  rebuild(recompute: Recompute): Promise<{ readonly documents: number }>;
  /** Accounts whose documents are not all counted by the time zone of now, ordered by name. */
  recounts(): Promise<readonly RecountProgress[]>;
  /**
   * Counts the next documents of an account by its time zone of now, some hundreds unless told how many: of each, what was added is
   * subtracted, what it contributes now is added. Returns how far that has come, or null when all are counted. Others may do the same at the
   * same time, and whatever ends it, calling it again goes on. Documents of months that are kept no more stay as they were counted.
   */
  recountNext(accountId: AccountId, recompute: Recompute, most?: ChunkSize): Promise<RecountProgress | null>;
  /** How far an import of this source has come, or null. */
  importProgress(accountId: AccountId, source: string): Promise<ImportProgress | null>;
  /** null forgets the import, which is then complete. */
  saveImportProgress(
    accountId: AccountId,
    source: string,
    progress: ImportProgress | null,
    nowMs: number,
  ): Promise<void>;
}

export interface StoredCall {
  readonly revision: number;
  readonly storedAtMs: number;
}

/** A stored document. */
export interface CallRecord extends StoredCall {
  readonly callId: string;
  /** The number under which it is stored. */
  readonly phone: string;
  readonly startedAtMs: number;
  /** The JSON text as it was sent. */
  readonly document: string;
}

export interface CallListQuery {
  readonly accountId: AccountId;
  readonly numbers: NumberSet;
  /** Starts of calls, both inclusive. */
  readonly fromMs: number;
  readonly toMs: number;
  /** The last call of the page before; null begins with the latest. */
  readonly after: { readonly startedAtMs: number; readonly callId: string } | null;
  readonly limit: number;
}

export interface ImportProgress {
  readonly documentsDone: number;
  /** Counts so far, as JSON text; the store does not look inside. */
  readonly summary: string;
}

/** A document that was not taken. The same bytes are kept once. */
export interface NewReject {
  /** The bytes as they were sent. */
  readonly document: Uint8Array;
  readonly callId: string | null;
  /** JSON pointer to the field, '' for the whole document. */
  readonly path: string;
  readonly error: string;
}

export interface Reject extends NewReject {
  readonly rejectId: number;
  readonly account: Account;
  readonly sender: Sender;
  /** How often the same bytes came in. */
  readonly times: number;
  readonly firstAtMs: number;
  readonly lastAtMs: number;
}

export interface RejectStore {
  /** In the order in which they came in, from after `afterId` on. */
  list(page: {
    readonly accountId: AccountId | null;
    readonly afterId: number;
    readonly limit: number;
  }): Promise<readonly Reject[]>;
  find(rejectId: number): Promise<Reject | null>;
  /** How many are kept of an account. */
  count(accountId: AccountId): Promise<number>;
  /** Returns how many were there to drop. */
  drop(rejectIds: readonly number[]): Promise<number>;
}
