import type { Month } from '../../domain/retention.ts';
import type { AccountId } from '../access-store.ts';
import type { CallListQuery, CallRecord } from '../call-store.ts';
import { beginningOf, type CallPlace, LatestCalls, type NumberedPlace, type WantedCalls } from '../latest-calls.ts';
import { integer, recordOf, text } from '../rows.ts';
import { bigints, texts } from './binary-array.ts';
import type { Database } from './database.ts';
import { monthOf, partitionsOf } from './months.ts';
import { phonesOf } from './phones.ts';
import type { Session } from './session.ts';

/** calls.read */
export async function readCall(session: Session, accountId: AccountId, callId: string): Promise<CallRecord | null> {
  // PostgreSQL has no NUL in its texts, and would take it for an error.
  if (callId.includes('\0')) return null;
  const [row] = await session.rows(selectRecord, accountId, callId);
  return row === undefined ? null : recordOf(row);
}

/** calls.list: numbers → places of the latest calls → their documents. */
export function listCalls(database: Database, query: CallListQuery): Promise<readonly CallRecord[]> {
  return database.snapshot(async (session) => {
    // As with transfer.documents: what is read is of a moment after whoever moves documents into their month is done.
    if (!database.isOnCitus) await session.exec('LOCK TABLE ONLY documents IN ACCESS SHARE MODE');
    return readList(session, query);
  });
}

async function readList(session: Session, query: CallListQuery): Promise<readonly CallRecord[]> {
  const phones = await phonesOf(session, query.accountId, query.numbers);
  if (phones.length === 0) return [];
  const found: CallRecord[] = [];
  let before = withoutNul(beginningOf(query));
  const months = { first: monthAt(query.fromMs), last: monthAt(before.startedAtMs) };
  for (const run of await runsOf(session, months)) {
    for (let isMore = true; isMore && found.length < query.limit; ) {
      const limit = query.limit - found.length;
      const places = await placesIn(session, query, { phones, before, limit, ...run });
      found.push(...(await recordsAt(session, query.accountId, places)));
      before = places.at(-1) ?? before;
      isMore = places.length === limit;
    }
  }
  return found;
}

interface MonthRun {
  readonly first: Month;
  readonly last: Month;
}

/** Partitions that are looked at together: the last two first, then four times as many of those before, and so on. */
const firstPartitions = 2;
const growth = 4;

/**
 * Months in runs, the last ones first. Each partition is looked into for each number, so that a page should take few; and of few calls in
 * many years, few runs.
 */
async function runsOf(session: Session, { first, last }: MonthRun): Promise<readonly MonthRun[]> {
  if (first > last) return [];
  const partitions = (await partitionsOf(session)).map(({ month }) => month);
  const within = partitions.filter((month) => month > first && month <= last).reverse();
  const runs: MonthRun[] = [];
  let runLast = last;
  for (let [place, length] = [firstPartitions, firstPartitions]; place <= within.length; place += length) {
    const runFirst = within[place - 1] ?? first;
    runs.push({ first: runFirst, last: runLast });
    runLast = runFirst - 1;
    length *= growth;
  }
  return [...runs, { first, last: runLast }];
}

/** What is stored has no NUL: before an id with one come the part before it, and what comes before that. */
const withoutNul = ({ startedAtMs, callId }: CallPlace): CallPlace => ({
  startedAtMs,
  callId: callId.replace(/\0.*$/s, '\u0001'),
});

/** The first and the last instant of ECMAScript's dates. */
const mostMs = 8_640_000_000_000_000;
const monthAt = (ms: number): Month => monthOf(Math.max(-mostMs, Math.min(mostMs, ms)));

interface PlacesIn extends MonthRun {
  readonly phones: readonly string[];
  readonly before: CallPlace;
  readonly limit: number;
}

async function placesIn(
  session: Session,
  { accountId, fromMs }: CallListQuery,
  { first, last, ...numbers }: PlacesIn,
): Promise<readonly NumberedPlace[]> {
  const latest = new LatestCalls(numbers);
  while (latest.wanted.length > 0) {
    const rows = await session.rows(
      selectPlaces(latest.each),
      accountId,
      ...wantedLists(latest.wanted),
      fromMs,
      first,
      last,
    );
    latest.take(
      rows.map((row) => ({
        phone: text(row, 'phone'),
        startedAtMs: integer(row, 'started_at_ms'),
        callId: text(row, 'call_id'),
      })),
    );
  }
  return latest.places;
}

const wantedLists = (wanted: readonly WantedCalls[]) =>
  [
    texts(wanted.map(({ phone }) => phone)),
    bigints(wanted.map(({ before }) => before.startedAtMs)),
    texts(wanted.map(({ before }) => before.callId)),
  ] as const;

/** In the order of their places. A place of a document that was left in the month of another one has none. */
async function recordsAt(
  session: Session,
  accountId: AccountId,
  places: readonly NumberedPlace[],
): Promise<readonly CallRecord[]> {
  if (places.length === 0) return [];
  const months = bigints([...new Set(places.map(({ startedAtMs }) => monthOf(startedAtMs)))]);
  const rows = await session.rows(selectRecords, accountId, months, texts(places.map(({ callId }) => callId)));
  const records = new Map(rows.map(recordOf).map((record) => [nameOf(record), record]));
  return places.flatMap((place) => records.get(nameOf(place)) ?? []);
}

const nameOf = ({ startedAtMs, callId }: CallPlace): string => `${startedAtMs} ${callId}`;

// The limit stands in the statement, so that the plan is made for it; it is one of a few.
const selectPlaces = (each: number): string => `
  SELECT p.phone, c.started_at_ms, c.call_id
  FROM unnest($2::text[], $3::bigint[], $4::text[]) p (phone, before_ms, before_id)
  CROSS JOIN LATERAL (
    SELECT b.started_at_ms, b.call_id FROM document_bodies b
    WHERE b.account_id = $1 AND b.phone = p.phone COLLATE "C" AND b.started_at_ms >= $5
      AND (b.started_at_ms, b.call_id) < (p.before_ms, p.before_id COLLATE "C") AND b.month BETWEEN $6 AND $7
    ORDER BY b.started_at_ms DESC, b.call_id DESC LIMIT ${each}
  ) c
  ORDER BY p.phone COLLATE "C", c.started_at_ms DESC, c.call_id DESC`;
const selectAll = `
  SELECT b.call_id, d.revision, b.phone, b.started_at_ms, d.stored_at_ms, b.document
  FROM documents d JOIN document_bodies b ON b.account_id = d.account_id AND b.month = d.month AND b.call_id = d.call_id`;
const selectRecord = `${selectAll} WHERE d.account_id = $1 AND d.call_id = $2`;
const selectRecords = `
  ${selectAll} WHERE d.account_id = $1 AND b.month = ANY($2::bigint[]) AND b.call_id = ANY($3::text[])`;
