import { describe, expect, it } from 'vitest';
import { Turns } from './turns.ts';

/** Work that goes on until it is told to end. */
function newWork() {
  const ends: (() => void)[] = [];
  let most = 0;
  let running = 0;
  const work = async () => {
    running += 1;
    most = Math.max(most, running);
    await new Promise<void>((resolve) => ends.push(resolve));
    running -= 1;
  };
  return { work, ends, running: () => running, most: () => most };
}

const nextTurn = () => new Promise((resolve) => setImmediate(resolve));

describe('what a user asks for', () => {
  it('is worked on four at a time, in the order in which it came, and none is forgotten', async () => {
    const turns = new Turns();
    const { work, ends, running, most } = newWork();
    const done: number[] = [];
    const all = Promise.all(Array.from({ length: 11 }, (_, index) => turns.take(1, work).then(() => done.push(index))));
    while (done.length < 11) {
      expect(running()).toBe(Math.min(4, 11 - done.length));
      ends.shift()?.();
      // One for the pause behind the work, one for what follows it.
      await nextTurn();
      await nextTurn();
    }
    await all;
    expect([done, most()]).toEqual([[0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10], 4]);
  });

  it('does not wait for what others ask for', async () => {
    const turns = new Turns();
    const { work, ends, running } = newWork();
    const all = [1, 1, 1, 1, 1, 2].map((userId) => turns.take(userId, work));
    await nextTurn();
    expect(running()).toBe(5);
    while (running() > 0) {
      ends.shift()?.();
      await nextTurn();
      await nextTurn();
    }
    await Promise.all(all);
  });

  it('gives its place away where it fails', async () => {
    const turns = new Turns();
    const fail = () => Promise.reject(new Error('broken'));
    const failures = await Promise.allSettled(Array.from({ length: 5 }, () => turns.take(1, fail)));
    expect(failures.map(({ status }) => status)).toEqual(Array.from({ length: 5 }, () => 'rejected'));
    expect(await turns.take(1, async () => 'done')).toBe('done');
  });

  it('lets everybody else have a turn after each', async () => {
    const turns = new Turns();
    const order: string[] = [];
    const asked = Array.from({ length: 5 }, (_, index) => turns.take(1, async () => order.push(`${index}`)));
    setImmediate(() => order.push('other'));
    await Promise.all(asked);
    expect(order).toEqual(['0', '1', '2', '3', 'other', '4']);
  });
});
