import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import type { Content } from '../../src/http/operation.ts';
import { hashPassword } from '../../src/secrets/passwords.ts';
import { startTestServer, type TestServer } from '../harness/server.ts';
import { type Answer, exchange } from '../http/voicetrends/exchange.ts';
import type { Owner } from '../http/voicetrends/owner.ts';
import { exampleCall, exampleOwner, newYorker, waysInto } from './callers.ts';
import { deviationsOf, typeOf } from './conformity.ts';
import { type Documented, gets, operationOf, operations, parametersOf, pointerOf } from './document.ts';
import { inRepresentation } from './representations.ts';
import { exampleValues, sendBody, targetOf } from './requests.ts';
import { violationsOf } from './schemas.ts';

/** The examples are executed: what the requests are answered is what stands beside them. */

let server: TestServer;
let owner: Owner;
beforeAll(async () => {
  server = await startTestServer({ logLevel: 'error' });
  owner = await exampleOwner(server);
});
afterAll(() => server.close());

const sendCalls = operationOf('sendCalls');
const exampleOf = ({ operation }: Documented, status: number): unknown =>
  operation.responses[status]?.content?.['application/json']?.example;

/** What an answer is, and how it deviates from the document. */
const judged = (documented: Documented, answer: Answer) => ({
  status: answer.status,
  type: typeOf(answer),
  deviations: deviationsOf(documented, answer),
});
const conforming = (status: number, type: string) => ({ status, type, deviations: [] });
const read = (answer: Answer): unknown => JSON.parse(answer.text);

describe('every example is valid by its own schema', () => {
  const inContent = (content: Content, pointer: string) =>
    Object.entries(content).map(([type, { example }]) => ({ at: `${pointer}${pointerOf(type, 'schema')}`, example }));
  const examples = operations.flatMap((documented) => {
    const { operation, pointer } = documented;
    return [
      ...parametersOf(documented).map(({ example }, index) => ({
        at: `${pointer}${pointerOf('parameters', index, 'schema')}`,
        example,
      })),
      ...inContent(operation.requestBody?.content ?? {}, `${pointer}/requestBody/content`),
      ...Object.entries(operation.responses).flatMap(([status, { content = {} }]) =>
        inContent(content, `${pointer}${pointerOf('responses', status, 'content')}`),
      ),
    ];
  });
  const given = examples.filter(({ example }) => example !== undefined);

  it.each(given)('$at', ({ at, example }) => {
    expect(violationsOf(at, example)).toEqual([]);
  });

  it('and every required parameter and every request body has one', () => {
    const lacking = operations.flatMap((documented) => [
      ...parametersOf(documented).flatMap(({ name, required, example }) =>
        required && example === undefined ? [`${documented.name} ${name}`] : [],
      ),
      ...Object.entries(documented.operation.requestBody?.content ?? {}).flatMap(([type, { example }]) =>
        example === undefined ? [`${documented.name} ${type}`] : [],
      ),
    ]);
    expect(lacking).toEqual([]);
  });
});

describe(sendCalls.name, () => {
  it.each(Object.keys(sendCalls.operation.requestBody?.content ?? {}))('takes the example in %s', async (type) => {
    const { key } = await newYorker(server);
    const headers = { authorization: `Bearer ${key}` };
    const answer = await sendBody(server.address, sendCalls, { type, headers });
    expect(judged(sendCalls, answer)).toEqual(conforming(200, 'application/json'));
    expect(read(answer)).toEqual(exampleOf(sendCalls, 200));
    // It was the same call, whatever it was sent as.
    const again = await server.send(key, [exampleCall]);
    expect(await again.json()).toMatchObject({ unchanged: 1, rejected: [] });
  });

  it('answers what the example of a partly rejected request has', async () => {
    const { key } = await newYorker(server);
    const headers = { authorization: `Bearer ${key}` };
    const call = (index: number, changes: object) => ({ ...Object(exampleCall), id: `c-${index}`, ...changes });
    const events = [0, 1, 2].map(() => ({ type: 'note', at: 0 }));
    const bad = { type: 'page_load', at: 0, url: 'https://ivr.example/main.php', duration_ms: -4 };
    const calls = Array.from({ length: 500 }, (_, index) =>
      call(index, index === 17 ? { events: [...events, bad] } : {}),
    );
    const sent = (list: readonly unknown[]) =>
      sendBody(server.address, sendCalls, { type: 'application/json', body: JSON.stringify(list), headers });
    await sent([call(0, { revision: 0 })]);
    const answer = await sent(calls);
    expect(judged(sendCalls, answer)).toEqual(conforming(207, 'application/json'));
    expect(read(answer)).toEqual(exampleOf(sendCalls, 207));
  });
});

describe('POST /api/auth', () => {
  const logIn = operationOf('logIn');
  const type = 'application/x-www-form-urlencoded';
  const example: unknown = logIn.operation.requestBody?.content[type]?.example;

  it('lets the login of the example in, in JSON and XML', async () => {
    const fields: { tool: 'dev'; login: string; password: string } = JSON.parse(JSON.stringify(example));
    const account = { name: 'examples', timeZone: null, country: null };
    const passwordHash = await hashPassword(fields.password);
    await server.store.accounts.addUser({ ...fields, passwordHash, isAdmin: false, account }, server.clock.nowMs);
    for (const accept of Object.keys(logIn.operation.responses[200]?.content ?? {})) {
      const answer = await sendBody(server.address, logIn, { type, headers: { accept } });
      expect(judged(logIn, answer)).toEqual(conforming(200, accept));
    }
  });
});

describe.each(gets)('$name', (documented) => {
  const types = Object.keys(documented.operation.responses[200]?.content ?? {});

  it.each(types)('answers to the example of the request what the example of the answer has, in %s', async (type) => {
    const example = exampleOf(documented, 200);
    expect(example).toBeDefined();
    for (const { headers } of await waysInto(documented, server, owner)) {
      const answer = await exchange(server.address, targetOf(documented), { headers: { accept: type, ...headers } });
      expect(judged(documented, answer)).toEqual(conforming(200, type));
      const { got, want } = inRepresentation(type, answer.text, example);
      expect(got).toEqual(want);
    }
  });

  it('needs no more than the parameters that are required', async () => {
    const required = parametersOf(documented).filter((each) => each.required);
    const examples = exampleValues(documented);
    const values = Object.fromEntries(required.map(({ name }) => [name, examples[name]]));
    const answer = await owner.ask(targetOf(documented, values));
    expect(judged(documented, answer)).toEqual(conforming(200, 'application/json'));
  });
});

it('has an example for every answer of a kind that is tried here, and no other', () => {
  const found = operations.flatMap((documented) =>
    Object.entries(documented.operation.responses).flatMap(([status, { content = {} }]) =>
      Object.entries(content).flatMap(([type, { example }]) =>
        example === undefined ? [] : [{ name: documented.name, status, type }],
      ),
    ),
  );
  const tried = [
    ...[200, 207].map((status) => ({ name: sendCalls.name, status: `${status}`, type: 'application/json' })),
    ...gets.map(({ name }) => ({ name, status: '200', type: 'application/json' })),
  ];
  expect(found).toEqual(tried);
});
