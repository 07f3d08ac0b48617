import { once } from 'node:events';
import { type IncomingMessage, request } from 'node:http';
import { text } from 'node:stream/consumers';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Session } from '../../../src/wire/dashboard/session.ts';
import type {
  AccountState,
  RejectDetail,
  RejectList,
  Retention,
  RetryAnswer,
} from '../../../src/wire/dashboard/settings.ts';
import { startTestServer, type TestServer } from '../../harness/server.ts';
import { call, newOwner, type Owner } from '../voicetrends/owner.ts';
import { jsonOf, newVisitor, refusalOf, type Visitor, visit } from './visitor.ts';

/** The account, its quarantine, and what is kept. */

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const post = ({ ask }: Visitor, path: string, body: unknown = {}) => ask(path, { method: 'POST', body });
const change = ({ ask }: Visitor, body: unknown) => ask('/account', { method: 'PATCH', body });

describe('the account', () => {
  it('is changed by its administrators, and seen by all at once', async () => {
    const admin = await newVisitor(server);
    const user = await newVisitor(server, { account: admin.user.account.name });
    expect(refusalOf(await change(user, { week_start: 7 })).code).toBe('forbidden');
    expect((await change(admin, { week_start: 7, allows_input: true })).status).toBe(204);
    const { account } = jsonOf<Session>(await user.ask('/session'));
    expect([account.week_start, account.allows_input, account.time_zone]).toEqual([7, true, 'America/New_York']);
    expect((await change(admin, { allows_input: false })).status).toBe(204);
    expect(jsonOf<Session>(await user.ask('/session')).account).toMatchObject({ week_start: 7, allows_input: false });
    expect(jsonOf(await user.ask('/account'))).toEqual({ recount: null });
    expect(server.log).toContainEqual(
      expect.objectContaining({ change: 'account changed', userId: admin.user.userId, weekStart: 7 }),
    );
  });

  it('keeps its time zone where that is none, or the same', async () => {
    const admin = await newVisitor(server);
    const refused = refusalOf(await change(admin, { time_zone: 'Mars/Olympus', week_start: 3 }));
    expect(refused).toMatchObject({ status: 400, parameter: 'time_zone' });
    expect(refused.detail).toBe('time_zone must be an IANA time zone such as America/New_York, got "Mars/Olympus"');
    expect((await change(admin, { time_zone: 'America/New_York' })).status).toBe(204);
    expect(jsonOf<Session>(await admin.ask('/session')).account).toMatchObject({
      time_zone: 'America/New_York',
      week_start: 1,
    });
  });
});

