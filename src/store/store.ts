import type { DayRange } from '../domain/buckets.ts';
import type { Day, Weekday } from '../domain/calendar.ts';
import type { Contribution } from '../domain/contribution.ts';
import type { DaySums } from '../domain/reports/series.ts';
import type { ReportPlan, ReportSums } from '../domain/reports/sums.ts';
import type { Result } from '../domain/result.ts';
import { type Month, printMonth } from '../domain/retention.ts';
import type { ChunkSize, TransferStore } from './transfer-store.ts';

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

export type AccountId = number;
export type UserId = number;

/** The products of the vendor in which a login lives. */
export const tools = ['dev', 'insight', 'fuseplus'] as const;
export type Tool = (typeof tools)[number];

/** Numbers, call ids and figures belong to an account; two accounts know nothing of each other. */
export interface Account {
  readonly accountId: AccountId;
  readonly name: string;
  /** IANA name; days, weeks and months are those of this zone. */
  readonly timeZone: string;
  /** ISO 3166-1 alpha-2; national telephone numbers are read as this country's. */
  readonly country: string;
  /** Whether events may hold what a caller said or keyed in. */
  readonly allowsInput: boolean;
  /** On which weekday the dashboard's weeks start; those of the compatible API start on Monday always. */
  readonly weekStart: Weekday;
}

export interface User {
  readonly userId: UserId;
  readonly account: Account;
  readonly tool: Tool;
  readonly login: string;
  /** argon2id in PHC string format. */
  readonly passwordHash: string;
  readonly isDisabled: boolean;
  /** Whether the user may change the account's settings, its users and what is kept. The first user of an account is one. */
  readonly isAdmin: boolean;
}

export interface NewUser {
  readonly tool: Tool;
  readonly login: string;
  readonly passwordHash: string;
  /** The first user of an account is an administrator in any case. */
  readonly isAdmin: boolean;
  /** The account is made when no account of the name exists; its settings are then the given ones or the defaults. */
  readonly account: {
    readonly name: string;
    readonly timeZone: string | null;
    readonly country: string | null;
  };
}

export interface AccountStore {
  addUser(
    user: NewUser,
    nowMs: number,
  ): Promise<
    Result<
      { readonly user: User; readonly isNewAccount: boolean },
      { readonly kind: 'loginTaken' } | { readonly kind: 'accountExists'; readonly account: Account }
    >
  >;
  /** Ordered by account, tool and login. */
  users(): Promise<readonly User[]>;
  findUser(tool: Tool, login: string): Promise<User | null>;
  /**
   * Disabling ends the user's temporary credentials and sessions. Returns whether it was done: the last enabled administrator of an
   * account stays enabled, unless that is meant, and false says that nothing has changed. Of several changes at once, none overlooks
   * another.
   */
  setDisabled(userId: UserId, isDisabled: boolean, options?: { readonly mayLeaveNoAdmin?: boolean }): Promise<boolean>;
  /** Returns whether it was done: the last enabled administrator of an account stays one, as with {@link setDisabled}. */
  setAdmin(userId: UserId, isAdmin: boolean): Promise<boolean>;
  /** Ends the user's temporary credentials and sessions. */
  setPassword(userId: UserId, passwordHash: string): Promise<void>;
  /** Ordered by name. */
  list(): Promise<readonly Account[]>;
  setAllowsInput(accountId: AccountId, allowsInput: boolean): Promise<void>;
  /**
   * From now on calls count by the days of this zone, and all that are stored have to be counted anew: see {@link CallStore.recountNext}.
   * false when it is the zone of the account already.
   */
  setTimeZone(accountId: AccountId, timeZone: string): Promise<boolean>;
  setWeekStart(accountId: AccountId, weekStart: Weekday): Promise<void>;
}

export interface PhoneNumber {
  readonly phone: string;
  readonly owner: { readonly userId: UserId; readonly tool: Tool; readonly login: string };
  readonly sharedWith: readonly { readonly userId: UserId; readonly tool: Tool; readonly login: string }[];
}

export interface NumberStore {
  /** false when the account has the number already, whoever owns it. */
  add(accountId: AccountId, ownerId: UserId, phone: string, nowMs: number): Promise<boolean>;
  /** Ordered by number. */
  list(accountId: AccountId): Promise<readonly PhoneNumber[]>;
  isOwned(accountId: AccountId, ownerId: UserId, phone: string): Promise<boolean>;
  /** Whether a user owns a number, or it is shared with the user. */
  isVisible(accountId: AccountId, userId: UserId, phone: string): Promise<boolean>;
  /**
   * Sharing or unsharing twice changes nothing. Nor does sharing with the owner, who would otherwise still see the number after it was given
   * to somebody else.
   */
  share(accountId: AccountId, phone: string, userId: UserId): Promise<void>;
  unshare(accountId: AccountId, phone: string, userId: UserId): Promise<void>;
  /** Makes another user of the account the owner: all calls of the number, old ones too, are then in that user's figures. */
  give(accountId: AccountId, phone: string, ownerId: UserId): Promise<void>;
}

