import { setImmediate as nextTurn } from 'node:timers/promises';
import type { UserId } from '../../store/access-store.ts';

/** How many questions of a user are worked on at once; a page that asks more waits for no longer than without. */
const mostAtOnce = 4;

interface Queue {
  running: number;
  readonly waiting: (() => void)[];
}

/**
 * Lets the figures and lists that a user asks for be worked on a few at a time, with a pause for everybody else after each. Much of that is
 * done in the thread that answers everybody, and hundreds of questions that came together would be done to the last one before it
 * looks at anything else.
 */
export class Turns {
  readonly #queues = new Map<UserId, Queue>();

  /** Does the work when it is its turn. */
  async take<T>(userId: UserId, work: () => Promise<T>): Promise<T> {
    const queue = this.#queues.get(userId) ?? { running: 0, waiting: [] };
    this.#queues.set(userId, queue);
    if (queue.running < mostAtOnce) queue.running += 1;
    else await new Promise<void>((resolve) => queue.waiting.push(resolve));
    try {
      return await work();
    } finally {
      await nextTurn();
      this.#end(userId, queue);
    }
  }

  /** Whoever waits takes the place over. */
  #end(userId: UserId, queue: Queue): void {
    const next = queue.waiting.shift();
    if (next !== undefined) {
      next();
      return;
    }
    queue.running -= 1;
    if (queue.running === 0) this.#queues.delete(userId);
  }
}
