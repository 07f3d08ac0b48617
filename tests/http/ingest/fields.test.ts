import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { startTestServer, type TestServer } from '../../harness/server.ts';
import { call, callText, callWithout, notes } from './call.ts';
import { keptRejects, noSums, numbersOf, query, storedDocuments, sumsOf } from './database.ts';
import { counted, newSender, post } from './post.ts';

let server: TestServer;
beforeAll(async () => {
  server = await startTestServer();
});
afterAll(() => server.close());

const long = 'x'.repeat(100_000);

describe('a document is taken', () => {
  const rows = [
    { name: 'with an id of 1 character', document: call({ id: 'x' }) },
    { name: 'with an id of 128 characters', document: call({ id: 'x'.repeat(128) }) },
    { name: 'with an id of 128 characters of two bytes', document: call({ id: 'é'.repeat(128) }) },
    {
      name: 'with an id that looks like a path, SQL or a key of every object',
      document: call({ id: "__proto__/'; --" }),
    },
    { name: 'with a revision of 0', document: call({ revision: 0 }) },
    { name: 'with the greatest exact revision', document: call({ revision: Number.MAX_SAFE_INTEGER }) },
    { name: 'without caller', document: callWithout('caller') },
    { name: 'without direction', document: callWithout('direction') },
    { name: 'without revision', document: callWithout('revision') },
    { name: 'without end, as the call is up', document: callWithout('ended_at', 'end_reason') },
    { name: 'with an end of null', document: call({ ended_at: null }) },
    { name: 'without events', document: callWithout('events') },
    { name: 'without labels', document: callWithout('labels') },
    { name: 'with labels', document: call({ labels: { campaign: 'spring', '': 'empty', ['__proto__']: 'x' } }) },
    { name: 'with unknown fields', document: call({ codec: 'opus', nested: { a: [1, { b: null }] } }) },
    ...['inbound', 'outbound'].map((direction) => ({ name: direction, document: call({ direction }) })),
    ...['caller_hangup', 'application_hangup', 'transfer', 'error', 'timeout', 'unknown'].map((end_reason) => ({
      name: `that ended by ${end_reason}`,
      document: call({ end_reason }),
    })),
    ...[
      '2018-02-07T15:00:00Z',
      '2018-02-07T15:00:00.123Z',
      '2018-02-07T15:00:00.123456789Z',
      '2018-02-07T10:00:00-05:00',
      '2018-02-07T20:30:00.5+05:30',
      '2018-02-07T15:00:00+00:00',
      '2018-02-07T15:00:00-00:00',
      '2018-02-07t15:00:00z',
      '2016-02-29T00:00:00Z',
      '2016-12-31T23:59:60Z',
    ].map((started_at) => ({ name: `started at ${started_at}`, document: call({ started_at, ended_at: null }) })),
  ];
  it.each(rows)('$name', async ({ document }) => {
    const sender = await newSender(server);
    const { status, json } = await post(server, sender.key, JSON.stringify(document));
    expect({ status, json }).toEqual({ status: 200, json: counted({ stored: 1 }) });
    expect(sumsOf(server.folder, sender.accountId).calls).toBe(1);
  });
});

