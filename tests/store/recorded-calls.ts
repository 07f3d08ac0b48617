import { printApplied } from '../../src/domain/applied.ts';
import type { Calendar } from '../../src/domain/calendar.ts';
import type { Call } from '../../src/domain/call.ts';
import { contributions } from '../../src/domain/contribution.ts';
import type { DaySums } from '../../src/domain/reports/series.ts';
import { type CallCounter, callCounters } from '../../src/domain/rollups.ts';
import type { User } from '../../src/store/access-store.ts';
import type {
  DayQuery,
  NewReject,
  Recompute,
  RecordedCall,
  RecordOutcome,
  Sender,
} from '../../src/store/call-store.ts';
import type { Store } from '../../src/store/store.ts';
import { calendarOf, newYork } from '../data/rollup-rows.ts';
import { nowMs } from './subject.ts';

/** Calls as a store is given them. A store does not look into documents, so here they are calls as JSON. */

export function recorded(call: Call, calendar: Calendar = newYork): RecordedCall {
  const { id: callId, revision, phone, startedAtMs } = call;
  const applied = printApplied(contributions(call, calendar));
  return { callId, revision, phone, startedAtMs, document: JSON.stringify(call), applied };
}

const calendars = new Map<string, Calendar>();

/** Reads a document that {@link recorded} made, in the time zone of its account. */
export const recompute: Recompute = ({ timeZone }, document) => {
  const calendar = calendars.get(timeZone) ?? calendarOf(timeZone);
  calendars.set(timeZone, calendar);
  const call: Call = JSON.parse(document);
  return contributions(call, calendar);
};

/** A sender whose batches are for a time zone: that which the account has as the test knows it. */
export interface ZonedSender extends Sender {
  readonly timeZone: string;
}

export const senderOf = ({ userId, account }: User, isStrict = false): ZonedSender => ({
  accountId: account.accountId,
  userId,
  isStrict,
  timeZone: account.timeZone,
});

/** Records calls that a store is expected to be able to take. */
export async function record(
  store: Store,
  { timeZone, ...sender }: ZonedSender,
  calls: readonly RecordedCall[],
  rejects: readonly NewReject[] = [],
): Promise<readonly RecordOutcome[]> {
  const outcomes = await store.calls.record(sender, { calls, rejects, timeZone }, nowMs);
  if (!outcomes.ok) throw new Error(`the store has not taken the calls: ${outcomes.error.kind}`);
  return outcomes.value;
}

/** All days that a calendar knows. */
export const allDays = { first: -1_000_000, last: 4_000_000 } as const;

export type Counted = Readonly<Partial<Record<CallCounter, number>>>;

/** Sums by day, without the counters that are 0 and the days that have no other. */
export function countedDays(days: readonly DaySums[]): Readonly<Record<number, Counted>> {
  return Object.fromEntries(
    days.flatMap(({ day, counters }) => {
      const entries = callCounters.map((counter, index) => [counter, counters[index] ?? 0] as const);
      const counted = entries.filter(([, value]) => value !== 0);
      return counted.length === 0 ? [] : [[day, Object.fromEntries(counted)]];
    }),
  );
}

/** What a store says of one number. */
export const daysOfNumber = async (store: Store, { account }: User, phone: string, days: DayQuery['days'] = allDays) =>
  countedDays(await store.calls.days({ accountId: account.accountId, numbers: { kind: 'one', phone }, days }));

/** What a store says of all numbers that a user owns. */
export const daysOfOwner = async (store: Store, { account, userId }: User, days: DayQuery['days'] = allDays) =>
  countedDays(
    await store.calls.days({ accountId: account.accountId, numbers: { kind: 'owned', ownerId: userId }, days }),
  );
