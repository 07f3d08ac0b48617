import { readFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expect } from 'vitest';
import { repository, type Workplace } from './workplace.ts';

/** The commands of a document of the repository, in the order in which they stand there. */
export function examplesIn(document: string): readonly string[] {
  const markdown = readFileSync(join(repository, document), 'utf8');
  return [...markdown.matchAll(/^```sh\n(.*?)^```$/gms)].map(([, lines = '']) => lines);
}

/** Runs them one after the other, as they are pasted, against a server of the workplace; returns what they print. */
export async function pasted(place: Workplace, document: string): Promise<string> {
  const server = await place.serve();
  const script = examplesIn(document).join('\n').replaceAll('http://127.0.0.1:8080', server.address);
  // Without the machine's own start-up files, which bash reads when its input is a socket.
  const { code, stdout, stderr } = await place.startProgram('bash', ['--norc', '-euo', 'pipefail', '-c', script], {
    // Where npx finds the command and Node.js, as in the clone; the data folder is that of the server.
    in: repository,
    environment: {
      VOXGAUGE_DATA: place.data,
      PATH: `${join(repository, 'node_modules/.bin')}${delimiter}${process.env['PATH']}`,
    },
  }).ended;
  expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
  return stdout;
}
