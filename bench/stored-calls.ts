import { setTimeout as sleep } from 'node:timers/promises';
import { liveCalls, liveNumbers } from '../src/demo/live-calls.ts';
import { Calendars, DocumentReader } from '../src/ingest/document-reader.ts';
import { openNumberingPlan } from '../src/numbering/numbering-plan.ts';
import type { User } from '../src/store/access-store.ts';
import type { RecordedCall } from '../src/store/call-store.ts';
import type { Store } from '../src/store/store.ts';

/** Calls as a store is given them: read, with what they contribute. */
export type ReadCall = (json: string) => RecordedCall;

export async function readerFor({ account }: User): Promise<ReadCall> {
  const readPhone = await openNumberingPlan();
  const limits = { maxDocumentBytes: 1_048_576, maxEvents: 10_000 };
  const reader = new DocumentReader(account, { calendars: new Calendars(), readPhone, ...limits });
  return (json) => {
    const read = reader.read(json);
    if (read.kind !== 'call') throw new Error(`a document of the bench was refused: ${read.reject.error}`);
    return read.call;
  };
}

/** The number that every reading asks for. */
export const [askedPhone = ''] = liveNumbers(1);

export const lastDay = Temporal.PlainDate.from('2026-03-31');
const days = 90;

/** Calls over 90 days, in the order of time. */
export function* callsOver90Days(
  count: number,
  { numbers, seed }: { numbers: number; seed: number },
): Generator<string> {
  const firstDay = lastDay.subtract({ days: days - 1 });
  for (let day = 0; day < days; day += 1) {
    const share = Math.floor(((day + 1) * count) / days) - Math.floor((day * count) / days);
    const startedAt = firstDay.add({ days: day }).toZonedDateTime('UTC').add({ hours: 15 }).toInstant();
    for (const call of liveCalls({ seed: seed * days + day, startedAt, count: share, numbers }))
      yield JSON.stringify(call);
  }
}

const batchSize = 500;
const sendersAtOnce = 8;
const comeBackMs = 20;

/** Batches of 500, eight on their way at a time for each account. Returns how long it took. */
export async function recordAll(store: Store, user: User, calls: readonly RecordedCall[]): Promise<number> {
  const batches = Array.from({ length: Math.ceil(calls.length / batchSize) }, (_, index) =>
    calls.slice(index * batchSize, (index + 1) * batchSize),
  ).values();
  const { timeZone } = user.account;
  const sender = { accountId: user.account.accountId, userId: user.userId, isStrict: false };
  const startMs = performance.now();
  const send = async () => {
    for (const batch of batches) {
      // A sender that is told to come back does so.
      const sent = { calls: batch, rejects: [], timeZone };
      while (!(await store.calls.record(sender, sent, Date.now())).ok) await sleep(comeBackMs);
    }
  };
  await Promise.all(Array.from({ length: sendersAtOnce }, send));
  return performance.now() - startMs;
}

/** A call a transaction, one after the other. */
export async function recordEach(store: Store, user: User, calls: readonly RecordedCall[]): Promise<void> {
  const sender = { accountId: user.account.accountId, userId: user.userId, isStrict: false };
  for (const call of calls) {
    const batch = { calls: [call], rejects: [], timeZone: user.account.timeZone };
    const recorded = await store.calls.record(sender, batch, Date.now());
    if (!recorded.ok) throw new Error(`a call could not be recorded: ${recorded.error.kind}`);
  }
}

export async function addUser(store: Store, name: string): Promise<User> {
  const account = { name, timeZone: 'America/New_York', country: 'US' };
  const added = await store.accounts.addUser(
    { tool: 'dev', login: name, passwordHash: 'x', isAdmin: false, account },
    Date.now(),
  );
  if (!added.ok) throw new Error(`the bench cannot add login ${name}: ${added.error.kind}`);
  return added.value.user;
}
