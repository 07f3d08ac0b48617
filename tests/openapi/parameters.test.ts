import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { propertyRuns } from '../data/property-runs.ts';
import { startTestServer, type TestServer } from '../harness/server.ts';
import { exchange } from '../http/voicetrends/exchange.ts';
import { basic, newOwner, type Owner } from '../http/voicetrends/owner.ts';
import { type Request, requestTo, type Shape, words } from './arbitrary-requests.ts';
import { busyCalls } from './busy-calls.ts';
import { wayInto } from './callers.ts';
import { deviationsOf, typeOf } from './conformity.ts';
import { type Documented, gets, parametersOf } from './document.ts';
import { isDecodable, wrongParameters } from './reading.ts';
import { exampleValues, targetOf } from './requests.ts';

/** Whatever is sent to a `GET`, the answer is one that the document has. */

let server: TestServer;
let owner: Owner;
beforeAll(async () => {
  server = await startTestServer({ dataRequestsPerWindow: 1e9, logLevel: 'silent' });
  owner = await newOwner(server, { calls: busyCalls });
});
afterAll(() => server.close());

const stranger = { authorization: basic('0'.repeat(32), '0'.repeat(32)) };

async function judged(documented: Documented, { target, accept, who }: Request) {
  const known = who === 'somebody known' ? await wayInto(documented, server, owner) : {};
  const headers = who === 'a stranger' ? stranger : known;
  const answer = await exchange(server.address, target, { headers: { accept, ...headers } });
  const { status } = answer;
  const deviations = deviationsOf(documented, answer);
  // Nobody's quota can be told to somebody unknown, who may be answered 400 before anybody asks who it is.
  const isQuotaKnown = status !== 400 || who === 'somebody known';
  return {
    status,
    type: typeOf(answer),
    deviations: deviations.filter((text) => isQuotaKnown || !text.startsWith('X-RateLimit-')),
  };
}

/** The statuses that the document allows for a request. */
function allowed(documented: Documented, { target, who }: Request): readonly number[] {
  if (!isDecodable(documented, target)) return [400];
  if (who !== 'somebody known') return [401];
  return wrongParameters(documented, target).length > 0 ? [400] : [200, 400];
}

/** The words of a schema, or of the elements of a list. */
function enumOf(schema: Shape): readonly string[] | null {
  return schema.enum ?? (schema.items === undefined ? null : enumOf(schema.items));
}

describe.each(gets)('$name', (documented) => {
  const typesOf = (status: number) => Object.keys(documented.operation.responses[status]?.content ?? {});

  it('refuses every word that the schema of a parameter does not have', async () => {
    const taken: string[] = [];
    for (const { name, schema } of parametersOf(documented)) {
      const values = enumOf(schema);
      for (const word of words.filter((each) => values !== null && !values.includes(each))) {
        const target = targetOf(documented, {
          ...exampleValues(documented),
          by: 'number',
          metrics: 'calls',
          [name]: word,
        });
        if ((await owner.ask(target)).status !== 400) taken.push(`${name}=${word}`);
      }
    }
    expect(taken).toEqual([]);
  });

  it('answers whatever is sent as the document says', async () => {
    const seen = new Set<string>();
    const isDocumented = fc.asyncProperty(requestTo(documented), async (request) => {
      const { status, type, deviations } = await judged(documented, request);
      expect({ status, deviations }).toEqual({
        status: expect.toBeOneOf([...allowed(documented, request)]),
        deviations: [],
      });
      // What is asked for by its name is what is sent, where there is a choice.
      if (typesOf(status).includes(request.accept)) expect(type).toBe(request.accept);
      seen.add(`${status} ${type}`);
    });
    await fc.assert(isDocumented, propertyRuns(100 * parametersOf(documented).length));
    // All of that was tried, and not one thing over and over.
    const tried = [200, 400, 401].flatMap((status) => typesOf(status).map((type) => `${status} ${type}`));
    expect([...seen].sort()).toEqual(tried.sort());
  });
});
