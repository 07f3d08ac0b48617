import { afterAll, expect, it } from 'vitest';
import { repository, Workplace } from './workplace.ts';

const place = new Workplace();
afterAll(() => place.remove());

/** Makes this Node.js say that it is an older one: not every machine has an older one to try. */
const old = `data:text/javascript,${encodeURIComponent(
  `Object.defineProperty(process, 'versions', { value: { ...process.versions, node: '24.9.0' } })`,
)}`;

it('refuses an older Node.js with a sentence that says what to do', async () => {
  const words = ['--import', old, `${repository}/bin/voxgauge.js`, '--version'];
  expect(await place.startProgram(process.execPath, words).ended).toEqual({
    code: 1,
    signal: null,
    stdout: '',
    stderr:
      'voxgauge needs Node.js 26 or newer, and this is 24.9.0; ' +
      'in a clone, "npm ci" brings the right one, which "npm start" and "npx voxgauge" use.\n',
  });
});