describe('the quarantine', () => {
  const listOf = async ({ ask }: Visitor, query = '') => jsonOf<RejectList>(await ask(`/rejects${query}`));
  const wrong = (id: string) => ({ ...call({ id }), end_reason: 'bored' });

  /** A user of an account, and who administers it, who has a reject too. */
  async function newAccount(): Promise<{ admin: Visitor; owner: Owner; plum: Visitor; stranger: Visitor }> {
    const admin = await newVisitor(server);
    await server.send(await server.addKey(admin.user), [wrong('of-admin')]);
    const owner = await newOwner(server, { account: admin.user.account.name });
    await server.send(owner.key, [wrong('of-plum')]);
    return { admin, owner, plum: await visit(server, owner.user), stranger: await newVisitor(server) };
  }

  it('has what came in with the keys of the user, and for administrators all of the account', async () => {
    const { admin, plum, stranger, owner } = await newAccount();
    const mine = await listOf(plum);
    const { userId: id, tool, login } = owner.user;
    expect(mine).toMatchObject({ next: null, total: 2 });
    expect(mine.rejects).toEqual([
      {
        id: expect.any(Number),
        call_id: 'of-plum',
        user: { id, tool, login },
        path: '/end_reason',
        error: expect.stringContaining('got "bored"'),
        times: 1,
        first_at: '2018-02-09T07:00:00-05:00',
        last_at: '2018-02-09T07:00:00-05:00',
      },
    ]);
    expect((await listOf(admin)).rejects.map(({ call_id }) => call_id)).toEqual(['of-admin', 'of-plum']);
    expect(await listOf(stranger)).toEqual({ rejects: [], next: null, total: 0 });
  });

  it('shows the document as it was sent to who may see it', async () => {
    const { admin, plum, stranger } = await newAccount();
    const [theirs, mine] = (await listOf(admin)).rejects;
    const detail = jsonOf<RejectDetail>(await plum.ask(`/rejects/${mine?.id}`));
    expect([detail.reject, JSON.parse(detail.document ?? '')]).toEqual([mine, wrong('of-plum')]);
    for (const [who, id] of [
      [plum, theirs?.id],
      [stranger, mine?.id],
      [admin, 999_999],
      [admin, 'x'],
    ] as const) {
      expect(refusalOf(await who.ask(`/rejects/${id}`))).toMatchObject({ status: 404, code: 'unknown' });
      expect((await who.ask(`/rejects/${id}`, { method: 'DELETE' })).status).toBe(404);
      expect((await post(who, `/rejects/${id}/retry`)).status).toBe(404);
    }
    expect((await listOf(admin)).total).toBe(2);
  });

  it('gives no text of what is not UTF-8', async () => {
    const owner = await newOwner(server);
    const body = new Uint8Array([0xff, 0x7b, 0x0a]);
    const headers = { authorization: `Bearer ${owner.key}`, 'content-type': 'application/x-ndjson' };
    await fetch(`${server.address}/ingest/v1/calls`, { method: 'POST', headers, body });
    const plum = await visit(server, owner.user);
    const [reject] = (await listOf(plum)).rejects;
    expect(jsonOf<RejectDetail>(await plum.ask(`/rejects/${reject?.id}`)).document).toBeNull();
  });

  it('is left by what is corrected, and by nothing that is still wrong', async () => {
    const { plum, owner } = await newAccount();
    const [reject] = (await listOf(plum)).rejects;
    const retry = async (body: unknown) => jsonOf<RetryAnswer>(await post(plum, `/rejects/${reject?.id}/retry`, body));
    expect(await retry({})).toEqual({
      taken: false,
      path: '/end_reason',
      error: expect.stringContaining('got "bored"'),
    });
    expect(await retry({ document: '{"id":' })).toEqual({
      taken: false,
      path: '',
      error: expect.stringContaining('must be JSON'),
    });
    expect(await retry({ document: JSON.stringify({ ...call({ id: 'of-plum' }), phone: '' }) })).toMatchObject({
      taken: false,
      path: '/phone',
    });
    expect((await listOf(plum)).total).toBe(2);
    expect(await retry({ document: JSON.stringify(call({ id: 'of-plum' })) })).toEqual({
      taken: true,
      call_id: 'of-plum',
      outcome: 'stored',
    });
    expect((await listOf(plum)).rejects).toEqual([]);
    expect((await server.store.calls.read(owner.user.account.accountId, 'of-plum'))?.phone).toBe('+16173990000');
    expect((await post(plum, `/rejects/${reject?.id}/retry`)).status).toBe(404);
  });

  it('is left by what is as it was, once that is right', async () => {
    const admin = await newVisitor(server);
    const document = call({ events: [{ type: 'form_item', at: 0, page: 'a', form: 'b', item: 'c', input: '1' }] });
    await server.send(await server.addKey(admin.user), [document]);
    const [reject] = (await listOf(admin)).rejects;
    expect(reject?.path).toBe('/events/0/input');
    await change(admin, { allows_input: true });
    expect(jsonOf(await post(admin, `/rejects/${reject?.id}/retry`))).toEqual({
      taken: true,
      call_id: 'c-1',
      outcome: 'stored',
    });
    expect((await listOf(admin)).total).toBe(0);
  });

  it('keeps what would replace a newer document of the same call', async () => {
    const { plum, owner } = await newAccount();
    const [reject] = (await listOf(plum)).rejects;
    server.clock.nowMs += 1000;
    await server.send(owner.key, [call({ id: 'of-plum', application: 'newer' })]);
    const retry = async (body: unknown) => jsonOf<RetryAnswer>(await post(plum, `/rejects/${reject?.id}/retry`, body));
    const older = { document: JSON.stringify(call({ id: 'of-plum' })) };
    expect(await retry(older)).toMatchObject({ taken: false, path: '/revision' });
    const newest = { document: JSON.stringify(call({ id: 'of-plum', revision: 1 })) };
    expect(await retry(newest)).toEqual({ taken: true, call_id: 'of-plum', outcome: 'replaced' });
  });

  it('forgets what is dropped', async () => {
    const { plum } = await newAccount();
    const [reject] = (await listOf(plum)).rejects;
    expect((await plum.ask(`/rejects/${reject?.id}`, { method: 'DELETE' })).status).toBe(204);
    expect(await listOf(plum)).toMatchObject({ rejects: [], total: 1 });
  });

  it('takes corrections of the size that documents may have', async () => {
    const { plum } = await newAccount();
    const [reject] = (await listOf(plum)).rejects;
    const quotes = '"'.repeat(500_000);
    const document = JSON.stringify(
      call({ id: 'of-plum', events: [{ type: 'note', at: 0, text: quotes.slice(0, 260_000) }] }),
    );
    expect(jsonOf<RetryAnswer>(await post(plum, `/rejects/${reject?.id}/retry`, { document }))).toMatchObject({
      taken: true,
    });
    const other = await post(plum, '/numbers', { number: 'x'.repeat(70_000) });
    expect(refusalOf(other)).toMatchObject({
      status: 413,
      code: 'tooLarge',
      detail: 'the body must be at most 65536 bytes',
    });
  });

  it.each([
    { name: 'nobody', cookie: '', code: 'sessionMissing' },
    { name: 'a session that has ended', cookie: 'voxgauge_session=ended', code: 'sessionInvalid' },
  ])('takes no body of megabytes from $name', async ({ cookie, code }) => {
    const outgoing = request(`${server.address}/dashboard/rejects/1/retry`, {
      method: 'POST',
      agent: false,
      headers: { 'content-type': 'application/json', 'content-length': 2_000_000, cookie },
    });
    outgoing.on('error', () => {}).flushHeaders();
    // Not a byte of the body is sent.
    const answered: IncomingMessage[] = await once(outgoing, 'response');
    const [incoming] = answered;
    if (incoming === undefined) throw new Error('no answer');
    expect([incoming.statusCode, JSON.parse(await text(incoming)).type]).toEqual([401, `/docs/guides/errors#${code}`]);
    outgoing.destroy();
  });

  it('is listed in pages, and misses none', async () => {
    const admin = await newVisitor(server);
    const owner = await newOwner(server, { account: admin.user.account.name });
    const others = await server.addKey(admin.user);
    for (let index = 0; index < 130; index += 1)
      await server.send(index % 2 === 0 ? owner.key : others, [wrong(`c-${index}`)]);
    for (const [who, count] of [
      [admin, 130],
      [await visit(server, owner.user), 65],
    ] as const) {
      const seen: (string | null)[] = [];
      let after: number | null = 0;
      while (after !== null) {
        const page: RejectList = await listOf(who, `?after=${after}`);
        seen.push(...page.rejects.map(({ call_id }) => call_id));
        after = page.next;
      }
      expect([seen.length, new Set(seen).size]).toEqual([count, count]);
    }
    expect(refusalOf(await admin.ask('/rejects?after=first'))).toMatchObject({ status: 400, parameter: 'after' });
  });
});

