import { dayOf } from './calendar-model.ts';
import type { Question, SentCall, World } from './world.ts';

/** What an account has come to after all batches and gifts. */
export interface Account {
  readonly calls: readonly StoredCall[];
  /** By phone: the user who owns it, or null when the account does not have it. */
  readonly owners: readonly (number | null)[];
}

export interface StoredCall extends SentCall {
  readonly day: Temporal.PlainDate;
}

export function accountAfter({ timeZone, batches, owners: given, gifts }: World): Account {
  const calls = new Map<string, StoredCall>();
  const owners = [...given];
  for (const { user, calls: sent } of batches) {
    for (const call of sent) {
      const { id, revision = 0, started_at } = call.document;
      if (revision < (calls.get(id)?.document.revision ?? 0)) continue;
      calls.set(id, { ...call, day: dayOf(started_at, timeZone) });
      owners[call.phone] ??= user;
    }
  }
  for (const { phone, user } of gifts) if (owners[phone] !== null) owners[phone] = user;
  return { calls: [...calls.values()], owners };
}

/** Calls of the numbers that a question is about, of whatever day; null when the user does not own the number. */
export function callsFor({ calls, owners }: Account, { phone, user }: Question): readonly StoredCall[] | null {
  if (phone === 'ALL') return calls.filter((call) => owners[call.phone] === user);
  return owners[phone] === user ? calls.filter((call) => call.phone === phone) : null;
}
