import { type Place, runVoxgauge } from './voxgauge.ts';

const login = 'bench';

/** The one login of a bench's data folder. */
export interface Account {
  readonly login: string;
  readonly password: string;
}

export async function addAccount(place: Place): Promise<Account> {
  const added: { readonly password: string } = JSON.parse(
    await runVoxgauge(place, ['user', 'add', '--login', login, '--time-zone', 'UTC', '--json']),
  );
  return { login, password: added.password };
}

/** Makes a key to send calls with. */
export async function addKey(place: Place, { login }: Account): Promise<string> {
  return (await runVoxgauge(place, ['key', 'add', '--login', login])).trim();
}

/** Logs in; returns the value of the Authorization header of data requests. */
export async function logIn(address: string, { login, password }: Account): Promise<string> {
  const body = new URLSearchParams({ tool: 'dev', login, password });
  const response = await fetch(`${address}/api/auth`, { method: 'POST', body });
  if (!response.ok) throw new Error(`the login was answered with ${response.status}: ${await response.text()}`);
  const given: Account = JSON.parse(await response.text());
  return `Basic ${Buffer.from(`${given.login}:${given.password}`).toString('base64')}`;
}
