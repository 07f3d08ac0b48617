import type { IngestKey, KeyStore, NewKey } from '../access-store.ts';
import { keyOf, selectKeys } from '../rows.ts';
import type { Connection } from './connection.ts';
import type { Writer } from './writer.ts';

/** Writes, as the writer thread runs them. */
export const keyWrites = {
  addKey(connection: Connection, { user, sha256, hint, label, isStrict }: NewKey, nowMs: number): number {
    const { accountId } = user.account;
    return connection.insert(insertKey, accountId, user.userId, sha256, hint, label, isStrict ? 1 : 0, nowMs);
  },

  revokeKey(connection: Connection, keyId: number, nowMs: number): boolean {
    return connection.run(updateRevoked, nowMs, keyId) === 1;
  },
};

export class SqliteKeys implements KeyStore {
  readonly #reader: Connection;
  readonly #writer: Writer;

  constructor(reader: Connection, writer: Writer) {
    this.#reader = reader;
    this.#writer = writer;
  }

  async add(key: NewKey, nowMs: number): Promise<{ readonly keyId: number }> {
    return { keyId: await this.#writer.run('addKey', key, nowMs) };
  }

  async list(): Promise<readonly IngestKey[]> {
    return this.#reader.all(`${selectKeys} ORDER BY k.key_id`).map(keyOf);
  }

  async find(sha256: string): Promise<IngestKey | null> {
    const row = this.#reader.get(selectLiveKey, sha256);
    return row && keyOf(row);
  }

  revoke(keyId: number, nowMs: number): Promise<boolean> {
    return this.#writer.run('revokeKey', keyId, nowMs);
  }
}

const insertKey = `
  INSERT INTO ingest_keys (account_id, user_id, key_sha256, hint, label, is_strict, created_at_ms)
  VALUES (?, ?, ?, ?, ?, ?, ?)`;
const updateRevoked = 'UPDATE ingest_keys SET revoked_at_ms = ? WHERE key_id = ? AND revoked_at_ms IS NULL';
const selectLiveKey = `${selectKeys} WHERE k.key_sha256 = ? AND k.revoked_at_ms IS NULL AND u.is_disabled = 0`;
