import { exchange } from '../../http/voicetrends/exchange.ts';
import { basic, type Owner } from '../../http/voicetrends/owner.ts';
import { newToken } from '../../reports/token.ts';
import { exampleOwner, newYorker, wayInto, waysInto } from '../callers.ts';
import { type Documented, parametersOf } from '../document.ts';
import { exampleValues, targetOf } from '../requests.ts';
import { type Answers, type Asked, type Driver, inEachWay, without } from './stage.ts';

/** How every `GET` of reports is made to answer what it can answer. */
export const dataDrivers: Readonly<Record<string, Driver>> = {
  200: async (asked) => {
    const { open } = asked.stage;
    const ways = await waysInto(asked.documented, open, await exampleOwner(open));
    return inEachWay(Object.fromEntries(ways.map(({ scheme, headers }) => [scheme, headers])), (headers) =>
      ask(asked, headers),
    );
  },

  '400 badRequest': async (asked) => {
    const { documented, stage } = asked;
    const headers = await wayInto(documented, stage.open, await exampleOwner(stage.open));
    return inEachWay(malformed(documented), (target) => ask(asked, headers, target));
  },

  '401 credentialsMissing': (asked) => inEachWay(nobody, (headers) => ask(asked, headers)),
  '401 tokenMissing': (asked) => inEachWay(nobody, (headers) => ask(asked, headers)),

  '401 credentialsInvalid': async (asked) => {
    const { open } = asked.stage;
    const owners = { disabled: await newYorker(open), expired: await newYorker(open) };
    await open.store.accounts.setDisabled(owners.disabled.user.userId, true, { mayLeaveNoAdmin: true });
    open.clock.nowMs += dayMs + 1;
    return inEachWay(
      { unknown: basic('0'.repeat(32), '0'.repeat(32)), never: basic('x', 'y'), ...authorizations(owners) },
      (authorization) => ask(asked, { authorization }),
    );
  },

  '401 tokenInvalid': async (asked) => {
    const { open } = asked.stage;
    const [disabled, revoked] = [await newYorker(open), await newYorker(open)];
    const tokens = { disabled: await newToken(open, disabled.user), revoked: await newToken(open, revoked.user) };
    await open.store.accounts.setDisabled(disabled.user.userId, true, { mayLeaveNoAdmin: true });
    await open.store.tokens.revoke(tokens.revoked.tokenId, open.clock.nowMs);
    const ways = { unknown: 'nonsense', disabled: tokens.disabled.token, revoked: tokens.revoked.token };
    return inEachWay(ways, (token) => ask(asked, { authorization: `Bearer ${token}` }));
  },

  '429 tooMany': async ({ documented, stage: { limited }, accept }) => {
    const target = targetOf(documented);
    const ways = await waysInto(documented, limited, await newYorker(limited));
    return inEachWay(Object.fromEntries(ways.map(({ scheme, headers }) => [scheme, headers])), async (headers) => {
      await exchange(limited.address, target, { headers });
      return exchange(limited.address, target, { headers: { accept, ...headers } });
    });
  },

  '500 internal': async (asked): Promise<Answers> => {
    const { documented, stage } = asked;
    const headers = await wayInto(documented, stage.open, await exampleOwner(stage.open));
    const answer = await without(stage.open, /_days$|_hours$|^caller_/, () => ask(asked, headers));
    return { 'the sums are gone': answer };
  },

  '503 unavailable': async ({ documented, stage, accept }) => {
    const { whole, failing } = await stage.failing();
    const ways = await waysInto(documented, whole, await newYorker(whole));
    return inEachWay(Object.fromEntries(ways.map(({ scheme, headers }) => [scheme, headers])), (headers) =>
      ask({ documented, accept, stage: { ...stage, open: failing } }, headers),
    );
  },
};

const dayMs = 86_400_000;

function ask(
  { documented, stage: { open }, accept }: Asked,
  headers: Readonly<Record<string, string>>,
  target = targetOf(documented),
) {
  return exchange(open.address, target, { headers: { accept, ...headers } });
}

/** Headers of somebody who says nothing, or nothing of use. */
const nobody: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  nothing: {},
  'an empty header': { authorization: '' },
  'another scheme': { authorization: 'Digest username="plum"' },
  'no colon': { authorization: `Basic ${Buffer.from('plum').toString('base64')}` },
};

const authorizations = (owners: Readonly<Record<string, Owner>>): Readonly<Record<string, string>> =>
  Object.fromEntries(Object.entries(owners).map(([way, { authorization }]) => [way, authorization]));

/** Targets that are not as the document says, by what is wrong with them. */
function malformed(documented: Documented): Readonly<Record<string, string>> {
  const names = new Set(parametersOf(documented).map(({ name }) => name));
  const { start, ...withoutStart } = exampleValues(documented);
  const changes = documented.path.includes('{start}') ? inPath : inQuery;
  const fitting = Object.entries(changes).filter(([, values]) => Object.keys(values).every((name) => names.has(name)));
  const raw = documented.path.includes('{start}')
    ? { 'broken percent-encoding': targetOf(documented, { start, ...withoutStart }, () => '%ZZ') }
    : {
        'a missing parameter': targetOf(documented, withoutStart),
        'an unknown parameter': `${targetOf(documented)}&unknown=1`,
        'a parameter that is given twice': `${targetOf(documented)}&period=day`,
      };
  const changed = fitting.map(([way, values]) => [way, targetOf(documented, { start, ...withoutStart, ...values })]);
  return { ...Object.fromEntries(changed), ...raw };
}

const inPath: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'no day': { start: 'today' },
  'a day that does not exist': { end: '20180230' },
  'the end before the start': { start: '20180208', end: '20180207' },
  'too many days': { start: '20000101', end: '20180207' },
  'an unknown period': { period: 'hour' },
  'no number': { phone: 'plum' },
  'a number of somebody else': { phone: '2127365000' },
};

const inQuery: Readonly<Record<string, Readonly<Record<string, unknown>>>> = {
  'no day': { start: 'today' },
  'a day that does not exist': { end: '2018-02-30' },
  'the end before the start': { start: '2018-02-08', end: '2018-02-07' },
  'too many days': { start: '2000-01-01', end: '2018-02-07' },
  'too many days by hour': { start: '2018-01-01', end: '2018-12-31', period: 'hour' },
  'an unknown period': { period: 'year' },
  'an unknown metric': { metrics: ['calls', 'phones'] },
  'a metric twice': { metrics: ['calls', 'calls'] },
  'a metric that is not kept so': { metrics: ['callers'], by: 'page' },
  'an unknown breakdown': { by: 'caller' },
  'a number of somebody else': { number: ['2127365000'] },
  'a limit of nothing': { limit: 0 },
  // Each of the 168 hours of a week is there on each day.
  'a query that is too long': {
    application: Array.from({ length: 100 }, (_, index) => `application ${index} ${'x'.repeat(50)}`),
  },
  'no cursor': { cursor: 'nonsense' },
  'another comparison': { compare: 'next' },
};
