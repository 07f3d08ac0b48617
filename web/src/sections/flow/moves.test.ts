import { describe, expect, it } from 'vitest';
import { callsAt, callsMoving, movesOf, nodeNames } from './moves.ts';

const row = (from: readonly [string, string, string], to: readonly [string, string, string], moves: number) => ({
  start: '2018-02-01T00:00:00-05:00',
  from_page: from[0],
  from_form: from[1],
  from_item: from[2],
  to_page: to[0],
  to_form: to[1],
  to_item: to[2],
  moves,
});
const start = { kind: 'start', page: '', form: '', item: 'start' } as const;
const choice = { kind: 'item', page: 'main.php', form: 'main', item: 'choice' } as const;
const hangUp = { kind: 'end', page: '', form: '', item: 'caller_hangup' } as const;

describe('movesOf', () => {
  it('reads the rows of a report, the most frequent first', () => {
    const rows = [
      row(['main.php', 'main', 'choice'], ['', '', 'caller_hangup'], 2),
      row(['', '', 'start'], ['main.php', 'main', 'choice'], 3),
      row(['', '', 'start'], ['', '', 'error'], 0),
    ];
    expect(movesOf(rows)).toEqual([
      { from: start, to: choice, count: 3 },
      { from: choice, to: hangUp, count: 2 },
    ]);
  });
});

describe('nodeNames', () => {
  it('says the page only where two form items would have one name', () => {
    const other = { ...choice, page: 'other.php' };
    const alone = { ...choice, item: 'pin' };
    const name = nodeNames([start, choice, other, alone, hangUp, choice]);
    expect([start, choice, other, alone, hangUp].map(name)).toEqual([
      'Call start',
      'main / choice (main.php)',
      'main / choice (other.php)',
      'main / pin',
      'Caller hung up',
    ]);
  });
});

describe('the calls behind a node or a move', () => {
  it.each([
    { node: start, calls: {} },
    { node: choice, calls: { page: 'main.php', form: 'main', item: 'choice' } },
    { node: hangUp, calls: { outcome: 'caller_hangup' } },
  ])('of $node.kind', ({ node, calls }) => {
    expect(callsAt(node)).toEqual(calls);
  });

  it('names both sides; start and end of the call have no page', () => {
    expect(callsMoving({ from: start, to: choice })).toEqual({
      item: 'start',
      to_page: 'main.php',
      to_form: 'main',
      to_item: 'choice',
    });
    expect(callsMoving({ from: choice, to: hangUp })).toEqual({
      page: 'main.php',
      form: 'main',
      item: 'choice',
      to_item: 'caller_hangup',
    });
  });
});