export interface IngestKey {
  readonly keyId: number;
  readonly user: User;
  /** The first characters of the key, to tell keys apart. */
  readonly hint: string;
  /** What it is for, in the words of whoever made it; may be empty. */
  readonly label: string;
  /** A strict key adds no telephone numbers to the account. */
  readonly isStrict: boolean;
  readonly createdAtMs: number;
  /** null when it was never used. */
  readonly lastUsedAtMs: number | null;
  readonly revokedAtMs: number | null;
}

export interface NewKey {
  readonly user: User;
  readonly sha256: string;
  readonly hint: string;
  readonly label: string;
  readonly isStrict: boolean;
}

export interface KeyStore {
  add(key: NewKey, nowMs: number): Promise<{ readonly keyId: number }>;
  /** All keys, revoked ones too, in the order in which they were made. */
  list(): Promise<readonly IngestKey[]>;
  /** The key with this SHA-256 (hex), unless it is revoked or its user disabled. */
  find(sha256: string): Promise<IngestKey | null>;
  /** false when there is no such key, or it was revoked before. */
  revoke(keyId: number, nowMs: number): Promise<boolean>;
}

/** A long-lived token with which the reports of a user's numbers can be read, and nothing else. */
export interface ApiToken {
  readonly tokenId: number;
  readonly user: User;
  /** The first characters of the token, to tell tokens apart. */
  readonly hint: string;
  /** What it is for, in the words of whoever made it; may be empty. */
  readonly label: string;
  readonly createdAtMs: number;
  /** null when it was never used. */
  readonly lastUsedAtMs: number | null;
  readonly revokedAtMs: number | null;
}

export interface NewToken {
  readonly user: User;
  readonly sha256: string;
  readonly hint: string;
  readonly label: string;
}

export interface TokenStore {
  add(token: NewToken, nowMs: number): Promise<{ readonly tokenId: number }>;
  /** All tokens, revoked ones too, in the order in which they were made. */
  list(): Promise<readonly ApiToken[]>;
  /** The token with this SHA-256 (hex), unless it is revoked or its user disabled. */
  find(sha256: string): Promise<ApiToken | null>;
  /** false when there is no such token, or it was revoked before. */
  revoke(tokenId: number, nowMs: number): Promise<boolean>;
}

/** A browser in which a user has signed in to the dashboard. */
export interface Session {
  readonly user: User;
  readonly createdAtMs: number;
  readonly lastUsedAtMs: number;
}

export interface NewSession {
  readonly userId: UserId;
  /** Of the secret in the cookie (hex). */
  readonly sha256: string;
}

export interface SessionStore {
  add(session: NewSession, nowMs: number): Promise<void>;
  /** Found however old, so that the caller decides what has expired; null while its user is disabled. */
  find(sha256: string): Promise<Session | null>;
  /** Notes a use; durable within a second or at close, since losing it only shortens a session by so much. */
  touch(sha256: string, nowMs: number): void;
  /** Ending what is not there changes nothing. */
  end(sha256: string): Promise<void>;
  /** All sessions of a user. */
  endAll(userId: UserId): Promise<void>;
}

/** Temporary credentials: 24 hours after their last use they are worth nothing. */
export interface Credential {
  readonly login: string;
  readonly user: User;
  readonly passwordSha256: string;
  readonly lastUsedAtMs: number;
}

export interface NewCredential {
  readonly login: string;
  readonly userId: UserId;
  readonly passwordSha256: string;
}

/** One window of one quota of one subject, for example the data requests of user 7 from 10:15 UTC on. */
export interface QuotaWindow {
  readonly quota: string;
  readonly subject: string;
  /** UNIX seconds. */
  readonly windowStart: number;
}

/** What another process has changed is seen within half a second, what this one has changed at once. */
export interface AccessStore {
  addCredential(credential: NewCredential, nowMs: number): Promise<void>;
  /** Found however old, so that the caller decides what has expired. */
  findCredential(login: string): Promise<Credential | null>;
  /** Notes a use; durable within a second or at close, since losing it only shortens a session by so much. */
  touchCredential(login: string, nowMs: number): void;
  /** The same for a token. */
  touchToken(tokenId: number, nowMs: number): void;
  /** The same for an ingest key. */
  touchKey(keyId: number, nowMs: number): void;
  /** Uses one unit unless `limit` are used; returns how many are used then, and whether this one was granted. Durable within a second or at close. */
  spend(window: QuotaWindow, limit: number): Promise<{ readonly used: number; readonly isGranted: boolean }>;
  /** How many units are used. */
  used(window: QuotaWindow): Promise<number>;
  /** Forgets windows that began before `windowStart`, and credentials and sessions that were last used before a time of their own. */
  sweep(before: {
    readonly windowStart: number;
    readonly lastUsedAtMs: number;
    readonly sessionLastUsedAtMs: number;
  }): Promise<void>;
}

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

/**
 * Thrown by every other method when the store cannot be used now: its database is gone, busy, full or read-only. Nothing is wrong with
 * what was asked for, and asking again later is right. The message says what is the matter, and holds nothing secret.
 */
export class StoreUnavailable extends Error {
  override readonly name = 'StoreUnavailable';
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
