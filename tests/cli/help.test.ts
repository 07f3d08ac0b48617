import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { runInProcess } from './in-process.ts';
import { Workplace } from './workplace.ts';

/**
 * What `--help` prints of every command, as golden files in help/. `npx vitest run tests/cli/help.test.ts -u` writes them anew;
 * remove those of commands that are gone.
 */

const place = new Workplace();
afterAll(() => place.remove());

const helpOf = async (words: readonly string[]) => (await runInProcess([...words, '--help'])).stdout;

/** The names under "Commands:" that stand two columns in; what stands further in is the rest of a description. */
function commandsIn(help: string): readonly string[] {
  const [, list = ''] = help.split('\nCommands:\n');
  const names = [...list.matchAll(/^ {2}([a-z-]+)/gm)].map(([, name = '']) => name);
  return names.filter((name) => name !== 'help');
}

async function allCommands(words: readonly string[] = []): Promise<readonly (readonly string[])[]> {
  const names = commandsIn(await helpOf(words));
  const below = await Promise.all(names.map((name) => allCommands([...words, name])));
  return [words, ...below.flat()];
}

const commands = await allCommands();
const fileOf = (words: readonly string[]) => (words.length === 0 ? 'voxgauge.txt' : `${words.join('-')}.txt`);
const named = commands.map((words) => ({ name: ['voxgauge', ...words].join(' '), words }));

describe('help', () => {
  it.each(named)('of $name is as expected', async ({ words }) => {
    const help = await runInProcess([...words, '--help']);
    expect({ ...help, stdout: '' }).toEqual({ code: 0, stdout: '', stderr: '' });
    await expect(`${help.stdout}\n`).toMatchFileSnapshot(join('help', fileOf(words)));
  });

  it('has no golden file of a command that does not exist', () => {
    expect(readdirSync(join(import.meta.dirname, 'help')).sort()).toEqual(commands.map(fileOf).sort());
  });

  it('offers JSON with every command that does something', async () => {
    const helps = await Promise.all(commands.map(async (words) => ({ words, help: await helpOf(words) })));
    const actions = helps.filter(({ help }) => commandsIn(help).length === 0);
    expect(actions.filter(({ help }) => !help.includes('--json'))).toEqual([]);
    expect(actions.length).toBeGreaterThan(20);
  });

  it('is printed by the real program, to standard output', async () => {
    const { code, stdout, stderr } = await place.run(['import', 'calls', '--help']);
    expect({ code, stderr }).toEqual({ code: 0, stderr: '' });
    await expect(stdout).toMatchFileSnapshot(join('help', 'import-calls.txt'));
  });
});
