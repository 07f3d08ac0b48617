import { describe, expect, it } from 'vitest';
import { endingsOf } from './endings.ts';

const link = (from: string, to: string, moves: number, toPage = '') => ({
  start: '2018-02-01T00:00:00-05:00',
  from_item: from,
  to_page: toPage,
  to_form: toPage === '' ? '' : 'main',
  to_item: to,
  moves,
});

describe('how calls ended', () => {
  it('adds up what led to each end, wherever it came from', () => {
    const links = [
      link('menu', 'caller_hangup', 5),
      link('start', 'caller_hangup', 2),
      link('agent', 'transfer', 9),
      link('agent', 'made_up', 1),
      link('menu', 'transfer', 100, 'menu.php'),
    ];
    expect(endingsOf(links)).toEqual([
      { reason: 'transfer', label: 'Transferred', calls: 9, previous: null },
      { reason: 'caller_hangup', label: 'Caller hung up', calls: 7, previous: null },
      { reason: 'made_up', label: 'made_up', calls: 1, previous: null },
    ]);
  });

  it('knows the period before, where it was asked for', () => {
    const links = [
      { ...link('menu', 'error', 5), previous: { moves: 3 } },
      { ...link('start', 'error', 0), previous: { moves: 4 } },
    ];
    expect(endingsOf(links)).toEqual([{ reason: 'error', label: 'Error', calls: 5, previous: 7 }]);
  });

  it('is nothing without calls', () => {
    expect(endingsOf([])).toEqual([]);
  });
});
