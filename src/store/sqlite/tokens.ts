import type { ApiToken, NewToken, TokenStore } from '../access-store.ts';
import { selectTokens, tokenOf } from '../rows.ts';
import type { Connection } from './connection.ts';
import type { Memory } from './memory.ts';
import type { Writer } from './writer.ts';

/** Writes, as the writer thread runs them. */
export const tokenWrites = {
  addToken(connection: Connection, { user, sha256, hint, label }: NewToken, nowMs: number): number {
    return connection.insert(insertToken, user.account.accountId, user.userId, sha256, hint, label, nowMs);
  },

  revokeToken(connection: Connection, tokenId: number, nowMs: number): boolean {
    return connection.run(updateRevoked, nowMs, tokenId) === 1;
  },
};

export class SqliteTokens implements TokenStore {
  readonly #reader: Connection;
  readonly #writer: Writer;
  readonly #memory: Memory;

  constructor(reader: Connection, writer: Writer, memory: Memory) {
    this.#reader = reader;
    this.#writer = writer;
    this.#memory = memory;
  }

  async add(token: NewToken, nowMs: number): Promise<{ readonly tokenId: number }> {
    return { tokenId: await this.#writer.run('addToken', token, nowMs) };
  }

  async list(): Promise<readonly ApiToken[]> {
    return this.#reader.all(`${selectTokens} ORDER BY t.token_id`).map(tokenOf);
  }

  async find(sha256: string): Promise<ApiToken | null> {
    return this.#memory.recall(`token ${sha256}`, () => {
      const row = this.#reader.get(selectLiveToken, sha256);
      return row && tokenOf(row);
    });
  }

  revoke(tokenId: number, nowMs: number): Promise<boolean> {
    return this.#writer.run('revokeToken', tokenId, nowMs);
  }
}

const insertToken = `
  INSERT INTO api_tokens (account_id, user_id, token_sha256, hint, label, created_at_ms) VALUES (?, ?, ?, ?, ?, ?)`;
const updateRevoked = 'UPDATE api_tokens SET revoked_at_ms = ? WHERE token_id = ? AND revoked_at_ms IS NULL';
const selectLiveToken = `${selectTokens} WHERE t.token_sha256 = ? AND t.revoked_at_ms IS NULL AND u.is_disabled = 0`;
