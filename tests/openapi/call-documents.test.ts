import fc from 'fast-check';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { propertyRuns } from '../data/property-runs.ts';
import { startTestServer, type TestServer } from '../harness/server.ts';
import { callDocument } from './arbitrary-documents.ts';
import { exampleCall, newYorker } from './callers.ts';
import { pointerOf } from './document.ts';
import { limits, reasonNames, refusalsOf } from './refusals.ts';
import { type Violation, violationsOf } from './schemas.ts';

/** The published schema of call documents says what the server takes, but for the reasons that are listed in refusals.ts. */

let server: TestServer;
let key: string;
beforeAll(async () => {
  server = await startTestServer({ ...limits, logLevel: 'error' });
  key = (await newYorker(server)).key;
});
afterAll(() => server.close());

const schema = pointerOf('components', 'schemas', 'CallDocument');

/**
 * What the schema has against a document. An event is held against the schemas of all types, of which those of other types than its own
 * say nothing of it.
 */
function violationsIn(document: unknown): readonly Violation[] {
  const violations = violationsOf(schema, document).filter(({ keyword }) => keyword !== 'anyOf');
  const typeOf = ({ path, schemaPath }: Violation): string | null => {
    const [, event] = /^\/events\/(\d+)/.exec(path) ?? [];
    const [, type] = /\/events\/items\/anyOf\/(\d+)\//.exec(schemaPath) ?? [];
    return event === undefined || type === undefined ? null : `${event} ${type}`;
  };
  const others = new Set(violations.filter(({ keyword }) => ['const', 'not'].includes(keyword)).map(typeOf));
  return violations.filter((violation) => !others.has(typeOf(violation)));
}

/** What became of each document: the path at which it was refused, or that it was taken. */
async function fatesOf(documents: readonly unknown[]): Promise<readonly string[]> {
  const response = await server.send(key, documents);
  const { rejected }: { readonly rejected: readonly { readonly index: number; readonly path: string }[] } = JSON.parse(
    await response.text(),
  );
  return documents.map((_, place) => rejected.find(({ index }) => index === place)?.path ?? 'taken');
}

it('is what the server refuses, at a path that is wrong, and nothing else', async () => {
  const seen = new Set<string>();
  const documents = fc.array(callDocument, { minLength: 20, maxLength: 20 });
  const isAsPublished = fc.asyncProperty(documents, async (sent) => {
    const fates = await fatesOf(sent);
    for (const [index, document] of sent.entries()) {
      const [violations, refusals] = [violationsIn(document), refusalsOf(document)];
      const wrong = [...violations, ...refusals].map(({ path }) => path);
      const fate = wrong.length === 0 ? 'taken' : expect.toBeOneOf(wrong);
      expect({ document, fate: fates[index] }).toEqual({ document, fate });
      seen.add(`${violations.length > 0} ${refusals.length > 0}`);
    }
  });
  await fc.assert(isAsPublished, propertyRuns(200));
  expect([...seen].sort()).toEqual(['false false', 'false true', 'true false', 'true true']);
});

const event = (changes: object) => ({ type: 'note', at: 0, ...changes });
const load = { type: 'page_load', at: 0, url: 'main.php', duration_ms: 31_622_400_000 };

/** What no schema can say. */
const refused = [
  ['an instant is none, or does not exist', '/started_at', { started_at: '2018-02-30T10:00:00Z' }],
  ['an instant is none, or does not exist', '/ended_at', { ended_at: 'today' }],
  ['an instant is none, or does not exist', '/events/0/at', { events: [event({ at: '10:00' })] }],
  [
    'a call ends before it starts, or more than 366 days later',
    '/ended_at',
    { started_at: '2018-02-07T15:00:02Z', ended_at: '2018-02-07T15:00:00Z' },
  ],
  ['a call ends before it starts, or more than 366 days later', '/ended_at', { ended_at: '2019-02-08T15:00:02.001Z' }],
  ['a name has NUL or half a character in it', '/id', { id: 'a\0' }],
  ['a name has NUL or half a character in it', '/application', { application: '\ud800' }],
  ['a number has no digits', '/phone', { phone: 'plum' }],
  ['an event has what the caller said', '/events/0/input', { events: [event({ input: '7' })] }],
  ['events are too many', '/events', { events: [1, 2, 3, 4].map(() => event({})) }],
  ['events last too long together', '/events', { events: [load, { ...load, duration_ms: 1 }] }],
  ['a document is too large', '', { filler: 'x'.repeat(limits.maxDocumentBytes) }],
] as const;

describe('a document that is as its schema says is refused all the same where', () => {
  it.each(refused)('%s: at "%s"', async (reason, path, changes) => {
    const document = { ...Object(exampleCall), ended_at: null, ...changes };
    expect(violationsOf(schema, document)).toEqual([]);
    expect(refusalsOf(document)).toEqual([{ reason, path }]);
    expect(await fatesOf([document])).toEqual([path]);
  });

  it('of all reasons there is an example', () => {
    expect([...new Set(refused.map(([reason]) => reason))]).toEqual(reasonNames);
  });
});

// A pattern for names, such as `^.*$`, would pass over those with a line break.
it('looks at labels whatever their names are', async () => {
  const document = { ...Object(exampleCall), labels: { 'two\nlines': 5 } };
  expect(violationsOf(schema, document).map(({ path }) => path)).toEqual(['/labels/two\nlines']);
  expect(await fatesOf([document])).toEqual(['/labels/two\nlines']);
});
