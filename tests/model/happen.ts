import { randomUUID } from 'node:crypto';
import type { TestServer } from '../harness/server.ts';
import { newOwner, type Owner, take } from '../http/voicetrends/owner.ts';
import { phones } from './phones.ts';
import type { World } from './world.ts';

/** Makes the world happen in an account of its own; returns its users. */
export async function happen(server: TestServer, world: World): Promise<readonly Owner[]> {
  const { timeZone, country, userCount, owners, batches, shares, gifts } = world;
  const users: Owner[] = [];
  const account = randomUUID();
  for (let index = 0; index < userCount; index++) users.push(await newOwner(server, { account, timeZone, country }));
  const { numbers } = server.store;
  const accountId = users[0]?.user.account.accountId ?? 0;
  const userIdOf = (index: number) => users[index]?.user.userId ?? 0;
  const phoneOf = (index: number) => phones[index]?.[country][0] ?? '';
  for (const [phone, owner] of owners.entries()) {
    if (owner !== null) await numbers.add(accountId, userIdOf(owner), phoneOf(phone), server.clock.nowMs);
  }
  for (const { user, calls } of batches) {
    const documents = calls.map(({ document }) => document);
    if (documents.length > 0) await take(server, users[user]?.key ?? '', documents);
  }
  const had = new Set((await numbers.list(accountId)).map(({ phone }) => phone));
  const granted = ({ phone }: { readonly phone: number }) => had.has(phoneOf(phone));
  for (const { phone, user } of shares.filter(granted)) await numbers.share(accountId, phoneOf(phone), userIdOf(user));
  for (const { phone, user } of gifts.filter(granted)) await numbers.give(accountId, phoneOf(phone), userIdOf(user));
  return users;
}
