import { createServer } from 'node:net';
import { afterAll, describe, expect, it } from 'vitest';
import { addUserWithKey, callDocument, dayOfCalls, logIn, password, send } from './client.ts';
import { Workplace } from './workplace.ts';

const place = new Workplace();
afterAll(() => place.remove());

describe('settings', () => {
  it('that are wrong are reported all together, with what they must be', async () => {
    const environment = { VOXGAUGE_PORT: 'http', VOXGAUGE_STORE: 'mysql', VOXGAUGE_DATA: '', VOXGAUGE_COLOUR: 'red' };
    const { code, stdout, stderr } = await place.run(['user', 'list'], { environment });
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr.split('\n').map((line) => line.split('; its settings are')[0])).toEqual([
      'voxgauge: VOXGAUGE_COLOUR is not a setting of Voxgauge',
      'voxgauge: VOXGAUGE_DATA must be not empty, got ""',
      'voxgauge: VOXGAUGE_PORT must be a whole number from 0 to 65535, got "http"',
      'voxgauge: VOXGAUGE_STORE must be "sqlite", "sqlite:FOLDER" or "postgres://LOGIN:PASSWORD@HOST:PORT/DATABASE", got "mysql"',
      '',
    ]);
  });

  it('reach the server, and options of the command line go before them', async () => {
    const key = await addUserWithKey(place.data, 'plum');
    const taken = createServer().listen(0, '127.0.0.1');
    await new Promise((resolve) => taken.once('listening', resolve));
    const address = taken.address();
    if (address === null || typeof address === 'string') throw new Error('no port');
    const server = await place.serve([], {
      environment: {
        VOXGAUGE_PORT: `${address.port}`,
        VOXGAUGE_DATA_REQUESTS_PER_WINDOW: '2',
        VOXGAUGE_AUTH_ATTEMPTS_PER_WINDOW: '7',
        VOXGAUGE_INGEST_MAX_DOCUMENT_BYTES: '1024',
      },
    });
    taken.close();
    const body = new URLSearchParams({ tool: 'dev', login: 'plum', password });
    const auth = await fetch(`${server.address}/api/auth`, { method: 'POST', body });
    expect(auth.headers.get('x-ratelimit-limit')).toBe('7');
    const { authorization } = await logIn(server.address, { login: 'plum' });
    const reports = `${server.address}/api/performance/${dayOfCalls}`;
    expect((await fetch(reports, { headers: { authorization } })).headers.get('x-ratelimit-limit')).toBe('2');
    const large = callDocument('c-1', { labels: { note: 'x'.repeat(1024) } });
    expect(await (await send(server.address, key, large)).json()).toMatchObject({
      rejected: [{ error: expect.stringMatching(/^must be at most 1024 bytes, got \d+$/) }],
    });
  });

  it('name the data folder, and say so where it cannot be one', async () => {
    const file = place.write('file', 'not a folder');
    const { code, stdout, stderr } = await place.run(['user', 'list'], { environment: { VOXGAUGE_DATA: file } });
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toBe(
      `voxgauge: the data folder ${file} cannot be used: EEXIST: file already exists, mkdir '${file}'; VOXGAUGE_DATA names another\n`,
    );
  });
});
