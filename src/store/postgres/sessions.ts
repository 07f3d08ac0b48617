import type { NewSession, Session, SessionStore, UserId } from '../access-store.ts';
import type { LastUses } from '../last-uses.ts';
import { selectSessions, sessionOf } from '../rows.ts';
import type { Writer } from './writer.ts';

/** Sessions of the dashboard; those with the database are in session.ts. */
export class PostgresSessions implements SessionStore {
  readonly #writer: Writer;
  readonly #uses: LastUses;

  constructor(writer: Writer, uses: LastUses) {
    this.#writer = writer;
    this.#uses = uses;
  }

  async add({ userId, sha256 }: NewSession, nowMs: number): Promise<void> {
    await this.#writer.run((session) => session.run(insertSession, sha256, userId, nowMs));
  }

  async find(sha256: string): Promise<Session | null> {
    const { database, memory } = this.#writer;
    const saved = await memory.recall(`session ${sha256}`, async () => {
      const [row] = await database.lookUp((session) => session.rows(selectSession, sha256));
      return row === undefined ? null : sessionOf(row);
    });
    return saved && { ...saved, lastUsedAtMs: this.#uses.ofSession(sha256, saved.lastUsedAtMs) };
  }

  touch(sha256: string, nowMs: number): void {
    this.#uses.touchSession(sha256, nowMs);
  }

  async end(sha256: string): Promise<void> {
    await this.#writer.change('DELETE FROM sessions WHERE session_sha256 = $1', sha256);
  }

  async endAll(userId: UserId): Promise<void> {
    await this.#writer.change('DELETE FROM sessions WHERE user_id = $1', userId);
  }
}

const insertSession =
  'INSERT INTO sessions (session_sha256, user_id, created_at_ms, last_used_at_ms) VALUES ($1, $2, $3, $3)';
const selectSession = `${selectSessions} WHERE s.session_sha256 = $1 AND NOT u.is_disabled`;
