import { describe, expect, it } from 'vitest';
import { callWith, visit } from '../../tests/data/calls.ts';
import { type CallFilter, isWanted, outcomeOf } from './call-filter.ts';

const anything: CallFilter = {
  id: null,
  caller: null,
  application: null,
  outcome: null,
  region: null,
  error: null,
  page: null,
  visit: null,
  move: null,
  slowerThanMs: null,
};
const anyNode = { page: null, form: null, item: null };
const node = (page: string, form: string, item: string) => ({ page, form, item });

const call = callWith({
  id: 'c-17',
  caller: '+16175550142',
  callerRegion: 'US-MA',
  end: { reason: 'transfer', durationMs: 1000 },
  events: [
    { kind: 'pageLoad', page: 'main.php', durationMs: 2000, isCached: false },
    { kind: 'jsError', page: null },
    { kind: 'fetchError', page: 'pay.php' },
    visit('main.php/menu/selection', 'nomatch'),
    visit('main.php/menu/selection', 'filled'),
    visit('pay.php/card/number', null),
  ],
});

describe('a call is wanted', () => {
  it.each<readonly [string, Partial<CallFilter>, boolean]>([
    ['by anything', {}, true],
    ['by the beginning of its id', { id: 'c-1' }, true],
    ['not by a part of its id', { id: '17' }, false],
    ['by its caller', { caller: { number: '+16175550142', ending: null } }, true],
    ['by the end of its caller', { caller: { number: '0142', ending: '0142' } }, true],
    ['not by the end where the whole number was given', { caller: { number: '0142', ending: null } }, false],
    ['by its outcome', { outcome: 'transfer' }, true],
    ['not as one that is up', { outcome: 'in_progress' }, false],
    ['by its region', { region: 'US-MA' }, true],
    ['by a script error', { error: 'js' }, true],
    ['not by a script error on a page, where that is unknown', { error: 'js', page: 'main.php' }, false],
    ['by a fetch error on its page', { error: 'fetch', page: 'pay.php' }, true],
    ['by any error on a page', { error: 'any', page: 'pay.php' }, true],
    ['by a page that it only visited', { page: 'pay.php' }, true],
    ['not by a page that it had not', { page: 'gone.php' }, false],
    ['not by a load that took just as long', { slowerThanMs: 2000 }, false],
    ['by a load that took longer', { slowerThanMs: 1999 }, true],
    ['not by a load of another page', { slowerThanMs: 1999, page: 'pay.php' }, false],
    ['by a visit with its outcome', { visit: { ...node('main.php', 'menu', 'selection'), outcome: 'nomatch' } }, true],
    [
      'not by the outcome of another visit',
      { visit: { ...node('pay.php', 'card', 'number'), outcome: 'filled' } },
      false,
    ],
    [
      'by a move',
      { move: { from: node('main.php', 'menu', 'selection'), to: node('pay.php', 'card', 'number') } },
      true,
    ],
    [
      'not by a re-entry',
      { move: { from: node('main.php', 'menu', 'selection'), to: node('main.php', 'menu', 'selection') } },
      false,
    ],
    ['by its start', { move: { from: node('', '', 'start'), to: { ...anyNode, page: 'main.php' } } }, true],
    ['by its end', { move: { from: node('pay.php', 'card', 'number'), to: node('', '', 'transfer') } }, true],
    ['not by another end', { move: { from: anyNode, to: node('', '', 'timeout') } }, false],
    ['not where one of several does not hold', { id: 'c-17', region: 'US-NY' }, false],
  ])('%s', (_name, filter, want) => {
    expect(isWanted(call, { ...anything, ...filter })).toBe(want);
  });

  it('never by a caller who is withheld', () => {
    expect(isWanted(callWith({}), { ...anything, caller: { number: '+16175550142', ending: '0142' } })).toBe(false);
  });
});

describe('a call that is up', () => {
  it('is in progress, and has not moved to an end', () => {
    const up = callWith({ events: [visit('main.php/menu/selection')] });
    expect(outcomeOf(up)).toBe('in_progress');
    expect(isWanted(up, { ...anything, move: { from: anyNode, to: { page: '', form: '', item: null } } })).toBe(false);
  });
});
