import { forget, LastUses } from '../last-uses.ts';
import { credentialOf, integer, selectCredentials } from '../rows.ts';
import type { AccessStore, Credential, NewCredential, QuotaWindow } from '../store.ts';
import { bigints, texts } from './binary-array.ts';
import type { Session } from './session.ts';
import type { Writer } from './writer.ts';

/**
 * Credentials and quotas. Several servers share them: a unit of a quota is spent in the database, and a last use, which only
 * prolongs what is valid anyway, is collected and saved once a second.
 */
export class PostgresAccess implements AccessStore {
  readonly #writer: Writer;
  readonly #uses = new LastUses(() => this.#saveUses());

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
    return { ...saved, lastUsedAtMs: this.#uses.ofCredential(login, saved.lastUsedAtMs) };
  }

  touchCredential(login: string, nowMs: number): void {
    this.#uses.touchCredential(login, nowMs);
  }

  touchToken(tokenId: number, nowMs: number): void {
    this.#uses.touchToken(tokenId, nowMs);
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

  async sweep(before: { readonly windowStart: number; readonly lastUsedAtMs: number }): Promise<void> {
    await this.save();
    await this.#writer.change('DELETE FROM quotas WHERE window_start < $1', before.windowStart);
    await this.#writer.change('DELETE FROM credentials WHERE last_used_at_ms < $1', before.lastUsedAtMs);
  }

  /** Writes what was used since the last time. */
  save(): Promise<void> {
    return this.#uses.saveNow();
  }

  async #saveUses(): Promise<void> {
    const { database } = this.#writer;
    // As quick as a look-up, and given up as early: what is not saved now is saved the next time.
    // In one order for all servers, so that no two of them wait for each other in a ring.
    const credentials = [...this.#uses.credentials].sort(([left], [right]) => (left < right ? -1 : 1));
    const tokens = [...this.#uses.tokens].sort(([left], [right]) => left - right);
    if (credentials.length > 0)
      await database.lookUp((session) => session.rows(touchCredentials, ...columns(credentials, texts)));
    if (tokens.length > 0) await database.lookUp((session) => session.rows(touchTokens, ...columns(tokens, bigints)));
    forget(this.#uses.credentials, credentials);
    forget(this.#uses.tokens, tokens);
  }
}

function columns<Id>(uses: readonly (readonly [Id, number])[], list: (ids: readonly Id[]) => Buffer) {
  return [list(uses.map(([id]) => id)), bigints(uses.map(([, usedAtMs]) => usedAtMs))] as const;
}

const insertCredential =
  'INSERT INTO credentials (login, user_id, password_sha256, last_used_at_ms) VALUES ($1, $2, $3, $4)';
const selectCredential = `${selectCredentials} WHERE c.login = $1`;
// FOR UPDATE takes the rows in the order of the list before any is changed.
const touchCredentials = `
  WITH used AS (
    SELECT c.login, u.used_at_ms FROM unnest($1::text[], $2::bigint[]) u (login, used_at_ms)
    JOIN credentials c ON c.login = u.login ORDER BY c.login FOR UPDATE OF c
  )
  UPDATE credentials c SET last_used_at_ms = greatest(c.last_used_at_ms, used.used_at_ms)
  FROM used WHERE c.login = used.login`;
const touchTokens = `
  WITH used AS (
    SELECT t.token_id, u.used_at_ms FROM unnest($1::bigint[], $2::bigint[]) u (token_id, used_at_ms)
    JOIN api_tokens t ON t.token_id = u.token_id ORDER BY t.token_id FOR UPDATE OF t
  )
  UPDATE api_tokens t SET last_used_at_ms = greatest(coalesce(t.last_used_at_ms, 0), used.used_at_ms)
  FROM used WHERE t.token_id = used.token_id`;
const spendUnit = `
  INSERT INTO quotas AS q (quota, subject, window_start, used) VALUES ($1, $2, $3, 1)
  ON CONFLICT (quota, subject, window_start) DO UPDATE SET used = q.used + 1 WHERE q.used < $4
  RETURNING used`;
const selectQuota = 'SELECT used FROM quotas WHERE quota = $1 AND subject = $2 AND window_start = $3';
