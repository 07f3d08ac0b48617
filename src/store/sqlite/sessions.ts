import type { NewSession, Session, SessionStore, UserId } from '../access-store.ts';
import type { LastUses } from '../last-uses.ts';
import { selectSessions, sessionOf } from '../rows.ts';
import type { Connection } from './connection.ts';
import type { Memory } from './memory.ts';
import type { Writer } from './writer.ts';

/** Writes, as the writer thread runs them. */
export const sessionWrites = {
  addSession(connection: Connection, { userId, sha256 }: NewSession, nowMs: number): void {
    connection.run(insertSession, sha256, userId, nowMs, nowMs);
  },

  endSession(connection: Connection, sha256: string): void {
    connection.run('DELETE FROM sessions WHERE session_sha256 = ?', sha256);
  },

  endSessions(connection: Connection, userId: UserId): void {
    connection.run('DELETE FROM sessions WHERE user_id = ?', userId);
  },
};

interface Parts {
  readonly reader: Connection;
  readonly writer: Writer;
  readonly memory: Memory;
  readonly uses: LastUses;
}

export class SqliteSessions implements SessionStore {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  add(session: NewSession, nowMs: number): Promise<void> {
    return this.#parts.writer.run('addSession', session, nowMs);
  }

  async find(sha256: string): Promise<Session | null> {
    const { reader, memory, uses } = this.#parts;
    const saved = memory.recall(`session ${sha256}`, () => {
      const row = reader.get(selectSession, sha256);
      return row && sessionOf(row);
    });
    return saved && { ...saved, lastUsedAtMs: uses.ofSession(sha256, saved.lastUsedAtMs) };
  }

  touch(sha256: string, nowMs: number): void {
    this.#parts.uses.touchSession(sha256, nowMs);
  }

  end(sha256: string): Promise<void> {
    return this.#parts.writer.run('endSession', sha256);
  }

  endAll(userId: UserId): Promise<void> {
    return this.#parts.writer.run('endSessions', userId);
  }
}

const insertSession =
  'INSERT INTO sessions (session_sha256, user_id, created_at_ms, last_used_at_ms) VALUES (?, ?, ?, ?)';
const selectSession = `${selectSessions} WHERE s.session_sha256 = ? AND u.is_disabled = 0`;
