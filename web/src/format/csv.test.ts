import { describe, expect, it } from 'vitest';
import { csvAddress, printCsv } from './csv.ts';

describe('CSV that is made in the browser', () => {
  it('has a line for each row, quotes only what must be, and leaves out what is absent', () => {
    expect(
      printCsv([
        ['page', 'calls', 'note'],
        ['a,b.php', 12.5, null],
        ['say "pin"', 0, 'one\r\ntwo'],
      ]),
    ).toBe('page,calls,note\r\n"a,b.php",12.5,\r\n"say ""pin""",0,"one\r\ntwo"\r\n');
  });

  it('leaves texts as they are, as the server does', () => {
    expect(printCsv([['=1+1', '+1617', '-3', '@x']])).toBe('=1+1,+1617,-3,@x\r\n');
  });

  it('is nothing without lines', () => {
    expect(printCsv([])).toBe('');
  });

  it('goes into an address that gives it back', async () => {
    const csv = 'page,calls\r\n"Größe, 50 %.php",1\r\n';
    expect(await (await fetch(csvAddress(csv))).text()).toBe(csv);
  });
});
