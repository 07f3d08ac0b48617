import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { addUserWithKey, callDocument, ndjson } from '../cli/client.ts';
import { openStream, refusal } from '../cli/open-request.ts';
import { addressOf, type Running, repository, Workplace } from '../cli/workplace.ts';

/** What npm does in a clone. It stands between whoever ends the server and the server. */
let place: Workplace;
beforeEach(() => {
  place = new Workplace();
});
afterEach(() => place.remove());

const npmStart = ['start', '--', '--port', '0', '--json'];

describe('npm start', () => {
  const signals: readonly { readonly name: string; readonly end: (npm: Running) => void }[] = [
    { name: 'SIGTERM, as a container sends it to npm alone', end: (npm) => npm.signal('SIGTERM') },
    {
      name: 'Ctrl-C, which a terminal sends to npm and the server both',
      end: (npm) => npm.signalGroup('SIGINT'),
    },
  ];
  it.each(signals)('stops gracefully on $name', async ({ end }) => {
    const key = await addUserWithKey(place.data, 'plum');
    const npm = place.startProgram('npm', npmStart, { in: repository, isGroup: true });
    const address = await addressOf(npm);
    const open = await openStream(address, key);
    open.write(ndjson([callDocument('c-1')]));
    end(npm);
    await refusal(address);
    expect(await open.finish()).toMatchObject({ status: 200, body: { stored: 1 } });
    await npm.ended;
    expect(place.rows('SELECT call_id AS id FROM documents')).toEqual([{ id: 'c-1' }]);
  });
});

describe('npx voxgauge', () => {
  it("runs the clone's own program", async () => {
    const { version }: { version: string } = JSON.parse(readFileSync(join(repository, 'package.json'), 'utf8'));
    const { code, stdout } = await place.startProgram('npx', ['voxgauge', '--version'], { in: repository }).ended;
    expect({ code, stdout }).toEqual({ code: 0, stdout: `${version}\n` });
  });
});
