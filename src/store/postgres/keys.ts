import type { IngestKey, KeyStore, NewKey } from '../access-store.ts';
import { integer, keyOf, selectKeys } from '../rows.ts';
import type { Writer } from './writer.ts';

export class PostgresKeys implements KeyStore {
  readonly #writer: Writer;

  constructor(writer: Writer) {
    this.#writer = writer;
  }

  async add({ user, sha256, hint, label, isStrict }: NewKey, nowMs: number): Promise<{ readonly keyId: number }> {
    const { accountId } = user.account;
    const [row] = await this.#writer.run((session) =>
      session.rows(insertKey, accountId, user.userId, sha256, hint, label, isStrict, nowMs),
    );
    return { keyId: integer(row ?? {}, 'key_id') };
  }

  async list(): Promise<readonly IngestKey[]> {
    return (await this.#writer.database.read((session) => session.rows(selectAllKeys))).map(keyOf);
  }

  find(sha256: string): Promise<IngestKey | null> {
    const { database, memory } = this.#writer;
    return memory.recall(`key ${sha256}`, async () => {
      const [row] = await database.lookUp((session) => session.rows(selectLiveKey, sha256));
      return row === undefined ? null : keyOf(row);
    });
  }

  async revoke(keyId: number, nowMs: number): Promise<boolean> {
    return (await this.#writer.change(updateRevoked, nowMs, keyId)) === 1;
  }
}

const insertKey = `
  INSERT INTO ingest_keys (account_id, user_id, key_sha256, hint, label, is_strict, created_at_ms)
  VALUES ($1, $2, $3, $4, $5, $6, $7) RETURNING key_id`;
const updateRevoked = 'UPDATE ingest_keys SET revoked_at_ms = $1 WHERE key_id = $2 AND revoked_at_ms IS NULL';
const selectAllKeys = `${selectKeys} ORDER BY k.key_id`;
const selectLiveKey = `${selectKeys} WHERE k.key_sha256 = $1 AND k.revoked_at_ms IS NULL AND NOT u.is_disabled`;
