import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { keyHint, newIngestKey, sha256Of } from '../../src/secrets/tokens.ts';
import { withStore } from '../http/ingest/verification.ts';

export interface ServerProcess {
  readonly pid: number;
  /** Resolves when the server listens; rejects when the process ends before. */
  readonly listening: Promise<string>;
  /** Takes the process's life as a power cut would, and waits until it is gone. */
  kill(): Promise<void>;
  /** Asks it to end, and waits; returns the exit code. */
  stop(): Promise<number | null>;
}

const program = fileURLToPath(new URL('../../bin/voxgauge.js', import.meta.url));

/** Starts the program as a user does: `voxgauge serve` in a process of its own, on any free port. */
export function spawnServer(folder: string, nodeOptions = ''): ServerProcess {
  const inherited = Object.entries(process.env).filter(([name]) => !name.startsWith('VOXGAUGE_'));
  const settings = {
    VOXGAUGE_DATA: folder,
    VOXGAUGE_PORT: '0',
    VOXGAUGE_LOG_LEVEL: 'error',
    NODE_OPTIONS: nodeOptions,
  };
  const child = spawn(process.execPath, [program, 'serve', '--json'], {
    env: { ...Object.fromEntries(inherited), ...settings },
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  const exited = once(child, 'exit');
  const ended = async (signal: NodeJS.Signals): Promise<number | null> => {
    child.kill(signal);
    await exited;
    return child.exitCode;
  };
  const listening = addressFrom(createInterface({ input: child.stdout }));
  // Who waits for it is told; who kills the server earlier need not be.
  listening.catch(() => {});
  return {
    pid: child.pid ?? 0,
    listening,
    kill: async () => {
      await ended('SIGKILL');
    },
    stop: () => ended('SIGTERM'),
  };
}

async function addressFrom(output: AsyncIterable<string>): Promise<string> {
  const { promise, resolve, reject } = Promise.withResolvers<string>();
  // Reads on after the address, so that a server which logs much is not stopped by a full pipe.
  const reading = (async () => {
    for await (const line of output) {
      const { address } = JSON.parse(line);
      if (typeof address === 'string') resolve(address);
    }
    reject(new Error('the server ended before it listened'));
  })();
  reading.catch(reject);
  return promise;
}

export interface Owner {
  readonly accountId: number;
  readonly key: string;
}

/** Makes a user with an account (UTC) and a key, in the folder of a server that need not run. */
export function addOwner(folder: string): Promise<Owner> {
  return withStore(folder, async (store) => {
    const account = { name: 'owner', timeZone: null, country: null };
    const added = await store.accounts.addUser(
      { tool: 'dev', login: 'owner', passwordHash: 'none', isAdmin: false, account },
      0,
    );
    if (!added.ok) throw new Error(`the user could not be added: ${added.error.kind}`);
    const { user } = added.value;
    const key = newIngestKey();
    await store.keys.add({ user, sha256: sha256Of(key), hint: keyHint(key), label: '', isStrict: false }, 0);
    return { accountId: user.account.accountId, key };
  });
}
