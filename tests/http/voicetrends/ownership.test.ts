import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../harness/server.ts';
import { errorOf } from './exchange.ts';
import { call, newOwner, type Owner, take } from './owner.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const mine = '+16173990000';
const theirs = '+16173990001';
const calls = (phone: string, count: number) =>
  Array.from({ length: count }, (_, index) => call({ id: `${phone}-${index}`, phone }));

/** Two users of one account with a number each: 1 call and 2 calls. */
async function twoUsers(): Promise<readonly [Owner, Owner]> {
  const first = await newOwner(server, { calls: calls(mine, 1) });
  const second = await newOwner(server, { account: first.user.account.name, calls: calls(theirs, 2) });
  return [first, second];
}

/** Calls in the report, or the status of a refusal. */
async function callsOf({ ask }: Owner, phone: string): Promise<number> {
  const { status, text } = await ask(`/api/performance/20180207/20180207/day/${phone}`);
  if (status !== 200) return status;
  return Number(Object.values(JSON.parse(text).calls)[0]);
}
const numbers = ['ALL', mine, theirs];
const seenBy = (owner: Owner) => Promise.all(numbers.map((phone) => callsOf(owner, phone)));

const account = ({ user }: Owner) => user.account.accountId;

describe('the owner only', () => {
  it('is served a number; ALL are those that the user owns', async () => {
    const [first, second] = await twoUsers();
    expect(await seenBy(first)).toEqual([1, 1, 400]);
    expect(await seenBy(second)).toEqual([2, 400, 2]);
  });

  it('is served it although it is shared with others', async () => {
    const [first, second] = await twoUsers();
    await server.store.numbers.share(account(first), theirs, first.user.userId);
    expect(await seenBy(first)).toEqual([1, 1, 400]);
    expect(await seenBy(second)).toEqual([2, 400, 2]);
  });

  it('is whoever it was given to, with all of its past', async () => {
    const [first, second] = await twoUsers();
    await server.store.numbers.give(account(first), theirs, first.user.userId);
    expect(await seenBy(first)).toEqual([3, 1, 2]);
    expect(await seenBy(second)).toEqual([0, 400, 400]);
    await server.store.numbers.give(account(first), mine, second.user.userId);
    expect(await seenBy(first)).toEqual([2, 400, 2]);
    expect(await seenBy(second)).toEqual([1, 1, 400]);
  });

  it('stays it when another user of the account sends calls of the number', async () => {
    const [first, second] = await twoUsers();
    await take(server, second.key, [call({ id: 'sent by another', phone: mine })]);
    expect(await seenBy(first)).toEqual([2, 2, 400]);
    expect(await seenBy(second)).toEqual([2, 400, 2]);
  });

  it('keeps a number whose calls were all moved to another', async () => {
    const [first] = await twoUsers();
    await take(server, first.key, [call({ id: `${mine}-0`, phone: theirs, revision: 1 })]);
    expect(await seenBy(first)).toEqual([0, 0, 400]);
  });

  it('is nobody for the number of a stale document, which changes nothing', async () => {
    const [first, second] = await twoUsers();
    const phone = '+16173990002';
    await take(server, first.key, [call({ id: 'moved', phone: mine, revision: 1 })]);
    await take(server, first.key, [call({ id: 'moved', phone, revision: 0 })]);
    expect(await callsOf(first, phone)).toBe(400);
    await take(server, second.key, [call({ id: 'new', phone })]);
    expect([await callsOf(first, phone), await callsOf(second, phone)]).toEqual([400, 1]);
  });

  it('is one of each account that has the number: they know nothing of each other', async () => {
    const [first] = await twoUsers();
    const stranger = await newOwner(server, { calls: [call({ id: `${mine}-0`, phone: theirs })] });
    expect(await seenBy(first)).toEqual([1, 1, 400]);
    expect(await seenBy(stranger)).toEqual([1, 400, 1]);
  });

  it('with no number gets zeros for ALL', async () => {
    expect(await seenBy(await newOwner(server))).toEqual([0, 400, 400]);
  });
});

describe('400', () => {
  it('says the same of a number of nobody, of another account, of another user, and of one that is shared', async () => {
    const asking = await newOwner(server);
    const textOf = async () => {
      const answer = await asking.ask('/api/performance/20180207/20180207/day/16175550142');
      expect(answer.status).toBe(400);
      errorOf(answer);
      return answer.text;
    };
    const phone = '+16175550142';
    const ofNobody = await textOf();
    await newOwner(server, { calls: calls(phone, 1) });
    expect(await textOf()).toBe(ofNobody);
    await newOwner(server, { account: asking.user.account.name, calls: calls(phone, 1) });
    expect(await textOf()).toBe(ofNobody);
    await server.store.numbers.share(account(asking), phone, asking.user.userId);
    expect(await textOf()).toBe(ofNobody);
    await server.store.numbers.give(account(asking), phone, asking.user.userId);
    expect(await callsOf(asking, phone)).toBe(1);
  });
});

describe('a number', () => {
  it.each([
    ['GB', '+442072193000', ['02072193000', '020%207219%203000', '+44%2020%207219%203000', '%2B442072193000']],
    ['DE', '+493022732152', ['03022732152', '030%2022732152', '+49%2030%20227%2032152']],
    ['US', '+442072193000', ['+442072193000', '%2B44%2020%207219%203000']],
    ['US', '301', ['301']],
    ['GB', '+16173990000', ['+16173990000', '%2B1%20(617)%20399-0000']],
  ])('of an account in %s, %s, may be spelled in any usual way', async (country, phone, spellings) => {
    const owner = await newOwner(server, { country, calls: [call({ phone })] });
    for (const spelling of spellings) expect([spelling, await callsOf(owner, spelling)]).toEqual([spelling, 1]);
  });
});
