import { join } from 'node:path';
import { setTimeout as delay } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { addUserWithKey, callDocument, ndjson, send } from './client.ts';
import { openStream, refusal } from './open-request.ts';
import { repository, until, Workplace } from './workplace.ts';

const places: Workplace[] = [];
function newPlace(): Workplace {
  const place = new Workplace();
  places.push(place);
  return place;
}
afterAll(() => Promise.all(places.map((place) => place.remove())));

const storedIds = (place: Workplace) => place.rows('SELECT call_id AS id FROM documents').map(({ id }) => `${id}`);

describe('serve on an empty data folder', () => {
  it('says in three lines how to begin, and the lines work as they are', async () => {
    const place = newPlace();
    const server = place.start(['serve', '--port', '0']);
    const begin = await until(() => /\nThere are no users yet.*\n.*\n.*\n/.exec(server.output.stderr)?.[0], server);
    const [, intro, ...commands] = begin.trimEnd().split('\n');
    expect(intro).toBe('There are no users yet. In another terminal, in this folder:');
    const words = commands.map((line) => line.trim().split(/ {2,}/)[0]?.split(' ').slice(2) ?? []);
    expect(words).toEqual([
      ['user', 'add', '--login', 'you', '--time-zone', 'America/New_York'],
      ['key', 'add', '--login', 'you'],
    ]);
    const [addUser = [], addKey = []] = words;
    await place.output(addUser);
    const key = await place.output(addKey);
    const [, address = ''] = /^Voxgauge listens on (http:\S+)\n/.exec(server.output.stderr) ?? [];
    expect((await send(address, key, callDocument('c-1'))).status).toBe(200);
    server.signal('SIGTERM');
    expect(await server.ended).toMatchObject({ code: 0, stdout: '' });
  });
});

describe('a log that cannot be written', () => {
  it('is given up, and nothing else', async () => {
    const place = newPlace();
    const program = join(repository, 'bin/voxgauge.js');
    const command = `exec "${process.execPath}" "${program}" serve --port 0 > /dev/full`;
    const server = place.startProgram('bash', ['-c', command], { environment: { VOXGAUGE_LOG_LEVEL: 'info' } });
    const address = await until(() => /^Voxgauge listens on (http:\S+)\n/.exec(server.output.stderr)?.[1], server);
    await until(() => /the log cannot be written/.exec(server.output.stderr)?.[0], server);
    expect((await fetch(`${address}/health/live`)).status).toBe(200);
    server.signal('SIGTERM');
    expect(await server.ended).toMatchObject({ code: 0, signal: null });
  });
});

describe('a second server', () => {
  it('is refused where the first works in the folder, or on the port', async () => {
    const place = newPlace();
    const first = await place.serve();
    const sameFolder = await place.run(['serve', '--port', '0']);
    expect(sameFolder).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `voxgauge: another server works in ${place.data}; stop it, or name another folder in VOXGAUGE_DATA\n`,
    });
    const port = new URL(first.address).port;
    const samePort = await place.run(['serve', '--port', port], {
      environment: { VOXGAUGE_DATA: place.path('other') },
    });
    expect(samePort).toMatchObject({
      code: 1,
      stdout: '',
      stderr: `voxgauge: port ${port} of 127.0.0.1 is taken; name another with --port or VOXGAUGE_PORT\n`,
    });
  });

  it('takes over where the first was killed', async () => {
    const place = newPlace();
    const first = await place.serve();
    first.signal('SIGKILL');
    await first.ended;
    const second = await place.serve();
    expect((await fetch(`${second.address}/health/ready`)).status).toBe(200);
  });
});

describe('a server that gets SIGTERM', () => {
  it('takes no new connections, and answers the request that it has begun to read', async () => {
    const place = newPlace();
    const key = await addUserWithKey(place.data, 'plum');
    const server = await place.serve();
    const open = await openStream(server.address, key);
    open.write(ndjson([callDocument('c-1')]));
    server.signal('SIGTERM');
    await refusal(server.address);
    open.write(ndjson([callDocument('c-2')]));
    expect(await open.finish()).toEqual({
      status: 200,
      body: { stored: 2, replaced: 0, unchanged: 0, stale: 0, rejected: [] },
    });
    expect(await server.ended).toMatchObject({ code: 0, signal: null });
    expect(storedIds(place)).toEqual(['c-1', 'c-2']);
  });

  it('has stored what it answered with 200, and answered what it stored', async () => {
    const place = newPlace();
    const key = await addUserWithKey(place.data, 'plum');
    const server = await place.serve();
    const answered: string[] = [];
    const sender = async (name: number) => {
      for (let count = 0; ; count += 1) {
        const id = `${name}-${count}`;
        // Refused, or cut off before it was read: not accepted, and to be sent again.
        const status = await send(server.address, key, callDocument(id))
          .then(({ status }) => status)
          .catch(() => null);
        if (status !== 200) return status;
        answered.push(id);
        if (answered.length === 300) server.signal('SIGTERM');
      }
    };
    const last = await Promise.all(Array.from({ length: 16 }, (_, name) => sender(name)));
    expect(last.filter((status) => status !== null)).toEqual([]);
    expect(await server.ended).toMatchObject({ code: 0, signal: null });
    expect(storedIds(place).sort()).toEqual(answered.sort());
  });

  it('ends at once when it gets it again, and keeps what it has answered', async () => {
    const place = newPlace();
    const key = await addUserWithKey(place.data, 'plum');
    const server = await place.serve();
    expect((await send(server.address, key, callDocument('c-1'))).status).toBe(200);
    const open = await openStream(server.address, key);
    open.write(ndjson([callDocument('c-2')]));
    server.signal('SIGTERM');
    await refusal(server.address);
    // The body of the open request never ends. A signal that comes right after the first counts as the same.
    let hasEnded = false;
    const ended = server.ended.finally(() => {
      hasEnded = true;
    });
    while (!hasEnded) {
      server.signal('SIGTERM');
      await delay(50);
    }
    expect(await ended).toMatchObject({ code: null, signal: 'SIGTERM' });
    expect(storedIds(place)).toEqual(['c-1']);
  });
});
