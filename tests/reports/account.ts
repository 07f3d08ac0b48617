import { randomUUID } from 'node:crypto';
import fc from 'fast-check';
import type { TestServer } from '../harness/server.ts';
import { newOwner, type Owner, take } from '../http/voicetrends/owner.ts';
import { callers } from '../model/callers.ts';
import { type Country, phones } from '../model/phones.ts';
import { timeZone } from '../model/zones.ts';
import { type CallDocument, type SentCall, sentCall } from './documents.ts';

/** What happens to an account of two users before anything is asked. */
export interface History {
  readonly timeZone: string;
  readonly country: Country;
  /** By phone, the user who owns it before calls come in; the others go to the first who sends one. */
  readonly owners: readonly (number | null)[];
  readonly batches: readonly { readonly user: number; readonly calls: readonly SentCall[] }[];
  /** Numbers that change hands when all has been sent. */
  readonly gifts: readonly { readonly phone: number; readonly user: number }[];
}

/** A call that is stored in the end, with what reports know of it. */
export interface StoredCall {
  readonly phone: number;
  readonly number: string;
  /** Who called, the same for every spelling of one number. */
  readonly caller: number | null;
  readonly region: string | null;
  readonly started: Temporal.ZonedDateTime;
  readonly document: CallDocument;
}

export interface Account {
  readonly timeZone: string;
  readonly country: Country;
  readonly calls: readonly StoredCall[];
  readonly owners: readonly (number | null)[];
}

const user = fc.nat(1);

/** Sent again, in whatever order: what a sender that retries does. */
const withDuplicates = (calls: readonly SentCall[]) =>
  fc.array(fc.nat(Math.max(calls.length - 1, 0)), { maxLength: 3 }).chain((again) => {
    const all = [...calls, ...again.flatMap((index) => calls[index] ?? [])];
    return fc.shuffledSubarray(all, { minLength: all.length });
  });

export const history: fc.Arbitrary<History> = fc
  .record({ timeZone, country: fc.constantFrom<Country>('US', 'US', 'GB') })
  .chain(({ timeZone, country }) => {
    const calls = fc.array(sentCall(timeZone, country), { minLength: 1, maxLength: 16, size: 'max' });
    return fc.record({
      timeZone: fc.constant(timeZone),
      country: fc.constant(country),
      owners: fc.array(fc.option(fc.constantFrom(0, 0, 1)), { minLength: phones.length, maxLength: phones.length }),
      batches: fc.array(fc.record({ user, calls: calls.chain(withDuplicates) }), { minLength: 1, maxLength: 3 }),
      gifts: fc.array(fc.record({ phone: fc.nat(phones.length - 1), user }), { maxLength: 1 }),
    });
  });

const numberOf = (phone: number, country: Country) => phones[phone]?.[country][0] ?? '';

function regionOf(caller: number | null): string | null {
  const region = caller === null ? null : (callers[caller]?.region ?? null);
  if (region === null) return null;
  if (region.kind === 'tollFree') return 'US-TOLLFREE';
  return region.kind === 'state' ? `US-${region.code}` : region.code;
}

/** What the account has come to in the end. */
export function accountAfter({ timeZone, country, owners: given, batches, gifts }: History): Account {
  const calls = new Map<string, StoredCall>();
  const owners = [...given];
  for (const { user, calls: sent } of batches) {
    for (const { phone, caller, document } of sent) {
      const { id, revision = 0, started_at } = document;
      if (revision < (calls.get(id)?.document.revision ?? 0)) continue;
      const started = Temporal.Instant.from(started_at).toZonedDateTimeISO(timeZone);
      calls.set(id, { phone, number: numberOf(phone, country), caller, region: regionOf(caller), started, document });
      owners[phone] ??= user;
    }
  }
  for (const { phone, user } of gifts) if (owners[phone] !== null) owners[phone] = user;
  return { timeZone, country, calls: [...calls.values()], owners };
}

/** Makes it happen in an account of its own; returns the users. */
export async function happen(server: TestServer, history: History): Promise<readonly Owner[]> {
  const { timeZone, country, owners, batches, gifts } = history;
  const { numbers } = server.store;
  const inAccount = { account: randomUUID(), timeZone, country };
  const users = [await newOwner(server, inAccount), await newOwner(server, inAccount)];
  const accountId = users[0]?.user.account.accountId ?? 0;
  const userId = (index: number) => users[index]?.user.userId ?? 0;
  for (const [phone, owner] of owners.entries()) {
    const number = numberOf(phone, country);
    if (owner !== null) await numbers.add(accountId, userId(owner), number, server.clock.nowMs);
  }
  for (const { user, calls } of batches) {
    const documents = calls.map(({ document }) => document);
    if (documents.length > 0) await take(server, users[user]?.key ?? '', documents);
  }
  const had = new Set((await numbers.list(accountId)).map(({ phone }) => phone));
  for (const { phone, user } of gifts) {
    const number = numberOf(phone, country);
    if (had.has(number)) await numbers.give(accountId, number, userId(user));
  }
  return users;
}