describe('a document is rejected, and the answer says where and why', () => {
  const rows = [
    { path: '/id', error: /must be/, document: callWithout('id'), id: null },
    { path: '/id', error: /must be .*empty.*got ""/, document: call({ id: '' }), id: '' },
    { path: '/id', error: /must .*128.*got/, document: call({ id: 'x'.repeat(129) }), id: 'x'.repeat(128) },
    { path: '/id', error: /must .*128.*got/, document: call({ id: long }), id: 'x'.repeat(128) },
    { path: '/id', error: /must be .*string.*got 5/, document: call({ id: 5 }), id: null },
    { path: '/id', error: /must be .*string.*got null/, document: call({ id: null }), id: null },
    { path: '/phone', error: /must be/, document: callWithout('phone') },
    { path: '/phone', error: /must be .*string.*got null/, document: call({ phone: null }) },
    { path: '/phone', error: /must be .*string.*got 6173990000/, document: call({ phone: 6173990000 }) },
    { path: '/phone', error: /must .*got ""/, document: call({ phone: '' }) },
    { path: '/phone', error: /must .*got "anonymous"/, document: call({ phone: 'anonymous' }) },
    { path: '/caller', error: /must be .*string.*null.*got 5/, document: call({ caller: 5 }) },
    { path: '/caller', error: /must be .*string.*null.*got false/, document: call({ caller: false }) },
    {
      path: '/direction',
      error: /must be .*inbound.*outbound.*got "sideways"/,
      document: call({ direction: 'sideways' }),
    },
    {
      path: '/direction',
      error: /must be .*inbound.*outbound.*got "Inbound"/,
      document: call({ direction: 'Inbound' }),
    },
    { path: '/direction', error: /must be .*inbound.*outbound.*got null/, document: call({ direction: null }) },
    { path: '/application', error: /must be .*string.*got an? object/, document: call({ application: {} }) },
    { path: '/started_at', error: /must be/, document: callWithout('started_at') },
    { path: '/started_at', error: /must be .*string.*got null/, document: call({ started_at: null }) },
    { path: '/started_at', error: /must be .*string.*got 1518015600/, document: call({ started_at: 1518015600 }) },
    { path: '/ended_at', error: /must be .*RFC 3339.*got "soon"/, document: call({ ended_at: 'soon' }) },
    { path: '/ended_at', error: /must be .*string or null.*got 5/, document: call({ ended_at: 5 }) },
    { path: '/ended_at', error: /must .*started_at.*got/, document: call({ ended_at: '2018-02-07T14:59:59Z' }) },
    {
      path: '/end_reason',
      error: /must be .*caller_hangup.*unknown.*got "bored"/,
      document: call({ end_reason: 'bored' }),
    },
    { path: '/end_reason', error: /must be .*caller_hangup.*got 1/, document: call({ end_reason: 1 }) },
    { path: '/revision', error: /must be >= 0, got -1/, document: call({ revision: -1 }) },
    { path: '/revision', error: /must be .*whole number.*got 1.5/, document: call({ revision: 1.5 }) },
    { path: '/revision', error: /must be .*whole number.*got "1"/, document: call({ revision: '1' }) },
    { path: '/revision', error: /must be .*whole number.*got null/, document: call({ revision: null }) },
    { path: '/revision', error: /must be .*whole number.*got true/, document: call({ revision: true }) },
    { path: '/revision', error: /must be/, document: call({ revision: 2 ** 53 }) },
    { path: '/events', error: /must be .*array.*got an? object/, document: call({ events: {} }) },
    { path: '/events', error: /must be .*array.*got null/, document: call({ events: null }) },
    { path: '/events', error: /10.?000.*10.?001/, document: call({ events: notes(10_001) }) },
    { path: '/labels', error: /must be .*object.*got an? array/, document: call({ labels: [] }) },
    { path: '/labels', error: /must be .*object.*got "x"/, document: call({ labels: 'x' }) },
    { path: '/labels/campaign', error: /must be .*string.*got 5/, document: call({ labels: { campaign: 5 } }) },
    { path: '/labels/a~1b~0c', error: /must be .*string.*got null/, document: call({ labels: { 'a/b~c': null } }) },
  ];
  it.each(rows)('$path: $error', ({ path, error, document, id = 'c-1' }) => isRejected(document, { id, path, error }));

  const noInstants = [
    '',
    'yesterday',
    '2018-02-07',
    '2018-02-07T15:00:00',
    '2018-02-07 15:00',
    '2018-02-07T15:00Z',
    '2018-02-07T15:00:00+05',
    '2018-02-07T15:00:00+0530',
    '2018-02-07T15:00:00.Z',
    '2018-02-07T15:00:00,5Z',
    '2018-2-7T15:00:00Z',
    '2018-02-30T15:00:00Z',
    '2018-13-01T15:00:00Z',
    '2018-02-07T24:00:00Z',
    '2018-02-07T15:60:00Z',
    '2018-02-07T15:00:61Z',
    '2018-02-07T15:00:00+24:00',
    '2018-02-07T15:00:00Z[UTC]',
    '+002018-02-07T15:00:00Z',
    '20180207T150000Z',
    ' 2018-02-07T15:00:00Z',
    '2018-02-07T15:00:00Z\n',
    '２018-02-07T15:00:00Z',
  ];
  it.each(noInstants)('/started_at and /ended_at of %j', async (instant) => {
    const error = /^must be .*RFC 3339.*, got "/;
    await isRejected(call({ started_at: instant }), { id: 'c-1', path: '/started_at', error });
    await isRejected(call({ ended_at: instant }), { id: 'c-1', path: '/ended_at', error });
  });

  interface Want {
    readonly id: string | null;
    readonly path: string;
    readonly error: RegExp;
  }

  async function isRejected(document: unknown, { id, path, error }: Want): Promise<void> {
    const sender = await newSender(server);
    const text = JSON.stringify(document);
    const { status, json, text: body } = await post(server, sender.key, text);
    const problem = { id, path, error: expect.stringMatching(error) };
    const rejected = [{ index: 0, ...problem }];
    expect({ status, json }).toEqual({ status: 400, json: counted({ rejected }) });
    expect(body.length).toBeLessThan(1_000);
    const kept = { ...problem, times: 1, document: Buffer.from(text) };
    expect(keptRejects(server.folder, sender.accountId)).toEqual([kept]);
    expect(storedDocuments(server.folder, sender.accountId)).toEqual([]);
    expect(numbersOf(server.folder, sender.accountId)).toEqual([]);
    expect(sumsOf(server.folder, sender.accountId)).toEqual(noSums);
  }
});

