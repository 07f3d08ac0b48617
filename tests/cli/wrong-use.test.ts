import { existsSync } from 'node:fs';
import { afterAll, describe, expect, it } from 'vitest';
import { runInProcess } from './in-process.ts';
import { Workplace } from './workplace.ts';

const place = new Workplace();
afterAll(() => place.remove());

const orHelp = '\n(add --help for what is possible)';
const port = "argument 'x' is invalid. It must be a whole number from 0 to 65535.";
const days = 'is invalid. It must be a whole number from 1 to 3659.';

const cases: readonly { readonly line: string; readonly says: string }[] = [
  { line: 'sing', says: `unknown command 'sing'${orHelp}` },
  { line: 'user sing', says: `unknown command 'sing'${orHelp}` },
  { line: 'user lst', says: `unknown command 'lst'\n(Did you mean list?)${orHelp}` },
  { line: 'user add', says: `required option '--login <name>' not specified${orHelp}` },
  { line: 'user add --login', says: `option '--login <name>' argument missing${orHelp}` },
  { line: 'user add --login a b', says: `too many arguments for 'add'. Expected 0 arguments but got 1: b.${orHelp}` },
  { line: 'user add --login a --password secret', says: `unknown option '--password'${orHelp}` },
  { line: 'user add --login a --tool phone', says: '--tool must be one of dev, insight, fuseplus, got "phone"' },
  { line: 'user add --login= --tool dev', says: '--login must have 1 to 256 characters' },
  {
    line: 'user add --login a --time-zone Mars/Olympus',
    says: '--time-zone must be an IANA name such as America/New_York or UTC, got "Mars/Olympus"',
  },
  {
    line: 'user add --login a --country Germany',
    says: '--country must be an ISO 3166-1 code of two letters such as US or GB, got "Germany"',
  },
  {
    line: 'user add --login a --country ZY',
    says: '--country must be an ISO 3166-1 code of two letters such as US or GB, got "ZY"',
  },
  {
    line: 'user add --login a --password-stdin',
    says: '--password-stdin: the first line of standard input is empty; write the password there',
  },
  { line: 'user passwd', says: `required option '--login <name>' not specified${orHelp}` },
  { line: 'account set a', says: 'say what to change, with --time-zone, --week-start or --allow-input' },
  { line: 'account set a --allow-input maybe', says: '--allow-input must be on or off, got "maybe"' },
  { line: 'number give 6175550100 --login a', says: `required option '--to <login>' not specified${orHelp}` },
  { line: 'number share 6175550100 --login a', says: `required option '--with <login>' not specified${orHelp}` },
  { line: 'number add --login a', says: `missing required argument 'number'${orHelp}` },
  { line: 'key add', says: `required option '--login <name>' not specified${orHelp}` },
  { line: 'key revoke first', says: 'an id is a whole number, as lists show it, got "first"' },
  { line: 'import calls --login a', says: `missing required argument 'files'${orHelp}` },
  { line: 'import calls x.ndjson', says: `required option '--login <name>' not specified${orHelp}` },
  { line: 'import asterisk-cdr x.csv --login a', says: `required option '--zone <zone>' not specified${orHelp}` },
  {
    line: 'import asterisk-cdr x.csv --login a --zone Mars/Olympus',
    says: '--zone must be an IANA name such as America/New_York or UTC, got "Mars/Olympus"',
  },
  { line: 'rejects retry', says: 'name the ids that "voxgauge rejects list" shows, or say --all' },
  { line: 'rejects drop 1 --all', says: 'name the ids that "voxgauge rejects list" shows, or say --all' },
  { line: 'rejects show last', says: 'an id is a whole number, as lists show it, got "last"' },
  { line: 'backup', says: `missing required argument 'file'${orHelp}` },
  { line: 'serve --port x', says: `option '--port <port>' ${port}${orHelp}` },
  { line: 'demo --port x', says: `option '--port <port>' ${port}${orHelp}` },
  { line: 'demo --days 0', says: `option '--days <days>' argument '0' ${days}${orHelp}` },
];

describe('a wrong command line', () => {
  it.each(cases)('$line', async ({ line, says }) => {
    expect(await runInProcess(line.split(' '))).toEqual({ code: 2, stdout: '', stderr: `voxgauge: ${says}` });
  });

  it('ends the real program with 2, says so on standard error, and touches nothing', async () => {
    expect(await place.run(['serve', '--port', '65536'])).toEqual({
      code: 2,
      signal: null,
      stdout: '',
      stderr:
        "voxgauge: option '--port <port>' argument '65536' is invalid. It must be a whole number from 0 to 65535.\n" +
        '(add --help for what is possible)\n',
    });
    expect(existsSync(place.data)).toBe(false);
  });

  it('without a command shows what there is, as an error', async () => {
    const { code, stdout, stderr } = await runInProcess([]);
    expect({ code, stdout }).toEqual({ code: 2, stdout: '' });
    expect(stderr).toMatch(/^Usage: voxgauge \[options\] \[command\]\n/);
  });
});
