import { describe, expect, it } from 'vitest';
import { callParameters, listAddress, readListSearch, readSearch } from './search.ts';

describe('readSearch', () => {
  it('takes what is asked for, and nothing else of the address', () => {
    const query = new URLSearchParams('range=7d&number=1&error=js&page=a.php&form=&caller=+0142+&view=x');
    expect(readSearch(query)).toEqual({ error: 'js', page: 'a.php', caller: '0142' });
  });
});

describe('the address of a call', () => {
  it.each([
    { search: { error: 'js', page: 'a.php' } },
    { search: { id: 'demo-0', outcome: 'transfer' } },
    { search: {} },
  ])('keeps the search that it was found by: $search', ({ search }) => {
    const parameters = callParameters('demo-01', search);
    expect(parameters['id']).toBe('demo-01');
    expect(readListSearch(new URLSearchParams(parameters))).toEqual(search);
  });
});

describe('listAddress', () => {
  it('asks for the days, the numbers and what is searched for', () => {
    const where = { start: '2018-02-01', end: '2018-02-07', numbers: ['+16173990000', '100'] };
    expect(listAddress(where, { error: 'any', application: 'https://ivr.example/?a=b' })).toBe(
      '/dashboard/calls?start=2018-02-01&end=2018-02-07&error=any&application=https%3A%2F%2Fivr.example%2F%3Fa%3Db&limit=50&number=%2B16173990000&number=100',
    );
  });
});