describe('numbers in JSON', () => {
  const revisions = [
    { spelled: '7', revision: 7 },
    { spelled: '7.0', revision: 7 },
    { spelled: '7e0', revision: 7 },
    { spelled: '0.7E+1', revision: 7 },
    { spelled: '70e-1', revision: 7 },
    { spelled: '0', revision: 0 },
    { spelled: '-0', revision: 0 },
    { spelled: '0e400', revision: 0 },
    { spelled: '9007199254740991', revision: 9007199254740991 },
  ];
  it.each(revisions)('revision $spelled is $revision', async ({ spelled, revision }) => {
    const sender = await newSender(server);
    const text = callText({ revision: spelled });
    expect((await post(server, sender.key, text)).json).toEqual(counted({ stored: 1 }));
    expect(storedDocuments(server.folder, sender.accountId)).toEqual([{ id: 'c-1', revision, document: text }]);
  });

  it.each(['1e400', '-1e400', '9007199254740993', '1e300', '0.5', '1e-400', '7.0000000001'])(
    'revision %s is refused',
    async (spelled) => {
      const sender = await newSender(server);
      const { status, json } = await post(server, sender.key, callText({ revision: spelled }));
      // 1e-400 is 0 in the numbers of JavaScript, which is as good an answer.
      const isZero = spelled === '1e-400' && status === 200;
      const rejected = [{ index: 0, id: 'c-1', path: '/revision', error: expect.stringMatching(/^must be /) }];
      expect({ status, json }).toEqual(
        isZero ? { status, json: counted({ stored: 1 }) } : { status: 400, json: counted({ rejected }) },
      );
    },
  );
});

