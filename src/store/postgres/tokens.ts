import type { ApiToken, NewToken, TokenStore } from '../access-store.ts';
import { integer, selectTokens, tokenOf } from '../rows.ts';
import type { Writer } from './writer.ts';

export class PostgresTokens implements TokenStore {
  readonly #writer: Writer;

  constructor(writer: Writer) {
    this.#writer = writer;
  }

  async add({ user, sha256, hint, label }: NewToken, nowMs: number): Promise<{ readonly tokenId: number }> {
    const { accountId } = user.account;
    const [row] = await this.#writer.run((session) =>
      session.rows(insertToken, accountId, user.userId, sha256, hint, label, nowMs),
    );
    return { tokenId: integer(row ?? {}, 'token_id') };
  }

  async list(): Promise<readonly ApiToken[]> {
    return (await this.#writer.database.read((session) => session.rows(selectAllTokens))).map(tokenOf);
  }

  find(sha256: string): Promise<ApiToken | null> {
    const { database, memory } = this.#writer;
    return memory.recall(`token ${sha256}`, async () => {
      const [row] = await database.lookUp((session) => session.rows(selectLiveToken, sha256));
      return row === undefined ? null : tokenOf(row);
    });
  }

  async revoke(tokenId: number, nowMs: number): Promise<boolean> {
    return (await this.#writer.change(updateRevoked, nowMs, tokenId)) === 1;
  }
}

const insertToken = `
  INSERT INTO api_tokens (account_id, user_id, token_sha256, hint, label, created_at_ms)
  VALUES ($1, $2, $3, $4, $5, $6) RETURNING token_id`;
const updateRevoked = 'UPDATE api_tokens SET revoked_at_ms = $1 WHERE token_id = $2 AND revoked_at_ms IS NULL';
const selectAllTokens = `${selectTokens} ORDER BY t.token_id`;
const selectLiveToken = `${selectTokens} WHERE t.token_sha256 = $1 AND t.revoked_at_ms IS NULL AND NOT u.is_disabled`;
