import { describe, expect, it } from 'vitest';
import { chipsOf } from './chips.ts';
import type { CallSearch } from './search.ts';

const texts = (search: CallSearch) => chipsOf(search, 'UTC').map(({ text }) => text);

describe('the conditions of a search in words', () => {
  it.each<{ search: CallSearch; words: readonly string[] }>([
    { search: {}, words: [] },
    { search: { id: 'demo-0' }, words: ['id demo-0…'] },
    { search: { caller: '+16173990000' }, words: ['caller +1\u{a0}617\u{a0}399\u{a0}0000'] },
    { search: { application: 'https://ivr.example/a/start.php' }, words: ['application ivr.example/a/start.php'] },
    { search: { outcome: 'caller_hangup', region: 'US-MA' }, words: ['caller hung up', 'from Massachusetts'] },
    { search: { error: 'any', page: 'balance.php' }, words: ['error on balance.php'] },
    { search: { error: 'js' }, words: ['script error'] },
    { search: { slower_than: '2' }, words: ['a page took longer than 2.00 s'] },
    { search: { slower_than: '0.5', page: 'a.php' }, words: ['a.php took longer than 500 ms'] },
    { search: { page: 'a.php' }, words: ['page a.php'] },
    { search: { page: 'a.php', form: 'main', item: 'choice' }, words: ['visit of main / choice on a.php'] },
    {
      search: { page: 'a.php', form: 'main', item: 'choice', item_outcome: 'disconnect' },
      words: ['visit of main / choice on a.php: hung up'],
    },
    { search: { item_outcome: 'nomatch' }, words: ['visit: not understood'] },
    { search: { item_outcome: 'nomatch', page: 'a.php' }, words: ['visit on a.php: not understood'] },
    {
      search: { item: 'start', to_page: 'a.php', to_form: 'main', to_item: 'choice' },
      words: ['moved from the start to main / choice on a.php'],
    },
    {
      search: { page: 'a.php', form: 'main', item: 'start', to_item: 'caller_hangup' },
      words: ['moved from main / start on a.php to the end (caller hung up)'],
    },
    { search: { to_page: 'b.php' }, words: ['moved from any form item to b.php'] },
    { search: { from: 'nonsense' }, words: ['started at nonsense or later'] },
  ])('$search', ({ search, words }) => {
    expect(texts(search)).toEqual(words);
  });

  it('says times in the zone of the account', () => {
    const [chip] = chipsOf({ until: '2018-02-07T19:05:00Z' }, 'America/New_York');
    expect(chip?.text).toMatch(/^started before .*2:05:00/);
  });
});

describe('taking a condition away', () => {
  it('takes the page along with the only thing that is said of it', () => {
    expect(chipsOf({ error: 'any', page: 'a.php' }, 'UTC')[0]?.names).toEqual(['error', 'page']);
    expect(chipsOf({ page: 'a.php' }, 'UTC')[0]?.names).toEqual(['page']);
  });

  it('leaves the page where something else is said of it', () => {
    expect(chipsOf({ error: 'any', page: 'a.php', slower_than: '2' }, 'UTC')).toEqual([
      { text: 'error on a.php', names: ['error'] },
      { text: 'a.php took longer than 2.00 s', names: ['slower_than'] },
    ]);
  });

  it('takes all of a move at once', () => {
    const search = { page: 'a.php', form: 'f', item: 'i', to_item: 'error', outcome: 'error' };
    expect(chipsOf(search, 'UTC')[1]?.names).toEqual(['form', 'item', 'to_page', 'to_form', 'to_item', 'page']);
  });
});
