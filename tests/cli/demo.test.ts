import { readdirSync } from 'node:fs';
import { setTimeout } from 'node:timers/promises';
import { afterAll, describe, expect, it } from 'vitest';
import { callDocument, callsIn, send } from './client.ts';
import { until, Workplace } from './workplace.ts';

const places: Workplace[] = [];
function newPlace(): Workplace {
  const place = new Workplace();
  places.push(place);
  return place;
}
afterAll(() => Promise.all(places.map((place) => place.remove())));

const lastLine = (text: string) => /^ {2}(curl .*)\n$/m.exec(text)?.[1];
const demoFolders = (place: Workplace) => readdirSync(place.temporary);

describe('demo', () => {
  it('prints address, login, key and a line to paste, and removes its folder when it is stopped', async () => {
    const place = newPlace();
    const demo = place.start(['demo', '--days', '3', '--port', '0']);
    const curl = await until(() => lastLine(demo.output.stdout), demo);
    const [, address = ''] = /^address: {4}(http:\/\/127\.0\.0\.1:\d+)$/m.exec(demo.output.stdout) ?? [];
    const [, key = ''] = /^ingest key: (vgk_[\w-]{43})$/m.exec(demo.output.stdout) ?? [];
    expect(demo.output.stdout).toMatch(/^login: {6}demo \(tool dev\), password [\w-]{20}$/m);
    const [, calls = ''] = /^(\d+) calls of 3 days$/m.exec(demo.output.stderr) ?? [];
    expect(Number(calls)).toBeGreaterThan(100);

    const pasted = await place.startProgram('bash', ['-c', curl]).ended;
    expect(pasted).toMatchObject({ code: 0, stderr: '' });
    expect(callsIn(pasted.stdout)).toBe(Number(calls));
    expect((await send(address, key, callDocument('c-1'))).status).toBe(200);
    expect(demoFolders(place)).toEqual([expect.stringMatching(/^voxgauge-demo-/)]);

    demo.signal('SIGTERM');
    expect(await demo.ended).toMatchObject({ code: 0, signal: null });
    expect(demoFolders(place)).toEqual([]);
  });

  it('has 90 days when nothing else is said, and prints the same as JSON', async () => {
    const place = newPlace();
    const startedMs = performance.now();
    const demo = place.start(['demo', '--port', '0', '--json']);
    const line = await until(() => /^\{.*\}\n/m.exec(demo.output.stdout)?.[0], demo);
    console.log(`a demo of 90 days was up after ${((performance.now() - startedMs) / 1000).toFixed(1)} s`);
    const [, calls = ''] = /^(\d+) calls of 90 days$/m.exec(demo.output.stderr) ?? [];
    const printed: { curl: string } = JSON.parse(line);
    expect(printed).toEqual({
      address: expect.stringMatching(/^http:\/\/127\.0\.0\.1:\d+$/),
      tool: 'dev',
      login: 'demo',
      password: expect.stringMatching(/^[\w-]{20}$/),
      ingest_key: expect.stringMatching(/^vgk_/),
      curl: expect.stringMatching(/^curl /),
    });
    const pasted = await place.startProgram('bash', ['-c', printed.curl]).ended;
    expect(callsIn(pasted.stdout)).toBe(Number(calls));
    demo.signal('SIGTERM');
    expect(await demo.ended).toMatchObject({ code: 0, signal: null });
  }, 120_000);

  it('goes on with calls where it is told to', async () => {
    const place = newPlace();
    const demo = place.start(['demo', '--days', '1', '--port', '0', '--json', '--live']);
    const line = await until(() => /^\{.*\}\n/m.exec(demo.output.stdout)?.[0], demo);
    const { address }: { address: string } = JSON.parse(line);
    const replaced = async () => {
      const text = await (await fetch(`${address}/metrics`)).text();
      return Number(/^voxgauge_documents_total\{outcome="replaced"\} (\d+)$/m.exec(text)?.[1] ?? 0);
    };
    while ((await replaced()) === 0) await setTimeout(200);
    demo.signal('SIGTERM');
    expect(await demo.ended).toMatchObject({ code: 0, signal: null });
    expect(demoFolders(place)).toEqual([]);
  });

  it('that is stopped while it is being filled ends without complaint, and leaves nothing', async () => {
    const place = newPlace();
    const demo = place.start(['demo', '--port', '0', '--days', '3659']);
    await until(() => /^demo calls: \d+ calls/m.exec(demo.output.stderr)?.[0], demo);
    demo.signal('SIGTERM');
    const { code, stdout, stderr } = await demo.ended;
    expect({ code, stdout, complaints: stderr.replaceAll(/^demo calls: .*\n/gm, '') }).toEqual({
      code: 0,
      stdout: '',
      complaints: '',
    });
    expect(demoFolders(place)).toEqual([]);
  });

  it('leaves nothing where its port is taken', async () => {
    const place = newPlace();
    const first = await place.serve();
    const { code, stdout, stderr } = await place.run(['demo', '--port', new URL(first.address).port]);
    expect({ code, stdout }).toEqual({ code: 1, stdout: '' });
    expect(stderr).toMatch(
      /^voxgauge: port \d+ of 127\.0\.0\.1 is taken; name another with --port or VOXGAUGE_PORT\n$/,
    );
    expect(demoFolders(place)).toEqual([]);
  });
});
