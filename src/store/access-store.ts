import type { Weekday } from '../domain/calendar.ts';
import type { Result } from '../domain/result.ts';

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