describe('what is kept', () => {
  it('is not for a user to change on a server with several accounts', async () => {
    const admin = await newVisitor(server);
    const state = jsonOf<Retention>(await admin.ask('/retention'));
    expect(state).toMatchObject({ kept_from: null, documents: null, can_change: false });
    expect(state.reason).toContain('several accounts');
    expect(refusalOf(await post(admin, '/retention', { kept_from: '2018-01' })).code).toBe('forbidden');
  });

  it('is changed by administrators of the only account, for months that are over', async () => {
    const alone = await startTestServer({ logLevel: 'error' });
    try {
      const owner = await newOwner(alone, {
        calls: [call(), call({ id: 'c-2', started_at: '2018-01-07T15:20:00Z', ended_at: null })],
      });
      const admin = await visit(alone, owner.user);
      const user = await newVisitor(alone, { account: owner.user.account.name });
      expect(jsonOf(await admin.ask('/retention'))).toEqual({
        kept_from: null,
        documents: 2,
        can_change: true,
        reason: null,
      });
      expect(jsonOf(await user.ask('/retention'))).toMatchObject({
        documents: null,
        can_change: false,
        reason: expect.stringContaining('administrators'),
      });
      expect(refusalOf(await post(user, '/retention', { kept_from: '2018-01' })).code).toBe('forbidden');
      for (const month of ['2018-02', '2019-01', '2018-13', '18-01', 'x']) {
        expect(refusalOf(await post(admin, '/retention', { kept_from: month }))).toMatchObject({
          status: 400,
          parameter: 'kept_from',
        });
      }
      alone.clock.nowMs = Temporal.Instant.from('2018-03-01T00:00:00Z').epochMilliseconds;
      await alone.store.accounts.setTimeZone(owner.user.account.accountId, 'Europe/Berlin');
      const counting = await visit(alone, owner.user);
      expect(refusalOf(await post(counting, '/retention', { kept_from: '2018-02' }))).toEqual({
        status: 409,
        code: 'conflict',
        parameter: null,
        detail:
          'figures are being counted anew in another time zone, which needs all documents; wait until that is done',
      });
      await counting.ask('/account', { method: 'PATCH', body: { time_zone: 'America/New_York' } });
      while (jsonOf<AccountState>(await counting.ask('/account')).recount !== null) {
        await new Promise((resolve) => setTimeout(resolve, 50));
      }
      // Seven days are over.
      const later = await visit(alone, owner.user);
      expect(jsonOf(await post(later, '/retention', { kept_from: '2018-02' }))).toEqual({
        kept_from: '2018-02',
        documents: 1,
      });
      expect(jsonOf(await later.ask('/retention'))).toMatchObject({ kept_from: '2018-02', documents: 1 });
      expect(jsonOf<Session>(await later.ask('/session')).kept_from).toBe('2018-02');
      expect((await later.ask('/call?id=c-2')).status).toBe(404);
    } finally {
      await alone.close();
    }
  });
});