describe('phone numbers', () => {
  const spellings = [
    { phone: '+16173990000', kept: '+16173990000' },
    { phone: '6173990000', kept: '+16173990000' },
    { phone: '16173990000', kept: '+16173990000' },
    { phone: '(617) 399-0000', kept: '+16173990000' },
    { phone: '617.399.0000', kept: '+16173990000' },
    { phone: ' +1 617 399 0000 ', kept: '+16173990000' },
    { phone: '+44 20 7946 0018', kept: '+442079460018' },
    { phone: '1001', kept: '1001' },
    { phone: '10-01', kept: '1001' },
    { phone: '911', kept: '911' },
    { phone: '020 7946 0018', country: 'GB', kept: '+442079460018' },
  ];
  it.each(spellings)('$phone is $kept', async ({ phone, kept, country = 'US' }) => {
    const sender = await newSender(server, { country });
    const documents = [call({ id: 'a', phone }), call({ id: 'b', phone: kept })];
    expect((await post(server, sender.key, JSON.stringify(documents))).json).toEqual(counted({ stored: 2 }));
    expect(numbersOf(server.folder, sender.accountId)).toEqual([kept]);
    const owned = await server.store.numbers.isOwned(sender.accountId, sender.user.userId, kept);
    expect(owned).toBe(true);
  });

  const callersOf = (accountId: number) =>
    query(server.folder, 'SELECT caller, calls FROM caller_days WHERE account_id = ? ORDER BY caller', accountId).map(
      ({ caller, calls }) => [caller, calls],
    );

  it.each([null, '', 'anonymous', 'restricted', 'unavailable', 'private', 'Anonymous', 'RESTRICTED'])(
    'caller %j is withheld: the call counts, the caller does not',
    async (caller) => {
      const { key, accountId } = await newSender(server);
      expect((await post(server, key, JSON.stringify(call({ caller })))).json).toEqual(counted({ stored: 1 }));
      expect(callersOf(accountId)).toEqual([]);
      expect(sumsOf(server.folder, accountId).calls).toBe(1);
    },
  );

  it('counts a caller in any spelling as the same', async () => {
    const { key, accountId } = await newSender(server);
    const callers = ['+12125550123', '2125550123', '(212) 555-0123', '1-212-555-0123'];
    const documents = callers.map((caller, index) => call({ id: `c-${index}`, caller }));
    expect((await post(server, key, JSON.stringify(documents))).status).toBe(200);
    expect(callersOf(accountId)).toEqual([['+12125550123', 4]]);
  });

  it('refuses numbers that the account does not have to a strict key', async () => {
    const { key, accountId, user } = await newSender(server, { isStrict: true });
    await server.store.numbers.add(accountId, user.userId, '+16173990000', server.clock.nowMs);
    const unknown = call({ id: 'b', phone: '6173990001' });
    const { status, json } = await post(server, key, JSON.stringify([call({ id: 'a' }), unknown, call({ id: 'c' })]));
    const problem = { id: 'b', path: '/phone', error: expect.stringMatching(/must be .*got \+16173990001/) };
    expect({ status, json }).toEqual({
      status: 207,
      json: counted({ stored: 2, rejected: [{ index: 1, ...problem }] }),
    });
    expect(numbersOf(server.folder, accountId)).toEqual(['+16173990000']);
    expect(keptRejects(server.folder, accountId)).toEqual([
      { ...problem, times: 1, document: Buffer.from(JSON.stringify(unknown)) },
    ]);
    await server.store.numbers.add(accountId, user.userId, '+16173990001', server.clock.nowMs);
    expect((await post(server, key, JSON.stringify(unknown))).json).toEqual(counted({ stored: 1 }));
  });

  it('lets a strict key of the account and one that is not send side by side', async () => {
    const { key, accountId, user } = await newSender(server);
    const strict = await server.addKey(user, { isStrict: true });
    const document = JSON.stringify(call());
    expect((await post(server, strict, document)).status).toBe(400);
    expect((await post(server, key, document)).json).toEqual(counted({ stored: 1 }));
    expect((await post(server, strict, document)).json).toEqual(counted({ unchanged: 1 }));
    expect(numbersOf(server.folder, accountId)).toEqual(['+16173990000']);
  });
});
