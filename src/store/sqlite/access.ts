import type { AccessStore, Credential, NewCredential, QuotaWindow } from '../access-store.ts';
import { forget, LastUses } from '../last-uses.ts';
import { credentialOf, integer, selectCredentials } from '../rows.ts';
import type { Connection } from './connection.ts';
import type { Memory } from './memory.ts';
import type { Writer } from './writer.ts';

type Touch<Id> = readonly [id: Id, usedAtMs: number];
type Spent = readonly [window: QuotaWindow, used: number];

/** What was used since the last time that it was saved. */
interface Uses {
  readonly credentials: readonly Touch<string>[];
  readonly sessions: readonly Touch<string>[];
  readonly tokens: readonly Touch<number>[];
  readonly keys: readonly Touch<number>[];
  readonly spent: readonly Spent[];
}

/** Writes, as the writer thread runs them. */
export const accessWrites = {
  addCredential(connection: Connection, { login, userId, passwordSha256 }: NewCredential, nowMs: number): void {
    connection.run(insertCredential, login, userId, passwordSha256, nowMs);
  },

  saveUse(connection: Connection, { credentials, sessions, tokens, keys, spent }: Uses): void {
    for (const [login, usedAtMs] of credentials) connection.run(updateCredential, usedAtMs, login);
    for (const [sha256, usedAtMs] of sessions) connection.run(updateSession, usedAtMs, sha256);
    for (const [tokenId, usedAtMs] of tokens) connection.run(updateToken, usedAtMs, tokenId);
    for (const [keyId, usedAtMs] of keys) connection.run(updateKey, usedAtMs, keyId);
    for (const [{ quota, subject, windowStart }, used] of spent) {
      connection.run(upsertQuota, quota, subject, windowStart, used);
    }
  },

  sweepAccess(connection: Connection, before: Parameters<AccessStore['sweep']>[0]): void {
    connection.run('DELETE FROM quotas WHERE window_start < ?', before.windowStart);
    connection.run('DELETE FROM credentials WHERE last_used_at_ms < ?', before.lastUsedAtMs);
    connection.run('DELETE FROM sessions WHERE last_used_at_ms < ?', before.sessionLastUsedAtMs);
  },
};

/**
 * Credentials and quotas. One process serves a SQLite file, so the uses of the last second are counted in memory and saved
 * together: a request need not wait for the disk, and a crash forgets at most one second of them.
 */
export class SqliteAccess implements AccessStore {
  readonly #reader: Connection;
  readonly #writer: Writer;
  readonly #memory: Memory;
  /** Of sessions too, which are saved along. */
  readonly uses = new LastUses(() => this.#saveUses());
  readonly #windows = new Map<string, { readonly window: QuotaWindow; used: number; isSaved: boolean }>();

  constructor(reader: Connection, writer: Writer, memory: Memory) {
    this.#reader = reader;
    this.#writer = writer;
    this.#memory = memory;
  }

  addCredential(credential: NewCredential, nowMs: number): Promise<void> {
    return this.#writer.run('addCredential', credential, nowMs);
  }

  async findCredential(login: string): Promise<Credential | null> {
    const saved = this.#memory.recall(`credential ${login}`, () => {
      const row = this.#reader.get(selectCredential, login);
      return row && credentialOf(row);
    });
    if (saved === null) return null;
    return { ...saved, lastUsedAtMs: this.uses.ofCredential(login, saved.lastUsedAtMs) };
  }

  touchCredential(login: string, nowMs: number): void {
    this.uses.touchCredential(login, nowMs);
  }

  touchToken(tokenId: number, nowMs: number): void {
    this.uses.touchToken(tokenId, nowMs);
  }

  touchKey(keyId: number, nowMs: number): void {
    this.uses.touchKey(keyId, nowMs);
  }

  async spend(window: QuotaWindow, limit: number): Promise<{ readonly used: number; readonly isGranted: boolean }> {
    const counted = this.#windowOf(window);
    if (counted.used >= limit) return { used: counted.used, isGranted: false };
    counted.used += 1;
    counted.isSaved = false;
    this.uses.saveSoon();
    return { used: counted.used, isGranted: true };
  }

  async used(window: QuotaWindow): Promise<number> {
    return this.#windowOf(window).used;
  }

  async sweep(before: Parameters<AccessStore['sweep']>[0]): Promise<void> {
    await this.save();
    for (const [name, { window }] of this.#windows) {
      if (window.windowStart < before.windowStart) this.#windows.delete(name);
    }
    await this.#writer.run('sweepAccess', before);
  }

  /** Writes what was used since the last time. */
  save(): Promise<void> {
    return this.uses.saveNow();
  }

  #windowOf(window: QuotaWindow) {
    const name = `${window.quota}\0${window.subject}\0${window.windowStart}`;
    const known = this.#windows.get(name);
    if (known !== undefined) return known;
    const row = this.#reader.get(selectQuota, window.quota, window.subject, window.windowStart);
    const counted = { window, used: row === null ? 0 : integer(row, 'used'), isSaved: true };
    this.#windows.set(name, counted);
    return counted;
  }

  async #saveUses(): Promise<void> {
    const unsaved = [...this.#windows.values()].filter(({ isSaved }) => !isSaved);
    const spent = unsaved.map(({ window, used }): Spent => [window, used]);
    const { credentials, sessions, tokens, keys } = this.uses;
    const uses: Uses = {
      credentials: [...credentials],
      sessions: [...sessions],
      tokens: [...tokens],
      keys: [...keys],
      spent,
    };
    if (Object.values(uses).every(({ length }) => length === 0)) return;
    for (const counted of unsaved) counted.isSaved = true;
    try {
      await this.#writer.run('saveUse', uses);
    } catch (error) {
      for (const counted of unsaved) counted.isSaved = false;
      throw error;
    }
    forget(credentials, uses.credentials);
    forget(sessions, uses.sessions);
    forget(tokens, uses.tokens);
    forget(keys, uses.keys);
  }
}

const insertCredential =
  'INSERT INTO credentials (login, user_id, password_sha256, last_used_at_ms) VALUES (?, ?, ?, ?)';
const updateSession = 'UPDATE sessions SET last_used_at_ms = max(last_used_at_ms, ?) WHERE session_sha256 = ?';
const updateToken = 'UPDATE api_tokens SET last_used_at_ms = max(coalesce(last_used_at_ms, 0), ?) WHERE token_id = ?';
const updateKey = 'UPDATE ingest_keys SET last_used_at_ms = max(coalesce(last_used_at_ms, 0), ?) WHERE key_id = ?';
const updateCredential = 'UPDATE credentials SET last_used_at_ms = max(last_used_at_ms, ?) WHERE login = ?';
const upsertQuota = `
  INSERT INTO quotas (quota, subject, window_start, used) VALUES (?, ?, ?, ?)
  ON CONFLICT DO UPDATE SET used = max(used, excluded.used)`;
const selectCredential = `${selectCredentials} WHERE c.login = ?`;
const selectQuota = 'SELECT used FROM quotas WHERE quota = ? AND subject = ? AND window_start = ?';
