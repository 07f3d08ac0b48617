import type { FastifyReply } from 'fastify';
import type { ReadPhone } from '../domain/phone.ts';
import type { Calendars } from '../ingest/document-reader.ts';
import type { User } from '../store/access-store.ts';
import type { Store } from '../store/store.ts';
import { type HttpProblem, httpProblem } from './problems.ts';
import { dataWindow, setQuotaHeaders, setRetryAfter } from './quota.ts';

/** What the surfaces that answer data requests work with; they share one quota of each login. */
export interface DataContext {
  readonly store: Store;
  readonly calendars: Calendars;
  readonly readPhone: ReadPhone;
  readonly nowMs: () => number;
  readonly dataRequestsPerWindow: number;
}

/** Uses one unit of the quota, and shows what is left of it; a problem where there was none. */
export async function spendDataRequest(
  reply: FastifyReply,
  { userId }: User,
  { store, nowMs, dataRequestsPerWindow: limit }: DataContext,
): Promise<HttpProblem | null> {
  const atMs = nowMs();
  const window = dataWindow(userId, atMs);
  const { used, isGranted } = await store.access.spend(window, limit);
  setQuotaHeaders(reply, window, { limit, used });
  if (isGranted) return null;
  setRetryAfter(reply, window, atMs);
  return httpProblem('tooMany', `a login may send ${limit} data requests in 15 minutes`);
}

/** Shows what is left of the quota, and uses nothing of it. */
export async function showDataQuota(
  reply: FastifyReply,
  { userId }: User,
  { store, nowMs, dataRequestsPerWindow: limit }: DataContext,
): Promise<void> {
  const window = dataWindow(userId, nowMs());
  setQuotaHeaders(reply, window, { limit, used: await store.access.used(window) });
}

/** Longer than any usual spelling of a telephone number. */
const longestSpelling = 128;

/** The number as the account has it; null for one that is unknown and for one of somebody else, which look the same from outside. */
export async function ownedNumber(
  { account: { accountId, country }, userId }: User,
  spelled: string,
  { store, readPhone }: DataContext,
): Promise<string | null> {
  const phone = readPhone(spelled.slice(0, longestSpelling), country).number;
  return phone !== '' && (await store.numbers.isOwned(accountId, userId, phone)) ? phone : null;
}
