import { hashPassword } from '../../src/secrets/passwords.ts';
import { keyHint, newIngestKey, sha256Of } from '../../src/secrets/tokens.ts';
import { openStore } from '../../src/store/open.ts';

/** What senders and readers do, as far as tests of the command line need it. */

export const password = 'correct horse battery staple';

interface Login {
  readonly login: string;
  readonly tool?: string;
  readonly password?: string;
}

/** Adds a user in New York and an ingest key, past the command line: most tests are about something else. */
export async function addUserWithKey(data: string, login: string): Promise<string> {
  const nowMs = Date.now();
  const store = await openStore({ kind: 'sqlite', folder: data }, { observer: { committed: () => {} }, nowMs });
  const passwordHash = await hashPassword(password);
  const account = { name: login, timeZone: 'America/New_York', country: 'US' };
  const added = await store.accounts.addUser({ tool: 'dev', login, passwordHash, isAdmin: false, account }, nowMs);
  if (!added.ok) throw new Error(`user ${login}: ${added.error.kind}`);
  const key = newIngestKey();
  await store.keys.add(
    { user: added.value.user, sha256: sha256Of(key), hint: keyHint(key), label: '', isStrict: false },
    nowMs,
  );
  await store.close();
  return key;
}

/** The status, and the Authorization header that data requests then carry. */
export async function logIn(address: string, { login, tool = 'dev', password: given = password }: Login) {
  const body = new URLSearchParams({ tool, login, password: given });
  const response = await fetch(`${address}/api/auth`, { method: 'POST', body });
  const credentials: { login?: string; password?: string } = JSON.parse(await response.text());
  const authorization = `Basic ${Buffer.from(`${credentials.login}:${credentials.password}`).toString('base64')}`;
  return { status: response.status, authorization };
}

/** The performance report, `20180207/20180207/day/ALL` and the like. */
export async function report(address: string, authorization: string, path: string) {
  const response = await fetch(`${address}/api/performance/${path}`, { headers: { authorization } });
  return { status: response.status, text: await response.text() };
}

/** How many calls a report counts in all. */
export function callsIn(text: string): number {
  const { calls }: { calls: Record<string, number> } = JSON.parse(text);
  return Object.values(calls).reduce((sum, count) => sum + count, 0);
}

export const send = (address: string, key: string, documents: unknown): Promise<Response> =>
  fetch(`${address}/ingest/v1/calls`, {
    method: 'POST',
    headers: { authorization: `Bearer ${key}`, 'content-type': 'application/json' },
    body: JSON.stringify(documents),
  });

/** A call of 30 seconds on 2018-02-07 in New York. */
export const callDocument = (id: string, changes: object = {}) => ({
  id,
  phone: '6173990000',
  caller: '8005550142',
  application: 'https://ivr.example/start.php',
  started_at: '2018-02-07T10:20:00-05:00',
  ended_at: '2018-02-07T10:20:30-05:00',
  events: [{ type: 'page_load', at: 0, url: 'https://ivr.example/main.php', duration_ms: 45 }],
  ...changes,
});

export const dayOfCalls = '20180207/20180207/day/ALL';

/** Documents, one a line. */
export const ndjson = (documents: readonly unknown[]): string =>
  documents.map((document) => `${JSON.stringify(document)}\n`).join('');

/** So many documents, with ids that begin in the same way. */
export const callDocuments = (count: number, prefix: string) =>
  Array.from({ length: count }, (_, index) => callDocument(`${prefix}-${index}`));
