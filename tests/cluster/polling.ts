import { setTimeout as delay } from 'node:timers/promises';

const everyMs = 50;

/** Asks again and again until the answer is the wanted one or the time is over; returns the last answer. */
export async function poll<T>(ask: () => Promise<T>, isWanted: (answer: T) => boolean, withinMs: number): Promise<T> {
  const untilMs = performance.now() + withinMs;
  for (;;) {
    const answer = await ask();
    if (isWanted(answer) || performance.now() > untilMs) return answer;
    await delay(everyMs);
  }
}

/** Waits until something has come to be; whoever waits in vain is ended by the time limit of the test. */
export async function until(isSo: () => boolean | Promise<boolean>): Promise<void> {
  while (!(await isSo())) await delay(everyMs);
}
