import { randomUUID } from 'node:crypto';
import { startTestServer, type TestServer, testPassword } from '../../harness/server.ts';
import { type Answer, exchange, type Sent } from '../../http/voicetrends/exchange.ts';
import { newYorker } from '../callers.ts';
import { type Asked, type Driver, inEachWay, without } from './stage.ts';

type Fields = Readonly<Record<string, string>>;

/** How logging in is made to answer what it can answer. */
export const logInDrivers: Readonly<Record<string, Driver>> = {
  200: async (asked) => {
    const fields = await fieldsOf(asked.stage.open);
    const form = new FormData();
    for (const [name, value] of Object.entries(fields)) form.set(name, value);
    const multipart = new Response(form);
    const type = multipart.headers.get('content-type') ?? '';
    const ways = {
      'fields in a form': formOf(fields),
      'fields in multipart/form-data': { body: await multipart.text(), headers: { 'content-type': type } },
      'fields in the query string': { query: `?${new URLSearchParams(fields)}` },
    };
    return inEachWay(ways, (way) => send(asked, way));
  },

  '400 badRequest': async (asked) => {
    const fields = await fieldsOf(asked.stage.open);
    const { password: _, ...withoutPassword } = fields;
    const ways = {
      'no fields': {},
      'no password': formOf(withoutPassword),
      'an unknown tool': formOf({ ...fields, tool: 'plum' }),
      'an empty login': formOf({ ...fields, login: '' }),
      'a login that is too long': formOf({ ...fields, login: 'x'.repeat(257) }),
      'no form': { body: JSON.stringify(fields), headers: { 'content-type': 'application/json' } },
      'a body of more than 64 KiB': formOf({ ...fields, more: 'x'.repeat(65_536) }),
    };
    return inEachWay(ways, (way) => send(asked, way));
  },

  '401 loginInvalid': async (asked) => {
    const { open } = asked.stage;
    const [fields, disabled] = [await fieldsOf(open), await newYorker(open)];
    await open.store.accounts.setDisabled(disabled.user.userId, true, { mayLeaveNoAdmin: true });
    const ways = {
      'a wrong password': { ...fields, password: 'x' },
      'an unknown login': { ...fields, login: randomUUID() },
      'another tool': { ...fields, tool: 'insight' },
      'a disabled login': { ...fields, login: disabled.user.login },
    };
    return inEachWay(ways, (each) => send(asked, formOf(each)));
  },

  '429 tooMany': async ({ stage, accept, documented }) => {
    const limited = { accept, documented, stage: { ...stage, open: stage.limited } };
    const login = formOf(await fieldsOf(stage.limited));
    await send(limited, login);
    // Nobody may fail here, and a right login comes too late after a wrong one.
    const strict = await startTestServer({ authFailuresPerAddress: 1, logLevel: 'silent' });
    try {
      const address = { accept, documented, stage: { ...stage, open: strict } };
      await send(address, formOf({ tool: 'dev', login: 'nobody', password: 'x' }));
      return {
        'a login that was tried too often': await send(limited, login),
        'an address that failed too often': await send(address, formOf(await fieldsOf(strict))),
      };
    } finally {
      await strict.close();
    }
  },

  '500 internal': async (asked) => {
    const login = formOf(await fieldsOf(asked.stage.open));
    const answer = await without(asked.stage.open, /^credentials$/, () => send(asked, login));
    return { 'credentials cannot be kept': answer };
  },

  '503 unavailable': async ({ stage, ...asked }) => {
    const { whole, failing } = await stage.failing();
    const login = formOf(await fieldsOf(whole));
    return { 'credentials cannot be kept now': await send({ ...asked, stage: { ...stage, open: failing } }, login) };
  },
};

/** The fields of a login that is right. */
async function fieldsOf(server: TestServer): Promise<Fields> {
  const { user } = await newYorker(server);
  return { tool: user.tool, login: user.login, password: testPassword };
}

const formOf = (fields: Fields): Sent => ({
  body: new URLSearchParams(fields).toString(),
  headers: { 'content-type': 'application/x-www-form-urlencoded' },
});

function send(
  { documented: { path, method }, stage: { open }, accept }: Asked,
  { query = '', headers = {}, ...sent }: Sent & { readonly query?: string },
): Promise<Answer> {
  return exchange(open.address, `${path}${query}`, { method, ...sent, headers: { accept, ...headers } });
}
