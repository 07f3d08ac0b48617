import { hash } from 'node:crypto';
import type { Account, AccountId } from '../access-store.ts';
import type { NewReject, Reject, RejectStore, Sender } from '../call-store.ts';
import { accountColumns, accountOf, integer, type Row, rejectOf } from '../rows.ts';
import { bigints, byteas, texts } from './binary-array.ts';
import type { Session } from './session.ts';
import type { Writer } from './writer.ts';

export interface RejectsOf {
  readonly sender: Sender;
  readonly rejects: readonly NewReject[];
  readonly nowMs: number;
}

interface KeptReject {
  readonly first: NewReject;
  last: NewReject;
  sender: Sender;
  times: number;
  readonly firstAtMs: number;
  lastAtMs: number;
}

/** calls.record: keeps what was not taken of an account's batches, in the order in which it came. The same bytes are kept once. */
export async function addRejects(session: Session, accountId: AccountId, batches: readonly RejectsOf[]): Promise<void> {
  const kept = new Map<string, KeptReject>();
  for (const { sender, rejects, nowMs } of batches) {
    for (const reject of rejects) keep(kept, { sender, reject, nowMs });
  }
  if (kept.size === 0) return;
  const ids = await session.rows(nextRejectIds, kept.size);
  const rows = [...kept.values()];
  await session.run(
    upsertRejects,
    accountId,
    bigints(ids.map((row) => integer(row, 'reject_id'))),
    bigints(rows.map(({ sender }) => sender.userId)),
    bigints(rows.map(({ sender }) => (sender.isStrict ? 1 : 0))),
    texts([...kept.keys()]),
    texts(rows.map(({ first }) => first.callId)),
    texts(rows.map(({ last }) => last.path)),
    texts(rows.map(({ last }) => last.error)),
    byteas(rows.map(({ first }) => first.document)),
    bigints(rows.map(({ times }) => times)),
    bigints(rows.map(({ firstAtMs }) => firstAtMs)),
    bigints(rows.map(({ lastAtMs }) => lastAtMs)),
  );
}

function keep(
  kept: Map<string, KeptReject>,
  { sender, reject, nowMs }: { readonly sender: Sender; readonly reject: NewReject; readonly nowMs: number },
): void {
  const sha256 = hash('sha256', reject.document, 'hex');
  const known = kept.get(sha256);
  if (known === undefined) {
    kept.set(sha256, { first: reject, last: reject, sender, times: 1, firstAtMs: nowMs, lastAtMs: nowMs });
    return;
  }
  known.last = reject;
  known.sender = sender;
  known.times += 1;
  known.lastAtMs = nowMs;
}

export class PostgresRejects implements RejectStore {
  readonly #writer: Writer;

  constructor(writer: Writer) {
    this.#writer = writer;
  }

  async list(page: { readonly accountId: AccountId | null; readonly afterId: number; readonly limit: number }) {
    const { accountId, afterId, limit } = page;
    return this.#read((session) =>
      accountId === null
        ? session.rows(selectRejects, afterId, limit)
        : session.rows(selectAccountRejects, afterId, limit, accountId),
    );
  }

  async find(rejectId: number): Promise<Reject | null> {
    const [reject] = await this.#read((session) => session.rows(selectReject, rejectId));
    return reject ?? null;
  }

  async count(accountId: AccountId): Promise<number> {
    const [row] = await this.#writer.database.read((session) => session.rows(countRejects, accountId));
    return integer(row ?? {}, 'rejects');
  }

  drop(rejectIds: readonly number[]): Promise<number> {
    return this.#writer.change(deleteRejects, bigints(rejectIds));
  }

  /** Accounts live on the coordinator of a cluster, and rejects do not: they meet here. */
  #read(select: (session: Session) => Promise<readonly Row[]>): Promise<readonly Reject[]> {
    return this.#writer.database.read(async (session) => {
      const rows = await select(session);
      const ids = new Set(rows.map((row) => integer(row, 'account_id')));
      const accounts = (await session.rows(selectAccounts, bigints([...ids]))).map(accountOf);
      const byId = new Map(accounts.map((account) => [account.accountId, account]));
      return rows.map((row) => ownedBy(row, byId.get(integer(row, 'account_id'))));
    });
  }
}

function ownedBy(row: Row, account: Account | undefined): Reject {
  if (account === undefined) throw new Error('a reject belongs to an account that does not exist');
  return rejectOf(row, account);
}

const nextRejectIds = `SELECT nextval('reject_ids') AS reject_id FROM generate_series(1, $1)`;
const upsertRejects = `
  INSERT INTO rejects AS r (account_id, reject_id, user_id, is_strict, document_sha256, call_id, path, error, document,
    times, first_at_ms, last_at_ms)
  SELECT t.account_id, u.reject_id, u.user_id, u.is_strict = 1, u.document_sha256, u.call_id, u.path, u.error, u.document,
    u.times, u.first_at_ms, u.last_at_ms
  FROM tenants t, unnest($2::bigint[], $3::bigint[], $4::bigint[], $5::text[], $6::text[], $7::text[], $8::text[],
    $9::bytea[], $10::bigint[], $11::bigint[], $12::bigint[]) u (reject_id, user_id, is_strict, document_sha256, call_id,
    path, error, document, times, first_at_ms, last_at_ms)
  WHERE t.account_id = $1
  ON CONFLICT (account_id, document_sha256) DO UPDATE SET
    user_id = EXCLUDED.user_id, is_strict = EXCLUDED.is_strict, path = EXCLUDED.path, error = EXCLUDED.error,
    times = r.times + EXCLUDED.times, last_at_ms = EXCLUDED.last_at_ms`;
const deleteRejects = 'DELETE FROM rejects WHERE reject_id = ANY($1::bigint[])';
const columns = `reject_id, account_id, user_id, is_strict, call_id, path, error, document, times, first_at_ms, last_at_ms`;
const selectReject = `SELECT ${columns} FROM rejects WHERE reject_id = $1`;
const countRejects = 'SELECT count(*) AS rejects FROM rejects WHERE account_id = $1';
const selectRejects = `SELECT ${columns} FROM rejects WHERE reject_id > $1 ORDER BY reject_id LIMIT $2`;
const selectAccountRejects = `
  SELECT ${columns} FROM rejects WHERE account_id = $3 AND reject_id > $1 ORDER BY reject_id LIMIT $2`;
const selectAccounts = `SELECT ${accountColumns} FROM accounts a WHERE a.account_id = ANY($1::bigint[])`;
