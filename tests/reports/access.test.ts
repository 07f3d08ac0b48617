import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { newApiToken, newIngestKey } from '../../src/secrets/tokens.ts';
import { startTestServer, type TestServer } from '../harness/server.ts';
import { exchange } from '../http/voicetrends/exchange.ts';
import { basic, call, report as compatible, newOwner, type Owner } from '../http/voicetrends/owner.ts';
import { headerOf } from './ask.ts';
import { codeOf, problemOf } from './problem.ts';
import { newToken } from './token.ts';

let server: TestServer;
let owner: Owner;
beforeAll(async () => {
  server = await startTestServer({ dataRequestsPerWindow: 1_000_000_000, logLevel: 'error' });
  owner = await newOwner(server, { calls: [call()] });
});
afterAll(() => server.close());

const path = '/api/v2/report?start=2018-02-01&end=2018-02-08';
const bearer = (token: string) => `Bearer ${token}`;
const ask = (authorization: string | null, asked = path) =>
  exchange(server.address, asked, { headers: authorization === null ? {} : { authorization } });

const callsOf = async (authorization: string) => {
  const { status, text } = await ask(authorization);
  return status === 200 ? JSON.parse(text).rows[0].calls : status;
};

/** Refused, with both ways in offered; `fetch` joins headers of one name. */
async function refusalOf(authorization: string | null, asked = path): Promise<string> {
  const headers = authorization === null ? {} : { authorization };
  const challenge = (await fetch(`${server.address}${asked}`, { headers })).headers.get('www-authenticate');
  expect(challenge).toMatch(/\bBasic realm="[^"]+"/);
  expect(challenge).toMatch(/\bBearer\b/);
  const answer = await ask(authorization, asked);
  expect(answer.status).toBe(401);
  return codeOf(problemOf(answer));
}

describe('a report', () => {
  it('is for temporary credentials and for tokens', async () => {
    const { token } = await newToken(server, owner.user);
    expect(await callsOf(owner.authorization)).toBe(1);
    expect(await callsOf(bearer(token))).toBe(1);
    expect(await callsOf(`bearer ${token}`)).toBe(1);
  });

  it('is of the numbers that the login of the token owns', async () => {
    const colleague = await newOwner(server, { account: owner.user.account.name });
    const { token } = await newToken(server, colleague.user);
    expect(await callsOf(bearer(token))).toBe(0);
  });

  it('is not for somebody without credentials', async () => {
    expect(await refusalOf(null)).toBe('tokenMissing');
  });

  it.each(['Basic', 'Basic !', 'Bearer', 'Bearer ', 'Digest username="x"', 'nonsense', basic('', '')])(
    'is not for %j',
    async (authorization) => {
      expect(await refusalOf(authorization)).toMatch(/^(tokenMissing|tokenInvalid|credentialsInvalid)$/);
    },
  );

  it('is not for credentials or tokens that do not exist', async () => {
    expect(await refusalOf(basic('0'.repeat(32), '0'.repeat(32)))).toBe('credentialsInvalid');
    const wrong = [newApiToken(), newIngestKey(), 'x', `${(await newToken(server, owner.user)).token}x`];
    for (const token of wrong) expect(await refusalOf(bearer(token))).toMatch(/Invalid$/);
  });

  it('is refused for what it lacks in credentials before anything else', async () => {
    expect(await refusalOf(null, '/api/v2/report?start=x')).toBe('tokenMissing');
  });

  it('is not for a login and its password', async () => {
    expect(await refusalOf(basic(owner.user.login, 'correct horse battery staple'))).toBe('credentialsInvalid');
  });

  it('is not for an ingest key', async () => {
    expect(await refusalOf(bearer(owner.key))).toMatch(/Invalid$/);
    expect(await refusalOf(basic(owner.key, owner.key))).toBe('credentialsInvalid');
  });
});

describe('a token', () => {
  it('is worth nothing from the moment when it is revoked; others stay', async () => {
    const [first, second] = [await newToken(server, owner.user), await newToken(server, owner.user)];
    expect(await callsOf(bearer(first.token))).toBe(1);
    await server.store.tokens.revoke(first.tokenId, server.clock.nowMs);
    expect(await refusalOf(bearer(first.token))).toMatch(/Invalid$/);
    expect(await callsOf(bearer(second.token))).toBe(1);
  });

  it('is worth nothing while its login is disabled', async () => {
    const { user } = await newOwner(server);
    const { token } = await newToken(server, user);
    expect(await callsOf(bearer(token))).toBe(0);
    await server.store.accounts.setDisabled(user.userId, true, { mayLeaveNoAdmin: true });
    expect(await refusalOf(bearer(token))).toMatch(/Invalid$/);
    await server.store.accounts.setDisabled(user.userId, false);
    expect(await callsOf(bearer(token))).toBe(0);
  });

  it('lives on when temporary credentials have expired', async () => {
    const later = await startTestServer({ logLevel: 'error' });
    try {
      const { authorization, user } = await newOwner(later);
      const { token } = await newToken(later, user);
      later.clock.nowMs += 400 * 86_400_000;
      const statusOf = async (authorization: string) =>
        (await exchange(later.address, path, { headers: { authorization } })).status;
      expect(await statusOf(bearer(token))).toBe(200);
      expect(await statusOf(authorization)).toBe(401);
    } finally {
      await later.close();
    }
  });

  it('reads reports and nothing else', async () => {
    const { token } = await newToken(server, owner.user);
    expect((await ask(bearer(token), compatible)).status).toBe(401);
    expect((await ask(basic(token, token), compatible)).status).toBe(401);
    expect((await ask(basic(token, ''))).status).toBe(401);
    const sent = await server.send(token, [call({ id: 'by token' })]);
    expect(sent.status).toBe(401);
    expect(await callsOf(owner.authorization)).toBe(1);
  });
});

describe('below /api/v2', () => {
  it.each(['/api/v2', '/api/v2/', '/api/v2/nothing', '/api/v2/report/x', '/api/v2/Report'])(
    'there is nothing at %s',
    async (asked) => {
      const problem = problemOf(await ask(owner.authorization, asked));
      expect({ status: problem.status, code: codeOf(problem) }).toEqual({ status: 404, code: 'notFound' });
    },
  );

  it.each(['POST', 'PUT', 'DELETE', 'PATCH'])('a report does not know %s', async (method) => {
    const answer = await owner.ask(path, { method });
    expect(headerOf(answer, 'allow')?.split(/,\s*/)).toContain('GET');
    const problem = problemOf(answer);
    expect({ status: problem.status, code: codeOf(problem) }).toEqual({ status: 405, code: 'methodNotAllowed' });
  });
});
