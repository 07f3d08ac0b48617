import { callDocument } from '../cli/client.ts';
import { startTestServer } from '../harness/server.ts';

/** A server with the call of the examples, and a login that may read it. */
export async function startSite() {
  const server = await startTestServer();
  const user = await server.addUser({ login: 'plum', timeZone: 'America/New_York', country: 'US' });
  const key = await server.addKey(user);
  await server.send(key, [callDocument('c-1')]);
  return { address: server.address, key, logIn: () => server.logIn(user), close: () => server.close() };
}
