import { setTimeout as sleep } from 'node:timers/promises';
import type { AccountId, AccountStore } from '../store/access-store.ts';
import type { CallStore, Recompute, RecountProgress } from '../store/call-store.ts';
import { StoreUnavailable } from '../store/store.ts';

export interface RecountsOptions {
  readonly store: {
    readonly accounts: Pick<AccountStore, 'setTimeZone'>;
    readonly calls: Pick<CallStore, 'recounts' | 'recountNext'>;
  };
  readonly recompute: Recompute;
  /** Told why a recount could not go on. One for which the store is not available now is taken up again later, any other is not. */
  readonly onProblem: (error: unknown) => void;
  /** How often to look for recounts that nobody goes on with. */
  readonly lookEveryMs?: number;
}

const usualLookEveryMs = 10_000;

/**
 * Counts accounts anew after their time zone has changed, while everything else goes on: those that begin here, and those that another
 * process has begun and left.
 */
export class Recounts {
  readonly #options: RecountsOptions;
  readonly #running = new Map<AccountId, Promise<void>>();
  /** What cannot be counted, by {@link nameOf}. */
  readonly #failed = new Set<string>();
  /** How far recounts had come at the last look. */
  #seen: ReadonlyMap<string, number> = new Map();
  readonly #closing = new AbortController();
  #looking: Promise<void> = Promise.resolve();

  constructor(options: RecountsOptions) {
    this.#options = options;
  }

  /**
   * Changes the time zone of an account, by which calls count from then on, and begins to count those that are stored anew; false where it
   * is the zone of the account already.
   */
  async start(accountId: AccountId, timeZone: string): Promise<boolean> {
    const isChanged = await this.#options.store.accounts.setTimeZone(accountId, timeZone);
    this.#begin(accountId);
    return isChanged;
  }

  /** How much of an account is counted by its time zone of now, 0–1, or null where all is. */
  async progressOf(accountId: AccountId): Promise<{ readonly share: number } | null> {
    const recounts = await this.#options.store.calls.recounts();
    const found = recounts.find(({ account }) => account.accountId === accountId);
    return found === undefined ? null : { share: shareOf(found) };
  }

  /** Goes on with all recounts that have been left, and from now on, until {@link close}, with those that stand still. */
  resume(): void {
    this.#looking = this.#lookOn();
  }

  /** Finishes the steps that have begun; what is left goes on when a server starts. */
  async close(): Promise<void> {
    this.#closing.abort();
    await this.#looking;
    await Promise.all(this.#running.values());
  }

  async #lookOn(): Promise<void> {
    await this.#look(() => true);
    while (await this.#pause(this.#options.lookEveryMs ?? usualLookEveryMs)) {
      await this.#look((recount) => this.#seen.get(nameOf(recount)) === recount.documents);
    }
  }

  async #look(isLeft: (recount: RecountProgress) => boolean): Promise<void> {
    try {
      const recounts = await this.#options.store.calls.recounts();
      for (const recount of recounts) {
        const { accountId } = recount.account;
        const isOurs = this.#running.has(accountId) || this.#failed.has(nameOf(recount));
        if (!isOurs && isLeft(recount)) this.#begin(accountId);
      }
      this.#seen = new Map(recounts.map((recount) => [nameOf(recount), recount.documents]));
    } catch (error) {
      this.#options.onProblem(error);
    }
  }

  /** One that is running may have seen its end already, so another one follows it. */
  #begin(accountId: AccountId): void {
    const before = this.#running.get(accountId) ?? Promise.resolve();
    const running = before
      .then(() => this.#run(accountId))
      .catch((error) => this.#fail(accountId, error))
      .finally(() => {
        if (this.#running.get(accountId) === running) this.#running.delete(accountId);
      });
    this.#running.set(accountId, running);
  }

  /** Pauses for as long as each step takes, so that others get half of the time. */
  async #run(accountId: AccountId): Promise<void> {
    const { store, recompute } = this.#options;
    let startedMs: number;
    do {
      if (this.#closing.signal.aborted) return;
      startedMs = performance.now();
      if ((await store.calls.recountNext(accountId, recompute)) === null) return;
    } while (await this.#pause(performance.now() - startedMs));
  }

  async #fail(accountId: AccountId, error: unknown): Promise<void> {
    this.#options.onProblem(error);
    if (error instanceof StoreUnavailable) return;
    const recounts = await this.#options.store.calls.recounts().catch(() => []);
    for (const recount of recounts) if (recount.account.accountId === accountId) this.#failed.add(nameOf(recount));
  }

  /** false where it was cut short, since all is to end. */
  #pause(ms: number): Promise<boolean> {
    return sleep(ms, true, { signal: this.#closing.signal, ref: false }).catch(() => false);
  }
}

const nameOf = ({ account }: RecountProgress): string => `${account.accountId} ${account.timeZone}`;

const shareOf = ({ documents, total }: RecountProgress): number => (total === 0 ? 0 : Math.min(1, documents / total));
