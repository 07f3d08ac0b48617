import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { addUserWithKey, callDocument } from './client.ts';
import { Workplace } from './workplace.ts';

const place = new Workplace();
beforeAll(() => addUserWithKey(place.data, 'plum'));
afterAll(() => place.remove());

const withInput = (id: string) =>
  JSON.stringify(
    callDocument(id, { events: [{ type: 'form_item', at: 0, page: 'p', form: 'f', item: 'i', input: '1' }] }),
  );
const sideways = JSON.stringify(callDocument('c-3', { direction: 'sideways' }));
const lines = [
  JSON.stringify(callDocument('c-1')),
  withInput('c-2'),
  sideways,
  '{"id":',
  Buffer.from([0x22, 0xff, 0x22]),
  withInput('c-6'),
];
const rejectedLines = async (): Promise<readonly (readonly string[])[]> => {
  const [, ...rows] = (await place.output(['rejects', 'list'])).split('\n');
  return rows.map((row) => row.split(/ {2,}/));
};
const anyTime = expect.stringMatching(/^20\d\d-\d\d-\d\dT\d\d:\d\d:\d\dZ$/);

describe('rejects', () => {
  it('are what an import did not take, with place and reason', async () => {
    const stdin = Buffer.concat(lines.map((line) => Buffer.concat([Buffer.from(line), Buffer.from('\n')])));
    const { code, stdout, stderr } = await place.run(['import', 'calls', '-', '--login', 'plum'], { stdin });
    expect({ code, stdout }).toEqual({
      code: 1,
      stdout: 'standard input: 1 stored, 0 replaced, 0 unchanged, 0 stale, 5 rejected\n',
    });
    expect(stderr.split('\n')).toEqual([
      expect.stringMatching(/^standard input, call 2 \(c-2\): \/events\/0\/input /),
      expect.stringMatching(/^standard input, call 3 \(c-3\): \/direction /),
      expect.stringMatching(/^standard input, call 4: document must be JSON: /),
      'standard input, call 5: document must be UTF-8 text',
      expect.stringMatching(/^standard input, call 6 \(c-6\): \/events\/0\/input /),
      'voxgauge: not everything was taken; "voxgauge rejects list" shows the documents that are kept with the reason',
      '',
    ]);
  });

  it('list shows them in the order in which they came in', async () => {
    expect(await rejectedLines()).toEqual([
      ['1', 'plum', 'c-2', anyTime, '1', expect.stringMatching(/^\/events\/0\/input /)],
      ['2', 'plum', 'c-3', anyTime, '1', expect.stringMatching(/^\/direction /)],
      ['3', 'plum', anyTime, '1', expect.stringMatching(/^document must be JSON/)],
      ['4', 'plum', anyTime, '1', 'document must be UTF-8 text'],
      ['5', 'plum', 'c-6', anyTime, '1', expect.stringMatching(/^\/events\/0\/input /)],
    ]);
    const listed = await place.json(['rejects', 'list', '--login', 'plum']);
    const seen = { account: 'plum', times: 1, first_at: anyTime, last_at: anyTime, error: expect.any(String) };
    expect(listed).toEqual([
      { id: 1, call: 'c-2', path: '/events/0/input', ...seen },
      { id: 2, call: 'c-3', path: '/direction', ...seen },
      { id: 3, call: null, path: '', ...seen },
      { id: 4, call: null, path: '', ...seen },
      { id: 5, call: 'c-6', path: '/events/0/input', ...seen },
    ]);
  });

  it('show prints the document alone, as it was sent', async () => {
    const { stdout, stderr } = await place.run(['rejects', 'show', '2']);
    expect(stdout).toBe(`${sideways}\n`);
    expect(stderr).toMatch(/^\/direction .*\n$/);
    expect(await place.json(['rejects', 'show', '4'])).toMatchObject({ id: 4, encoding: 'base64', document: 'Iv8i' });
  });

  it('retry leaves those that are wrong as before', async () => {
    expect(await place.run(['rejects', 'retry', '1', '2'])).toMatchObject({
      code: 1,
      stdout: '0 taken, 2 still rejected\n',
      stderr: 'voxgauge: "voxgauge rejects list" shows what is wrong with those that are left\n',
    });
  });

  it('retry takes what the account allows meanwhile', async () => {
    expect(await place.output(['account', 'set', 'plum', '--allow-input', 'on'])).toBe(
      'events of account plum may hold what a caller said or keyed in',
    );
    expect(await place.output(['account', 'list'])).toBe(
      [
        'account  time zone         country  weeks start  input of callers',
        'plum     America/New_York  US       Monday       kept',
      ].join('\n'),
    );
    expect(await place.output(['rejects', 'retry', '1'])).toBe('1 taken, 0 still rejected');
    const rest = await place.run(['rejects', 'retry', '--all', '--json']);
    expect([rest.code, JSON.parse(rest.stdout)]).toEqual([1, { taken: 1, still_rejected: [2, 3, 4] }]);
    expect(place.rows('SELECT call_id AS id FROM documents ORDER BY id')).toEqual([
      { id: 'c-1' },
      { id: 'c-2' },
      { id: 'c-6' },
    ]);
    expect(await place.json(['verify'])).toMatchObject({ documents: 3, differences: 0 });
  });

  it('drop forgets those that are named, or all', async () => {
    expect(await place.output(['rejects', 'drop', '3'])).toBe('1 dropped');
    expect(await place.run(['rejects', 'drop', '3'])).toMatchObject({
      code: 1,
      stdout: '',
      stderr: 'voxgauge: nothing is kept under 3; "voxgauge rejects list" shows what is\n',
    });
    expect(await place.json(['rejects', 'drop', '--all'])).toEqual({ dropped: 2 });
    expect(await place.json(['rejects', 'list'])).toEqual([]);
  });

  it('list may be read only as far as somebody likes', async () => {
    const many = Array.from({ length: 3000 }, (_, index) => `{"id":"many-${index}"}\n`).join('');
    await place.run(['import', 'calls', '-', '--login', 'plum'], { stdin: many });
    const voxgauge = `'${process.execPath}' '${import.meta.dirname}/../../bin/voxgauge.js'`;
    const { stdout, stderr } = await place.startProgram('bash', ['-c', `${voxgauge} rejects list | head -n 1`]).ended;
    expect(stdout).toMatch(/^id +account /);
    expect(stderr).toBe('');
  });
});

describe('a reject whose call was sent again and taken since', () => {
  it('does not replace what is newer, and says how to be rid of it', async () => {
    const elsewhere = new Workplace();
    try {
      await addUserWithKey(elsewhere.data, 'plum');
      const take = (document: object, ...options: readonly string[]) =>
        elsewhere.run(['import', 'calls', '-', '--login', 'plum', ...options], { stdin: JSON.stringify(document) });
      const whileUp = callDocument('c-1', { ended_at: null });
      expect(await take(whileUp, '--strict')).toMatchObject({ code: 1 });
      expect(await take(callDocument('c-1'))).toMatchObject({ code: 0 });
      const retried = await elsewhere.run(['rejects', 'retry', '--all']);
      expect(retried).toMatchObject({ code: 1, stdout: '0 taken, 1 still rejected\n' });
      expect(retried.stderr).toContain(
        '1 is older than what is stored of its call; "voxgauge rejects drop 1" forgets it',
      );
      expect(elsewhere.rows('SELECT document FROM documents')).toEqual([
        { document: JSON.stringify(callDocument('c-1')) },
      ]);
    } finally {
      await elsewhere.remove();
    }
  });
});
