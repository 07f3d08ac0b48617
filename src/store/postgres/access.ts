import type { AccessStore, Credential, NewCredential, QuotaWindow } from '../access-store.ts';
import { forget, LastUses } from '../last-uses.ts';
import { credentialOf, integer, selectCredentials } from '../rows.ts';
import { bigints, texts } from './binary-array.ts';
import type { Session } from './session.ts';
import type { Writer } from './writer.ts';

/**
 * Credentials and quotas. Several servers share them: a unit of a quota is spent in the database, and a last use, which only
 * prolongs what is valid anyway, is collected and saved once a second.
 */
export class PostgresAccess implements AccessStore {
  readonly #writer: Writer;
  /** Of sessions too, which are saved along. */
  readonly uses = new LastUses(() => this.#saveUses());

  constructor(writer: Writer) {
    this.#writer = writer;
  }

  async addCredential({ login, userId, passwordSha256 }: NewCredential, nowMs: number): Promise<void> {
    await this.#writer.run((session) => session.run(insertCredential, login, userId, passwordSha256, nowMs));
  }

  async findCredential(login: string): Promise<Credential | null> {
    // PostgreSQL has no NUL in its texts, and would take it for an error.
    if (login.includes('\0')) return null;
    const { database, memory } = this.#writer;
    const saved = await memory.recall(`credential ${login}`, async () => {
      const [row] = await database.lookUp((session) => session.rows(selectCredential, login));
      return row === undefined ? null : credentialOf(row);
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
    const { quota, subject, windowStart } = window;
    const spend = (session: Session) => session.rows(spendUnit, quota, subject, windowStart, limit);
    const [row] = limit < 1 ? [] : await this.#writer.database.lookUp(spend);
    if (row !== undefined) return { used: integer(row, 'used'), isGranted: true };
    return { used: await this.used(window), isGranted: false };
  }

  async used({ quota, subject, windowStart }: QuotaWindow): Promise<number> {
    const [row] = await this.#writer.database.lookUp((session) =>
      session.rows(selectQuota, quota, subject, windowStart),
    );
    return row === undefined ? 0 : integer(row, 'used');
  }

  async sweep(before: Parameters<AccessStore['sweep']>[0]): Promise<void> {
    await this.save();
    await this.#writer.change('DELETE FROM quotas WHERE window_start < $1', before.windowStart);
    await this.#writer.change('DELETE FROM credentials WHERE last_used_at_ms < $1', before.lastUsedAtMs);
    await this.#writer.change('DELETE FROM sessions WHERE last_used_at_ms < $1', before.sessionLastUsedAtMs);
  }

  /** Writes what was used since the last time. */
  save(): Promise<void> {
    return this.uses.saveNow();
  }

  async #saveUses(): Promise<void> {
    const { credentials, sessions, tokens, keys } = this.uses;
    await this.#save(credentials, touchCredentials, texts);
    await this.#save(sessions, touchSessions, texts);
    await this.#save(tokens, touchTokens, bigints);
    await this.#save(keys, touchKeys, bigints);
  }

  async #save<Id extends string | number>(
    uses: Map<Id, number>,
    touch: string,
    listOf: (ids: readonly Id[]) => Buffer,
  ): Promise<void> {
    if (uses.size === 0) return;
    const saved = [...uses];
    const ids = listOf(saved.map(([id]) => id));
    const usedAtMs = bigints(saved.map(([, atMs]) => atMs));
    // As quick as a look-up, and given up as early: what is not saved now is saved the next time.
    await this.#writer.database.lookUp((session) => session.rows(touch, ids, usedAtMs));
    forget(uses, saved);
  }
}

const insertCredential =
  'INSERT INTO credentials (login, user_id, password_sha256, last_used_at_ms) VALUES ($1, $2, $3, $4)';
const selectCredential = `${selectCredentials} WHERE c.login = $1`;
/**
 * Notes the last uses of rows that are told by a column. FOR UPDATE takes them in one order before any is changed, so that no two
 * servers wait for each other in a ring.
 */
const touchRows = (table: string, id: string, type: 'text' | 'bigint'): string => `
  WITH used AS (
    SELECT r.${id}, u.used_at_ms FROM unnest($1::${type}[], $2::bigint[]) u (${id}, used_at_ms)
    JOIN ${table} r ON r.${id} = u.${id} ORDER BY r.${id} FOR UPDATE OF r
  )
  UPDATE ${table} r SET last_used_at_ms = greatest(coalesce(r.last_used_at_ms, 0), used.used_at_ms)
  FROM used WHERE r.${id} = used.${id}`;
const touchCredentials = touchRows('credentials', 'login', 'text');
const touchSessions = touchRows('sessions', 'session_sha256', 'text');
const touchTokens = touchRows('api_tokens', 'token_id', 'bigint');
const touchKeys = touchRows('ingest_keys', 'key_id', 'bigint');
const spendUnit = `
  INSERT INTO quotas AS q (quota, subject, window_start, used) VALUES ($1, $2, $3, 1)
  ON CONFLICT (quota, subject, window_start) DO UPDATE SET used = q.used + 1 WHERE q.used < $4
  RETURNING used`;
const selectQuota = 'SELECT used FROM quotas WHERE quota = $1 AND subject = $2 AND window_start = $3';
