import type { Account, AccountId } from '../access-store.ts';
import type { RecountProgress } from '../call-store.ts';
import { accountColumns, accountOf, integer, type Row, text } from '../rows.ts';
import type { DocumentPlace } from '../transfer-store.ts';
import type { Session } from './session.ts';

export async function timeZoneOf(session: Session, accountId: AccountId): Promise<string> {
  const [row] = await session.rows('SELECT time_zone FROM accounts WHERE account_id = $1', accountId);
  if (row === undefined) throw new Error(`there is no account ${accountId}`);
  return text(row, 'time_zone');
}

/** An account that is being counted anew. */
export interface Recounting {
  readonly account: Account;
  readonly zoneRevision: number;
}

/** A recount that has begun. */
export interface Begun {
  readonly zoneRevision: number;
  readonly after: DocumentPlace;
  readonly untilMs: number;
  readonly documents: number;
  readonly total: number;
}

/** Ordered by name. */
export const recountingAccounts = async (session: Session): Promise<readonly Recounting[]> =>
  (await session.rows(selectRecounting)).map(recountingOfRow);

export async function recountingOf(session: Session, accountId: AccountId): Promise<Recounting | null> {
  const [row] = await session.rows(selectRecountingOf, accountId);
  return row === undefined ? null : recountingOfRow(row);
}

const recountingOfRow = (row: Row): Recounting => ({
  account: accountOf(row),
  zoneRevision: integer(row, 'zone_revision'),
});

/** null where it has not begun. On a cluster it is with the account's documents, and the account itself is on the coordinator. */
export async function begunOf(session: Session, { account, zoneRevision }: Recounting): Promise<Begun | null> {
  const [row] = await session.rows(selectRecount, account.accountId, zoneRevision);
  if (row === undefined) return null;
  return {
    zoneRevision,
    after: { storedAtMs: integer(row, 'after_stored_at_ms'), callId: text(row, 'after_call_id') },
    untilMs: integer(row, 'until_stored_at_ms'),
    documents: integer(row, 'documents_done'),
    total: integer(row, 'documents_total'),
  };
}

export const progressOf = ({ account }: Recounting, begun: Begun | null): RecountProgress => ({
  account,
  documents: begun?.documents ?? 0,
  total: begun?.total ?? 0,
});

/** calls.recounts */
export async function readRecounts(session: Session): Promise<readonly RecountProgress[]> {
  const found: RecountProgress[] = [];
  for (const recounting of await recountingAccounts(session)) {
    found.push(progressOf(recounting, await begunOf(session, recounting)));
  }
  return found;
}

export const updateTimeZone = `
  UPDATE accounts SET time_zone = $1, zone_revision = zone_revision + 1 WHERE account_id = $2 AND time_zone <> $1`;
const selectAll = `
  SELECT ${accountColumns}, a.zone_revision FROM accounts a WHERE a.zone_revision <> a.counted_zone_revision`;
const selectRecounting = `${selectAll} ORDER BY a.name`;
const selectRecountingOf = `${selectAll} AND a.account_id = $1`;
const selectRecount = `
  SELECT after_stored_at_ms, after_call_id, until_stored_at_ms, documents_done, documents_total FROM recounts
  WHERE account_id = $1 AND zone_revision = $2`;
